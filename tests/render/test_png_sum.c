/*
 * test_png_sum.c - the sum of rows is that of their bytes, as libdeflate counts it, whatever their size.
 */
#include "render/encode/png_sum.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "tests/support/runner.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/** mask: which bits of the pixels are random; the others are set. */
static void check_rows(size_t width, size_t height, uint32_t mask)
{
    uint32_t state = (uint32_t)(width + height);
    uint32_t *units = memory_new((width + 1) * height, sizeof *units);
    uint8_t *bytes = memory_new((1 + 3 * width) * height, 1);
    size_t length = 0;
    for (size_t i = 0; i < (width + 1) * height; i++) {
        size_t row = i / (width + 1);
        bool is_mark = i % (width + 1) == 0;
        units[i] =
            is_mark ? deflate_mark((int)row, (int)(row % 5)) : 0xff000000u | next_random(&state) | ~mask;
        for (size_t number = 0; number < (is_mark ? 1 : 3); number++) {
            bytes[length++] = (uint8_t)deflate_byte(units[i], number);
        }
    }
    ck_assert_uint_eq(png_sum_rgb(1, units, width + 1, height), libdeflate_adler32(1, bytes, length));
    free(bytes);
    free(units);
}

START_TEST(rows_of_every_width_have_the_sum_of_their_bytes)
{
    for (size_t width = 1; width < 300; width++) {
        check_rows(width, 3, 0xffffff);
    }
}
END_TEST

START_TEST(nothing_overflows_where_all_is_white)
{
    check_rows(256, 256, 0);
    check_rows(257, 1030, 0);
    check_rows(1024, 257, 0);
    check_rows(32767, 5, 0);
    check_rows(3, 32767, 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("png_sum");
    TCase *tests = tcase_create("png_sum");
    tcase_add_test(tests, rows_of_every_width_have_the_sum_of_their_bytes);
    tcase_add_test(tests, nothing_overflows_where_all_is_white);
    suite_add_tcase(suite, tests);
    return suite;
}
