/*
 * vector_tile.c - the items of the map one after the other, bottom first.
 */
#include "render/vector/vector_tile.h"

#include <math.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/encode/gzip.h"
#include "render/layer/layer_paint.h"
#include "render/vector/mvt_layer.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/encode/tile_form.h"
#include "render/vector/vector_choice.h"
#include "render/vector/vector_tile_internal.h"

#define RAW_MOST_BYTES ((size_t)16 << 20)

struct pixel_grid vector_tile_grid(const struct tile_matrix_set *set, uint32_t zoom)
{
    struct pixel_grid grid = tile_matrix_set_grid(set, zoom);
    double units_per_px = grid.units_per_px / 2;
    if (zoom + 1 < set->matrix_count) {
        struct pixel_grid next = tile_matrix_set_grid(set, zoom + 1);
        bool is_half = fabs(next.units_per_px / units_per_px - 1) < 1e-9;
        if (is_half && point_distance(next.origin, grid.origin) < units_per_px * 1e-3) {
            return next;
        }
    }
    grid.units_per_px = units_per_px;
    return grid;
}

struct vector_tile vector_tile_at(struct renderer *renderer, const struct map_view *view,
                                  const struct tile_matrix_set *set, struct tile_address address)
{
    struct vector_tile tile = {.renderer = renderer, .view = *view};
    tile.view.grid = vector_tile_grid(set, address.zoom);
    tile.view.scale_denominator = pixel_grid_scale_denominator(&tile.view.grid);
    tile.frame.corner_px =
        (struct point){(double)address.column * TILE_SIZE_LARGE_PX, (double)address.row * TILE_SIZE_LARGE_PX};
    tile.frame.keeps_small = true;
    return tile;
}

bool vector_tile_check(const char *what, struct mvt_layer *const *layers, size_t count, struct fault *fault)
{
    size_t vertices = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        vertices += mvt_layer_vertex_count(layers[i]);
        bytes += mvt_layer_bytes(layers[i]);
    }
    if (vertices > VECTOR_TILE_MOST_VERTICES) {
        fault_set(fault, FAULT_LIMIT, "'%s' has more than %d vertices in this tile: ask for a closer one",
                  what, VECTOR_TILE_MOST_VERTICES);
        return false;
    }
    if (bytes > RAW_MOST_BYTES / 4) {
        fault_set(fault, FAULT_LIMIT, "'%s' has more than %zu bytes in this tile: ask for a closer one", what,
                  RAW_MOST_BYTES / 4);
        return false;
    }
    return true;
}

/* What of a plot is not in the tile although it lies there. */
struct missing {
    size_t lost_count;
    const struct feature *first_lost;
    bool is_thinned;
};

static void report_missing(const struct missing *missing, const struct vector_tile *tile, const char *name,
                           struct report *report)
{
    if (report && missing->lost_count > 0) {
        report_add(report, REPORT_FEATURES_LEFT_OUT, name,
                   "not there: %zu without a place in %s, '%s' the first", missing->lost_count,
                   tile->view.grid.crs_code, missing->first_lost->id);
        report_count_item(report, REPORT_FEATURES_LEFT_OUT, name, missing->lost_count);
    }
    if (report && missing->is_thinned) {
        report_add(report, REPORT_THINNED, name, "where many stand close only the most important are there");
    }
}

/* Adds those chosen as long as the tile may hold them. */
static bool add_chosen(const struct vector_tile *tile, const struct vector_choice *choice, const char *name,
                       struct vector_plot *plot, struct missing *missing, struct fault *fault)
{
    for (size_t i = 0; i < choice->count; i++) {
        const struct vector_chosen *chosen = &choice->items[i];
        bool has_image;
        if (!vector_plot_add(tile, plot, chosen, &has_image, fault) ||
            !vector_tile_check(name, plot->layers, VECTOR_PLOT_LAYERS, fault)) {
            return false;
        }
        if (!has_image) {
            missing->first_lost = missing->lost_count++ == 0 ? chosen->feature : missing->first_lost;
        }
        missing->is_thinned = missing->is_thinned || chosen->crowd > 0;
    }
    return true;
}

static bool add_plot(const struct vector_tile *tile, const struct plot *plot, struct buffer *bytes,
                     struct report *report, struct fault *fault)
{
    const char *name = plot_title(plot)->name;
    struct missing missing = {0};
    struct vector_choice choice = {0};
    struct vector_plot added = vector_plot_new(name);
    bool is_added = vector_choice_of_tile(&choice, tile->renderer, &tile->view, plot,
                                          mvt_frame_box_px(&tile->frame), fault) &&
                    add_chosen(tile, &choice, name, &added, &missing, fault);
    if (is_added) {
        vector_plot_write(&added, bytes);
        report_missing(&missing, tile, name, report);
    }
    vector_choice_finish(&choice);
    vector_plot_free(&added);
    return is_added;
}

/* One that cannot be had is named and left out. */
static void add_layer(const struct vector_tile *tile, const struct layer *layer, struct buffer *bytes,
                      struct report *report)
{
    struct fault fault;
    if (layer->kind != LAYER_VECTOR || !layer_is_drawn(layer, &tile->view)) {
        return;
    }
    struct mvt_layer *added = mvt_layer_new(layer->id);
    struct vector_tile layer_tile = *tile;
    layer_tile.frame.keeps_small = false;
    if (vector_layer_add(&layer_tile, layer, added, &fault)) {
        mvt_layer_write(added, bytes);
    } else if (report) {
        report_add(report, REPORT_LAYER_FAILED, layer->id, "%s", fault.message);
    }
    mvt_layer_free(added);
}

static bool add_items(const struct vector_tile *tile, struct buffer *bytes, struct report *report,
                      struct fault *fault)
{
    const struct map *map = tile->view.map;
    size_t plot = 0;
    for (size_t i = 0; i < map->item_count; i++) {
        if (map->items[i].layer) {
            add_layer(tile, map->items[i].layer, bytes, report);
        } else if (!add_plot(tile, tile->view.plots[plot++], bytes, report, fault)) {
            return false;
        }
    }
    return true;
}

char *vector_tile_render(struct renderer *renderer, const struct map_view *view,
                         const struct tile_matrix_set *set, struct tile_address address,
                         struct report *report, size_t *length, struct fault *fault)
{
    struct vector_tile tile = vector_tile_at(renderer, view, set, address);
    struct buffer bytes;
    char *packed = NULL;
    buffer_init(&bytes, RAW_MOST_BYTES);
    if (add_items(&tile, &bytes, report, fault)) {
        packed = gzip_pack(bytes.bytes ? bytes.bytes : "", bytes.length, length, fault);
    }
    bool is_large = packed && (bytes.is_full || *length > VECTOR_TILE_MOST_BYTES);
    if (is_large) {
        fault_set(fault, FAULT_LIMIT, "this tile of map '%s' is larger than %d bytes: ask for a closer one",
                  view->map->id, VECTOR_TILE_MOST_BYTES);
        free(packed);
        packed = NULL;
    }
    buffer_finish(&bytes);
    plot_shapes_trim(renderer->plot_shapes);
    return packed;
}
