/* What a worker answers when it is asked which tiles a change made stale, with and without time to find out.
 */
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "tests/support/scenery.h"

#define TILES 3

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

static struct order_scene scene_of(struct plot *plot)
{
    return (struct order_scene){.map = &scenery.map,
                                .plots = {plot},
                                .plot_count = 1,
                                .moment_ms = 1790000000000,
                                .palette = scenery.map.palette};
}

/* Three tiles of a form at zoom 12: at the fire, beside it in its district, and some 100 km off. */
static void add_tiles(struct order *order, struct tile_form form)
{
    struct point fire_m = {514296, 6745000};
    struct tile_address at = scenery_tile(&scenery, "WebMercatorQuad", 12, fire_m);
    uint32_t columns[TILES] = {at.column, at.column ^ 1, at.column + 16};
    for (uint32_t i = 0; i < TILES; i++) {
        struct tile_address address = {at.zoom, columns[i], at.row};
        struct order_stale_tile tile = {"WebMercatorQuad", address, form};
        ck_assert(order_stale_add(order, &tile));
    }
}

/* Which of the tiles are stale when a fire comes: "100" is the first one only. */
static const char *answer(struct tile_form form, int64_t left_ms)
{
    static char text[TILES + 1];
    struct plot *before = scenery_plot(&scenery, 7, (struct bbox){4.4, 51.5, 4.8, 51.9}, 40);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    struct order_scene scene = scene_of(before);
    struct order_scene later = scene_of(after);
    struct order order;
    struct order_result *result = order_result_new();
    order_init(&order, ORDER_STALE);
    order.hung.left_ms = left_ms;
    add_tiles(&order, form);
    struct order_draw draw = {
        .config = &config, .renderer = scenery.renderer, .order = &order, .scene = &scene, .later = &later};
    ck_assert_msg(order_draw_stale(&draw, result), "%s", result->fault.message);
    ck_assert_uint_eq(result->length, TILES);
    for (size_t i = 0; i < TILES; i++) {
        text[i] = result->bytes[i] ? '1' : '0';
    }
    order_result_unref(result);
    order_finish(&order);
    plot_unref(before);
    plot_unref(after);
    return text;
}

static const struct tile_form picture = {.format = TILE_PNG, .pixel_ratio = 1, .size_px = 256};
static const struct tile_form vector = {.format = TILE_MVT, .pixel_ratio = 1, .size_px = 512};

START_TEST(with_time_exactly_what_differs_is_stale)
{
    ck_assert_str_eq(answer(picture, 0), "100");
    ck_assert_str_eq(answer(vector, 0), "100");
    ck_assert_str_eq(answer(picture, ORDER_STALE_GRACE_MS + 60000), "100");
    ck_assert_str_eq(answer(vector, ORDER_STALE_GRACE_MS + 60000), "100");
}
END_TEST

/* Who waits has given up when only the grace is left. */
START_TEST(when_the_time_is_over_all_around_the_change_is_stale_and_all_vector_tiles)
{
    ck_assert_str_eq(answer(picture, ORDER_STALE_GRACE_MS - 1), "110");
    ck_assert_str_eq(answer(vector, ORDER_STALE_GRACE_MS - 1), "111");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("order stale");
    TCase *tests = tcase_create("order stale");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, with_time_exactly_what_differs_is_stale);
    tcase_add_test(tests, when_the_time_is_over_all_around_the_change_is_stale_and_all_vector_tiles);
    suite_add_tcase(suite, tests);
    return suite;
}
