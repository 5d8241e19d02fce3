/*
 * test_store_gpkg_blob.c - shapes survive the way through a GeoPackage blob; broken blobs are refused.
 */
#include "data/store_gpkg_blob.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "tests/support/runner.h"

static const struct point square[] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
static const struct point hole[] = {{1, 1}, {1, 2}, {2, 2}, {1, 1}};
static const struct point line[] = {{4.5, 51.7}, {4.6, 51.8}, {-179.99999999, 89.5}};

enum { SHAPE_KINDS = 8 };

/* One shape of each kind that is written, the multi ones with one and with more members. */
static struct shape *make_shape(int number)
{
    static const enum shape_kind kinds[SHAPE_KINDS] = {SHAPE_POINT,   SHAPE_POINT,   SHAPE_LINE,
                                                       SHAPE_LINE,    SHAPE_POLYGON, SHAPE_POLYGON,
                                                       SHAPE_POLYGON, SHAPE_POINT};
    struct shape *shape = shape_new(kinds[number]);
    shape->is_multi = number == 1 || number == 3 || number == 5 || number == 6;
    if (shape->kind == SHAPE_POLYGON) {
        shape_add_part(shape, square, 5, false);
        shape_add_part(shape, hole, 4, true);
    } else {
        shape_add_part(shape, line, shape->kind == SHAPE_LINE ? 3 : 1, false);
    }
    if (number == 6) {
        shape_add_part(shape, square, 5, false);
        shape_add_part(shape, square, 5, false);
        shape_add_part(shape, hole, 4, true);
    }
    if (number == 1) {
        shape_add_part(shape, line + 1, 1, false);
    }
    return shape;
}

static void check_same(const struct shape *a, const struct shape *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->is_multi, b->is_multi);
    ck_assert_uint_eq(a->part_count, b->part_count);
    ck_assert_uint_eq(a->point_count, b->point_count);
    ck_assert_mem_eq(a->points, b->points, a->point_count * sizeof *a->points);
    for (size_t i = 0; i < a->part_count; i++) {
        ck_assert_uint_eq(a->parts[i].first, b->parts[i].first);
        ck_assert_uint_eq(a->parts[i].count, b->parts[i].count);
        ck_assert_int_eq(a->parts[i].is_hole, b->parts[i].is_hole);
    }
}

START_TEST(every_kind_of_shape_survives_the_way_there_and_back)
{
    struct shape *shape = make_shape(_i);
    struct buffer blob;
    struct fault fault = {0};
    buffer_init(&blob, 4096);
    gpkg_blob_write(shape, &blob);
    struct shape *again = gpkg_blob_read(blob.bytes, blob.length, &fault);
    ck_assert_msg(again, "%s", fault.message);
    check_same(shape, again);
    shape_free(again);
    shape_free(shape);
    buffer_finish(&blob);
}
END_TEST

START_TEST(a_blob_that_is_cut_anywhere_or_too_long_is_refused)
{
    struct shape *shape = make_shape(_i);
    struct buffer blob;
    struct fault fault;
    buffer_init(&blob, 4096);
    gpkg_blob_write(shape, &blob);
    buffer_append(&blob, "x", 1);
    for (size_t length = 0; length <= blob.length; length++) {
        if (length != blob.length - 1) {
            char *copy = memory_copy_bytes(blob.bytes, length);
            fault.code = FAULT_NONE;
            ck_assert_ptr_null(gpkg_blob_read(copy, length, &fault));
            ck_assert_int_eq(fault.code, FAULT_INPUT);
            free(copy);
        }
    }
    shape_free(shape);
    buffer_finish(&blob);
}
END_TEST

START_TEST(any_changed_byte_gives_a_shape_or_a_fault_but_never_harm)
{
    struct shape *shape = make_shape(_i);
    struct buffer blob;
    buffer_init(&blob, 4096);
    gpkg_blob_write(shape, &blob);
    for (size_t at = 0; at < blob.length; at++) {
        char *copy = memory_copy_bytes(blob.bytes, blob.length);
        for (int value = 0; value < 256; value += 5) {
            struct fault fault = {0};
            copy[at] = (char)value;
            struct shape *again = gpkg_blob_read(copy, blob.length, &fault);
            ck_assert((again != NULL) == (fault.code == FAULT_NONE));
            shape_free(again);
        }
        free(copy);
    }
    shape_free(shape);
    buffer_finish(&blob);
}
END_TEST

START_TEST(big_endian_blobs_of_other_programs_are_read)
{
    static const unsigned char blob[] = {
        'G',  'P',  0,    0x00, 0, 0, 0x10, 0xA2, /* big-endian, no envelope, 4258 */
        0,    0,    0,    0,    1,                /* big-endian point */
        0x40, 0x12, 0,    0,    0, 0, 0,    0,    /* 4.5 */
        0x40, 0x49, 0x80, 0,    0, 0, 0,    0};   /* 51 */
    struct fault fault = {0};
    struct shape *shape = gpkg_blob_read(blob, sizeof blob, &fault);
    ck_assert_msg(shape, "%s", fault.message);
    ck_assert_double_eq(shape->points[0].x, 4.5);
    ck_assert_double_eq(shape->points[0].y, 51);
    shape_free(shape);
}
END_TEST

START_TEST(a_count_beyond_the_bytes_is_refused_before_memory_is_asked_for)
{
    unsigned char blob[64] = {'G', 'P', 0, 0x01, 0xA2, 0x10, 0, 0, 1, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF};
    struct fault fault = {0};
    ck_assert_ptr_null(gpkg_blob_read(blob, sizeof blob, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "counts more than it holds"));
}
END_TEST

START_TEST(a_blob_in_another_crs_is_refused)
{
    unsigned char blob[29] = {'G', 'P', 0, 0x01, 0x40, 0x71, 0, 0, 1, 1}; /* 28992 */
    struct fault fault = {0};
    ck_assert_ptr_null(gpkg_blob_read(blob, sizeof blob, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "EPSG:4258"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("store_gpkg_blob");
    TCase *blob = tcase_create("blob");
    tcase_add_loop_test(blob, every_kind_of_shape_survives_the_way_there_and_back, 0, SHAPE_KINDS);
    tcase_add_loop_test(blob, a_blob_that_is_cut_anywhere_or_too_long_is_refused, 0, SHAPE_KINDS);
    tcase_add_loop_test(blob, any_changed_byte_gives_a_shape_or_a_fault_but_never_harm, 0, SHAPE_KINDS);
    tcase_add_test(blob, big_endian_blobs_of_other_programs_are_read);
    tcase_add_test(blob, a_count_beyond_the_bytes_is_refused_before_memory_is_asked_for);
    tcase_add_test(blob, a_blob_in_another_crs_is_refused);
    suite_add_tcase(suite, blob);
    return suite;
}
