/*
 * placement_wishes.c - one wish for each feature, each point of a multipoint, each named part of a template.
 */
#include "render/placement/placement_wishes.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/map_view.h"
#include "render/placement/placement_looks.h"
#include "render/placement/placement_parts.h"
#include "render/scene/plot_shapes.h"
#include "render/px_box.h"
#include "render/scene/scene.h"
#include "render/text/text_along.h"
#include "symbology/symbol_set.h"

#define AHEAD 6  /* wishes; it takes about as long to go through them as for memory to answer */
#define SPARE 64 /* for points of multipoints and names of parts */

static const struct placed_text no_text = {.label_room = {INFINITY, INFINITY, -INFINITY, -INFINITY},
                                           .label_ink = {INFINITY, INFINITY, -INFINITY, -INFINITY}};

/* For whom wishes are collected. */
struct collecting {
    struct placement_wishes *wishes;
    const struct map_view *view;
    struct bbox district; /* px */
    struct bbox around;   /* px: points beyond do not matter; empty: all do */
};

static struct placement_wish *add_wish(struct collecting *collecting, const struct scene_feature *feature)
{
    struct placement_wishes *wishes = collecting->wishes;
    if (wishes->count == wishes->capacity) {
        wishes->capacity *= 2;
        wishes->items = memory_resize(wishes->items, wishes->capacity, sizeof(*wishes->items));
    }
    struct placement_wish *wish = &wishes->items[wishes->count++];
    *wish = (struct placement_wish){.feature = feature,
                                    .is_point = feature->is_point,
                                    .text_looked = far_box_empty(),
                                    .placed = {.feature = feature->feature,
                                               .entry = feature->entry,
                                               .text = &no_text,
                                               .plot = feature->plot,
                                               .symbol_reach = reach_box_of(bbox_empty())}};
    return wish;
}

static void set_place(const struct collecting *collecting, struct placement_wish *wish, struct point place)
{
    wish->placed.place = px_whole(place);
    wish->is_home = district_holds(collecting->district, wish->placed.place);
}

static void wish_symbol(const struct collecting *collecting, struct placement_wish *wish,
                        const struct symbol_entry *symbol)
{
    wish->placed.symbol_entry = symbol;
    wish->placed.has_symbol = map_view_shows(collecting->view, wish->placed.place);
}

/* A line or area without a look of its own shows the box with a question mark too. */
static bool has_look(const struct scene_feature *feature)
{
    enum symbol_geometry geometry = feature->is_line ? GEOMETRY_LINE : GEOMETRY_AREA;
    return feature->entry && feature->entry->geometry == geometry;
}

static bool matters(const struct collecting *collecting, struct point place)
{
    return bbox_is_empty(collecting->around) || bbox_contains_point(collecting->around, place);
}

/* Those of its points that matter to the district. */
static void wish_for_points(struct collecting *collecting, const struct scene_feature *feature)
{
    const struct shape *shape = feature->shape->shape;
    for (uint32_t i = 0; i < shape->part_count; i++) {
        struct point place = shape->points[shape->parts[i].first];
        if (matters(collecting, place)) {
            struct placement_wish *wish = add_wish(collecting, feature);
            wish->placed.part = i;
            wish->is_named = i == 0;
            set_place(collecting, wish, place);
            wish_symbol(collecting, wish, scene_symbol_entry(feature));
        }
    }
}

static void wish_for_feature(struct collecting *collecting, const struct scene_feature *feature)
{
    if (feature->is_point && feature->shape) {
        wish_for_points(collecting, feature);
        return;
    }
    if (feature->is_point && !matters(collecting, feature->place)) {
        return;
    }
    struct placement_wish *wish = add_wish(collecting, feature);
    const struct symbol_entry *symbol = scene_symbol_entry(feature);
    wish->is_named = true;
    set_place(collecting, wish, feature->place);
    if (feature->is_point || symbol || !has_look(feature)) {
        wish_symbol(collecting, wish, symbol);
    }
}

