#include "symbology/area_template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/fault.h"
#include "geo/shape.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define RADIANS (M_PI / 180)
#define EARTH_RADIUS_M 6371008.8

/* Great-circle distance by another formula than the one that made the points: the chord through the
 * sphere. */
static double distance_m(struct point a, struct point b)
{
    double ax = cos(a.y * RADIANS) * cos(a.x * RADIANS);
    double ay = cos(a.y * RADIANS) * sin(a.x * RADIANS);
    double bx = cos(b.y * RADIANS) * cos(b.x * RADIANS);
    double by = cos(b.y * RADIANS) * sin(b.x * RADIANS);
    double chord =
        sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by) +
             (sin(a.y * RADIANS) - sin(b.y * RADIANS)) * (sin(a.y * RADIANS) - sin(b.y * RADIANS)));
    return 2 * EARTH_RADIUS_M * asin(chord / 2);
}

static double bearing_deg(struct point from, struct point to)
{
    double east = (to.x - from.x) * RADIANS;
    double y = sin(east) * cos(to.y * RADIANS);
    double x =
        cos(from.y * RADIANS) * sin(to.y * RADIANS) - sin(from.y * RADIANS) * cos(to.y * RADIANS) * cos(east);
    double bearing = atan2(y, x) / RADIANS;
    return bearing < 0 ? bearing + 360 : bearing;
}

static double turn_deg(double a, double b)
{
    return fabs(remainder(a - b, 360));
}

static struct point chemopak = {4.5835, 51.6882};

static struct area_template moerdijk(double bearing, double opening, double length, double source_radius)
{
    return (struct area_template){.kind = TEMPLATE_PLUME,
                                  .points = &chemopak,
                                  .point_count = 1,
                                  .numbers = {bearing, opening, length, source_radius},
                                  .number_count = 4};
}

static struct area_template rings_of(int count, double first_m, double second_m, double third_m)
{
    return (struct area_template){.kind = TEMPLATE_RINGS,
                                  .points = &chemopak,
                                  .point_count = 1,
                                  .numbers = {first_m, second_m, third_m},
                                  .number_count = count};
}

static struct area_template grid_of(double columns, double rows, double width, double height, double bearing)
{
    return (struct area_template){.kind = TEMPLATE_GRID,
                                  .points = &chemopak,
                                  .point_count = 1,
                                  .numbers = {columns, rows, width, height, bearing},
                                  .number_count = 5};
}

static struct area_template box_of(double width, double height, double bearing)
{
    return (struct area_template){.kind = TEMPLATE_BOX,
                                  .points = &chemopak,
                                  .point_count = 1,
                                  .numbers = {width, height, bearing},
                                  .number_count = 3};
}

static struct area_template corridor_of(struct point *points, size_t count, double width)
{
    return (struct area_template){.kind = TEMPLATE_CORRIDOR,
                                  .points = points,
                                  .point_count = count,
                                  .numbers = {width},
                                  .number_count = 1};
}

static struct shape *expand(const struct area_template *area_template)
{
    struct fault fault = {.code = FAULT_NONE};
    ck_assert_msg(area_template_check(area_template, &fault), "%s", fault.message);
    struct shape *shape = area_template_expand(area_template, &fault);
    ck_assert_msg(shape != NULL, "%s", fault.message);
    ck_assert_msg(shape_check(shape, 100000, &fault), "%s", fault.message);
    return shape;
}

/* Is a place inside the shape? (even-odd) */
static bool holds(const struct shape *shape, struct point place)
{
    bool is_in = false;
    for (size_t part = 0; part < shape->part_count; part++) {
        const struct point *ring = shape->points + shape->parts[part].first;
        for (uint32_t i = 0; i + 1 < shape->parts[part].count; i++) {
            struct point a = ring[i];
            struct point b = ring[i + 1];
            if ((a.y > place.y) != (b.y > place.y) &&
                place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x) {
                is_in = !is_in;
            }
        }
    }
    return is_in;
}

