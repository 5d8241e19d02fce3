#include "render/scene/shape_image.h"

#include "geo/crs.h"
#include "geo/segment.h"
#include "render/scene/crs_way.h"
#include "render/scene/plot_shapes.h"
#include "tests/support/scenery.h"

#define MOST_BYTES (1 << 20)
#define MOST_POINTS 100000
#define TILE_PX 256
#define BORDER_PX 12 /* the stroke along the edge of the world, where that is in sight */

static struct scenery scenery;
static struct crs_context *context;
static struct plot_shapes *shapes;

static void setup(void)
{
    struct fault fault = {0};
    scenery_init(&scenery, NULL);
    context = crs_context_new(NULL, &fault);
    ck_assert_ptr_nonnull(context);
    shapes = plot_shapes_new(context, MOST_BYTES);
}

static void teardown(void)
{
    plot_shapes_free(shapes);
    crs_context_free(context);
    scenery_finish(&scenery);
}

static struct crs_way way_to(const char *crs_code)
{
    struct fault fault = {0};
    struct crs_way way;
    ck_assert_msg(crs_way_find(context, crs_code, &way, &fault), "%s", fault.message);
    return way;
}

/* The same, each edge in a number of steps. */
static struct shape *stepped(const struct shape *shape, int steps)
{
    struct shape *fine = shape_new(shape->kind);
    struct point *points = memory_new((size_t)shape->point_count * (size_t)steps, sizeof(*points));
    for (uint32_t i = 0; i < shape->part_count; i++) {
        const struct point *ends = shape->points + shape->parts[i].first;
        size_t count = 0;
        for (uint32_t j = 1; j < shape->parts[i].count; j++) {
            for (int k = 0; k < steps; k++) {
                points[count++] = point_between(ends[j - 1], ends[j], (double)k / steps);
            }
        }
        points[count++] = ends[shape->parts[i].count - 1];
        shape_add_part(fine, points, count, shape->parts[i].is_hole);
    }
    free(points);
    return fine;
}

static struct shape *line_of(struct point from, struct point to)
{
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){from, to}, 2, false);
    return line;
}

static struct shape *box_area(struct bbox box)
{
    struct point ring[] = {{box.min_x, box.min_y},
                           {box.max_x, box.min_y},
                           {box.max_x, box.max_y},
                           {box.min_x, box.max_y},
                           {box.min_x, box.min_y}};
    struct shape *area = shape_new(SHAPE_POLYGON);
    shape_add_part(area, ring, 5, false);
    return area;
}

static double distance_to(const struct shape *shape, struct point point)
{
    double least = HUGE_VAL;
    for (uint32_t i = 0; i < shape->part_count; i++) {
        const struct point *points = shape->points + shape->parts[i].first;
        for (uint32_t j = 1; j < shape->parts[i].count; j++) {
            least = fmin(least, segment_distance_squared(point, points[j - 1], points[j]));
        }
    }
    return sqrt(least);
}

/* How far the points of each lie beside the other. */
static double most_beside(const struct shape *a, const struct shape *b)
{
    double most = 0;
    for (uint32_t i = 0; i < a->point_count; i++) {
        most = fmax(most, distance_to(b, a->points[i]));
    }
    for (uint32_t i = 0; i < b->point_count; i++) {
        most = fmax(most, distance_to(a, b->points[i]));
    }
    return most;
}

static void check_drawn_alike(struct shape *coarse, struct shape *fine, const struct pixel_grid *grid)
{
    struct feature *two = scenery_feature("two", "nl@1/l.wegdicht", coarse);
    struct feature *many = scenery_feature("many", "nl@1/l.wegdicht", fine);
    struct plot_shape *a = plot_shapes_get(shapes, two, grid, NULL);
    struct plot_shape *b = plot_shapes_get(shapes, many, grid, NULL);
    ck_assert(a->has_image && b->has_image);
    ck_assert_double_le(most_beside(a->shape, b->shape), 1);
    plot_shape_unref(a);
    plot_shape_unref(b);
    feature_unref(two);
    feature_unref(many);
}

