#include "geo/base/hash.h"

#include <string.h>

#include "tests/support/runner.h"

START_TEST(hashes_are_those_of_its_makers)
{
    ck_assert_uint_eq(hash_bytes(HASH_START, "", 0), UINT64_C(0xCBF29CE484222325));
    ck_assert_uint_eq(hash_bytes(HASH_START, "a", 1), UINT64_C(0xAF63DC4C8601EC8C));
    ck_assert_uint_eq(hash_bytes(HASH_START, "foobar", 6), UINT64_C(0x85944171F73967E8));
}
END_TEST

START_TEST(bytes_in_pieces_give_the_same_as_in_one)
{
    static const char text[] = "Hollands Diep";
    uint64_t whole = hash_bytes(HASH_START, text, sizeof text);
    for (size_t cut = 0; cut <= sizeof text; cut++) {
        uint64_t first = hash_bytes(HASH_START, text, cut);
        ck_assert_uint_eq(hash_bytes(first, text + cut, sizeof text - cut), whole);
    }
    ck_assert_uint_eq(hash_text(HASH_START, text), whole);
}
END_TEST

START_TEST(texts_cut_elsewhere_differ)
{
    ck_assert_uint_ne(hash_text(hash_text(HASH_START, "ab"), "c"),
                      hash_text(hash_text(HASH_START, "a"), "bc"));
    ck_assert_uint_eq(hash_text(HASH_START, NULL), hash_text(HASH_START, ""));
}
END_TEST

/* Each bit counts, wherever it stands. */
START_TEST(blocks_that_differ_in_one_bit_differ)
{
    unsigned char bytes[100];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i * 7);
    }
    uint64_t whole = hash_block(bytes, sizeof bytes);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        ck_assert_uint_ne(hash_block(bytes, sizeof bytes), whole);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    ck_assert_uint_eq(hash_block(bytes, sizeof bytes), whole);
}
END_TEST

START_TEST(blocks_that_differ_in_length_or_order_differ)
{
    static const unsigned char zeros[200];
    unsigned char bytes[64];
    for (size_t length = 0; length < sizeof zeros; length++) {
        ck_assert_uint_ne(hash_block(zeros, length), hash_block(zeros, length + 1));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i / 8);
    }
    uint64_t in_order = hash_block(bytes, sizeof bytes);
    for (size_t from = 0; from < sizeof bytes; from += 8) {
        for (size_t to = from + 8; to < sizeof bytes; to += 8) {
            unsigned char swapped[64];
            memcpy(swapped, bytes, sizeof bytes);
            memcpy(swapped + from, bytes + to, 8);
            memcpy(swapped + to, bytes + from, 8);
            ck_assert_uint_ne(hash_block(swapped, sizeof swapped), in_order);
        }
    }
}
END_TEST

/* Entity tags outlive a program and its machine. */
START_TEST(blocks_have_the_hash_they_always_had)
{
    static const char text[] = "Hollands Diep, Moerdijk, Dordrecht, Willemstad";
    ck_assert_uint_eq(hash_block(text, sizeof text), UINT64_C(1687451053085116897));
}
END_TEST

START_TEST(a_hash_is_written_with_all_of_its_digits)
{
    char text[17];
    hash_write(UINT64_C(0x00ab09f0), text);
    ck_assert_str_eq(text, "0000000000ab09f0");
    hash_write(UINT64_MAX, text);
    ck_assert_str_eq(text, "ffffffffffffffff");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("hash");
    TCase *cases = tcase_create("hash");
    tcase_add_test(cases, hashes_are_those_of_its_makers);
    tcase_add_test(cases, bytes_in_pieces_give_the_same_as_in_one);
    tcase_add_test(cases, texts_cut_elsewhere_differ);
    tcase_add_test(cases, blocks_that_differ_in_one_bit_differ);
    tcase_add_test(cases, blocks_that_differ_in_length_or_order_differ);
    tcase_add_test(cases, blocks_have_the_hash_they_always_had);
    tcase_add_test(cases, a_hash_is_written_with_all_of_its_digits);
    suite_add_tcase(suite, cases);
    return suite;
}
