/*
 * lru_cache.c - a hash table with chains, whose entries also stand in one list by last use: newest first. The
 * table doubles when there are as many entries as chains, so chains stay short.
 */
#include "render/lru_cache.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define CHAINS_AT_FIRST 256
#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15) /* odd, and of no pattern: 2^64 by the golden ratio */

struct entry {
    struct entry *next_in_chain;
    struct entry *newer;
    struct entry *older;
    void *value;
    size_t bytes;
    uint64_t hash;
    size_t key_length;
    char key[];
};

struct lru_cache {
    struct entry **chains;
    size_t chain_count; /* a power of two */
    struct entry *newest;
    struct entry *oldest;
    size_t count;
    size_t bytes;
    size_t most_bytes;
    size_t least_count; /* that stay while all take no more than least_bytes */
    size_t least_bytes;
    uint64_t dropped;
    void (*free_value)(void *value);
};

/** Keys come from our own data, not from an attacker who could choose colliding ones. */
static uint64_t hash_of(const unsigned char *key, size_t length)
{
    uint64_t hash = length;
    while (length > 0) { /* word by word: keys are long, and asked for many times a tile */
        uint64_t word = 0;
        size_t taken = length < sizeof(word) ? length : sizeof(word);
        memcpy(&word, key, taken);
        hash = (hash ^ word) * HASH_FACTOR;
        hash ^= hash >> 32;
        key += taken;
        length -= taken;
    }
    return hash;
}

struct lru_cache *lru_cache_new(size_t most_bytes, void (*free_value)(void *value))
{
    struct lru_cache *cache = memory_new(1, sizeof *cache);
    *cache = (struct lru_cache){.chains = memory_new(CHAINS_AT_FIRST, sizeof(struct entry *)),
                                .chain_count = CHAINS_AT_FIRST,
                                .most_bytes = most_bytes,
                                .least_count = 1,
                                .free_value = free_value};
    return cache;
}

static void free_entry(struct lru_cache *cache, struct entry *entry)
{
    cache->free_value(entry->value);
    free(entry);
}

void lru_cache_free(struct lru_cache *cache)
{
    if (!cache) {
        return;
    }
    while (cache->newest) {
        struct entry *entry = cache->newest;
        cache->newest = entry->older;
        free_entry(cache, entry);
    }
    free(cache->chains);
    free(cache);
}

static struct entry **chain_of(const struct lru_cache *cache, uint64_t hash)
{
    return &cache->chains[hash & (cache->chain_count - 1)];
}

static void unlink_use(struct lru_cache *cache, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct lru_cache *cache, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static struct entry *find_entry(const struct lru_cache *cache, const void *key, size_t key_length)
{
    uint64_t hash = hash_of(key, key_length);
    struct entry *entry = *chain_of(cache, hash);
    while (entry && (entry->hash != hash || entry->key_length != key_length ||
                     memcmp(entry->key, key, key_length) != 0)) {
        entry = entry->next_in_chain;
    }
    return entry;
}

void *lru_cache_find(struct lru_cache *cache, const void *key, size_t key_length)
{
    struct entry *entry = find_entry(cache, key, key_length);
    if (!entry) {
        return NULL;
    }
    if (entry != cache->newest) {
        unlink_use(cache, entry);
        link_newest(cache, entry);
    }
    return entry->value;
}

static void link_chain(struct lru_cache *cache, struct entry *entry)
{
    struct entry **chain = chain_of(cache, entry->hash);
    entry->next_in_chain = *chain;
    *chain = entry;
}

static void double_chains(struct lru_cache *cache)
{
    free(cache->chains);
    cache->chain_count *= 2;
    cache->chains = memory_new(cache->chain_count, sizeof(struct entry *));
    for (struct entry *entry = cache->newest; entry; entry = entry->older) {
        link_chain(cache, entry);
    }
}

void lru_cache_put(struct lru_cache *cache, const void *key, size_t key_length, void *value, size_t bytes)
{
    assert(!find_entry(cache, key, key_length));
    if (cache->count == cache->chain_count) {
        double_chains(cache);
    }
    struct entry *entry = memory_new(1, sizeof *entry + key_length);
    memcpy(entry->key, key, key_length);
    entry->key_length = key_length;
    entry->hash = hash_of(key, key_length);
    entry->value = value;
    entry->bytes = bytes + sizeof *entry + key_length;
    link_chain(cache, entry);
    link_newest(cache, entry);
    cache->count++;
    cache->bytes += entry->bytes;
}

static void remove_entry(struct lru_cache *cache, struct entry *entry)
{
    struct entry **link = chain_of(cache, entry->hash);
    while (*link != entry) {
        link = &(*link)->next_in_chain;
    }
    *link = entry->next_in_chain;
    unlink_use(cache, entry);
    cache->count--;
    cache->bytes -= entry->bytes;
    cache->dropped++;
    free_entry(cache, entry);
}

void lru_cache_keep_least(struct lru_cache *cache, size_t least_count, size_t up_to_bytes)
{
    cache->least_count = least_count;
    cache->least_bytes = up_to_bytes;
}

/* Would it be, with what comes? */
static bool is_too_full(const struct lru_cache *cache, size_t coming_count, size_t coming_bytes)
{
    size_t bytes = cache->bytes + coming_bytes;
    size_t least_count = bytes > cache->least_bytes ? 1 : cache->least_count;
    return bytes > cache->most_bytes && cache->count + coming_count > least_count;
}

void lru_cache_trim(struct lru_cache *cache)
{
    while (is_too_full(cache, 0, 0)) {
        remove_entry(cache, cache->oldest);
    }
}

void lru_cache_make_room(struct lru_cache *cache, size_t bytes)
{
    while (cache->oldest && is_too_full(cache, 1, bytes)) {
        remove_entry(cache, cache->oldest);
    }
}

void lru_cache_drop(struct lru_cache *cache, const void *key, size_t key_length)
{
    struct entry *entry = find_entry(cache, key, key_length);
    if (entry) {
        remove_entry(cache, entry);
    }
}

void lru_cache_let_go(struct lru_cache *cache, const void *key, size_t key_length)
{
    if (cache->bytes > cache->most_bytes) {
        lru_cache_drop(cache, key, key_length);
    }
}

uint64_t lru_cache_dropped(const struct lru_cache *cache)
{
    return cache->dropped;
}

size_t lru_cache_count(const struct lru_cache *cache)
{
    return cache->count;
}

size_t lru_cache_bytes(const struct lru_cache *cache)
{
    return cache->bytes;
}
