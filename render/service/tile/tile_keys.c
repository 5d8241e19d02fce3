/*
 * tile_keys.c - what is added goes on with the last run or begins a new one; when there is no room for that
 * the runs are sorted and joined first, so the list is at most twice as long as it has to be.
 */
#include "render/service/tile/tile_keys.h"

#include <assert.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define PLACE_BITS 29
#define PLACE_MASK ((UINT64_C(1) << PLACE_BITS) - 1)

uint64_t tile_keys_of(struct tile_address address)
{
    assert(address.zoom < 64 && address.column <= PLACE_MASK && address.row <= PLACE_MASK);
    return (uint64_t)address.zoom << 2 * PLACE_BITS | (uint64_t)address.column << PLACE_BITS | address.row;
}

struct tile_address tile_keys_address(uint64_t key)
{
    return (struct tile_address){.zoom = (uint32_t)(key >> 2 * PLACE_BITS),
                                 .column = (uint32_t)(key >> PLACE_BITS & PLACE_MASK),
                                 .row = (uint32_t)(key & PLACE_MASK)};
}

void tile_keys_finish(struct tile_keys *keys)
{
    free(keys->runs);
    *keys = (struct tile_keys){0};
}

static int compare_runs(const void *a, const void *b)
{
    const struct tile_keys_run *first = a;
    const struct tile_keys_run *second = b;
    return (first->first > second->first) - (first->first < second->first);
}

void tile_keys_sort(struct tile_keys *keys)
{
    size_t count = 0;
    if (keys->count == 0) {
        return;
    }
    qsort(keys->runs, keys->count, sizeof(*keys->runs), compare_runs);
    for (size_t i = 1; i < keys->count; i++) {
        struct tile_keys_run run = keys->runs[i];
        if (run.first > keys->runs[count].end) {
            keys->runs[++count] = run;
        } else if (run.end > keys->runs[count].end) {
            keys->runs[count].end = run.end;
        }
    }
    keys->count = count + 1;
}

static void make_room(struct tile_keys *keys)
{
    if (keys->count < keys->capacity) {
        return;
    }
    tile_keys_sort(keys);
    if (keys->count >= keys->capacity / 2) {
        keys->capacity = keys->capacity ? 2 * keys->capacity : 64;
        keys->runs = memory_resize(keys->runs, keys->capacity, sizeof(*keys->runs));
    }
}

void tile_keys_add(struct tile_keys *keys, struct tile_address address)
{
    uint64_t key = tile_keys_of(address);
    struct tile_keys_run *last = keys->count ? &keys->runs[keys->count - 1] : NULL;
    if (last && key == last->end) {
        last->end++;
        return;
    }
    make_room(keys);
    keys->runs[keys->count++] = (struct tile_keys_run){key, key + 1};
}

bool tile_keys_has(const struct tile_keys *keys, struct tile_address address)
{
    uint64_t key = tile_keys_of(address);
    size_t low = 0;
    size_t high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys->runs[middle].end <= key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < keys->count && keys->runs[low].first <= key;
}

uint64_t tile_keys_count(const struct tile_keys *keys)
{
    uint64_t count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        count += keys->runs[i].end - keys->runs[i].first;
    }
    return count;
}
