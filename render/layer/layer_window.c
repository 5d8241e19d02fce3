/*
 * layer_window.c - makes windows and keeps them, least used let go first.
 *
 * The features of a small layer are kept whole by open_layers; of a large one the window's own are read, made
 * into pixels and forgotten.
 */
#include "render/layer/layer_window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/clip.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/layer/layer_features.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_point.h"
#include "render/layer/layer_thin.h"
#include "render/lru_cache.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/layer/open_layers.h"
#include "render/px_box.h"
#include "render/renderer_internal.h"
#include "symbology/style.h"

#define WINDOW_MOST_POINTS 1000000 /* read in some tenths of a second */

/* Cleared before it is filled in, because its bytes are compared. */
struct window_key {
    const struct layer *layer;
    struct pixel_grid grid;
    struct pixel_box box;
    struct bbox frame_px;
    double scale_denominator;
    double symbol_scale;
};

struct window_maker {
    const struct map_view *view;
    const struct layer *layer;
    const struct layer_features *features;
    struct bbox cut; /* px: the window and the reach of the paint around it */
    struct numbers found;
    struct numbers
        *by_rule; /* for each rule of the style: the features it paints, in the order of the file */
    struct layer_stratum *stratum; /* that is being filled */
    size_t fill_capacity;
    size_t line_capacity;
    size_t whole_capacity;
    size_t point_capacity;
    bool is_ring;       /* of the line being cut */
    size_t whole_count; /* its points */
    size_t bytes;
};

/* How far paint of a layer reaches from its geometry at the scale of a view, labels left out. */
static double reach_px(const struct layer *layer, const struct map_view *view)
{
    double reach = 0.0;
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        const struct style_rule *rule = &layer->style->rules[i];
        if (style_rule_is_at_scale(rule, view->scale_denominator)) {
            reach = fmax(reach, line_look_reach_px(&rule->look.outline));
            reach = fmax(reach, layer_point_reach_px(rule));
        }
    }
    return reach + 2.0;
}

void layer_window_free(void *value)
{
    struct layer_window *window = value;
    if (!window) {
        return;
    }
    for (size_t i = 0; i < window->stratum_count; i++) {
        struct layer_stratum *stratum = &window->strata[i];
        for (size_t j = 0; j < stratum->fill_count; j++) {
            shape_free(stratum->fills[j].polygon);
        }
        for (size_t j = 0; j < stratum->line_count; j++) {
            free(stratum->lines[j].points);
        }
        for (size_t j = 0; j < stratum->whole_count; j++) {
            shape_free(stratum->wholes[j]);
        }
        free(stratum->fills);
        free(stratum->lines);
        free(stratum->wholes);
        free(stratum->points);
    }
    for (size_t i = 0; i < window->label_count; i++) {
        layer_label_finish(&window->labels[i]);
    }
    free(window->strata);
    free(window->labels);
    free(window);
}

/* Room for one more item of an array. */
static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity ? 2 * *capacity : 16;
    return memory_resize(items, *capacity, size);
}

static void add_line(const struct point *points, size_t count, double start, void *context)
{
    struct window_maker *maker = context;
    struct layer_stratum *stratum = maker->stratum;
    stratum->lines =
        grown(stratum->lines, stratum->line_count, &maker->line_capacity, sizeof(*stratum->lines));
    struct layer_line *line = &stratum->lines[stratum->line_count++];
    line->points = memory_new(count, sizeof(*points));
    memcpy(line->points, points, count * sizeof(*points));
    line->count = count;
    line->start_px = start;
    line->is_closed = maker->is_ring && count == maker->whole_count && start == 0.0;
    line->box = bbox_of_points(points, count);
    maker->bytes += sizeof(*line) + count * sizeof(*points);
}

static void add_fill(struct window_maker *maker, const struct shape *shape)
{
    struct layer_stratum *stratum = maker->stratum;
    struct shape *cut = clip_polygon(shape, maker->cut);
    if (cut->part_count == 0) {
        shape_free(cut);
        return;
    }
    stratum->fills =
        grown(stratum->fills, stratum->fill_count, &maker->fill_capacity, sizeof(*stratum->fills));
    stratum->fills[stratum->fill_count++].polygon = cut;
    maker->bytes += sizeof(*cut) + cut->point_count * sizeof(struct point);
}

