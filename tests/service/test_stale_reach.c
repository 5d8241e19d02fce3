/* How far a change reaches when no worker can say: never less than it does, and not to the end of the world.
 */
#include "render/scene/footprint.h"
#include "render/service/config.h"
#include "render/service/tile/stale_reach.h"
#include "render/service/tile/tile_key.h"
#include "tests/support/scenery.h"

#define MOST_TILES 4096
#define CHANGES 8

static struct scenery scenery;
static struct config config;

static void setup(void)
{
    scenery_init(&scenery, NULL);
    config = (struct config){.tile_matrix_sets = scenery.tile_matrix_sets, .symbols = scenery.symbols};
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

/* All tiles of a zoom, or the first ones. */
static size_t all_tiles(const struct tile_matrix_set *set, uint32_t zoom,
                        struct tile_address addresses[static MOST_TILES])
{
    const struct tile_matrix *matrix = &set->matrices[zoom];
    size_t count = 0;
    for (uint32_t row = 0; row < matrix->matrix_height; row++) {
        for (uint32_t column = 0; column < matrix->matrix_width && count < MOST_TILES; column++) {
            addresses[count++] = (struct tile_address){zoom, column, row};
        }
    }
    return count;
}

/* How many tiles of a zoom a change may reach. All that look different must be among them. */
static size_t judge(const struct plot *before, const struct plot *after, size_t set_index, uint32_t zoom,
                    size_t *tile_count)
{
    static struct tile_address addresses[MOST_TILES];
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    const struct tile_matrix_set *set = set_at(set_index);
    struct map_view old = view_of(before, set, zoom);
    struct map_view new = view_of(after, set, zoom);
    size_t reached = 0;
    *tile_count = all_tiles(set, zoom, addresses);
    ck_assert_msg(
        footprint_stale_tiles(scenery.renderer, &old, &new, set, addresses, *tile_count, stale, &fault), "%s",
        fault.message);
    struct stale_reach *reach = stale_reach_new(&config, &old, &new);
    for (size_t i = 0; i < *tile_count; i++) {
        struct tile_key key = key_of(set_index, addresses[i]);
        bool is_reached = stale_reach_touches(reach, &key);
        ck_assert_msg(is_reached || !stale[i], "%s %u/%u/%u looks different", set->id, zoom,
                      addresses[i].column, addresses[i].row);
        reached += is_reached;
    }
    stale_reach_free(reach);
    return reached;
}

/* Random changes in a part of the world, in every set. */
static void judge_changes(struct bbox part, uint64_t seed, uint32_t zoom)
{
    uint64_t random = seed;
    for (int i = 0; i < CHANGES; i++) {
        struct plot *before = scenery_plot(&scenery, seed + (uint64_t)i, part, 60);
        struct plot *after = scenery_edited(&scenery, before, &random, part, 2);
        for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
            size_t count;
            judge(before, after, set, zoom, &count);
        }
        plot_unref(before);
        plot_unref(after);
    }
}

START_TEST(what_looks_different_is_always_reached)
{
    for (uint32_t zoom = 0; zoom <= 5; zoom++) {
        judge_changes((struct bbox){3.5, 51.0, 7.0, 53.5}, 40 + zoom, zoom);
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
    size_t count;
    struct plot *before = scenery_plot(&scenery, 7, (struct bbox){3.5, 51.0, 7.0, 53.5}, 60);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    for (size_t set = 0; set < tile_matrix_sets_count(scenery.tile_matrix_sets); set++) {
        if (strcmp(set_at(set)->id, "WebMercatorQuad") == 0) {
            size_t reached = judge(before, after, set, 6, &count);
            ck_assert_uint_eq(count, 4096);
            ck_assert_uint_ge(reached, 1);
            ck_assert_uint_le(reached, 20 * 20); /* districts are squares of 8 x 8 tiles */
        }
    }
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_large_tile_is_reached_with_the_four_that_lie_in_it)
{
    struct plot *before = scenery_plot(&scenery, 8, (struct bbox){3.5, 51.0, 7.0, 53.5}, 60);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    struct map_view old = view_of(before, set_at(0), 6);
    struct map_view new = view_of(after, set_at(0), 6);
    struct stale_reach *reach = stale_reach_new(&config, &old, &new);
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
    struct plot *plot = scenery_plot(&scenery, 9, (struct bbox){3.5, 51.0, 7.0, 53.5}, 60);
    struct plot *after = scenery_put(plot_ref(plot), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    struct map_view old = view_of(plot, set_at(0), 6);
    struct map_view new = view_of(after, set_at(0), 6);
    struct stale_reach *none = stale_reach_new(&config, &old, &old);
    struct stale_reach *some = stale_reach_new(&config, &old, &new);
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
    return suite;
}