START_TEST(the_far_edge_of_a_plume_has_the_right_distance_and_bearings)
{
    uint64_t state = 3;
    for (int i = 0; i < 300; i++) {
        struct area_template plume = moerdijk(random_between(&state, 0, 360), random_between(&state, 2, 120),
                                              random_between(&state, 500, 100000), 0);
        plume.numbers[PLUME_SOURCE_RADIUS] = plume.numbers[PLUME_LENGTH] * random_between(&state, 0, 0.2);
        struct shape *shape = expand(&plume);
        double farthest_m = 0;
        double widest_deg = 0;
        for (size_t p = 0; p < shape->point_count; p++) {
            double length_m = distance_m(plume.points[0], shape->points[p]);
            farthest_m = fmax(farthest_m, length_m);
            if (length_m > plume.numbers[PLUME_LENGTH] * 0.999) {
                widest_deg = fmax(widest_deg, turn_deg(bearing_deg(plume.points[0], shape->points[p]),
                                                       plume.numbers[PLUME_BEARING]));
            }
        }
        ck_assert_double_eq_tol(farthest_m, plume.numbers[PLUME_LENGTH], plume.numbers[PLUME_LENGTH] * 0.001);
        ck_assert_double_eq_tol(widest_deg, plume.numbers[PLUME_OPENING] / 2, 0.1);
        shape_free(shape);
    }
}
END_TEST

START_TEST(a_plume_holds_its_source_and_what_lies_down_wind_and_nothing_behind)
{
    uint64_t state = 8;
    for (int i = 0; i < 300; i++) {
        struct area_template plume = moerdijk(random_between(&state, 0, 360), random_between(&state, 2, 350),
                                              5000, random_between(&state, 0, 4000));
        struct shape *shape = expand(&plume);
        struct point ahead = {
            plume.points[0].x + 2000 / 111195.0 * sin(plume.numbers[PLUME_BEARING] * RADIANS) /
                                    cos(plume.points[0].y * RADIANS),
            plume.points[0].y + 2000 / 111195.0 * cos(plume.numbers[PLUME_BEARING] * RADIANS)};
        ck_assert(holds(shape, ahead));
        if (plume.numbers[PLUME_SOURCE_RADIUS] > 0) {
            ck_assert(holds(shape, plume.points[0]));
        }
        for (size_t p = 0; p < shape->point_count; p++) {
            double length_m = distance_m(plume.points[0], shape->points[p]);
            ck_assert_double_ge(length_m, plume.numbers[PLUME_SOURCE_RADIUS] * 0.999);
            ck_assert_double_le(length_m, plume.numbers[PLUME_LENGTH] * 1.0001);
        }
        ck_assert_int_eq(shape->kind, SHAPE_POLYGON);
        ck_assert_uint_eq(shape->part_count, 1);
        shape_free(shape);
    }
}
END_TEST

START_TEST(rings_are_circles_of_their_radii)
{
    struct area_template rings = rings_of(3, 1000, 2500, 8000);
    struct shape *shape = expand(&rings);
    ck_assert(shape->is_multi);
    ck_assert_uint_eq(shape->part_count, 3);
    for (size_t part = 0; part < 3; part++) {
        ck_assert(!shape->parts[part].is_hole);
        for (uint32_t p = 0; p < shape->parts[part].count; p++) {
            struct point point = shape->points[shape->parts[part].first + p];
            ck_assert_double_eq_tol(distance_m(rings.points[0], point), rings.numbers[part],
                                    rings.numbers[part] * 0.001);
        }
    }
    shape_free(shape);
}
END_TEST

START_TEST(a_plume_all_round_is_a_circle)
{
    struct area_template plume = moerdijk(90, 360, 3000, 100);
    struct shape *shape = expand(&plume);
    for (size_t p = 0; p < shape->point_count; p++) {
        ck_assert_double_eq_tol(distance_m(plume.points[0], shape->points[p]), 3000, 3);
    }
    shape_free(shape);
}
END_TEST