static double rotation_of(const struct style_rule *rule, const struct layer_feature *feature)
{
    double turn = rule->rotation == STYLE_NO_ATTRIBUTE ? 0 : feature->numbers[rule->rotation];
    return isfinite(turn) ? round(fmod(turn, 360)) : 0;
}

static void add_points(struct window_maker *maker, const struct layer_feature *feature)
{
    struct layer_stratum *stratum = maker->stratum;
    for (size_t i = 0; i < feature->shape->point_count; i++) {
        struct point place = feature->shape->points[i];
        pixel_grid_snap(&maker->view->grid, &place, 1);
        if (!bbox_contains_point(maker->cut, place)) {
            continue;
        }
        stratum->points =
            grown(stratum->points, stratum->point_count, &maker->point_capacity, sizeof(*stratum->points));
        stratum->points[stratum->point_count++] =
            (struct layer_point){place, rotation_of(stratum->rule, feature)};
        maker->bytes += sizeof(*stratum->points);
    }
}

static bool has_offset(const struct line_look *look)
{
    for (int i = 0; i < look->stroke_count; i++) {
        if (look->strokes[i].offset_px != 0) {
            return true;
        }
    }
    return false;
}

/* Marks and ends are counted from the ends of the whole line; on which side of a ring its area lies, only the
 * whole ring tells.
 */
static bool is_whole(const struct style_rule *rule, enum shape_kind kind)
{
    const struct line_look *look = &rule->look.outline;
    return look->marks.mark != LINE_MARK_NONE || look->start != LINE_END_NONE || look->end != LINE_END_NONE ||
           (kind == SHAPE_POLYGON && has_offset(look));
}

static bool is_dashed(const struct style_rule *rule)
{
    for (int i = 0; i < rule->look.outline.stroke_count; i++) {
        if (rule->look.outline.strokes[i].dash_count > 0) {
            return true;
        }
    }
    return false;
}

/* A stroke beside a line keeps clear of the whole of it. */
static void add_lines(struct window_maker *maker, const struct shape *shape)
{
    struct bbox everywhere = {-INFINITY, -INFINITY, INFINITY, INFINITY};
    struct bbox cut = has_offset(&maker->stratum->rule->look.outline) ? everywhere : maker->cut;
    for (size_t i = 0; i < shape->part_count; i++) {
        maker->is_ring = shape->kind == SHAPE_POLYGON;
        maker->whole_count = shape->parts[i].count;
        clip_line(shape->points + shape->parts[i].first, shape->parts[i].count, cut, add_line, maker);
    }
}

/* Takes the shape over. */
static void add_whole(struct window_maker *maker, struct shape *shape)
{
    struct layer_stratum *stratum = maker->stratum;
    stratum->wholes =
        grown(stratum->wholes, stratum->whole_count, &maker->whole_capacity, sizeof(*stratum->wholes));
    stratum->wholes[stratum->whole_count++] = shape;
    maker->bytes += sizeof(*shape) + shape->point_count * sizeof(struct point);
}

static void add_feature(struct window_maker *maker, const struct layer_feature *feature)
{
    const struct style_rule *rule = maker->stratum->rule;
    if (feature->shape->kind == SHAPE_POINT) {
        if (style_rule_draws_points(rule)) {
            add_points(maker, feature);
        }
        return;
    }
    bool is_kept_whole = is_whole(rule, feature->shape->kind);
    bool is_measured = is_kept_whole || is_dashed(rule) || has_offset(&rule->look.outline);
    struct shape *thin = layer_thin(feature, &maker->view->grid, maker->cut, is_measured);
    if (thin->kind == SHAPE_POLYGON && rule->look.fill.kind != FILL_NONE) {
        add_fill(maker, thin);
    }
    if (is_kept_whole) {
        add_whole(maker, thin);
        return;
    }
    if (rule->look.outline.stroke_count > 0) {
        add_lines(maker, thin);
    }
    shape_free(thin);
}

