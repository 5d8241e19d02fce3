/*
 * test_deflate_block.c - distances have the symbols that the standard gives them.
 */
#include "render/encode/deflate_block.h"

#include "tests/support/runner.h"

/** RFC 1951, 3.2.5: four symbols of one distance each, then two of each power of two. */
START_TEST(every_distance_has_its_symbol)
{
    uint32_t distance = 1;
    for (unsigned symbol = 0; symbol < DEFLATE_DISTANCE_COUNT; symbol++) {
        uint32_t count = symbol < 4 ? 1 : 1u << (symbol / 2 - 1);
        for (uint32_t i = 0; i < count; i++) {
            ck_assert_uint_eq(deflate_distance_symbol(distance++), symbol);
        }
    }
    ck_assert_uint_eq(distance, DEFLATE_WINDOW_BYTES + 1);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("deflate_block");
    TCase *tests = tcase_create("deflate_block");
    tcase_add_test(tests, every_distance_has_its_symbol);
    suite_add_tcase(suite, tests);
    return suite;
}
