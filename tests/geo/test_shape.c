#include "geo/shape.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/segment.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MOST 1000
#define PART(...)                                                                                            \
    (const struct point[]){__VA_ARGS__}, sizeof((const struct point[]){__VA_ARGS__}) / sizeof(struct point)

static struct shape *one_part(enum shape_kind kind, const struct point *points, size_t count)
{
    struct shape *shape = shape_new(kind);
    shape_add_part(shape, points, count, false);
    return shape;
}

START_TEST(parts_follow_each_other_and_the_box_holds_them)
{
    struct shape *shape = shape_new(SHAPE_LINE);
    for (int i = 0; i < 1000; i++) {
        struct point points[] = {{i, i}, {i + 1, -i}, {NAN, 0}};
        shape_add_part(shape, points, (size_t)(i % 3) + 1, false);
    }
    ck_assert_uint_eq(shape->part_count, 1000);
    ck_assert_double_eq(shape->points[shape->parts[700].first].x, 700);
    ck_assert_double_eq(shape->box.min_y, -998);
    struct shape *copy = shape_copy(shape);
    shape->points[0].x = -77;
    shape_update_box(shape);
    ck_assert_double_eq(shape->box.min_x, -77);
    ck_assert_double_eq(copy->box.min_x, 0);
    struct point more = {5, 5000};
    shape_add_part(copy, &more, 1, false);
    ck_assert_double_eq(copy->box.max_y, 5000);
    ck_assert_uint_eq(shape->part_count, 1000);
    shape_free(copy);
    shape_free(shape);
    shape_free(NULL);
}
END_TEST

static void assert_refused(struct shape *shape, enum fault_code code, const char *words)
{
    struct fault fault = {0};
    ck_assert(!shape_check(shape, MOST, &fault));
    ck_assert_int_eq(fault.code, code);
    ck_assert_msg(strstr(fault.message, words) != NULL, "'%s' lacks '%s'", fault.message, words);
    shape_free(shape);
}

START_TEST(good_shapes_pass)
{
    struct shape *shapes[] = {
        one_part(SHAPE_POINT, PART({5.1, 52.1})),
        one_part(SHAPE_POINT, PART({-180, 90})),
        one_part(SHAPE_LINE, PART({5, 52}, {5, 52}, {6, 52})),
        one_part(SHAPE_LINE, PART({0, 0}, {2, 2}, {2, 0}, {0, 2})), /* a line may cross itself */
        one_part(SHAPE_POLYGON, PART({5, 52}, {6, 52}, {6, 53}, {5, 52})),
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct fault fault = {0};
        ck_assert_msg(shape_check(shapes[i], MOST, &fault), "%s", fault.message);
        shape_free(shapes[i]);
    }
}
END_TEST

START_TEST(holes_pass_that_lie_inside_or_touch_their_ring_within)
{
    struct shape *shape = one_part(SHAPE_POLYGON, PART({0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}));
    shape_add_part(shape, PART({1, 1}, {2, 1}, {1, 2}, {1, 1}), true);
    shape_add_part(shape, PART({9, 4}, {8, 4}, {8, 5}, {9, 4}), true);
    shape_add_part(shape, PART({20, 0}, {29, 0}, {29, 9}, {20, 9}, {20, 0}), false);
    shape_add_part(shape, PART({20, 4.5}, {24.5, 0}, {29, 4.5}, {24.5, 9}, {20, 4.5}), true);
    struct fault fault = {0};
    ck_assert_msg(shape_check(shape, MOST, &fault), "%s", fault.message);
    shape_free(shape);
}
END_TEST

