/*
 * scene_list.c - the plots are asked for what lies in a lon/lat box around the district; what comes is looked
 * at in pixels, so that nothing depends on how well the lon/lat box fits.
 */
#include "render/scene/scene_list.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/crs.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/code_memo.h"
#include "render/scene/district.h"
#include "render/scene/feature_symbol.h"
#include "render/scene/lon_lat_box.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/scene/world_turn.h"

#define FIRST_CAPACITY 256
#define REACH_STEPS_PER_PX 256
#define MANY_FEATURES 65536 /* what so many will take is worth making room for */

/* Where on earth the surroundings of a district are: at the edge of a world that runs on, on both sides. */
struct surroundings {
    struct bbox boxes_deg[3];
    int count;
};

struct collecting {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox district;
    struct surroundings near; /* what reaches no further than near_px and lies beside them does not matter */
    double near_px;
    struct scene_list *list;
    struct code_memo *memo;
    uint32_t plot;
    size_t room_count; /* with so many features it is time to make room */
    struct fault *fault;
    bool has_failed;
    bool is_narrow; /* a symbol was found that asks for a wider margin */
};

/* In steps that a float has, never less. */
static float reach_of(struct code_meaning meaning)
{
    return (float)(ceil(meaning.reach_px * REACH_STEPS_PER_PX) / REACH_STEPS_PER_PX);
}

static bool init_feature(struct scene_feature *scene_feature, struct renderer *renderer,
                         const struct map_view *view, struct code_meaning meaning, struct fault *fault)
{
    const struct feature *feature = scene_feature->feature;
    scene_feature->is_point = feature->shape->kind == SHAPE_POINT;
    scene_feature->is_line = feature->shape->kind == SHAPE_LINE;
    scene_feature->entry = meaning.entry;
    if (scene_feature->is_point && feature->shape->point_count == 1) {
        bool is_drawn_twice = false;
        bool is_found = plot_shapes_place(renderer->plot_shapes, feature, &view->grid, &scene_feature->place,
                                          &is_drawn_twice, fault);
        scene_feature->has_image = is_found && point_is_finite(scene_feature->place);
        if (!is_found || !is_drawn_twice) {
            return is_found;
        }
    }
    scene_feature->shape = plot_shapes_get(renderer->plot_shapes, feature, &view->grid, fault);
    if (!scene_feature->shape) {
        return false;
    }
    scene_feature->place = scene_feature->shape->place;
    scene_feature->has_image = scene_feature->shape->has_image;
    scene_feature->reach_px = reach_of(meaning);
    return true;
}

bool scene_feature_init(struct scene_feature *scene_feature, struct renderer *renderer,
                        const struct map_view *view, uint32_t plot, const struct feature *feature,
                        struct fault *fault)
{
    *scene_feature = (struct scene_feature){.feature = feature, .plot = (uint8_t)plot};
    return init_feature(scene_feature, renderer, view, code_meaning_of(view, feature), fault);
}

/* How far numbers beside a symbol reach from its place, which is rounded. */
static double numbers_reach_px(const struct map_view *view)
{
    return view->symbol_scale * DISTRICT_NUMBERS_REACH_PX + 1;
}

static bool has_point_in(const struct scene_feature *feature, struct bbox box)
{
    if (!feature->shape) {
        return bbox_contains_point(box, feature->place);
    }
    const struct shape *points = feature->shape->shape;
    for (size_t i = 0; i < points->point_count; i++) {
        if (bbox_contains_point(box, points->points[i])) {
            return true;
        }
    }
    return false;
}

/* Does the paint of a line or area come into the district, and not just the box around it? */
static bool has_ink_in(const struct scene_feature *feature, struct bbox district)
{
    struct bbox box = plot_shape_box(feature->shape);
    return bbox_intersects(bbox_grow(box, feature->reach_px), district) &&
           (bbox_contains(district, box) ||
            shape_touches_box(feature->shape->shape, district, feature->reach_px));
}

