/*
 * difference_paint.c - walks the differences in the order of plots and ids.
 *
 * Where the symbol of a changed feature stands, and how large it became, is known by the placement. What has
 * no symbol in sight is marked at its own place.
 */
#include "render/scene/difference_paint.h"

#include <assert.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/plot.h"
#include "data/plot_difference.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/scene/feature_symbol.h"
#include "render/scene/plot_look.h"
#include "render/scene/plot_paint.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"
#include "render/symbol/symbol_picture.h"

/* Where the symbol of a changed feature stands. */
struct room {
    uint32_t plot;
    size_t item; /* of the plot's difference */
    uint32_t part;
    struct bbox ink;
};

struct marking_up {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox box;
    struct canvas *canvas;
    struct change_look look;
    struct room *rooms; /* owned; by plot, item and part */
    size_t room_count;
    struct fault *fault;
};

static struct marking_up start(struct renderer *renderer, const struct map_view *view, struct bbox box,
                               struct canvas *canvas, struct fault *fault)
{
    return (struct marking_up){.renderer = renderer,
                               .view = view,
                               .box = box,
                               .canvas = canvas,
                               .look = {view->palette, view->symbol_scale},
                               .fault = fault};
}

static bool has_mark(unsigned marks, enum change_mark mark)
{
    return (marks & 1u << mark) != 0;
}

static bool locate(const struct marking_up *marking, uint32_t plot, const struct feature *feature,
                   struct scene_feature *found)
{
    return scene_feature_init(found, marking->renderer, marking->view, plot, feature, marking->fault);
}

static struct line_look outline_of(const struct marking_up *marking, const struct scene_feature *feature)
{
    return feature->feature->shape->kind == SHAPE_LINE
               ? scene_line_look(feature, marking->view->palette)
               : scene_area_look(feature, marking->view->palette).outline;
}

/* Is there a line or area in sight, bands included? */
static bool is_ground_seen(const struct marking_up *marking, const struct scene_feature *feature)
{
    double reach = CHANGE_REACH_PX * marking->look.scale;
    return !feature->is_point && feature->has_image &&
           bbox_intersects(bbox_grow(scene_feature_ink(feature), reach), marking->box);
}

static void paint_before(const struct marking_up *marking, const struct scene_feature *before, bool has_ended)
{
    if (!is_ground_seen(marking, before)) {
        return;
    }
    if (!has_ended) {
        change_mark_old_outline(marking->look, before->shape->shape, marking->canvas);
        return;
    }
    canvas_begin_group(marking->canvas, marking->box, CHANGE_PALE);
    plot_paint_feature(marking->view, before, marking->canvas);
    canvas_end_group(marking->canvas);
}

static void paint_after(const struct marking_up *marking, const struct scene_feature *after, unsigned marks)
{
    if (is_ground_seen(marking, after)) {
        struct line_look outline = outline_of(marking, after);
        change_mark_band(has_mark(marks, CHANGE_MARK_NEW) ? CHANGE_MARK_NEW : CHANGE_MARK_CHANGED,
                         marking->look, after->shape->shape, &outline, marking->canvas);
    }
}

static bool paint_ground(const struct marking_up *marking, uint32_t plot,
                         const struct plot_difference_item *item)
{
    const struct feature_difference *what = &item->what;
    unsigned marks = change_marks_of(what);
    bool is_elsewhere =
        feature_difference_has(what, FEATURE_MOVED) || feature_difference_has(what, FEATURE_RESHAPED);
    struct scene_feature found;
    if (what->before && (is_elsewhere || !what->after)) {
        if (!locate(marking, plot, what->before, &found)) {
            return false;
        }
        paint_before(marking, &found, !what->after);
        plot_shape_unref(found.shape);
    }
    if (what->after && marks) {
        if (!locate(marking, plot, what->after, &found)) {
            return false;
        }
        paint_after(marking, &found, marks);
        plot_shape_unref(found.shape);
    }
    return true;
}

bool difference_paint_ground(struct renderer *renderer, const struct map_view *view, uint32_t plot,
                             struct bbox box_px, struct canvas *canvas, struct fault *fault)
{
    if (!view->differences) {
        return true;
    }
    struct marking_up marking = start(renderer, view, box_px, canvas, fault);
    const struct plot_difference *difference = view->differences[plot];
    for (size_t i = 0; i < plot_difference_count(difference); i++) {
        if (!paint_ground(&marking, plot, plot_difference_at(difference, i))) {
            return false;
        }
    }
    return true;
}

static void add_room(struct marking_up *marking, const struct feature *feature, struct room room)
{
    const struct plot_difference *difference = marking->view->differences[room.plot];
    const struct plot_difference_item *item = plot_difference_find(difference, feature->id);
    if (item && !bbox_is_empty(room.ink)) {
        room.item = (size_t)(item - plot_difference_at(difference, 0));
        marking->rooms[marking->room_count++] = room;
    }
}

