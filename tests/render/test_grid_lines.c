/* Every law here is tried at all scales, on all papers and at all places of grid_fixture.h. */
#include "render/grid/grid_lines.h"

#include <math.h>
#include <stdlib.h>

#include "render/grid/grid_spacing.h"
#include "render/grid/grid_words.h"
#include "tests/support/effort.h"
#include "tests/support/grid_fixture.h"
#include "tests/support/runner.h"

static struct crs_context *context;

static void set_up(void)
{
    struct fault fault;
    char *grids = test_shared_data("geodesy/proj-grids");
    context = crs_context_new(grids, &fault);
    free(grids);
    ck_assert_ptr_nonnull(context);
}

static void tear_down(void)
{
    crs_context_free(context);
}

START_TEST(metres_are_24_to_60_mm_apart_at_every_scale)
{
    for (double scale = 100; scale <= 1e7; scale *= 1.0013) {
        double apart_mm = grid_spacing_units(scale, 1) / scale * 1000;
        ck_assert_double_ge(apart_mm, 24 - 1e-6);
        ck_assert_double_le(apart_mm, 60 + 1e-6);
    }
    ck_assert_double_eq(grid_spacing_units(25000, 1), 1000);
    ck_assert_double_eq(grid_spacing_units(10000, 1), 500);
    ck_assert_double_eq(grid_spacing_units(50000, 1), 2000);
}
END_TEST

START_TEST(degrees_are_24_to_60_mm_apart_at_every_scale)
{
    for (double mm = 11.0; mm < 1.2e6; mm *= 1.0017) { /* a degree at 1:10,000,000 … 1:100 */
        double apart_mm = (double)grid_spacing_angle(mm) / GRID_SPACING_PARTS_PER_DEGREE * mm;
        ck_assert_msg(apart_mm >= 24 - 1e-6 && apart_mm <= 60 + 1e-6, "%.3f mm a degree: %.3f mm", mm,
                      apart_mm);
    }
    ck_assert_int_eq(grid_spacing_angle(0.001), 30 * 360000);
}
END_TEST

START_TEST(a_graticule_is_as_far_apart_on_the_page_as_it_says)
{
    for (size_t i = 0; i < GRID_CASE_COUNT; i += test_stride()) {
        struct grid_case frame = grid_case_at(context, i);
        double spacing[2];
        ck_assert(grid_lines_graticule_spacing(&frame.place, spacing, NULL));
        struct point centre = frame.place.centre_deg;
        struct point points[4] = {{centre.x - spacing[0] / 2, centre.y},
                                  {centre.x + spacing[0] / 2, centre.y},
                                  {centre.x, centre.y - spacing[1] / 2},
                                  {centre.x, centre.y + spacing[1] / 2}};
        ck_assert(grid_place_to_px(&frame.place, frame.place.lon_lat, points, 4, NULL));
        for (int axis = 0; axis < 2; axis++) {
            double mm = point_distance(points[2 * axis], points[2 * axis + 1]) * SCALE_PIXEL_MM;
            ck_assert_msg(mm > 23.5 && mm < 61, "%s 1:%.0f: %.1f mm", frame.name, frame.scale, mm);
        }
    }
}
END_TEST

START_TEST(no_frame_is_without_lines_and_none_is_full_of_them)
{
    for (size_t i = 0; i < GRID_CASE_COUNT * GRID_KIND_COUNT; i += 5 * test_stride()) {
        struct grid_case frame = grid_case_at(context, i / GRID_KIND_COUNT);
        enum grid_kind kind = (enum grid_kind)(i % GRID_KIND_COUNT);
        struct grid_lines lines = grid_case_lines(&frame, kind);
        if (grid_case_has(&frame, kind)) {
            ck_assert_msg(lines.count > 1, "%s 1:%.0f: no %s", frame.name, frame.scale, grid_kind_name(kind));
        }
        ck_assert_msg(lines.count < 1000, "%s 1:%.0f: %zu %s", frame.name, frame.scale, lines.count,
                      grid_kind_name(kind));
        grid_lines_finish(&lines);
    }
}
END_TEST

static void check_line(const struct grid_case *frame, const struct grid_lines *lines,
                       const struct grid_line *line)
{
    struct bbox map = {0, 0, frame->place.width_px, frame->place.height_px};
    const struct point *points = &lines->points_px[line->first];
    for (size_t i = 0; i < line->count; i++) {
        ck_assert(bbox_contains_point(map, points[i]));
        double off = grid_case_off_mm(frame, lines, line, points[i]);
        if (i > 0) {
            off =
                fmax(off, grid_case_off_mm(frame, lines, line, point_between(points[i - 1], points[i], 0.5)));
        }
        ck_assert_msg(off < 0.1, "%s 1:%.0f: %s %.10g is %.3f mm off", frame->name, frame->scale,
                      grid_kind_name(lines->kind), line->value, off);
    }
}

