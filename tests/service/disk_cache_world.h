/*
 * disk_cache_world.h - a cache on disk and a world in which the right bytes of each tile at each revision are
 * known.
 */
#ifndef TESTS_SERVICE_DISK_CACHE_WORLD_H
#define TESTS_SERVICE_DISK_CACHE_WORLD_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/tile/disk_cache_file.h"
#include "render/service/tile/tile_cache.h"
#include "tests/support/runner.h"

#define TILES 24
#define BODY_BYTES 900
#define MOST_BYTES (8u << 20)
#define WAIT_MS 8000

static const struct disk_map usual_maps[] = {{"situation", 7}, {"water", 7}};

/* ---- A world in which the right bytes of each tile at each revision are known ---- */

static inline uint64_t scramble(uint64_t number)
{
    number = (number + 1) * 0x9e3779b97f4a7c15u;
    return number ^ number >> 31;
}

/** The last revision up to this one that changed the tile. */
static inline uint64_t drawn_at(uint32_t column, uint64_t revision)
{
    while (revision > 0 && scramble(column * 1000003u + revision) % 5 != 0) {
        revision--;
    }
    return revision;
}

static inline void fill_body(char body[static BODY_BYTES], uint16_t map, uint32_t column, uint64_t revision)
{
    uint64_t number = scramble(column + 1000 * map) + drawn_at(column, revision);
    for (size_t i = 0; i < BODY_BYTES; i++) {
        number = scramble(number);
        body[i] = (char)number;
    }
}

static inline struct answer *tile_of(uint16_t map, uint32_t column, uint64_t revision)
{
    char body[BODY_BYTES];
    fill_body(body, map, column, revision);
    struct answer *answer = answer_new(200, "image/png", body, sizeof(body));
    answer_set_etag(answer, "0123456789abcdef");
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_header(answer, "Plottafel-Notes", "label-unplaced;count=2");
    answer_add_header(answer, "Plottafel-Revision", "5");
    return answer;
}

static inline struct tile_key key_of(uint16_t map, uint32_t column)
{
    return (struct tile_key){
        .map = map, .form = tile_form_plain(), .address = {10, column, 3}, .moment_ms = 1000};
}

static inline struct disk_state state_of(uint64_t revision)
{
    return (struct disk_state){
        .plot_count = 1, .revisions = {revision}, .recorded_ms = {(int64_t)revision * 10}, .now_ms = 1000};
}

/* ---- The cache, as a test uses it ---- */

static char folder[300];

static inline void fresh_folder(void)
{
    static int number;
    snprintf(folder, sizeof(folder), "%s/disk-cache-%d-%d", test_folder(), (int)getpid(), number++);
}

static inline const char *file_path(void)
{
    static char path[400];
    snprintf(path, sizeof(path), "%s/tiles.sqlite", folder);
    return path;
}

