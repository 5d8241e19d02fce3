/*
 * test_image_shrink.c - fewer dots, the same light.
 */
#include <stdlib.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/canvas/image_shrink.h"
#include "tests/support/runner.h"

static struct image *noise(int width, int height)
{
    struct image *image = image_new(width, height, NULL);
    uint32_t state = 12345;
    for (int i = 0; i < width * height; i++) {
        state = state * 1664525u + 1013904223u;
        image->pixels[i] = state | 0xff000000u;
    }
    return image;
}

static double mean_of(const struct image *image, int channel)
{
    double sum = 0;
    for (int i = 0; i < image->width * image->height; i++) {
        sum += image->pixels[i] >> 8 * channel & 0xff;
    }
    return sum / (image->width * image->height);
}

START_TEST(a_picture_of_the_same_size_is_the_same)
{
    struct image *image = noise(37, 23);
    struct image *same = image_shrink(image, 37, 23, NULL);
    for (int i = 0; i < 37 * 23; i++) {
        ck_assert_uint_eq(same->pixels[i], image->pixels[i]);
    }
    image_free(same);
    image_free(image);
}
END_TEST

START_TEST(light_is_kept_whatever_the_size)
{
    static const int sizes[][2] = {{36, 23}, {37, 1}, {1, 23}, {1, 1}, {20, 11}, {12, 22}};
    struct image *image = noise(37, 23);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct image *shrunk = image_shrink(image, sizes[i][0], sizes[i][1], NULL);
        for (int channel = 0; channel < 4; channel++) {
            ck_assert_double_eq_tol(mean_of(shrunk, channel), mean_of(image, channel), 0.5);
        }
        image_free(shrunk);
    }
    image_free(image);
}
END_TEST

START_TEST(two_dots_become_their_mean)
{
    struct image *image = image_new(4, 2, NULL);
    const uint32_t pixels[] = {0xff000000, 0xff646464, 0xffffffff, 0xffffffff,
                               0xff000000, 0xff646464, 0x00000000, 0x00000000};
    for (int i = 0; i < 8; i++) {
        image->pixels[i] = pixels[i];
    }
    struct image *shrunk = image_shrink(image, 2, 1, NULL);
    ck_assert_uint_eq(shrunk->pixels[0], 0xff323232);
    ck_assert_uint_eq(shrunk->pixels[1], 0x80808080);
    image_free(shrunk);
    image_free(image);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("image_shrink");
    TCase *cases = tcase_create("image_shrink");
    tcase_add_test(cases, a_picture_of_the_same_size_is_the_same);
    tcase_add_test(cases, light_is_kept_whatever_the_size);
    tcase_add_test(cases, two_dots_become_their_mean);
    suite_add_tcase(suite, cases);
    return suite;
}
