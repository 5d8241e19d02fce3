/*
 * footprint_compare.c - what differs between two scenes is found by going through both in the order of plot
 * and id, and by comparing where each feature's symbols and labels stand.
 */
#include "render/scene/footprint_internal.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/feature_symbol.h"
#include "render/scene/footprint_trace.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text_along.h"

static void follow_shape(struct footprint *footprint, const struct footprint_side *side,
                         const struct scene_feature *feature)
{
    footprint_follow(footprint, (struct footprint_trace){.kind = TRACE_SHAPE,
                                                         .view = side->view,
                                                         .feature = feature,
                                                         .ink = scene_feature_ink(feature)});
}

/* By plot, then by id: the order of a scene. */
static int compare_features(const struct scene_feature *a, const struct scene_feature *b)
{
    if (a->plot != b->plot) {
        return a->plot < b->plot ? -1 : 1;
    }
    return a->feature == b->feature ? 0 : strcmp(a->feature->id, b->feature->id);
}

static bool is_same_shape(const struct shape *a, const struct shape *b)
{
    if (a->kind != b->kind || a->part_count != b->part_count || a->point_count != b->point_count) {
        return false;
    }
    for (size_t i = 0; i < a->part_count; i++) {
        if (a->parts[i].count != b->parts[i].count || a->parts[i].is_hole != b->parts[i].is_hole) {
            return false;
        }
    }
    return memcmp(a->points, b->points, a->point_count * sizeof(*a->points)) == 0;
}

/* Owner, source and validity are not painted. */
static bool is_drawn_alike(const struct feature *a, const struct feature *b)
{
    return a == b || (symbol_code_equals(&a->code, &b->code) && is_same_shape(a->shape, b->shape));
}

static void follow_shapes(struct footprint *footprint)
{
    const struct scene *olds = footprint->before.scene;
    const struct scene *news = footprint->after.scene;
    size_t i = 0;
    size_t j = 0;
    while (i < scene_count(olds) || j < scene_count(news)) {
        const struct scene_feature *old = i < scene_count(olds) ? scene_at(olds, i) : NULL;
        const struct scene_feature *new = j < scene_count(news) ? scene_at(news, j) : NULL;
        int order = !old ? 1 : !new ? -1 : compare_features(old, new);
        i += order <= 0;
        j += order >= 0;
        if (order == 0 && old->is_beyond_budget == new->is_beyond_budget &&
            is_drawn_alike(old->feature, new->feature)) {
            continue;
        }
        if (order <= 0) {
            follow_shape(footprint, &footprint->before, old);
        }
        if (order >= 0) {
            follow_shape(footprint, &footprint->after, new);
        }
    }
}

/* Symbols and labels are painted in the order of their priorities. */
static bool has_same_priority(const struct placed *a, const struct placed *b)
{
    int priority_a = a->entry ? a->entry->priority : 0;
    int priority_b = b->entry ? b->entry->priority : 0;
    return priority_a == priority_b;
}

static const struct symbol_picture *picture_of(struct footprint *footprint, const struct footprint_side *side,
                                               const struct placed *placed)
{
    return feature_symbol(footprint->renderer->symbol_cache, side->view, placed, footprint->fault);
}

/* What a code says that is not drawn, such as the name that stands beside, or a version that draws it alike.
 */
static bool has_same_picture(struct footprint *footprint, const struct placed *old, const struct placed *new)
{
    const struct symbol_picture *before = picture_of(footprint, &footprint->before, old);
    const struct symbol_picture *after = picture_of(footprint, &footprint->after, new);
    return before && after && strcmp(symbol_picture_svg(before), symbol_picture_svg(after)) == 0;
}

static bool is_same_symbol(struct footprint *footprint, const struct placed *old, const struct placed *new)
{
    if (!old->has_symbol || !new->has_symbol) {
        return old->has_symbol == new->has_symbol;
    }
    bool is_same_place = old->detail == new->detail && old->has_numbers == new->has_numbers &&
                         old->place.x == new->place.x && old->place.y == new->place.y;
    bool is_same_feature = old->feature == new->feature && old->symbol_entry == new->symbol_entry &&
                           old->badge_count == new->badge_count;
    return is_same_place && has_same_priority(old, new) &&
           (is_same_feature || has_same_picture(footprint, old, new));
}

static bool is_same_leader(const struct placed *a, const struct placed *b)
{
    if (!a->text->has_leader || !b->text->has_leader) {
        return a->text->has_leader == b->text->has_leader;
    }
    return memcmp(&a->text->leader, &b->text->leader, sizeof(a->text->leader)) == 0 &&
           text_look_equals(&a->text->label_look, &b->text->label_look) && has_same_priority(a, b);
}

static bool is_same_label(const struct placed *a, const struct placed *b)
{
    if (!a->text->label || !b->text->label) {
        return a->text->label == b->text->label;
    }
    bool is_same_text = a->text->label == b->text->label || strcmp(a->text->label, b->text->label) == 0;
    return a->text->label_place.x == b->text->label_place.x &&
           a->text->label_place.y == b->text->label_place.y && a->text->label_align == b->text->label_align &&
           is_same_text && text_look_equals(&a->text->label_look, &b->text->label_look) &&
           has_same_priority(a, b);
}

static void follow_symbol(struct footprint *footprint, const struct footprint_side *side,
                          const struct placed *placed)
{
    if (!placed->has_symbol) {
        return;
    }
    footprint_follow(footprint, (struct footprint_trace){.kind = TRACE_SYMBOL,
                                                         .view = side->view,
                                                         .placed = placed,
                                                         .ink = placed_ink(placed)});
    footprint_follow_layer_labels(footprint, placed_ink(placed));
}