START_TEST(bad_shapes_are_refused_with_their_place)
{
    assert_refused(shape_new(SHAPE_POINT), FAULT_INPUT, "no coordinates");
    assert_refused(one_part(SHAPE_LINE, NULL, 0), FAULT_INPUT, "line 1 has no points");
    assert_refused(one_part(SHAPE_POINT, PART({NAN, 5})), FAULT_INPUT, "point 1 (nan, 5) does not lie");
    assert_refused(one_part(SHAPE_LINE, PART({5, 5}, {INFINITY, 5})), FAULT_INPUT, "line 1, point 2");
    assert_refused(one_part(SHAPE_LINE, PART({5, 5}, {1e300, 5})), FAULT_INPUT, "(1e+300, 5)");
    assert_refused(one_part(SHAPE_POINT, PART({5, 90.001})), FAULT_INPUT, "90 north or south");
    assert_refused(one_part(SHAPE_POINT, PART({101000, 411500})), FAULT_INPUT,
                   "longitude and latitude in degrees, not metres");
    assert_refused(one_part(SHAPE_LINE, PART({5, 5})), FAULT_INPUT, "two different points");
    assert_refused(one_part(SHAPE_LINE, PART({5, 5}, {5, 5})), FAULT_INPUT, "two different points");
    assert_refused(one_part(SHAPE_POLYGON, PART({0, 0}, {1, 1}, {0, 0})), FAULT_INPUT, "needs four or more");
    assert_refused(one_part(SHAPE_POLYGON, PART({0, 0}, {1, 0}, {1, 1}, {0, 1})), FAULT_INPUT,
                   "is not closed");
    assert_refused(one_part(SHAPE_POLYGON, PART({1, 1}, {1, 1}, {1, 1}, {1, 1})), FAULT_INPUT, "no inside");
    assert_refused(one_part(SHAPE_POLYGON, PART({1, 1}, {2, 5}, {1, 1}, {2, 5}, {1, 1})), FAULT_INPUT,
                   "no inside");
    assert_refused(one_part(SHAPE_POLYGON, PART({1, 1}, {1, 1}, {2, 2}, {4, 4}, {1, 1})), FAULT_INPUT,
                   "no inside");
    assert_refused(one_part(SHAPE_POLYGON, PART({0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0})), FAULT_INPUT,
                   "ring 1 crosses itself");
    struct shape *crossing = one_part(SHAPE_POLYGON, PART({0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}));
    shape_add_part(crossing, PART({5, 5}, {12, 5}, {5, 6}, {5, 5}), true);
    assert_refused(crossing, FAULT_INPUT, "ring 1 crosses ring 2");
    struct shape *outside = one_part(SHAPE_POLYGON, PART({0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}));
    shape_add_part(outside, PART({1, 1}, {2, 1}, {1, 2}, {1, 1}), true);
    shape_add_part(outside, PART({9, 4}, {12, 4}, {12, 5}, {9, 4}), true); /* it touches */
    assert_refused(outside, FAULT_INPUT, "ring 3 is a hole outside the ring it belongs to, ring 1");
    struct shape *around = one_part(SHAPE_POLYGON, PART({1, 1}, {2, 1}, {2, 2}, {1, 1}));
    shape_add_part(around, PART({0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}), true);
    assert_refused(around, FAULT_INPUT, "ring 2 is a hole outside");
    struct shape *hole = shape_new(SHAPE_POLYGON);
    shape_add_part(hole, PART({0, 0}, {9, 0}, {9, 9}, {0, 0}), true);
    assert_refused(hole, FAULT_INPUT, "hole in nothing");
    struct point many[MOST + 1] = {{0, 0}};
    assert_refused(one_part(SHAPE_LINE, many, MOST + 1), FAULT_LIMIT, "1001 points");
}
END_TEST

START_TEST(no_coordinates_make_the_check_fall_over)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 5e-324, 180, -180,
                                 90,  -90,      0,         -0.0,  1,      2,      3};
    uint64_t state = 61;
    for (int round = 0; round < 100000; round++) {
        struct point points[8];
        size_t count = random_below(&state, 8);
        for (size_t i = 0; i < count; i++) {
            points[i] = (struct point){odd[random_below(&state, 15)], odd[random_below(&state, 15)]};
        }
        if (count > 0 && random_below(&state, 2) == 0) {
            points[count - 1] = points[0];
        }
        struct shape *shape = one_part((enum shape_kind)random_below(&state, 3), points, count);
        struct fault fault = {0};
        ck_assert_int_eq(shape_check(shape, 6, &fault), fault.code == FAULT_NONE);
        shape_interior_point(shape);
        shape_touches_box(shape, (struct bbox){-1, -1, 1, 1}, 0.5);
        shape_free(shape);
    }
}
END_TEST

START_TEST(a_label_stands_inside_and_far_from_the_edges)
{
    struct shape *tall = one_part(SHAPE_POLYGON, PART({0, 0}, {10, 0}, {10, 100}, {0, 100}, {0, 0}));
    struct point place = shape_interior_point(tall);
    ck_assert_double_eq_tol(place.x, 5, 1e-9);
    ck_assert_double_eq_tol(place.y, 50, 1e-9);
    shape_free(tall);
    /* a C: its centre lies outside */
    struct shape *c = one_part(SHAPE_POLYGON, PART({0, 0}, {90, 0}, {90, 10}, {30, 10}, {30, 80}, {90, 80},
                                                   {90, 90}, {0, 90}, {0, 0}));
    place = shape_interior_point(c);
    ck_assert(place.x > 12 && place.x < 18 && place.y > 13 && place.y < 77);
    shape_free(c);
    struct shape *ring = one_part(SHAPE_POLYGON, PART({0, 0}, {90, 0}, {90, 90}, {0, 90}, {0, 0}));
    shape_add_part(ring, PART({20, 20}, {80, 20}, {80, 80}, {20, 80}, {20, 20}), true);
    place = shape_interior_point(ring);
    ck_assert(place.x < 20 || place.x > 80 || place.y < 20 || place.y > 80);
    shape_free(ring);
}
END_TEST

