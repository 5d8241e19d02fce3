#include "tests/support/runner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/scale.h"
#include "render/grid/grid_lines.h"

#define WIDTH_PX 900.0
#define HEIGHT_PX 600.0

static struct pixel_grid grid_at(struct point corner, double scale)
{
    return (struct pixel_grid){
        .origin = corner, .units_per_px = scale_units_per_px(scale, 1), .metres_per_unit = 1};
}

/** Letters half as wide as high: what a digit is. */
static void measure(const char *text, double *width_px, double *height_px, void *context)
{
    double size = 7.3;
    *width_px = 0.62 * size * (double)strlen(text);
    *height_px = 1.25 * size;
}

static const struct grid_label_look look = {
    .side_px = 7.2 / 0.28, .top_px = 3.6 / 0.28, .tick_px = 0.9 / 0.28, .measure = measure};

static const double scales[] = {100,    250,    500,   1000,  1250,  2500,   5000,   7500,   10000,
                                12345,  25000,  37500, 50000, 99999, 100000, 150000, 250000, 400000,
                                500000, 750000, 1e6,   1.5e6, 2.5e6, 5e6,    7.77e6, 1e7};
#define SCALE_COUNT (sizeof scales / sizeof scales[0])

/* Corners in RD, UTM31 and UTM32, none of them on a round number. */
static const struct point corners[] = {{103456.7, 412345.6}, {599123.4, 5728765.4}, {300111.1, 5755555.5}};

START_TEST(lines_are_two_to_six_centimetres_apart_at_every_scale)
{
    for (double scale = 100; scale < 1e7; scale *= 1.013) {
        double apart_mm = grid_lines_spacing(scale, 1) / scale * 1000;
        ck_assert_double_ge(apart_mm, 20);
        ck_assert_double_le(apart_mm, 60.0001);
    }
}
END_TEST

START_TEST(a_sheet_at_25000_has_lines_of_one_kilometre)
{
    ck_assert_double_eq(grid_lines_spacing(25000, 1), 1000);
    ck_assert_double_eq(grid_lines_spacing(10000, 1), 500);
    ck_assert_double_eq(grid_lines_spacing(50000, 1), 2000);
}
END_TEST

