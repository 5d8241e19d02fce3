#include "symbology/area_template.h"

#include <math.h>
#include <string.h>

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

static struct area_template moerdijk(double bearing, double opening, double length, double source_radius)
{
    return (struct area_template){.kind = TEMPLATE_PLUME,
                                  .source = {4.5835, 51.6882},
                                  .bearing_deg = bearing,
                                  .opening_deg = opening,
                                  .length_m = length,
                                  .source_radius_m = source_radius};
}

/* Is a place inside the ring? (even-odd) */
static bool holds(const struct shape *shape, struct point place)
{
    bool is_in = false;
    for (size_t i = 0; i + 1 < shape->point_count; i++) {
        struct point a = shape->points[i];
        struct point b = shape->points[i + 1];
        if ((a.y > place.y) != (b.y > place.y) &&
            place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x) {
            is_in = !is_in;
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
        plume.source_radius_m = plume.length_m * random_between(&state, 0, 0.2);
        struct shape *shape = area_template_expand(&plume);
        double farthest_m = 0;
        double widest_deg = 0;
        for (size_t p = 0; p < shape->point_count; p++) {
            double length_m = distance_m(plume.source, shape->points[p]);
            farthest_m = fmax(farthest_m, length_m);
            if (length_m > plume.length_m * 0.999) {
                widest_deg = fmax(widest_deg,
                                  turn_deg(bearing_deg(plume.source, shape->points[p]), plume.bearing_deg));
            }
        }
        ck_assert_double_eq_tol(farthest_m, plume.length_m, plume.length_m * 0.001);
        ck_assert_double_eq_tol(widest_deg, plume.opening_deg / 2, 0.1);
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
        struct shape *shape = area_template_expand(&plume);
        struct fault fault;
        ck_assert_msg(shape_check(shape, 1000, &fault), "%s", fault.message);
        struct point ahead = {plume.source.x + 2000 / 111195.0 * sin(plume.bearing_deg * RADIANS) /
                                                   cos(plume.source.y * RADIANS),
                              plume.source.y + 2000 / 111195.0 * cos(plume.bearing_deg * RADIANS)};
        ck_assert(holds(shape, ahead));
        if (plume.source_radius_m > 0) {
            ck_assert(holds(shape, plume.source));
        }
        for (size_t p = 0; p < shape->point_count; p++) {
            double length_m = distance_m(plume.source, shape->points[p]);
            ck_assert_double_ge(length_m, plume.source_radius_m * 0.999);
            ck_assert_double_le(length_m, plume.length_m * 1.0001);
        }
        ck_assert_int_eq(shape->kind, SHAPE_POLYGON);
        ck_assert_uint_eq(shape->part_count, 1);
        shape_free(shape);
    }
}
END_TEST

START_TEST(rings_are_circles_of_their_radii)
{
    struct area_template rings = {.kind = TEMPLATE_RINGS,
                                  .source = {4.5835, 51.6882},
                                  .radii_m = {1000, 2500, 8000},
                                  .radius_count = 3};
    struct shape *shape = area_template_expand(&rings);
    ck_assert(shape->is_multi);
    ck_assert_uint_eq(shape->part_count, 3);
    for (size_t part = 0; part < 3; part++) {
        ck_assert(!shape->parts[part].is_hole);
        for (uint32_t p = 0; p < shape->parts[part].count; p++) {
            struct point point = shape->points[shape->parts[part].first + p];
            ck_assert_double_eq_tol(distance_m(rings.source, point), rings.radii_m[part],
                                    rings.radii_m[part] * 0.001);
        }
    }
    shape_free(shape);
}
END_TEST

START_TEST(a_plume_all_round_is_a_circle)
{
    struct area_template plume = moerdijk(90, 360, 3000, 100);
    struct shape *shape = area_template_expand(&plume);
    for (size_t p = 0; p < shape->point_count; p++) {
        ck_assert_double_eq_tol(distance_m(plume.source, shape->points[p]), 3000, 3);
    }
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
    check_refused(moerdijk(90, 30, 3000, 3001), "radius");
    check_refused(moerdijk(90, 30, 3000, -1), "radius");
    struct area_template moved = good;
    moved.source.y = 89;
    check_refused(moved, "latitude");
    moved.source = (struct point){NAN, 50};
    check_refused(moved, "source");
    moved.source = (struct point){179.99, 50};
    check_refused(moved, "180");
    check_refused((struct area_template){.kind = TEMPLATE_NONE}, "plume or rings");
    check_refused((struct area_template){.kind = TEMPLATE_RINGS}, "rings");
    check_refused((struct area_template){.kind = TEMPLATE_RINGS, .radius_count = 9}, "rings");
    check_refused((struct area_template){.kind = TEMPLATE_RINGS, .radius_count = 2, .radii_m = {5, 5}},
                  "grow");
    check_refused((struct area_template){.kind = TEMPLATE_RINGS, .radius_count = 1, .radii_m = {NAN}},
                  "grow");
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
    tcase_add_test(cases, numbers_that_make_no_shape_are_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
