#include "geo/pixel_grid.h"

#include <math.h>

#include "geo/scale.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static const struct pixel_grid rd = {"EPSG:28992", {-285401.92, 903401.92}, 3.36, 1};

START_TEST(pixels_grow_east_and_south_from_the_north_west_corner)
{
    struct point px = pixel_grid_to_px(&rd, (struct point){-285401.92 + 33.6, 903401.92 - 67.2});
    ck_assert_double_eq_tol(px.x, 10, 1e-9);
    ck_assert_double_eq_tol(px.y, 20, 1e-9);
    struct bbox box = pixel_grid_bbox(&rd, (struct pixel_box){10, 20, 256, 128});
    ck_assert_double_eq_tol(box.min_x, -285401.92 + 33.6, 1e-6);
    ck_assert_double_eq_tol(box.max_y, 903401.92 - 67.2, 1e-6);
    ck_assert_double_eq_tol(bbox_width(box), 256 * 3.36, 1e-6);
    ck_assert_double_eq_tol(bbox_height(box), 128 * 3.36, 1e-6);
}
END_TEST

START_TEST(there_and_back_is_the_same_place)
{
    uint64_t state = 2;
    for (int i = 0; i < 10000; i++) {
        struct point point = {random_between(&state, -3e5, 6e5), random_between(&state, 0, 9e5)};
        struct point back = pixel_grid_from_px(&rd, pixel_grid_to_px(&rd, point));
        ck_assert_double_le(point_distance(point, back), 1e-8);
    }
}
END_TEST

START_TEST(snapped_points_lie_on_256ths_and_survive_moving_by_whole_pixels)
{
    uint64_t state = 3;
    for (int i = 0; i < 10000; i++) {
        struct point point = {random_between(&state, -3e5, 6e5), random_between(&state, 0, 9e5)};
        struct point exact = pixel_grid_to_px(&rd, point);
        struct point snapped = point;
        pixel_grid_snap(&rd, &snapped, 1);
        ck_assert_double_eq(snapped.x * 256, rint(snapped.x * 256));
        ck_assert_double_eq(snapped.y * 256, rint(snapped.y * 256));
        ck_assert_double_le(fabs(snapped.x - exact.x), 1.0 / 512 + 1e-9);
        double tile = floor(snapped.x / 256) * 256;
        ck_assert_double_eq(snapped.x - tile + tile, snapped.x);
    }
}
END_TEST

START_TEST(nan_stays_nan_and_harms_no_neighbour)
{
    struct point points[] = {{NAN, NAN}, {0, 0}, {INFINITY, 1e300}};
    pixel_grid_snap(&rd, points, 3);
    ck_assert(isnan(points[0].x) && isnan(points[0].y));
    ck_assert(point_is_finite(points[1]));
    ck_assert(!point_is_finite(points[2]));
}
END_TEST

START_TEST(the_scale_of_a_grid_is_that_of_its_pixels)
{
    ck_assert_double_eq_tol(pixel_grid_scale_denominator(&rd), 12000, 1e-6);
    ck_assert_double_eq_tol(scale_units_per_px(12000, 1), 3.36, 1e-12);
    struct pixel_grid other = rd;
    ck_assert(pixel_grid_equals(&rd, &other));
    other.origin.x += 1e-6;
    ck_assert(!pixel_grid_equals(&rd, &other));
}
END_TEST

START_TEST(round_lengths_are_1_2_or_5_times_a_power_of_ten)
{
    static const double cases[][2] = {{1, 1},     {1.99, 1},      {2, 2},        {4.9, 2},     {5, 5},
                                      {9.99, 5},  {10, 10},       {1000, 1000},  {999.9, 500}, {0.03, 0.02},
                                      {1e6, 1e6}, {0.001, 0.001}, {2.5e-7, 2e-7}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_double_eq_tol(scale_round_length(cases[i][0]), cases[i][1], cases[i][1] * 1e-9);
    }
    uint64_t state = 4;
    for (int i = 0; i < 10000; i++) {
        double length = pow(10, random_between(&state, -8, 9));
        double rounded = scale_round_length(length);
        ck_assert_double_le(rounded, length);
        ck_assert_double_gt(rounded * 2.5 * (1 + 1e-9), length);
    }
    ck_assert_double_eq(scale_round_length(0), 0);
    ck_assert_double_eq(scale_round_length(NAN), 0);
    ck_assert_double_eq(scale_round_length(INFINITY), 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("pixel_grid");
    TCase *cases = tcase_create("pixel_grid");
    tcase_add_test(cases, pixels_grow_east_and_south_from_the_north_west_corner);
    tcase_add_test(cases, there_and_back_is_the_same_place);
    tcase_add_test(cases, snapped_points_lie_on_256ths_and_survive_moving_by_whole_pixels);
    tcase_add_test(cases, nan_stays_nan_and_harms_no_neighbour);
    tcase_add_test(cases, the_scale_of_a_grid_is_that_of_its_pixels);
    tcase_add_test(cases, round_lengths_are_1_2_or_5_times_a_power_of_ten);
    suite_add_tcase(suite, cases);
    return suite;
}
