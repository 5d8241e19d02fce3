/*
 * layer_candidates.c - a text beside or in the middle of a feature has its anchor there; one that follows a
 * line has as many anchors as there are texts along it.
 *
 * A label is at most LAYER_LABEL_MOST_PX wide and, at either of its places, reaches no further than half of
 * that from its anchor; else it is none.
 */
#include "render/layer/layer_candidates.h"

#include <math.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/placement/box_grid.h"
#include "render/layer/layer_features.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_point.h"
#include "render/layer/layer_thin.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "render/text/text_along.h"
#include "symbology/style.h"

#define ALONG_ENDS_PX 4.0
#define ALONG_MOST 2000 /* along one part of a line; where there would be more they stand further apart */

struct labelling {
    struct text_engine *engine;
    const struct layer_candidates_wish *wish;
    struct layer_candidates *candidates;
    struct box_grid *bodies;   /* of the points of the layer, by their number */
    struct point *body_places; /* owned; whole px */
    size_t body_count;
    size_t body_capacity;
};

static struct text_look look_of(const struct labelling *labelling, const struct style_rule *rule)
{
    struct text_look look = rule->label.look;
    look.size_px *= labelling->wish->view->symbol_scale;
    look.halo_px *= labelling->wish->view->symbol_scale;
    return look;
}

static enum text_align align_of(enum style_place place)
{
    return place == STYLE_PLACE_LEFT ? TEXT_RIGHT : place == STYLE_PLACE_RIGHT ? TEXT_LEFT : TEXT_CENTRE;
}

static void add_place(const struct labelling *labelling, struct layer_label *label,
                      struct layer_label_place place)
{
    struct bbox frame = labelling->wish->view->frame_px;
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
    return layer_point_body_px(rule, labelling->wish->view->symbol_scale) + rule->label.offset_px;
}

static struct layer_label_place place_beside(struct point anchor, enum style_place place, double gap,
                                             struct text_size size, const struct text_look *look)
{
    struct point corner = corner_beside(anchor, place, gap, size);
    corner = px_whole(corner);
    struct bbox box = {corner.x, corner.y, corner.x + size.width_px, corner.y + size.height_px};
    struct bbox room = bbox_grow(box, look->halo.alpha > 0 ? look->halo_px : 0.0);
    return (struct layer_label_place){.corner = corner,
                                      .align = align_of(place),
                                      .room = room,
                                      .ink = bbox_grow(room, text_overhang_px(look))};
}

/* On the two sides of a point; in the middle of what is larger. */
static void find_places(const struct labelling *labelling, const struct layer_feature *feature,
                        const struct style_rule *rule, struct text_size size, struct layer_label *label)
{
    struct point anchor = pixel_grid_to_px(&labelling->wish->view->grid, feature->anchor);
    bool is_point = feature->shape->kind == SHAPE_POINT;
    enum style_place place = is_point ? rule->label.place : STYLE_PLACE_CENTRE;
    double gap = gap_of(labelling, rule);
    add_place(labelling, label, place_beside(anchor, place, gap, size, &label->look));
    if (place != STYLE_PLACE_CENTRE) {
        add_place(labelling, label, place_beside(anchor, across(place), gap, size, &label->look));
    }
}

static double extent_px(const struct labelling *labelling, const struct layer_feature *feature)
{
    return fmax(bbox_width(feature->shape->box), bbox_height(feature->shape->box)) /
           labelling->wish->view->grid.units_per_px;
}

/* Nothing is labelled that is much smaller than its name. */
static bool has_room(const struct layer_feature *feature, double extent_px, struct text_size size)
{
    return feature->shape->kind == SHAPE_POINT || extent_px >= 0.7 * size.width_px;
}

static void append(struct labelling *labelling, struct layer_candidate candidate)
{
    struct layer_candidates *candidates = labelling->candidates;
    if (candidates->count == candidates->capacity) {
        candidates->capacity = candidates->capacity ? 2 * candidates->capacity : 64;
        candidates->items =
            memory_resize(candidates->items, candidates->capacity, sizeof(*candidates->items));
    }
    candidates->items[candidates->count++] = candidate;
}

static bool is_beside(const struct layer_feature *feature, const struct style_rule *rule)
{
    bool is_side = rule->label.place == STYLE_PLACE_LEFT || rule->label.place == STYLE_PLACE_RIGHT;
    return is_side && feature->shape->kind == SHAPE_POINT;
}

