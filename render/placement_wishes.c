/*
 * placement_wishes.c - one wish for each feature, each point of a multipoint, each named part of a template.
 */
#include "render/placement_wishes.h"

#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/district.h"
#include "render/map_view.h"
#include "render/placement_parts.h"
#include "render/plot_shapes.h"
#include "render/px_box.h"
#include "render/scene.h"
#include "symbology/symbol_set.h"

static struct placement_wish *add_wish(struct placement_wishes *wishes, const struct scene_feature *feature)
{
    if (wishes->count == wishes->capacity) {
        wishes->capacity = wishes->capacity ? 2 * wishes->capacity : 256;
        wishes->items = memory_resize(wishes->items, wishes->capacity, sizeof(*wishes->items));
    }
    struct placement_wish *wish = &wishes->items[wishes->count++];
    *wish = (struct placement_wish){.feature = feature,
                                    .priority = feature->entry ? feature->entry->priority : 0};
    wish->placed = (struct placed){.feature = feature->feature,
                                   .entry = feature->entry,
                                   .plot = feature->plot,
                                   .symbol_ink = bbox_empty(),
                                   .label_room = bbox_empty(),
                                   .label_ink = bbox_empty()};
    return wish;
}

static void set_place(const struct placement_wishes *wishes, struct placement_wish *wish, struct point place)
{
    wish->placed.place = px_whole(place);
    wish->is_home = district_holds(wishes->district, wish->placed.place);
}

static void wish_symbol(const struct placement_wishes *wishes, struct placement_wish *wish,
                        const struct symbol_entry *symbol)
{
    wish->placed.symbol_entry = symbol;
    wish->placed.has_symbol = map_view_shows(wishes->view, wish->placed.place);
}

/* NULL is drawn as a box with a question mark: an unknown symbol, or a line's on a point. */
static const struct symbol_entry *point_symbol(const struct scene_feature *feature)
{
    bool is_point = feature->entry && feature->entry->geometry == GEOMETRY_POINT;
    return is_point ? feature->entry : NULL;
}

static const struct symbol_entry *centre_symbol(const struct scene_feature *feature)
{
    bool is_area = feature->entry && feature->entry->geometry == GEOMETRY_AREA;
    return is_area ? feature->entry->centre_entry : NULL;
}

/* A line or area without a look of its own shows the box with a question mark too. */
static bool has_look(const struct scene_feature *feature)
{
    enum symbol_geometry geometry =
        feature->feature->shape->kind == SHAPE_LINE ? GEOMETRY_LINE : GEOMETRY_AREA;
    return feature->entry && feature->entry->geometry == geometry;
}

/* Those of its points that matter to the district. */
static void wish_for_points(struct placement_wishes *wishes, const struct scene_feature *feature)
{
    const struct shape *shape = feature->shape->shape;
    struct bbox around = bbox_grow(wishes->district, district_margin_px(wishes->view));
    for (uint32_t i = 0; i < shape->part_count; i++) {
        struct point place = shape->points[shape->parts[i].first];
        if (bbox_is_empty(wishes->district) || bbox_contains_point(around, place)) {
            struct placement_wish *wish = add_wish(wishes, feature);
            wish->placed.part = i;
            wish->is_named = i == 0;
            set_place(wishes, wish, place);
            wish_symbol(wishes, wish, point_symbol(feature));
        }
    }
}

static void wish_for_feature(struct placement_wishes *wishes, const struct scene_feature *feature)
{
    bool is_point = feature->feature->shape->kind == SHAPE_POINT;
    if (is_point && feature->shape->shape) {
        wish_for_points(wishes, feature);
        return;
    }
    struct placement_wish *wish = add_wish(wishes, feature);
    const struct symbol_entry *centre = is_point ? point_symbol(feature) : centre_symbol(feature);
    wish->is_named = true;
    set_place(wishes, wish, feature->shape->place);
    if (is_point || centre || !has_look(feature)) {
        wish_symbol(wishes, wish, centre);
    }
}

/* They stand after the wish of the feature itself, and have labels only. */
static void wish_for_part_names(struct placement_wishes *wishes, const struct scene_feature *feature)
{
    for (uint32_t part = 0; part < placement_parts_count(feature); part++) {
        if (placement_parts_may_be_named(feature, part, wishes->district)) {
            struct placement_wish *wish = add_wish(wishes, feature);
            wish->is_named = wish->is_part = true;
            wish->placed.part = part + 1;
            set_place(wishes, wish, placement_parts_anchor(feature, part));
        }
    }
}

static void collect(struct placement_wishes *wishes, const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_feature *feature = scene_at(scene, i);
        if (feature->shape->has_image) {
            wish_for_feature(wishes, feature);
            wish_for_part_names(wishes, feature);
        }
    }
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t key_a = *(const uint64_t *)a;
    uint64_t key_b = *(const uint64_t *)b;
    return key_a < key_b ? -1 : key_a > key_b;
}

/* By priority; then wishes stand in the order of plot, id and part already. */
static void put_in_order(struct placement_wishes *wishes)
{
    wishes->order = memory_new(wishes->count, sizeof(*wishes->order));
    for (size_t i = 0; i < wishes->count; i++) {
        uint32_t priority = (uint32_t)wishes->items[i].priority + (UINT32_C(1) << 31);
        wishes->order[i] = (uint64_t)priority << 32 | i;
    }
    if (wishes->count > 0) {
        qsort(wishes->order, wishes->count, sizeof(*wishes->order), compare_keys);
    }
}

void placement_wishes_init(struct placement_wishes *wishes, const struct map_view *view,
                           const struct scene *scene)
{
    *wishes = (struct placement_wishes){.view = view, .district = scene_district(scene)};
    collect(wishes, scene);
    put_in_order(wishes);
}

void placement_wishes_finish(struct placement_wishes *wishes)
{
    free(wishes->order);
    free(wishes->items);
    *wishes = (struct placement_wishes){.count = 0};
}

struct placement_wish *placement_wishes_at(const struct placement_wishes *wishes, size_t rank)
{
    return &wishes->items[(uint32_t)wishes->order[rank]];
}
