/*
 * tile_cache.c - a hash table with a list by last use, in up to 16 shards with a lock each.
 *
 * Law: no tile in it is older than the last change that was begun, unless that change has listed it. It holds
 * because tile_cache_put() compares epochs under the shard's lock, and tile_cache_begin_change() raises the
 * epoch before it takes any of those locks: a put that saw the old epoch is finished before its shard is
 * listed.
 */
#include "render/service/tile/tile_cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/tile/shared_answers.h"

#define SHARD_MAX 16
#define SHARD_LEAST_BYTES (4u << 20)
#define ENTRY_BYTES 256 /* of a tile besides its answer: struct entry and its place in the table */
#define FIRST_BUCKETS 256

struct entry {
    struct tile_key key;
    uint64_t hash;
    uint64_t serial;
    uint64_t label;
    int64_t until_ms;
    struct answer *answer; /* of the shared ones, held once */
    struct entry *next;    /* in its bucket */
    struct entry *newer;
    struct entry *older;
};

struct shard {
    pthread_mutex_t lock;
    struct entry **buckets;
    size_t bucket_count; /* a power of two */
    struct entry *newest;
    struct entry *oldest;
    size_t tiles;
    uint64_t hits;
    uint64_t misses;
    uint64_t dropped;
    uint64_t evicted;
};

struct tile_cache {
    struct shard shards[SHARD_MAX];
    size_t shard_count;
    size_t most_bytes;
    struct shared_answers *answers;
    atomic_size_t tiles; /* of all shards */
    size_t map_count;
    atomic_uint_least64_t *epochs; /* one a map */
    atomic_uint_least64_t next_serial;
};

struct tile_cache *tile_cache_new(size_t most_bytes, size_t map_count)
{
    struct tile_cache *cache = memory_new(1, sizeof(*cache));
    size_t shards = most_bytes / SHARD_LEAST_BYTES;
    cache->shard_count = shards < 1 ? 1 : shards > SHARD_MAX ? SHARD_MAX : shards;
    cache->most_bytes = most_bytes;
    cache->answers = shared_answers_new();
    cache->map_count = map_count;
    cache->epochs = memory_new(map_count, sizeof(*cache->epochs));
    for (size_t i = 0; i < cache->shard_count; i++) {
        struct shard *shard = &cache->shards[i];
        pthread_mutex_init(&shard->lock, NULL);
        shard->bucket_count = FIRST_BUCKETS;
        shard->buckets = memory_new(shard->bucket_count, sizeof(struct entry *));
    }
    return cache;
}

static struct shard *shard_of(struct tile_cache *cache, uint64_t hash)
{
    return &cache->shards[(hash >> 56) % cache->shard_count];
}

static void link_newest(struct shard *shard, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = shard->newest;
    if (shard->newest) {
        shard->newest->newer = entry;
    } else {
        shard->oldest = entry;
    }
    shard->newest = entry;
}

static void unlink_use(struct shard *shard, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &shard->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &shard->oldest) = entry->newer;
}

/** The place that points at the entry of a key, or at the NULL behind its bucket. */
static struct entry **find_slot(struct shard *shard, const struct tile_key *key, uint64_t hash)
{
    struct entry **slot = &shard->buckets[hash & (shard->bucket_count - 1)];
    while (*slot && ((*slot)->hash != hash || !tile_key_equals(&(*slot)->key, key))) {
        slot = &(*slot)->next;
    }
    return slot;
}

/** Takes the entry out of its shard; it is the caller's then. */
static struct entry *take_out(struct tile_cache *cache, struct shard *shard, struct entry **slot)
{
    struct entry *entry = *slot;
    *slot = entry->next;
    unlink_use(shard, entry);
    shard->tiles--;
    atomic_fetch_sub(&cache->tiles, 1);
    return entry;
}

static void entry_free(struct tile_cache *cache, struct entry *entry)
{
    if (entry) {
        shared_answers_leave(cache->answers, entry->answer);
        free(entry);
    }
}

static void grow_buckets(struct shard *shard)
{
    size_t count = shard->bucket_count * 2;
    struct entry **buckets = memory_new(count, sizeof(*buckets));
    for (struct entry *entry = shard->oldest; entry; entry = entry->newer) {
        struct entry **bucket = &buckets[entry->hash & (count - 1)];
        entry->next = *bucket;
        *bucket = entry;
    }
    free(shard->buckets);
    shard->buckets = buckets;
    shard->bucket_count = count;
}

static void put_in(struct tile_cache *cache, struct shard *shard, struct entry *entry)
{
    if (shard->tiles >= shard->bucket_count) {
        grow_buckets(shard);
    }
    struct entry **bucket = &shard->buckets[entry->hash & (shard->bucket_count - 1)];
    entry->next = *bucket;
    *bucket = entry;
    link_newest(shard, entry);
    shard->tiles++;
    atomic_fetch_add(&cache->tiles, 1);
}