START_TEST(every_line_stands_where_its_value_says)
{
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        ck_assert_uint_gt(lines.count, 0);
        for (size_t j = 0; j < lines.count; j++) {
            const struct grid_line *line = &lines.items[j];
            double number = line->value / lines.spacing;
            ck_assert_double_eq_tol(number, round(number), 1e-9);
            struct point px = pixel_grid_to_px(&grid, (struct point){line->value, line->value});
            ck_assert_double_eq_tol(line->is_easting ? px.x : px.y, line->at_px, 1e-6);
            ck_assert_double_ge(line->at_px, 0);
            ck_assert_double_le(line->at_px, (line->is_easting ? WIDTH_PX : HEIGHT_PX) + 1e-6);
        }
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(no_line_within_the_frame_is_missing)
{
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        double spacing_px = lines.spacing / grid.units_per_px;
        size_t eastings = 0;
        for (size_t j = 0; j < lines.count; j++) {
            eastings += lines.items[j].is_easting;
        }
        ck_assert_double_ge((double)eastings, floor(WIDTH_PX / spacing_px));
        ck_assert_double_ge((double)(lines.count - eastings), floor(HEIGHT_PX / spacing_px));
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(a_frame_whose_edge_is_a_kilometre_line_shows_it)
{
    struct pixel_grid grid = grid_at((struct point){100000, 420000}, 25000);
    double width = 8000 / grid.units_per_px;
    struct grid_lines lines = grid_lines_of(&grid, width, width);
    ck_assert_uint_eq(lines.count, 18);
    ck_assert_double_eq(lines.items[0].value, 100000);
    ck_assert_double_eq_tol(lines.items[8].at_px, width, 1e-6);
    grid_lines_finish(&lines);
}
END_TEST

START_TEST(values_are_kilometres_with_the_decimals_that_are_needed)
{
    char text[32];
    ck_assert_str_eq(grid_lines_value(102000, 1000, LANGUAGE_NL, text), "102");
    ck_assert_str_eq(grid_lines_value(102500, 500, LANGUAGE_NL, text), "102,5");
    ck_assert_str_eq(grid_lines_value(102500, 500, LANGUAGE_EN, text), "102.5");
    ck_assert_str_eq(grid_lines_value(102000, 500, LANGUAGE_NL, text), "102");
    ck_assert_str_eq(grid_lines_value(5728050, 50, LANGUAGE_EN, text), "5728.05");
    ck_assert_str_eq(grid_lines_value(102005, 5, LANGUAGE_EN, text), "102.005");
    ck_assert_str_eq(grid_lines_value(-20000, 20000, LANGUAGE_NL, text), "-20");
    ck_assert_str_eq(grid_lines_value(0, 1000, LANGUAGE_NL, text), "0");
}
END_TEST

/** Back from the words to the number. */
static double value_of_label(const char *text)
{
    char plain[32];
    size_t length = 0;
    for (; *text; text++) {
        plain[length++] = *text == ',' ? '.' : *text;
    }
    plain[length] = '\0';
    return strtod(plain, NULL) * 1000;
}

static void check_label(const struct pixel_grid *grid, const struct grid_label *label)
{
    struct point middle = bbox_centre(label->box_px);
    struct point place = pixel_grid_from_px(grid, middle);
    bool is_easting = middle.y < 0 || middle.y > HEIGHT_PX;
    double expected = is_easting ? place.x : place.y;
    ck_assert_double_eq_tol(value_of_label(label->text), expected, 0.01 * grid->units_per_px + 1e-6);
}

START_TEST(every_value_is_that_of_the_place_where_it_stands)
{
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        struct grid_labels labels = grid_labels_of(&lines, WIDTH_PX, HEIGHT_PX, &look, i % LANGUAGE_COUNT);
        for (size_t j = 0; j < labels.count; j++) {
            check_label(&grid, &labels.items[j]);
        }
        grid_labels_finish(&labels);
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(no_value_is_broken_and_those_of_the_dutch_grid_stay_legible)
{
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        struct grid_labels labels = grid_labels_of(&lines, WIDTH_PX, HEIGHT_PX, &look, LANGUAGE_NL);
        for (size_t j = 0; j < labels.count; j++) {
            const struct grid_label *label = &labels.items[j];
            ck_assert_ptr_null(strchr(label->text, '\n'));
            ck_assert_double_ge(label->size, i % 3 == 0 && scales[i / 3] >= 1000 ? 0.7 : 0.45);
            ck_assert_double_le(label->size, 1);
        }
        grid_labels_finish(&labels);
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(values_do_not_touch_each_other_or_the_map)
{
    struct bbox map = {0, 0, WIDTH_PX, HEIGHT_PX};
    struct bbox paper = {-look.side_px, -look.top_px, WIDTH_PX + look.side_px, HEIGHT_PX + look.top_px};
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        struct grid_labels labels = grid_labels_of(&lines, WIDTH_PX, HEIGHT_PX, &look, LANGUAGE_NL);
        for (size_t j = 0; j < labels.count; j++) {
            ck_assert(bbox_contains(paper, labels.items[j].box_px));
            ck_assert(!bbox_intersects(map, labels.items[j].box_px));
            for (size_t k = j + 1; k < labels.count; k++) {
                ck_assert(!bbox_intersects(labels.items[j].box_px, labels.items[k].box_px));
            }
        }
        grid_labels_finish(&labels);
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(all_four_edges_have_values)
{
    for (size_t i = 0; i < SCALE_COUNT * 3; i++) {
        struct pixel_grid grid = grid_at(corners[i % 3], scales[i / 3]);
        struct grid_lines lines = grid_lines_of(&grid, WIDTH_PX, HEIGHT_PX);
        struct grid_labels labels = grid_labels_of(&lines, WIDTH_PX, HEIGHT_PX, &look, LANGUAGE_NL);
        int edges[4] = {0};
        for (size_t j = 0; j < labels.count; j++) {
            struct point middle = bbox_centre(labels.items[j].box_px);
            edges[middle.y < 0 ? 0 : middle.y > HEIGHT_PX ? 1 : middle.x < 0 ? 2 : 3]++;
        }
        for (int edge = 0; edge < 4; edge++) {
            ck_assert_msg(edges[edge] > 0, "1:%.0f has no value on edge %d", scales[i / 3], edge);
        }
        grid_labels_finish(&labels);
        grid_lines_finish(&lines);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("grid_lines");
    TCase *lines = tcase_create("lines");
    tcase_add_test(lines, lines_are_two_to_six_centimetres_apart_at_every_scale);
    tcase_add_test(lines, a_sheet_at_25000_has_lines_of_one_kilometre);
    tcase_add_test(lines, every_line_stands_where_its_value_says);
    tcase_add_test(lines, no_line_within_the_frame_is_missing);
    tcase_add_test(lines, a_frame_whose_edge_is_a_kilometre_line_shows_it);
    tcase_add_test(lines, values_are_kilometres_with_the_decimals_that_are_needed);
    suite_add_tcase(suite, lines);
    TCase *values = tcase_create("values");
    tcase_add_test(values, every_value_is_that_of_the_place_where_it_stands);
    tcase_add_test(values, no_value_is_broken_and_those_of_the_dutch_grid_stay_legible);
    tcase_add_test(values, values_do_not_touch_each_other_or_the_map);
    tcase_add_test(values, all_four_edges_have_values);
    suite_add_tcase(suite, values);
    return suite;
}
