/*
 * test_image_file.c - what each encoder writes is read by a decoder that is not ours, and is what was meant.
 */
#include "render/encode/image_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include "geo/base/fault.h"
#include "render/encode/few_colours.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "render/encode/straight_colour.h"
#include "render/encode/webp.h"
#include "tests/support/runner.h"

#define SIDE 200

static const uint32_t sea = 0xffd3e4ef;
static const uint32_t red = 0xffe8001c;

/** Sea, a shaded land in the middle, and a red line of one pixel over both. */
static struct image *map_picture(void)
{
    struct image *image = image_new(SIDE, SIDE, NULL);
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            uint32_t shade = (uint32_t)(60 + x / 2 + y / 3);
            bool is_land = x > 40 && x < 160 && y > 30;
            image->pixels[y * SIDE + x] =
                x == y    ? red
                : is_land ? 0xff000000u | shade << 16 | (255 - shade) << 8 | (shade / 2 + y / 4)
                          : sea;
        }
    }
    return image;
}

/** Every alpha beside every brightness. */
static struct image *translucent_picture(void)
{
    struct image *image = image_new(256, 256, NULL);
    for (uint32_t alpha = 0; alpha < 256; alpha++) {
        for (uint32_t x = 0; x < 256; x++) {
            uint32_t value = x * alpha / 255;
            image->pixels[alpha * 256 + x] = alpha << 24 | value << 16 | (alpha - value) << 8 | value / 2;
        }
    }
    return image;
}