static void note_feature(uint32_t number, void *context)
{
    struct window_maker *maker = context;
    numbers_add(&maker->found, number);
}

static void fill_stratum(struct window_maker *maker, struct layer_stratum *stratum)
{
    const struct numbers *features = &maker->by_rule[stratum->rule - maker->layer->style->rules];
    maker->stratum = stratum;
    maker->fill_capacity = maker->line_capacity = maker->whole_capacity = maker->point_capacity = 0;
    for (size_t i = 0; i < features->count; i++) {
        add_feature(maker, &maker->features->items[features->items[i]]);
    }
}

/* Asks the rules once for each feature, whatever their number. */
static void find_features(struct window_maker *maker)
{
    const struct style *style = maker->layer->style;
    struct bbox box = px_box_to_crs(&maker->view->grid, maker->cut);
    layer_features_query(maker->features, box, note_feature, maker);
    maker->by_rule = memory_new(style->rule_count, sizeof(*maker->by_rule));
    for (size_t i = 0; i < maker->found.count; i++) {
        uint32_t number = maker->found.items[i];
        struct style_values values = layer_feature_values(&maker->features->items[number]);
        const struct style_rule *rule = NULL;
        while ((rule = style_next_rule(style, maker->view->scale_denominator, values, rule))) {
            numbers_add(&maker->by_rule[rule - style->rules], number);
        }
    }
}

static void finish_maker(struct window_maker *maker)
{
    for (size_t i = 0; i < maker->layer->style->rule_count; i++) {
        numbers_finish(&maker->by_rule[i]);
    }
    free(maker->by_rule);
    numbers_finish(&maker->found);
}

static struct layer_window *make_window(struct renderer *renderer, const struct map_view *view,
                                        const struct layer *layer, struct pixel_box box,
                                        const struct layer_features *features)
{
    struct window_maker maker = {.view = view, .layer = layer, .features = features};
    double reach = reach_px(layer, view);
    maker.cut = bbox_grow(pixel_box_to_bbox(box), reach);
    find_features(&maker);
    struct layer_window *window = memory_new(1, sizeof(*window));
    window->reach_px = reach;
    window->stratum_count = layer->style->rule_count;
    window->strata = memory_new(window->stratum_count, sizeof(*window->strata));
    for (size_t i = 0; i < window->stratum_count; i++) {
        window->strata[i].rule = &layer->style->rules[window->stratum_count - 1 - i];
        fill_stratum(&maker, &window->strata[i]);
    }
    layer_labels_place(renderer->text_engine, view, layer, box, features, window);
    window->bytes = sizeof(*window) + maker.bytes + window->label_count * 512;
    finish_maker(&maker);
    return window;
}

/* What must be read of a large layer, in the CRS of its source. OUTSIDE when the window has no image there.
 */
static bool box_to_read(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, const char *source_crs, struct bbox *read, struct fault *fault)
{
    const struct crs *from = crs_find(renderer->crs_context, view->grid.crs_code, fault);
    const struct crs *to = from ? crs_find(renderer->crs_context, source_crs, fault) : NULL;
    double margin = fmax(reach_px(layer, view), layer_labels_reach_px(layer)) + 2.0;
    struct bbox map = px_box_to_crs(&view->grid, bbox_grow(pixel_box_to_bbox(box), margin));
    return to && crs_transform_bbox(renderer->crs_context, from, to, map, read, fault);
}

static void refuse_too_full(const struct layer *layer, struct fault *fault)
{
    fault_set(fault, FAULT_LIMIT,
              "layer '%s': it has too much in this place to be drawn at this scale: limit its 'scale' in the "
              "catalogue, or give smaller scales a simplified layer",
              layer->id);
}

