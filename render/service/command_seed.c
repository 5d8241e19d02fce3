/*
 * command_seed.c - plottafel seed: a file of tiles for where there is no network.
 *
 * What is drawn (revisions and moment) is settled before the first tile, so a change of the plot in the
 * meantime does not get into half of the file.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/map.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/service/command.h"
#include "render/service/config.h"
#include "render/service/drawing.h"
#include "render/service/options.h"
#include "render/service/order.h"
#include "render/service/seed_plan.h"
#include "render/service/seeding.h"
#include "render/service/view_moment.h"

#define ZOOM_MOST 31
#define JOBS_MOST 256

static const struct option options_table[] = {
    {"bbox", 0, true, "W,S,E,N", "degrees: west, south, east, north"},
    {"zoom", 0, true, "6-12", "zooms, both inclusive, or one"},
    {"output", 'o', true, "FILE", "the MBTiles file; one that is there already is gone on with"},
    {"tms", 0, false, "NAME", "tile matrix set; WebMercatorQuad when not given"},
    {"ratio", 0, false, "N", "dots for each pixel: 1 or 2"},
    {"as-of", 0, false, "TIME", "the moment that is drawn, 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"language", 0, false, "CODE", "nl, en, fr or de"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {"jobs", 'j', false, "N", "processes that draw; one per core when not given"},
    {"fresh", 0, false, NULL, "draws the tiles that are in the file already too"},
    {NULL, 0, false, NULL, NULL},
};

/** What the words of the command say. */
struct wish {
    struct seed_area area;
    const char *tile_matrix_set;
    int pixel_ratio;
    int job_count;
};

static bool read_area(const struct options *options, struct seed_area *area, struct fault *fault)
{
    double numbers[4] = {0};
    int first = 0;
    int last = 0;
    struct options_pair zooms = {.between = '-', .least = 0, .most = ZOOM_MOST, .is_single_allowed = true};
    if (!options_numbers(options, "bbox", 4, numbers, fault) ||
        !options_pair(options, "zoom", zooms, &first, &last, fault)) {
        return false;
    }
    area->lon_lat_deg = (struct bbox){numbers[0], numbers[1], numbers[2], numbers[3]};
    area->first_zoom = (uint32_t)first;
    area->last_zoom = (uint32_t)last;
    if (first > last) {
        fault_set(fault, FAULT_INPUT, "--zoom must be FIRST-LAST with FIRST not above LAST, not %d-%d", first,
                  last);
        return false;
    }
    return true;
}

static bool read_wish(const struct options *options, struct wish *wish, struct fault *fault)
{
    const char *set = options_value(options, "tms");
    *wish = (struct wish){.tile_matrix_set = set ? set : "WebMercatorQuad", .pixel_ratio = 1};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    wish->job_count = cores < 1 ? 1 : cores > JOBS_MOST ? JOBS_MOST : (int)cores;
    return read_area(options, &wish->area, fault) &&
           options_integer(options, "ratio", 1, 2, &wish->pixel_ratio, fault) &&
           options_integer(options, "jobs", 1, JOBS_MOST, &wish->job_count, fault);
}

/** Reads the map's plots at the revisions of the view, or the latest; false on fault. plots are then the
 * caller's. */
static bool read_plots(struct store *store, const struct map *map, const struct order_view *view,
                       struct plot *plots[static MAP_VIEW_PLOT_MAX], size_t *count, struct fault *fault)
{
    for (size_t i = 0; i < map->item_count && *count < MAP_VIEW_PLOT_MAX; i++) {
        const char *name = map->items[i].plot;
        if (!name) {
            continue;
        }
        uint64_t revision = view->plot_count > 0 ? view->revisions[*count] : 0;
        plots[*count] = store_read_plot(store, name, revision, fault);
        if (!plots[*count]) {
            return false;
        }
        (*count)++;
    }
    return true;
}

/** The moment that all tiles show, and the revisions of the map's plots. */
static bool settle_view(const struct config *config, const struct map *map, struct order_view *view,
                        struct fault *fault)
{
    struct plot *plots[MAP_VIEW_PLOT_MAX];
    size_t count = 0;
    struct store *store = store_open(config->store_path, STORE_READER, fault);
    bool is_read = store && read_plots(store, map, view, plots, &count, fault);
    view->plot_count = count;
    view->as_of_ms = view_moment_at((const struct plot *const *)plots, count, view->as_of_ms);
    for (size_t i = 0; i < count; i++) {
        view->revisions[i] = plot_revision(plots[i]);
        plot_unref(plots[i]);
    }
    store_close(store);
    return is_read;
}

static bool plan_tiles(const struct config *config, const struct wish *wish, struct seed_plan *plan,
                       struct fault *fault)
{
    const struct tile_matrix_set *set =
        tile_matrix_sets_find(config->tile_matrix_sets, wish->tile_matrix_set);
    if (!set) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%.80s'", wish->tile_matrix_set);
        return false;
    }
    if (wish->area.last_zoom >= set->matrix_count) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has zooms 0 to %zu, not %u", set->id,
                  set->matrix_count - 1, (unsigned)wish->area.last_zoom);
        return false;
    }
    struct crs_context *context = crs_context_new(config->grid_folder, fault);
    bool is_planned = context && seed_plan_init(plan, context, set, wish->area, fault);
    crs_context_free(context);
    return is_planned;
}

static int seed_map(const struct options *options, const struct wish *wish, struct seeding *seeding)
{
    struct fault fault;
    struct seed_plan plan;
    if (!plan_tiles(seeding->config, wish, &plan, &fault) ||
        !settle_view(seeding->config, seeding->map, &seeding->order.view, &fault)) {
        return command_fault(&fault);
    }
    seeding->plan = &plan;
    seeding->lon_lat_deg = wish->area.lon_lat_deg;
    seeding->job_count = wish->job_count;
    seeding->is_fresh = options_has(options, "fresh");
    snprintf(seeding->order.tile.tile_matrix_set, sizeof(seeding->order.tile.tile_matrix_set), "%s",
             plan.set->id);
    seeding->order.tile.form.pixel_ratio = (uint8_t)wish->pixel_ratio;
    return seeding_run(seeding, options_value(options, "output"), &fault) ? COMMAND_OK
                                                                          : command_fault(&fault);
}

static int seed(const struct options *options, const struct config *config, const struct wish *wish)
{
    struct fault fault;
    struct seeding seeding = {.config = config,
                              .map = drawing_find_map(config, options->arguments[0], &fault)};
    if (!seeding.map) {
        return command_fault(&fault);
    }
    order_init(&seeding.order, ORDER_TILE);
    if (!drawing_read_view(options, seeding.map, &seeding.order.view, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    return seed_map(options, wish, &seeding);
}

static int run(const struct options *options)
{
    struct wish wish;
    struct fault fault;
    if (!read_wish(options, &wish, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? seed(options, config, &wish) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_seed = {
    .name = "seed",
    .sentence = "Draws all tiles of a box into an MBTiles file",
    .arguments = "MAP",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes =
        "May be stopped at any time and started again: tiles that are there already are kept as long as\n"
        "revisions, moment, catalogue and layers are the same, else all are drawn anew. Readers of MBTiles\n"
        "expect WebMercatorQuad; other tile matrix sets are for those that know which one it is.\n",
    .example = "plottafel seed situation --bbox 4.4,51.6,4.8,51.78 --zoom 8-14 -o situation.mbtiles",
    .run = run,
};
