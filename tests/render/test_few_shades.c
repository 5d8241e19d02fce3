/*
 * test_few_shades.c - edges of symbols get fewer shades, and nothing else changes.
 */
#include "render/symbol/few_shades.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/canvas/image.h"
#include "tests/support/runner.h"

#define SIDE 64
#define MOST_ERROR 9 /* half a step, rounded up */

/** Every alpha over black and over red, a row each for a plain colour, and a few dots of a rare one. */
static struct image *make_picture(void)
{
    struct image *image = image_new(SIDE, SIDE, NULL);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint32_t alpha = i % 256;
        image->pixels[i] = i % 512 < 256 ? alpha << 24 : alpha << 24 | alpha * (i / 512 * 30) / 255 << 16;
    }
    for (int x = 0; x < SIDE; x++) {
        image->pixels[x] = 0xffe30b5cu;
        image->pixels[SIDE + x] = 0x7f3f1e0cu;
    }
    image->pixels[2 * SIDE] = 0xff123456u;
    return image;
}

static int channel(uint32_t pixel, int number)
{
    return (int)(pixel >> 8 * number & 0xff);
}

START_TEST(colours_that_many_dots_have_stay_as_they_are)
{
    struct image *image = make_picture();
    few_shades(image);
    for (int x = 0; x < SIDE; x++) {
        ck_assert_uint_eq(image->pixels[x], 0xffe30b5cu);
        ck_assert_uint_eq(image->pixels[SIDE + x], 0x7f3f1e0cu);
    }
    image_free(image);
}
END_TEST

START_TEST(no_dot_changes_by_more_than_half_a_step_and_none_is_brighter_than_its_alpha)
{
    struct image *before = make_picture();
    struct image *image = make_picture();
    few_shades(image);
    for (int i = 0; i < SIDE * SIDE; i++) {
        for (int c = 0; c < 4; c++) {
            int change = abs(channel(image->pixels[i], c) - channel(before->pixels[i], c));
            ck_assert_int_le(change, MOST_ERROR);
            ck_assert_int_le(channel(image->pixels[i], c), channel(image->pixels[i], 3));
        }
    }
    image_free(before);
    image_free(image);
}
END_TEST

START_TEST(what_is_rare_is_told_in_whole_steps)
{
    struct image *image = make_picture();
    few_shades(image);
    for (int c = 0; c < 4; c++) {
        ck_assert_int_eq(channel(image->pixels[2 * SIDE], c) % (255 / FEW_SHADES_STEPS), 0);
    }
    image_free(image);
}
END_TEST

START_TEST(once_more_changes_nothing)
{
    struct image *image = make_picture();
    few_shades(image);
    struct image *again = image_cut(image, 0, 0, SIDE, SIDE, NULL);
    few_shades(again);
    ck_assert_mem_eq(image->pixels, again->pixels, SIDE * SIDE * sizeof(uint32_t));
    image_free(again);
    image_free(image);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("few shades");
    TCase *tests = tcase_create("few shades");
    tcase_add_test(tests, colours_that_many_dots_have_stay_as_they_are);
    tcase_add_test(tests, no_dot_changes_by_more_than_half_a_step_and_none_is_brighter_than_its_alpha);
    tcase_add_test(tests, what_is_rare_is_told_in_whole_steps);
    tcase_add_test(tests, once_more_changes_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
