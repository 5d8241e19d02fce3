/*
 * Laws 2 and 4 at the antimeridian: where the world runs on, its edge is a place like any other.
 *
 * The same features are drawn around longitude 180 and around longitude 0. Half a turn is a whole number of
 * tiles and districts, so the pictures are compared to the last dot: symbols, lines and areas that stand
 * across the edge are whole when tiles of both sides are laid side by side, and labels stand where they do
 * beside any border of districts.
 */
#include "render/scene/footprint.h"
#include "tests/support/scenery.h"

#define ROWS 3    /* of tiles, on either side of the equator */
#define COLUMNS 3 /* on either side of the edge */
#define ALL_TILES (4 * ROWS * COLUMNS)
#define FEATURES 220
#define ZOOM 5
#define SPREAD_DEG 9.0
#define EDITS 8 /* of the points among them each stands on the edge */

static struct scenery scenery;

static void setup(void)
{
    scenery_init(&scenery, NULL);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* Eastward; what comes beyond 180 goes on at -180. */
static void turn_shape(struct shape *shape, double turn_deg)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        double lon = shape->points[i].x + turn_deg;
        shape->points[i].x = lon > 180 ? lon - 360 : lon;
    }
    shape_update_box(shape);
}

/* Hatches and dots in an area hang on the pixels of the zoom, and half a turn is not a whole number of them.
 */
static bool has_pattern(const struct feature *feature)
{
    const struct symbol_entry *entry = symbol_library_resolve(scenery.symbols, &feature->code, NULL);
    bool is_area = entry && feature->shape->kind == SHAPE_POLYGON;
    enum fill_kind kind =
        is_area ? symbol_area_look(entry, &feature->code, PALETTE_DEFAULT).fill.kind : FILL_FLAT;
    return kind != FILL_FLAT && kind != FILL_NONE;
}

static struct feature *plain_feature(uint64_t *random, uint32_t number)
{
    static const struct bbox around_zero = {-SPREAD_DEG, -SPREAD_DEG, SPREAD_DEG, SPREAD_DEG};
    struct feature *feature = scenery_random_feature(&scenery, random, around_zero, number);
    while (has_pattern(feature)) {
        feature_unref(feature);
        feature = scenery_random_feature(&scenery, random, around_zero, number);
    }
    return feature;
}

/* The number-th of a seed: of points the first stand on the edge itself. */
static struct feature *feature_at(uint64_t *random, uint32_t number, double turn_deg)
{
    struct feature *feature = plain_feature(random, number);
    if (number < 8 && feature->shape->kind == SHAPE_POINT) {
        feature->shape->points[0].x = 0;
    }
    turn_shape(feature->shape, turn_deg);
    return feature;
}

static struct plot *plot_around(uint64_t seed, double turn_deg)
{
    struct plot *plot = scenery_empty_plot();
    uint64_t random = seed;
    for (uint32_t i = 0; i < FEATURES; i++) {
        plot = scenery_put(plot, feature_at(&random, i, turn_deg), i + 1);
    }
    return plot;
}

static struct map_view view_of(const struct plot *const *plot, const struct tile_matrix_set *set)
{
    return map_view_of(&scenery.map, scenery.symbols, plot, 1, MOMENT_NONE, tile_matrix_set_grid(set, ZOOM));
}

/* The tiles around a column, which begins at longitude 0 or at the edge, west to east. */
static void list_tiles(const struct tile_matrix_set *set, uint32_t column,
                       struct tile_address tiles[static ALL_TILES])
{
    const struct tile_matrix *matrix = &set->matrices[ZOOM];
    for (uint32_t i = 0; i < ALL_TILES; i++) {
        tiles[i].zoom = ZOOM;
        tiles[i].column =
            (column + matrix->matrix_width + i % (2 * COLUMNS) - COLUMNS) % matrix->matrix_width;
        tiles[i].row = matrix->matrix_height / 2 + i / (2 * COLUMNS) - ROWS;
    }
}