static inline void nap(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static inline struct disk_cache *open_with(const struct disk_map *maps, size_t count, size_t most_bytes)
{
    struct fault fault;
    struct disk_cache_options options = {folder, most_bytes, maps, count};
    struct disk_cache *cache = disk_cache_new(&options, &fault);
    ck_assert_ptr_nonnull(cache);
    return cache;
}

/** Waits until the file is open, after it was put aside maybe, or cannot be. */
static inline bool wait_open(struct disk_cache *cache)
{
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (!disk_cache_state(cache).is_open && disk_cache_state(cache).faults < 3 &&
           monotonic_now_ms() < until_ms) {
        nap();
    }
    return disk_cache_state(cache).is_open;
}

static inline struct disk_cache *open_cache(void)
{
    struct disk_cache *cache = open_with(usual_maps, 2, MOST_BYTES);
    wait_open(cache);
    return cache;
}

/** The store was opened at a revision, for both maps. */
static inline void start_at(struct disk_cache *cache, uint64_t revision)
{
    struct disk_state state = state_of(revision);
    disk_cache_start_afresh(cache, 0, &state);
    disk_cache_start_afresh(cache, 1, &state);
}

static inline void put(struct disk_cache *cache, uint16_t map, uint32_t column, uint64_t revision)
{
    struct tile_key key = key_of(map, column);
    struct answer *answer = tile_of(map, column, revision);
    disk_cache_put(cache, &key, disk_cache_generation(cache, map), answer);
    answer_unref(answer);
}

static inline void wait_written(struct disk_cache *cache, uint64_t count)
{
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (disk_cache_state(cache).written < count && monotonic_now_ms() < until_ms) {
        nap();
    }
    ck_assert_uint_ge(disk_cache_state(cache).written, count);
}

static inline void put_all(struct disk_cache *cache, uint64_t revision)
{
    uint64_t written = disk_cache_state(cache).written;
    for (uint32_t i = 0; i < TILES; i++) {
        put(cache, 0, i, revision);
    }
    wait_written(cache, written + TILES);
}

/** What a question got. */
struct reply {
    pthread_mutex_t lock;
    pthread_cond_t there;
    bool is_there;
    struct answer *answer;
};

static inline void take_reply(struct answer *answer, const struct disk_state *state, void *context)
{
    struct reply *reply = context;
    (void)state;
    pthread_mutex_lock(&reply->lock);
    reply->answer = answer;
    reply->is_there = true;
    pthread_cond_signal(&reply->there);
    pthread_mutex_unlock(&reply->lock);
}

/** NULL: it is not on disk. */
static inline struct answer *read_key(struct disk_cache *cache, struct tile_key key)
{
    struct reply reply = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, NULL};
    if (disk_cache_read(cache, &key, (struct disk_cache_reader){take_reply, &reply})) {
        pthread_mutex_lock(&reply.lock);
        while (!reply.is_there) {
            pthread_cond_wait(&reply.there, &reply.lock);
        }
        pthread_mutex_unlock(&reply.lock);
    }
    return reply.answer;
}

/** Is the tile on disk? Then it must be the right one. */
static inline bool has_tile(struct disk_cache *cache, uint16_t map, uint32_t column, uint64_t revision)
{
    char body[BODY_BYTES];
    size_t length = 0;
    struct answer *answer = read_key(cache, key_of(map, column));
    if (!answer) {
        return false;
    }
    fill_body(body, map, column, revision);
    const char *bytes = answer_bytes(answer, &length);
    ck_assert_uint_eq(length, BODY_BYTES);
    ck_assert_mem_eq(bytes, body, BODY_BYTES);
    ck_assert_str_eq(answer_etag(answer), "\"0123456789abcdef\"");
    answer_unref(answer);
    return true;
}

static inline size_t count_tiles(struct disk_cache *cache, uint64_t revision)
{
    size_t count = 0;
    for (uint32_t i = 0; i < TILES; i++) {
        count += has_tile(cache, 0, i, revision);
    }
    return count;
}

/** Settles all maps as the workers would: a tile is stale when it was drawn anew in between. */
static inline void settle_all(struct disk_cache *cache)
{
    struct disk_settling settling;
    while (disk_cache_find_unsettled(cache, &settling)) {
        size_t count;
        struct tile_cache_entry *entries = disk_cache_list(cache, settling.map, &count);
        bool *is_stale = memory_new(count, sizeof(*is_stale));
        for (size_t i = 0; i < count; i++) {
            uint32_t column = entries[i].key.address.column;
            is_stale[i] = drawn_at(column, settling.before.revisions[0]) !=
                          drawn_at(column, settling.after.revisions[0]);
        }
        disk_cache_settle(cache, &settling, entries, is_stale, count);
        free(is_stale);
        free(entries);
    }
}

static inline void change_to(struct disk_cache *cache, uint64_t revision)
{
    struct disk_state state = state_of(revision);
    disk_cache_begin_change(cache, 0);
    disk_cache_end_change(cache, 0, &state);
}

/** A closed file with all tiles of revision 1. */
static inline void make_file(void)
{
    fresh_folder();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    put_all(cache, 1);
    disk_cache_free(cache);
}

#endif
