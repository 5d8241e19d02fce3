/*
 * footprint.c - first the features that differ between the two views, then the districts whose scenes may
 * differ because of them; each of these is compared (footprint_compare.c). Each thing that differs leaves a
 * trace, where it was and where it is (footprint_trace.h); the tiles that it touches are stale.
 *
 * Labels of layers give way to the symbols and labels of plots. So wherever one of these came or went, the
 * labels of layers are looked at beside both placements; one that stands elsewhere now leaves its traces too.
 * It may lie across the border of a district, so tiles are looked at as far around as that may reach.
 *
 * A district of very many features takes seconds to be made and a good part of one to be brought up to date,
 * while the change waits. It is not compared: whatever stands in it may have moved.
 */
#include "render/scene/footprint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/spatial_index.h"
#include "render/scene/district.h"
#include "render/scene/footprint_internal.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_paint.h"
#include "render/layer/layer_window.h"
#include "render/map_view.h"
#include "render/scene/lon_lat_box.h"
#include "render/scene/plot_room.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/scene/scene_cache.h"
#include "render/scene/scene_list.h"

#define FOUND_FREELY 1000 /* features that differ: they take some ms at most */
#define LOOKS_AT_CLOCK 64 /* once in so many */

/* The features that only one of the views shows. */
struct difference {
    struct footprint *footprint;
    const struct map_view *view;
    uint32_t plot;
    struct scene_feature *items; /* owned, one reference to each shape */
    size_t count;
    size_t capacity;
};

static struct bbox tile_box(const struct footprint *footprint, uint32_t number)
{
    return pixel_box_to_bbox(tile_pixel_box(footprint->set, footprint->addresses[number]));
}

static bool visit_tile(uint32_t number, void *context)
{
    struct footprint *footprint = context;
    struct pixel_box tile = tile_pixel_box(footprint->set, footprint->addresses[number]);
    bool is_of_layer = footprint->trace.kind == TRACE_LAYER_LABEL;
    if (!is_of_layer && !district_contains(footprint->district, pixel_box_to_bbox(tile))) {
        return true; /* painted from another scene */
    }
    if (!footprint->stale[number] && !footprint_trace_touches(footprint->renderer, &footprint->trace, tile,
                                                              &footprint->stale[number], footprint->fault)) {
        footprint->has_failed = true;
    }
    return !footprint->has_failed;
}

void footprint_follow(struct footprint *footprint, struct footprint_trace trace)
{
    if (!bbox_is_empty(trace.ink) && !footprint->has_failed) {
        footprint->trace = trace;
        spatial_index_query(footprint->tiles, trace.ink, visit_tile, footprint);
    }
}

static bool is_labelled(const struct layer *layer, const struct map_view *view)
{
    return layer && layer->kind == LAYER_VECTOR && layer_is_drawn(layer, view) &&
           layer_labels_reach_px(layer) > 0;
}

static void follow_layer_label(const struct layer_label *label, void *context)
{
    struct footprint *footprint = context;
    struct plot_room before = {footprint->renderer, footprint->before.view, footprint->before.scene};
    struct plot_room after = {footprint->renderer, footprint->after.view, footprint->after.scene};
    const struct layer_label_place *places[2] = {layer_label_place(label, &before),
                                                 layer_label_place(label, &after)};
    for (int i = 0; i < 2 && places[0] != places[1]; i++) {
        if (places[i]) {
            footprint_follow(footprint, (struct footprint_trace){.kind = TRACE_LAYER_LABEL,
                                                                 .layer_label = label,
                                                                 .layer_label_place = places[i],
                                                                 .ink = places[i]->ink});
        }
    }
}

static void mark_all(struct footprint *footprint)
{
    for (size_t i = 0; i < footprint->count; i++) {
        footprint->stale[i] = true;
    }
}

/* What the plot takes or leaves here decides on labels of layers. */
void footprint_follow_layer_labels(struct footprint *footprint, struct bbox room)
{
    const struct map_view *view = footprint->after.view;
    if (footprint->layer_reach_px <= 0 || !bbox_intersects(room, footprint->reach)) {
        return;
    }
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        if (is_labelled(layer, view) &&
            !layer_labels_visit(footprint->renderer, view, layer, room, follow_layer_label, footprint)) {
            mark_all(footprint);
        }
    }
}

static double find_layer_reach(const struct map_view *view)
{
    for (size_t i = 0; i < view->map->item_count; i++) {
        if (is_labelled(view->map->items[i].layer, view)) {
            return LAYER_LABEL_MOST_PX;
        }
    }
    return 0;
}