static size_t bytes_of(const struct tile_cache *cache)
{
    return shared_answers_bytes(cache->answers) + atomic_load(&cache->tiles) * ENTRY_BYTES;
}

/** Keys are spread evenly, so a shard that drops its oldest for what comes in keeps the whole in bounds. */
static void make_room(struct tile_cache *cache, struct shard *shard)
{
    while (shard->oldest && bytes_of(cache) > cache->most_bytes) {
        struct entry *oldest = shard->oldest;
        entry_free(cache, take_out(cache, shard, find_slot(shard, &oldest->key, oldest->hash)));
        shard->evicted++;
    }
}

void tile_cache_free(struct tile_cache *cache)
{
    if (!cache) {
        return;
    }
    for (size_t i = 0; i < cache->shard_count; i++) {
        struct shard *shard = &cache->shards[i];
        struct entry *entry = shard->newest;
        while (entry) {
            struct entry *older = entry->older;
            entry_free(cache, entry);
            entry = older;
        }
        free(shard->buckets);
        pthread_mutex_destroy(&shard->lock);
    }
    shared_answers_free(cache->answers);
    free(cache->epochs);
    free(cache);
}

struct answer *tile_cache_find(struct tile_cache *cache, const struct tile_key *key, uint64_t *label)
{
    uint64_t hash = tile_key_hash(key);
    struct shard *shard = shard_of(cache, hash);
    struct answer *answer = NULL;
    pthread_mutex_lock(&shard->lock);
    struct entry *entry = *find_slot(shard, key, hash);
    bool is_good = entry && (entry->until_ms == INT64_MAX || entry->until_ms > monotonic_now_ms());
    if (is_good) {
        answer = answer_ref(entry->answer);
        if (label) {
            *label = entry->label;
        }
        unlink_use(shard, entry);
        link_newest(shard, entry);
    }
    shard->hits += is_good;
    shard->misses += !is_good;
    pthread_mutex_unlock(&shard->lock);
    return answer;
}

uint64_t tile_cache_epoch(struct tile_cache *cache, uint16_t map)
{
    assert(map < cache->map_count);
    return atomic_load(&cache->epochs[map]);
}

static struct entry *entry_new(struct tile_cache *cache, const struct tile_key *key, uint64_t hash,
                               struct tile_terms terms, struct answer *answer)
{
    struct entry *entry = memory_new(1, sizeof(*entry));
    entry->key = *key;
    entry->hash = hash;
    entry->serial = atomic_fetch_add(&cache->next_serial, 1);
    entry->label = terms.label;
    entry->until_ms = terms.until_ms;
    entry->answer = shared_answers_join(cache->answers, answer);
    return entry;
}

bool tile_cache_put(struct tile_cache *cache, const struct tile_key *key, struct tile_terms terms,
                    struct answer *answer)
{
    assert(key->map < cache->map_count);
    uint64_t hash = tile_key_hash(key);
    struct shard *shard = shard_of(cache, hash);
    pthread_mutex_lock(&shard->lock);
    struct entry **slot = find_slot(shard, key, hash);
    bool is_there = *slot && (*slot)->until_ms > monotonic_now_ms();
    bool is_taken = !is_there && terms.epoch == atomic_load(&cache->epochs[key->map]);
    if (is_taken) {
        if (*slot) {
            entry_free(cache, take_out(cache, shard, slot));
        }
        put_in(cache, shard, entry_new(cache, key, hash, terms, answer));
        make_room(cache, shard);
    }
    pthread_mutex_unlock(&shard->lock);
    return is_taken;
}

bool tile_cache_relabel(struct tile_cache *cache, const struct tile_key *key, const struct answer *old,
                        uint64_t label, struct answer *answer)
{
    uint64_t hash = tile_key_hash(key);
    struct shard *shard = shard_of(cache, hash);
    struct answer *replaced = NULL;
    pthread_mutex_lock(&shard->lock);
    struct entry *entry = *find_slot(shard, key, hash);
    if (entry && entry->answer == old) {
        replaced = entry->answer;
        entry->answer = shared_answers_join(cache->answers, answer);
        entry->label = label;
    }
    pthread_mutex_unlock(&shard->lock);
    if (replaced) {
        shared_answers_leave(cache->answers, replaced);
    }
    return replaced != NULL;
}

static bool is_current(const struct entry *entry, uint16_t map)
{
    return entry->key.map == map && entry->key.fixed_revision == 0;
}

/** What begin_change() gathers. */
struct entry_list {
    struct tile_cache_entry *items;
    size_t count;
    size_t capacity;
};