/* How wide and high a text may be to lie, at either place, within half of LAYER_LABEL_MOST_PX from its
 * anchor. */
static struct text_size most_size(const struct labelling *labelling, const struct layer_feature *feature,
                                  const struct layer_candidate *candidate)
{
    const struct text_look *look = &candidate->label.look;
    double around = look->halo_px + text_overhang_px(look) + gap_of(labelling, candidate->rule) + 1;
    double most = LAYER_LABEL_MOST_PX - 2 * around;
    return (struct text_size){.width_px = is_beside(feature, candidate->rule) ? most / 2 : most,
                              .height_px = most / 2};
}

/* Takes the text over. */
static void add_candidate(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule, char *text)
{
    struct layer_candidate candidate = {.rule = rule,
                                        .label = {.text = text, .look = look_of(labelling, rule)}};
    candidate.anchor = pixel_grid_to_px(&labelling->wish->view->grid, feature->anchor);
    struct text_size most = most_size(labelling, feature, &candidate);
    candidate.label.wrap_px = fmin(rule->label.max_width_px, floor(most.width_px));
    struct text_box box = {.wrap_px = candidate.label.wrap_px, .align = TEXT_CENTRE};
    struct text_size size = text_measure(labelling->engine, text, &candidate.label.look, box);
    candidate.extent_px = extent_px(labelling, feature);
    bool is_small = size.width_px <= most.width_px && size.height_px <= most.height_px;
    if (is_small && has_room(feature, candidate.extent_px, size)) {
        find_places(labelling, feature, rule, size, &candidate.label);
    }
    if (candidate.label.place_count > 0) {
        append(labelling, candidate);
    } else {
        free(text);
    }
}

/* Takes the reference over. A text that reaches too far from its place would be cut by windows. */
static void add_along(struct labelling *labelling, const struct layer_feature *feature,
                      const struct style_rule *rule, struct text_along *along)
{
    struct point place = along->place;
    struct bbox room = bbox_grow((struct bbox){place.x, place.y, place.x, place.y}, LAYER_LABEL_MOST_PX / 2);
    if (!bbox_contains(room, along->ink)) {
        text_along_unref(along);
        return;
    }
    append(labelling, (struct layer_candidate){.rule = rule,
                                               .extent_px = extent_px(labelling, feature),
                                               .label = {.text = memory_copy_text(along->text),
                                                         .along = along,
                                                         .places = {{.corner = place, .ink = along->ink}},
                                                         .place_count = 1}});
}

/* Texts that follow one part of a line. */
static void consider_part(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule, const struct text_along_wish *wish,
                          const struct point *points, size_t count)
{
    struct text_alongs texts = {0};
    text_along_set(labelling->engine, wish, points, count, false, &texts);
    for (size_t i = 0; i < texts.count; i++) {
        add_along(labelling, feature, rule, text_along_ref(texts.items[i]));
    }
    text_alongs_finish(&texts);
}

/* Texts that follow a line, decided on the whole of it. */
static void consider_line(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule, const char *text)
{
    const struct layer_candidates_wish *wish = labelling->wish;
    struct text_look look = look_of(labelling, rule);
    struct text_along_wish along = {.text = text,
                                    .look = look,
                                    .side = LINE_SIDE_CENTRE,
                                    .ends_px = ALONG_ENDS_PX,
                                    .spacing_px = rule->label.spacing_px,
                                    .most = ALONG_MOST,
                                    .near = wish->reach,
                                    .frame = wish->view->frame_px};
    struct shape *line = layer_thin(feature, &wish->view->grid, wish->reach, true);
    for (size_t i = 0; i < line->part_count; i++) {
        struct shape_part part = line->parts[i];
        consider_part(labelling, feature, rule, &along, line->points + part.first, part.count);
    }
    shape_free(line);
}

static void consider_rule(struct labelling *labelling, const struct layer_feature *feature,
                          const struct style_rule *rule)
{
    if (rule->label.part_count == 0) {
        return;
    }
    bool is_along = rule->label.is_along && feature->shape->kind == SHAPE_LINE;
    struct point anchor = pixel_grid_to_px(&labelling->wish->view->grid, feature->anchor);
    if (!is_along && !bbox_contains_point(labelling->wish->reach, anchor)) {
        return;
    }
    char *text = style_label_text(&rule->label, layer_feature_values(feature));
    if (text && is_along) {
        consider_line(labelling, feature, rule, text);
        free(text);
    } else if (text) {
        add_candidate(labelling, feature, rule, text);
    }
}

