/*
 * test_plate_window.c - which box and how many dots follow from what was said, and from what was not.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/service/worker/order_plate.h"
#include "render/service/worker/plate_window.h"
#include "tests/support/runner.h"

static const struct bbox extent_deg = {4.4, 51.6, 4.8, 51.8};
static struct crs_context *context;

static void open_context(void)
{
    context = crs_context_new(NULL, NULL);
    ck_assert_ptr_nonnull(context);
}

static void close_context(void)
{
    crs_context_free(context);
}

static struct order_plate plate_in(const char *crs)
{
    struct order_plate plate;
    order_plate_init(&plate);
    snprintf(plate.crs_code, sizeof plate.crs_code, "%s", crs);
    return plate;
}

static struct order_plate box_in(const char *crs, const char *box_crs, struct bbox box)
{
    struct order_plate plate = plate_in(crs);
    snprintf(plate.region_crs, sizeof plate.region_crs, "%s", box_crs);
    plate.region = PLATE_REGION_BOX;
    memcpy(plate.numbers, (double[]){box.min_x, box.min_y, box.max_x, box.max_y}, sizeof plate.numbers);
    return plate;
}

static struct plate_window find(const struct order_plate *plate)
{
    struct fault fault = {0};
    struct plate_place place;
    struct plate_window window;
    ck_assert_msg(plate_place_find(context, plate, extent_deg, &place, &fault), "%s", fault.message);
    ck_assert_msg(plate_window_find(plate, &place, &window, &fault), "%s", fault.message);
    return window;
}

static struct bbox box_of(const struct order_plate *plate)
{
    struct plate_window window = find(plate);
    return plate_window_box(&window);
}

static bool fails(const struct order_plate *plate, enum fault_code code)
{
    struct fault fault = {0};
    struct plate_place place;
    struct plate_window window;
    bool is_found = plate_place_find(context, plate, extent_deg, &place, &fault) &&
                    plate_window_find(plate, &place, &window, &fault);
    return !is_found && fault.code == code;
}

static bool holds(struct bbox outer, struct bbox inner)
{
    return bbox_contains(bbox_grow(outer, 1e-6 * bbox_width(outer)), inner);
}

START_TEST(nothing_said_is_the_whole_map)
{
    struct order_plate plate = plate_in("OGC:CRS84");
    struct plate_window window = find(&plate);
    ck_assert_int_eq(window.width_px, 1024);
    ck_assert_int_eq(window.height_px, 512);
    ck_assert(holds(plate_window_box(&window), extent_deg));
}
END_TEST

START_TEST(a_box_is_given_in_the_order_of_its_crs)
{
    const struct bbox lon_lat = {4.5, 51.64, 4.7, 51.74};
    const struct bbox lat_lon = {51.64, 4.5, 51.74, 4.7};
    struct order_plate first = box_in("EPSG:28992", "OGC:CRS84", lon_lat);
    struct order_plate second = box_in("EPSG:28992", "EPSG:4326", lat_lon);
    struct order_plate third = box_in("EPSG:28992", "EPSG:4326", lon_lat);
    third.is_x_first = true; /* as subset names its axes */
    struct bbox box = box_of(&first);
    struct bbox same = box_of(&second);
    struct bbox again = box_of(&third);
    ck_assert_double_eq_tol(box.min_x, same.min_x, 1e-6);
    ck_assert_double_eq_tol(box.max_y, same.max_y, 1e-6);
    ck_assert_double_eq_tol(box.min_y, again.min_y, 1e-6);
}
END_TEST

START_TEST(a_scale_is_that_of_the_middle_of_the_map)
{
    struct order_plate plate = plate_in("EPSG:28992");
    plate.region = PLATE_REGION_CENTRE;
    snprintf(plate.region_crs, sizeof plate.region_crs, "%s", "EPSG:28992");
    plate.numbers[0] = 101000;
    plate.numbers[1] = 411500;
    plate.scale_denominator = 12000;
    ck_assert_double_eq_tol(find(&plate).units_per_px_x, 3.36, 1e-12);
    plate.mm_per_px = 0.14;
    ck_assert_double_eq_tol(find(&plate).units_per_px_x, 1.68, 1e-12);
    snprintf(plate.crs_code, sizeof plate.crs_code, "%s", "EPSG:3857"); /* stretches by 1.61 at 51.7 north */
    ck_assert_double_eq_tol(find(&plate).units_per_px_x / 1.68, 1.61, 0.01);
}
END_TEST

