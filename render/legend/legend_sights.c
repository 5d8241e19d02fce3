/*
 * legend_sights.c - of a window of a few districts from their scenes; of a larger one, or of all, feature by
 * feature, where most are passed over because the like was seen already.
 */
#include "render/legend/legend_sights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/scene/lon_lat_box.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

struct collecting {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox box; /* px; empty: everything */
    struct legend_sights *sights;
    uint32_t plot;
    struct fault *fault;
    bool has_failed;
};

static bool is_same(const struct legend_sight *sight, const struct symbol_entry *entry,
                    const struct symbol_code *code)
{
    bool is_same_entity =
        entry ? sight->entry == entry : !sight->entry && strcmp(sight->code->entity, code->entity) == 0;
    return is_same_entity && sight->code->status == code->status;
}

static bool is_noted(const struct legend_sights *sights, const struct symbol_entry *entry,
                     const struct symbol_code *code)
{
    for (size_t i = 0; i < sights->count; i++) {
        if (is_same(&sights->items[i], entry, code)) {
            return true;
        }
    }
    return false;
}

static void note(struct legend_sights *sights, const struct symbol_entry *entry,
                 const struct symbol_code *code)
{
    if (is_noted(sights, entry, code)) {
        return;
    }
    if (sights->count == sights->capacity) {
        sights->capacity = sights->capacity ? 2 * sights->capacity : 32;
        sights->items = memory_resize(sights->items, sights->capacity, sizeof(*sights->items));
    }
    sights->items[sights->count++] = (struct legend_sight){.entry = entry, .code = code};
}

/* Does a line or area leave paint in the box? */
static bool is_shape_seen(const struct collecting *collecting, const struct scene_feature *feature)
{
    struct line_look line = feature->feature->shape->kind == SHAPE_LINE
                                ? scene_line_look(feature, collecting->view->palette)
                                : scene_area_look(feature, collecting->view->palette).outline;
    return shape_touches_box(feature->shape->shape, collecting->box, line_look_reach_px(&line));
}

static void note_shape(const struct scene_feature *feature, void *context)
{
    struct collecting *collecting = context;
    if (is_shape_seen(collecting, feature)) {
        note(collecting->sights, feature->entry, &feature->feature->code);
    }
}

static void note_placed(const struct placed *placed, void *context)
{
    struct collecting *collecting = context;
    bool is_seen = placed->has_symbol && bbox_intersects(placed_ink(placed), collecting->box);
    if (is_seen && placed->badge_count > 0) {
        collecting->sights->has_badges = true;
    } else if (is_seen && placed->feature->shape->kind == SHAPE_POINT) {
        note(collecting->sights, placed->entry, &placed->feature->code);
    }
}

/* A badge stands for symbols: the legend says which. */
static void note_counted(struct collecting *collecting, const struct placement *placement)
{
    for (size_t i = 0; i < placement_counted_count(placement); i++) {
        const struct placement_counted *counted = placement_counted_at(placement, i);
        if (counted->feature->shape->kind == SHAPE_POINT &&
            bbox_contains_point(collecting->box, counted->place)) {
            note(collecting->sights, counted->entry, &counted->feature->code);
        }
    }
}

/* The part of the box that lies in one district, from its scene. */
static bool collect_from_scene(struct collecting *collecting, struct bbox part)
{
    struct scene *scene = scene_get(collecting->renderer, collecting->view, part, collecting->fault);
    if (!scene) {
        return false;
    }
    struct bbox whole = collecting->box;
    collecting->box = part;
    for (uint32_t plot = 0; plot < collecting->view->plot_count; plot++) {
        scene_query(scene, plot, part, note_shape, collecting);
    }
    placement_query(scene_placement(scene), part, note_placed, collecting);
    note_counted(collecting, scene_placement(scene));
    collecting->box = whole;
    scene_unref(scene);
    return true;
}

static bool is_feature_seen(const struct collecting *collecting, const struct scene_feature *feature)
{
    if (!feature->has_image || bbox_is_empty(collecting->box)) {
        return feature->has_image;
    }
    if (feature->feature->shape->kind != SHAPE_POINT) {
        return is_shape_seen(collecting, feature);
    }
    return feature->shape ? shape_touches_box(feature->shape->shape, collecting->box, 0)
                          : bbox_contains_point(collecting->box, feature->place);
}

static bool note_feature(const struct feature *feature, void *context)
{
    struct collecting *collecting = context;
    struct scene_feature found;
    const struct symbol_entry *entry =
        symbol_library_resolve(collecting->view->symbols, &feature->code, NULL);
    if (is_noted(collecting->sights, entry, &feature->code)) {
        return true;
    }
    if (!scene_feature_init(&found, collecting->renderer, collecting->view, collecting->plot, feature,
                            collecting->fault)) {
        collecting->has_failed = true;
        return false;
    }
    if (is_feature_seen(collecting, &found)) {
        note(collecting->sights, entry, &feature->code);
    }
    plot_shape_unref(found.shape);
    return true;
}

static bool has_points(const struct legend_sights *sights)
{
    for (size_t i = 0; i < sights->count; i++) {
        if (!sights->items[i].entry || sights->items[i].entry->geometry == GEOMETRY_POINT) {
            return true;
        }
    }
    return false;
}

static bool find_place(const struct collecting *collecting, const struct plot *plot, struct bbox *place_deg)
{
    if (bbox_is_empty(collecting->box)) {
        *place_deg = (struct bbox){-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL};
        return true;
    }
    return lon_lat_box_of(collecting->renderer->crs_context, &collecting->view->grid,
                          bbox_grow(collecting->box, DISTRICT_LINE_REACH_PX), plot_longest_step_deg(plot),
                          place_deg, collecting->fault);
}

static bool collect_from_plots(struct collecting *collecting)
{
    const struct map_view *view = collecting->view;
    for (uint32_t i = 0; i < view->plot_count && !collecting->has_failed; i++) {
        struct bbox place_deg;
        if (!find_place(collecting, view->plots[i], &place_deg)) {
            return false;
        }
        collecting->plot = i;
        plot_query(view->plots[i], place_deg, view->moment_ms, note_feature, collecting);
    }
    collecting->sights->has_badges = view->crowded == MAP_CROWDED_COUNT && has_points(collecting->sights);
    plot_shapes_trim(collecting->renderer->plot_shapes);
    return !collecting->has_failed;
}

bool legend_sights_collect(struct renderer *renderer, const struct map_view *view, struct bbox box,
                           struct legend_sights *sights, struct fault *fault)
{
    struct collecting collecting = {
        .renderer = renderer, .view = view, .box = box, .sights = sights, .fault = fault};
    if (bbox_is_empty(box)) {
        return collect_from_plots(&collecting);
    }
    struct districts districts = districts_touched(renderer, view, box);
    if (districts_count(&districts) > LEGEND_DISTRICTS_MOST) {
        return collect_from_plots(&collecting);
    }
    for (size_t i = 0; i < districts_count(&districts); i++) {
        struct bbox part = districts.is_only ? box : district_part(districts_at(&districts, i), box);
        if (!collect_from_scene(&collecting, part)) {
            return false;
        }
    }
    return true;
}

void legend_sights_finish(struct legend_sights *sights)
{
    free(sights->items);
    *sights = (struct legend_sights){.count = 0};
}
