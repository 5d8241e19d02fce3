/*
 * test_png.c - what is written is read back the same, by ourselves and by libpng, and bad files are refused.
 */
#include <dirent.h>
#include <libdeflate.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "tests/support/effort.h"
#include "tests/support/runner.h"

#define PIXELS_MAX 20000000

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8 | *state << 24;
}

static uint32_t random_pixel(uint32_t *state, bool is_opaque)
{
    uint32_t alpha = is_opaque ? 255 : next_random(state) & 0xff;
    uint32_t pixel = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8) {
        pixel |= next_random(state) % (alpha + 1) << shift;
    }
    return pixel;
}

/** A picture of so many colours; 0: each pixel its own. */
static struct image *random_picture(int width, int height, unsigned colour_count, bool is_opaque)
{
    static uint32_t state = 7;
    uint32_t colours[512];
    for (unsigned i = 0; i < colour_count; i++) {
        colours[i] = random_pixel(&state, is_opaque);
    }
    struct image *image = image_new(width, height, NULL);
    for (int i = 0; i < width * height; i++) {
        image->pixels[i] =
            colour_count ? colours[next_random(&state) % colour_count] : random_pixel(&state, is_opaque);
    }
    return image;
}

static bool is_same(const struct image *a, const struct image *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->pixels, b->pixels, (size_t)a->width * (size_t)a->height * 4) == 0;
}

static void check_round_trip(const struct image *image)
{
    size_t length = 0;
    char *bytes = png_write(image, 0, &length, NULL);
    ck_assert_ptr_nonnull(bytes);
    struct fault fault = {0};
    struct image *read = png_read(bytes, length, PIXELS_MAX, &fault);
    ck_assert_msg(read != NULL, "%s", fault.message);
    ck_assert(is_same(image, read));
    image_free(read);
    free(bytes);
}

START_TEST(every_picture_is_read_back_pixel_for_pixel)
{
    static const unsigned counts[] = {0, 1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 300};
    static const int widths[] = {1, 7, 8, 33, 256};
    for (size_t i = 0; i < sizeof counts / sizeof *counts * 10; i++) {
        struct image *image = random_picture(widths[i % 5], 19, counts[i / 10], i % 2 == 0);
        check_round_trip(image);
        image_free(image);
    }
}
END_TEST

/** What maps are made of: flat areas, edges, stripes, the same again further on, and some noise. */
static struct image *map_like_picture(int width, int height, uint32_t seed)
{
    uint32_t state = seed;
    uint32_t colours[700];
    unsigned count = 2 + next_random(&state) % 699;
    for (unsigned i = 0; i < count; i++) {
        colours[i] = random_pixel(&state, seed % 3 != 0);
    }
    struct image *image = image_new(width, height, NULL);
    for (int i = 0; i < width * height;) {
        int run = 1 + (int)(next_random(&state) % 600);
        int back = 1 + (int)(next_random(&state) % 40000);
        unsigned kind = next_random(&state) % 4;
        for (int k = 0; k < run && i < width * height; k++, i++) {
            unsigned pick = kind == 0 ? 0 : kind == 1 ? (unsigned)k % 3 : next_random(&state);
            bool is_again = kind == 3 && i >= back;
            image->pixels[i] = is_again ? image->pixels[i - back] : colours[pick % count];
        }
    }
    return image;
}

START_TEST(pictures_of_every_shape_are_read_back_pixel_for_pixel)
{
    static const int shapes[][2] = {{1, 1},    {1, 3000},  {3000, 1},  {2, 2},     {255, 257},
                                    {512, 64}, {10922, 5}, {10923, 5}, {32767, 4}, {33, 2000}};
    for (uint32_t seed = 0; seed < 10 * (uint32_t)test_rounds(6); seed++) {
        const int *shape = shapes[seed % 10];
        struct image *image = map_like_picture(shape[0], shape[1], seed);
        check_round_trip(image);
        image_free(image);
    }
}
END_TEST

