#include "render/scene/plot_shapes.h"

#include "geo/crs.h"
#include "render/scene/antimeridian.h"
#include "tests/support/scenery.h"

#define MOST_BYTES (1 << 20)

static struct crs_context *context;
static struct plot_shapes *shapes;
static const struct pixel_grid grid = {.crs_code = "EPSG:3857",
                                       .origin = {-20037508.342789244, 20037508.342789244},
                                       .units_per_px = 38.21851414258813,
                                       .metres_per_unit = 1};

static void setup(void)
{
    struct fault fault = {0};
    context = crs_context_new(NULL, &fault);
    ck_assert_ptr_nonnull(context);
    shapes = plot_shapes_new(context, MOST_BYTES);
}

static void teardown(void)
{
    plot_shapes_free(shapes);
    crs_context_free(context);
}

static struct plot_shape *get(const struct feature *feature)
{
    struct fault fault = {0};
    struct plot_shape *shape = plot_shapes_get(shapes, feature, &grid, &fault);
    ck_assert_msg(shape != NULL, "%s", fault.message);
    return shape;
}

START_TEST(a_feature_is_made_into_pixels_once)
{
    uint64_t random = 1;
    struct feature *feature = scenery_feature(
        "a", "nl@1/l.afzetting", scenery_random_line(&random, (struct point){4.6, 51.7}, 100, 0.001));
    struct plot_shape *first = get(feature);
    struct plot_shape *second = get(feature);
    ck_assert_ptr_eq(first, second);
    ck_assert(first->has_image);
    ck_assert_uint_le(first->shape->point_count, 100);
    for (size_t i = 0; i < first->shape->point_count; i++) {
        double x = first->shape->points[i].x * 256;
        ck_assert_double_eq(x, floor(x)); /* snapped */
    }
    plot_shape_unref(first);
    plot_shape_unref(second);
    feature_unref(feature);
}
END_TEST

START_TEST(another_version_of_a_feature_is_another_shape)
{
    struct feature *old = scenery_point("a", "nl@1/inc.brand", 4.6, 51.7);
    struct feature *new = scenery_point("a", "nl@1/inc.brand", 4.7, 51.7);
    struct plot_shape *shape_old = get(old);
    struct plot_shape *shape_new = get(new);
    ck_assert_double_lt(shape_old->place.x, shape_new->place.x);
    plot_shape_unref(shape_old);
    plot_shape_unref(shape_new);
    feature_unref(old);
    feature_unref(new);
}
END_TEST

START_TEST(what_nobody_draws_any_more_is_let_go)
{
    for (int i = 0; i < 30000; i++) {
        uint64_t random = 1 + (uint64_t)i;
        struct feature *feature =
            i % 3 ? scenery_point("a", "nl@1/inc.brand", 4.6, 51.7)
                  : scenery_feature("a", "nl@1/l.afzetting",
                                    scenery_random_line(&random, (struct point){4.6, 51.7}, 5, 0.001));
        struct plot_shape *shape = get(feature);
        feature_unref(feature); /* the shape keeps it */
        ck_assert_str_eq(shape->feature->id, "a");
        plot_shape_unref(shape);
        plot_shapes_trim(shapes);
    }
}
END_TEST

START_TEST(shapes_are_the_same_however_little_room_there_is)
{
    struct plot_shapes *poor = plot_shapes_new(context, 0);
    struct feature *features[100];
    for (uint64_t i = 0; i < 100; i++) {
        uint64_t random = i + 1;
        features[i] = scenery_feature("a", "nl@1/l.afzetting",
                                      scenery_random_line(&random, (struct point){4.6, 51.7}, 40, 0.01));
    }
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 100; i++) {
            struct fault fault = {0};
            struct plot_shape *rich_one = get(features[i]);
            struct plot_shape *poor_one = plot_shapes_get(poor, features[i], &grid, &fault);
            const struct shape *a = rich_one->shape;
            const struct shape *b = poor_one->shape;
            ck_assert_uint_eq(a->point_count, b->point_count);
            ck_assert_mem_eq(a->points, b->points, a->point_count * sizeof(*a->points));
            ck_assert_mem_eq(&rich_one->place, &poor_one->place, sizeof(struct point));
            plot_shape_unref(rich_one);
            plot_shapes_trim(poor); /* what the caller still holds lives on */
            ck_assert_ptr_eq(poor_one->feature, features[i]);
            plot_shape_unref(poor_one);
            plot_shapes_trim(poor);
        }
    }
    for (int i = 0; i < 100; i++) {
        feature_unref(features[i]);
    }
    plot_shapes_free(poor);
}
END_TEST