static void index_tiles(struct footprint *footprint)
{
    size_t count = footprint->count;
    struct bbox *boxes = memory_new(count, sizeof(*boxes));
    struct bbox all = bbox_empty();
    for (uint32_t i = 0; i < count; i++) {
        boxes[i] = tile_box(footprint, i);
        all = bbox_union(all, boxes[i]);
    }
    footprint->tiles = spatial_index_new(boxes, count);
    footprint->reach = bbox_grow(all, footprint->layer_reach_px);
    free(boxes);
}

static bool is_late(const struct footprint *footprint)
{
    return footprint->limits && monotonic_now_ms() >= footprint->limits->until_ms;
}

/* Of so many that each step of the way takes time: is it time to look at the clock, and too late? */
static bool is_late_at(const struct footprint *footprint, size_t number)
{
    return number >= FOUND_FREELY && number % LOOKS_AT_CLOCK == 0 && is_late(footprint);
}

static void note_difference(const struct feature *feature, void *context)
{
    struct difference *difference = context;
    struct footprint *footprint = difference->footprint;
    if (!footprint->has_failed && is_late_at(footprint, difference->count)) {
        fault_set(footprint->fault, FAULT_DEADLINE, "so much changed that there was no time to find where");
        footprint->has_failed = true;
    }
    if (footprint->has_failed) {
        return;
    }
    if (difference->count == difference->capacity) {
        difference->capacity = difference->capacity ? 2 * difference->capacity : 16;
        difference->items =
            memory_resize(difference->items, difference->capacity, sizeof(*difference->items));
    }
    if (!scene_feature_init(&difference->items[difference->count++], footprint->renderer, difference->view,
                            difference->plot, feature, footprint->fault)) {
        difference->count--;
        footprint->has_failed = true;
    }
}

static struct difference find_difference(struct footprint *footprint)
{
    const struct map_view *before = footprint->before.view;
    const struct map_view *after = footprint->after.view;
    struct difference difference = {.footprint = footprint, .view = after};
    for (uint32_t i = 0; i < after->plot_count; i++) {
        difference.plot = i;
        plot_compare(before->plots[i], before->moment_ms, after->plots[i], after->moment_ms, note_difference,
                     &difference);
    }
    return difference;
}

static void finish_difference(struct difference *difference)
{
    for (size_t i = 0; i < difference->count; i++) {
        plot_shape_unref(difference->items[i].shape);
    }
    free(difference->items);
    plot_shapes_trim(difference->footprint->renderer->plot_shapes);
}

/* When it is late it may matter, whatever it is. */
static bool matters_to(const struct difference *difference, struct bbox district)
{
    double margin = district_margin_px(difference->view);
    for (size_t i = 0; i < difference->count; i++) {
        if (is_late_at(difference->footprint, i) ||
            scene_feature_matters(&difference->items[i], district, margin)) {
            return true;
        }
    }
    return false;
}

static void compare_district(struct footprint *footprint, struct bbox district)
{
    struct footprint_side *before = &footprint->before;
    struct footprint_side *after = &footprint->after;
    footprint->district = district;
    before->scene = scene_get(footprint->renderer, before->view, district, footprint->fault);
    after->scene =
        before->scene ? scene_get(footprint->renderer, after->view, district, footprint->fault) : NULL;
    footprint->has_failed = !after->scene;
    if (!footprint->has_failed && before->scene != after->scene) {
        footprint_compare_scenes(footprint);
    }
    scene_unref(before->scene);
    scene_unref(after->scene);
}

/* Features that are counted, up to some. */
struct feature_count {
    size_t count;
    size_t most;
};

static bool count_feature(const struct feature *feature, void *context)
{
    struct feature_count *counted = context;
    return ++counted->count <= counted->most;
}

/* Has the district more features than so many, of all plots? Where it cannot be told, it has. */
static bool has_more_than(const struct footprint *footprint, struct bbox district, size_t most)
{
    const struct map_view *view = footprint->after.view;
    struct feature_count counted = {.most = most};
    struct bbox place_deg;
    size_t total = 0;
    for (size_t i = 0; i < view->plot_count; i++) {
        total += plot_count(view->plots[i]);
    }
    if (total <= most) {
        return false;
    }
    if (!lon_lat_box_of(footprint->renderer->crs_context, &view->grid, district, 0, &place_deg, NULL)) {
        return true;
    }
    for (size_t i = 0; i < view->plot_count && counted.count <= most; i++) {
        plot_query(view->plots[i], place_deg, view->moment_ms, count_feature, &counted);
    }
    return counted.count > most;
}

