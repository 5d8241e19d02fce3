/*
 * ink_budget.c - what the boxes say suffices nearly always; only when that is too much lengths are measured.
 */
#include "render/scene/ink_budget.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/paint_order.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene_list.h"

static bool is_painted(const struct scene_feature *feature)
{
    return !feature->is_point && feature->has_image;
}

/* No step is longer than half the way around the box. */
static double most_length_px(const struct scene_feature *feature)
{
    struct bbox box = plot_shape_box(feature->shape);
    return (bbox_width(box) + bbox_height(box)) * feature->shape->shape->point_count;
}

/* The length of what comes near the district; of a step across it no more than the district is wide. */
static double length_px(const struct shape *shape, struct bbox district)
{
    bool is_bounded = !bbox_is_empty(district);
    double most_px = is_bounded ? bbox_width(district) : HUGE_VAL;
    double length = 0;
    for (size_t part = 0; part < shape->part_count; part++) {
        const struct point *points = shape->points + shape->parts[part].first;
        for (uint32_t i = 1; i < shape->parts[part].count; i++) {
            struct bbox step = bbox_of_points(&points[i - 1], 2);
            if (!is_bounded || bbox_intersects(step, district)) {
                length += fmin(hypot(bbox_width(step), bbox_height(step)), most_px);
            }
        }
    }
    return length;
}

/* Those that are painted last are the most important of their kind; they come first. */
static int compare_descending(const void *a, const void *b)
{
    uint64_t key_a = *(const uint64_t *)a;
    uint64_t key_b = *(const uint64_t *)b;
    return key_a > key_b ? -1 : key_a < key_b;
}

static bool mark_beyond(struct scene_list *list, struct bbox district)
{
    uint64_t *keys = memory_new(list->count, sizeof(*keys));
    size_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (is_painted(&list->items[i])) {
            keys[count++] = paint_order_key(&list->items[i], i);
        }
    }
    qsort(keys, count, sizeof(*keys), compare_descending);
    double sum_px = 0;
    bool has_giant = false;
    bool is_beyond = false;
    for (size_t i = 0; i < count; i++) {
        struct scene_feature *feature = &list->items[UINT32_MAX - (uint32_t)keys[i]];
        double length = length_px(feature->shape->shape, district);
        bool has_room = sum_px + length <= INK_BUDGET_PX;
        feature->is_beyond_budget = !has_room && has_giant;
        has_giant |= !has_room;
        sum_px += has_room ? length : 0;
        is_beyond |= feature->is_beyond_budget;
    }
    free(keys);
    return is_beyond;
}

bool ink_budget_apply(struct scene_list *list, struct bbox district)
{
    double most_px = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].is_beyond_budget = false; /* it may come from an earlier list */
        most_px += is_painted(&list->items[i]) ? most_length_px(&list->items[i]) : 0;
    }
    return most_px > INK_BUDGET_PX && mark_beyond(list, district);
}