START_TEST(an_area_within_a_point_still_has_a_place)
{
    uint64_t random = 1;
    struct feature *feature =
        scenery_feature("a", "nl@1/a.rood", scenery_random_area(&random, (struct point){4.6, 51.7}, 9, 1e-7));
    struct plot_shape *shape = get(feature);
    ck_assert(shape->has_image);
    ck_assert(point_is_finite(shape->place));
    plot_shape_unref(shape);
    feature_unref(feature);
}
END_TEST

START_TEST(a_pole_has_no_image_in_web_mercator)
{
    struct feature *feature = scenery_point("a", "nl@1/inc.brand", 0, 90);
    struct plot_shape *shape = get(feature);
    ck_assert(!shape->has_image);
    ck_assert(bbox_is_empty(plot_shape_box(shape)));
    plot_shape_unref(shape);
    feature_unref(feature);
}
END_TEST

START_TEST(what_does_not_cross_the_antimeridian_is_left_alone)
{
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{-170, 0}, {0, 10}, {170, 0}}, 3, false);
    ck_assert_ptr_null(antimeridian_cut(line)); /* no step is longer than half the world */
    shape_free(line);
}
END_TEST

START_TEST(areas_around_the_world_or_a_pole_are_meant_as_they_are_given)
{
    struct shape *world = shape_new(SHAPE_POLYGON);
    shape_add_part(world, (struct point[]){{-180, -85}, {180, -85}, {180, 85}, {-180, 85}, {-180, -85}}, 5,
                   false);
    shape_add_part(world, (struct point[]){{10, 10}, {20, 10}, {20, 20}, {10, 10}}, 4, true);
    ck_assert_ptr_null(antimeridian_cut(world));
    shape_free(world);
    struct shape *pole = shape_new(SHAPE_POLYGON);
    const struct point coast[] = {{-180, -80}, {-60, -70},  {60, -72},  {180, -80},
                                  {180, -85},  {-180, -85}, {-180, -80}};
    shape_add_part(pole, coast, 7, false);
    ck_assert_ptr_null(antimeridian_cut(pole));
    shape_free(pole);
}
END_TEST

START_TEST(a_line_over_the_antimeridian_becomes_two_that_end_at_it)
{
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{170, 0}, {-170, 10}}, 2, false);
    struct shape *cut = antimeridian_cut(line);
    ck_assert_ptr_nonnull(cut);
    ck_assert_uint_eq(cut->part_count, 2);
    for (size_t i = 0; i < cut->point_count; i++) {
        ck_assert_double_ge(fabs(cut->points[i].x), 170);
        ck_assert_double_le(fabs(cut->points[i].x), 180);
        ck_assert(fabs(cut->points[i].x) != 180 || fabs(cut->points[i].y - 5) < 1e-9);
    }
    shape_free(line);
    shape_free(cut);
}
END_TEST

START_TEST(a_hole_over_the_antimeridian_stays_in_its_ring)
{
    struct shape *area = shape_new(SHAPE_POLYGON);
    struct point shell[] = {{170, -10}, {-170, -10}, {-170, 10}, {170, 10}, {170, -10}};
    struct point hole[] = {{-175, -5}, {175, -5}, {175, 5}, {-175, 5}, {-175, -5}};
    shape_add_part(area, shell, 5, false);
    shape_add_part(area, hole, 5, true);
    struct shape *cut = antimeridian_cut(area);
    ck_assert_uint_eq(cut->part_count, 4);
    struct point in_hole[] = {{177, 0}, {-177, 0}};
    struct point in_ring[] = {{172, 0}, {-172, 0}};
    for (int i = 0; i < 2; i++) {
        struct bbox hole_box = {in_hole[i].x, in_hole[i].y, in_hole[i].x, in_hole[i].y};
        struct bbox ring_box = {in_ring[i].x, in_ring[i].y, in_ring[i].x, in_ring[i].y};
        ck_assert(!shape_touches_box(cut, hole_box, 0));
        ck_assert(shape_touches_box(cut, ring_box, 0));
    }
    shape_free(area);
    shape_free(cut);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plot shapes");
    TCase *tests = tcase_create("plot shapes");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_feature_is_made_into_pixels_once);
    tcase_add_test(tests, another_version_of_a_feature_is_another_shape);
    tcase_add_test(tests, what_nobody_draws_any_more_is_let_go);
    tcase_add_test(tests, shapes_are_the_same_however_little_room_there_is);
    tcase_add_test(tests, an_area_within_a_point_still_has_a_place);
    tcase_add_test(tests, a_pole_has_no_image_in_web_mercator);
    tcase_add_test(tests, what_does_not_cross_the_antimeridian_is_left_alone);
    tcase_add_test(tests, areas_around_the_world_or_a_pole_are_meant_as_they_are_given);
    tcase_add_test(tests, a_line_over_the_antimeridian_becomes_two_that_end_at_it);
    tcase_add_test(tests, a_hole_over_the_antimeridian_stays_in_its_ring);
    suite_add_tcase(suite, tests);
    return suite;
}