START_TEST(an_edge_and_the_same_in_200_steps_are_drawn_alike_in_every_set_at_every_zoom)
{
    static const struct point ends[][2] = {{{4.6, 51.69}, {4.745, 51.69}},
                                           {{4.6, 51.69}, {5.036, 51.69}},
                                           {{4.6, 51.69}, {6.6, 51.69}},
                                           {{3.5, 51.2}, {7.1, 53.4}},
                                           {{6.0, 50.8}, {5.9, 53.5}}};
    static const uint32_t zooms[] = {0, 3, 6, 9, 12};
    for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
        for (size_t zoom = 0; zoom < sizeof zooms / sizeof zooms[0]; zoom++) {
            struct pixel_grid grid =
                tile_matrix_set_grid(tile_matrix_sets_at(scenery.tile_matrix_sets, set), zooms[zoom]);
            for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
                struct shape *line = line_of(ends[i][0], ends[i][1]);
                struct shape *area = box_area(line->box);
                check_drawn_alike(line, stepped(line, 200), &grid);
                check_drawn_alike(area, stepped(area, 200), &grid);
            }
        }
    }
}
END_TEST

START_TEST(the_points_of_a_long_edge_lie_on_its_image)
{
    static const char *const codes[] = {"EPSG:28992", "EPSG:3035", "EPSG:3857", "EPSG:25831", "EPSG:31370"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct crs_way way = way_to(codes[i]);
        struct shape *line = line_of((struct point){4.0, 52.0}, (struct point){6.0, 52.5});
        struct shape *fine = stepped(line, 1000);
        struct shape *image = shape_image_of(&way, line, NULL);
        ck_assert(crs_way_points(&way, fine->points, fine->point_count, NULL));
        ck_assert_uint_gt(image->point_count, 2);
        for (uint32_t j = 0; j < fine->point_count; j++) {
            ck_assert_double_le(distance_to(image, fine->points[j]), 0.11);
        }
        shape_free(image);
        shape_free(fine);
        shape_free(line);
    }
}
END_TEST

START_TEST(an_edge_that_bends_to_both_sides_is_seen_to_be_bent)
{
    struct crs_way way = way_to("EPSG:3857");
    struct shape *line =
        line_of((struct point){-80, -80}, (struct point){80, 80}); /* its middle is straight */
    struct shape *image = shape_image_of(&way, line, NULL);
    ck_assert_uint_gt(image->point_count, 100);
    shape_free(image);
    shape_free(line);
}
END_TEST

START_TEST(what_stays_straight_and_what_is_short_gets_no_points_more)
{
    uint64_t random = 7;
    struct crs_way mercator = way_to("EPSG:3857");
    struct crs_way rd = way_to("EPSG:28992");
    struct shape *box = box_area((struct bbox){3, 50, 7, 54});
    struct shape *line = scenery_random_line(&random, (struct point){5, 52}, 500, 0.009);
    struct shape *box_image = shape_image_of(&mercator, box, NULL);
    struct shape *line_image = shape_image_of(&rd, line, NULL);
    ck_assert_uint_eq(box_image->point_count, 5);
    ck_assert_uint_eq(line_image->point_count, 500);
    shape_free(box_image);
    shape_free(line_image);
    shape_free(box);
    shape_free(line);
}
END_TEST

START_TEST(very_many_long_edges_are_divided_less)
{
    uint64_t random = 7;
    struct crs_way way = way_to("EPSG:28992");
    struct point *points = memory_new(MOST_POINTS, sizeof(*points));
    for (int i = 0; i < MOST_POINTS; i++) {
        points[i] = (struct point){random_between(&random, -30, 40), random_between(&random, 20, 80)};
    }
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, points, MOST_POINTS, false);
    struct shape *image = shape_image_of(&way, line, NULL);
    ck_assert_uint_lt(image->point_count, 3 * MOST_POINTS);
    shape_free(image);
    shape_free(line);
    free(points);
}
END_TEST

START_TEST(a_hole_stays_a_hole)
{
    struct crs_way way = way_to("EPSG:28992");
    struct shape *area = box_area((struct bbox){-85, -80, 85, 85});
    struct shape *hole = box_area((struct bbox){4, 51, 6, 53});
    shape_add_part(area, hole->points, hole->point_count, true);
    struct shape *image = shape_image_of(&way, area, NULL);
    ck_assert_uint_eq(image->part_count, 2);
    ck_assert(!image->parts[0].is_hole && image->parts[1].is_hole);
    ck_assert(!shape_touches_box(image, (struct bbox){155000, 463000, 155000, 463000}, 0));
    ck_assert(shape_touches_box(image, (struct bbox){155000, 303000, 155000, 303000}, 0));
    shape_free(image);
    shape_free(hole);
    shape_free(area);
}
END_TEST

