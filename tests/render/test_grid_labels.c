/* All laws are tried at all scales, on all papers and at all places of grid_fixture.h, with one to four
 * grids. */
#include "render/grid/grid_labels.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/grid/grid_names.h"
#include "render/grid/grid_squares.h"
#include "tests/support/effort.h"
#include "tests/support/grid_fixture.h"
#include "tests/support/runner.h"

static struct crs_context *context;

static void set_up(void)
{
    struct fault fault;
    context = crs_context_new(NULL, &fault);
    ck_assert_ptr_nonnull(context);
}

static void tear_down(void)
{
    crs_context_free(context);
}

static const enum grid_kind sets[][GRID_MOST] = {{GRID_MAP},
                                                 {GRID_MAP, GRID_GRATICULE},
                                                 {GRID_MAP, GRID_UTM, GRID_GRATICULE},
                                                 {GRID_MAP, GRID_SQUARES},
                                                 {GRID_RD, GRID_MGRS, GRID_GRATICULE, GRID_SQUARES}};
static const size_t set_sizes[] = {1, 2, 3, 2, 4};
#define SET_COUNT (sizeof sets / sizeof sets[0])

static double letter_px = 7.3;

/** A page with some grids and their values. */
struct trial {
    struct grid_case frame;
    struct grid_lines lines[GRID_MOST];
    size_t count;
    struct grid_label_look look;
    struct grid_labels labels;
    enum language language;
};

static struct trial trial_new(size_t index)
{
    size_t set = index % SET_COUNT;
    struct trial trial = {.frame = grid_case_at(context, index / SET_COUNT % GRID_CASE_COUNT)};
    struct grid grids[GRID_MOST];
    trial.count = set_sizes[set];
    for (size_t i = 0; i < trial.count; i++) {
        trial.lines[i] = grid_case_lines(&trial.frame, sets[set][i]);
        grids[i] = grid_of(sets[set][i]);
    }
    struct grid_bands bands = grid_bands(grids, index % 2 ? trial.count : 1, 1); /* as asked, or too narrow */
    trial.look = (struct grid_label_look){.side_px = bands.side_mm / SCALE_PIXEL_MM,
                                          .top_px = bands.top_mm / SCALE_PIXEL_MM,
                                          .tick_px = 0.9 / SCALE_PIXEL_MM,
                                          .measure = grid_fixture_measure,
                                          .context = &letter_px};
    trial.language = (enum language)(index % LANGUAGE_COUNT);
    trial.labels = grid_labels_of(trial.lines, trial.count, trial.frame.place.width_px,
                                  trial.frame.place.height_px, &trial.look, trial.language);
    return trial;
}

static void trial_finish(struct trial *trial)
{
    for (size_t i = 0; i < trial->count; i++) {
        grid_lines_finish(&trial->lines[i]);
    }
    grid_labels_finish(&trial->labels);
}

#define TRIAL_COUNT (SET_COUNT * GRID_CASE_COUNT)
#define STRIDE 13 /* kinds, places and scales go round */

START_TEST(values_stand_a_figure_apart_from_each_other_and_neither_touch_the_map_nor_leave_the_band)
{
    for (size_t i = 0; i < TRIAL_COUNT; i += STRIDE * test_stride()) {
        struct trial trial = trial_new(i);
        double width = trial.frame.place.width_px;
        double height = trial.frame.place.height_px;
        double figure;
        double line;
        trial.look.measure("0", &figure, &line, trial.look.context);
        struct bbox map = {0, 0, width, height};
        struct bbox paper = {-trial.look.side_px, -trial.look.top_px, width + trial.look.side_px,
                             height + trial.look.top_px};
        for (size_t j = 0; j < trial.labels.count; j++) {
            struct bbox box = trial.labels.items[j].box_px;
            ck_assert(bbox_contains(paper, box));
            ck_assert(!bbox_intersects(map, box));
            struct bbox around = box;
            around.min_x -= figure - 1e-6;
            around.max_x += figure - 1e-6;
            for (size_t k = j + 1; k < trial.labels.count; k++) {
                ck_assert(!bbox_intersects(around, trial.labels.items[k].box_px));
            }
        }
        trial_finish(&trial);
    }
}
END_TEST