START_TEST(rows_like_the_one_above_are_read_back_pixel_for_pixel)
{
    static const unsigned counts[] = {1, 2, 4, 7, 200, 300};
    static const int widths[] = {61, 64, 200};
    uint32_t state = 3;
    for (size_t i = 0; i < 3 * (sizeof counts / sizeof *counts); i++) {
        struct image *image = random_picture(widths[i % 3], 100, counts[i / 3], true);
        for (int y = 1; y < image->height; y++) {
            uint32_t *row = image->pixels + y * image->stride_px;
            uint32_t kind = next_random(&state) % 4;
            for (int x = 0; x < image->width && kind > 0; x++) {
                bool is_other = kind == 1 && x == image->width - 1; /* all but the last pixel */
                row[x] = is_other ? row[x] : row[x - image->stride_px];
            }
        }
        check_round_trip(image);
        image_free(image);
    }
}
END_TEST

/* Rows are packed in place: the second may find the numbers of the first one run over. */
START_TEST(a_row_is_not_taken_for_what_the_packed_one_above_left)
{
    uint32_t colours[16];
    for (uint32_t i = 0; i < 16; i++) {
        colours[i] = 0xff000000 | 0x0f0f0f * i;
    }
    for (size_t pair = 0; pair < 256; pair++) {
        struct image *image = image_new(2, 10, NULL);
        const uint32_t rows[2][2] = {{colours[pair / 16], colours[pair % 16]},
                                     {colours[pair % 16], colours[pair % 16]}};
        for (int y = 0; y < image->height; y++) {
            memcpy(image->pixels + y * image->stride_px, y < 2 ? rows[y] : &colours[2 * (y - 2)],
                   sizeof rows[0]);
        }
        check_round_trip(image);
        image_free(image);
    }
}
END_TEST

START_TEST(every_premultiplied_pixel_survives)
{
    struct image *image = image_new(256, 256, NULL);
    for (uint32_t alpha = 0; alpha < 256; alpha++) {
        for (uint32_t red = 0; red <= alpha; red++) {
            image->pixels[alpha * 256 + red] = alpha << 24 | red << 16 | (alpha - red) << 8 | red / 2;
        }
    }
    check_round_trip(image);
    image_free(image);
}
END_TEST

/** Shades from light to dark with a little noise: like a photo. Every eighth row begins with a black frame.
 */
static struct image *shaded_picture(int width, int height, bool is_opaque)
{
    uint32_t state = 17;
    struct image *image = image_new(width, height, NULL);
    for (int i = 0; i < width * height; i++) {
        uint32_t shade = (uint32_t)(i % width / 3 + i / width / 2) % 240 + next_random(&state) % 6;
        uint32_t red = (shade + next_random(&state) % 4) & 0xff;
        bool is_frame = i / width % 8 == 0 && i % width < width / 4;
        uint32_t alpha = is_opaque ? 0xff : 0xff - (uint32_t)(i % 2);
        image->pixels[i] = is_frame ? 0xff000000u : alpha << 24 | red << 16 | (shade / 2) << 8 | shade / 3;
    }
    return image;
}

START_TEST(photos_are_read_back_pixel_for_pixel)
{
    static const int shapes[][2] = {{256, 256}, {1, 300}, {300, 1}, {17, 2000}, {12000, 9}};
    for (size_t i = 0; i < 10; i++) {
        struct image *image = shaded_picture(shapes[i / 2][0], shapes[i / 2][1], i % 2 == 0);
        check_round_trip(image);
        image_free(image);
    }
}
END_TEST

/** They are written in bands, with one way of telling colours for all: that of the last band counts too. */
START_TEST(pictures_larger_than_a_band_are_read_back_pixel_for_pixel)
{
    static const unsigned counts[] = {2, 200, 300, 300};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct image *image = random_picture(4001, 4100, counts[i], i < 3);
        check_round_trip(image);
        image_free(image);
    }
    struct image *photo = shaded_picture(4001, 4100, true);
    check_round_trip(photo);
    photo->pixels[4001 * 4100 - 1] = 0; /* not opaque after all */
    check_round_trip(photo);
    image_free(photo);
}
END_TEST