static void follow_label(struct footprint *footprint, const struct footprint_side *side,
                         const struct placed *placed)
{
    footprint_follow(footprint, (struct footprint_trace){.kind = TRACE_LABEL,
                                                         .view = side->view,
                                                         .placed = placed,
                                                         .ink = placed->text->label_ink});
    footprint_follow_layer_labels(footprint, placed->text->label_room);
}

static void follow_leader(struct footprint *footprint, const struct footprint_side *side,
                          const struct placed *placed)
{
    if (placed->text->has_leader) {
        struct bbox ink = leader_ink(&placed->text->leader);
        footprint_follow(
            footprint,
            (struct footprint_trace){.kind = TRACE_LEADER, .view = side->view, .placed = placed, .ink = ink});
        footprint_follow_layer_labels(footprint, ink);
    }
}

/* By place: texts of a line have none in common. */
static int compare_alongs(const void *a, const void *b)
{
    struct point place_a = (*(struct text_along *const *)a)->place;
    struct point place_b = (*(struct text_along *const *)b)->place;
    if (place_a.x != place_b.x) {
        return place_a.x < place_b.x ? -1 : 1;
    }
    return place_a.y < place_b.y ? -1 : place_a.y > place_b.y;
}

static struct text_along **sort_alongs(const struct placed *placed, size_t *count)
{
    *count = placed ? placed->text->alongs.count : 0;
    struct text_along **sorted = memory_new(*count + 1, sizeof(struct text_along *));
    if (*count > 0) {
        memcpy(sorted, placed->text->alongs.items, *count * sizeof(struct text_along *));
        qsort(sorted, *count, sizeof(struct text_along *), compare_alongs);
    }
    return sorted;
}

static void follow_along(struct footprint *footprint, const struct text_along *along)
{
    struct bbox room = along->rooms[0];
    for (size_t i = 1; i < along->room_count; i++) {
        room = bbox_union(room, along->rooms[i]);
    }
    footprint_follow(footprint,
                     (struct footprint_trace){.kind = TRACE_ALONG, .along = along, .ink = along->ink});
    footprint_follow_layer_labels(footprint, room);
}

/* Those that both have stay. old or new may be NULL. */
static void follow_alongs(struct footprint *footprint, const struct placed *old, const struct placed *new)
{
    size_t old_count;
    size_t new_count;
    struct text_along **olds = sort_alongs(old, &old_count);
    struct text_along **news = sort_alongs(new, &new_count);
    size_t i = 0;
    size_t j = 0;
    while (i < old_count || j < new_count) {
        int order = i == old_count ? 1 : j == new_count ? -1 : compare_alongs(&olds[i], &news[j]);
        const struct text_along *before = order <= 0 ? olds[i++] : NULL;
        const struct text_along *after = order >= 0 ? news[j++] : NULL;
        bool is_same = before && after && text_along_equals(before, after);
        if (before && !is_same) {
            follow_along(footprint, before);
        }
        if (after && !is_same) {
            follow_along(footprint, after);
        }
    }
    free(olds);
    free(news);
}

/* In the order of plot, id and part: what stands for what. */
static int compare_placed(const struct placed *a, const struct placed *b)
{
    if (a->plot != b->plot) {
        return a->plot < b->plot ? -1 : 1;
    }
    int by_id = a->feature == b->feature ? 0 : strcmp(a->feature->id, b->feature->id);
    return by_id != 0 ? by_id : a->part < b->part ? -1 : a->part > b->part;
}

static bool has_alongs(const struct placed *placed)
{
    return placed && placed->text->alongs.count > 0;
}

/* Of painting: placement_at(). */
static bool is_same_turn(const struct placed *old, const struct placed *new)
{
    return old->is_crowded == new->is_crowded && (!old->is_crowded || old->detail == new->detail) &&
           (old->badge_count > 0) == (new->badge_count > 0);
}

/* old or new may be NULL. */
static void follow_placed(struct footprint *footprint, const struct placed *old, const struct placed *new)
{
    bool is_both = old && new;
    bool is_new_order = is_both && !is_same_turn(old, new);
    if (!is_both || is_new_order || !is_same_symbol(footprint, old, new)) {
        if (old) {
            follow_symbol(footprint, &footprint->before, old);
        }
        if (new) {
            follow_symbol(footprint, &footprint->after, new);
        }
    }
    if (!is_both || is_new_order || !is_same_label(old, new)) {
        if (old) {
            follow_label(footprint, &footprint->before, old);
        }
        if (new) {
            follow_label(footprint, &footprint->after, new);
        }
    }
    if (!is_both || !is_same_leader(old, new)) {
        if (old) {
            follow_leader(footprint, &footprint->before, old);
        }
        if (new) {
            follow_leader(footprint, &footprint->after, new);
        }
    }
    if (has_alongs(old) || has_alongs(new)) {
        follow_alongs(footprint, old, new);
    }
}

static void follow_placements(struct footprint *footprint)
{
    const struct placement *before = scene_placement(footprint->before.scene);
    const struct placement *after = scene_placement(footprint->after.scene);
    size_t i = 0;
    size_t j = 0;
    while (i < placement_count(before) || j < placement_count(after)) {
        const struct placed *old = i < placement_count(before) ? placement_in_order(before, i) : NULL;
        const struct placed *new = j < placement_count(after) ? placement_in_order(after, j) : NULL;
        int order = !old ? 1 : !new ? -1 : compare_placed(old, new);
        i += order <= 0;
        j += order >= 0;
        follow_placed(footprint, order <= 0 ? old : NULL, order >= 0 ? new : NULL);
    }
}

void footprint_compare_scenes(struct footprint *footprint)
{
    follow_shapes(footprint);
    follow_placements(footprint);
}
