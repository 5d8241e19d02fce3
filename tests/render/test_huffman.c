/*
 * test_huffman.c - codes are complete, short enough, and the shorter the more often a symbol occurs.
 */
#include "render/encode/huffman.h"

#include "tests/support/runner.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static uint32_t reversed(uint32_t bits, int length)
{
    uint32_t other = 0;
    for (int i = 0; i < length; i++) {
        other |= (bits >> i & 1) << (length - 1 - i);
    }
    return other;
}

/** Codes of each length count up, shorter ones first: all of RFC 1951 3.2.2. */
static void check_canonical(const struct huffman_code *code, int symbol_count, int most_bits)
{
    uint32_t next = 0;
    for (int length = 1; length <= most_bits; length++) {
        for (int i = 0; i < symbol_count; i++) {
            if (code->lengths[i] == length) {
                ck_assert_uint_eq(reversed(code->bits[i], length), next);
                next++;
            }
        }
        next <<= 1;
    }
    ck_assert_uint_eq(next, 2u << most_bits); /* no code is left over */
}

/** Has no symbol that occurs more often a longer code than this one? */
static bool is_fair(const struct huffman_code *code, const uint32_t *counts, int symbol_count, int symbol)
{
    bool is_fair = true;
    for (int i = 0; counts[symbol] > 0 && i < symbol_count; i++) {
        is_fair = is_fair && (counts[i] <= counts[symbol] || code->lengths[i] <= code->lengths[symbol]);
    }
    return is_fair;
}

static void check_code(const uint32_t *counts, int symbol_count, int most_bits)
{
    struct huffman_code code;
    huffman_make(counts, symbol_count, most_bits, &code);
    int used = 0;
    for (int i = 0; i < symbol_count; i++) {
        used += code.lengths[i] > 0;
        ck_assert_int_le(code.lengths[i], most_bits);
        ck_assert(counts[i] == 0 || code.lengths[i] > 0);
        ck_assert_msg(is_fair(&code, counts, symbol_count, i), "symbol %d of %d", i, symbol_count);
    }
    ck_assert_int_ge(used, 2);
    check_canonical(&code, symbol_count, most_bits);
}

START_TEST(random_counts_make_complete_codes)
{
    uint32_t state = 3;
    for (int round = 0; round < 400; round++) {
        uint32_t counts[HUFFMAN_SYMBOL_MAX] = {0};
        int symbol_count = 2 + (int)(next_random(&state) % (HUFFMAN_SYMBOL_MAX - 1));
        uint32_t share = 1 + next_random(&state) % 8;
        for (int i = 0; i < symbol_count; i++) {
            bool occurs = next_random(&state) % share == 0;
            counts[i] = occurs ? next_random(&state) >> next_random(&state) % 24 : 0;
        }
        check_code(counts, symbol_count, 9 + round % 7);
    }
}
END_TEST

START_TEST(counts_that_want_the_longest_codes_are_kept_to_the_limit)
{
    for (int symbol_count = 2; symbol_count <= 46; symbol_count++) {
        uint32_t counts[HUFFMAN_SYMBOL_MAX] = {1, 1};
        for (int i = 2; i < symbol_count; i++) {
            counts[i] = counts[i - 1] + counts[i - 2]; /* each code one bit longer than the next */
        }
        for (int most_bits = 7; most_bits <= HUFFMAN_BITS_MAX; most_bits++) {
            check_code(counts, symbol_count, most_bits);
        }
    }
}
END_TEST

START_TEST(one_symbol_or_none_still_makes_a_code_of_two)
{
    uint32_t counts[30] = {0};
    check_code(counts, 30, HUFFMAN_BITS_MAX);
    for (int i = 0; i < 30; i++) {
        counts[i] = UINT32_MAX;
        check_code(counts, 30, HUFFMAN_BITS_MAX);
        counts[i] = 0;
    }
}
END_TEST

START_TEST(lengths_are_as_short_as_they_can_be)
{
    /* Of the example of RFC 1951 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4. */
    static const uint32_t counts[] = {10, 10, 10, 10, 10, 20, 5, 5};
    static const int lengths[] = {3, 3, 3, 3, 3, 2, 4, 4};
    struct huffman_code code;
    huffman_make(counts, 8, HUFFMAN_BITS_MAX, &code);
    int bits = 0;
    int least = 0;
    for (int i = 0; i < 8; i++) {
        bits += (int)counts[i] * code.lengths[i];
        least += (int)counts[i] * lengths[i];
    }
    ck_assert_int_eq(bits, least);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("huffman");
    TCase *tests = tcase_create("huffman");
    tcase_add_test(tests, random_counts_make_complete_codes);
    tcase_add_test(tests, counts_that_want_the_longest_codes_are_kept_to_the_limit);
    tcase_add_test(tests, one_symbol_or_none_still_makes_a_code_of_two);
    tcase_add_test(tests, lengths_are_as_short_as_they_can_be);
    suite_add_tcase(suite, tests);
    return suite;
}
