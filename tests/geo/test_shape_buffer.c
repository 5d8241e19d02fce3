#include "geo/shape_buffer.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/shape.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static double distance_to_line(struct point place, const struct point *points, size_t count)
{
    double nearest = INFINITY;
    for (size_t i = 0; i + 1 < count; i++) {
        struct point side = {points[i + 1].x - points[i].x, points[i + 1].y - points[i].y};
        double square = side.x * side.x + side.y * side.y;
        double part = ((place.x - points[i].x) * side.x + (place.y - points[i].y) * side.y) / square;
        part = square > 0 ? fmin(1, fmax(0, part)) : 0;
        nearest = fmin(nearest, point_distance(place, point_between(points[i], points[i + 1], part)));
    }
    return nearest;
}

/* Twice the area to the left of a closed ring; positive when it turns counter-clockwise. */
static double turn_of(const struct shape *shape, size_t part)
{
    double sum = 0;
    const struct point *ring = shape->points + shape->parts[part].first;
    for (uint32_t i = 0; i + 1 < shape->parts[part].count; i++) {
        sum += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
    }
    return sum;
}

START_TEST(the_edge_is_the_distance_away_from_the_line)
{
    uint64_t state = 5;
    for (int i = 0; i < 200; i++) {
        struct point line[8];
        size_t count = 2 + (size_t)random_between(&state, 0, 6);
        for (size_t p = 0; p < count; p++) {
            line[p] =
                (struct point){random_between(&state, -1000, 1000), random_between(&state, -1000, 1000)};
        }
        double distance = random_between(&state, 1, 200);
        struct fault fault = {0};
        struct shape *shape = shape_buffer_line(line, count, distance, &fault);
        ck_assert_msg(shape != NULL, "%s", fault.message);
        for (size_t p = 0; p < shape->point_count; p++) {
            double away = distance_to_line(shape->points[p], line, count);
            ck_assert_double_eq_tol(away, distance, distance * 0.001);
        }
        shape_free(shape);
    }
}
END_TEST

START_TEST(rings_turn_counter_clockwise_and_holes_clockwise)
{
    static const struct point square[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
    struct shape *shape = shape_buffer_line(square, 5, 10, NULL);
    ck_assert_uint_eq(shape->part_count, 2);
    ck_assert(!shape->parts[0].is_hole && shape->parts[1].is_hole);
    ck_assert_double_gt(turn_of(shape, 0), 0);
    ck_assert_double_lt(turn_of(shape, 1), 0);
    ck_assert_double_eq_tol(-turn_of(shape, 1) / 2, 80 * 80, 1);
    shape_free(shape);
}
END_TEST

START_TEST(a_line_that_stays_on_its_place_has_a_disc_for_its_buffer)
{
    static const struct point point[] = {{3, 4}, {3, 4}};
    struct shape *shape = shape_buffer_line(point, 2, 2, NULL);
    ck_assert_ptr_nonnull(shape);
    ck_assert_double_eq_tol(turn_of(shape, 0) / 2, M_PI * 4, 0.02);
    shape_free(shape);
}
END_TEST

START_TEST(what_has_no_buffer_is_refused)
{
    struct point line[] = {{0, 0}, {1, 1}};
    static const double distances[] = {0, -1, NAN, INFINITY};
    struct fault fault = {0};
    for (int i = 0; i < 4; i++) {
        ck_assert_ptr_null(shape_buffer_line(line, 2, distances[i], &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
    ck_assert_ptr_null(shape_buffer_line(line, 1, 5, &fault));
    ck_assert_ptr_null(shape_buffer_line(line, 0, 5, &fault));
    line[1].y = NAN;
    ck_assert_ptr_null(shape_buffer_line(line, 2, 5, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("shape buffer");
    TCase *cases = tcase_create("shape buffer");
    tcase_add_test(cases, the_edge_is_the_distance_away_from_the_line);
    tcase_add_test(cases, rings_turn_counter_clockwise_and_holes_clockwise);
    tcase_add_test(cases, a_line_that_stays_on_its_place_has_a_disc_for_its_buffer);
    tcase_add_test(cases, what_has_no_buffer_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