START_TEST(a_box_at_a_scale_says_how_large_the_picture_is)
{
    struct order_plate plate =
        box_in("EPSG:28992", "EPSG:28992", (struct bbox){96000, 409000, 106000, 414000});
    plate.scale_denominator = 25000;
    struct plate_window window = find(&plate);
    ck_assert_int_eq(window.width_px, 1429);
    ck_assert_int_eq(window.height_px, 715);
    ck_assert(holds(plate_window_box(&window), (struct bbox){96000, 409000, 106000, 414000}));
}
END_TEST

START_TEST(both_sides_press_a_box_into_their_shape_but_not_for_a_dot)
{
    struct order_plate plate =
        box_in("EPSG:28992", "EPSG:28992", (struct bbox){96000, 409000, 106000, 414000});
    plate.width_px = plate.height_px = 500;
    struct plate_window window = find(&plate);
    struct bbox box = plate_window_box(&window);
    ck_assert(!plate_window_is_square(&window));
    ck_assert_double_eq_tol(box.min_x, 96000, 1e-6);
    ck_assert_double_eq_tol(box.max_y, 414000, 1e-6);
    plate.width_px = 999;
    window = find(&plate);
    ck_assert(plate_window_is_square(&window));
    plate.width_px = 9000;
    plate.height_px = 20;
    ck_assert(fails(&plate, FAULT_INPUT));
}
END_TEST

START_TEST(open_sides_end_where_the_map_does)
{
    struct order_plate plate = box_in("OGC:CRS84", "OGC:CRS84", (struct bbox){4.5, 0, 4.6, 0});
    plate.is_x_first = true;
    plate.is_open[1] = plate.is_open[3] = true;
    struct plate_window window = find(&plate);
    ck_assert(holds(plate_window_box(&window), (struct bbox){4.5, 51.6, 4.6, 51.8}));
}
END_TEST

START_TEST(a_box_over_the_antimeridian_goes_on_east_of_it)
{
    struct order_plate plate = box_in("OGC:CRS84", "OGC:CRS84", (struct bbox){179, -10, -179, -9});
    struct bbox box = box_of(&plate);
    ck_assert_double_eq_tol(box.min_x, 179, 1e-9);
    ck_assert_double_eq_tol(box.max_x, 181, 1e-9);
}
END_TEST

START_TEST(what_is_not_possible_is_said)
{
    struct order_plate nowhere = plate_in("EPSG:9999999");
    struct order_plate flat = box_in("OGC:CRS84", "OGC:CRS84", (struct bbox){4.5, 51.6, 4.5, 51.7});
    struct order_plate upside_down = box_in("EPSG:28992", "EPSG:28992", (struct bbox){9, 9, 10, 8});
    struct order_plate huge = box_in("EPSG:28992", "EPSG:28992", (struct bbox){0, 300000, 280000, 620000});
    huge.scale_denominator = 1000;
    struct order_plate thin = box_in("EPSG:28992", "EPSG:28992", (struct bbox){0, 300000, 1e-5, 620000});
    ck_assert(fails(&nowhere, FAULT_INPUT));
    ck_assert(fails(&flat, FAULT_INPUT));
    ck_assert(fails(&upside_down, FAULT_INPUT));
    ck_assert(fails(&huge, FAULT_LIMIT));
    struct plate_window window = find(&thin);
    ck_assert_int_eq(window.width_px, 1);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plate_window");
    TCase *cases = tcase_create("plate_window");
    tcase_add_checked_fixture(cases, open_context, close_context);
    tcase_add_test(cases, nothing_said_is_the_whole_map);
    tcase_add_test(cases, a_box_is_given_in_the_order_of_its_crs);
    tcase_add_test(cases, a_scale_is_that_of_the_middle_of_the_map);
    tcase_add_test(cases, a_box_at_a_scale_says_how_large_the_picture_is);
    tcase_add_test(cases, both_sides_press_a_box_into_their_shape_but_not_for_a_dot);
    tcase_add_test(cases, open_sides_end_where_the_map_does);
    tcase_add_test(cases, a_box_over_the_antimeridian_goes_on_east_of_it);
    tcase_add_test(cases, what_is_not_possible_is_said);
    suite_add_tcase(suite, cases);
    return suite;
}