START_TEST(every_line_lies_within_a_tenth_of_a_millimetre_of_its_value)
{
    for (size_t i = 0; i < GRID_CASE_COUNT * GRID_KIND_COUNT;
         i += 17 * test_stride()) { /* kinds and places go round */
        struct grid_case frame = grid_case_at(context, i / GRID_KIND_COUNT);
        struct grid_lines lines = grid_case_lines(&frame, (enum grid_kind)(i % GRID_KIND_COUNT));
        for (size_t j = 0; j < lines.count; j++) {
            check_line(&frame, &lines, &lines.items[j]);
        }
        grid_lines_finish(&lines);
    }
}
END_TEST

/** Is a place in the zone, or on its border? */
static bool is_in_zone(const struct grid_case *frame, struct point px, struct utm_zone zone)
{
    const double reach_deg = 1e-6 * fmax(1, frame->scale / 1e4);
    struct point at = px;
    ck_assert(grid_place_from_px(&frame->place, frame->place.lon_lat, &at, 1, NULL));
    for (int i = 0; i < 9; i++) {
        struct point near = {remainder(at.x + (i % 3 - 1) * reach_deg, 360), at.y + (i / 3 - 1) * reach_deg};
        if (utm_zone_equals(utm_zone_of(near), zone)) {
            return true;
        }
    }
    return false;
}

START_TEST(the_lines_of_a_zone_end_at_its_border)
{
    size_t border_count = 0;
    for (size_t i = 0; i < GRID_CASE_COUNT; i += 4 * test_stride()) {
        struct grid_case frame = grid_case_at(context, i);
        struct grid_lines lines = grid_case_lines(&frame, GRID_UTM);
        for (size_t j = 0; j < lines.count; j++) {
            const struct grid_line *line = &lines.items[j];
            border_count += line->is_border;
            for (size_t k = 0; k < line->count && !line->is_border; k++) {
                ck_assert_msg(is_in_zone(&frame, lines.points_px[line->first + k], line->zone),
                              "%s 1:%.0f: a line of zone %d", frame.name, frame.scale, line->zone.number);
            }
        }
        grid_lines_finish(&lines);
    }
    ck_assert_uint_gt(border_count, 30 / test_stride());
}
END_TEST

