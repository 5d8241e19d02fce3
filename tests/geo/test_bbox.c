#include "geo/bbox.h"

#include <math.h>

#include "geo/base/fault.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct bbox random_box(uint64_t *state)
{
    double x = random_between(state, -100, 100);
    double y = random_between(state, -100, 100);
    return (struct bbox){x, y, x + random_between(state, 0, 60), y + random_between(state, 0, 60)};
}

static bool is_equal(struct bbox a, struct bbox b)
{
    return a.min_x == b.min_x && a.min_y == b.min_y && a.max_x == b.max_x && a.max_y == b.max_y;
}

START_TEST(union_and_intersection_hold_what_they_must)
{
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        struct bbox a = random_box(&state);
        struct bbox b = random_box(&state);
        struct bbox both = bbox_intersection(a, b);
        struct bbox all = bbox_union(a, b);
        struct point point = {random_between(&state, -120, 170), random_between(&state, -120, 170)};
        bool is_in_both = bbox_contains_point(a, point) && bbox_contains_point(b, point);
        ck_assert_int_eq(is_in_both, bbox_contains_point(both, point));
        ck_assert(bbox_contains(all, a) && bbox_contains(all, b));
        ck_assert_int_eq(bbox_intersects(a, b), !bbox_is_empty(both));
        ck_assert(is_equal(bbox_union(a, bbox_empty()), a) && is_equal(bbox_union(bbox_empty(), a), a));
    }
}
END_TEST

START_TEST(touching_counts)
{
    struct bbox a = {0, 0, 1, 1};
    ck_assert(bbox_intersects(a, (struct bbox){1, 1, 2, 2}));
    ck_assert(!bbox_intersects(a, (struct bbox){1.0001, 1, 2, 2}));
    ck_assert(!bbox_intersects(a, bbox_empty()));
}
END_TEST

START_TEST(a_box_with_nan_is_empty)
{
    struct bbox boxes[] = {{NAN, 0, 1, 1}, {0, NAN, 1, 1}, {0, 0, NAN, 1}, {0, 0, 1, NAN}};
    for (int i = 0; i < 4; i++) {
        ck_assert(bbox_is_empty(boxes[i]));
        ck_assert(!bbox_is_finite(boxes[i]));
        ck_assert(!bbox_intersects(boxes[i], (struct bbox){-1, -1, 2, 2}));
        ck_assert(!bbox_contains((struct bbox){-1, -1, 2, 2}, boxes[i]));
    }
}
END_TEST

START_TEST(points_that_are_not_finite_do_not_count)
{
    struct point points[] = {{NAN, 1}, {1, 2}, {INFINITY, 0}, {-3, 4}, {0, -INFINITY}};
    ck_assert(is_equal(bbox_of_points(points, 5), (struct bbox){-3, 2, 1, 4}));
    ck_assert(bbox_is_empty(bbox_of_points(points, 1)));
    ck_assert(bbox_is_empty(bbox_of_points(NULL, 0)));
}
END_TEST

START_TEST(boxes_across_the_antimeridian_become_two)
{
    struct bbox boxes[2];
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){170, -10, -170, 10}, boxes), 2);
    ck_assert(is_equal(boxes[0], (struct bbox){170, -10, 180, 10}));
    ck_assert(is_equal(boxes[1], (struct bbox){-180, -10, -170, 10}));
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){170, -10, 190, 10}, boxes), 2);
    ck_assert(is_equal(boxes[1], (struct bbox){-180, -10, -170, 10}));
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){-190, -10, -170, 10}, boxes), 2);
    ck_assert(is_equal(boxes[0], (struct bbox){170, -10, 180, 10}));
}
END_TEST

START_TEST(ordinary_boxes_stay_as_they_are)
{
    struct bbox boxes[2];
    struct bbox box = {3.2, 50.75, 7.22, 53.7};
    ck_assert_uint_eq(bbox_split_antimeridian(box, boxes), 1);
    ck_assert(is_equal(boxes[0], box));
    struct bbox world = {-180, -90, 180, 90};
    ck_assert_uint_eq(bbox_split_antimeridian(world, boxes), 1);
    ck_assert(is_equal(boxes[0], world));
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){-500, -100, 500, 100}, boxes), 1);
    ck_assert(is_equal(boxes[0], world));
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){363.25, 50, 364, 51}, boxes), 1);
    ck_assert(is_equal(boxes[0], (struct bbox){3.25, 50, 4, 51}));
}
END_TEST

START_TEST(a_split_box_holds_just_the_same_meridians)
{
    uint64_t state = 5;
    for (int i = 0; i < 20000; i++) {
        double west = random_between(&state, -400, 400);
        struct bbox box = {west, 0, west + random_between(&state, 0, 359), 1};
        struct bbox boxes[2];
        size_t count = bbox_split_antimeridian(box, boxes);
        double lon = random_between(&state, -180, 180);
        bool is_expected = false;
        for (int turn = -2; turn <= 2; turn++) {
            is_expected = is_expected || bbox_contains_point(box, (struct point){lon + 360 * turn, 0.5});
        }
        bool is_found = false;
        for (size_t k = 0; k < count; k++) {
            ck_assert(boxes[k].min_x >= -180 && boxes[k].max_x <= 180);
            is_found = is_found || bbox_contains_point(boxes[k], (struct point){lon, 0.5});
        }
        ck_assert_int_eq(is_found, is_expected);
    }
}
END_TEST

START_TEST(nothing_is_left_of_a_box_with_nan_or_inf)
{
    struct bbox boxes[2];
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){NAN, 0, 1, 1}, boxes), 0);
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){0, 0, INFINITY, 1}, boxes), 0);
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){0, 2, 1, 1}, boxes), 0);
    ck_assert_uint_eq(bbox_split_antimeridian((struct bbox){-1e300, -1e300, 1e300, 1e300}, boxes), 1);
}
END_TEST

START_TEST(four_numbers_are_a_box)
{
    struct bbox box;
    ck_assert(bbox_parse("-1.5,2e3,+3,4.25", &box, NULL));
    ck_assert(is_equal(box, (struct bbox){-1.5, 2000, 3, 4.25}));
    ck_assert(bbox_parse("170,-10,-170,10", &box, NULL));
    ck_assert(is_equal(box, (struct bbox){170, -10, -170, 10}));
}
END_TEST

START_TEST(what_is_no_box_is_refused)
{
    static const char *const wrong[] = {
        "",        "1",         "1,2,3",     "1,2,3,4,5",   "1,2,3,4 ", " 1,2,3,4",  "1,2,,4",
        "1,2,3,x", "nan,2,3,4", "1,inf,3,4", "1,2,3,1e999", "1;2;3;4",  "0x1,2,3,4", "1, 2, 3, 4"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bbox box;
        struct fault fault = {0};
        ck_assert_msg(!bbox_parse(wrong[i], &box, &fault), "%s", wrong[i]);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("bbox");
    TCase *cases = tcase_create("bbox");
    tcase_add_test(cases, union_and_intersection_hold_what_they_must);
    tcase_add_test(cases, touching_counts);
    tcase_add_test(cases, a_box_with_nan_is_empty);
    tcase_add_test(cases, points_that_are_not_finite_do_not_count);
    tcase_add_test(cases, boxes_across_the_antimeridian_become_two);
    tcase_add_test(cases, ordinary_boxes_stay_as_they_are);
    tcase_add_test(cases, a_split_box_holds_just_the_same_meridians);
    tcase_add_test(cases, nothing_is_left_of_a_box_with_nan_or_inf);
    tcase_add_test(cases, four_numbers_are_a_box);
    tcase_add_test(cases, what_is_no_box_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
