/*
 * test_polyline.c - places along a line, and lines beside it.
 */
#include <math.h>

#include "render/canvas/polyline.h"
#include "tests/support/runner.h"

static const struct point corner[] = {{0, 0}, {10, 0}, {10, 10}};

START_TEST(one_walks_forward_and_back_and_stops_at_the_ends)
{
    struct point place = polyline_walk(corner, 3, 0, 5, 8);
    ck_assert_double_eq_tol(place.x, 10, 1e-9);
    ck_assert_double_eq_tol(place.y, 3, 1e-9);
    place = polyline_walk(corner, 3, 1, 3, -8);
    ck_assert_double_eq_tol(place.x, 5, 1e-9);
    ck_assert_double_eq_tol(place.y, 0, 1e-9);
    place = polyline_walk(corner, 3, 0, 5, 100);
    ck_assert_double_eq_tol(place.y, 10, 1e-9);
    place = polyline_walk(corner, 3, 1, 5, -100);
    ck_assert_double_eq_tol(place.x, 0, 1e-9);
}
END_TEST

START_TEST(trimming_takes_off_exactly_what_was_asked)
{
    for (double start = 0; start < 20; start += 1.5) {
        for (double end = 0; start + end < 20; end += 1.5) {
            struct polyline trimmed = {0};
            polyline_trim(corner, 3, start, end, &trimmed);
            ck_assert_double_eq_tol(polyline_length(trimmed.points, trimmed.count), 20 - start - end, 1e-9);
            polyline_finish(&trimmed);
        }
    }
    struct polyline nothing = {0};
    polyline_trim(corner, 3, 12, 8, &nothing);
    ck_assert_uint_eq(nothing.count, 0);
    polyline_finish(&nothing);
}
END_TEST

static double distance_to_segment(struct point p, struct point a, struct point b)
{
    double length = point_distance(a, b);
    double share = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length);
    return point_distance(p, point_between(a, b, fmax(0, fmin(1, share))));
}

static double distance_to_line(struct point p, const struct point *points, size_t count)
{
    double nearest = INFINITY;
    for (size_t i = 0; i + 1 < count; i++) {
        nearest = fmin(nearest, distance_to_segment(p, points[i], points[i + 1]));
    }
    return nearest;
}

START_TEST(a_line_beside_a_line_keeps_its_distance)
{
    struct point wave[100];
    for (int i = 0; i < 100; i++) {
        wave[i] = (struct point){i * 3.0, 40 * sin(i / 7.0)};
    }
    for (double offset = -6; offset <= 6; offset += 3) {
        struct polyline moved = {0};
        polyline_offset(wave, 100, offset, &moved);
        for (size_t i = 0; i < moved.count; i++) {
            ck_assert_double_eq_tol(distance_to_line(moved.points[i], wave, 100), fabs(offset), 0.05);
        }
        polyline_finish(&moved);
    }
}
END_TEST

START_TEST(right_is_right_of_the_direction)
{
    struct polyline moved = {0};
    polyline_offset(corner, 3, 2, &moved); /* east, then south: the inside of the corner is on the right */
    ck_assert_uint_eq(moved.count, 3);
    ck_assert_double_eq_tol(moved.points[1].x, 8, 1e-9);
    ck_assert_double_eq_tol(moved.points[1].y, 2, 1e-9);
    polyline_clear(&moved);
    polyline_offset(corner, 3, -2, &moved);
    ck_assert_uint_gt(moved.count, 4); /* an arc outside */
    ck_assert_double_eq_tol(moved.points[0].y, -2, 1e-9);
    ck_assert_double_eq_tol(moved.points[moved.count - 1].x, 12, 1e-9);
    polyline_finish(&moved);
}
END_TEST

START_TEST(points_that_repeat_and_lines_that_turn_back_are_survived)
{
    static const struct point bad[] = {{0, 0}, {0, 0}, {10, 0}, {10, 0}, {0, 0}, {5, 1e-300}, {5, 0}};
    struct polyline moved = {0};
    polyline_offset(bad, 7, 3, &moved);
    for (size_t i = 0; i < moved.count; i++) {
        ck_assert(point_is_finite(moved.points[i]));
    }
    polyline_clear(&moved);
    polyline_offset(bad, 2, 3, &moved);
    ck_assert_uint_eq(moved.count, 0);
    polyline_offset(bad, 0, 3, &moved);
    ck_assert_uint_eq(moved.count, 0);
    polyline_finish(&moved);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("polyline");
    TCase *tests = tcase_create("polyline");
    tcase_add_test(tests, one_walks_forward_and_back_and_stops_at_the_ends);
    tcase_add_test(tests, trimming_takes_off_exactly_what_was_asked);
    tcase_add_test(tests, a_line_beside_a_line_keeps_its_distance);
    tcase_add_test(tests, right_is_right_of_the_direction);
    tcase_add_test(tests, points_that_repeat_and_lines_that_turn_back_are_survived);
    suite_add_tcase(suite, tests);
    return suite;
}