START_TEST(parts_of_rings_and_grids_have_names)
{
    static const char *const ring_names[] = {"250 m", "1 km", "2.5 km"};
    struct area_template rings = rings_of(3, 250, 1000, 2500);
    for (size_t part = 0; part < 3; part++) {
        char *name = area_template_part_name(&rings, part);
        ck_assert_str_eq(name, ring_names[part]);
        free(name);
    }
    static const char *const cell_names[] = {"A1", "B1", "C1", "A2", "B2", "C2"};
    struct area_template grid = grid_of(3, 2, 500, 500, 0);
    for (size_t part = 0; part < 6; part++) {
        char *name = area_template_part_name(&grid, part);
        ck_assert_str_eq(name, cell_names[part]);
        free(name);
    }
    struct area_template plume = moerdijk(90, 30, 3000, 100);
    ck_assert_ptr_null(area_template_part_name(&plume, 0));
}
END_TEST

START_TEST(a_box_has_its_width_and_height_about_its_middle_and_looks_along_its_bearing)
{
    uint64_t state = 5;
    for (int i = 0; i < 300; i++) {
        double width_m = random_between(&state, 10, 9000);
        double height_m = random_between(&state, 10, 9000);
        struct area_template box = box_of(width_m, height_m, random_between(&state, -360, 360));
        struct shape *shape = expand(&box);
        ck_assert_uint_eq(shape->point_count, 5);
        double diagonal_m = hypot(width_m, height_m) / 2;
        for (size_t p = 0; p < 4; p++) {
            ck_assert_double_eq_tol(distance_m(chemopak, shape->points[p]), diagonal_m, diagonal_m * 1e-6);
        }
        /* Turned backward for RFC 7946: the corner that was first is last. */
        double corner_deg = box.numbers[BOX_BEARING] - atan2(width_m, height_m) / RADIANS;
        ck_assert_double_le(turn_deg(bearing_deg(chemopak, shape->points[3]), corner_deg), 0.001);
        shape_free(shape);
    }
}
END_TEST

START_TEST(a_long_box_has_straight_sides_on_the_sphere)
{
    struct area_template box = box_of(190000, 1000, 90);
    struct shape *shape = expand(&box);
    ck_assert_uint_ge(shape->point_count, 41);
    shape_free(shape);
}
END_TEST

/* How many points of one part are points of another. */
static size_t count_shared(const struct shape *shape, const struct shape_part *part,
                           const struct shape_part *other)
{
    size_t shared = 0;
    for (uint32_t i = 0; i < (part->count - 1) * (other->count - 1); i++) {
        struct point point = shape->points[part->first + i / (other->count - 1)];
        shared += point_equals(point, shape->points[other->first + i % (other->count - 1)]);
    }
    return shared;
}

START_TEST(cells_of_a_grid_share_their_corners_exactly)
{
    uint64_t state = 12;
    for (int i = 0; i < 60; i++) {
        struct area_template grid =
            grid_of(1 + (int)random_between(&state, 0, 6), 1 + (int)random_between(&state, 0, 6),
                    random_between(&state, 20, 25000), random_between(&state, 20, 25000),
                    random_between(&state, 0, 360));
        struct shape *shape = expand(&grid);
        size_t columns = (size_t)grid.numbers[GRID_COLUMNS];
        ck_assert_uint_eq(shape->part_count, columns * (size_t)grid.numbers[GRID_ROWS]);
        for (size_t part = 1; part < shape->part_count && columns > 1; part++) {
            size_t shared = count_shared(shape, &shape->parts[part], &shape->parts[part - 1]);
            ck_assert_uint_ge(shared, part % columns == 0 ? 0 : 2);
        }
        shape_free(shape);
    }
}
END_TEST

