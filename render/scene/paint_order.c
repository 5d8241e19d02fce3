/*
 * paint_order.c - an index over the ink of lines and areas, and a rank for each. Both are made at the first
 * question: what a change makes stale is found without them.
 */
#include "render/scene/paint_order.h"

#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/numbers.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"

struct paint_order {
    const struct scene_list *list;
    uint32_t *ranks;             /* of each line or area: painted in this order within its plot */
    uint32_t *by_rank;           /* the feature of each rank */
    struct spatial_index *index; /* NULL: nobody has asked yet */
};

struct paint_order *paint_order_new(const struct scene_list *list)
{
    struct paint_order *order = memory_new(1, sizeof(*order));
    order->list = list;
    return order;
}

void paint_order_free(struct paint_order *order)
{
    if (!order) {
        return;
    }
    spatial_index_free(order->index);
    free(order->ranks);
    free(order->by_rank);
    free(order);
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t key_a = *(const uint64_t *)a;
    uint64_t key_b = *(const uint64_t *)b;
    return key_a < key_b ? -1 : key_a > key_b;
}

uint64_t paint_order_key(const struct scene_feature *feature, uint32_t number)
{
    uint64_t is_line = feature->feature->shape->kind == SHAPE_LINE;
    int priority = feature->entry ? feature->entry->priority : 0;
    uint64_t unimportance = (uint64_t)(INT16_MAX - (priority > INT16_MAX ? INT16_MAX : priority)) & 0xFFFF;
    return is_line << 48 | unimportance << 32 | (UINT32_MAX - number);
}

/* Points have no rank: placement.h orders them. */
static void rank_features(struct paint_order *order)
{
    uint64_t *keys = memory_new(order->list->count, sizeof(*keys));
    order->ranks = memory_new(order->list->count, sizeof(*order->ranks));
    order->by_rank = memory_new(order->list->count, sizeof(*order->by_rank));
    size_t count = 0;
    for (uint32_t i = 0; i < order->list->count; i++) {
        if (!bbox_is_empty(order->list->items[i].ink)) {
            keys[count++] = paint_order_key(&order->list->items[i], i);
        }
    }
    if (count > 0) {
        qsort(keys, count, sizeof(*keys), compare_keys);
    }
    for (uint32_t rank = 0; rank < count; rank++) {
        uint32_t number = UINT32_MAX - (uint32_t)keys[rank];
        order->by_rank[rank] = number;
        order->ranks[number] = rank;
    }
    free(keys);
}

static void index_features(struct paint_order *order)
{
    struct bbox *boxes = memory_new(order->list->count, sizeof(*boxes));
    for (size_t i = 0; i < order->list->count; i++) {
        boxes[i] = order->list->items[i].ink;
    }
    order->index = spatial_index_new(boxes, order->list->count);
    free(boxes);
}

struct query {
    const struct paint_order *order;
    uint32_t plot;
    struct numbers ranks;
};

static bool note_rank(uint32_t number, void *context)
{
    struct query *query = context;
    const struct scene_feature *feature = &query->order->list->items[number];
    if (feature->plot == query->plot && !feature->is_beyond_budget) {
        numbers_add(&query->ranks, query->order->ranks[number]);
    }
    return true;
}

void paint_order_query(struct paint_order *order, uint32_t plot, struct bbox box_px,
                       void (*visit)(const struct scene_feature *feature, void *context), void *context)
{
    struct query query = {.order = order, .plot = plot};
    if (!order->index) {
        rank_features(order);
        index_features(order);
    }
    spatial_index_query(order->index, box_px, note_rank, &query);
    numbers_sort(&query.ranks);
    for (size_t i = 0; i < query.ranks.count; i++) {
        visit(&order->list->items[order->by_rank[query.ranks.items[i]]], context);
    }
    numbers_finish(&query.ranks);
}

size_t paint_order_bytes(const struct scene_list *list)
{
    return list->count * (2 * sizeof(uint32_t) + sizeof(struct bbox));
}
