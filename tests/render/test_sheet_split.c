#include "render/grid/sheet_split.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "tests/support/effort.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define TRIAL_COUNT 3000

static struct sheet_order random_order(uint64_t *state)
{
    static const double scales[] = {500, 2500, 10000, 25000, 33333, 100000};
    struct sheet_order order = {
        .scale_denominator = scales[random_below(state, 6)], .metres_per_unit = 1, .most = 2000};
    order.width_mm = random_between(state, 60, 1100);
    order.height_mm = random_between(state, 60, 1100);
    order.overlap_mm = random_below(state, 2) ? random_between(state, 0, 25) : 0;
    double size = order.scale_denominator / 1000 * order.width_mm;
    order.snap_units = random_below(state, 2) ? pow(10, floor(log10(size / 3))) : 0;
    struct point corner = {random_between(state, -50000, 300000), random_between(state, 300000, 600000)};
    order.area = (struct bbox){corner.x, corner.y, corner.x + random_between(state, 0, 12) * size,
                               corner.y + random_between(state, 0, 12) * size};
    order.names = (enum sheet_names)random_below(state, 2);
    return order;
}

/** A random atlas that can be made. */
static struct sheet_split random_split(uint64_t *state, struct sheet_order *order)
{
    struct sheet_split split;
    struct fault fault = {0};
    do {
        *order = random_order(state);
    } while (!sheet_split_make(order, &split, &fault));
    return split;
}

START_TEST(the_sheets_cover_all_of_the_area)
{
    uint64_t state = 40;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct sheet_order order;
        struct sheet_split split = random_split(&state, &order);
        ck_assert(bbox_contains(bbox_grow(split.box, 1e-3), order.area));
        for (int j = 0; j < 20; j++) {
            struct point place = {random_between(&state, order.area.min_x, order.area.max_x),
                                  random_between(&state, order.area.min_y, order.area.max_y)};
            bool is_covered = false;
            for (size_t k = 0; k < split.count && !is_covered; k++) {
                is_covered = bbox_contains_point(bbox_grow(split.sheets[k].box, 1e-3), place);
            }
            ck_assert(is_covered);
        }
        sheet_split_finish(&split);
    }
}
END_TEST

START_TEST(every_sheet_has_the_size_of_the_paper_and_no_row_is_in_vain)
{
    uint64_t state = 41;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct sheet_order order;
        struct sheet_split split = random_split(&state, &order);
        double units = order.scale_denominator / 1000;
        ck_assert_uint_eq(split.count, split.rows * split.columns);
        for (size_t j = 0; j < split.count; j++) {
            struct bbox box = split.sheets[j].box;
            ck_assert_double_eq_tol(bbox_width(box), order.width_mm * units, 1e-6);
            ck_assert_double_eq_tol(bbox_height(box), order.height_mm * units, 1e-6);
            ck_assert(bbox_intersects(bbox_grow(order.area, order.snap_units + 1e-6), box));
        }
        sheet_split_finish(&split);
    }
}
END_TEST

START_TEST(neighbours_share_at_least_the_overlap_and_know_each_other)
{
    uint64_t state = 42;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct sheet_order order;
        struct sheet_split split = random_split(&state, &order);
        double overlap = order.overlap_mm * order.scale_denominator / 1000;
        for (size_t j = 0; j < split.count; j++) {
            const struct sheet *sheet = &split.sheets[j];
            size_t east = sheet->neighbours[SHEET_EAST];
            size_t south = sheet->neighbours[SHEET_SOUTH];
            if (east != SHEET_NONE) {
                ck_assert_double_ge(sheet->box.max_x - split.sheets[east].box.min_x, overlap - 1e-3);
                ck_assert_uint_eq(split.sheets[east].neighbours[SHEET_WEST], j);
            }
            if (south != SHEET_NONE) {
                ck_assert_double_ge(split.sheets[south].box.max_y - sheet->box.min_y, overlap - 1e-3);
                ck_assert_uint_eq(split.sheets[south].neighbours[SHEET_NORTH], j);
            }
            ck_assert_int_eq(sheet->neighbours[SHEET_NORTH] == SHEET_NONE, sheet->row == 0);
            ck_assert_int_eq(sheet->neighbours[SHEET_WEST] == SHEET_NONE, sheet->column == 0);
        }
        sheet_split_finish(&split);
    }
}
END_TEST

START_TEST(snapped_sheets_begin_on_the_kilometre)
{
    uint64_t state = 43;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct sheet_order order;
        struct sheet_split split = random_split(&state, &order);
        for (size_t j = 0; j < split.count && order.snap_units > 0; j++) {
            struct bbox box = split.sheets[j].box;
            ck_assert_double_le(fabs(remainder(box.min_x, order.snap_units)), 1e-6);
            ck_assert_double_le(fabs(remainder(box.min_y, order.snap_units)), 1e-6);
        }
        sheet_split_finish(&split);
    }
}
END_TEST

/** Two of the fire service's sheets side by side, 10 x 7 km each. */
static struct sheet_order fire_service(struct bbox area)
{
    return (struct sheet_order){.area = area,
                                .scale_denominator = 25000,
                                .metres_per_unit = 1,
                                .width_mm = 400,
                                .height_mm = 280,
                                .snap_units = 1000,
                                .most = 50};
}

