/*
 * stale_reach.c - on earth: the box around all that may be painted from the districts of a tile is compared
 * with the boxes of the features that differ. Neighbouring tiles have the same districts, so what was found
 * of some is kept. Vector tiles have no districts: a long line may give way to a change far off, so all of
 * them count.
 */
#include "render/service/tile/stale_reach.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/encode/tile_picture.h"
#include "render/layer/layer_window.h"
#include "render/map_view.h"
#include "render/scene/district.h"
#include "render/scene/lon_lat_box.h"
#include "render/scene/world_turn.h"
#include "render/service/config.h"
#include "render/service/tile/tile_key.h"

#define DISTRICTS_BYTES 192 /* of their name */

struct stale_reach {
    const struct config *config;
    struct crs_context *crs_context; /* NULL: places cannot be found */
    struct map_view view;            /* of its plots nothing is used */
    double longest_step_deg;
    struct bbox *boxes; /* of the features that differ */
    size_t count;
    size_t capacity;
    struct spatial_index *index; /* of the boxes */
    struct table *known;         /* name of districts -> one of the answers */
};

static const bool answers[2] = {false, true};
static const struct bbox world_deg = {-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL};

static void note_box(const struct feature *feature, void *context)
{
    struct stale_reach *reach = context;
    if (reach->count == reach->capacity) {
        reach->capacity = reach->capacity ? 2 * reach->capacity : 16;
        reach->boxes = memory_resize(reach->boxes, reach->capacity, sizeof *reach->boxes);
    }
    bool is_round_the_world = bbox_width(feature->shape->box) > 180;
    reach->boxes[reach->count++] = is_round_the_world ? world_deg : feature->shape->box;
}

struct stale_reach *stale_reach_new(const struct config *config, struct crs_context *crs_context,
                                    const struct map_view *before, const struct map_view *after)
{
    struct stale_reach *reach = memory_new(1, sizeof *reach);
    reach->config = config;
    reach->crs_context = crs_context;
    reach->view = *after;
    reach->known = table_new(NULL);
    for (size_t i = 0; i < after->plot_count; i++) {
        const struct plot *plots[2] = {before->plots[i], after->plots[i]};
        plot_compare(plots[0], before->moment_ms, plots[1], after->moment_ms, note_box, reach);
        for (int side = 0; side < 2; side++) {
            reach->longest_step_deg = fmax(reach->longest_step_deg, plot_longest_step_deg(plots[side]));
        }
    }
    reach->index = spatial_index_new(reach->boxes, reach->count);
    return reach;
}

void stale_reach_free(struct stale_reach *reach)
{
    if (!reach) {
        return;
    }
    spatial_index_free(reach->index);
    table_free(reach->known);
    free(reach->boxes);
    free(reach);
}

/* Around the districts from which something may be painted on the tile, labels of layers among it. px */
static struct bbox districts_of(const struct map_view *view, struct bbox tile_px)
{
    struct bbox around = bbox_grow(tile_px, LAYER_LABEL_MOST_PX);
    double edge = district_edge_px(view);
    return (struct bbox){floor(around.min_x / edge) * edge, floor(around.min_y / edge) * edge,
                         ceil(around.max_x / edge) * edge, ceil(around.max_y / edge) * edge};
}

static bool stop_at_first(uint32_t number, void *context)
{
    *(bool *)context = true;
    return false;
}

/* How wide the world is where it runs on from its other end; 0: it ends. */
static double find_turn_px(const struct stale_reach *reach, const struct pixel_grid *grid)
{
    const struct crs *crs = crs_find(reach->crs_context, grid->crs_code, NULL);
    return world_turn_of(crs ? world_turn_units(crs) : 0, grid).turn_px;
}

/* Is one of the features that differ in a box of pixels, or so near that it matters there? */
static bool is_near(const struct stale_reach *reach, const struct map_view *view, struct bbox districts_px)
{
    bool is_touched = false;
    double turn_px = find_turn_px(reach, &view->grid);
    struct bbox around = bbox_grow(districts_px, fmax(district_margin_px(view), DISTRICT_LINE_REACH_PX));
    for (int turn = turn_px > 0 ? -1 : 0; turn <= (turn_px > 0) && !is_touched; turn++) {
        struct bbox moved = {around.min_x + turn * turn_px, around.min_y, around.max_x + turn * turn_px,
                             around.max_y};
        struct bbox place_deg;
        if (!lon_lat_box_of(reach->crs_context, &view->grid, moved, reach->longest_step_deg, &place_deg,
                            NULL)) {
            return true;
        }
        spatial_index_query(reach->index, place_deg, stop_at_first, &is_touched);
    }
    return is_touched;
}

static bool is_near_as_known(struct stale_reach *reach, const struct map_view *view, struct bbox districts_px)
{
    char name[DISTRICTS_BYTES];
    const struct pixel_grid *grid = &view->grid;
    snprintf(name, sizeof name, "%s %.17g %.17g %.17g %.0f %.0f %.0f %.0f", grid->crs_code,
             grid->units_per_px, grid->origin.x, grid->origin.y, districts_px.min_x, districts_px.min_y,
             districts_px.max_x, districts_px.max_y);
    const bool *known = table_find(reach->known, name);
    if (!known) {
        known = &answers[is_near(reach, view, districts_px)];
        table_put(reach->known, name, (void *)known);
    }
    return *known;
}

bool stale_reach_touches(struct stale_reach *reach, const struct tile_key *key)
{
    const struct tile_matrix_set *set =
        tile_matrix_sets_at(reach->config->tile_matrix_sets, key->tile_matrix_set);
    if (reach->count == 0 || !reach->crs_context || key->form.format == TILE_MVT) {
        return reach->count > 0;
    }
    uint16_t size_px = key->form.size_px;
    struct map_view view = reach->view;
    view.grid = tile_picture_grid(set, key->address.zoom, size_px);
    view.scale_denominator = pixel_grid_scale_denominator(&view.grid);
    double x_px = (double)key->address.column * size_px;
    double y_px = (double)key->address.row * size_px;
    struct bbox districts = districts_of(&view, (struct bbox){x_px, y_px, x_px + size_px, y_px + size_px});
    return is_near_as_known(reach, &view, districts);
}
