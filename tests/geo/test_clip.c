#include "geo/clip.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MOST_POINTS 40
#define MOST_PIECES 100

static const struct bbox box = {0, 0, 100, 60};

struct pieces {
    size_t count;
    double start[MOST_PIECES];
    double length[MOST_PIECES];
    struct point first[MOST_PIECES];
    struct point last[MOST_PIECES];
};

static void take(const struct point *points, size_t count, double start, void *context)
{
    struct pieces *pieces = context;
    ck_assert_uint_ge(count, 2);
    ck_assert_uint_lt(pieces->count, MOST_PIECES);
    double length = 0;
    for (size_t i = 0; i < count; i++) {
        ck_assert(bbox_contains_point(box, points[i]));
        length += i > 0 ? point_distance(points[i - 1], points[i]) : 0;
    }
    pieces->start[pieces->count] = start;
    pieces->length[pieces->count] = length;
    pieces->first[pieces->count] = points[0];
    pieces->last[pieces->count++] = points[count - 1];
}

static size_t random_line(uint64_t *state, struct point points[static MOST_POINTS])
{
    size_t count = 2 + random_below(state, MOST_POINTS - 2);
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct point){random_between(state, -60, 160), random_between(state, -60, 120)};
        if (random_below(state, 4) == 0) { /* often just on an edge or corner */
            points[i].x = random_below(state, 2) == 0 ? box.min_x : box.max_x;
        }
        if (random_below(state, 4) == 0) {
            points[i].y = random_below(state, 2) == 0 ? box.min_y : box.max_y;
        }
    }
    return count;
}

/* The place at a length along the line. */
static struct point place_along(const struct point *points, size_t count, double length)
{
    for (size_t i = 1; i < count; i++) {
        double step = point_distance(points[i - 1], points[i]);
        if (length <= step && step > 0) {
            double part = length / step;
            return (struct point){points[i - 1].x + (points[i].x - points[i - 1].x) * part,
                                  points[i - 1].y + (points[i].y - points[i - 1].y) * part};
        }
        length -= step;
    }
    return points[count - 1];
}

START_TEST(pieces_lie_in_the_box_where_they_say_they_start)
{
    uint64_t state = 31;
    for (int round = 0; round < 5000; round++) {
        struct point points[MOST_POINTS];
        size_t count = random_line(&state, points);
        struct pieces pieces = {0};
        clip_line(points, count, box, take, &pieces);
        for (size_t i = 0; i < pieces.count; i++) {
            struct point first = place_along(points, count, pieces.start[i]);
            struct point last = place_along(points, count, pieces.start[i] + pieces.length[i]);
            ck_assert_double_le(point_distance(first, pieces.first[i]), 1e-9);
            ck_assert_double_le(point_distance(last, pieces.last[i]), 1e-9);
        }
    }
}
END_TEST

START_TEST(the_pieces_are_all_of_the_line_that_lies_inside)
{
    uint64_t state = 32;
    for (int round = 0; round < 500; round++) {
        struct point points[MOST_POINTS];
        size_t count = random_line(&state, points);
        struct pieces pieces = {0};
        clip_line(points, count, box, take, &pieces);
        double found = 0;
        for (size_t i = 0; i < pieces.count; i++) {
            found += pieces.length[i];
        }
        double expected = 0;
        for (size_t i = 1; i < count; i++) {
            double enter;
            double leave;
            if (segment_clip(points[i - 1], points[i], box, &enter, &leave)) {
                expected += (leave - enter) * point_distance(points[i - 1], points[i]);
            }
        }
        ck_assert_double_eq_tol(found, expected, 1e-9);
    }
}
END_TEST

START_TEST(a_line_inside_is_one_piece_and_a_line_outside_is_none)
{
    struct point inside[] = {{1, 1}, {99, 59}, {50, 2}};
    struct pieces pieces = {0};
    clip_line(inside, 3, box, take, &pieces);
    ck_assert_uint_eq(pieces.count, 1);
    ck_assert_double_eq(pieces.start[0], 0);
    struct point outside[] = {{-5, -5}, {-1, 70}, {120, 70}};
    clip_line(outside, 3, box, take, &pieces);
    struct point past_corner[] = {{-10, 10}, {10, -10}};
    clip_line(past_corner, 2, box, take, &pieces);
    ck_assert_uint_eq(pieces.count, 1);
}
END_TEST

START_TEST(a_point_that_is_nowhere_ends_a_piece)
{
    struct point points[] = {{10, 10}, {20, 10}, {NAN, NAN}, {30, 10}, {40, 10}, {INFINITY, 0}, {50, 10}};
    struct pieces pieces = {0};
    clip_line(points, 7, box, take, &pieces);
    ck_assert_uint_eq(pieces.count, 2);
    ck_assert_double_eq(pieces.start[1], 10);
    struct point wild[] = {{-1e300, 5}, {1e300, 5}, {50, 1e300}, {-1e308, -1e308}, {1e308, 1e308}};
    clip_line(wild, 5, box, take, &pieces);
    clip_line(wild, 0, box, take, &pieces);
    clip_line(wild, 1, box, take, &pieces);
}
END_TEST

