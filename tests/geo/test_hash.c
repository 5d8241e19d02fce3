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

Suite *test_suite(void)
{
    Suite *suite = suite_create("hash");
    TCase *cases = tcase_create("hash");
    tcase_add_test(cases, hashes_are_those_of_its_makers);
    tcase_add_test(cases, bytes_in_pieces_give_the_same_as_in_one);
    tcase_add_test(cases, texts_cut_elsewhere_differ);
    suite_add_tcase(suite, cases);
    return suite;
}