/* Would comparing it take longer than there is time? */
static bool is_too_much(const struct footprint *footprint, struct bbox district)
{
    const struct footprint_limits *limits = footprint->limits;
    if (!limits || bbox_is_empty(district)) {
        return false;
    }
    bool is_kept = scene_cache_find(footprint->renderer->scenes, footprint->before.view, district) != NULL;
    size_t most = is_kept ? limits->kept_features : limits->made_features;
    return is_late(footprint) || has_more_than(footprint, district, most);
}

static bool mark_tile(uint32_t number, void *context)
{
    ((struct footprint *)context)->stale[number] = true;
    return true;
}

/* All tiles on which something of the district, or a label of a layer that gives way to it, may be seen. */
static void mark_around(struct footprint *footprint, struct bbox district)
{
    double reach_px = footprint->layer_reach_px > 0 ? footprint->layer_reach_px : -1; /* not those beside */
    spatial_index_query(footprint->tiles, bbox_grow(district, reach_px), mark_tile, footprint);
}

static int compare_corners(const void *a, const void *b)
{
    const struct bbox *box_a = a;
    const struct bbox *box_b = b;
    if (box_a->min_y != box_b->min_y) {
        return box_a->min_y < box_b->min_y ? -1 : 1;
    }
    return box_a->min_x < box_b->min_x ? -1 : box_a->min_x > box_b->min_x;
}

/* The districts that may leave paint on the tiles, each once. Owned by the caller. */
static struct bbox *list_districts(const struct footprint *footprint, size_t *count)
{
    struct bbox *boxes = NULL;
    size_t capacity = 0;
    *count = 0;
    for (uint32_t i = 0; i < footprint->count; i++) {
        struct bbox around = bbox_grow(tile_box(footprint, i), footprint->layer_reach_px);
        struct districts districts = districts_touched(footprint->renderer, footprint->after.view, around);
        for (size_t k = 0; k < districts_count(&districts); k++) {
            if (*count == capacity) {
                capacity = capacity ? 2 * capacity : 64;
                boxes = memory_resize(boxes, capacity, sizeof(*boxes));
            }
            struct bbox district = districts_at(&districts, k);
            if (*count == 0 || compare_corners(&boxes[*count - 1], &district) != 0) {
                boxes[(*count)++] = district;
            }
        }
    }
    if (*count > 1) {
        qsort(boxes, *count, sizeof(*boxes), compare_corners);
    }
    return boxes;
}

static void compare_districts(struct footprint *footprint, const struct difference *difference)
{
    size_t count;
    struct bbox *districts = list_districts(footprint, &count);
    for (size_t i = 0; i < count && !footprint->has_failed; i++) {
        bool is_repeated = i > 0 && compare_corners(&districts[i - 1], &districts[i]) == 0;
        if (is_repeated || !matters_to(difference, districts[i])) {
            continue;
        }
        if (is_too_much(footprint, districts[i])) {
            mark_around(footprint, districts[i]);
        } else {
            compare_district(footprint, districts[i]);
        }
    }
    free(districts);
}

bool footprint_stale_tiles_within(struct renderer *renderer, const struct map_view *before,
                                  const struct map_view *after, const struct tile_matrix_set *set,
                                  const struct tile_address *addresses, size_t count,
                                  const struct footprint_limits *limits, bool *stale, struct fault *fault)
{
    memset(stale, 0, count * sizeof(*stale));
    struct footprint footprint = {.renderer = renderer,
                                  .set = set,
                                  .before = {before, NULL},
                                  .after = {after, NULL},
                                  .addresses = addresses,
                                  .count = count,
                                  .limits = limits,
                                  .stale = stale,
                                  .fault = fault};
    footprint.layer_reach_px = find_layer_reach(after);
    struct difference difference = find_difference(&footprint);
    if (!footprint.has_failed && difference.count > 0 && count > 0) {
        index_tiles(&footprint);
        compare_districts(&footprint, &difference);
        spatial_index_free(footprint.tiles);
    }
    finish_difference(&difference);
    return !footprint.has_failed;
}

bool footprint_stale_tiles(struct renderer *renderer, const struct map_view *before,
                           const struct map_view *after, const struct tile_matrix_set *set,
                           const struct tile_address *addresses, size_t count, bool *stale,
                           struct fault *fault)
{
    return footprint_stale_tiles_within(renderer, before, after, set, addresses, count, NULL, stale, fault);
}
