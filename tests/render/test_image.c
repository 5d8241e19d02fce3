/*
 * test_image.c - pictures in memory: copying, cutting and blending, on and over the edge.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "tests/support/runner.h"

static struct image *filled(int width, int height, uint32_t pixel)
{
    struct image *image = image_new(width, height, NULL);
    for (int i = 0; i < width * height; i++) {
        image->pixels[i] = pixel;
    }
    return image;
}

static uint32_t pixel_at(const struct image *image, int x, int y)
{
    return image->pixels[y * image->stride_px + x];
}

START_TEST(a_new_picture_is_transparent)
{
    struct image *image = image_new(3, 2, NULL);
    for (int i = 0; i < 6; i++) {
        ck_assert_uint_eq(image->pixels[i], 0);
    }
    image_free(image);
    image_free(NULL);
}
END_TEST

START_TEST(sizes_out_of_range_are_faults)
{
    static const int sizes[][2] = {{0, 1}, {1, 0}, {-1, 5}, {32768, 1}, {1, 32768}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct fault fault = {0};
        ck_assert_ptr_null(image_new(sizes[i][0], sizes[i][1], &fault));
        ck_assert_int_eq(fault.code, FAULT_LIMIT);
    }
}
END_TEST

START_TEST(what_lies_outside_is_left_out_wherever_it_is)
{
    static const int places[] = {-2147483647 - 1, -100000, -7, -3, 0, 2, 7, 8, 100000, 2147483647};
    struct image *source = filled(5, 4, 0xff112233);
    for (size_t i = 0; i < 10; i++) {
        for (size_t j = 0; j < 10; j++) {
            struct image *copied = image_new(8, 8, NULL);
            struct image *blended = image_new(8, 8, NULL);
            image_copy(copied, source, places[i], places[j]);
            image_blend(blended, source, places[i], places[j]);
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    bool is_inside =
                        x >= places[i] && x - 5 < places[i] && y >= places[j] && y - 4 < places[j];
                    ck_assert_uint_eq(pixel_at(copied, x, y), is_inside ? 0xff112233 : 0);
                    ck_assert_uint_eq(pixel_at(blended, x, y), is_inside ? 0xff112233 : 0);
                }
            }
            image_free(copied);
            image_free(blended);
        }
    }
    image_free(source);
}
END_TEST

START_TEST(blending_is_over_to_the_nearest_number)
{
    for (uint32_t alpha = 0; alpha < 256; alpha++) {
        for (uint32_t below = 0; below < 256; below++) {
            struct image *target = filled(1, 1, 0xff000000u | below << 16 | (255 - below));
            struct image *source = filled(1, 1, alpha << 24 | alpha << 16);
            image_blend(target, source, 0, 0);
            uint32_t red = alpha + (below * (255 - alpha) + 127) / 255;
            uint32_t blue = ((255 - below) * (255 - alpha) + 127) / 255;
            ck_assert_uint_eq(pixel_at(target, 0, 0), 0xff000000u | red << 16 | blue);
            image_free(target);
            image_free(source);
        }
    }
}
END_TEST

START_TEST(a_window_holds_what_was_there_and_nothing_else)
{
    struct image *image = filled(10, 10, 0xff000001);
    image->pixels[3 * 10 + 4] = 0xffaabbcc;
    struct image *cut = image_cut(image, 4, 3, 3, 3, NULL);
    ck_assert_uint_eq(pixel_at(cut, 0, 0), 0xffaabbcc);
    ck_assert_uint_eq(pixel_at(cut, 1, 0), 0xff000001);
    image_free(cut);
    cut = image_cut(image, 8, -1, 4, 4, NULL);
    ck_assert_uint_eq(pixel_at(cut, 0, 0), 0);
    ck_assert_uint_eq(pixel_at(cut, 1, 1), 0xff000001);
    ck_assert_uint_eq(pixel_at(cut, 2, 1), 0);
    image_free(cut);
    image_free(image);
}
END_TEST

START_TEST(whole_blocks_are_blended_like_dots_and_what_is_empty_changes_nothing)
{
    static const uint32_t pixels[] = {0, 0xff336699, 0x80402010, 0x01010000, 0xfefe00fe};
    for (int count = 0; count <= 2 * IMAGE_BLOCK_DOTS; count++) {
        struct image *dots = filled(9, 2, 0xff89abcd);
        struct image *blocks = filled(9, 2, 0xff89abcd);
        uint32_t source[3 * IMAGE_BLOCK_DOTS] = {0};
        for (int i = 0; i < count; i++) {
            source[i] = pixels[i % 5];
        }
        uint32_t *last = blocks->pixels + 18 - count; /* what is more lies behind the last row */
        image_blend_blocks(last, source, count);
        image_blend_blocks(blocks->pixels, source, count);
        image_blend_run(dots->pixels + 18 - count, source, count);
        image_blend_run(dots->pixels, source, count);
        ck_assert_mem_eq(blocks->pixels, dots->pixels, 18 * sizeof(uint32_t));
        image_free(dots);
        image_free(blocks);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("image");
    TCase *tests = tcase_create("image");
    tcase_add_test(tests, a_new_picture_is_transparent);
    tcase_add_test(tests, sizes_out_of_range_are_faults);
    tcase_add_test(tests, what_lies_outside_is_left_out_wherever_it_is);
    tcase_add_test(tests, blending_is_over_to_the_nearest_number);
    tcase_add_test(tests, a_window_holds_what_was_there_and_nothing_else);
    tcase_add_test(tests, whole_blocks_are_blended_like_dots_and_what_is_empty_changes_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