static struct image *tile_of(const struct map_view *view, const struct tile_matrix_set *set,
                             struct tile_address address)
{
    struct fault fault = {0};
    struct image *image = tile_render(scenery.renderer, view, set, address, 1, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

static size_t differing_dots(const struct image *a, const struct image *b)
{
    size_t count = 0;
    for (int y = 0; y < a->height; y++) {
        for (int x = 0; x < a->width; x++) {
            count += a->pixels[y * a->stride_px + x] != b->pixels[y * b->stride_px + x];
        }
    }
    return count;
}

static size_t differing_tiles(const struct map_view *at_zero, const struct map_view *at_edge,
                              const struct tile_matrix_set *set)
{
    struct tile_address inner[ALL_TILES];
    struct tile_address outer[ALL_TILES];
    size_t count = 0;
    list_tiles(set, set->matrices[ZOOM].matrix_width / 2, inner);
    list_tiles(set, 0, outer);
    for (int i = 0; i < ALL_TILES; i++) {
        struct image *expected = tile_of(at_zero, set, inner[i]);
        struct image *found = tile_of(at_edge, set, outer[i]);
        size_t dots = differing_dots(expected, found);
        if (dots > 0) {
            printf("%s: tile %u/%u/%u has %zu other dots\n", set->id, ZOOM, outer[i].row, outer[i].column,
                   dots);
        }
        count += dots > 0;
        image_free(expected);
        image_free(found);
    }
    return count;
}

static void check_edge(const char *set_id, enum map_crowded crowded)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, set_id);
    struct plot *zero = plot_around(71, 0);
    struct plot *edge = plot_around(71, 180);
    struct map_view at_zero = view_of((const struct plot *[]){zero}, set);
    struct map_view at_edge = view_of((const struct plot *[]){edge}, set);
    at_zero.crowded = at_edge.crowded = crowded;
    ck_assert_uint_eq(differing_tiles(&at_zero, &at_edge, set), 0);
    plot_unref(zero);
    plot_unref(edge);
}

START_TEST(the_edge_of_the_world_is_a_place_like_any_other_in_web_mercator)
{
    check_edge("WebMercatorQuad", MAP_CROWDED_SHRINK);
}
END_TEST

START_TEST(the_edge_of_the_world_is_a_place_like_any_other_in_degrees)
{
    check_edge("WorldCRS84Quad", MAP_CROWDED_SHRINK);
}
END_TEST

START_TEST(badges_count_alike_at_the_edge_of_the_world)
{
    check_edge("WebMercatorQuad", MAP_CROWDED_COUNT);
}
END_TEST

/* A window around the column, as wide as the tiles around it. */
static struct image *window_around(const struct plot *plot, const struct tile_matrix_set *set, int64_t column)
{
    struct map_view view = view_of((const struct plot *[]){plot}, set);
    int64_t row = set->matrices[ZOOM].matrix_height / 2;
    struct pixel_box box = {(column - COLUMNS) * 256 + 37, (row - ROWS) * 256 + 11, 2 * COLUMNS * 256 - 90,
                            2 * ROWS * 256 - 40};
    return scenery_picture(&scenery, &view, box, 1);
}

START_TEST(a_picture_across_the_edge_shows_both_sides)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct plot *zero = plot_around(74, 0);
    struct plot *edge = plot_around(74, 180);
    int64_t width = set->matrices[ZOOM].matrix_width;
    struct image *expected = window_around(zero, set, width / 2);
    struct image *west = window_around(edge, set, 0);
    struct image *east = window_around(edge, set, width);
    ck_assert_uint_eq(differing_dots(expected, west), 0);
    ck_assert_uint_eq(differing_dots(expected, east), 0);
    image_free(expected);
    image_free(west);
    image_free(east);
    plot_unref(zero);
    plot_unref(edge);
}
END_TEST

