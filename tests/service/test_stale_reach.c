/* How far a change reaches when no worker can say: never less than it does, and not to the end of the world.
 */
#include "render/scene/footprint.h"
#include "render/service/config.h"
#include "render/service/tile/stale_reach.h"
#include "render/service/tile/tile_key.h"
#include "tests/support/effort.h"
#include "tests/support/scenery.h"
#include "tests/support/tiles_around.h"

#define MOST_TILES 4096
#define CHANGES 8
#define SMALL_DISTRICT_SCALE 150000 /* render/scene/district.h: at finer ones they are 1024 px */

static const struct bbox netherlands = {3.5, 51.0, 7.0, 53.5};
static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;
static struct config config;

/* What the changes of a test came to. */
struct tally {
    size_t tiles;
    size_t different;
    size_t reached;
};

static void start(const char *catalogue_yaml)
{
    scenery_init(&scenery, catalogue_yaml);
    config = (struct config){.tile_matrix_sets = scenery.tile_matrix_sets, .symbols = scenery.symbols};
}

static void setup(void)
{
    start(NULL);
}

/* Names of a layer, which give way to the plot. */
static void setup_with_places(void)
{
    scenery_write_places(21, bbox_grow(around_moerdijk, 0.1), 300);
    start("layers:\n" SCENERY_PLACES_YAML);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* A set by its number in the list. */
static const struct tile_matrix_set *set_at(size_t index)
{
    return tile_matrix_sets_at(scenery.tile_matrix_sets, index);
}

static struct map_view view_of(const struct plot *plot, const struct tile_matrix_set *set, uint32_t zoom)
{
    return scenery_view(&scenery, plot, tile_matrix_set_grid(set, zoom));
}

static struct tile_key key_of(size_t set, struct tile_address address)
{
    struct tile_form form = {.format = TILE_PNG, .pixel_ratio = 1, .size_px = 256};
    return (struct tile_key){.tile_matrix_set = (uint16_t)set, .address = address, .form = form};
}

/* Of one zoom at a time. */
static struct tile_address tile_items[MOST_TILES];
static struct tile_list tiles = {tile_items, MOST_TILES, 0};

/* All tiles of a zoom, or the first ones. */
static void list_all(const struct tile_matrix_set *set, uint32_t zoom)
{
    const struct tile_matrix *matrix = &set->matrices[zoom];
    tiles.count = 0;
    for (uint32_t row = 0; row < matrix->matrix_height; row++) {
        for (uint32_t column = 0; column < matrix->matrix_width && tiles.count < MOST_TILES; column++) {
            tiles.items[tiles.count++] = (struct tile_address){zoom, column, row};
        }
    }
}

/* How many of the listed tiles a change may reach. All that look different must be among them. */
static void judge(const struct plot *before, const struct plot *after, size_t set_index, struct tally *tally)
{
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    const struct tile_matrix_set *set = set_at(set_index);
    uint32_t zoom = tiles.items[0].zoom;
    struct map_view old = view_of(before, set, zoom);
    struct map_view new = view_of(after, set, zoom);
    ck_assert_msg(
        footprint_stale_tiles(scenery.renderer, &old, &new, set, tiles.items, tiles.count, stale, &fault),
        "%s", fault.message);
    struct stale_reach *reach = stale_reach_new(&config, renderer_crs_context(scenery.renderer), &old, &new);
    for (size_t i = 0; i < tiles.count; i++) {
        struct tile_key key = key_of(set_index, tiles.items[i]);
        bool is_reached = stale_reach_touches(reach, &key);
        ck_assert_msg(is_reached || !stale[i], "%s %u/%u/%u looks different", set->id, zoom,
                      tiles.items[i].column, tiles.items[i].row);
        tally->reached += is_reached;
        tally->different += stale[i];
    }
    tally->tiles += tiles.count;
    stale_reach_free(reach);
}

/* Random changes in a part of the world, in every set. */
static void judge_changes(struct bbox part, uint64_t seed, uint32_t zoom)
{
    uint64_t random = seed;
    struct tally tally = {0};
    for (int i = 0; i < CHANGES; i++) {
        struct plot *before = scenery_plot(&scenery, seed + (uint64_t)i, part, 60);
        struct plot *after = scenery_edited(&scenery, before, &random, part, 2);
        for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
            list_all(set_at(set), zoom);
            judge(before, after, set, &tally);
        }
        plot_unref(before);
        plot_unref(after);
    }
    ck_assert_uint_gt(tally.reached, 0);
}

/* Of the zooms with small districts the coarsest. */
static uint32_t first_fine_zoom(const struct tile_matrix_set *set)
{
    uint32_t zoom = 0;
    struct pixel_grid grid = tile_matrix_set_grid(set, zoom);
    while (pixel_grid_scale_denominator(&grid) >= SMALL_DISTRICT_SCALE) {
        ck_assert_uint_lt(zoom + 1, set->matrix_count);
        grid = tile_matrix_set_grid(set, ++zoom);
    }
    return zoom;
}

/* A change in the middle of some hundred tiles, in every set that has them and at two fine zooms. */
static void judge_fine_change(const struct plot *before, const struct plot *after, struct tally *tally)
{
    for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
        uint32_t zoom = first_fine_zoom(set_at(set));
        for (uint32_t finer = 0; finer < 2; finer++) {
            tiles_around(renderer_crs_context(scenery.renderer), set_at(set), zoom + finer,
                         bbox_grow(around_moerdijk, 0.2), &tiles);
            if (tiles.count > 0) {
                judge(before, after, set, tally);
            }
        }
    }
}