/* The first tile of a set with nothing on it but one area. */
static struct image *draw_area(const struct tile_matrix_set *set, struct bbox lon_lat_deg)
{
    struct feature *feature = scenery_feature("a", "nl@1/a.effect", box_area(lon_lat_deg));
    struct plot *plot = scenery_put(scenery_empty_plot(), feature, 1);
    struct map_view view = scenery_view(&scenery, plot, tile_matrix_set_grid(set, 0));
    struct image *image = scenery_picture(&scenery, &view, (struct pixel_box){0, 0, TILE_PX, TILE_PX}, 1);
    plot_unref(plot);
    return image;
}

START_TEST(an_area_over_the_world_fills_every_tile_and_shows_no_edge_but_that_of_the_world)
{
    for (size_t i = 0; i < tile_matrix_sets_count(scenery.tile_matrix_sets); i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(scenery.tile_matrix_sets, i);
        bool has_world_edge = set->matrices[0].cell_size > 100000 || set->metres_per_unit > 1;
        int border = has_world_edge ? BORDER_PX : 0;
        struct image *image = draw_area(set, (struct bbox){-180, -90, 180, 90});
        uint32_t fill = image->pixels[TILE_PX / 2 * image->stride_px + TILE_PX / 2];
        ck_assert_uint_ne(fill, 0xFFCFE3EE); /* the background */
        for (int y = border; y < TILE_PX - border; y++) {
            for (int x = border; x < TILE_PX - border; x++) {
                ck_assert_msg(image->pixels[y * image->stride_px + x] == fill, "%s: %d, %d", set->id, x, y);
            }
        }
        image_free(image);
    }
}
END_TEST

START_TEST(a_cap_to_the_pole_is_drawn_up_to_the_end_of_web_mercator)
{
    struct image *image = draw_area(tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad"),
                                    (struct bbox){-180, 80, 180, 90});
    const uint32_t *column = image->pixels + TILE_PX / 2;
    ck_assert_uint_ne(column[0], 0xFFCFE3EE);
    for (int y = 1; y < 15; y++) { /* 80 degrees lie at 28.6 px */
        ck_assert_uint_eq(column[y * image->stride_px], column[0]);
    }
    ck_assert_uint_eq(column[100 * image->stride_px], 0xFFCFE3EE);
    image_free(image);
}
END_TEST

START_TEST(a_line_across_everything_is_cut_and_one_far_away_has_no_image)
{
    struct crs_way way = way_to("EPSG:28992");
    struct shape *across = line_of((struct point){-85, 52}, (struct point){85, 52});
    struct shape *away = line_of((struct point){-100, 40}, (struct point){-80, 41});
    struct shape *across_image = shape_image_of(&way, across, NULL);
    struct shape *away_image = shape_image_of(&way, away, NULL);
    ck_assert_uint_gt(across_image->point_count, 100);
    ck_assert_double_gt(bbox_width(across_image->box), 2e6);
    ck_assert_uint_eq(away_image->point_count, 0);
    struct pixel_grid grid = scenery_grid(&scenery, "NetherlandsRDNewQuad", 3);
    struct feature *feature = scenery_feature("away", "nl@1/l.wegdicht", away);
    struct plot_shape *shape = plot_shapes_get(shapes, feature, &grid, NULL);
    ck_assert(!shape->has_image); /* so it is among the features left out */
    plot_shape_unref(shape);
    feature_unref(feature);
    shape_free(away_image);
    shape_free(across_image);
    shape_free(across);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("shape image");
    TCase *edges = tcase_create("edges");
    tcase_add_checked_fixture(edges, setup, teardown);
    tcase_set_timeout(edges, 60);
    tcase_add_test(edges, an_edge_and_the_same_in_200_steps_are_drawn_alike_in_every_set_at_every_zoom);
    tcase_add_test(edges, the_points_of_a_long_edge_lie_on_its_image);
    tcase_add_test(edges, an_edge_that_bends_to_both_sides_is_seen_to_be_bent);
    tcase_add_test(edges, what_stays_straight_and_what_is_short_gets_no_points_more);
    tcase_add_test(edges, very_many_long_edges_are_divided_less);
    suite_add_tcase(suite, edges);
    TCase *world = tcase_create("far outside");
    tcase_add_checked_fixture(world, setup, teardown);
    tcase_add_test(world, a_hole_stays_a_hole);
    tcase_add_test(world, an_area_over_the_world_fills_every_tile_and_shows_no_edge_but_that_of_the_world);
    tcase_add_test(world, a_cap_to_the_pole_is_drawn_up_to_the_end_of_web_mercator);
    tcase_add_test(world, a_line_across_everything_is_cut_and_one_far_away_has_no_image);
    suite_add_tcase(suite, world);
    return suite;
}