/** Is there a letter or number on an edge between two places along it? */
static bool has_name_between(const struct trial *trial, enum grid_edge edge, double from, double to)
{
    for (size_t i = 0; i < trial->labels.count; i++) {
        const struct grid_label *label = &trial->labels.items[i];
        struct point at = bbox_centre(label->box_px);
        double along = edge == GRID_EDGE_TOP || edge == GRID_EDGE_BOTTOM ? at.x : at.y;
        if (label->line == SIZE_MAX && label->edge == edge && along >= fmin(from, to) &&
            along <= fmax(from, to)) {
            return true;
        }
    }
    return false;
}

/** An edge without any of them has no band for them. */
static size_t count_unnamed(const struct trial *trial, const struct grid_lines *squares, enum grid_edge edge)
{
    bool is_column = edge == GRID_EDGE_TOP || edge == GRID_EDGE_BOTTOM;
    struct grid_squares_row row;
    size_t count = 0;
    grid_squares_find(squares, is_column, trial->frame.place.width_px, trial->frame.place.height_px, &row);
    for (size_t i = 0; i < row.count; i++) {
        count += !has_name_between(trial, edge, row.edges_px[i], row.edges_px[i + 1]);
    }
    return count < row.count ? count : 0;
}

START_TEST(columns_and_rows_of_squares_have_their_names_at_both_edges_or_are_counted)
{
    size_t unnamed = 0;
    size_t named = 0;
    for (size_t i = 0; i < TRIAL_COUNT; i += STRIDE * test_stride()) {
        struct trial trial = trial_new(i);
        const struct grid_lines *squares = &trial.lines[trial.count - 1];
        if (squares->kind == GRID_SQUARES) {
            size_t count = 0;
            for (int edge = 0; edge < GRID_EDGE_COUNT; edge++) {
                count += count_unnamed(&trial, squares, (enum grid_edge)edge);
            }
            ck_assert_uint_eq(trial.labels.unnamed_squares, count);
            unnamed += count;
        }
        for (size_t j = 0; j < trial.labels.count; j++) {
            named += trial.labels.items[j].line == SIZE_MAX;
        }
        trial_finish(&trial);
    }
    ck_assert_uint_gt(named, 0);
    ck_assert_msg(unnamed * 200 < named, "%zu of %zu", unnamed, named + unnamed);
}
END_TEST

START_TEST(every_value_stands_at_its_tick_in_letters_that_can_be_read)
{
    for (size_t i = 0; i < TRIAL_COUNT; i += STRIDE * test_stride()) {
        struct trial trial = trial_new(i);
        for (size_t j = 0; j < trial.labels.count; j++) {
            const struct grid_label *label = &trial.labels.items[j];
            bool is_level = label->edge == GRID_EDGE_TOP || label->edge == GRID_EDGE_BOTTOM;
            struct point tick = label->tick_px;
            struct bbox box = bbox_grow(label->box_px, 1e-6);
            ck_assert(is_level ? tick.x >= box.min_x && tick.x <= box.max_x
                               : tick.y >= box.min_y && tick.y <= box.max_y);
            ck_assert_double_le(label->size, 1);
            ck_assert_double_ge(label->size, label->is_full ? 0.6 : 0.45);
            ck_assert_ptr_null(strchr(label->text.main, '\n'));
        }
        trial_finish(&trial);
    }
}
END_TEST

/** Digits and sign, with a decimal point. */
static double number_of(const char *text)
{
    char plain[64] = "";
    size_t length = 0;
    for (; *text && length < 60; text++) {
        bool is_number = strchr("-0123456789.,", *text) != NULL;
        if (is_number) {
            plain[length++] = *text == ',' ? '.' : *text;
        }
    }
    return strtod(plain, NULL);
}