START_TEST(a_line_is_as_long_as_its_steps)
{
    struct shape *line = one_part(SHAPE_LINE, PART({0, 0}, {1, 0}));
    shape_add_part(line, PART({0, 0}, {10, 0}, {10, 0}, {NAN, 0}, {10, 0}, {10, 30}), false);
    ck_assert_double_eq(shape_part_length(line, 0), 1);
    ck_assert_double_eq(shape_part_length(line, 1), 40);
    shape_free(line);
}
END_TEST

START_TEST(what_has_no_inside_gives_its_first_point)
{
    struct shape *point = one_part(SHAPE_POINT, PART({NAN, NAN}, {3, 4}));
    ck_assert_double_eq(shape_interior_point(point).y, 4);
    shape_free(point);
}
END_TEST

START_TEST(a_flat_polygon_gives_a_point_of_itself)
{
    struct shape *flat = one_part(SHAPE_POLYGON, PART({0, 5}, {10, 5}, {4, 5}, {0, 5}));
    struct point place = shape_interior_point(flat);
    ck_assert_double_eq(place.y, 5);
    shape_free(flat);
}
END_TEST

/* Sampled: the smallest distance from places of the shape to places of the box. */
static double sampled_distance(const struct shape *shape, struct bbox box)
{
    double nearest = INFINITY;
    for (int i = 0; i <= 40; i++) {
        for (int k = 0; k <= 40; k++) {
            struct point place = {box.min_x + bbox_width(box) * i / 40,
                                  box.min_y + bbox_height(box) * k / 40};
            for (size_t n = 1; n < shape->point_count; n++) {
                nearest =
                    fmin(nearest, segment_distance_squared(place, shape->points[n - 1], shape->points[n]));
            }
        }
    }
    return sqrt(nearest);
}

START_TEST(touching_is_a_matter_of_distance_not_of_boxes)
{
    uint64_t state = 62;
    for (int round = 0; round < 300; round++) {
        struct point points[4];
        for (int i = 0; i < 4; i++) {
            points[i] = (struct point){random_between(&state, 0, 100), random_between(&state, 0, 100)};
        }
        struct shape *line = one_part(SHAPE_LINE, points, 4);
        double x = random_between(&state, -20, 110);
        double y = random_between(&state, -20, 110);
        struct bbox box = {x, y, x + 10, y + 10};
        double distance = sampled_distance(line, box); /* too large by no more than half a step */
        ck_assert(shape_touches_box(line, box, distance + 1e-9));
        ck_assert(distance < 0.5 || !shape_touches_box(line, box, distance - 0.3));
        shape_free(line);
    }
}
END_TEST

START_TEST(the_inside_of_a_polygon_touches_but_its_hole_does_not)
{
    struct shape *ring = one_part(SHAPE_POLYGON, PART({0, 0}, {90, 0}, {90, 90}, {0, 90}, {0, 0}));
    shape_add_part(ring, PART({20, 20}, {80, 20}, {80, 80}, {20, 80}, {20, 20}), true);
    ck_assert(shape_touches_box(ring, (struct bbox){5, 5, 6, 6}, 0));
    ck_assert(!shape_touches_box(ring, (struct bbox){50, 50, 60, 60}, 5));
    ck_assert(shape_touches_box(ring, (struct bbox){50, 50, 60, 60}, 20));
    ck_assert(shape_touches_box(ring, (struct bbox){-10, -10, 100, 100}, 0));
    ck_assert(!shape_touches_box(ring, (struct bbox){93, 93, 100, 100}, 4));
    ck_assert(shape_touches_box(ring, (struct bbox){93, 93, 100, 100}, 4.3));
    ck_assert(!shape_touches_box(ring, bbox_empty(), 10));
    shape_free(ring);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("shape");
    TCase *cases = tcase_create("shape");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, parts_follow_each_other_and_the_box_holds_them);
    tcase_add_test(cases, good_shapes_pass);
    tcase_add_test(cases, holes_pass_that_lie_inside_or_touch_their_ring_within);
    tcase_add_test(cases, bad_shapes_are_refused_with_their_place);
    tcase_add_test(cases, no_coordinates_make_the_check_fall_over);
    tcase_add_test(cases, a_label_stands_inside_and_far_from_the_edges);
    tcase_add_test(cases, a_line_is_as_long_as_its_steps);
    tcase_add_test(cases, what_has_no_inside_gives_its_first_point);
    tcase_add_test(cases, a_flat_polygon_gives_a_point_of_itself);
    tcase_add_test(cases, touching_is_a_matter_of_distance_not_of_boxes);
    tcase_add_test(cases, the_inside_of_a_polygon_touches_but_its_hole_does_not);
    suite_add_tcase(suite, cases);
    return suite;
}
