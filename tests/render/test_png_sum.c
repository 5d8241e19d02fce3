/*
 * test_png_sum.c - the sum of rows is that of their bytes, as libdeflate counts it, whatever their size.
 */
#include "render/encode/png_sum.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_pixels.h"
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
    uint32_t *pixels = memory_new(width, sizeof *pixels);
    uint8_t *bytes = memory_new(1 + 3 * width, 1);
    uint32_t sum = 1;
    uint32_t sum_of_bytes = 1;
    for (size_t row = 0; row < height; row++) {
        size_t length = 0;
        bytes[length++] = (uint8_t)(row % 5);
        for (size_t x = 0; x < width; x++) {
            pixels[x] = 0xff000000u | next_random(&state) | ~mask;
            for (size_t number = 0; number < 3; number++) {
                bytes[length++] = (uint8_t)deflate_byte(pixels[x], number);
            }
        }
        sum = png_sum_rgb(sum, (unsigned)(row % 5), pixels, width);
        sum_of_bytes = libdeflate_adler32(sum_of_bytes, bytes, length);
        ck_assert_uint_eq(sum, sum_of_bytes);
    }
    free(bytes);
    free(pixels);
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
