/*
 * layer_labels.c - candidates within reach, sorted by importance, each tried against all before it.
 *
 * A label, at whichever of its places, reaches no further than half of LAYER_LABEL_MOST_PX from its anchor.
 * So one that reaches into the window has its anchor within half of that, and its rivals theirs within one
 * and a half times that.
 *
 * Above its dot a label competes with all others above theirs. Below it, the place for when a plot is in the
 * way above, it must touch no label above any other dot, and none below the dot of a more important one.
 */
#include "render/layer/layer_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/placement/box_grid.h"
#include "render/layer/layer_candidates.h"
#include "render/layer/layer_window.h"
#include "render/map_view.h"
#include "render/scene/plot_room.h"
#include "render/px_box.h"
#include "render/text/text_along.h"
#include "symbology/style.h"

static const double rivals_px =
    1.5 * LAYER_LABEL_MOST_PX; /* around a window: anchors of labels that matter */

double layer_labels_reach_px(const struct layer *layer)
{
    return style_has_labels(layer->style) ? rivals_px + layer_candidates_reach_px(layer) : 0.0;
}

/* Decided by what is labelled and where, never by the order in which it was read. */
static int compare(const void *a, const void *b)
{
    const struct layer_candidate *candidate_a = a;
    const struct layer_candidate *candidate_b = b;
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
static bool *rank_first_places(struct layer_candidates *candidates, struct box_grid *firsts)
{
    bool *is_free = memory_new(candidates->count, sizeof(*is_free));
    for (uint32_t i = 0; i < candidates->count; i++) {
        struct layer_label_rooms rooms = layer_label_rooms(&candidates->items[i].label, 0);
        is_free[i] = true;
        for (size_t k = 0; k < rooms.count; k++) {
            is_free[i] = is_free[i] && box_grid_is_free(firsts, rooms.boxes[k]);
        }
        for (size_t k = 0; k < rooms.count; k++) {
            box_grid_add(firsts, rooms.boxes[k], i);
        }
    }
    return is_free;
}

/* Takes away the second places that another label's place would touch. */
static void drop_touched_places(struct layer_candidates *candidates, struct bbox window_px,
                                const struct box_grid *firsts)
{
    struct box_grid *seconds = box_grid_new(window_px, 0, 0);
    for (uint32_t i = 0; i < candidates->count; i++) {
        struct layer_label *label = &candidates->items[i].label;
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

static void keep_free_ones(struct layer_candidates *candidates, struct bbox window_px,
                           struct layer_window *window)
{
    struct box_grid *firsts = box_grid_new(window_px, 0, 0);
    bool *is_free = rank_first_places(candidates, firsts);
    drop_touched_places(candidates, window_px, firsts);
    window->labels = memory_new(candidates->count, sizeof(*window->labels));
    for (size_t i = 0; i < candidates->count; i++) {
        struct layer_candidate *candidate = &candidates->items[i];
        if (is_free[i] && is_seen(&candidate->label, window_px)) {
            window->labels[window->label_count++] = candidate->label;
        } else {
            layer_label_finish(&candidate->label);
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

bool layer_labels_visit(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                        struct bbox box_px, void (*visit)(const struct layer_label *label, void *context),
                        void *context)
{
    struct fault fault = {0};
    if (!style_has_labels(layer->style)) {
        return true;
    }
    for (int64_t y = px_floor_to((int64_t)floor(box_px.min_y), LAYER_WINDOW_PX); (double)y <= box_px.max_y;
         y += LAYER_WINDOW_PX) {
        for (int64_t x = px_floor_to((int64_t)floor(box_px.min_x), LAYER_WINDOW_PX);
             (double)x <= box_px.max_x; x += LAYER_WINDOW_PX) {
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

struct layer_label_rooms layer_label_rooms(const struct layer_label *label, int place)
{
    if (label->along) {
        return (struct layer_label_rooms){label->along->rooms, label->along->room_count};
    }
    return (struct layer_label_rooms){&label->places[place].room, 1};
}

void layer_label_finish(struct layer_label *label)
{
    free(label->text);
    text_along_unref(label->along);
}

static bool is_left_free(struct layer_label_rooms rooms, const struct plot_room *room)
{
    for (size_t i = 0; i < rooms.count; i++) {
        if (!plot_room_is_free(room, rooms.boxes[i])) {
            return false;
        }
    }
    return true;
}

const struct layer_label_place *layer_label_place(const struct layer_label *label,
                                                  const struct plot_room *room)
{
    for (int i = 0; i < label->place_count; i++) {
        if (is_left_free(layer_label_rooms(label, i), room)) {
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
    struct layer_candidates candidates = {0};
    layer_candidates_make(
        engine, &(struct layer_candidates_wish){view, layer, features, bbox_grow(window_px, rivals_px)},
        &candidates);
    if (candidates.count > 0) {
        qsort(candidates.items, candidates.count, sizeof(*candidates.items), compare);
    }
    keep_free_ones(&candidates, window_px, window);
    free(candidates.items);
}