START_TEST(what_looks_different_where_districts_are_small_is_reached_and_not_all)
{
    uint64_t random = 91;
    struct tally tally = {0};
    struct plot *plot = scenery_plot(&scenery, 90, around_moerdijk, 120);
    for (int i = 0; i < test_rounds(CHANGES); i++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, around_moerdijk, 2 + (uint64_t)i);
        judge_fine_change(plot, after, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    printf("%zu tiles of %zu are different, %zu reached\n", tally.different, tally.tiles, tally.reached);
    ck_assert_uint_ge(tally.different, 10);
    ck_assert_uint_lt(tally.reached, tally.tiles / 4 * 3);
}
END_TEST

START_TEST(what_looks_different_is_always_reached)
{
    for (uint32_t zoom = 0; zoom <= 5; zoom++) {
        judge_changes(netherlands, 40 + zoom, zoom);
    }
}
END_TEST

START_TEST(what_looks_different_is_reached_at_the_ends_of_the_world)
{
    for (uint32_t zoom = 0; zoom <= 5; zoom++) {
        judge_changes((struct bbox){178.0, -40.0, 182.0, 40.0}, 60 + zoom, zoom);
        judge_changes((struct bbox){-179.9, 60.0, -176.0, 85.0}, 80 + zoom, zoom);
    }
}
END_TEST

START_TEST(what_lies_far_off_is_not_reached)
{
    struct plot *before = scenery_plot(&scenery, 7, netherlands, 60);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
        if (strcmp(set_at(set)->id, "WebMercatorQuad") == 0) {
            struct tally tally = {0};
            list_all(set_at(set), 6);
            judge(before, after, set, &tally);
            ck_assert_uint_eq(tally.tiles, 4096);
            ck_assert_uint_ge(tally.reached, 1);
            ck_assert_uint_le(tally.reached, 20 * 20); /* districts are squares of 8 x 8 tiles */
        }
    }
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_large_tile_is_reached_with_the_four_that_lie_in_it)
{
    struct plot *before = scenery_plot(&scenery, 8, netherlands, 60);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    struct map_view old = view_of(before, set_at(0), 6);
    struct map_view new = view_of(after, set_at(0), 6);
    struct stale_reach *reach = stale_reach_new(&config, renderer_crs_context(scenery.renderer), &old, &new);
    for (uint32_t i = 0; i < 32 * 32; i++) {
        struct tile_key large = key_of(0, (struct tile_address){5, i % 32, i / 32});
        large.form.size_px = 512;
        for (uint32_t part = 0; part < 4; part++) {
            struct tile_address address = {6, i % 32 * 2 + part % 2, i / 32 * 2 + part / 2};
            struct tile_key small = key_of(0, address);
            ck_assert(stale_reach_touches(reach, &large) || !stale_reach_touches(reach, &small));
        }
    }
    stale_reach_free(reach);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(nothing_is_reached_when_nothing_changed_and_every_vector_tile_when_something_did)
{
    struct plot *plot = scenery_plot(&scenery, 9, netherlands, 60);
    struct plot *after = scenery_put(plot_ref(plot), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    struct map_view old = view_of(plot, set_at(0), 6);
    struct map_view new = view_of(after, set_at(0), 6);
    struct stale_reach *none = stale_reach_new(&config, renderer_crs_context(scenery.renderer), &old, &old);
    struct stale_reach *some = stale_reach_new(&config, renderer_crs_context(scenery.renderer), &old, &new);
    struct tile_key key = key_of(0, (struct tile_address){6, 1, 1});
    ck_assert(!stale_reach_touches(none, &key));
    ck_assert(!stale_reach_touches(some, &key));
    key.form.format = TILE_MVT;
    ck_assert(!stale_reach_touches(none, &key));
    ck_assert(stale_reach_touches(some, &key));
    stale_reach_free(none);
    stale_reach_free(some);
    plot_unref(plot);
    plot_unref(after);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("stale reach");
    TCase *tests = tcase_create("stale reach");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_looks_different_is_always_reached);
    tcase_add_test(tests, what_looks_different_is_reached_at_the_ends_of_the_world);
    tcase_add_test(tests, what_lies_far_off_is_not_reached);
    tcase_add_test(tests, a_large_tile_is_reached_with_the_four_that_lie_in_it);
    tcase_add_test(tests, nothing_is_reached_when_nothing_changed_and_every_vector_tile_when_something_did);
    suite_add_tcase(suite, tests);
    TCase *fine = tcase_create("small districts");
    tcase_add_checked_fixture(fine, setup, teardown);
    tcase_set_timeout(fine, 120);
    tcase_add_test(fine, what_looks_different_where_districts_are_small_is_reached_and_not_all);
    suite_add_tcase(suite, fine);
    TCase *labelled = tcase_create("labelled layer");
    tcase_add_checked_fixture(labelled, setup_with_places, teardown);
    tcase_set_timeout(labelled, 240);
    tcase_add_test(labelled, what_looks_different_is_always_reached);
    tcase_add_test(labelled, what_looks_different_where_districts_are_small_is_reached_and_not_all);
    suite_add_tcase(suite, labelled);
    return suite;
}
