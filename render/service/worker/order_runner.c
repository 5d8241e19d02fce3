/*
 * order_runner.c - has the scene of an order read, lets order_draw.c make it, and adds what every result
 * says.
 */
#include "render/service/worker/order_runner.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/crs.h"
#include "render/briefing/briefing.h"
#include "render/briefing/note_title.h"
#include "render/layer/layer_stock.h"
#include "render/renderer.h"
#include "render/scene/symbol_stock.h"
#include "render/service/config.h"
#include "render/service/worker/district_stock.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plot_shelf.h"

#define LONG_US 200000 /* giving memory back takes a tenth of that at most */

struct order_runner {
    const struct config *config;
    struct renderer *renderer;
    struct plot_shelf *shelf;
    size_t prepared_count;          /* of the maps of the configuration */
    struct layer_stock layer_stock; /* of the first map that is not prepared */
    struct symbol_stock symbol_stock;
    struct district_stock *districts;
    bool counts_features;
};

struct order_runner *order_runner_new(const struct config *config, struct fault *fault)
{
    return order_runner_new_with(config, NULL, fault);
}

struct order_runner *order_runner_new_with(const struct config *config, struct plot_shelf *shelf,
                                           struct fault *fault)
{
    struct renderer *renderer = renderer_new(config->grid_folder, fault);
    if (!renderer) {
        plot_shelf_free(shelf);
        return NULL;
    }
    renderer_set_kept_bytes(renderer, (size_t)config->service.kept_bytes);
    struct order_runner *runner = memory_new(1, sizeof(*runner));
    runner->config = config;
    runner->renderer = renderer;
    runner->shelf = shelf ? shelf : plot_shelf_new(config->store_path);
    runner->districts = district_stock_new(config, renderer);
    return runner;
}

void order_runner_listen(struct order_runner *runner, const struct layer_listener *listener)
{
    renderer_listen(runner->renderer, listener);
}

void order_runner_count_features(struct order_runner *runner)
{
    runner->counts_features = true;
}

void order_runner_free(struct order_runner *runner)
{
    if (!runner) {
        return;
    }
    district_stock_free(runner->districts);
    plot_shelf_free(runner->shelf);
    renderer_free(runner->renderer);
    free(runner);
}

bool order_runner_prepare(struct order_runner *runner, int64_t most_us)
{
    if (runner->prepared_count == maps_count(runner->config->maps)) {
        return false;
    }
    struct order_scene scene = {.map = maps_at(runner->config->maps, runner->prepared_count)};
    scene.palette = scene.map->palette;
    order_scene_find_plots(&scene, runner->shelf);
    struct map_view view = order_scene_view(runner->config, &scene, (struct pixel_grid){0});
    int64_t until_us = monotonic_now_us() + most_us;
    if (!layer_stock_fill(&runner->layer_stock, runner->renderer, &view, until_us) &&
        !symbol_stock_fill(&runner->symbol_stock, runner->renderer, &view, until_us)) {
        runner->layer_stock = (struct layer_stock){0};
        runner->symbol_stock = (struct symbol_stock){0};
        runner->prepared_count++;
    }
    order_scene_finish(&scene);
    return true;
}

bool order_runner_prepare_district(struct order_runner *runner)
{
    struct order_scene scene = {0};
    struct fault fault;
    const struct order *wish = district_stock_wish(runner->districts);
    if (!wish) {
        return false;
    }
    bool is_read = order_scene_read(runner->config, runner->shelf, wish, &scene, &fault);
    if (is_read) {
        district_stock_fill(runner->districts, &scene);
    }
    order_scene_finish(&scene);
    return is_read;
}

static void describe(struct order_result *result, const struct order_scene *scene)
{
    hash_write(hash_block(result->bytes, result->length), result->etag);
    if (!scene->map) {
        return;
    }
    result->moment_ms = scene->moment_ms;
    result->marking = map_marking(scene->map);
    result->plot_count = scene->plot_count;
    for (size_t i = 0; i < scene->plot_count; i++) {
        result->revisions[i] = plot_revision(scene->plots[i]);
    }
}

static bool ping(const struct order_draw *draw, struct order_result *result)
{
    if (!crs_context_has_rd_grid(renderer_crs_context(draw->renderer))) {
        report_add(&result->report, REPORT_NO_RD_GRID, "EPSG:28992",
                   "the RDNAPTRANS2018 grid is not there: RD coordinates are up to 0.25 m off");
    }
    return true;
}