static uint32_t plot_of(const struct marking_up *marking, const struct feature *feature)
{
    uint32_t plot = 0;
    while (plot + 1 < marking->view->plot_count &&
           plot_find(marking->view->plots[plot], feature->id) != feature) {
        plot++;
    }
    return plot;
}

static int compare_rooms(const void *a, const void *b)
{
    const struct room *first = a;
    const struct room *second = b;
    int by_plot = (first->plot > second->plot) - (first->plot < second->plot);
    int by_item = (first->item > second->item) - (first->item < second->item);
    int by_part = (first->part > second->part) - (first->part < second->part);
    return by_plot ? by_plot : by_item ? by_item : by_part;
}

static void collect_rooms(struct marking_up *marking, const struct placement *placement)
{
    size_t most = placement_count(placement) + placement_counted_count(placement);
    marking->rooms = memory_new(most, sizeof *marking->rooms);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        struct room room = {.plot = placed->plot, .part = placed->part, .ink = placed_ink(placed)};
        if (placed->badge_count == 0) {
            add_room(marking, placed->feature, room);
        }
    }
    for (size_t i = 0; i < placement_counted_count(placement); i++) {
        const struct placement_counted *counted = placement_counted_at(placement, i);
        struct bbox ink = {counted->place.x, counted->place.y, counted->place.x, counted->place.y};
        add_room(marking, counted->feature,
                 (struct room){.plot = plot_of(marking, counted->feature), .ink = ink});
    }
    qsort(marking->rooms, marking->room_count, sizeof *marking->rooms, compare_rooms);
}

/* The place of a part of a feature, px. */
static struct point place_of(const struct scene_feature *feature, uint32_t part)
{
    const struct shape *points = feature->is_point && feature->shape ? feature->shape->shape : NULL;
    return points && part < points->point_count ? points->points[part] : feature->place;
}

/* The old symbol, pale; its ink, or an empty box when there is none. False on fault. */
static bool paint_pale_symbol(const struct marking_up *marking, const struct scene_feature *before,
                              struct point place, struct bbox *ink)
{
    const struct map_view *view = marking->view;
    struct plot_look look = plot_look_of(view->symbols, before->feature);
    struct placed placed = {.feature = before->feature,
                            .entry = look.entry,
                            .symbol_entry = look.symbol_entry,
                            .place = {round(place.x), round(place.y)},
                            .detail = plot_look_detail(&look, view->scale_denominator)};
    *ink = (struct bbox){place.x, place.y, place.x, place.y};
    if (!look.has_symbol) {
        return true;
    }
    canvas_begin_group(marking->canvas, marking->box, CHANGE_PALE);
    bool is_painted = plot_paint_symbol(marking->renderer, view, &placed, marking->canvas, marking->fault);
    canvas_end_group(marking->canvas);
    return is_painted &&
           feature_symbol_ink(marking->renderer->symbol_cache, view, &placed, ink, marking->fault);
}

static bool paint_ended(const struct marking_up *marking, const struct scene_feature *before)
{
    uint32_t count = before->is_point && before->shape ? before->shape->shape->point_count : 1;
    for (uint32_t part = 0; part < count; part++) {
        struct point place = place_of(before, part);
        struct bbox ink;
        if (!map_view_shows(marking->view, place)) {
            continue;
        }
        if (!paint_pale_symbol(marking, before, place, &ink)) {
            return false;
        }
        change_mark_paint(CHANGE_MARK_ENDED, marking->look, ink, marking->canvas);
    }
    return true;
}

/* At one place of what is there now. */
static void paint_at_room(const struct marking_up *marking, unsigned marks,
                          const struct scene_feature *before, const struct room *room, bool is_shown)
{
    if (has_mark(marks, CHANGE_MARK_MOVED) && before->has_image) {
        bool has_trail =
            change_mark_trail(marking->look, place_of(before, room->part), room->ink, marking->canvas);
        marks |= has_trail ? 0 : 1u << CHANGE_MARK_CHANGED;
    }
    for (int mark = 0; is_shown && mark < CHANGE_MARK_COUNT; mark++) {
        if (has_mark(marks, mark)) {
            change_mark_paint(mark, marking->look, room->ink, marking->canvas);
        }
    }
}

/* What is there now, at each of its places; what has no symbol in sight, at its own place. */
static void paint_now(const struct marking_up *marking, unsigned marks, const struct scene_feature *before,
                      const struct scene_feature *after, const struct room *rooms, size_t room_count)
{
    for (size_t i = 0; i < room_count; i++) {
        paint_at_room(marking, marks, before, &rooms[i], true);
    }
    if (room_count == 0 && after->has_image) {
        struct point place = after->place;
        struct room room = {.ink = {place.x, place.y, place.x, place.y}};
        paint_at_room(marking, marks, before, &room,
                      !after->is_point && map_view_shows(marking->view, place));
    }
}

