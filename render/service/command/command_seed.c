/*
 * command_seed.c - plottafel seed: a package of tiles for where there is no network.
 *
 * What is drawn (revisions and moment) is settled before the first tile, so a change of the plot in the
 * meantime does not get into half of the package.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/options.h"
#include "render/service/worker/order.h"
#include "render/service/worker/plot_shelf.h"
#include "render/service/seed/seed_plan.h"
#include "render/service/seed/seeding.h"
#include "render/service/protocol/view_moment.h"

#define ZOOM_MOST 31
#define JOBS_MOST 256

static const struct option options_table[] = {
    {"bbox", 0, true, "W,S,E,N", "degrees: west, south, east, north"},
    {"zoom", 0, true, "6-12", "zooms, both inclusive, or one"},
    {"output", 'o', true, "PACKAGE", "x.mbtiles, x.pmtiles or x/; what is there is brought up to date"},
    {"tms", 0, false, "NAME", "tile matrix set; WebMercatorQuad when not given"},
    {"format", 0, false, "NAME", "png, png8, webp, jpg or mvt; png when not given"},
    {"ratio", 0, false, "N", "dots for each pixel: 1, 2 or 3"},
    {"tile-size", 0, false, "PX", "256 or 512; 256 when not given"},
    {"as-of", 0, false, "TIME", "the moment that is drawn, 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"language", 0, false, "CODE", "nl, en, fr or de"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {"jobs", 'j', false, "N", "processes that draw; one per core when not given"},
    {"fresh", 0, false, NULL, "takes nothing over from a package that is there, whatever it shows"},
    {NULL, 0, false, NULL, NULL},
};

/** What the words of the command say. */
struct wish {
    struct seed_area area;
    const char *tile_matrix_set;
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
    if (numbers[1] > numbers[3]) {
        fault_set(fault, FAULT_INPUT, "--bbox is W,S,E,N, but its south %g lies above its north %g",
                  numbers[1], numbers[3]);
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

static bool read_format(const char *name, enum tile_format *format, struct fault *fault)
{
    if (!tile_format_find(name, format)) {
        fault_set(fault, FAULT_INPUT, "--format must be png, png8, webp, jpg or mvt, not '%.80s'", name);
        return false;
    }
    return true;
}

static bool read_form(const struct options *options, struct tile_form *form, struct fault *fault)
{
    const char *format = options_value(options, "format");
    int ratio = 1;
    *form = tile_form_plain();
    if ((format && !read_format(format, &form->format, fault)) ||
        !options_integer(options, "ratio", 1, 3, &ratio, fault)) {
        return false;
    }
    if (form->format == TILE_MVT) {
        form->size_px = TILE_SIZE_LARGE_PX;
    }
    form->pixel_ratio = (uint8_t)ratio;
    if (!drawing_read_tile_size(options, &form->size_px, fault)) {
        return false;
    }
    if (!tile_form_is_valid(*form)) {
        fault_set(fault, FAULT_INPUT, "--format mvt has --tile-size 512 and --ratio 1 always");
        return false;
    }
    return true;
}

static bool read_wish(const struct options *options, struct wish *wish, struct fault *fault)
{
    const char *set = options_value(options, "tms");
    *wish = (struct wish){.tile_matrix_set = set ? set : "WebMercatorQuad"};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    wish->job_count = cores < 1 ? 1 : cores > JOBS_MOST ? JOBS_MOST : (int)cores;
    return read_area(options, &wish->area, fault) && read_form(options, &wish->area.form, fault) &&
           options_integer(options, "jobs", 1, JOBS_MOST, &wish->job_count, fault);
}

/** Reads the map's plots at the revisions of the view, or the latest; false on fault. plots are then the
 * caller's. */
static bool read_plots(struct plot_shelf *shelf, const struct map *map, const struct order_view *view,
                       struct plot *plots[static MAP_VIEW_PLOT_MAX], size_t *count, struct fault *fault)
{
    for (size_t i = 0; i < map->item_count && *count < MAP_VIEW_PLOT_MAX; i++) {
        const char *name = map->items[i].plot;
        if (!name) {
            continue;
        }
        uint64_t revision = view->plot_count > 0 ? view->revisions[*count] : 0;
        plots[*count] = plot_shelf_get(shelf, name, revision, fault);
        if (!plots[*count]) {
            return false;
        }
        (*count)++;
    }
    return true;
}

/** The moment that all tiles show, and the revisions of the map's plots. */
static bool settle_view(const struct map *map, struct seeding *seeding, struct fault *fault)
{
    struct order_view *view = &seeding->order.view;
    struct plot *plots[MAP_VIEW_PLOT_MAX];
    size_t count = 0;
    bool is_read = read_plots(seeding->shelf, map, view, plots, &count, fault);
    view->plot_count = count;
    view->as_of_ms = view_moment_at((const struct plot *const *)plots, count, view->as_of_ms);
    for (size_t i = 0; i < count; i++) {
        view->revisions[i] = plot_revision(plots[i]);
        seeding->recorded_ms[i] = plot_recorded_ms(plots[i]);
        plot_unref(plots[i]);
    }
    plot_shelf_close_store(seeding->shelf);
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
    /* A large tile is drawn with the rules of the next zoom. */
    size_t zoom_count = set->matrix_count - (wish->area.form.size_px == TILE_SIZE_LARGE_PX);
    if (wish->area.last_zoom >= zoom_count) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has zooms 0 to %zu, not %u", set->id,
                  zoom_count - 1, (unsigned)wish->area.last_zoom);
        return false;
    }
    struct crs_context *context = crs_context_new(config->grid_folder, fault);
    bool is_planned = context && seed_plan_init(plan, context, set, wish->area, fault);
    crs_context_free(context);
    return is_planned;
}