/* The features of a window of a large layer; owned. */
static struct layer_features *read_window(struct renderer *renderer, const struct map_view *view,
                                          const struct layer *layer, struct pixel_box box, bool *is_too_full,
                                          struct fault *fault)
{
    struct source *source = open_layers_source(renderer->open_layers, layer, fault);
    if (!source) {
        return NULL;
    }
    struct fault reason = {0};
    struct bbox read = bbox_empty();
    if (!box_to_read(renderer, view, layer, box, source_crs_code(source), &read, &reason)) {
        if (reason.code != FAULT_OUTSIDE) {
            fault_set(fault, reason.code, "layer '%s': %s", layer->id, reason.message);
            return NULL;
        }
        read = bbox_empty();
    }
    struct layer_features_wish wish = {source, layer->style, view->grid.crs_code, read, WINDOW_MOST_POINTS};
    open_layers_begin(renderer->open_layers, layer);
    struct layer_features *features = layer_features_read(renderer->crs_context, &wish, is_too_full, &reason);
    open_layers_end(renderer->open_layers);
    if (*is_too_full) {
        refuse_too_full(layer, fault);
    } else if (!features) {
        open_layers_failed(renderer->open_layers, layer, &reason);
        fault_set(fault, reason.code, "%s", reason.message);
    }
    return features;
}

static struct window_key key_of(const struct map_view *view, const struct layer *layer, struct pixel_box box)
{
    struct window_key key;
    memset(&key, 0, sizeof(key));
    key.layer = layer;
    key.grid = px_grid_for_key(&view->grid);
    key.box = box;
    key.frame_px = view->frame_px;
    key.scale_denominator = view->scale_denominator;
    key.symbol_scale = view->symbol_scale;
    return key;
}

bool layer_reading_init(struct layer_reading *reading, struct renderer *renderer, const struct map_view *view,
                        const struct layer *layer, struct pixel_box box, struct fault *fault)
{
    *reading = (struct layer_reading){.features = NULL};
    if (!open_layers_features(renderer->open_layers, layer, view->grid.crs_code, &reading->features, fault)) {
        return false;
    }
    if (!reading->features) {
        reading->read = read_window(renderer, view, layer, box, &reading->is_too_full, fault);
        reading->features = reading->read;
    }
    return reading->features != NULL;
}

void layer_reading_finish(struct layer_reading *reading)
{
    layer_features_free(reading->read);
    *reading = (struct layer_reading){.features = NULL};
}

static void keep(struct renderer *renderer, const struct window_key *key, struct layer_window *window)
{
    lru_cache_put(renderer->vector_windows, key, sizeof(*key), window, window->bytes);
    lru_cache_trim(renderer->vector_windows);
}

/* So that the next tile does not read it all again to find the same. */
static struct layer_window *window_too_full(void)
{
    struct layer_window *window = memory_new(1, sizeof(*window));
    window->bytes = sizeof(*window);
    window->is_too_full = true;
    return window;
}

/* The window as it is kept, made when it is not there. */
static struct layer_window *find_or_make(struct renderer *renderer, const struct map_view *view,
                                         const struct layer *layer, struct pixel_box box, struct fault *fault)
{
    struct window_key key = key_of(view, layer, box);
    struct layer_window *window = lru_cache_find(renderer->vector_windows, &key, sizeof(key));
    if (window) {
        return window;
    }
    struct layer_reading reading;
    if (layer_reading_init(&reading, renderer, view, layer, box, fault)) {
        window = make_window(renderer, view, layer, box, reading.features);
        layer_reading_finish(&reading);
    } else if (reading.is_too_full) {
        window = window_too_full();
    } else {
        return NULL;
    }
    keep(renderer, &key, window);
    return window;
}

const struct layer_window *layer_window_get(struct renderer *renderer, const struct map_view *view,
                                            const struct layer *layer, struct pixel_box box,
                                            struct fault *fault)
{
    struct fault reason = {0};
    struct layer_window *window = find_or_make(renderer, view, layer, box, &reason);
    if (window && !window->is_too_full) {
        return window;
    }
    if (window) {
        refuse_too_full(layer, fault);
    } else {
        fault_set(fault, reason.code, "%s", reason.message);
    }
    return NULL;
}
