#include "render/placement/reach_box.h"

#include <check.h>
#include <math.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "tests/support/runner.h"

/* The next number, the same in every run. */
static double number(uint32_t *seed, double most)
{
    *seed = *seed * 1664525u + 1013904223u;
    return ((double)*seed / UINT32_MAX - 0.5) * 2 * most;
}

static struct bbox box(uint32_t *seed, double most)
{
    double x = number(seed, most);
    double y = number(seed, most);
    return (struct bbox){x, y, x + fabs(number(seed, most)), y + fabs(number(seed, most))};
}

START_TEST(what_reaches_as_far_as_a_symbol_is_told_to_the_256th_of_a_pixel)
{
    uint32_t seed = 1;
    for (int i = 0; i < 10000; i++) {
        struct bbox near = box(&seed, 112);
        struct bbox exact = {floor(near.min_x * 256) / 256, floor(near.min_y * 256) / 256,
                             ceil(near.max_x * 256) / 256, ceil(near.max_y * 256) / 256};
        struct bbox told = reach_box_at(reach_box_of(exact), (struct point){268435456, -3});
        ck_assert(told.min_x == exact.min_x + 268435456 && told.max_x == exact.max_x + 268435456);
        ck_assert(told.min_y == exact.min_y - 3 && told.max_y == exact.max_y - 3);
        struct bbox around = reach_box_at(reach_box_of(near), (struct point){0, 0});
        ck_assert(bbox_contains(around, near) && bbox_contains(bbox_grow(near, 3e-5), around));
    }
}
END_TEST

START_TEST(what_is_empty_stays_empty)
{
    struct point place = {1e6, -1e6};
    ck_assert(bbox_is_empty(reach_box_at(reach_box_of(bbox_empty()), place)));
    ck_assert(bbox_is_empty(far_box_at(far_box_empty(), place)));
    ck_assert(bbox_is_empty(far_box_at(far_box_union(far_box_empty(), bbox_empty()), place)));
}
END_TEST

START_TEST(a_far_box_lies_around_all_it_was_made_of_and_hardly_more)
{
    uint32_t seed = 2;
    for (int i = 0; i < 10000; i++) {
        struct bbox first = box(&seed, 8000);
        struct bbox second = box(&seed, 8000);
        struct point place = {floor(number(&seed, 1e8)), floor(number(&seed, 1e8))};
        struct bbox told =
            far_box_at(far_box_union(far_box_union(far_box_empty(), first), second), (struct point){0, 0});
        struct bbox both = bbox_union(first, second);
        ck_assert(bbox_contains(told, both) && bbox_contains(bbox_grow(both, 1), told));
        struct far_box once = far_box_union(far_box_empty(), both);
        struct bbox there = far_box_at(once, place);
        struct bbox back = {there.min_x - place.x, there.min_y - place.y, there.max_x - place.x,
                            there.max_y - place.y};
        struct far_box again = far_box_union(far_box_empty(), back);
        ck_assert(once.west == again.west && once.north == again.north && once.east == again.east &&
                  once.south == again.south);
    }
}
END_TEST

START_TEST(what_is_too_far_for_its_numbers_has_no_end_there)
{
    struct point place = {7, 9};
    struct bbox wide = {-1e9, -5, 1e9, 5};
    struct bbox told = far_box_at(far_box_union(far_box_empty(), wide), place);
    ck_assert(isinf(told.min_x) && isinf(told.max_x));
    ck_assert(told.min_y == 4 && told.max_y == 14);
    struct bbox far_east = {40000, 0, 50000, 1};
    told = far_box_at(far_box_union(far_box_empty(), far_east), place);
    ck_assert(!bbox_is_empty(told) && told.min_x <= 40007 && isinf(told.max_x));
    struct bbox far_west = {-50000, 0, -40000, 1};
    told = far_box_at(far_box_union(far_box_empty(), far_west), place);
    ck_assert(!bbox_is_empty(told) && isinf(told.min_x) && told.max_x >= -39993);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("reach_box");
    TCase *tests = tcase_create("reach_box");
    tcase_add_test(tests, what_reaches_as_far_as_a_symbol_is_told_to_the_256th_of_a_pixel);
    tcase_add_test(tests, what_is_empty_stays_empty);
    tcase_add_test(tests, a_far_box_lies_around_all_it_was_made_of_and_hardly_more);
    tcase_add_test(tests, what_is_too_far_for_its_numbers_has_no_end_there);
    suite_add_tcase(suite, tests);
    return suite;
}