bool scene_feature_matters(const struct scene_feature *feature, struct bbox district, double margin_px)
{
    if (!feature->has_image) {
        return false;
    }
    if (bbox_is_empty(district)) {
        return true;
    }
    struct bbox around = bbox_grow(district, margin_px);
    if (feature->is_point) {
        return has_point_in(feature, around);
    }
    return bbox_contains_point(around, feature->place) || has_ink_in(feature, district);
}

/* May its symbol have numbers beside it? */
static bool may_have_numbers(const struct scene_feature *feature, const struct map_view *view)
{
    enum symbol_detail forced = feature->feature->code.detail;
    enum symbol_detail detail =
        forced == DETAIL_BY_SCALE ? symbol_detail_at(view->scale_denominator) : forced;
    struct placed drawn = {.feature = feature->feature,
                           .symbol_entry = scene_symbol_entry(feature),
                           .detail = detail,
                           .has_numbers = true};
    return detail == DETAIL_FULL && drawn.symbol_entry && feature_symbol_has_numbers(&drawn);
}

/* Of a feature with an image: may numbers beside its symbol reach into the district? */
static bool has_numbers_in(const struct scene_feature *feature, const struct map_view *view,
                           struct bbox district)
{
    if (bbox_is_empty(district) || !may_have_numbers(feature, view)) {
        return false;
    }
    struct bbox around = bbox_grow(district, numbers_reach_px(view));
    return feature->is_point ? has_point_in(feature, around) : bbox_contains_point(around, feature->place);
}

static void append(struct scene_list *list, struct scene_feature feature)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : FIRST_CAPACITY;
        list->items = memory_resize(list->items, list->capacity, sizeof(*list->items));
    }
    list->items[list->count++] = feature;
}

/* Told without a look at its pixels. */
static bool is_far(const struct collecting *collecting, const struct feature *feature, double reach_px)
{
    const struct surroundings *near = &collecting->near;
    bool is_near = reach_px > collecting->near_px || bbox_width(feature->shape->box) > 180;
    for (int i = 0; i < near->count && !is_near; i++) {
        is_near = bbox_intersects(feature->shape->box, near->boxes_deg[i]);
    }
    return !is_near;
}

static bool is_wide(const struct collecting *collecting)
{
    return collecting->list->margin_px >= district_margin_px(collecting->view);
}

/* The list tells how large the scene will be at least, each time that it has doubled. */
static void make_room(struct collecting *collecting)
{
    if (collecting->list->count >= collecting->room_count) {
        scene_make_room(collecting->renderer, collecting->room_count);
        collecting->room_count *= 2;
    }
}

static bool note_feature(const struct feature *feature, void *context)
{
    struct collecting *collecting = context;
    struct scene_feature found = {.feature = feature, .plot = (uint8_t)collecting->plot};
    struct code_meaning meaning = code_memo_find(collecting->memo, feature);
    if (is_far(collecting, feature, meaning.reach_px)) {
        return true;
    }
    make_room(collecting);
    if (!init_feature(&found, collecting->renderer, collecting->view, meaning, collecting->fault)) {
        collecting->has_failed = true;
        return false;
    }
    collecting->is_narrow = found.has_image && !is_wide(collecting) &&
                            has_numbers_in(&found, collecting->view, collecting->district);
    if (!collecting->is_narrow && (!found.has_image || scene_feature_matters(&found, collecting->district,
                                                                             collecting->list->margin_px))) {
        append(collecting->list, found);
    } else {
        plot_shape_unref(found.shape);
    }
    return !collecting->is_narrow;
}

/* The CRS of the grid. NULL on fault. */
static const struct crs *find_crs(const struct collecting *collecting)
{
    return crs_find(collecting->renderer->crs_context, collecting->view->grid.crs_code, collecting->fault);
}