START_TEST(an_area_as_large_as_a_sheet_is_one_sheet)
{
    struct sheet_order order = fire_service((struct bbox){100000, 420000, 110000, 427000});
    struct sheet_split split;
    ck_assert(sheet_split_make(&order, &split, NULL));
    ck_assert_uint_eq(split.count, 1);
    ck_assert_double_eq(split.sheets[0].box.min_x, 100000);
    ck_assert_double_eq(split.sheets[0].box.max_y, 427000);
    sheet_split_finish(&split);
    order.area.max_x += 1;
    ck_assert(sheet_split_make(&order, &split, NULL));
    ck_assert_uint_eq(split.count, 2);
    sheet_split_finish(&split);
}
END_TEST

START_TEST(names_are_those_of_squares_or_numbers_in_reading_order)
{
    struct sheet_order order = fire_service((struct bbox){100000, 420000, 118000, 439000});
    struct sheet_split split;
    ck_assert(sheet_split_make(&order, &split, NULL));
    ck_assert_uint_eq(split.columns, 2);
    ck_assert_uint_eq(split.rows, 3);
    ck_assert_str_eq(split.sheets[0].name, "A3");
    ck_assert_str_eq(split.sheets[1].name, "B3");
    ck_assert_str_eq(split.sheets[4].name, "A1");
    ck_assert(split.sheets[0].box.min_y > split.sheets[4].box.min_y);
    ck_assert_uint_eq(split.sheets[4].neighbours[SHEET_NORTH_EAST], 3);
    sheet_split_finish(&split);
    order.names = SHEET_NUMBERS;
    ck_assert(sheet_split_make(&order, &split, NULL));
    ck_assert_str_eq(split.sheets[0].name, "1");
    ck_assert_str_eq(split.sheets[5].name, "6");
    sheet_split_finish(&split);
}
END_TEST

START_TEST(too_many_sheets_are_refused_with_their_number)
{
    struct sheet_order order = fire_service((struct bbox){0, 300000, 300000, 620000});
    struct sheet_split split;
    struct fault fault = {0};
    ck_assert(!sheet_split_make(&order, &split, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_nonnull(strstr(fault.message, "1380 sheets"));
    order.scale_denominator = 0.001;
    order.snap_units = 0;
    ck_assert(!sheet_split_make(&order, &split, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_null(split.sheets);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    struct sheet_split split;
    struct fault fault = {0};
    struct sheet_order wrong[] = {fire_service(bbox_empty()),
                                  fire_service((struct bbox){0, 0, INFINITY, 1}),
                                  fire_service((struct bbox){0, 0, NAN, 1}),
                                  fire_service((struct bbox){0, 0, 1, 1}),
                                  fire_service((struct bbox){0, 0, 1, 1}),
                                  fire_service((struct bbox){0, 0, 1, 1}),
                                  fire_service((struct bbox){0, 0, 1, 1})};
    wrong[3].width_mm = 0;
    wrong[4].overlap_mm = 140;
    wrong[5].overlap_mm = NAN;
    wrong[6].scale_denominator = 1000; /* 400 m cannot begin on every kilometre */
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert(!sheet_split_make(&wrong[i], &split, &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
}
END_TEST

START_TEST(a_frame_is_moved_by_less_than_half_a_kilometre_each_way)
{
    uint64_t state = 44;
    for (int i = 0; i < 1000; i++) {
        struct point centre = {random_between(&state, 0, 300000), random_between(&state, 300000, 600000)};
        struct point moved = sheet_snap_centre(centre, 10000, 7000, 1000);
        ck_assert_double_le(fabs(moved.x - centre.x), 500);
        ck_assert_double_le(fabs(moved.y - centre.y), 500);
        ck_assert_double_eq(remainder(moved.x - 5000, 1000), 0);
        ck_assert_double_eq(remainder(moved.y - 3500, 1000), 0);
        ck_assert(point_equals(sheet_snap_centre(centre, 10000, 7000, 0), centre));
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("sheet_split");
    TCase *sheets = tcase_create("sheets");
    tcase_set_timeout(sheets, 60);
    tcase_add_test(sheets, the_sheets_cover_all_of_the_area);
    tcase_add_test(sheets, every_sheet_has_the_size_of_the_paper_and_no_row_is_in_vain);
    tcase_add_test(sheets, neighbours_share_at_least_the_overlap_and_know_each_other);
    tcase_add_test(sheets, snapped_sheets_begin_on_the_kilometre);
    tcase_add_test(sheets, an_area_as_large_as_a_sheet_is_one_sheet);
    tcase_add_test(sheets, names_are_those_of_squares_or_numbers_in_reading_order);
    tcase_add_test(sheets, too_many_sheets_are_refused_with_their_number);
    tcase_add_test(sheets, what_cannot_be_is_refused);
    tcase_add_test(sheets, a_frame_is_moved_by_less_than_half_a_kilometre_each_way);
    suite_add_tcase(suite, sheets);
    return suite;
}
