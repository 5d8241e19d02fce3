#include "geo/simplify.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/segment.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct shape *random_walk(uint64_t *state, enum shape_kind kind, size_t count)
{
    struct point *points = memory_new(count, sizeof *points);
    for (size_t i = 1; i < count; i++) {
        points[i] = (struct point){points[i - 1].x + random_between(state, -3, 3.5),
                                   points[i - 1].y + random_between(state, -3, 3)};
    }
    if (kind == SHAPE_POLYGON) {
        points[count - 1] = points[0];
    }
    struct shape *shape = shape_new(kind);
    shape_add_part(shape, points, count, false);
    free(points);
    return shape;
}

static double distance_to(const struct shape *line, struct point point)
{
    double nearest = INFINITY;
    for (size_t i = 1; i < line->point_count; i++) {
        nearest = fmin(nearest, segment_distance_squared(point, line->points[i - 1], line->points[i]));
    }
    return sqrt(nearest);
}

START_TEST(every_dropped_point_lies_within_tolerance)
{
    uint64_t state = 41;
    for (int round = 0; round < 200; round++) {
        enum shape_kind kind = round % 2 == 0 ? SHAPE_LINE : SHAPE_POLYGON;
        struct shape *shape = random_walk(&state, kind, 4 + random_below(&state, 3000));
        double tolerance = random_between(&state, 0, 20);
        struct shape *simple = simplify_shape(shape, tolerance, false);
        ck_assert_uint_eq(simple->part_count, 1);
        ck_assert_uint_le(simple->point_count, shape->point_count);
        for (size_t i = 0; i < shape->point_count; i += 7) {
            ck_assert_double_le(distance_to(simple, shape->points[i]), tolerance * (1 + 1e-12));
        }
        shape_free(simple);
        shape_free(shape);
    }
}
END_TEST

START_TEST(ends_stay_and_rings_stay_rings)
{
    uint64_t state = 42;
    for (int round = 0; round < 500; round++) {
        enum shape_kind kind = round % 2 == 0 ? SHAPE_LINE : SHAPE_POLYGON;
        struct shape *shape = random_walk(&state, kind, 4 + random_below(&state, 50));
        struct shape *simple = simplify_shape(shape, 1e6, false);
        struct point last = simple->points[simple->point_count - 1];
        ck_assert_double_eq(simple->points[0].x, shape->points[0].x);
        ck_assert_double_eq(last.x, shape->points[shape->point_count - 1].x);
        ck_assert_uint_eq(simple->point_count, kind == SHAPE_LINE ? 2 : 4);
        shape_free(simple);
        shape_free(shape);
    }
}
END_TEST

START_TEST(a_straight_line_becomes_its_two_ends)
{
    struct point points[500];
    for (int i = 0; i < 500; i++) {
        points[i] = (struct point){i, 2.0 * i};
    }
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, points, 500, false);
    struct shape *simple = simplify_shape(line, 0.001, false);
    ck_assert_uint_eq(simple->point_count, 2);
    shape_free(simple);
    shape_free(line);
}
END_TEST

START_TEST(what_is_smaller_than_the_tolerance_vanishes_when_asked_to)
{
    struct point shell[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
    struct point hole[] = {{10, 10}, {10, 11}, {11, 11}, {10, 10}};
    struct point speck[] = {{200, 200}, {201, 200}, {201, 201}, {200, 200}};
    struct point speck_hole[] = {{200.5, 200.2}, {200.8, 200.2}, {200.8, 200.4}, {200.5, 200.2}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, shell, 5, false);
    shape_add_part(polygon, hole, 4, true);
    shape_add_part(polygon, speck, 4, false);
    shape_add_part(polygon, speck_hole, 4, true);
    struct shape *all = simplify_shape(polygon, 2, false);
    ck_assert_uint_eq(all->part_count, 4);
    struct shape *large = simplify_shape(polygon, 2, true);
    ck_assert_uint_eq(large->part_count, 1);
    ck_assert_uint_eq(large->point_count, 5);
    shape_free(large);
    shape_free(all);
    shape_free(polygon);
}
END_TEST

START_TEST(points_that_are_nowhere_are_dropped)
{
    struct point ring[] = {{NAN, NAN}, {100, 0}, {100, 100}, {INFINITY, 3}, {0, 100}, {NAN, NAN}};
    struct point nothing[] = {{NAN, NAN}, {NAN, 0}, {0, NAN}, {NAN, NAN}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, ring, 6, false);
    shape_add_part(polygon, nothing, 4, true);
    shape_add_part(polygon, nothing, 4, false);
    struct shape *simple = simplify_shape(polygon, 1, false);
    ck_assert_uint_eq(simple->part_count, 1);
    ck_assert_uint_eq(simple->point_count, 4);
    ck_assert_double_eq(simple->points[0].x, simple->points[3].x);
    shape_free(simple);
    shape_free(polygon);
}
END_TEST

START_TEST(points_stay_points)
{
    struct point points[] = {{1, 2}, {1, 2}, {NAN, 0}};
    struct shape *many = shape_new(SHAPE_POINT);
    many->is_multi = true;
    for (int i = 0; i < 3; i++) {
        shape_add_part(many, &points[i], 1, false);
    }
    struct shape *simple = simplify_shape(many, 1000, true);
    ck_assert_uint_eq(simple->part_count, 2);
    ck_assert(simple->is_multi);
    shape_free(simple);
    shape_free(many);
}
END_TEST

START_TEST(the_worst_curve_takes_no_more_than_a_moment)
{
    /* Bends ever more: the farthest point is always next to an end. */
    const size_t count = 100000;
    struct point *points = memory_new(count, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        double t = (double)i / (double)count;
        points[i] = (struct point){t, pow(t, 40)};
    }
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, points, count, false);
    int64_t start_ms = monotonic_now_ms();
    shape_free(simplify_shape(line, 0, false));
    ck_assert_int_lt(monotonic_now_ms() - start_ms, 3000); /* 0.1 s, but sanitizers are slow */
    shape_free(line);
    free(points);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("simplify");
    TCase *cases = tcase_create("simplify");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, every_dropped_point_lies_within_tolerance);
    tcase_add_test(cases, ends_stay_and_rings_stay_rings);
    tcase_add_test(cases, a_straight_line_becomes_its_two_ends);
    tcase_add_test(cases, what_is_smaller_than_the_tolerance_vanishes_when_asked_to);
    tcase_add_test(cases, points_that_are_nowhere_are_dropped);
    tcase_add_test(cases, points_stay_points);
    tcase_add_test(cases, the_worst_curve_takes_no_more_than_a_moment);
    suite_add_tcase(suite, cases);
    return suite;
}