/* They stand after the wish of the feature itself, and have labels only. */
static void wish_for_part_names(struct collecting *collecting, const struct scene_feature *feature)
{
    for (uint32_t part = 0; part < placement_parts_count(feature); part++) {
        if (placement_parts_may_be_named(feature, part, collecting->district)) {
            struct placement_wish *wish = add_wish(collecting, feature);
            wish->is_named = wish->is_part = true;
            wish->placed.part = part + 1;
            set_place(collecting, wish, placement_parts_anchor(feature, part));
        }
    }
}

/* Where points matter to the district of a scene. */
static struct bbox find_around(const struct scene *scene)
{
    struct bbox district = scene_district(scene);
    return bbox_is_empty(district) ? district : bbox_grow(district, scene_margin_px(scene));
}

static void collect(struct collecting *collecting, const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_feature *feature = scene_at(scene, i);
        if (feature->has_image) {
            wish_for_feature(collecting, feature);
            if (!feature->is_point) {
                wish_for_part_names(collecting, feature);
            }
        }
    }
}

static int priority_of(const struct placement_wish *wish)
{
    return wish->placed.entry ? wish->placed.entry->priority : 0;
}

static void find_priorities(const struct placement_wishes *wishes, int *least, int *most)
{
    *least = *most = wishes->count > 0 ? priority_of(&wishes->items[0]) : 0;
    for (size_t i = 0; i < wishes->count; i++) {
        int priority = priority_of(&wishes->items[i]);
        *least = priority < *least ? priority : *least;
        *most = priority > *most ? priority : *most;
    }
}

/* By priority; then wishes stand in the order of plot, id and part already. Each priority is counted first,
 * so that it is known where its wishes begin. */
static void put_in_order(struct placement_wishes *wishes)
{
    int least;
    int most;
    find_priorities(wishes, &least, &most);
    size_t *places = memory_new((size_t)(most - least) + 2, sizeof(*places));
    for (size_t i = 0; i < wishes->count; i++) {
        places[priority_of(&wishes->items[i]) - least + 1]++;
    }
    for (int i = 1; i <= most - least; i++) {
        places[i] += places[i - 1];
    }
    wishes->order = memory_new(wishes->count, sizeof(*wishes->order));
    for (size_t i = 0; i < wishes->count; i++) {
        wishes->order[places[priority_of(&wishes->items[i]) - least]++] = (uint32_t)i;
    }
    free(places);
}

void placement_wishes_init(struct placement_wishes *wishes, const struct map_view *view,
                           const struct scene *scene, struct placement_looks *looks)
{
    struct collecting collecting = {wishes, view, scene_district(scene), find_around(scene)};
    *wishes = (struct placement_wishes){.capacity = scene_count(scene) + SPARE,
                                        .looks = placement_looks_ref(looks)};
    wishes->items = memory_resize(NULL, wishes->capacity, sizeof(*wishes->items));
    collect(&collecting, scene);
    wishes->capacity = wishes->count;
    wishes->items = memory_resize(wishes->items, wishes->capacity + 1, sizeof(*wishes->items));
    put_in_order(wishes);
}

static void free_text(struct placement_wish *wish)
{
    struct placed_text *text = (struct placed_text *)wish->placed.text;
    if (text != &no_text) {
        text_alongs_finish(&text->alongs);
        free(text);
    }
}

void placement_wishes_finish(struct placement_wishes *wishes)
{
    for (size_t i = 0; i < wishes->count; i++) {
        feature_label_unref(wishes->items[i].label);
        free_text(&wishes->items[i]);
    }
    placement_looks_unref(wishes->looks);
    free(wishes->order);
    free(wishes->items);
    *wishes = (struct placement_wishes){.count = 0};
}

void placement_wishes_forget_order(struct placement_wishes *wishes)
{
    free(wishes->order);
    wishes->order = NULL;
}

struct bbox placement_wishes_box(const struct placement_wishes *wishes)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < wishes->count; i++) {
        struct point place = wishes->items[i].placed.place;
        box = bbox_union(box, (struct bbox){place.x, place.y, place.x, place.y});
    }
    return box;
}