static bool find_surroundings(const struct collecting *collecting, double margin_px, double longest_step_deg,
                              struct surroundings *surroundings)
{
    const struct crs *crs = find_crs(collecting);
    double turn_units = crs ? world_turn_units(crs) : 0;
    double turn_px = world_turn_of(turn_units, &collecting->view->grid).turn_px;
    struct bbox around = bbox_grow(collecting->district, margin_px);
    *surroundings = (struct surroundings){.count = 0};
    for (int turn = turn_px > 0 ? -1 : 0; crs && turn <= (turn_px > 0); turn++) {
        struct bbox *box = &surroundings->boxes_deg[surroundings->count];
        struct bbox moved = (struct bbox){around.min_x + turn * turn_px, around.min_y,
                                          around.max_x + turn * turn_px, around.max_y};
        if (!lon_lat_box_of(collecting->renderer->crs_context, &collecting->view->grid, moved,
                            longest_step_deg, box, collecting->fault)) {
            return false;
        }
        surroundings->count += !bbox_is_empty(*box);
    }
    return crs != NULL;
}

/* Around all of them. */
static struct bbox box_around(const struct surroundings *surroundings)
{
    struct bbox box = bbox_empty();
    for (int i = 0; i < surroundings->count; i++) {
        box = bbox_union(box, surroundings->boxes_deg[i]);
    }
    return box;
}

/* Where all of a plot that matters to the district lies, and where all but what reaches far does. */
static bool find_places(struct collecting *collecting, const struct plot *plot, struct bbox *lon_lat_deg)
{
    double step_deg = plot_longest_step_deg(plot);
    double near_px = fmax(collecting->list->margin_px, numbers_reach_px(collecting->view));
    *lon_lat_deg = (struct bbox){-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL};
    collecting->near = (struct surroundings){{*lon_lat_deg}, 1};
    collecting->near_px = near_px;
    if (bbox_is_empty(collecting->district)) {
        return true;
    }
    const struct crs *crs = find_crs(collecting);
    if (!crs ||
        !find_surroundings(collecting, fmax(near_px, DISTRICT_LINE_REACH_PX), step_deg, &collecting->near)) {
        return false;
    }
    *lon_lat_deg = box_around(&collecting->near);
    bool has_all_an_image = bbox_contains(crs->area_deg, *lon_lat_deg); /* what has none is to be reported */
    return !has_all_an_image || find_surroundings(collecting, near_px, step_deg, &collecting->near);
}

/* Adds what matters of all plots, until one of them asks for a wider margin. */
static bool collect(struct collecting *collecting)
{
    const struct map_view *view = collecting->view;
    for (uint32_t i = 0; i < view->plot_count && !collecting->has_failed && !collecting->is_narrow; i++) {
        struct bbox place_deg;
        if (!find_places(collecting, view->plots[i], &place_deg)) {
            return false;
        }
        collecting->plot = i;
        plot_query(view->plots[i], place_deg, view->moment_ms, note_feature, collecting);
    }
    return !collecting->has_failed;
}

/* A list is kept as long as its scene is. */
static void settle(struct scene_list *list)
{
    list->capacity = list->count;
    list->items = memory_resize(list->items, list->capacity + 1, sizeof(*list->items));
}

bool scene_list_collect(struct renderer *renderer, const struct map_view *view, struct bbox district,
                        struct scene_list *list, struct fault *fault)
{
    struct collecting collecting = {.renderer = renderer,
                                    .view = view,
                                    .district = district,
                                    .list = list,
                                    .memo = code_memo_new(view),
                                    .room_count = MANY_FEATURES,
                                    .fault = fault};
    *list = (struct scene_list){.margin_px = district_small_margin_px(view)};
    bool is_good = collect(&collecting);
    if (is_good && collecting.is_narrow) {
        scene_list_finish(list);
        list->margin_px = district_margin_px(view);
        collecting.is_narrow = false;
        is_good = collect(&collecting);
    }
    code_memo_free(collecting.memo);
    settle(list);
    return is_good;
}

struct comparing {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox district;
    double margin_px;
    uint32_t plot;
    size_t count;
    struct scene_list_difference *difference;
    bool is_clear;
};

/* Would its list need a wider margin than the earlier one has? */
static bool is_narrow_for(const struct comparing *comparing, const struct scene_feature *feature)
{
    return comparing->margin_px < district_margin_px(comparing->view) &&
           has_numbers_in(feature, comparing->view, comparing->district);
}