static char *written(const struct image *image, enum tile_format format, size_t *length)
{
    struct fault fault = {0};
    char *bytes = image_file_write(image, format, 0, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    return bytes;
}

START_TEST(a_webp_is_read_back_pixel_for_pixel)
{
    struct image *image = _i == 0 ? map_picture() : translucent_picture();
    size_t length;
    char *bytes = written(image, TILE_WEBP, &length);
    int width;
    int height;
    uint8_t *rgba = WebPDecodeRGBA((const uint8_t *)bytes, length, &width, &height);
    ck_assert_ptr_nonnull(rgba);
    ck_assert_int_eq(width, image->width);
    ck_assert_int_eq(height, image->height);
    for (int i = 0; i < width * height; i++) {
        const uint8_t *pixel = rgba + 4 * i;
        uint32_t argb =
            (uint32_t)pixel[3] << 24 | (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | pixel[2];
        ck_assert_uint_eq(argb, straight_colour(image->pixels[i]));
    }
    WebPFree(rgba);
    free(bytes);
    image_free(image);
}
END_TEST

START_TEST(a_picture_too_large_for_webp_is_refused)
{
    struct fault fault = {0};
    size_t length;
    struct image *image = image_new(WEBP_MOST_PX + 1, 1, NULL);
    ck_assert_ptr_null(image_file_write(image, TILE_WEBP, 0, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    image_free(image);
}
END_TEST

/** Reads a JPEG as RGB. */
static unsigned char *read_jpeg(const char *bytes, size_t length, int *subsampling)
{
    int width;
    int height;
    int space;
    tjhandle decompressor = tjInitDecompress();
    const unsigned char *file = (const unsigned char *)bytes;
    ck_assert_int_eq(tjDecompressHeader3(decompressor, file, length, &width, &height, subsampling, &space),
                     0);
    ck_assert_int_eq(width, SIDE);
    ck_assert_int_eq(height, SIDE);
    unsigned char *rgb = malloc(3 * SIDE * SIDE);
    ck_assert_int_eq(tjDecompress2(decompressor, file, length, rgb, SIDE, 0, SIDE, TJPF_RGB, 0), 0);
    tjDestroy(decompressor);
    return rgb;
}

static int channel_of(const struct image *image, int i, int channel)
{
    return (int)(image->pixels[i] >> (16 - 8 * channel) & 0xff);
}

/* Off by 2 of 255 at the mean; a red line of one pixel stays red, which it would not with coarser colours. */
START_TEST(a_jpeg_is_nearly_the_picture_and_its_colours_are_as_fine_as_its_brightness)
{
    struct image *image = map_picture();
    size_t length;
    char *bytes = written(image, TILE_JPEG, &length);
    int subsampling;
    unsigned char *rgb = read_jpeg(bytes, length, &subsampling);
    ck_assert_int_eq(subsampling, TJSAMP_444);
    long sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        for (int channel = 0; channel < 3; channel++) {
            sum += abs(rgb[3 * i + channel] - channel_of(image, i, channel));
        }
    }
    ck_assert_int_le(sum, 2L * 3 * SIDE * SIDE);
    for (int i = 0; i < SIDE; i++) {
        const unsigned char *dot = rgb + 3 * (i * SIDE + i);
        ck_assert_int_ge(dot[0] - dot[1], 120);
    }
    free(rgb);
    free(bytes);
    image_free(image);
}
END_TEST

START_TEST(a_transparent_picture_has_no_jpeg)
{
    struct fault fault = {0};
    size_t length;
    struct image *image = map_picture();
    image->pixels[SIDE * SIDE - 1] = 0xfefefefe;
    ck_assert_ptr_null(image_file_write(image, TILE_JPEG, 0, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    image_free(image);
}
END_TEST

static int compare_pixels(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

static int colour_count(const struct image *image)
{
    size_t size = (size_t)image->width * (size_t)image->height;
    uint32_t *sorted = malloc(size * sizeof *sorted);
    memcpy(sorted, image->pixels, size * sizeof *sorted);
    qsort(sorted, size, sizeof *sorted, compare_pixels);
    int count = 1;
    for (size_t i = 1; i < size; i++) {
        count += sorted[i] != sorted[i - 1];
    }
    free(sorted);
    return count;
}

/* Off by 3 of 255 at the mean. */
START_TEST(a_picture_of_few_colours_is_near_and_its_flat_colours_are_exact)
{
    struct image *image = map_picture();
    ck_assert_int_gt(colour_count(image), 1000);
    size_t length;
    char *bytes = written(image, TILE_PNG_SMALL, &length);
    ck_assert_int_eq(bytes[25], 3); /* a palette */
    struct image *small = png_read(bytes, length, SIDE * SIDE, NULL);
    ck_assert_int_le(colour_count(small), FEW_COLOURS_MAX);
    long sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        if (image->pixels[i] == sea || image->pixels[i] == red) {
            ck_assert_uint_eq(small->pixels[i], image->pixels[i]);
        }
        for (int channel = 0; channel < 3; channel++) {
            sum += abs(channel_of(small, i, channel) - channel_of(image, i, channel));
        }
    }
    ck_assert_int_le(sum, 3L * 3 * SIDE * SIDE);
    image_free(small);
    free(bytes);
    image_free(image);
}
END_TEST

START_TEST(few_colours_of_a_translucent_picture_are_premultiplied_still)
{
    struct image *image = translucent_picture();
    struct image *small = few_colours(image, NULL);
    ck_assert_int_le(colour_count(small), FEW_COLOURS_MAX);
    for (int i = 0; i < 256 * 256; i++) {
        uint32_t alpha = small->pixels[i] >> 24;
        for (int channel = 0; channel < 3; channel++) {
            ck_assert_uint_le((uint32_t)channel_of(small, i, channel), alpha);
        }
        ck_assert_int_le(abs((int)alpha - (int)(image->pixels[i] >> 24)), 24);
    }
    image_free(small);
    image_free(image);
}
END_TEST

START_TEST(a_picture_of_256_colours_is_kept_as_it_is)
{
    struct image *image = image_new(64, 64, NULL);
    for (uint32_t i = 0; i < 64 * 64; i++) {
        image->pixels[i] = 0xff000000u | (i % 256) * 0x010203u;
    }
    struct image *small = few_colours(image, NULL);
    ck_assert_mem_eq(small->pixels, image->pixels, 64 * 64 * sizeof *image->pixels);
    image_free(small);
    image_free(image);
}
END_TEST

/* More than are counted one by one: each pixel its own. */
START_TEST(a_noisy_picture_has_few_colours_too)
{
    struct image *image = image_new(1000, 600, NULL);
    uint32_t state = 5;
    for (int i = 0; i < 1000 * 600; i++) {
        state = state * 1664525u + 1013904223u;
        image->pixels[i] = 0xff000000u | state >> 8;
    }
    struct image *small = few_colours(image, NULL);
    ck_assert_int_le(colour_count(small), FEW_COLOURS_MAX);
    image_free(small);
    image_free(image);
}
END_TEST

START_TEST(the_same_pixels_give_the_same_bytes)
{
    for (int format = 0; format < TILE_MVT; format++) {
        struct image *image = map_picture();
        size_t length;
        size_t length_again;
        char *bytes = written(image, (enum tile_format)format, &length);
        char *again = written(image, (enum tile_format)format, &length_again);
        ck_assert_uint_eq(length, length_again);
        ck_assert_mem_eq(bytes, again, length);
        free(bytes);
        free(again);
        image_free(image);
    }
}
END_TEST

START_TEST(every_format_is_found_by_its_names)
{
    enum tile_format format = TILE_PNG;
    for (int i = 0; i < TILE_FORMAT_COUNT; i++) {
        ck_assert(tile_format_find(tile_format_name((enum tile_format)i), &format));
        ck_assert_int_eq(format, i);
    }
    ck_assert(tile_format_find("jpeg", &format) && format == TILE_JPEG);
    ck_assert(!tile_format_find("gif", &format));
    ck_assert(tile_format_find_content_type("image/png; mode=8bit", &format) && format == TILE_PNG_SMALL);
    ck_assert(tile_format_find_content_type("image/PNG", &format) && format == TILE_PNG);
    ck_assert(!tile_format_find_content_type("image/gif", &format));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("image_file");
    TCase *tests = tcase_create("image_file");
    tcase_add_loop_test(tests, a_webp_is_read_back_pixel_for_pixel, 0, 2);
    tcase_add_test(tests, a_picture_too_large_for_webp_is_refused);
    tcase_add_test(tests, a_jpeg_is_nearly_the_picture_and_its_colours_are_as_fine_as_its_brightness);
    tcase_add_test(tests, a_transparent_picture_has_no_jpeg);
    tcase_add_test(tests, a_picture_of_few_colours_is_near_and_its_flat_colours_are_exact);
    tcase_add_test(tests, few_colours_of_a_translucent_picture_are_premultiplied_still);
    tcase_add_test(tests, a_picture_of_256_colours_is_kept_as_it_is);
    tcase_add_test(tests, a_noisy_picture_has_few_colours_too);
    tcase_add_test(tests, the_same_pixels_give_the_same_bytes);
    tcase_add_test(tests, every_format_is_found_by_its_names);
    suite_add_tcase(suite, tests);
    return suite;
}