static bool run_kind(const struct order_draw *draw, struct order_result *result)
{
    static bool (*const kinds[ORDER_KIND_COUNT])(const struct order_draw *, struct order_result *) = {
        [ORDER_PING] = ping,
        [ORDER_TILE] = order_draw_tile,
        [ORDER_MAP] = order_draw_map,
        [ORDER_TILES] = order_draw_tiles,
        [ORDER_STALE] = order_draw_stale,
        [ORDER_LEGEND] = order_draw_legend,
        [ORDER_SYMBOL] = order_draw_symbol,
        [ORDER_BRIEFING] = order_draw_briefing,
        [ORDER_FRAME] = order_draw_frame,
        [ORDER_STYLE] = order_draw_style,
        [ORDER_SPRITE] = order_draw_sprite,
        [ORDER_GLYPHS] = order_draw_glyphs,
        [ORDER_PLATE] = order_draw_plate,
        [ORDER_CHECK] = order_draw_check,
    };
    assert(draw->order->kind < ORDER_KIND_COUNT);
    return kinds[draw->order->kind](draw, result);
}

static bool run(struct order_runner *runner, const struct order *order, const struct order_progress *progress,
                struct order_scene scenes[static 2], struct order_result *result)
{
    struct fault *fault = &result->fault;
    if (order_has_view(order) && !order_scene_read(runner->config, runner->shelf, order, &scenes[0], fault)) {
        return false;
    }
    if (order->kind == ORDER_STALE &&
        !order_scene_read_later(runner->config, runner->shelf, order, &scenes[1], fault)) {
        return false;
    }
    struct order_differences differences = {.count = 0};
    if (order->kind == ORDER_BRIEFING &&
        !order_differences_init(&differences, &order->briefing.since, &scenes[0], runner->shelf, fault)) {
        return false;
    }
    struct order_draw draw = {.config = runner->config,
                              .renderer = runner->renderer,
                              .order = order,
                              .scene = &scenes[0],
                              .later = &scenes[1],
                              .progress = progress};
    draw.differences =
        differences.count > 0 ? (const struct plot_difference *const *)differences.items : NULL;
    bool is_made = run_kind(&draw, result);
    order_differences_finish(&differences);
    return is_made;
}

/** Layers that others found not to answer are not waited for. */
static void leave_hung(struct order_runner *runner, const struct order_hung *hung)
{
    char id[sizeof(hung->layers)];
    for (const char *next = hung->layers; *next; next += strspn(next, " ")) {
        size_t length = strcspn(next, " ");
        snprintf(id, sizeof(id), "%.*s", (int)length, next);
        const struct layer *layer = catalogue_find(runner->config->catalogue, id);
        struct fault fault;
        order_hung_fault(id, hung->waited_ms, &fault);
        if (layer) {
            renderer_leave_layer(runner->renderer, layer, &fault);
        }
        next += length;
    }
}

/** Making a large district leaves holes in the heap, and the next order may come at once. */
static void give_back(const struct order_runner *runner, int64_t begun_us)
{
    bool has_large = !renderer_has_district_room(runner->renderer);
    if (has_large && monotonic_now_us() - begun_us > LONG_US) {
        memory_give_back();
    }
}

/** Who wants numbers only wants no names either. */
static void name_notes(const struct order_runner *runner, const struct order *order,
                       const struct order_scene *scene, struct report *report)
{
    if (!runner->counts_features && (order->kind == ORDER_TILE || order->kind == ORDER_MAP)) {
        struct order_draw draw = {.config = runner->config, .scene = scene};
        struct briefing_order page = order_draw_page_of(&draw);
        note_titles_add(&page, report);
    }
}

struct order_result *order_runner_run(struct order_runner *runner, const struct order *order,
                                      const struct order_progress *progress)
{
    int64_t begun_us = monotonic_now_us();
    struct order_result *result = order_result_new();
    struct order_scene scenes[2] = {0};
    result->report.counts_features =
        runner->counts_features && (order->kind == ORDER_TILE || order->kind == ORDER_MAP);
    leave_hung(runner, &order->hung);
    if (run(runner, order, progress, scenes, result)) {
        result->fault.code = FAULT_NONE;
        describe(result, &scenes[0]);
        name_notes(runner, order, &scenes[0], &result->report);
    } else {
        assert(result->fault.code != FAULT_NONE);
        free(result->bytes);
        result->bytes = NULL;
        result->length = 0;
    }
    district_stock_watch(runner->districts, order);
    result->district_count = renderer_district_count(runner->renderer);
    order_scene_finish(&scenes[0]);
    order_scene_finish(&scenes[1]);
    give_back(runner, begun_us);
    return result;
}
