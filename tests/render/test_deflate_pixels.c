/*
 * test_deflate_pixels.c - libdeflate unpacks what was packed, whatever the rows are: every length, and rows
 * that aim at the limits of the format. The same of bytes.
 */
#include "render/encode/deflate_pixels.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "render/encode/deflate_bytes.h"
#include "tests/support/runner.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/** How rows are told. */
enum kind { BYTES, RGB, RGBA, FILTERED, KIND_COUNT };

static const size_t unit_bytes_of[KIND_COUNT] = {1, 3, 4, 3};

/** Rows and the bytes that they are. */
struct rows {
    enum kind kind;
    struct deflate_pixels pixels;
    uint8_t *bytes;
    size_t length;
};

static void add_unit(struct rows *rows, size_t place, uint32_t unit, size_t count)
{
    rows->pixels.units[place] = unit;
    for (size_t i = 0; i < count; i++) {
        rows->bytes[rows->length++] = (uint8_t)(count == 1 ? unit : deflate_byte(unit, i));
    }
}

/** Pixels are values[place % count]; bytes are the low bytes of values. */
static struct rows make_rows(enum kind kind, size_t width, size_t height, const uint32_t *values,
                             size_t count)
{
    struct rows rows = {.kind = kind,
                        .pixels = {.stride = width + 1,
                                   .height = height,
                                   .unit_bytes = unit_bytes_of[kind],
                                   .least_repeat = kind == FILTERED ? 2 : 1}};
    size_t total = (width + 1) * height;
    rows.pixels.units = memory_new(total + 1 + DEFLATE_PIXELS_BEHIND, sizeof(uint32_t));
    rows.bytes = memory_new(total * unit_bytes_of[kind] + DEFLATE_BYTES_BEHIND, 1);
    for (size_t place = 0, pixel = 0; place < total; place++) {
        size_t row = place / (width + 1);
        if (place % (width + 1) == 0) {
            add_unit(&rows, place, deflate_mark((int)row, (int)(row % 5)), 1);
        } else {
            add_unit(&rows, place, 0xff000000u | values[pixel++ % count], unit_bytes_of[kind]);
        }
    }
    rows.pixels.units[total] = deflate_mark((int)height, 0);
    return rows;
}

static struct deflate_stream pack(const struct rows *rows)
{
    struct deflate_stream stream = {0};
    struct deflate_bytes bytes = {rows->bytes, rows->length, rows->pixels.stride};
    if (rows->kind == BYTES) {
        deflate_bytes(&bytes, true, &stream);
    } else {
        deflate_pixels(&rows->pixels, true, &stream);
    }
    return stream;
}

static void check_rows(struct rows *rows)
{
    struct deflate_stream stream = pack(rows);
    uint8_t *unpacked = memory_new(rows->length + 1, 1);
    size_t length = 0;
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    ck_assert_int_eq(libdeflate_deflate_decompress(decompressor, stream.bytes, stream.length, unpacked,
                                                   rows->length + 1, &length),
                     LIBDEFLATE_SUCCESS);
    ck_assert_uint_eq(length, rows->length);
    ck_assert_mem_eq(unpacked, rows->bytes, length);
    libdeflate_free_decompressor(decompressor);
    free(unpacked);
    free(stream.bytes);
    free(rows->pixels.units);
    free(rows->bytes);
}

static void check_values(size_t width, size_t height, const uint32_t *values, size_t count)
{
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        struct rows rows = make_rows(kind, width, height, values, count);
        check_rows(&rows);
    }
}

START_TEST(rows_of_every_length_are_unpacked_as_they_were)
{
    uint32_t state = 1;
    uint32_t noise[997];
    for (size_t i = 0; i < 997; i++) {
        noise[i] = next_random(&state);
    }
    for (size_t width = 1; width < 70000; width += width < 600 ? 1 : width / 13) {
        check_values(width, 1, (uint32_t[]){0x123456}, 1);
        check_values(width, 1, (uint32_t[]){0, 0xffffff}, 2);
        check_values(width, 1, noise, 997);
    }
}
END_TEST

START_TEST(what_repeats_at_any_distance_is_unpacked_as_it_was)
{
    static const size_t periods[] = {1,    2,    3,     255,   256,   257,   8190,  8191,
                                     8192, 8193, 10921, 10922, 10923, 32767, 32768, 32769};
    uint32_t state = 5;
    uint32_t *values = memory_new(32769, sizeof *values);
    for (size_t i = 0; i < 32769; i++) {
        values[i] = next_random(&state);
    }
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        check_values(70000, 1, values, periods[i]);
        check_values(300, 233, values, periods[i]);
        check_values(1, 30000, values, periods[i]);
    }
    free(values);
}
END_TEST

/** Each value about 1.6 times as often as the next: so its code is a bit shorter. */
START_TEST(values_that_want_the_longest_codes_are_unpacked_as_they_were)
{
    uint32_t state = 9;
    size_t count = 140000;
    uint32_t *values = memory_new(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        uint32_t value = 0;
        while (next_random(&state) % 1000 < 382) {
            value++;
        }
        values[i] = value * 0x010203;
    }
    check_values(count, 1, values, count);
    check_values(1000, 140, values, count);
    free(values);
}
END_TEST

/** Runs, repeats from anywhere, and noise, each of any length: more steps than a block has. */
START_TEST(random_rows_are_unpacked_as_they_were)
{
    uint32_t state = 11;
    size_t count = 300000;
    uint32_t *values = memory_new(count, sizeof *values);
    for (int round = 0; round < 12; round++) {
        uint32_t colours = 1 + next_random(&state) % 300;
        uint32_t longest = 1 + next_random(&state) % (round % 2 ? 9 : 900);
        for (size_t i = 0; i < count;) {
            size_t back = 1 + next_random(&state) % 33000;
            uint32_t kind = next_random(&state) % 3;
            for (size_t left = 1 + next_random(&state) % longest; left > 0 && i < count; left--, i++) {
                bool is_again = i > 0 && kind > 0;
                values[i] = is_again ? values[kind == 1 || back > i ? i - 1 : i - back]
                                     : next_random(&state) % colours * 0x01071d;
            }
        }
        check_values(round % 3 ? 257 : 20000, round % 3 ? 1100 : 15, values, count);
    }
    free(values);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("deflate_pixels");
    TCase *tests = tcase_create("deflate_pixels");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, rows_of_every_length_are_unpacked_as_they_were);
    tcase_add_test(tests, what_repeats_at_any_distance_is_unpacked_as_it_was);
    tcase_add_test(tests, values_that_want_the_longest_codes_are_unpacked_as_they_were);
    tcase_add_test(tests, random_rows_are_unpacked_as_they_were);
    suite_add_tcase(suite, tests);
    return suite;
}
