/*
 * test_symbol_stock.c - symbols that are made ahead: the same pictures, those that are asked for later, and
 * never more than was wanted at a time.
 */
#include "render/scene/symbol_stock.h"

#include "render/placement/placement.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "tests/support/scenery.h"

#define LATER_US INT64_MAX

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;
static struct plot *plot;
static struct map_view view;

static void setup(void)
{
    scenery_init(&scenery, NULL);
    plot = scenery_plot(&scenery, 1953, around_moerdijk, 300);
    view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
}

static void teardown(void)
{
    plot_unref(plot);
    scenery_finish(&scenery);
}

static struct image *draw(struct renderer *renderer)
{
    struct fault fault = {0};
    struct tile_address address =
        scenery_tile(&scenery, "WebMercatorQuad", 13, (struct point){510000, 6738000});
    struct pixel_box box = {address.column * INT64_C(256), address.row * INT64_C(256), 256, 256};
    struct image *image = picture_render(renderer, &view, box, 1, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

START_TEST(pictures_are_the_same_with_and_without_a_stock)
{
    struct symbol_stock stock = {0};
    struct image *before = draw(scenery.renderer);
    struct renderer *renderer = scenery_renderer();
    ck_assert(!symbol_stock_fill(&stock, renderer, &view, LATER_US));
    struct image *after = draw(renderer);
    scenery_same_pictures(before, after);
    renderer_free(renderer);
}
END_TEST

/* What a tile needs besides are numbers beside symbols, and marks along lines. */
START_TEST(symbols_of_a_tile_are_in_stock)
{
    struct symbol_stock stock = {0};
    struct fault fault = {0};
    symbol_stock_fill(&stock, scenery.renderer, &view, LATER_US);
    size_t bytes = symbol_cache_bytes(scenery.renderer->symbol_cache);
    ck_assert_uint_gt(bytes, 0);
    for (size_t i = 0; i < plot_count(plot); i++) {
        const struct feature *feature = plot_at(plot, i);
        struct symbol_code code = feature->code;
        memset(code.texts, 0, sizeof code.texts);
        const struct symbol_entry *entry = symbol_library_resolve(scenery.symbols, &code, NULL);
        if (feature->shape->kind == SHAPE_POINT && entry && entry->kind != KIND_PLATE) {
            ck_assert_ptr_nonnull(symbol_cache_get(scenery.renderer->symbol_cache, entry, &code, DETAIL_SMALL,
                                                   view.palette, view.symbol_scale, &fault));
        }
    }
    ck_assert_uint_eq(symbol_cache_bytes(scenery.renderer->symbol_cache), bytes);
}
END_TEST

START_TEST(it_goes_on_where_it_stopped)
{
    struct symbol_stock stock = {0};
    size_t rounds = 0;
    while (symbol_stock_fill(&stock, scenery.renderer, &view, 0)) {
        rounds++;
        ck_assert_uint_le(rounds, plot_count(plot));
    }
    ck_assert_uint_eq(rounds, plot_count(plot)); /* one feature each time, since its time is over */
}
END_TEST

START_TEST(a_plot_that_shrinks_meanwhile_ends_it)
{
    struct symbol_stock stock = {.feature = 1000000};
    ck_assert(!symbol_stock_fill(&stock, scenery.renderer, &view, LATER_US));
    ck_assert_uint_eq(symbol_cache_bytes(scenery.renderer->symbol_cache), 0);
}
END_TEST

/* A view in every size of symbols is as good as a plot with ever more of them. */
START_TEST(it_leaves_room_for_others)
{
    struct symbol_cache *cache = scenery.renderer->symbol_cache;
    for (int i = 0; i < 200 && symbol_cache_bytes(cache) < SYMBOL_CACHE_BYTES_MAX / 2; i++) {
        struct symbol_stock stock = {0};
        view.symbol_scale = 1 + i / 100.0;
        symbol_stock_fill(&stock, scenery.renderer, &view, LATER_US);
    }
    size_t bytes = symbol_cache_bytes(cache);
    ck_assert_uint_ge(bytes, SYMBOL_CACHE_BYTES_MAX / 2);
    ck_assert_uint_lt(bytes, SYMBOL_CACHE_BYTES_MAX);
    struct symbol_stock stock = {0};
    view.symbol_scale = 4;
    ck_assert(!symbol_stock_fill(&stock, scenery.renderer, &view, LATER_US));
    ck_assert_uint_eq(symbol_cache_bytes(cache), bytes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol_stock");
    TCase *tcase = tcase_create("symbol_stock");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, pictures_are_the_same_with_and_without_a_stock);
    tcase_add_test(tcase, symbols_of_a_tile_are_in_stock);
    tcase_add_test(tcase, it_goes_on_where_it_stopped);
    tcase_add_test(tcase, a_plot_that_shrinks_meanwhile_ends_it);
    tcase_add_test(tcase, it_leaves_room_for_others);
    suite_add_tcase(suite, tcase);
    return suite;
}