static void add_body(struct labelling *labelling, struct point place, double body_px)
{
    if (labelling->body_count == labelling->body_capacity) {
        labelling->body_capacity = labelling->body_capacity ? 2 * labelling->body_capacity : 64;
        labelling->body_places =
            memory_resize(labelling->body_places, labelling->body_capacity, sizeof(*labelling->body_places));
    }
    struct bbox box = bbox_grow((struct bbox){place.x, place.y, place.x, place.y}, body_px);
    box_grid_add(labelling->bodies, box, (uint32_t)labelling->body_count);
    labelling->body_places[labelling->body_count++] = place;
}

static void add_bodies(struct labelling *labelling, const struct layer_feature *feature,
                       const struct style_rule *rule)
{
    const struct map_view *view = labelling->wish->view;
    for (size_t i = 0; i < feature->shape->point_count; i++) {
        struct point place = pixel_grid_to_px(&view->grid, feature->shape->points[i]);
        add_body(labelling, px_whole(place), layer_point_body_px(rule, view->symbol_scale));
    }
}

static void consider(uint32_t number, void *context)
{
    struct labelling *labelling = context;
    const struct layer_feature *feature = &labelling->wish->features->items[number];
    const struct style_rule *rule = NULL;
    while ((rule = style_next_rule(labelling->wish->layer->style, labelling->wish->view->scale_denominator,
                                   layer_feature_values(feature), rule))) {
        consider_rule(labelling, feature, rule);
        if (feature->shape->kind == SHAPE_POINT && layer_point_has_body(rule)) {
            add_bodies(labelling, feature, rule);
        }
    }
}

/* Is the body of another point than the label's own in the way? */
struct obstacle {
    const struct point *places;
    struct point own;
    bool is_met;
};

static void meet(uint32_t number, void *context)
{
    struct obstacle *obstacle = context;
    struct point place = obstacle->places[number];
    bool is_own = place.x == obstacle->own.x && place.y == obstacle->own.y;
    obstacle->is_met = obstacle->is_met || !is_own;
}

/* Takes away the places that lie on other points of the layer. */
static void keep_clear_places(const struct labelling *labelling, struct layer_candidate *candidate)
{
    struct layer_label *label = &candidate->label;
    int count = 0;
    for (int i = 0; i < label->place_count && !label->along; i++) {
        struct obstacle obstacle = {labelling->body_places, px_whole(candidate->anchor), false};
        box_grid_query(labelling->bodies, label->places[i].room, meet, &obstacle);
        if (!obstacle.is_met) {
            label->places[count++] = label->places[i];
        }
    }
    label->place_count = label->along ? label->place_count : count;
}

static void keep_clear_ones(const struct labelling *labelling)
{
    struct layer_candidates *candidates = labelling->candidates;
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct layer_candidate *candidate = &candidates->items[i];
        keep_clear_places(labelling, candidate);
        if (candidate->label.place_count > 0) {
            candidates->items[count++] = *candidate;
        } else {
            layer_label_finish(&candidate->label);
        }
    }
    candidates->count = count;
}

void layer_candidates_make(struct text_engine *engine, const struct layer_candidates_wish *wish,
                           struct layer_candidates *candidates)
{
    struct labelling labelling = {.engine = engine, .wish = wish, .candidates = candidates};
    struct bbox known = bbox_grow(wish->reach, layer_candidates_reach_px(wish->layer));
    labelling.bodies = box_grid_new(known, 0, 0);
    struct bbox map = px_box_to_crs(&wish->view->grid, known);
    layer_features_query(wish->features, map, consider, &labelling);
    keep_clear_ones(&labelling);
    box_grid_free(labelling.bodies);
    free(labelling.body_places);
}

double layer_candidates_reach_px(const struct layer *layer)
{
    double most = 0;
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        const struct style_rule *rule = &layer->style->rules[i];
        most = layer_point_has_body(rule) ? fmax(most, layer_point_body_px(rule, 1.0)) : most;
    }
    return most > 0 ? LAYER_LABEL_MOST_PX / 2 + most + 1 : 0;
}