/* The distance from a place to a short piece of a line, on a plane about the place. */
static double distance_to_line_m(struct point place, const struct point *points, size_t count)
{
    double nearest_m = INFINITY;
    double east_m = RADIANS * EARTH_RADIUS_M * cos(place.y * RADIANS);
    double north_m = RADIANS * EARTH_RADIUS_M;
    for (size_t i = 0; i + 1 < count; i++) {
        double ax = (points[i].x - place.x) * east_m;
        double ay = (points[i].y - place.y) * north_m;
        double dx = (points[i + 1].x - points[i].x) * east_m;
        double dy = (points[i + 1].y - points[i].y) * north_m;
        double share = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
        share = fmin(1, fmax(0, share));
        nearest_m = fmin(nearest_m, hypot(ax + share * dx, ay + share * dy));
    }
    return nearest_m;
}

START_TEST(the_edge_of_a_corridor_is_half_its_width_from_the_line)
{
    uint64_t state = 9;
    for (int i = 0; i < 50; i++) {
        struct point line[12];
        size_t count = 2 + (size_t)random_between(&state, 0, 10);
        for (size_t p = 0; p < count; p++) {
            line[p] =
                (struct point){4.5 + random_between(&state, 0, 0.05), 51.7 + random_between(&state, 0, 0.03)};
        }
        struct area_template corridor = corridor_of(line, count, random_between(&state, 20, 900));
        double reach_m = corridor.numbers[CORRIDOR_WIDTH] / 2;
        struct shape *shape = expand(&corridor);
        for (size_t p = 0; p < shape->point_count; p++) {
            double away_m = distance_to_line_m(shape->points[p], line, count);
            ck_assert_double_eq_tol(away_m, reach_m, reach_m * 0.005 + 0.05);
        }
        for (size_t p = 0; p < count; p++) {
            ck_assert(holds(shape, line[p]));
        }
        shape_free(shape);
    }
}
END_TEST

START_TEST(a_corridor_round_a_place_has_a_hole)
{
    struct point line[9];
    for (int i = 0; i < 9; i++) {
        line[i] = (struct point){4.5 + 0.02 * cos(i * M_PI / 4), 51.7 + 0.012 * sin(i * M_PI / 4)};
    }
    line[8] = line[0];
    struct area_template corridor = corridor_of(line, 9, 400);
    struct shape *shape = expand(&corridor);
    ck_assert_uint_eq(shape->part_count, 2);
    ck_assert(shape->parts[1].is_hole);
    shape_free(shape);
}
END_TEST

START_TEST(the_longest_corridor_and_the_worst_zigzag_take_no_long_time)
{
    struct point line[TEMPLATE_POINT_MAX];
    uint64_t state = 4;
    for (size_t i = 0; i < TEMPLATE_POINT_MAX; i++) {
        line[i] = (struct point){4.5 + random_between(&state, 0, 1), 51.7 + random_between(&state, 0, 0.6)};
    }
    struct area_template corridor = corridor_of(line, TEMPLATE_POINT_MAX, 300);
    struct fault fault;
    struct timespec before;
    struct timespec after;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    struct shape *shape = area_template_expand(&corridor, &fault);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    double seconds = (double)(after.tv_sec - before.tv_sec) + 1e-9 * (double)(after.tv_nsec - before.tv_nsec);
    printf("%d random points: %.3f s\n", TEMPLATE_POINT_MAX, seconds);
    ck_assert_double_lt(seconds, 15);
    shape_free(shape);
}
END_TEST

static void check_refused(struct area_template area_template, const char *word)
{
    struct fault fault = {.code = FAULT_NONE};
    ck_assert_msg(!area_template_check(&area_template, &fault), "%s", word);
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_msg(strstr(fault.message, word), "'%s' does not say '%s'", fault.message, word);
}

static void check_source_refused(struct point source, const char *word)
{
    struct area_template plume = moerdijk(90, 30, 3000, 100);
    plume.points = &source;
    check_refused(plume, word);
}