/** The filter of a row, after the pixels were inflated by libdeflate. */
static int filter_of_row(const struct image *image, size_t pixel_bytes, size_t row)
{
    size_t length = 0;
    uint8_t *bytes = (uint8_t *)png_write(image, 0, &length, NULL);
    size_t stride = 1 + (size_t)image->width * pixel_bytes;
    size_t whole = stride * (size_t)image->height;
    uint8_t *rows = malloc(whole);
    size_t start = 8 + 25; /* signature, IHDR */
    ck_assert_mem_eq(bytes + start + 4, "IDAT", 4);
    size_t packed = (size_t)bytes[start + 1] << 16 | (size_t)bytes[start + 2] << 8 | bytes[start + 3];
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    ck_assert_int_eq(libdeflate_zlib_decompress(decompressor, bytes + start + 8, packed, rows, whole, NULL),
                     LIBDEFLATE_SUCCESS);
    int filter = rows[row * stride];
    libdeflate_free_decompressor(decompressor);
    free(rows);
    free(bytes);
    return filter;
}

START_TEST(rows_of_photos_are_told_by_differences_and_those_of_maps_are_not)
{
    struct image *photo = shaded_picture(256, 256, true);
    struct image *map = map_like_picture(256, 256, 4);
    struct image *noise = random_picture(256, 256, 0, true);
    ck_assert_int_eq(filter_of_row(photo, 3, 100), 2);
    ck_assert_int_eq(filter_of_row(map, 3, 100), 0);
    ck_assert_int_eq(filter_of_row(noise, 3, 100), 0);
    image_free(photo);
    image_free(map);
    image_free(noise);
}
END_TEST

/** What libpng's full reader says of a file. */
static void libpng_info(const char *bytes, size_t length, int *bits, int *colour, png_uint_32 *dots_per_metre)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    FILE *file = fmemopen((void *)bytes, length, "rb");
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_uint_32 width;
    png_uint_32 height;
    png_get_IHDR(png, info, &width, &height, bits, colour, NULL, NULL, NULL);
    *dots_per_metre = png_get_x_pixels_per_meter(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
}

START_TEST(the_smallest_kind_of_pixel_is_chosen)
{
    static const struct {
        unsigned colours;
        bool is_opaque;
        int bits;
        int kind;
    } cases[] = {{1, true, 1, PNG_COLOR_TYPE_PALETTE},   {2, false, 1, PNG_COLOR_TYPE_PALETTE},
                 {4, true, 2, PNG_COLOR_TYPE_PALETTE},   {16, true, 4, PNG_COLOR_TYPE_PALETTE},
                 {17, false, 8, PNG_COLOR_TYPE_PALETTE}, {256, true, 8, PNG_COLOR_TYPE_PALETTE},
                 {0, true, 8, PNG_COLOR_TYPE_RGB},       {0, false, 8, PNG_COLOR_TYPE_RGB_ALPHA}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image *image = random_picture(100, 100, cases[i].colours, cases[i].is_opaque);
        size_t length = 0;
        char *bytes = png_write(image, 3937, &length, NULL);
        int bits = 0;
        int kind = 0;
        png_uint_32 dots_per_metre = 0;
        libpng_info(bytes, length, &bits, &kind, &dots_per_metre);
        ck_assert_int_eq(bits, cases[i].bits);
        ck_assert_int_eq(kind, cases[i].kind);
        ck_assert_uint_eq(dots_per_metre, 3937);
        free(bytes);
        image_free(image);
    }
}
END_TEST

