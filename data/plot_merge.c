/*
 * plot_merge.c - one pass over chunks and sorted changes.
 *
 * A chunk into which no change falls is shared as it is. The others are merged into pending, which is cut
 * into new chunks once it holds FEATURE_CHUNK_LEAST features or more; what is less goes on into the next
 * chunk, so that many removals do not leave a row of tiny chunks.
 */
#include "data/plot_merge.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/feature_chunk.h"
#include "data/timeline.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

/* A change and what of its id stands behind the beginning that all ids share: of a million it is seldom
 * necessary to look at the id itself. */
struct edit {
    uint64_t key; /* so many bytes of it, the first counts most */
    const struct change *change;
};

/* By id, and within one id in the order they were given: all changes stand in one array. */
static int compare_edits(const void *a, const void *b)
{
    const struct edit *left = a;
    const struct edit *right = b;
    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    int order = strcmp(change_id(left->change), change_id(right->change));
    return order != 0 ? order : (left->change > right->change) - (left->change < right->change);
}

static uint64_t key_of(const char *text)
{
    uint64_t key = 0;
    for (size_t i = 0; i < sizeof key; i++) {
        key = key << 8 | (unsigned char)*text;
        text += *text != '\0';
    }
    return key;
}

/* How many bytes all ids begin with alike. */
static size_t shared_length(const struct change *changes, size_t count)
{
    const char *first = count > 0 ? change_id(&changes[0]) : "";
    size_t length = strlen(first);
    for (size_t i = 1; i < count && length > 0; i++) {
        const char *id = change_id(&changes[i]);
        size_t same = 0;
        while (same < length && id[same] == first[same]) {
            same++;
        }
        length = same;
    }
    return length;
}

static struct edit *sorted_edits(const struct change *changes, size_t count)
{
    struct edit *edits = memory_new(count, sizeof *edits);
    size_t shared = shared_length(changes, count);
    for (size_t i = 0; i < count; i++) {
        edits[i] = (struct edit){key_of(change_id(&changes[i]) + shared), &changes[i]};
    }
    if (count > 1) {
        qsort(edits, count, sizeof *edits, compare_edits);
    }
    return edits;
}

static void sort_edits(struct plot_merge *merge, const struct change *changes, size_t count)
{
    struct edit *edits = sorted_edits(changes, count);
    merge->edits = memory_new(count, sizeof(*merge->edits));
    for (size_t i = 0; i < count; i++) {
        bool is_last = i + 1 == count || edits[i].key != edits[i + 1].key ||
                       strcmp(change_id(edits[i].change), change_id(edits[i + 1].change)) != 0;
        if (is_last) {
            merge->edits[merge->edit_count++] = edits[i].change;
        }
    }
    free(edits);
}

void plot_merge_init(struct plot_merge *merge, struct feature_chunk *const *chunks, size_t chunk_count,
                     const struct change *changes, size_t change_count)
{
    *merge = (struct plot_merge){.chunks = chunks, .chunk_count = chunk_count};
    sort_edits(merge, changes, change_count);
    /* Cutting leaves every new chunk but the last at least half full. */
    size_t new_chunks = merge->edit_count / (FEATURE_CHUNK_MOST / 2) + 2;
    merge->results = memory_new(2 * chunk_count + new_chunks, sizeof(*merge->results));
    merge->steps = memory_new(4 * merge->edit_count, sizeof *merge->steps);
}

void plot_merge_finish(struct plot_merge *merge)
{
    for (size_t i = 0; i < merge->result_count; i++) {
        feature_chunk_unref(merge->results[i]);
    }
    free(merge->results);
    free(merge->edits);
    free(merge->pending);
    free(merge->steps);
}

static void add_step(struct plot_merge *merge, int64_t moment_ms, int difference)
{
    if (moment_ms != MOMENT_NONE && moment_ms != MOMENT_FOREVER) {
        merge->steps[merge->step_count++] = (struct timeline_step){moment_ms, difference};
    }
}