START_TEST(numbers_that_make_no_shape_are_refused)
{
    struct fault fault;
    struct area_template good = moerdijk(90, 30, 3000, 100);
    ck_assert(area_template_check(&good, &fault));
    check_refused(moerdijk(NAN, 30, 3000, 100), "bearing");
    check_refused(moerdijk(INFINITY, 30, 3000, 100), "bearing");
    check_refused(moerdijk(90, 0, 3000, 100), "opening");
    check_refused(moerdijk(90, 361, 3000, 100), "opening");
    check_refused(moerdijk(90, NAN, 3000, 100), "opening");
    check_refused(moerdijk(90, 30, 0, 0), "length");
    check_refused(moerdijk(90, 30, 1e300, 0), "length");
    check_refused(moerdijk(90, 30, 3000, 3001), "sourceRadius");
    check_refused(moerdijk(90, 30, 3000, -1), "sourceRadius");
    check_source_refused((struct point){4, 89}, "latitude");
    check_source_refused((struct point){NAN, 50}, "source");
    check_source_refused((struct point){179.99, 50}, "180");
    check_refused((struct area_template){.kind = TEMPLATE_NONE}, "plume");
    check_refused((struct area_template){.kind = TEMPLATE_BOX}, "source");
    check_refused(rings_of(0, 0, 0, 0), "rings");
    check_refused(rings_of(9, 1, 2, 3), "rings");
    check_refused(rings_of(2, 5, 5, 0), "grow");
    check_refused(rings_of(1, NAN, 0, 0), "radii");
    check_refused(box_of(0, 10, 0), "width");
    check_refused(box_of(10, NAN, 0), "height");
    check_refused(grid_of(27, 1, 10, 10, 0), "columns");
    check_refused(grid_of(2.5, 1, 10, 10, 0), "whole");
    check_refused(grid_of(26, 26, 10, 10, 0), "400");
    check_refused(grid_of(20, 1, 20000, 10, 0), "longer");
}
END_TEST

START_TEST(lines_that_make_no_corridor_are_refused)
{
    struct point line[2] = {{4.5, 51.7}, {4.6, 51.7}};
    struct fault fault;
    struct area_template good = corridor_of(line, 2, 500);
    ck_assert_msg(area_template_check(&good, &fault), "%s", fault.message);
    check_refused(corridor_of(line, 1, 500), "line");
    check_refused(corridor_of(line, TEMPLATE_POINT_MAX + 1, 500), "line");
    check_refused(corridor_of(line, 2, 0), "width");
    struct point far[2] = {{4.5, 51.7}, {24.5, 51.7}};
    check_refused(corridor_of(far, 2, 500), "500 km");
    struct point round[2] = {{-179.5, 51.7}, {179.5, 51.7}};
    check_refused(corridor_of(round, 2, 500), "180");
    struct point nowhere[2] = {{4.5, 51.7}, {4.5, NAN}};
    check_refused(corridor_of(nowhere, 2, 500), "source");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("area template");
    TCase *cases = tcase_create("geometry");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_far_edge_of_a_plume_has_the_right_distance_and_bearings);
    tcase_add_test(cases, a_plume_holds_its_source_and_what_lies_down_wind_and_nothing_behind);
    tcase_add_test(cases, rings_are_circles_of_their_radii);
    tcase_add_test(cases, a_plume_all_round_is_a_circle);
    tcase_add_test(cases, parts_of_rings_and_grids_have_names);
    tcase_add_test(cases, a_box_has_its_width_and_height_about_its_middle_and_looks_along_its_bearing);
    tcase_add_test(cases, a_long_box_has_straight_sides_on_the_sphere);
    tcase_add_test(cases, cells_of_a_grid_share_their_corners_exactly);
    tcase_add_test(cases, the_edge_of_a_corridor_is_half_its_width_from_the_line);
    tcase_add_test(cases, a_corridor_round_a_place_has_a_hole);
    tcase_add_test(cases, the_longest_corridor_and_the_worst_zigzag_take_no_long_time);
    tcase_add_test(cases, numbers_that_make_no_shape_are_refused);
    tcase_add_test(cases, lines_that_make_no_corridor_are_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
