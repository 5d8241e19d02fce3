/*
 * test_symbol_picture.c - every symbol of the set is drawn, within the ink that it declares.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_set.h"
#include "tests/support/runner.h"

static struct symbol_set *set;
static struct symbol_cache *cache;

static void open_set(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    ck_assert_ptr_nonnull(set);
    problems_finish(&problems);
    cache = symbol_cache_new();
}

static void close_set(void)
{
    symbol_cache_free(cache);
    symbol_set_free(set);
}

static struct symbol_code code_of(const struct symbol_entry *entry)
{
    struct symbol_code code = {.set = "nl", .version = 1};
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    return code;
}

/** Box of the dots with visible paint, in px from the place. */
static struct bbox painted(const struct image *image, const struct symbol_picture *picture, int pixel_ratio)
{
    struct point anchor = symbol_picture_anchor(picture);
    double left = ceil(anchor.x) * pixel_ratio;
    double top = ceil(anchor.y) * pixel_ratio;
    struct bbox box = bbox_empty();
    for (int i = 0; i < image->width * image->height; i++) {
        if (image->pixels[i] >> 24) {
            double x = i % image->width - left;
            double y = i / image->width - top;
            box = bbox_union(box, (struct bbox){x / pixel_ratio, y / pixel_ratio, (x + 1) / pixel_ratio,
                                                (y + 1) / pixel_ratio});
        }
    }
    return box;
}

/** A dot at the edge of the ink may be covered in part: one dot of grace. */
static void check_ink(struct symbol_picture *picture, const char *what)
{
    for (int ratio = 1; ratio <= 2; ratio++) {
        struct fault fault = {0};
        const struct image *image = symbol_picture_image(picture, ratio, &fault);
        ck_assert_msg(image != NULL, "%s: %s", what, fault.message);
        struct bbox paint = painted(image, picture, ratio);
        struct bbox ink = symbol_picture_ink(picture);
        ck_assert_msg(!bbox_is_empty(paint), "%s at %dx is empty", what, ratio);
        ck_assert_msg(bbox_contains(bbox_grow(ink, 1.0 / ratio), paint),
                      "%s at %dx: paint %.2f %.2f %.2f %.2f, ink %.2f %.2f %.2f %.2f", what, ratio,
                      paint.min_x, paint.min_y, paint.max_x, paint.max_y, ink.min_x, ink.min_y, ink.max_x,
                      ink.max_y);
    }
}

START_TEST(every_point_symbol_is_painted_within_its_ink)
{
    static const enum symbol_detail details[] = {DETAIL_FULL, DETAIL_SMALL, DETAIL_DOT};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry != GEOMETRY_POINT) {
            continue;
        }
        for (int variant = 0; variant < 3 * STATUS_COUNT; variant++) {
            struct symbol_code code = code_of(entry);
            code.status = (enum symbol_status)(variant / 3);
            code.trust = (enum symbol_trust)(variant % 3);
            code.rotation_deg = variant % 2 ? 30 : 0;
            code.texts[SLOT_COUNT_OF] = (char *)"12";
            code.texts[SLOT_HAZARD] = (char *)"33/1203";
            code.texts[SLOT_VICTIMS] = (char *)"4";
            struct symbol_picture *picture =
                symbol_cache_get(cache, entry, &code, details[variant % 3], variant % 5, 1, NULL);
            check_ink(picture, entry->id);
            symbol_cache_trim(cache);
        }
    }
}
END_TEST

START_TEST(every_line_and_area_has_a_swatch)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry != GEOMETRY_POINT) {
            struct symbol_code code = code_of(entry);
            check_ink(symbol_cache_get_swatch(cache, entry, &code, PALETTE_DEFAULT, 36, 22, NULL), entry->id);
        }
    }
}
END_TEST

START_TEST(names_do_not_make_another_picture_and_looks_do)
{
    const struct symbol_entry *entry = symbol_set_find(set, "bw.ugs");
    struct symbol_code code = code_of(entry);
    struct symbol_picture *plain =
        symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, NULL);
    code.texts[SLOT_NAME] = (char *)"UGS Noord";
    ck_assert_ptr_eq(plain, symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, NULL));
    ck_assert_ptr_ne(plain, symbol_cache_get(cache, entry, &code, DETAIL_SMALL, PALETTE_DEFAULT, 1, NULL));
    ck_assert_ptr_ne(plain, symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_MONO, 1, NULL));
    ck_assert_ptr_ne(plain, symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1.5, NULL));
    code.status = STATUS_PLANNED;
    ck_assert_ptr_ne(plain, symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, NULL));
}
END_TEST

