/*
 * layer_labels.c - candidates within reach, sorted by importance, each tried against all before it.
 *
 * A label is at most LAYER_LABEL_MOST_PX wide and high and centred on its anchor. So one that reaches into
 * the window has its anchor within half of that, and its rivals theirs within one and a half times that.
 */
#include "render/layer_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/box_grid.h"
#include "render/layer_features.h"
#include "render/layer_window.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "symbology/style.h"

#define CELL_PX 64.0

struct candidate {
    const struct style_rule *rule;
    double extent_px; /* larger things are more important */
    const char *text;
    struct layer_label label;
};

struct labelling {
    struct text_engine *engine;
    const struct map_view *view;
    const struct layer *layer;
    const struct layer_features *features;
    struct bbox reach; /* px */
    struct candidate *items;
    size_t count;
    size_t capacity;
};

static bool has_labels(const struct layer *layer)
{
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        if (layer->style->rules[i].label_field) {
            return true;
        }
    }
    return false;
}

double layer_labels_reach_px(const struct layer *layer)
{
    return has_labels(layer) ? 1.5 * LAYER_LABEL_MOST_PX : 0.0;
}

static struct text_look look_of(const struct labelling *labelling, const struct style_rule *rule)
{
    struct text_look look = rule->label;
    look.size_px *= labelling->view->symbol_scale;
    look.halo_px *= labelling->view->symbol_scale;
    return look;
}

static struct point corner_of(const struct labelling *labelling, const struct style_rule *rule,
                              const struct layer_feature *feature, struct text_size size)
{
    struct point anchor = pixel_grid_to_px(&labelling->view->grid, feature->anchor);
    double above =
        feature->shape->kind == SHAPE_POINT ? rule->point_radius_px + size.height_px / 2 + 1.0 : 0.0;
    return (struct point){floor(anchor.x - size.width_px / 2 + 0.5),
                          floor(anchor.y - above - size.height_px / 2 + 0.5)};
}

/* Nothing is labelled that is much smaller than its name. */
static bool has_room(const struct layer_feature *feature, double extent_px, struct text_size size)
{
    return feature->shape->kind == SHAPE_POINT || extent_px >= 0.7 * size.width_px;
}

static void add_candidate(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule, const char *text)
{
    struct text_look look = look_of(labelling, rule);
    struct text_box box = {.wrap_px = LAYER_LABEL_WRAP_PX, .align = TEXT_CENTRE};
    struct text_size size = text_measure(labelling->engine, text, &look, box);
    double extent = fmax(bbox_width(feature->shape->box), bbox_height(feature->shape->box)) /
                    labelling->view->grid.units_per_px;
    double most = LAYER_LABEL_MOST_PX - 2 * look.halo_px - 2 * rule->point_radius_px - 2;
    if (size.width_px > most || size.height_px > most / 2 || !has_room(feature, extent, size)) {
        return;
    }
    if (labelling->count == labelling->capacity) {
        labelling->capacity = labelling->capacity ? 2 * labelling->capacity : 64;
        labelling->items = memory_resize(labelling->items, labelling->capacity, sizeof(*labelling->items));
    }
    struct point corner = corner_of(labelling, rule, feature, size);
    struct bbox ink = {corner.x, corner.y, corner.x + size.width_px, corner.y + size.height_px};
    ink = bbox_grow(ink, look.halo.alpha > 0 ? look.halo_px : 0.0);
    labelling->items[labelling->count++] =
        (struct candidate){.rule = rule,
                           .extent_px = extent,
                           .text = text,
                           .label = {.rule = rule, .look = look, .corner = corner, .ink = ink}};
}

static bool consider(uint32_t number, void *context)
{
    struct labelling *labelling = context;
    const struct layer_feature *feature = &labelling->features->items[number];
    const struct style_rule *rule = layer_feature_rule(labelling->features, feature, labelling->layer->style,
                                                       labelling->view->scale_denominator);
    if (!rule || !rule->label_field) {
        return true;
    }
    struct point anchor = pixel_grid_to_px(&labelling->view->grid, feature->anchor);
    const char *text = layer_feature_value(labelling->features, feature, rule->label_field);
    if (text[0] != '\0' && bbox_contains_point(labelling->reach, anchor)) {
        add_candidate(labelling, feature, rule, text);
    }
    return true;
}

/* Decided by what is labelled and where, never by the order in which it was read. */
static int compare(const void *a, const void *b)
{
    const struct candidate *candidate_a = a;
    const struct candidate *candidate_b = b;
    if (candidate_a->rule != candidate_b->rule) {
        return candidate_a->rule < candidate_b->rule ? -1 : 1;
    }
    if (candidate_a->extent_px != candidate_b->extent_px) {
        return candidate_a->extent_px > candidate_b->extent_px ? -1 : 1;
    }
    int by_text = strcmp(candidate_a->text, candidate_b->text);
    if (by_text != 0) {
        return by_text;
    }
    struct point corner_a = candidate_a->label.corner;
    struct point corner_b = candidate_b->label.corner;
    if (corner_a.x != corner_b.x) {
        return corner_a.x < corner_b.x ? -1 : 1;
    }
    return corner_a.y < corner_b.y ? -1 : corner_a.y > corner_b.y;
}

static void keep_free_ones(struct labelling *labelling, struct bbox window_px, struct layer_window *window)
{
    struct box_grid *taken = box_grid_new(CELL_PX);
    window->labels = memory_new(labelling->count, sizeof(*window->labels));
    for (size_t i = 0; i < labelling->count; i++) {
        struct candidate *candidate = &labelling->items[i];
        bool is_free = box_grid_is_free(taken, candidate->label.ink);
        box_grid_add(taken, candidate->label.ink, 0);
        if (is_free && bbox_intersects(candidate->label.ink, window_px)) {
            candidate->label.text = memory_copy_text(candidate->text);
            window->labels[window->label_count++] = candidate->label;
        }
    }
    box_grid_free(taken);
}

void layer_labels_place(struct text_engine *engine, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, const struct layer_features *features,
                        struct layer_window *window)
{
    if (!has_labels(layer)) {
        return;
    }
    struct bbox window_px = pixel_box_to_bbox(box);
    struct labelling labelling = {.engine = engine, .view = view, .layer = layer, .features = features};
    labelling.reach = bbox_grow(window_px, layer_labels_reach_px(layer));
    struct bbox map = px_box_to_crs(&view->grid, labelling.reach);
    spatial_index_query(features->index, map, consider, &labelling);
    if (labelling.count > 0) {
        qsort(labelling.items, labelling.count, sizeof(*labelling.items), compare);
    }
    keep_free_ones(&labelling, window_px, window);
    free(labelling.items);
}
