/*
 * pointer_map.c - open addressing with linear probing; at most half of the slots are used, and after a sweep
 * an eighth at least.
 */
#include "render/pointer_map.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define CAPACITY_FIRST 64

struct slot {
    const void *key;
    void *value; /* NULL: free */
};

struct pointer_map {
    struct slot *slots;
    size_t capacity; /* a power of two */
    size_t count;
    void (*free_value)(void *value);
};

struct pointer_map *pointer_map_new(void (*free_value)(void *value))
{
    struct pointer_map *map = memory_new(1, sizeof(*map));
    map->capacity = CAPACITY_FIRST;
    map->slots = memory_new(map->capacity, sizeof(*map->slots));
    map->free_value = free_value;
    return map;
}

static void let_go(struct pointer_map *map, void *value)
{
    if (map->free_value) {
        map->free_value(value);
    }
}

void pointer_map_free(struct pointer_map *map)
{
    if (!map) {
        return;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].value) {
            let_go(map, map->slots[i].value);
        }
    }
    free(map->slots);
    free(map);
}

static struct slot *slot_for(const struct pointer_map *map, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (map->capacity - 1);
    while (map->slots[at].value && map->slots[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

void *pointer_map_find(const struct pointer_map *map, const void *key)
{
    return slot_for(map, key)->value;
}

static void rebuild(struct pointer_map *map, size_t capacity, bool (*keep)(void *value, void *context),
                    void *context)
{
    struct slot *old = map->slots;
    size_t old_capacity = map->capacity;
    map->slots = memory_new(capacity, sizeof(*map->slots));
    map->capacity = capacity;
    map->count = 0;
    for (size_t i = 0; i < old_capacity; i++) {
        if (!old[i].value) {
            continue;
        }
        if (keep && !keep(old[i].value, context)) {
            let_go(map, old[i].value);
            continue;
        }
        *slot_for(map, old[i].key) = old[i];
        map->count++;
    }
    free(old);
}

void pointer_map_put(struct pointer_map *map, const void *key, void *value)
{
    assert(value);
    if (2 * (map->count + 1) > map->capacity) {
        rebuild(map, 2 * map->capacity, NULL, NULL);
    }
    struct slot *slot = slot_for(map, key);
    if (slot->value) {
        let_go(map, slot->value);
    } else {
        map->count++;
    }
    *slot = (struct slot){key, value};
}

void pointer_map_add(struct pointer_map *map, const void *key, void *value)
{
    size_t count = map->count;
    pointer_map_put(map, key, value);
    assert(map->count == count + 1);
}

size_t pointer_map_count(const struct pointer_map *map)
{
    return map->count;
}

void pointer_map_sweep(struct pointer_map *map, bool (*keep)(void *value, void *context), void *context)
{
    rebuild(map, map->capacity, keep, context);
    size_t capacity = map->capacity;
    while (capacity > CAPACITY_FIRST && 8 * map->count < capacity) {
        capacity /= 2;
    }
    if (capacity < map->capacity) {
        rebuild(map, capacity, NULL, NULL);
    }
}

size_t pointer_map_bytes(const struct pointer_map *map)
{
    return sizeof(*map) + map->capacity * sizeof(*map->slots);
}
