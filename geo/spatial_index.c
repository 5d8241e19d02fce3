/*
 * spatial_index.c - all nodes stand in one array, level behind level: first the given boxes in packed
 * order, then the boxes of FAN of them, and so on to the single root. The children of node k of a
 * level are k * FAN … k * FAN + FAN - 1 of the level below, so no pointers are kept.
 */
#include "geo/spatial_index.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define FAN 16
#define MOST_LEVELS 9 /* 16^8 leaves are 2^32 */

struct spatial_index {
    size_t count;      /* boxes that are not empty */
    uint32_t *numbers; /* number of the i-th packed box */
    struct bbox *nodes;
    size_t level_count;
    size_t first[MOST_LEVELS];  /* index of each level's first node */
    size_t length[MOST_LEVELS]; /* nodes of each level */
};

struct item {
    struct bbox box;
    uint32_t number;
};

static int compare(double a, double b, const struct item *item_a, const struct item *item_b)
{
    if (a != b) {
        return a < b ? -1 : 1;
    }
    return item_a->number < item_b->number ? -1 : 1;
}

static int compare_x(const void *a, const void *b)
{
    const struct item *item_a = a;
    const struct item *item_b = b;
    return compare(bbox_centre(item_a->box).x, bbox_centre(item_b->box).x, item_a, item_b);
}

static int compare_y(const void *a, const void *b)
{
    const struct item *item_a = a;
    const struct item *item_b = b;
    return compare(bbox_centre(item_a->box).y, bbox_centre(item_b->box).y, item_a, item_b);
}

/* Sort-tile-recursive: vertical slices, each sorted from south to north. */
static void pack(struct item *items, size_t count)
{
    if (count <= FAN) {
        return;
    }
    qsort(items, count, sizeof *items, compare_x);
    size_t leaves = (count + FAN - 1) / FAN;
    size_t slice = (size_t)ceil(sqrt((double)leaves)) * FAN;
    for (size_t first = 0; first < count; first += slice) {
        size_t length = count - first < slice ? count - first : slice;
        qsort(items + first, length, sizeof *items, compare_y);
    }
}

static size_t plan_levels(struct spatial_index *index)
{
    size_t total = 0;
    size_t length = index->count;
    while (length > 0) {
        assert(index->level_count < MOST_LEVELS);
        index->first[index->level_count] = total;
        index->length[index->level_count++] = length;
        total += length;
        length = length > 1 ? (length + FAN - 1) / FAN : 0;
    }
    return total;
}

static void build_level(struct spatial_index *index, size_t level)
{
    const struct bbox *below = index->nodes + index->first[level - 1];
    struct bbox *nodes = index->nodes + index->first[level];
    for (size_t i = 0; i < index->length[level]; i++) {
        nodes[i] = bbox_empty();
    }
    for (size_t i = 0; i < index->length[level - 1]; i++) {
        nodes[i / FAN] = bbox_union(nodes[i / FAN], below[i]);
    }
}

struct spatial_index *spatial_index_new(const struct bbox *boxes, size_t count)
{
    assert(count <= UINT32_MAX);
    struct spatial_index *index = memory_new(1, sizeof *index);
    struct item *items = memory_new(count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        if (!bbox_is_empty(boxes[i])) {
            items[index->count++] = (struct item){boxes[i], (uint32_t)i};
        }
    }
    pack(items, index->count);
    index->nodes = memory_new(plan_levels(index), sizeof *index->nodes);
    index->numbers = memory_new(index->count, sizeof *index->numbers);
    for (size_t i = 0; i < index->count; i++) {
        index->nodes[i] = items[i].box;
        index->numbers[i] = items[i].number;
    }
    free(items);
    for (size_t level = 1; level < index->level_count; level++) {
        build_level(index, level);
    }
    return index;
}

void spatial_index_free(struct spatial_index *index)
{
    if (!index) {
        return;
    }
    free(index->nodes);
    free(index->numbers);
    free(index);
}

struct query {
    const struct spatial_index *index;
    struct bbox box;
    bool (*visit)(uint32_t number, void *context);
    void *context;
};

/* Visits below the nodes first … first + FAN - 1 of a level; as deep as there are levels. */
static bool visit_nodes(const struct query *query, size_t level, size_t first)
{
    const struct spatial_index *index = query->index;
    const struct bbox *nodes = index->nodes + index->first[level];
    size_t end = first + FAN < index->length[level] ? first + FAN : index->length[level];
    for (size_t i = first; i < end; i++) {
        if (!bbox_intersects(nodes[i], query->box)) {
            continue;
        }
        bool goes_on = level > 0 ? visit_nodes(query, level - 1, i * FAN)
                                 : query->visit(index->numbers[i], query->context);
        if (!goes_on) {
            return false;
        }
    }
    return true;
}

void spatial_index_query(const struct spatial_index *index, struct bbox box,
                         bool (*visit)(uint32_t number, void *context), void *context)
{
    if (index->level_count == 0 || bbox_is_empty(box)) {
        return;
    }
    struct query query = {index, box, visit, context};
    visit_nodes(&query, index->level_count - 1, 0);
}