static void compare_feature(const struct feature *feature, void *context)
{
    struct comparing *comparing = context;
    struct scene_list_difference *difference = comparing->difference;
    struct scene_feature found;
    comparing->is_clear =
        comparing->is_clear && ++comparing->count <= SCENE_LIST_MOST_COMPARED &&
        scene_feature_init(&found, comparing->renderer, comparing->view, comparing->plot, feature, NULL);
    if (!comparing->is_clear) {
        return;
    }
    bool is_told = found.has_image && !is_narrow_for(comparing, &found);
    if (is_told && scene_feature_matters(&found, comparing->district, comparing->margin_px)) {
        difference->items[difference->count++] = found;
    } else {
        comparing->is_clear = is_told; /* of others only the query of a plot can tell */
        plot_shape_unref(found.shape);
    }
}

bool scene_list_compare(struct renderer *renderer, const struct map_view *before,
                        const struct map_view *after, struct bbox district, double margin_px,
                        struct scene_list_difference *difference)
{
    struct comparing comparing = {.renderer = renderer,
                                  .view = after,
                                  .district = district,
                                  .margin_px = margin_px,
                                  .difference = difference,
                                  .is_clear = true};
    assert(before->plot_count == after->plot_count);
    *difference = (struct scene_list_difference){.count = 0};
    for (uint32_t i = 0; i < after->plot_count && comparing.is_clear; i++) {
        comparing.plot = i;
        plot_compare(before->plots[i], before->moment_ms, after->plots[i], after->moment_ms, compare_feature,
                     &comparing);
    }
    return comparing.is_clear;
}

void scene_list_difference_finish(struct scene_list_difference *difference)
{
    for (size_t i = 0; i < difference->count; i++) {
        plot_shape_unref(difference->items[i].shape);
    }
    *difference = (struct scene_list_difference){.count = 0};
}

/* By plot, then by id: the order of a list. Two versions of a feature are equal in it. */
static int compare_places(const struct scene_feature *a, const struct scene_feature *b)
{
    if (a->plot != b->plot) {
        return a->plot < b->plot ? -1 : 1;
    }
    return strcmp(a->feature->id, b->feature->id);
}

/* How many of the list stand before a feature. */
static size_t find_place(const struct scene_list *list, const struct scene_feature *feature)
{
    size_t first = 0;
    for (size_t end = list->count; first < end;) {
        size_t middle = first + (end - first) / 2;
        if (compare_places(&list->items[middle], feature) < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

static void ref_shape(const struct scene_feature *feature)
{
    if (feature->shape) {
        plot_shape_ref(feature->shape);
    }
}

/* There is room for them. */
static void copy_features(struct scene_list *list, const struct scene_list *from, size_t first, size_t end)
{
    if (first == end) {
        return;
    }
    memcpy(list->items + list->count, from->items + first, (end - first) * sizeof(*list->items));
    list->count += end - first;
    for (size_t i = first; i < end; i++) {
        ref_shape(&from->items[i]);
    }
}

/* Differences come in the order of plot and id; of two versions of a feature the one that goes comes first.
 */
struct scene_list scene_list_follow(const struct scene_list *earlier,
                                    const struct scene_list_difference *difference)
{
    struct scene_list list = {.capacity = earlier->count + difference->count + 1,
                              .margin_px = earlier->margin_px};
    list.items = memory_resize(NULL, list.capacity, sizeof(*list.items));
    size_t copied = 0;
    for (size_t i = 0; i < difference->count; i++) {
        const struct scene_feature *feature = &difference->items[i];
        size_t place = find_place(earlier, feature);
        bool is_there = place < earlier->count && earlier->items[place].feature == feature->feature;
        if (place > copied) {
            copy_features(&list, earlier, copied, place);
            copied = place;
        }
        if (is_there) {
            copied = place + 1;
        } else {
            append(&list, *feature);
            ref_shape(feature);
        }
    }
    copy_features(&list, earlier, copied, earlier->count);
    return list;
}

void scene_list_finish(struct scene_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        plot_shape_unref(list->items[i].shape);
    }
    free(list->items);
    *list = (struct scene_list){.count = 0};
}