static double ring_area(const struct shape *shape, size_t part)
{
    const struct point *points = shape->points + shape->parts[part].first;
    double twice_area = 0;
    for (uint32_t i = 1; i < shape->parts[part].count; i++) {
        twice_area += points[i - 1].x * points[i].y - points[i].x * points[i - 1].y;
    }
    return twice_area / 2;
}

static double area(const struct shape *shape)
{
    double sum = 0;
    for (size_t part = 0; part < shape->part_count; part++) {
        sum += ring_area(shape, part);
    }
    return sum;
}

/* A star around a random place: it never crosses itself. */
static struct shape *random_star(uint64_t *state)
{
    struct point points[20];
    struct point centre = {random_between(state, -50, 150), random_between(state, -50, 110)};
    for (int i = 0; i < 19; i++) {
        double radius = random_between(state, 5, 90);
        points[i] = (struct point){centre.x + radius * cos(i * 2 * M_PI / 19),
                                   centre.y + radius * sin(i * 2 * M_PI / 19)};
    }
    points[19] = points[0];
    struct shape *star = shape_new(SHAPE_POLYGON);
    shape_add_part(star, points, 20, false);
    return star;
}

START_TEST(areas_cut_along_a_grid_add_up)
{
    uint64_t state = 33;
    for (int round = 0; round < 500; round++) {
        struct shape *star = random_star(&state);
        double sum = 0;
        for (int i = 0; i < 30; i++) {
            struct bbox cell = {-200 + i % 6 * 80.0, -200 + i / 6 * 90.0, -120 + i % 6 * 80.0,
                                -110 + i / 6 * 90.0};
            struct shape *clipped = clip_polygon(star, cell);
            ck_assert(clipped->part_count == 0 || bbox_contains(cell, clipped->box));
            sum += area(clipped);
            shape_free(clipped);
        }
        ck_assert_double_eq_tol(sum, area(star), 1e-7);
        shape_free(star);
    }
}
END_TEST

START_TEST(clipped_rings_are_closed_and_holes_stay_holes)
{
    struct point shell[] = {{-50, -50}, {150, -50}, {150, 110}, {-50, 110}, {-50, -50}};
    struct point hole[] = {{-10, 10}, {-10, 30}, {20, 30}, {20, 10}, {-10, 10}};
    struct point far_shell[] = {{300, 300}, {310, 300}, {310, 310}, {300, 300}};
    struct point far_hole[] = {{301, 300.5}, {302, 300.5}, {302, 301}, {301, 300.5}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, shell, 5, false);
    shape_add_part(polygon, hole, 5, true);
    shape_add_part(polygon, far_shell, 4, false);
    shape_add_part(polygon, far_hole, 4, true);
    struct shape *clipped = clip_polygon(polygon, box);
    ck_assert_uint_eq(clipped->part_count, 2);
    ck_assert(!clipped->parts[0].is_hole && clipped->parts[1].is_hole);
    ck_assert_double_eq_tol(area(clipped), 100 * 60 - 20 * 20, 1e-9);
    for (size_t part = 0; part < 2; part++) {
        const struct point *points = clipped->points + clipped->parts[part].first;
        uint32_t last = clipped->parts[part].count - 1;
        ck_assert(points[0].x == points[last].x && points[0].y == points[last].y);
    }
    shape_free(clipped);
    shape_free(polygon);
}
END_TEST

START_TEST(rings_that_only_pass_by_vanish)
{
    struct point around_corner[] = {{-20, 50}, {-5, 50}, {-5, 70}, {50, 70}, {50, 80}, {-20, 80}, {-20, 50}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, around_corner, 7, false);
    struct shape *clipped = clip_polygon(polygon, box);
    ck_assert_uint_eq(clipped->part_count, 0);
    shape_free(clipped);
    shape_free(polygon);
}
END_TEST

START_TEST(points_of_a_ring_that_are_nowhere_are_left_out)
{
    struct point ring[] = {{-10, -10}, {NAN, 4},  {120, -10}, {1e300, 1e300},
                           {120, 80},  {-10, 80}, {-10, -10}};
    struct point all_gone[] = {{NAN, NAN}, {INFINITY, 0}, {NAN, NAN}, {1e308, -1e308}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, ring, 7, false);
    shape_add_part(polygon, all_gone, 4, false);
    shape_add_part(polygon, all_gone, 0, false);
    struct shape *clipped = clip_polygon(polygon, box);
    ck_assert_uint_eq(clipped->part_count, 1);
    ck_assert(bbox_contains(box, clipped->box));
    shape_free(clipped);
    shape_free(polygon);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("clip");
    TCase *cases = tcase_create("clip");
    tcase_add_test(cases, pieces_lie_in_the_box_where_they_say_they_start);
    tcase_add_test(cases, the_pieces_are_all_of_the_line_that_lies_inside);
    tcase_add_test(cases, a_line_inside_is_one_piece_and_a_line_outside_is_none);
    tcase_add_test(cases, a_point_that_is_nowhere_ends_a_piece);
    tcase_add_test(cases, areas_cut_along_a_grid_add_up);
    tcase_add_test(cases, clipped_rings_are_closed_and_holes_stay_holes);
    tcase_add_test(cases, rings_that_only_pass_by_vanish);
    tcase_add_test(cases, points_of_a_ring_that_are_nowhere_are_left_out);
    suite_add_tcase(suite, cases);
    return suite;
}