START_TEST(a_symbol_that_cannot_be_composed_is_letters_in_a_box)
{
    struct symbol_code code = {.set = "xx", .version = 9, .entity = "no.such"};
    struct symbol_picture *picture =
        symbol_cache_get(cache, NULL, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, NULL);
    ck_assert_ptr_nonnull(picture);
    ck_assert_ptr_nonnull(strstr(symbol_picture_svg(picture), ">?<"));
    check_ink(picture, "letters");
}
END_TEST

START_TEST(the_anchor_is_a_whole_dot)
{
    const struct symbol_entry *entry = symbol_set_find(set, "inc.gevstof");
    struct symbol_code code = code_of(entry);
    for (double scale = 0.5; scale < 1.5; scale += 0.17) {
        struct symbol_picture *picture =
            symbol_cache_get(cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, scale, NULL);
        struct bbox one = painted(symbol_picture_image(picture, 1, NULL), picture, 1);
        struct bbox three = painted(symbol_picture_image(picture, 3, NULL), picture, 3);
        ck_assert_double_le(fabs(one.min_x - three.min_x), 1);
        ck_assert_double_le(fabs(one.max_y - three.max_y), 1);
    }
}
END_TEST

START_TEST(an_svg_is_drawn_at_the_width_asked_for)
{
    static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>"
                              "<rect width='20' height='10' fill='#f00'/></svg>";
    struct image *image = svg_render(svg, sizeof svg - 1, 200, NULL);
    ck_assert_int_eq(image->width, 200);
    ck_assert_int_eq(image->height, 100);
    ck_assert_uint_eq(image->pixels[50 * 200 + 100], 0xffff0000u);
    image_free(image);
}
END_TEST

START_TEST(an_svg_may_not_reach_out)
{
    static const char svg[] =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='20' "
        "height='20'>"
        "<image xlink:href='file:///usr/share/icons/hicolor/index.theme' width='20' height='20'/>"
        "<image xlink:href='%s' width='20' height='20'/></svg>";
    char path[256];
    snprintf(path, sizeof path, "%s/red.svg", test_folder());
    FILE *file = fopen(path, "w");
    fputs("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' "
          "fill='red'/></svg>",
          file);
    fclose(file);
    char text[1024];
    snprintf(text, sizeof text, svg, path);
    struct image *image = svg_render(text, strlen(text), 20, NULL);
    for (int i = 0; image && i < 400; i++) {
        ck_assert_uint_eq(image->pixels[i], 0);
    }
    image_free(image);
}
END_TEST

static void check_refused(const char *svg, size_t length, int width_px, enum fault_code code)
{
    struct fault fault = {0};
    ck_assert_ptr_null(svg_render(svg, length, width_px, &fault));
    ck_assert_int_eq(fault.code, code);
}

START_TEST(bad_svg_is_a_fault)
{
    static const char tall[] = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='100000'/>";
    static const char empty[] = "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>";
    check_refused("", 0, 10, FAULT_INPUT);
    check_refused("<svg", 4, 10, FAULT_INPUT);
    check_refused("no svg at all", 13, 10, FAULT_INPUT);
    check_refused(tall, sizeof tall - 1, 10, FAULT_LIMIT);
    check_refused(empty, sizeof empty - 1, 10, FAULT_LIMIT);
    check_refused(tall, sizeof tall - 1, 0, FAULT_LIMIT);
    char *huge = memory_new(1, 1200000);
    check_refused(huge, 1200000, 10, FAULT_LIMIT);
    free(huge);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol_picture");
    TCase *tests = tcase_create("symbol_picture");
    tcase_add_unchecked_fixture(tests, open_set, close_set);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_point_symbol_is_painted_within_its_ink);
    tcase_add_test(tests, every_line_and_area_has_a_swatch);
    tcase_add_test(tests, names_do_not_make_another_picture_and_looks_do);
    tcase_add_test(tests, a_symbol_that_cannot_be_composed_is_letters_in_a_box);
    tcase_add_test(tests, the_anchor_is_a_whole_dot);
    tcase_add_test(tests, an_svg_is_drawn_at_the_width_asked_for);
    tcase_add_test(tests, an_svg_may_not_reach_out);
    tcase_add_test(tests, bad_svg_is_a_fault);
    suite_add_tcase(suite, tests);
    return suite;
}
