#include "geo/sphere.h"

#include <math.h>

#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct point random_place(uint64_t *state)
{
    return (struct point){random_between(state, -170, 170), random_between(state, -80, 80)};
}

START_TEST(a_destination_is_as_far_away_as_it_was_asked_for)
{
    uint64_t state = 1;
    for (int i = 0; i < 5000; i++) {
        struct point source = random_place(&state);
        double distance_m = pow(10, random_between(&state, -1, 6.5));
        struct point there = sphere_destination(source, random_between(&state, -360, 360), distance_m);
        ck_assert_double_eq_tol(sphere_distance_m(source, there), distance_m, 1e-3 + distance_m * 1e-9);
        ck_assert_double_eq_tol(sphere_distance_m(there, source), distance_m, 1e-3 + distance_m * 1e-9);
    }
}
END_TEST

START_TEST(bearings_are_clockwise_from_north)
{
    struct point source = {5, 52};
    ck_assert_double_gt(sphere_destination(source, 0, 1000).y, source.y);
    ck_assert_double_gt(sphere_destination(source, 90, 1000).x, source.x);
    ck_assert_double_lt(sphere_destination(source, 180, 1000).y, source.y);
    ck_assert_double_lt(sphere_destination(source, -90, 1000).x, source.x);
}
END_TEST

START_TEST(a_degree_of_a_meridian_is_111195_m)
{
    ck_assert_double_eq_tol(sphere_distance_m((struct point){5, 52}, (struct point){5, 53}), 111195.08, 0.01);
    ck_assert_double_eq(sphere_distance_m((struct point){5, 52}, (struct point){5, 52}), 0);
    ck_assert_double_eq_tol(sphere_distance_m((struct point){0, 0}, (struct point){180, 0}),
                            M_PI * SPHERE_RADIUS_M, 0.01);
}
END_TEST

START_TEST(the_way_to_the_plane_and_back_ends_where_it_began)
{
    uint64_t state = 2;
    for (int i = 0; i < 5000; i++) {
        struct point centre = random_place(&state);
        struct point place =
            sphere_destination(centre, random_between(&state, 0, 360), random_between(&state, 0, 1e6));
        struct point back = sphere_from_plane(centre, sphere_to_plane(centre, place));
        ck_assert_double_lt(sphere_distance_m(place, back), 1e-3);
    }
    struct point centre = {5, 52};
    ck_assert_double_eq(sphere_from_plane(centre, sphere_to_plane(centre, centre)).x, centre.x);
}
END_TEST

START_TEST(lengths_in_the_plane_are_true_to_four_hundredths_of_a_percent_at_250_km)
{
    uint64_t state = 3;
    for (int i = 0; i < 2000; i++) {
        struct point centre = random_place(&state);
        double bearing_deg = random_between(&state, 0, 360);
        double from_m = random_between(&state, 0, 249000);
        struct point a = sphere_to_plane(centre, sphere_destination(centre, bearing_deg, from_m));
        struct point b = sphere_to_plane(centre, sphere_destination(centre, bearing_deg, from_m + 1000));
        double length_m = hypot(b.x - a.x, b.y - a.y);
        ck_assert_double_ge(length_m, 1000 - 1e-3);
        ck_assert_double_le(length_m, 1000.4);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("sphere");
    TCase *cases = tcase_create("sphere");
    tcase_add_test(cases, a_destination_is_as_far_away_as_it_was_asked_for);
    tcase_add_test(cases, bearings_are_clockwise_from_north);
    tcase_add_test(cases, a_degree_of_a_meridian_is_111195_m);
    tcase_add_test(cases, the_way_to_the_plane_and_back_ends_where_it_began);
    tcase_add_test(cases, lengths_in_the_plane_are_true_to_four_hundredths_of_a_percent_at_250_km);
    suite_add_tcase(suite, cases);
    return suite;
}
