/*
 * timeline.c - moments in ascending order, each with the number of its uses.
 *
 * moments[i] is used uses[i] > 0 times; a moment whose uses fall to 0 leaves the timeline.
 */
#include "data/timeline.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"

struct timeline {
    int32_t reference_count; /* atomic */
    size_t count;
    int64_t *moments; /* owned */
    int64_t *uses;    /* owned */
};

static struct timeline *timeline_with_room(size_t capacity)
{
    struct timeline *timeline = memory_new(1, sizeof *timeline);
    timeline->reference_count = 1;
    timeline->moments = memory_new(capacity, sizeof *timeline->moments);
    timeline->uses = memory_new(capacity, sizeof *timeline->uses);
    return timeline;
}

struct timeline *timeline_new(void)
{
    return timeline_with_room(0);
}

struct timeline *timeline_ref(const struct timeline *timeline)
{
    struct timeline *shared = (struct timeline *)timeline;
    __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    return shared;
}

void timeline_unref(const struct timeline *timeline)
{
    struct timeline *shared = (struct timeline *)timeline;
    if (!shared || __atomic_sub_fetch(&shared->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    free(shared->moments);
    free(shared->uses);
    free(shared);
}

static int compare_steps(const void *a, const void *b)
{
    int64_t left = ((const struct timeline_step *)a)->moment_ms;
    int64_t right = ((const struct timeline_step *)b)->moment_ms;
    return (left > right) - (left < right);
}

/* Sorts, adds up the steps of one moment and drops those that add up to nothing. */
static size_t sum_steps(struct timeline_step *steps, size_t count)
{
    if (count > 1) {
        qsort(steps, count, sizeof *steps, compare_steps);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count;) {
        struct timeline_step sum = steps[i++];
        while (i < count && steps[i].moment_ms == sum.moment_ms) {
            sum.difference += steps[i++].difference;
        }
        if (sum.difference != 0) {
            steps[kept++] = sum;
        }
    }
    return kept;
}

static void append(struct timeline *timeline, int64_t moment_ms, int64_t uses)
{
    assert(uses >= 0);
    if (uses == 0) {
        return;
    }
    timeline->moments[timeline->count] = moment_ms;
    timeline->uses[timeline->count] = uses;
    timeline->count++;
}

struct timeline *timeline_with_steps(const struct timeline *timeline, struct timeline_step *steps,
                                     size_t count)
{
    count = sum_steps(steps, count);
    if (count == 0) {
        return timeline_ref(timeline);
    }
    struct timeline *result = timeline_with_room(timeline->count + count);
    size_t old = 0;
    for (size_t i = 0; i < count; i++) {
        while (old < timeline->count && timeline->moments[old] < steps[i].moment_ms) {
            append(result, timeline->moments[old], timeline->uses[old]);
            old++;
        }
        bool is_known = old < timeline->count && timeline->moments[old] == steps[i].moment_ms;
        int64_t uses = is_known ? timeline->uses[old++] : 0;
        append(result, steps[i].moment_ms, uses + steps[i].difference);
    }
    for (; old < timeline->count; old++) {
        append(result, timeline->moments[old], timeline->uses[old]);
    }
    return result;
}

const int64_t *timeline_moments(const struct timeline *timeline, size_t *count)
{
    *count = timeline->count;
    return timeline->moments;
}

int64_t timeline_moment_at(const struct timeline *timeline, int64_t now_ms)
{
    if (timeline->count == 0) {
        return MOMENT_NONE;
    }
    size_t not_after = 0; /* how many moments are not after now */
    size_t end = timeline->count;
    while (not_after < end) {
        size_t middle = not_after + (end - not_after) / 2;
        if (timeline->moments[middle] <= now_ms) {
            not_after = middle + 1;
        } else {
            end = middle;
        }
    }
    return timeline->moments[not_after > 0 ? not_after - 1 : 0];
}
