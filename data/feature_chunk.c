/*
 * feature_chunk.c - a sorted run of features and the packed R-tree over their boxes.
 *
 * The tree gives numbers in no particular order; a bit for each feature brings them back into the order
 * of ids without sorting.
 *
 * The tree is made when somebody first looks for a place in this chunk: most are asked with others
 * (plot_directory.h) and never need it. Whoever comes second while it is being made makes one too and drops
 * it.
 */
#include "data/feature_chunk.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/feature_block.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"

struct feature_chunk {
    int32_t reference_count; /* atomic */
    size_t count;
    const struct feature **features; /* owned; each lies in one of the blocks; ascending ids */
    struct feature_block **blocks;   /* owned, one reference each; some stand there more than once */
    size_t block_count;
    struct bbox box;             /* of all features */
    struct spatial_index *index; /* owned, atomic; NULL until a place is looked for */
    double longest_step_deg;
};

enum { BITS_PER_WORD = 64, WORDS = FEATURE_CHUNK_MOST / BITS_PER_WORD };

/* The short way round: a step over the antimeridian is not longer than half a turn. */
static double step_deg(struct point from, struct point to)
{
    double east = fabs(to.x - from.x);
    return fmax(fmin(east, 360 - east), fabs(to.y - from.y));
}

static double longest_step_deg(const struct shape *shape)
{
    double longest = 0;
    for (size_t i = 0; shape->kind != SHAPE_POINT && i < shape->part_count; i++) {
        const struct point *points = shape->points + shape->parts[i].first;
        for (size_t k = 1; k < shape->parts[i].count; k++) {
            longest = fmax(longest, step_deg(points[k - 1], points[k]));
        }
    }
    return longest;
}

/* Where it may be found: what crosses the antimeridian runs outside of the box around its points. */
static struct bbox find_box(const struct feature *feature)
{
    struct bbox box = feature->shape->box;
    if (bbox_width(box) > 180) {
        box.min_x = fmin(box.min_x, -180);
        box.max_x = fmax(box.max_x, 180);
    }
    return box;
}

/* A run of features of each block, and blocks of those that have none. */
static size_t count_blocks(const struct feature_chunk *chunk)
{
    const struct feature_block *last = NULL;
    size_t run_count = 0;
    size_t fresh_count = 0;
    for (size_t i = 0; i < chunk->count; i++) {
        const struct feature_block *block = chunk->features[i]->block;
        run_count += block && block != last;
        fresh_count += !block;
        last = block;
    }
    return run_count + (fresh_count + FEATURE_BLOCK_MOST - 1) / FEATURE_BLOCK_MOST;
}

/* Copies features that no plot holds yet side by side, those of neighbouring ids into one block. */
static void settle(struct feature_chunk *chunk)
{
    size_t places[FEATURE_BLOCK_MOST];
    const struct feature *fresh[FEATURE_BLOCK_MOST], *copies[FEATURE_BLOCK_MOST];
    size_t count = 0;
    for (size_t i = 0; i < chunk->count; i++) {
        if (!chunk->features[i]->block) {
            places[count] = i;
            fresh[count++] = chunk->features[i];
        }
        if (count > 0 && (count == FEATURE_BLOCK_MOST || i + 1 == chunk->count)) {
            chunk->blocks[chunk->block_count++] = feature_block_new(fresh, count, copies);
            for (; count > 0; count--) {
                chunk->features[places[count - 1]] = copies[count - 1];
            }
        }
    }
}

/* Refers to the block of each run of features that lie in the same. */
static void refer(struct feature_chunk *chunk)
{
    const struct feature_block *last = NULL;
    for (size_t i = 0; i < chunk->count; i++) {
        struct feature_block *block = chunk->features[i]->block;
        if (block && block != last) {
            chunk->blocks[chunk->block_count++] = feature_block_ref(block);
        }
        last = block;
    }
}

struct feature_chunk *feature_chunk_new(const struct feature *const *features, size_t count)
{
    assert(count > 0 && count <= FEATURE_CHUNK_MOST);
    struct feature_chunk *chunk = memory_new(1, sizeof *chunk);
    chunk->reference_count = 1;
    chunk->count = count;
    chunk->features = memory_new(count, sizeof(*chunk->features));
    chunk->box = bbox_empty();
    for (size_t i = 0; i < count; i++) {
        assert(i == 0 || strcmp(features[i - 1]->id, features[i]->id) < 0);
        chunk->features[i] = features[i];
        chunk->box = bbox_union(chunk->box, find_box(features[i]));
        chunk->longest_step_deg = fmax(chunk->longest_step_deg, longest_step_deg(features[i]->shape));
    }
    chunk->blocks = memory_new(count_blocks(chunk), sizeof(*chunk->blocks));
    refer(chunk);
    settle(chunk);
    return chunk;
}

