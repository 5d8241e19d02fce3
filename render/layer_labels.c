/*
 * layer_labels.c - candidates within reach, sorted by importance, each tried against all before it.
 *
 * A label is at most LAYER_LABEL_MOST_PX wide and, at either of its places, reaches no further than half of
 * that from its anchor. So one that reaches into the window has its anchor within half of that, and its
 * rivals theirs within one and a half times that.
 *
 * Above its dot a label competes with all others above theirs. Below it, the place for when a plot is in the
 * way above, it must touch no label above any other dot, and none below the dot of a more important one.
 */
#include "render/layer_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/box_grid.h"
#include "render/layer_features.h"
#include "render/layer_point.h"
#include "render/layer_window.h"
#include "render/map_view.h"
#include "render/placement.h"
#include "render/px_box.h"
#include "symbology/style.h"

#define CELL_PX 64.0

struct candidate {
    const struct style_rule *rule;
    double extent_px; /* larger things are more important */
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

double layer_labels_reach_px(const struct layer *layer)
{
    return style_has_labels(layer->style) ? 1.5 * LAYER_LABEL_MOST_PX : 0.0;
}

static struct text_look look_of(const struct labelling *labelling, const struct style_rule *rule)
{
    struct text_look look = rule->label.look;
    look.size_px *= labelling->view->symbol_scale;
    look.halo_px *= labelling->view->symbol_scale;
    return look;
}

static struct layer_label_place place_at(struct point corner, struct text_size size,
                                         const struct text_look *look)
{
    corner = (struct point){floor(corner.x + 0.5), floor(corner.y + 0.5)};
    struct bbox box = {corner.x, corner.y, corner.x + size.width_px, corner.y + size.height_px};
    struct bbox room = bbox_grow(box, look->halo.alpha > 0 ? look->halo_px : 0.0);
    return (struct layer_label_place){
        .corner = corner, .room = room, .ink = bbox_grow(room, text_overhang_px(look))};
}

static void add_place(const struct labelling *labelling, struct layer_label *label,
                      struct layer_label_place place)
{
    struct bbox frame = labelling->view->frame_px;
    if (bbox_is_empty(frame) || bbox_contains(frame, place.ink)) {
        label->places[label->place_count++] = place;
    }
}

/* The corner of a text that stands on one side of a point, clear of its mark by a gap. */
static struct point corner_beside(struct point anchor, enum style_place place, double gap,
                                  struct text_size size)
{
    struct point corner = {anchor.x - size.width_px / 2, anchor.y - size.height_px / 2};
    switch (place) {
    case STYLE_PLACE_ABOVE:
        corner.y = anchor.y - gap - size.height_px;
        break;
    case STYLE_PLACE_BELOW:
        corner.y = anchor.y + gap;
        break;
    case STYLE_PLACE_LEFT:
        corner.x = anchor.x - gap - size.width_px;
        break;
    case STYLE_PLACE_RIGHT:
        corner.x = anchor.x + gap;
        break;
    case STYLE_PLACE_CENTRE:
        break;
    }
    return corner;
}

static enum style_place across(enum style_place place)
{
    static const enum style_place opposites[] = {[STYLE_PLACE_ABOVE] = STYLE_PLACE_BELOW,
                                                 [STYLE_PLACE_BELOW] = STYLE_PLACE_ABOVE,
                                                 [STYLE_PLACE_LEFT] = STYLE_PLACE_RIGHT,
                                                 [STYLE_PLACE_RIGHT] = STYLE_PLACE_LEFT,
                                                 [STYLE_PLACE_CENTRE] = STYLE_PLACE_CENTRE};
    return opposites[place];
}

static double gap_of(const struct labelling *labelling, const struct style_rule *rule)
{
    return layer_point_body_px(rule, labelling->view->symbol_scale) + rule->label.offset_px;
}

/* On the two sides of a point; in the middle of what is larger. */
static void find_places(const struct labelling *labelling, const struct layer_feature *feature,
                        const struct style_rule *rule, struct text_size size, struct layer_label *label)
{
    struct point anchor = pixel_grid_to_px(&labelling->view->grid, feature->anchor);
    bool is_point = feature->shape->kind == SHAPE_POINT;
    enum style_place place = is_point ? rule->label.place : STYLE_PLACE_CENTRE;
    double gap = gap_of(labelling, rule);
    add_place(labelling, label, place_at(corner_beside(anchor, place, gap, size), size, &label->look));
    if (place != STYLE_PLACE_CENTRE) {
        add_place(labelling, label,
                  place_at(corner_beside(anchor, across(place), gap, size), size, &label->look));
    }
}

/* Nothing is labelled that is much smaller than its name. */
static bool has_room(const struct layer_feature *feature, double extent_px, struct text_size size)
{
    return feature->shape->kind == SHAPE_POINT || extent_px >= 0.7 * size.width_px;
}

static void append(struct labelling *labelling, struct candidate candidate)
{
    if (labelling->count == labelling->capacity) {
        labelling->capacity = labelling->capacity ? 2 * labelling->capacity : 64;
        labelling->items = memory_resize(labelling->items, labelling->capacity, sizeof(*labelling->items));
    }
    labelling->items[labelling->count++] = candidate;
}

static bool is_beside(const struct layer_feature *feature, const struct style_rule *rule)
{
    bool is_side = rule->label.place == STYLE_PLACE_LEFT || rule->label.place == STYLE_PLACE_RIGHT;
    return is_side && feature->shape->kind == SHAPE_POINT;
}

/* Is it small enough to lie, at either place, within half of LAYER_LABEL_MOST_PX from its anchor? */
static bool is_small(const struct labelling *labelling, const struct layer_feature *feature,
                     const struct candidate *candidate, struct text_size size)
{
    const struct text_look *look = &candidate->label.look;
    double around = look->halo_px + text_overhang_px(look) + gap_of(labelling, candidate->rule) + 1;
    double most = LAYER_LABEL_MOST_PX - 2 * around;
    bool is_beside_point = is_beside(feature, candidate->rule);
    return size.width_px <= (is_beside_point ? most / 2 : most) && size.height_px <= most / 2;
}

/* Takes the text over. */
static void add_candidate(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule, char *text)
{
    struct candidate candidate = {.rule = rule, .label = {.text = text, .look = look_of(labelling, rule)}};
    candidate.label.box = (struct text_box){.wrap_px = rule->label.max_width_px, .align = TEXT_CENTRE};
    struct text_size size = text_measure(labelling->engine, text, &candidate.label.look, candidate.label.box);
    candidate.extent_px = fmax(bbox_width(feature->shape->box), bbox_height(feature->shape->box)) /
                          labelling->view->grid.units_per_px;
    if (is_small(labelling, feature, &candidate, size) && has_room(feature, candidate.extent_px, size)) {
        find_places(labelling, feature, rule, size, &candidate.label);
    }
    if (candidate.label.place_count > 0) {
        append(labelling, candidate);
    } else {
        free(text);
    }
}

static void consider_rule(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule)
{
    struct point anchor = pixel_grid_to_px(&labelling->view->grid, feature->anchor);
    if (rule->label.part_count == 0 || !bbox_contains_point(labelling->reach, anchor)) {
        return;
    }
    char *text = style_label_text(&rule->label, layer_feature_values(feature));
    if (text) {
        add_candidate(labelling, feature, rule, text);
    }
}

static bool consider(uint32_t number, void *context)
{
    struct labelling *labelling = context;
    const struct layer_feature *feature = &labelling->features->items[number];
    const struct style_rule *rule = NULL;
    while ((rule = style_next_rule(labelling->layer->style, labelling->view->scale_denominator,
                                   layer_feature_values(feature), rule))) {
        consider_rule(labelling, feature, rule);
    }
    return true;
}

/* Decided by what is labelled and where, never by the order in which it was read. */
static int compare(const void *a, const void *b)
{
    const struct candidate *candidate_a = a;
    const struct candidate *candidate_b = b;
    int priority_a = candidate_a->rule->label.priority;
    int priority_b = candidate_b->rule->label.priority;
    if (priority_a != priority_b) {
        return priority_a > priority_b ? -1 : 1;
    }
    if (candidate_a->rule != candidate_b->rule) {
        return candidate_a->rule < candidate_b->rule ? -1 : 1;
    }
    if (candidate_a->extent_px != candidate_b->extent_px) {
        return candidate_a->extent_px > candidate_b->extent_px ? -1 : 1;
    }
    int by_text = strcmp(candidate_a->label.text, candidate_b->label.text);
    if (by_text != 0) {
        return by_text;
    }
    struct point corner_a = candidate_a->label.places[0].corner;
    struct point corner_b = candidate_b->label.places[0].corner;
    if (corner_a.x != corner_b.x) {
        return corner_a.x < corner_b.x ? -1 : 1;
    }
    return corner_a.y < corner_b.y ? -1 : corner_a.y > corner_b.y;
}

/* Is another label than the one asked for in the way? */
struct rivals {
    uint32_t own_number;
    bool is_touched;
};

static void note_rival(uint32_t number, void *context)
{
    struct rivals *rivals = context;
    rivals->is_touched = rivals->is_touched || number != rivals->own_number;
}

static bool is_free_of_others(const struct box_grid *grid, struct bbox room, uint32_t own_number)
{
    struct rivals rivals = {own_number, false};
    box_grid_query(grid, room, note_rival, &rivals);
    return !rivals.is_touched;
}

/* Which candidates may take their first place: none when a more important one would touch it. */
static bool *rank_first_places(struct labelling *labelling, struct box_grid *firsts)
{
    bool *is_free = memory_new(labelling->count, sizeof(*is_free));
    for (uint32_t i = 0; i < labelling->count; i++) {
        struct bbox room = labelling->items[i].label.places[0].room;
        is_free[i] = box_grid_is_free(firsts, room);
        box_grid_add(firsts, room, i);
    }
    return is_free;
}

/* Takes away the second places that another label's place would touch. */
static void drop_touched_places(struct labelling *labelling, const struct box_grid *firsts)
{
    struct box_grid *seconds = box_grid_new(CELL_PX);
    for (uint32_t i = 0; i < labelling->count; i++) {
        struct layer_label *label = &labelling->items[i].label;
        if (label->place_count < 2) {
            continue;
        }
        struct bbox room = label->places[1].room;
        bool is_free = is_free_of_others(firsts, room, i) && box_grid_is_free(seconds, room);
        box_grid_add(seconds, room, i);
        label->place_count = is_free ? 2 : 1;
    }
    box_grid_free(seconds);
}

static bool is_seen(const struct layer_label *label, struct bbox window_px)
{
    return bbox_intersects(label->places[0].ink, window_px) ||
           (label->place_count > 1 && bbox_intersects(label->places[1].ink, window_px));
}

static void keep_free_ones(struct labelling *labelling, struct bbox window_px, struct layer_window *window)
{
    struct box_grid *firsts = box_grid_new(CELL_PX);
    bool *is_free = rank_first_places(labelling, firsts);
    drop_touched_places(labelling, firsts);
    window->labels = memory_new(labelling->count, sizeof(*window->labels));
    for (size_t i = 0; i < labelling->count; i++) {
        struct candidate *candidate = &labelling->items[i];
        if (is_free[i] && is_seen(&candidate->label, window_px)) {
            window->labels[window->label_count++] = candidate->label;
        } else {
            free(candidate->label.text);
        }
    }
    free(is_free);
    box_grid_free(firsts);
}

/* The labels of one window that have a place in the box. */
static void visit_window(const struct layer_window *window, struct bbox box_px,
                         void (*visit)(const struct layer_label *label, void *context), void *context)
{
    for (size_t i = 0; i < window->label_count; i++) {
        if (is_seen(&window->labels[i], box_px)) {
            visit(&window->labels[i], context);
        }
    }
}

static int64_t window_floor(double px)
{
    return (int64_t)floor(px / LAYER_WINDOW_PX) * LAYER_WINDOW_PX;
}

bool layer_labels_visit(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                        struct bbox box_px, void (*visit)(const struct layer_label *label, void *context),
                        void *context)
{
    struct fault fault = {0};
    if (!style_has_labels(layer->style)) {
        return true;
    }
    for (int64_t y = window_floor(box_px.min_y); (double)y <= box_px.max_y; y += LAYER_WINDOW_PX) {
        for (int64_t x = window_floor(box_px.min_x); (double)x <= box_px.max_x; x += LAYER_WINDOW_PX) {
            struct pixel_box box = {x, y, LAYER_WINDOW_PX, LAYER_WINDOW_PX};
            const struct layer_window *window = layer_window_get(renderer, view, layer, box, &fault);
            if (!window) {
                return false;
            }
            visit_window(window, box_px, visit, context);
        }
    }
    return true;
}

const struct layer_label_place *layer_label_place(const struct layer_label *label,
                                                  const struct placement *placement)
{
    for (int i = 0; i < label->place_count; i++) {
        if (placement_is_free(placement, label->places[i].room)) {
            return &label->places[i];
        }
    }
    return NULL;
}

void layer_labels_place(struct text_engine *engine, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, const struct layer_features *features,
                        struct layer_window *window)
{
    if (!style_has_labels(layer->style)) {
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