/** West and east that were confused would draw nearly all of the earth. */
static void tell_crossing(struct bbox box)
{
    if (box.min_x > box.max_x) {
        fprintf(stderr,
                "plottafel: note: the west of --bbox, %g, is east of its east, %g: it lies across the "
                "antimeridian, %g degrees wide\n",
                box.min_x, box.max_x, 360 + box.max_x - box.min_x);
    }
}

static int seed_map(const struct options *options, const struct wish *wish, struct seeding *seeding)
{
    struct fault fault;
    struct seed_plan plan;
    if (!plan_tiles(seeding->config, wish, &plan, &fault) || !settle_view(seeding->map, seeding, &fault)) {
        return command_fault(&fault);
    }
    tell_crossing(wish->area.lon_lat_deg);
    seeding->plan = &plan;
    seeding->lon_lat_deg = wish->area.lon_lat_deg;
    seeding->job_count = wish->job_count;
    seeding->is_fresh = options_has(options, "fresh");
    snprintf(seeding->order.tile.tile_matrix_set, sizeof(seeding->order.tile.tile_matrix_set), "%s",
             plan.set->id);
    seeding->order.tile.form = wish->area.form;
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
    seeding.shelf = plot_shelf_new(config->store_path);
    int status = seed_map(options, wish, &seeding);
    plot_shelf_free(seeding.shelf);
    return status;
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
    .sentence = "Draws all tiles of a box into an MBTiles file, a PMTiles file or a folder",
    .arguments = "MAP",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes =
        "A package that is there is brought up to date: tiles that a change of its plots did not touch are\n"
        "kept, the others drawn anew. Tiles outside the box are kept while they are right, else removed. "
        "When\n"
        "layers, styles or symbols changed, all are drawn anew.\n"
        "May be stopped at any time and started again: what was drawn is kept in PACKAGE.seed until all is\n"
        "done, and only then becomes part of the package, in one step. PMTiles know WebMercatorQuad only; "
        "of\n"
        "MBTiles in another tile matrix set the reader must know which one it is.\n"
        "WebP is as exact as PNG and smaller, but takes 8 to 25 times as long to write.\n",
    .example = "plottafel seed situation --bbox 4.4,51.6,4.8,51.78 --zoom 8-14 -o situation.mbtiles",
    .run = run,
};
