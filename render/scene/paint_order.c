/*
 * paint_order.c - a rank for each line and area, and those of each block. Both are made at the first
 * question: what a change makes stale is found without them.
 */
#include "render/scene/paint_order.h"

#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/block_index.h"
#include "render/numbers.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"

#define AHEAD 2 /* features; painting one takes far longer than memory needs to answer */
#define LINE_BYTES 64
#define LINES_OF_SHAPE 6 /* what is known of it and a dozen points; processors fetch on by themselves */

struct paint_order {
    const struct scene_list *list;
    struct bbox district;
    uint32_t *by_rank;         /* the feature of each rank: painted in this order within its plot */
    struct block_index *index; /* of ranks, by ink; NULL: nobody has asked yet */
};

struct paint_order *paint_order_new(const struct scene_list *list, struct bbox district)
{
    struct paint_order *order = memory_new(1, sizeof(*order));
    order->list = list;
    order->district = district;
    return order;
}

void paint_order_free(struct paint_order *order)
{
    if (!order) {
        return;
    }
    block_index_free(order->index);
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
    uint64_t is_line = feature->is_line;
    int priority = feature->entry ? feature->entry->priority : 0;
    uint64_t unimportance = (uint64_t)(INT16_MAX - (priority > INT16_MAX ? INT16_MAX : priority)) & 0xFFFF;
    return is_line << 48 | unimportance << 32 | (UINT32_MAX - number);
}

/* Points have no rank: placement.h orders them. What is beyond the budget is not painted. Returns how many.
 */
static size_t rank_features(struct paint_order *order)
{
    uint64_t *keys = memory_new(order->list->count, sizeof(*keys));
    size_t count = 0;
    for (uint32_t i = 0; i < order->list->count; i++) {
        const struct scene_feature *feature = &order->list->items[i];
        if (!feature->is_point && feature->has_image && !feature->is_beyond_budget) {
            keys[count++] = paint_order_key(feature, i);
        }
    }
    if (count > 0) {
        qsort(keys, count, sizeof(*keys), compare_keys);
    }
    order->by_rank = memory_new(count, sizeof(*order->by_rank));
    for (uint32_t rank = 0; rank < count; rank++) {
        order->by_rank[rank] = UINT32_MAX - (uint32_t)keys[rank];
    }
    free(keys);
    return count;
}

static const struct scene_feature *feature_of(const struct paint_order *order, uint32_t rank)
{
    return &order->list->items[order->by_rank[rank]];
}

static void index_features(struct paint_order *order, size_t count)
{
    struct block_entry *entries = memory_new(count, sizeof(*entries));
    for (uint32_t rank = 0; rank < count; rank++) {
        entries[rank] = (struct block_entry){scene_feature_ink(feature_of(order, rank)), rank};
    }
    order->index = block_index_new(order->district, entries, count);
    free(entries);
}

void paint_order_make_ready(struct paint_order *order)
{
    if (!order->index) {
        index_features(order, rank_features(order));
    }
}

/* Features and their shapes lie all over memory: asks for those to come, then for what these point at. */
static void fetch_ahead(const struct paint_order *order, const struct numbers *ranks, size_t at)
{
    if (at + 2 * AHEAD >= ranks->count) {
        return;
    }
    const struct scene_feature *far = feature_of(order, ranks->items[at + 2 * AHEAD]);
    __builtin_prefetch(&far->feature);
    __builtin_prefetch(&far->plot);
    const struct scene_feature *near = feature_of(order, ranks->items[at + AHEAD]);
    const char *shape = (const char *)near->shape; /* with its points behind it */
    for (size_t line = 0; line < LINES_OF_SHAPE; line++) {
        __builtin_prefetch(shape + line * LINE_BYTES);
    }
    __builtin_prefetch(&near->feature->code);
    __builtin_prefetch(&near->feature->code.rotation_deg); /* beside status and detail */
}

void paint_order_query(struct paint_order *order, uint32_t plot, struct bbox box_px,
                       void (*visit)(const struct scene_feature *feature, void *context), void *context)
{
    paint_order_make_ready(order);
    struct numbers ranks = {.count = 0};
    bool do_all_touch = block_index_find(order->index, box_px, &ranks);
    for (size_t i = 0; i < ranks.count; i++) {
        const struct scene_feature *feature = feature_of(order, ranks.items[i]);
        fetch_ahead(order, &ranks, i);
        if (feature->plot == plot && (do_all_touch || bbox_intersects(scene_feature_ink(feature), box_px))) {
            visit(feature, context);
        }
    }
    numbers_finish(&ranks);
}

size_t paint_order_bytes(const struct scene_list *list)
{
    return list->count * 3 * sizeof(uint32_t); /* nearly all touch one block or two */
}