static bool paint_item(const struct marking_up *marking, uint32_t plot,
                       const struct plot_difference_item *item, const struct room *rooms, size_t room_count)
{
    struct scene_feature before = {.shape = NULL};
    struct scene_feature after = {.shape = NULL};
    unsigned marks = change_marks_of(&item->what);
    bool is_painted =
        marks == 0 || ((!item->what.before || locate(marking, plot, item->what.before, &before)) &&
                       (!item->what.after || locate(marking, plot, item->what.after, &after)));
    if (is_painted && marks && item->what.after) {
        paint_now(marking, marks, &before, &after, rooms, room_count);
    } else if (is_painted && marks && before.has_image) {
        is_painted = paint_ended(marking, &before);
    }
    plot_shape_unref(before.shape);
    plot_shape_unref(after.shape);
    return is_painted;
}

static size_t rooms_of(const struct marking_up *marking, size_t first, uint32_t plot, size_t item)
{
    size_t end = first;
    while (end < marking->room_count && marking->rooms[end].plot == plot &&
           marking->rooms[end].item == item) {
        end++;
    }
    return end - first;
}

bool difference_paint_marks(struct renderer *renderer, const struct map_view *view, const struct scene *scene,
                            struct bbox box_px, struct canvas *canvas, struct fault *fault)
{
    if (!view->differences) {
        return true;
    }
    struct marking_up marking = start(renderer, view, box_px, canvas, fault);
    collect_rooms(&marking, scene_placement(scene));
    bool is_painted = true;
    size_t next = 0;
    for (uint32_t plot = 0; plot < view->plot_count; plot++) {
        const struct plot_difference *difference = view->differences[plot];
        for (size_t i = 0; is_painted && i < plot_difference_count(difference); i++) {
            size_t count = rooms_of(&marking, next, plot, i);
            is_painted =
                paint_item(&marking, plot, plot_difference_at(difference, i), &marking.rooms[next], count);
            next += count;
        }
    }
    free(marking.rooms);
    return is_painted;
}

static bool touches(const struct scene_feature *feature, struct bbox box)
{
    if (!feature->has_image) {
        return false;
    }
    return feature->shape ? shape_touches_box(feature->shape->shape, box, 0)
                          : bbox_contains_point(box, feature->place);
}

static bool is_version_within(const struct marking_up *marking, uint32_t plot, const struct feature *feature)
{
    struct scene_feature found;
    if (!feature || !locate(marking, plot, feature, &found)) {
        return false;
    }
    bool is_within = touches(&found, marking->box);
    plot_shape_unref(found.shape);
    return is_within;
}

bool difference_is_within(struct renderer *renderer, const struct map_view *view, uint32_t plot,
                          const struct plot_difference_item *item, struct bbox box_px)
{
    struct marking_up marking = start(renderer, view, box_px, NULL, NULL);
    return is_version_within(&marking, plot, item->what.before) ||
           is_version_within(&marking, plot, item->what.after);
}

void difference_count_marks(struct renderer *renderer, const struct map_view *view, struct bbox box_px,
                            size_t counts[static CHANGE_MARK_COUNT])
{
    for (uint32_t plot = 0; view->differences && plot < view->plot_count; plot++) {
        const struct plot_difference *difference = view->differences[plot];
        for (size_t i = 0; i < plot_difference_count(difference); i++) {
            const struct plot_difference_item *item = plot_difference_at(difference, i);
            unsigned marks = change_marks_of(&item->what);
            bool is_within = marks && difference_is_within(renderer, view, plot, item, box_px);
            for (int mark = 0; is_within && mark < CHANGE_MARK_COUNT; mark++) {
                counts[mark] += has_mark(marks, mark);
            }
        }
    }
}

/* Has it a version that should be marked and has no place? */
static bool is_lost(const struct marking_up *marking, uint32_t plot, const struct feature *feature)
{
    struct scene_feature found;
    if (!feature || !locate(marking, plot, feature, &found)) {
        return false;
    }
    bool has_image = found.has_image;
    plot_shape_unref(found.shape);
    return !has_image;
}

void difference_report(struct renderer *renderer, const struct map_view *view, struct report *report)
{
    struct marking_up marking = start(renderer, view, bbox_empty(), NULL, NULL);
    for (uint32_t plot = 0; view->differences && plot < view->plot_count; plot++) {
        const struct plot_difference *difference = view->differences[plot];
        size_t count = 0;
        for (size_t i = 0; i < plot_difference_count(difference); i++) {
            const struct feature_difference *what = &plot_difference_at(difference, i)->what;
            count += change_marks_of(what) && is_lost(&marking, plot, what->before);
        }
        if (count > 0) {
            report_add(report, REPORT_FEATURES_LEFT_OUT, plot_title(view->plots[plot])->name,
                       "not marked: %zu changes whose old place is not in %s", count, view->grid.crs_code);
            report_count_item(report, REPORT_FEATURES_LEFT_OUT, plot_title(view->plots[plot])->name, count);
        }
    }
}