/** "4°34′30″", "34′", "30,5″" in degrees; what is not said is 0. */
static double degrees_of(const char *text, double *period)
{
    static const char *const signs[] = {"°", "′", "″"};
    static const double parts[] = {1, 60, 3600};
    double value = 0;
    *period = 0;
    for (int i = 0; i < 3; i++) {
        const char *sign = strstr(text, signs[i]);
        if (!sign) {
            continue;
        }
        char digits[16] = "";
        memcpy(digits, text, (size_t)(sign - text) < 15 ? (size_t)(sign - text) : 15);
        value += number_of(digits) / parts[i];
        *period = *period == 0 ? (i == 0 ? 360 : 60 / parts[i]) : *period;
        text = sign + strlen(signs[i]);
    }
    return value;
}

/** What the words of a value say, and after which distance they would say the same again; 0: never. */
static double value_of(const struct grid_lines *lines, const struct grid_label *label, double *period)
{
    const struct grid_text *text = &label->text;
    *period = 0;
    if (lines->kind == GRID_GRATICULE) {
        char whole[64];
        snprintf(whole, sizeof whole, "%s%s", text->main, text->tail);
        return degrees_of(whole, period);
    }
    if (lines->kind == GRID_MAP || lines->kind == GRID_RD) {
        if (strcmp(text->tail, "m") == 0) {
            return number_of(text->main);
        }
        double value = number_of(text->main) * 1000;
        bool is_negative = text->main[0] == '-';
        return label->is_full ? value + (is_negative ? -1 : 1) * number_of(text->tail) : value;
    }
    bool has_lead = text->lead[0] != '\0';
    *period = has_lead || lines->kind == GRID_UTM ? 0 : 100000;
    return number_of(text->lead) * 100000 + number_of(text->main) * 1000 + number_of(text->tail);
}

static void check_value(const struct trial *trial, const struct grid_label *label)
{
    const struct grid_lines *lines = &trial->lines[label->grid];
    const struct grid_line *line = &lines->items[label->line];
    double period;
    double said = value_of(lines, label, &period);
    double meant = lines->kind == GRID_GRATICULE ? fabs(line->value) : line->value;
    double off = period > 0 ? remainder(said - meant, period) : said - meant;
    ck_assert_msg(fabs(off) < 1e-6 * fmax(1, lines->spacing_x), "%s 1:%.0f: \"%s|%s|%s\" is %.10g",
                  trial->frame.name, trial->frame.scale, label->text.lead, label->text.main, label->text.tail,
                  line->value);
    double off_mm = grid_case_off_mm(&trial->frame, lines, line, label->tick_px);
    ck_assert_msg(off_mm < 0.1, "%s: \"%s\" is %.3f mm off", trial->frame.name, label->text.main, off_mm);
}