struct placement_wish *placement_wishes_at(const struct placement_wishes *wishes, size_t rank)
{
    return &wishes->items[wishes->order[rank]];
}

void placement_wishes_fetch_ahead(const struct placement_wishes *wishes, size_t rank)
{
    if (rank + 2 * AHEAD >= wishes->count) {
        return;
    }
    const struct placement_wish *next = &wishes->items[wishes->order[rank + 2 * AHEAD]];
    __builtin_prefetch(next, 1);
    __builtin_prefetch(&next->name_count, 1);
    __builtin_prefetch(&next->placed.place, 1);
    const struct symbol_code *code =
        &wishes->items[wishes->order[rank + AHEAD]].placed.feature->code; /* it lies in three lines */
    __builtin_prefetch(code);
    __builtin_prefetch(&code->rotation_deg); /* beside status and detail */
    __builtin_prefetch(&code->texts[SLOT_COUNT]);
}

enum symbol_detail placement_wish_wanted(const struct placement_wish *wish, const struct map_view *view)
{
    if (wish->placed.badge_count > 0) {
        return DETAIL_DOT;
    }
    enum symbol_detail forced = wish->placed.feature->code.detail;
    return forced != DETAIL_BY_SCALE ? forced : symbol_detail_at(view->scale_denominator);
}

bool placement_wish_gives_way(const struct placement_wish *wish)
{
    return wish->placed.badge_count == 0 && wish->placed.feature->code.detail == DETAIL_BY_SCALE;
}

struct reach_box placement_wishes_reach(const struct placement_wishes *wishes,
                                        const struct placement_wish *wish, enum symbol_detail detail)
{
    return placement_looks_at(wishes->looks, wish->placed.look)->inks[detail];
}

struct bbox placement_wishes_ink(const struct placement_wishes *wishes, const struct placement_wish *wish,
                                 enum symbol_detail detail)
{
    return reach_box_at(placement_wishes_reach(wishes, wish, detail), wish->placed.place);
}

struct bbox placement_wishes_symbol_looked(const struct placement_wishes *wishes,
                                           const struct placement_wish *wish)
{
    struct bbox looked = bbox_empty();
    if (wish->wanted_detail != DETAIL_BY_SCALE) {
        for (enum symbol_detail detail = wish->wanted_detail; detail <= wish->placed.detail; detail++) {
            looked = bbox_union(looked, placement_wishes_ink(wishes, wish, detail));
        }
    }
    return looked;
}

struct placed_text *placement_wish_text(struct placement_wish *wish)
{
    if (wish->placed.text == &no_text) {
        struct placed_text *text = memory_new(1, sizeof(*text));
        *text = no_text;
        wish->placed.text = text;
    }
    return (struct placed_text *)wish->placed.text;
}

void placement_wish_forget_no_text(struct placement_wish *wish)
{
    const struct placed_text *text = wish->placed.text;
    if (text != &no_text && !text->label && text->alongs.count == 0) {
        free_text(wish);
        wish->placed.text = &no_text;
    }
}

struct bbox placement_wish_looked(const struct placement_wish *wish)
{
    return far_box_at(wish->text_looked, wish->placed.place);
}

void placement_wish_look(struct placement_wish *wish, struct bbox box)
{
    struct point place = wish->placed.place;
    struct bbox around = {box.min_x - place.x, box.min_y - place.y, box.max_x - place.x, box.max_y - place.y};
    wish->text_looked = far_box_union(wish->text_looked, around);
}

static size_t text_bytes(const struct placed_text *text)
{
    size_t bytes = text == &no_text ? 0 : sizeof(*text);
    for (size_t i = 0; i < text->alongs.count; i++) {
        bytes += text_along_bytes(text->alongs.items[i]);
    }
    return bytes;
}

size_t placement_wishes_bytes(const struct placement_wishes *wishes)
{
    size_t bytes = wishes->capacity * sizeof(*wishes->items) + placement_looks_bytes(wishes->looks);
    for (size_t i = 0; i < wishes->count; i++) {
        bytes += text_bytes(wishes->items[i].placed.text);
    }
    return bytes;
}