static void list_shard(struct shard *shard, uint16_t map, struct entry_list *list)
{
    for (struct entry *entry = shard->newest; entry; entry = entry->older) {
        if (!is_current(entry, map)) {
            continue;
        }
        if (list->count == list->capacity) {
            list->capacity = list->capacity ? list->capacity * 2 : 256;
            list->items = memory_resize(list->items, list->capacity, sizeof(*list->items));
        }
        list->items[list->count++] = (struct tile_cache_entry){.key = entry->key, .serial = entry->serial};
    }
}

struct tile_cache_entry *tile_cache_begin_change(struct tile_cache *cache, uint16_t map, size_t *count)
{
    assert(map < cache->map_count);
    struct entry_list list = {0};
    atomic_fetch_add(&cache->epochs[map], 1);
    for (size_t i = 0; i < cache->shard_count; i++) {
        pthread_mutex_lock(&cache->shards[i].lock);
        list_shard(&cache->shards[i], map, &list);
        pthread_mutex_unlock(&cache->shards[i].lock);
    }
    *count = list.count;
    return list.items;
}

/** The listed entry out of the cache, or NULL when it is another by now. */
static struct entry *take_listed(struct tile_cache *cache, const struct tile_cache_entry *listed,
                                 bool is_stale)
{
    uint64_t hash = tile_key_hash(&listed->key);
    struct shard *shard = shard_of(cache, hash);
    struct entry *entry = NULL;
    pthread_mutex_lock(&shard->lock);
    struct entry **slot = find_slot(shard, &listed->key, hash);
    if (*slot && (*slot)->serial == listed->serial) {
        entry = take_out(cache, shard, slot);
        shard->dropped += is_stale;
    }
    pthread_mutex_unlock(&shard->lock);
    return entry;
}

void tile_cache_drop(struct tile_cache *cache, const struct tile_cache_entry *listed)
{
    entry_free(cache, take_listed(cache, listed, true));
}

void tile_cache_move(struct tile_cache *cache, const struct tile_cache_entry *listed, int64_t moment_ms)
{
    struct entry *entry = take_listed(cache, listed, false);
    if (!entry) {
        return;
    }
    entry->key.moment_ms = moment_ms;
    entry->hash = tile_key_hash(&entry->key);
    struct shard *shard = shard_of(cache, entry->hash);
    pthread_mutex_lock(&shard->lock);
    if (!*find_slot(shard, &entry->key, entry->hash)) {
        put_in(cache, shard, entry);
        entry = NULL;
        make_room(cache, shard);
    }
    pthread_mutex_unlock(&shard->lock);
    entry_free(cache, entry);
}

static void drop_from_shard(struct tile_cache *cache, struct shard *shard, uint16_t map)
{
    struct entry *entry = shard->newest;
    while (entry) {
        struct entry *older = entry->older;
        if (entry->key.map == map) {
            entry_free(cache, take_out(cache, shard, find_slot(shard, &entry->key, entry->hash)));
            shard->dropped++;
        }
        entry = older;
    }
}

void tile_cache_drop_map(struct tile_cache *cache, uint16_t map)
{
    assert(map < cache->map_count);
    atomic_fetch_add(&cache->epochs[map], 1);
    for (size_t i = 0; i < cache->shard_count; i++) {
        pthread_mutex_lock(&cache->shards[i].lock);
        drop_from_shard(cache, &cache->shards[i], map);
        pthread_mutex_unlock(&cache->shards[i].lock);
    }
}

void tile_cache_visit(struct tile_cache *cache, uint16_t map,
                      void (*show)(const struct tile_key *key, struct answer *answer, void *context),
                      void *context)
{
    for (size_t i = 0; i < cache->shard_count; i++) {
        pthread_mutex_lock(&cache->shards[i].lock);
        for (struct entry *entry = cache->shards[i].newest; entry; entry = entry->older) {
            if (is_current(entry, map) && entry->until_ms == INT64_MAX) {
                show(&entry->key, entry->answer, context);
            }
        }
        pthread_mutex_unlock(&cache->shards[i].lock);
    }
}

struct tile_cache_state tile_cache_state(struct tile_cache *cache)
{
    struct tile_cache_state state = {0};
    for (size_t i = 0; i < cache->shard_count; i++) {
        struct shard *shard = &cache->shards[i];
        pthread_mutex_lock(&shard->lock);
        state.tiles += shard->tiles;
        state.hits += shard->hits;
        state.misses += shard->misses;
        state.dropped += shard->dropped;
        state.evicted += shard->evicted;
        pthread_mutex_unlock(&shard->lock);
    }
    state.bytes = bytes_of(cache);
    return state;
}