void feature_chunk_boxes(const struct feature_chunk *chunk, struct bbox *boxes)
{
    for (size_t i = 0; i < chunk->count; i++) {
        boxes[i] = find_box(chunk->features[i]);
    }
}

static const struct spatial_index *index_of(const struct feature_chunk *chunk)
{
    struct feature_chunk *shared = (struct feature_chunk *)chunk;
    struct spatial_index *index = __atomic_load_n(&shared->index, __ATOMIC_ACQUIRE);
    if (index) {
        return index;
    }
    struct bbox *boxes = memory_new(chunk->count, sizeof *boxes);
    feature_chunk_boxes(chunk, boxes);
    struct spatial_index *made = spatial_index_new(boxes, chunk->count);
    free(boxes);
    if (__atomic_compare_exchange_n(&shared->index, &index, made, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE)) {
        return made;
    }
    spatial_index_free(made);
    return index;
}

struct feature_chunk *feature_chunk_ref(const struct feature_chunk *chunk)
{
    struct feature_chunk *shared = (struct feature_chunk *)chunk;
    __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    return shared;
}

void feature_chunk_unref(const struct feature_chunk *chunk)
{
    struct feature_chunk *shared = (struct feature_chunk *)chunk;
    if (!shared || __atomic_sub_fetch(&shared->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    for (size_t i = 0; i < shared->block_count; i++) {
        feature_block_unref(shared->blocks[i]);
    }
    free(shared->blocks);
    spatial_index_free(shared->index);
    free(shared->features);
    free(shared);
}

double feature_chunk_longest_step_deg(const struct feature_chunk *chunk)
{
    return chunk->longest_step_deg;
}

size_t feature_chunk_count(const struct feature_chunk *chunk)
{
    return chunk->count;
}

const struct feature *feature_chunk_at(const struct feature_chunk *chunk, size_t index)
{
    assert(index < chunk->count);
    return chunk->features[index];
}

const struct feature *feature_chunk_find(const struct feature_chunk *chunk, const char *id)
{
    size_t first = 0;
    size_t end = chunk->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        int order = strcmp(chunk->features[middle]->id, id);
        if (order == 0) {
            return chunk->features[middle];
        }
        if (order < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return NULL;
}

static bool set_bit(uint32_t number, void *context)
{
    uint64_t *words = context;
    words[number / BITS_PER_WORD] |= UINT64_C(1) << (number % BITS_PER_WORD);
    return true;
}

/* Asks memory for what is looked at first of the feature that comes next. */
static void fetch_ahead(const struct feature *const *features, uint64_t word)
{
    if (word != 0) {
        const struct feature *feature = features[__builtin_ctzll(word)];
        __builtin_prefetch(&feature->valid_from_ms);
        __builtin_prefetch(feature->code.entity);
    }
}

static bool visit_word(const struct feature *const *features, uint64_t word, int64_t moment_ms,
                       bool (*visit)(const struct feature *feature, void *context), void *context)
{
    for (; word != 0; word &= word - 1) {
        const struct feature *feature = features[__builtin_ctzll(word)];
        fetch_ahead(features, word & (word - 1));
        if (feature_is_valid_at(feature, moment_ms) && !visit(feature, context)) {
            return false;
        }
    }
    return true;
}

bool feature_chunk_visit(const struct feature_chunk *chunk, const uint64_t *words, int64_t moment_ms,
                         bool (*visit)(const struct feature *feature, void *context), void *context)
{
    for (size_t i = 0; i * BITS_PER_WORD < chunk->count; i++) {
        if (!visit_word(chunk->features + i * BITS_PER_WORD, words[i], moment_ms, visit, context)) {
            return false;
        }
    }
    return true;
}

bool feature_chunk_query(const struct feature_chunk *chunk, struct bbox box, int64_t moment_ms,
                         bool (*visit)(const struct feature *feature, void *context), void *context)
{
    if (!bbox_intersects(chunk->box, box)) {
        return true;
    }
    uint64_t words[WORDS] = {0};
    spatial_index_query(index_of(chunk), box, set_bit, words);
    return feature_chunk_visit(chunk, words, moment_ms, visit, context);
}