static void add_steps(struct plot_merge *merge, const struct feature *feature, int difference)
{
    if (feature) {
        add_step(merge, feature->valid_from_ms, difference);
        add_step(merge, feature->valid_to_ms, difference);
    }
}

static void keep(struct plot_merge *merge, const struct feature *feature)
{
    merge->pending[merge->pending_count++] = feature;
}

/* Puts what the edit says in the place of old, which is NULL for a new id. */
static void apply(struct plot_merge *merge, const struct change *edit, const struct feature *old)
{
    const struct feature *feature = edit->kind == CHANGE_PUT ? edit->feature : NULL;
    add_steps(merge, old, -1);
    add_steps(merge, feature, +1);
    if (feature) {
        keep(merge, feature);
    }
}

/* Keeps the features of a chunk from number next on whose ids come before id; returns the number behind. */
static size_t keep_before(struct plot_merge *merge, const struct feature_chunk *chunk, size_t next,
                          size_t count, const char *id)
{
    while (next < count && strcmp(feature_chunk_at(chunk, next)->id, id) < 0) {
        keep(merge, feature_chunk_at(chunk, next));
        next++;
    }
    return next;
}

/* Appends to pending the features of a chunk (which may be NULL) with edits merged in. */
static void merge_chunk(struct plot_merge *merge, const struct feature_chunk *chunk,
                        const struct change *const *edits, size_t edit_count)
{
    size_t count = chunk ? feature_chunk_count(chunk) : 0;
    merge->pending =
        memory_resize(merge->pending, merge->pending_count + count + edit_count, sizeof(*merge->pending));
    size_t next = 0;
    for (size_t i = 0; i < edit_count; i++) {
        const char *id = change_id(edits[i]);
        next = keep_before(merge, chunk, next, count, id);
        const struct feature *old = next < count ? feature_chunk_at(chunk, next) : NULL;
        bool is_there = old && strcmp(old->id, id) == 0;
        apply(merge, edits[i], is_there ? old : NULL);
        next += is_there;
    }
    for (; next < count; next++) {
        keep(merge, feature_chunk_at(chunk, next));
    }
}

/* Makes chunks of about equal size of what is pending. */
static void cut(struct plot_merge *merge)
{
    size_t pieces = (merge->pending_count + FEATURE_CHUNK_MOST - 1) / FEATURE_CHUNK_MOST;
    for (size_t i = 0; i < pieces; i++) {
        size_t first = merge->pending_count * i / pieces;
        size_t end = merge->pending_count * (i + 1) / pieces;
        merge->results[merge->result_count++] = feature_chunk_new(merge->pending + first, end - first);
    }
    merge->pending_count = 0;
}

/* How many edits, from first on, fall into chunk number i: those before the first id of the next. */
static size_t count_edits(const struct plot_merge *merge, size_t first, size_t i)
{
    if (i + 1 >= merge->chunk_count) {
        return merge->edit_count - first;
    }
    const char *end_id = feature_chunk_at(merge->chunks[i + 1], 0)->id;
    size_t end = first;
    while (end < merge->edit_count && strcmp(change_id(merge->edits[end]), end_id) < 0) {
        end++;
    }
    return end - first;
}

void plot_merge_run(struct plot_merge *merge)
{
    size_t first = 0;
    for (size_t i = 0; i < merge->chunk_count; i++) {
        size_t edit_count = count_edits(merge, first, i);
        if (edit_count == 0 && merge->pending_count == 0) {
            merge->results[merge->result_count++] = feature_chunk_ref(merge->chunks[i]);
            continue;
        }
        merge_chunk(merge, merge->chunks[i], merge->edits + first, edit_count);
        first += edit_count;
        if (merge->pending_count >= FEATURE_CHUNK_LEAST) {
            cut(merge);
        }
    }
    merge_chunk(merge, NULL, merge->edits + first, merge->edit_count - first);
    cut(merge);
}