START_TEST(no_line_of_a_grid_is_missing)
{
    for (size_t i = 0; i < GRID_CASE_COUNT; i += test_stride()) {
        struct grid_case frame = grid_case_at(context, i);
        struct grid_lines lines = grid_case_lines(&frame, GRID_GRATICULE);
        const double spacing[2] = {lines.spacing_x, lines.spacing_y};
        struct point from = {0, frame.place.height_px / 2};
        struct point to = {frame.place.width_px, frame.place.height_px / 2};
        struct point ends[2] = {from, to};
        ck_assert(grid_place_from_px(&frame.place, frame.place.lon_lat, ends, 2, NULL));
        double west = grid_place_near_lon(&frame.place, ends[0].x);
        double east = grid_place_near_lon(&frame.place, ends[1].x);
        size_t meridians = 0;
        for (size_t j = 0; j < lines.count; j++) {
            meridians += lines.items[j].is_easting;
        }
        ck_assert_double_ge((double)meridians, floor(fabs(east - west) / spacing[0]));
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(a_frame_whose_edges_are_kilometre_lines_shows_them)
{
    struct fault fault = {0};
    const struct crs *rd = crs_find(context, "EPSG:28992", &fault);
    struct pixel_grid px = {.origin = {100000, 420000},
                            .units_per_px = scale_units_per_px(25000, 1),
                            .metres_per_unit = 1,
                            .crs_code = "EPSG:28992"};
    struct grid_place place;
    struct grid_lines lines;
    double width = 8000 / px.units_per_px;
    ck_assert(grid_place_find(context, rd, &px, width, width, &place, &fault));
    ck_assert(grid_lines_find(&place, GRID_MAP, &lines, &fault));
    ck_assert_uint_eq(lines.count, 18);
    ck_assert_double_eq(lines.items[0].value, 100000);
    ck_assert_double_eq(lines.points_px[lines.items[0].first].x, 0);
    ck_assert_double_eq_tol(lines.points_px[lines.items[8].first].x, width, 1e-6);
    grid_lines_finish(&lines);
    ck_assert(grid_lines_find(&place, GRID_RD, &lines, &fault));
    ck_assert_uint_eq(lines.count, 18);
    grid_lines_finish(&lines);
}
END_TEST

START_TEST(rd_is_not_drawn_where_it_is_not_valid)
{
    struct fault fault = {0};
    const struct crs *utm = crs_find(context, "EPSG:25832", &fault);
    struct pixel_grid px = {.origin = {100000, 5900000},
                            .units_per_px = scale_units_per_px(2e6, 1),
                            .metres_per_unit = 1,
                            .crs_code = "EPSG:25832"};
    struct grid_place place;
    struct grid_lines lines;
    ck_assert(grid_place_find(context, utm, &px, 1000, 800, &place, &fault));
    ck_assert(grid_lines_find(&place, GRID_RD, &lines, &fault));
    ck_assert_uint_gt(lines.count, 3);
    for (size_t i = 0; i < lines.point_count; i++) {
        struct point at = lines.points_px[i];
        ck_assert(grid_place_from_px(&place, place.lon_lat, &at, 1, &fault));
        ck_assert_double_le(at.x, 8 + 1e-6);
        ck_assert_double_ge(at.y, 50 - 1e-6);
    }
    grid_lines_finish(&lines);
    px.origin.x = 700000;
    ck_assert(grid_place_find(context, utm, &px, 500, 400, &place, &fault));
    ck_assert(grid_lines_find(&place, GRID_RD, &lines, &fault));
    ck_assert_uint_eq(lines.count, 0);
    grid_lines_finish(&lines);
}
END_TEST

START_TEST(a_grid_that_is_asked_for_where_it_is_not_valid_is_said_to_be_so)
{
    const struct grid grids[] = {grid_of(GRID_RD), grid_of(GRID_MAP)};
    for (size_t i = 0; i < GRID_CASE_COUNT; i += test_stride()) {
        struct fault fault = {0};
        struct grid_lines lines;
        char text[GRID_WORDS_BYTES];
        struct grid_case found = grid_case_at(context, i);
        ck_assert(grid_lines_find(&found.place, GRID_RD, &lines, &fault));
        grid_words(&found.place, grids, 2, LANGUAGE_EN, text);
        bool is_said = strstr(text, "RD: not valid here; ") == text;
        ck_assert_msg(!is_said || lines.count == 0, "%s 1:%g: %s", found.name, found.scale, text);
        ck_assert_msg(is_said || grid_lines_has_rd(&found.place), "%s 1:%g: %s", found.name, found.scale,
                      text);
        grid_lines_finish(&lines);
    }
}
END_TEST

START_TEST(a_pole_in_the_frame_has_parallels_around_it_and_few_meridians_up_to_it)
{
    struct fault fault = {0};
    const struct crs *polar = crs_find(context, "EPSG:3575", &fault);
    ck_assert_ptr_nonnull(polar);
    struct pixel_grid px = {.origin = {-1500000, 1500000},
                            .units_per_px = scale_units_per_px(1e7, 1),
                            .metres_per_unit = 1,
                            .crs_code = "EPSG:3575"};
    struct grid_place place;
    struct grid_lines lines;
    ck_assert(grid_place_find(context, polar, &px, 1071, 1071, &place, &fault));
    ck_assert(grid_lines_find(&place, GRID_GRATICULE, &lines, &fault));
    struct point middle = {535.7, 535.7};
    int at_pole = 0;
    for (size_t i = 0; i < lines.count; i++) {
        const struct grid_line *line = &lines.items[i];
        at_pole += point_distance(lines.points_px[line->first + line->count - 1], middle) < 2;
    }
    ck_assert_uint_ge(lines.count, 13);
    ck_assert_int_eq(at_pole, 4);
    grid_lines_finish(&lines);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("grid_lines");
    TCase *lines = tcase_create("lines");
    tcase_set_timeout(lines, 120);
    tcase_add_checked_fixture(lines, set_up, tear_down);
    tcase_add_test(lines, metres_are_24_to_60_mm_apart_at_every_scale);
    tcase_add_test(lines, degrees_are_24_to_60_mm_apart_at_every_scale);
    tcase_add_test(lines, a_graticule_is_as_far_apart_on_the_page_as_it_says);
    tcase_add_test(lines, no_frame_is_without_lines_and_none_is_full_of_them);
    tcase_add_test(lines, every_line_lies_within_a_tenth_of_a_millimetre_of_its_value);
    tcase_add_test(lines, the_lines_of_a_zone_end_at_its_border);
    tcase_add_test(lines, no_line_of_a_grid_is_missing);
    tcase_add_test(lines, a_frame_whose_edges_are_kilometre_lines_shows_them);
    tcase_add_test(lines, rd_is_not_drawn_where_it_is_not_valid);
    tcase_add_test(lines, a_grid_that_is_asked_for_where_it_is_not_valid_is_said_to_be_so);
    tcase_add_test(lines, a_pole_in_the_frame_has_parallels_around_it_and_few_meridians_up_to_it);
    suite_add_tcase(suite, lines);
    return suite;
}