/* Of no tile matrix: it begins at a longitude. */
static struct image *framed_picture(const struct plot *plot, double west_deg)
{
    struct pixel_grid grid = {.crs_code = "OGC:CRS84",
                              .origin = {west_deg, 12},
                              .units_per_px = 0.05,
                              .metres_per_unit = 111319.4907932264};
    struct pixel_box box = {0, 0, 480, 480};
    struct map_view view =
        map_view_of(&scenery.map, scenery.symbols, (const struct plot *[]){plot}, 1, MOMENT_NONE, grid);
    view.frame_px = pixel_box_to_bbox(box);
    return scenery_picture(&scenery, &view, box, 1);
}

START_TEST(a_framed_picture_that_begins_west_of_the_world_goes_on_there)
{
    struct plot *zero = plot_around(75, 0);
    struct plot *edge = plot_around(75, 180);
    struct image *expected = framed_picture(zero, -12);
    struct image *found = framed_picture(edge, -192);
    ck_assert_uint_eq(differing_dots(expected, found), 0);
    image_free(expected);
    image_free(found);
    plot_unref(zero);
    plot_unref(edge);
}
END_TEST

/* How one random edit shows on the tiles around the edge. */
struct tally {
    size_t different;
    size_t missed; /* different, not marked */
    size_t marked;
    size_t hidden; /* marked, not different */
    size_t across; /* edits that show on both sides */
};

static void compare_edit(const struct tile_matrix_set *set, const struct map_view *before,
                         const struct map_view *after, struct tally *tally)
{
    struct fault fault = {0};
    struct tile_address tiles[ALL_TILES];
    bool stale[ALL_TILES];
    bool is_west = false;
    bool is_east = false;
    list_tiles(set, 0, tiles);
    ck_assert_msg(
        footprint_stale_tiles(scenery.renderer, before, after, set, tiles, ALL_TILES, stale, &fault), "%s",
        fault.message);
    for (int i = 0; i < ALL_TILES; i++) {
        struct image *old = tile_of(before, set, tiles[i]);
        struct image *new = tile_of(after, set, tiles[i]);
        bool is_different = differing_dots(old, new) > 0;
        tally->different += is_different;
        tally->marked += stale[i];
        tally->missed += is_different && !stale[i];
        tally->hidden += stale[i] && !is_different;
        is_east = is_east || (is_different && tiles[i].column < COLUMNS);
        is_west = is_west || (is_different && tiles[i].column >= COLUMNS);
        image_free(old);
        image_free(new);
    }
    tally->across += is_west && is_east;
}

START_TEST(a_change_at_the_edge_makes_stale_what_it_touches_on_both_sides)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct plot *plot = plot_around(72, 180);
    struct tally tally = {0};
    uint64_t random = 73;
    for (uint32_t edit = 0; edit < EDITS; edit++) {
        struct plot *before = plot_ref(plot);
        plot = scenery_put(plot, feature_at(&random, edit, 180), FEATURES + 1 + edit);
        struct map_view old = view_of((const struct plot *[]){before}, set);
        struct map_view new = view_of((const struct plot *[]){plot}, set);
        compare_edit(set, &old, &new, &tally);
        plot_unref(before);
    }
    printf("%zu tiles different, %zu marked, %zu hidden, %zu edits on both sides\n", tally.different,
           tally.marked, tally.hidden, tally.across);
    ck_assert_uint_eq(tally.missed, 0);
    ck_assert_uint_gt(tally.across, EDITS / 4);
    ck_assert_uint_le(tally.hidden, tally.marked / 20);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 2 and 4: the edge of the world");
    TCase *tests = tcase_create("edge of the world");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_edge_of_the_world_is_a_place_like_any_other_in_web_mercator);
    tcase_add_test(tests, the_edge_of_the_world_is_a_place_like_any_other_in_degrees);
    tcase_add_test(tests, badges_count_alike_at_the_edge_of_the_world);
    tcase_add_test(tests, a_change_at_the_edge_makes_stale_what_it_touches_on_both_sides);
    tcase_add_test(tests, a_picture_across_the_edge_shows_both_sides);
    tcase_add_test(tests, a_framed_picture_that_begins_west_of_the_world_goes_on_there);
    suite_add_tcase(suite, tests);
    return suite;
}