START_TEST(every_value_is_that_of_the_place_where_it_stands)
{
    for (size_t i = 0; i < TRIAL_COUNT; i += STRIDE * test_stride()) {
        struct trial trial = trial_new(i);
        for (size_t j = 0; j < trial.labels.count; j++) {
            if (trial.labels.items[j].line != SIZE_MAX) {
                check_value(&trial, &trial.labels.items[j]);
            }
        }
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_line_without_a_value_on_one_edge_has_it_on_another_or_is_told)
{
    for (size_t i = 0; i < TRIAL_COUNT; i += STRIDE * test_stride()) {
        struct trial trial = trial_new(i);
        for (size_t grid = 0; grid < trial.count; grid++) {
            const struct grid_lines *lines = &trial.lines[grid];
            for (size_t j = 0; j < lines->count; j++) {
                bool is_said = lines->items[j].is_border || lines->kind == GRID_SQUARES;
                for (size_t k = 0; k < trial.labels.count && !is_said; k++) {
                    const struct grid_label *label = &trial.labels.items[k];
                    is_said = label->grid == grid && label->line != SIZE_MAX &&
                              grid_line_has_same_value(&lines->items[label->line], &lines->items[j]);
                }
                bool is_first = true;
                for (size_t k = 0; k < j; k++) {
                    is_first &= !grid_line_has_same_value(&lines->items[k], &lines->items[j]);
                }
                bool lacks = grid_labels_lacks(&trial.labels, trial.lines, grid, j);
                ck_assert_int_eq(lacks, !is_said && is_first);
            }
        }
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_grid_alone_has_values_on_all_four_edges_and_one_of_each_direction_in_full)
{
    for (size_t i = 0; i < TRIAL_COUNT; i += SET_COUNT * test_stride()) {
        struct trial trial = trial_new(i);
        int edges[GRID_EDGE_COUNT] = {0};
        int full[2] = {0};
        for (size_t j = 0; j < trial.labels.count; j++) {
            const struct grid_label *label = &trial.labels.items[j];
            edges[label->edge]++;
            full[trial.lines[0].items[label->line].is_easting] += label->is_full;
        }
        for (int edge = 0; edge < GRID_EDGE_COUNT; edge++) {
            ck_assert_msg(edges[edge] > 0, "%s 1:%.0f has no value on edge %d", trial.frame.name,
                          trial.frame.scale, edge);
        }
        ck_assert_int_gt(full[0], 0);
        ck_assert_int_gt(full[1], 0);
        for (size_t j = 0; j < trial.lines[0].count; j++) {
            ck_assert(!grid_labels_lacks(&trial.labels, trial.lines, 0, j));
        }
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(names_of_zones_stand_in_their_zone)
{
    for (size_t i = 0; i < GRID_CASE_COUNT; i += 2 * test_stride()) {
        struct grid_case frame = grid_case_at(context, i);
        struct grid_label_look look = {.measure = grid_fixture_measure, .context = &letter_px};
        struct grid_names names = {0};
        struct grid_naming naming = {.place = &frame.place, .look = &look, .names = &names};
        ck_assert(grid_names_add_zones(&naming, i % 4 != 0, NULL));
        ck_assert_uint_gt(names.count, 0);
        for (size_t j = 0; j < names.count; j++) {
            const struct grid_name *name = &names.items[j];
            struct point at = bbox_centre(name->box_px);
            ck_assert(grid_place_from_px(&frame.place, frame.place.lon_lat, &at, 1, NULL));
            struct utm_zone zone = utm_zone_of((struct point){remainder(at.x, 360), at.y});
            const char *said = name->text.lead[0] ? name->text.lead : name->text.main;
            ck_assert_int_eq((int)number_of(said), zone.number);
            for (size_t k = j + 1; k < names.count; k++) {
                ck_assert(!bbox_intersects(name->box_px, names.items[k].box_px));
            }
        }
        grid_names_finish(&names);
    }
}
END_TEST

/** Ten by seven kilometres at 1:25,000, snapped or not. */
static struct grid_names squares_at(struct point corner, struct grid_lines *lines, double size_px[static 2])
{
    struct fault fault = {0};
    struct pixel_grid px = {.origin = corner,
                            .units_per_px = scale_units_per_px(25000, 1),
                            .metres_per_unit = 1,
                            .crs_code = "EPSG:28992"};
    struct grid_place place;
    struct grid_label_look look = {.measure = grid_fixture_measure, .context = &letter_px};
    size_px[0] = 10000 / px.units_per_px;
    size_px[1] = 7000 / px.units_per_px;
    ck_assert(grid_place_find(context, crs_find(context, "EPSG:28992", &fault), &px, size_px[0], size_px[1],
                              &place, &fault));
    ck_assert(grid_lines_find(&place, GRID_SQUARES, lines, &fault));
    struct grid_names names = {0};
    struct grid_naming naming = {.place = &place, .look = &look, .names = &names};
    grid_names_add_squares(&naming, lines);
    return names;
}

START_TEST(a_snapped_sheet_has_whole_squares_from_a1_in_the_south_west)
{
    struct grid_lines lines;
    double size[2];
    struct grid_names names = squares_at((struct point){100000, 420000}, &lines, size);
    ck_assert_uint_eq(names.count, 70);
    for (size_t i = 0; i < names.count; i++) {
        const struct grid_name *name = &names.items[i];
        struct point at = bbox_centre(name->box_px);
        char expected[16];
        snprintf(expected, sizeof expected, "%c%d", 'A' + (int)floor(at.x / size[0] * 10),
                 1 + (int)floor((size[1] - at.y) / size[1] * 7));
        ck_assert_str_eq(name->text.main, expected);
    }
    grid_names_finish(&names);
    grid_lines_finish(&lines);
}
END_TEST

START_TEST(slivers_at_the_edge_are_no_squares)
{
    struct grid_lines lines;
    double size[2];
    struct grid_names names = squares_at((struct point){99980, 420030}, &lines, size); /* 0.8 and 1.2 mm */
    ck_assert_uint_eq(names.count, 70);
    ck_assert_str_eq(names.items[0].text.main, "A1");
    grid_names_finish(&names);
    grid_lines_finish(&lines);
}
END_TEST

START_TEST(columns_go_on_after_z)
{
    char text[24];
    ck_assert_str_eq(grid_value_letters(0, text), "A");
    ck_assert_str_eq(grid_value_letters(25, text), "Z");
    ck_assert_str_eq(grid_value_letters(26, text), "AA");
    ck_assert_str_eq(grid_value_letters(701, text), "ZZ");
    ck_assert_str_eq(grid_value_letters(702, text), "AAA");
}
END_TEST

static void check_text(const struct grid_lines *lines, struct grid_line line, bool is_full,
                       enum language language, const char *expected)
{
    struct grid_text text = grid_value(lines, &line, is_full, language);
    char joined[80];
    snprintf(joined, sizeof joined, "%s|%s|%s", text.lead, text.main, text.tail);
    ck_assert_str_eq(joined, expected);
}

START_TEST(values_are_written_as_maps_of_their_kind_do)
{
    struct grid_lines rd = {.kind = GRID_RD, .spacing_x = 1000, .spacing_y = 1000};
    struct grid_line line = {.value = 102000, .is_easting = true, .zone = {31, false}};
    check_text(&rd, line, false, LANGUAGE_NL, "|102|");
    check_text(&rd, line, true, LANGUAGE_NL, "|102|000 m");
    rd.spacing_x = 500;
    line.value = 102500;
    check_text(&rd, line, false, LANGUAGE_NL, "|102,5|");
    check_text(&rd, line, false, LANGUAGE_EN, "|102.5|");
    check_text(&rd, line, true, LANGUAGE_NL, "|102|500 m");
    line.value = -20500;
    check_text(&rd, line, true, LANGUAGE_NL, "|-20|500 m");
    line.value = -500;
    check_text(&rd, line, true, LANGUAGE_NL, "|-500|m");
    line.value = 0;
    check_text(&rd, line, true, LANGUAGE_NL, "|0|m");
    rd.spacing_x = 0.5; /* 1 : 10 */
    line.value = 102345.5;
    check_text(&rd, line, true, LANGUAGE_NL, "|102|345,5 m");
    check_text(&rd, line, false, LANGUAGE_NL, "|102,3455|");
    rd.spacing_x = 0.02;
    line.value = 0.98;
    check_text(&rd, line, true, LANGUAGE_EN, "|0.98|m");
    struct grid_lines utm = {.kind = GRID_UTM, .spacing_x = 1000, .spacing_y = 1000};
    line.value = 598000;
    check_text(&utm, line, false, LANGUAGE_NL, "5|98|");
    check_text(&utm, line, true, LANGUAGE_NL, "5|98|000 mE");
    line = (struct grid_line){.value = 5703000};
    check_text(&utm, line, true, LANGUAGE_NL, "57|03|000 mN");
    utm.spacing_y = 50;
    line.value = 5703050;
    check_text(&utm, line, false, LANGUAGE_NL, "57|03|050");
    utm.kind = GRID_MGRS;
    check_text(&utm, line, false, LANGUAGE_NL, "|03|050");
}
END_TEST

START_TEST(degrees_are_written_in_the_letters_of_the_language)
{
    struct grid_lines lines = {.kind = GRID_GRATICULE, .spacing_x = 5 / 60.0, .spacing_y = 5 / 60.0};
    struct grid_line east = {.value = 4 + 35 / 60.0, .is_easting = true};
    check_text(&lines, east, true, LANGUAGE_NL, "|4°35′|O.L.");
    check_text(&lines, east, true, LANGUAGE_EN, "|4°35′|E");
    check_text(&lines, east, true, LANGUAGE_DE, "|4°35′|O");
    check_text(&lines, east, false, LANGUAGE_NL, "|35′|");
    east.value = -east.value;
    check_text(&lines, east, true, LANGUAGE_FR, "|4°35′|O");
    check_text(&lines, east, true, LANGUAGE_NL, "|4°35′|W.L.");
    struct grid_line south = {.value = -51.5};
    check_text(&lines, south, true, LANGUAGE_NL, "|51°30′|Z.B.");
    struct grid_line whole = {.value = 52};
    ck_assert(grid_value_is_round(&lines, &whole));
    check_text(&lines, whole, true, LANGUAGE_EN, "|52°00′|N");
    struct grid_line equator = {.value = 0};
    check_text(&lines, equator, true, LANGUAGE_NL, "|0°00′|");
    lines.spacing_x = 0.5 / 3600;
    east.value = 4 + 35 / 60.0 + 10.5 / 3600;
    check_text(&lines, east, true, LANGUAGE_NL, "|4°35′|10,5″ O.L.");
    check_text(&lines, east, false, LANGUAGE_EN, "|10.5″|");
}
END_TEST

START_TEST(more_grids_ask_for_wider_bands)
{
    struct grid grids[] = {grid_of(GRID_RD), grid_of(GRID_SQUARES), grid_of(GRID_UTM),
                           grid_of(GRID_GRATICULE)};
    struct grid_bands one = grid_bands(grids, 1, 1);
    struct grid_bands two = grid_bands(grids, 2, 1);
    struct grid_bands four = grid_bands(grids, 4, 1);
    ck_assert_double_eq(one.top_mm, two.top_mm);
    ck_assert_double_gt(four.top_mm, two.top_mm + 4);
    ck_assert_double_gt(four.side_mm, one.side_mm);
    enum grid_kind kind;
    ck_assert(grid_kind_parse("mgrs", &kind) && kind == GRID_MGRS);
    ck_assert(!grid_kind_parse("", &kind) && !grid_kind_parse(NULL, &kind) && !grid_kind_parse("RD", &kind));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("grid_labels");
    TCase *labels = tcase_create("labels");
    tcase_set_timeout(labels, 120);
    tcase_add_checked_fixture(labels, set_up, tear_down);
    tcase_add_test(labels,
                   values_stand_a_figure_apart_from_each_other_and_neither_touch_the_map_nor_leave_the_band);
    tcase_add_test(labels, columns_and_rows_of_squares_have_their_names_at_both_edges_or_are_counted);
    tcase_add_test(labels, every_value_stands_at_its_tick_in_letters_that_can_be_read);
    tcase_add_test(labels, every_value_is_that_of_the_place_where_it_stands);
    tcase_add_test(labels, a_line_without_a_value_on_one_edge_has_it_on_another_or_is_told);
    tcase_add_test(labels, a_grid_alone_has_values_on_all_four_edges_and_one_of_each_direction_in_full);
    tcase_add_test(labels, names_of_zones_stand_in_their_zone);
    tcase_add_test(labels, a_snapped_sheet_has_whole_squares_from_a1_in_the_south_west);
    tcase_add_test(labels, slivers_at_the_edge_are_no_squares);
    tcase_add_test(labels, columns_go_on_after_z);
    tcase_add_test(labels, values_are_written_as_maps_of_their_kind_do);
    tcase_add_test(labels, degrees_are_written_in_the_letters_of_the_language);
    tcase_add_test(labels, more_grids_ask_for_wider_bands);
    suite_add_tcase(suite, labels);
    return suite;
}