START_TEST(the_same_pixels_give_the_same_bytes)
{
    struct image *image = random_picture(300, 200, 0, false);
    size_t length = 0;
    size_t length_again = 0;
    char *bytes = png_write(image, 0, &length, NULL);
    char *again = png_write(image, 0, &length_again, NULL);
    ck_assert_uint_eq(length, length_again);
    ck_assert_mem_eq(bytes, again, length);
    free(bytes);
    free(again);
    image_free(image);
}
END_TEST

START_TEST(a_window_with_a_stride_is_written_like_its_copy)
{
    struct image *image = random_picture(64, 64, 300, true);
    struct image window = {.width = 20, .height = 10, .stride_px = 64, .pixels = image->pixels + 5 * 64 + 7};
    struct image *copy = image_cut(image, 7, 5, 20, 10, NULL);
    size_t length = 0;
    size_t copy_length = 0;
    char *bytes = png_write(&window, 0, &length, NULL);
    char *copy_bytes = png_write(copy, 0, &copy_length, NULL);
    ck_assert_uint_eq(length, copy_length);
    ck_assert_mem_eq(bytes, copy_bytes, length);
    free(bytes);
    free(copy_bytes);
    image_free(copy);
    image_free(image);
}
END_TEST

START_TEST(a_broken_or_too_large_file_is_a_fault)
{
    struct image *image = random_picture(50, 50, 0, true);
    size_t length = 0;
    char *bytes = png_write(image, 0, &length, NULL);
    struct fault fault = {0};
    ck_assert_ptr_null(png_read(bytes, length, 2499, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    for (size_t cut = 0; cut < length; cut += 37) {
        ck_assert_ptr_null(png_read(bytes, cut, PIXELS_MAX, &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
    bytes[length / 2] ^= 0x20;
    ck_assert_ptr_null(png_read(bytes, length, PIXELS_MAX, &fault));
    free(bytes);
    image_free(image);
}
END_TEST

/** Files of PngSuite whose name begins with x are broken; all others are good. */
static void read_one(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    size_t length = 0;
    char *bytes = file_read(path, 1 << 20, &length, NULL);
    struct fault fault = {0};
    struct image *image = png_read(bytes, length, PIXELS_MAX, &fault);
    ck_assert_msg((image != NULL) == (name[0] != 'x'), "%s: %s", name, fault.message);
    image_free(image);
    free(bytes);
}

START_TEST(the_whole_png_suite_is_read_or_refused)
{
    char *folder = test_shared_data("bad/pngsuite");
    if (!folder) {
        return;
    }
    DIR *files = opendir(folder);
    int count = 0;
    for (struct dirent *entry = readdir(files); entry; entry = readdir(files)) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".png") == 0) {
            read_one(folder, entry->d_name);
            count++;
        }
    }
    ck_assert_int_gt(count, 100);
    closedir(files);
    free(folder);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("png");
    TCase *tests = tcase_create("png");
    tcase_add_test(tests, every_picture_is_read_back_pixel_for_pixel);
    tcase_add_test(tests, pictures_of_every_shape_are_read_back_pixel_for_pixel);
    tcase_add_test(tests, photos_are_read_back_pixel_for_pixel);
    tcase_add_test(tests, pictures_larger_than_a_band_are_read_back_pixel_for_pixel);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, rows_of_photos_are_told_by_differences_and_those_of_maps_are_not);
    tcase_add_test(tests, rows_like_the_one_above_are_read_back_pixel_for_pixel);
    tcase_add_test(tests, a_row_is_not_taken_for_what_the_packed_one_above_left);
    tcase_add_test(tests, every_premultiplied_pixel_survives);
    tcase_add_test(tests, the_smallest_kind_of_pixel_is_chosen);
    tcase_add_test(tests, the_same_pixels_give_the_same_bytes);
    tcase_add_test(tests, a_window_with_a_stride_is_written_like_its_copy);
    tcase_add_test(tests, a_broken_or_too_large_file_is_a_fault);
    tcase_add_test(tests, the_whole_png_suite_is_read_or_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
