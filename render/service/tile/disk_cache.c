/*
 * disk_cache.c - what everybody calls: decided in memory under the lock, and queued for the thread.
 *
 * Law: a tile is given out only while its map is settled, that is while the state for which all its tiles are
 * right is the state of its plots. A change unsettles the map before its new snapshot can be seen, and raises
 * the generation after, so a tile that is taken in was drawn for the state that the map is settled for.
 */
#include "render/service/tile/disk_cache.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/thread.h"
#include "render/service/http/answer.h"
#include "render/service/tile/disk_cache_internal.h"
#include "render/service/tile/tile_cache.h"

#define OFFERED_MOST_BYTES (32u << 20)
#define OFFER_OVERHEAD_BYTES 1024
#define LARGEST_PART 8 /* a tile may take this part of the whole */

/* ---- Under the lock ---- */

static void queue_write(struct disk_cache *cache, const struct disk_write *write)
{
    struct disk_write *copy = memory_new(1, sizeof(*copy));
    *copy = *write;
    *cache->last_write = copy;
    cache->last_write = &copy->next;
    pthread_cond_signal(&cache->wakes);
}

void disk_cache_drop_entry(struct disk_cache *cache, struct disk_entry *entry)
{
    struct disk_write write = {.kind = DISK_DROP, .tile = entry->tile};
    cache->tracks[entry->tile.key.map].tiles--;
    write.is_last = disk_index_remove(cache->index, entry);
    queue_write(cache, &write);
}

void disk_cache_add_entry(struct disk_cache *cache, const struct tile_key *key, uint64_t content,
                          uint32_t length, char *record)
{
    struct disk_write write = {.kind = DISK_PUT, .record = record};
    bool is_first;
    write.tile = (struct disk_tile){*key, cache->next_row++, content, length, 0};
    write.tile.seal = disk_cache_file_seal(&cache->maps[key->map], &write.tile);
    disk_index_add(cache->index, &write.tile, &is_first);
    cache->tracks[key->map].tiles++;
    if (!is_first) {
        free(record);
        write.record = NULL;
    }
    assert(!is_first || record);
    queue_write(cache, &write);
}

static void set_state(struct disk_cache *cache, uint16_t map, const struct disk_state *state)
{
    cache->tracks[map].state = *state;
    cache->tracks[map].is_verified = true;
    struct disk_write write = {.kind = DISK_STATE, .map = map};
    write.state = memory_new(1, sizeof(*state));
    *write.state = *state;
    queue_write(cache, &write);
}

void disk_cache_review(struct disk_cache *cache, uint16_t map)
{
    struct disk_track *track = &cache->tracks[map];
    track->is_settled = false;
    if (!cache->is_open || track->is_changing || !track->has_target) {
        return;
    }
    if (track->tiles == 0 && !disk_state_equals(&track->state, &track->target)) {
        set_state(cache, map, &track->target);
    }
    track->is_settled = disk_state_equals(&track->state, &track->target);
    track->is_verified = track->is_verified || track->is_settled;
    if (!track->is_settled) {
        pthread_cond_signal(&cache->unsettled);
    }
}

/* ---- Tiles ---- */

uint64_t disk_cache_generation(struct disk_cache *cache, uint16_t map)
{
    pthread_mutex_lock(&cache->lock);
    uint64_t generation = cache->tracks[map].generation;
    pthread_mutex_unlock(&cache->lock);
    return generation;
}

static void queue_question(struct disk_cache *cache, const struct disk_entry *entry,
                           struct disk_cache_reader reader)
{
    struct disk_question *question = memory_new(1, sizeof(*question));
    question->key = entry->tile.key;
    question->row = entry->tile.row;
    question->content = entry->tile.content;
    question->state = cache->tracks[entry->tile.key.map].state;
    question->reader = reader;
    *cache->last_question = question;
    cache->last_question = &question->next;
    pthread_cond_signal(&cache->wakes);
}

bool disk_cache_read(struct disk_cache *cache, const struct tile_key *key, struct disk_cache_reader reader)
{
    pthread_mutex_lock(&cache->lock);
    bool is_asked = cache->is_open && !cache->is_stopping && cache->tracks[key->map].is_settled;
    struct disk_entry *entry = is_asked ? disk_index_find(cache->index, key) : NULL;
    bool is_there = entry && entry->is_written;
    if (is_there) {
        disk_index_use(cache->index, entry);
        queue_question(cache, entry, reader);
    }
    cache->counts.misses += !is_there;
    pthread_mutex_unlock(&cache->lock);
    return is_there;
}

void disk_cache_put(struct disk_cache *cache, const struct tile_key *key, uint64_t generation,
                    struct answer *answer)
{
    size_t length;
    answer_bytes(answer, &length);
    length += OFFER_OVERHEAD_BYTES;
    pthread_mutex_lock(&cache->lock);
    const struct disk_track *track = &cache->tracks[key->map];
    bool is_taken = cache->is_open && !cache->is_stopping && track->is_settled &&
                    track->generation == generation && length <= cache->most_bytes / LARGEST_PART &&
                    cache->offered_bytes + length <= OFFERED_MOST_BYTES &&
                    !disk_index_find(cache->index, key);
    if (is_taken) {
        struct disk_offer *offer = memory_new(1, sizeof(*offer));
        *offer = (struct disk_offer){*key, generation, answer_ref(answer), NULL};
        *cache->last_offer = offer;
        cache->last_offer = &offer->next;
        cache->offered_bytes += length;
        pthread_cond_signal(&cache->wakes);
    }
    pthread_mutex_unlock(&cache->lock);
}

/* ---- Changes ---- */

void disk_cache_begin_change(struct disk_cache *cache, uint16_t map)
{
    pthread_mutex_lock(&cache->lock);
    struct disk_track *track = &cache->tracks[map];
    track->generation++;
    track->is_changing = true;
    track->is_settled = false;
    pthread_mutex_unlock(&cache->lock);
}

static void end_change(struct disk_cache *cache, uint16_t map, const struct disk_state *state)
{
    struct disk_track *track = &cache->tracks[map];
    track->is_changing = false;
    track->has_target = true;
    track->target = *state;
    disk_cache_review(cache, map);
}

void disk_cache_end_change(struct disk_cache *cache, uint16_t map, const struct disk_state *state)
{
    pthread_mutex_lock(&cache->lock);
    end_change(cache, map, state);
    pthread_mutex_unlock(&cache->lock);
}

void disk_cache_start_afresh(struct disk_cache *cache, uint16_t map, const struct disk_state *state)
{
    pthread_mutex_lock(&cache->lock);
    cache->tracks[map].generation++;
    cache->tracks[map].is_verified = false;
    end_change(cache, map, state);
    pthread_mutex_unlock(&cache->lock);
}

/* ---- Settling ---- */

static bool find_unsettled(struct disk_cache *cache, struct disk_settling *settling)
{
    for (size_t map = 0; cache->is_open && map < cache->map_count; map++) {
        const struct disk_track *track = &cache->tracks[map];
        if (track->has_target && !track->is_changing && !track->is_settled) {
            *settling = (struct disk_settling){(uint16_t)map, track->is_verified, track->state,
                                               track->target, track->generation,  cache->opening};
            return true;
        }
    }
    return false;
}

bool disk_cache_find_unsettled(struct disk_cache *cache, struct disk_settling *settling)
{
    pthread_mutex_lock(&cache->lock);
    bool is_found = find_unsettled(cache, settling);
    pthread_mutex_unlock(&cache->lock);
    return is_found;
}

bool disk_cache_wait_unsettled(struct disk_cache *cache, struct disk_settling *settling)
{
    pthread_mutex_lock(&cache->lock);
    while (!cache->is_settling_over && !find_unsettled(cache, settling)) {
        pthread_cond_wait(&cache->unsettled, &cache->lock);
    }
    bool goes_on = !cache->is_settling_over;
    pthread_mutex_unlock(&cache->lock);
    return goes_on;
}

void disk_cache_rest(struct disk_cache *cache, int64_t time_ms)
{
    int64_t until_ms = monotonic_now_ms() + time_ms;
    struct timespec until = {until_ms / 1000, until_ms % 1000 * 1000000};
    pthread_mutex_lock(&cache->lock);
    while (!cache->is_settling_over && pthread_cond_timedwait(&cache->unsettled, &cache->lock, &until) == 0) {
    }
    pthread_mutex_unlock(&cache->lock);
}

void disk_cache_stop_settling(struct disk_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    cache->is_settling_over = true;
    pthread_cond_broadcast(&cache->unsettled);
    pthread_mutex_unlock(&cache->lock);
}

void disk_cache_let_others(void)
{
    nanosleep(&(struct timespec){0, 100000}, NULL); /* who waits for a lock loses against who just had it */
}

/** Visits the tiles of a map, in parts; each under the lock. */
static void visit_map(struct disk_cache *cache, uint16_t map,
                      void (*visit)(struct disk_cache *cache, struct disk_entry *entry, void *context),
                      void *context)
{
    size_t place = 0;
    bool has_more = true;
    while (has_more) {
        pthread_mutex_lock(&cache->lock);
        size_t end = place + DISK_CACHE_PART;
        has_more = end < disk_index_places(cache->index);
        for (; place < end && place < disk_index_places(cache->index); place++) {
            struct disk_entry *entry = disk_index_at(cache->index, place);
            while (entry) {
                struct disk_entry *next = entry->next;
                if (entry->tile.key.map == map) {
                    visit(cache, entry, context);
                }
                entry = next;
            }
        }
        pthread_mutex_unlock(&cache->lock);
        disk_cache_let_others();
    }
}

struct entry_list {
    struct tile_cache_entry *items;
    size_t count;
    size_t capacity;
};

static void list_entry(struct disk_cache *cache, struct disk_entry *entry, void *context)
{
    struct entry_list *list = context;
    (void)cache;
    if (entry->tile.key.fixed_revision != 0) {
        return;
    }
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 1024;
        list->items = memory_resize(list->items, list->capacity, sizeof(*list->items));
    }
    list->items[list->count++] =
        (struct tile_cache_entry){.key = entry->tile.key, .serial = (uint64_t)entry->tile.row};
}

struct tile_cache_entry *disk_cache_list(struct disk_cache *cache, uint16_t map, size_t *count)
{
    struct entry_list list = {0};
    visit_map(cache, map, list_entry, &list);
    *count = list.count;
    return list.items;
}

/** The file was opened anew since: what was found out is about another one. */
static bool is_of_this_file(const struct disk_cache *cache, const struct disk_settling *settling)
{
    return cache->is_open && cache->opening == settling->opening;
}

/** To the moment that is now, where the picture is the same. */
static void move_entry(struct disk_cache *cache, struct disk_entry *entry, int64_t moment_ms)
{
    struct tile_key key = entry->tile.key;
    uint64_t content = entry->tile.content;
    uint32_t length = entry->tile.length;
    key.moment_ms = moment_ms;
    if (!entry->is_written || disk_index_find(cache->index, &key)) {
        disk_cache_drop_entry(cache, entry);
        return;
    }
    struct disk_write write = {.kind = DISK_DROP, .tile = entry->tile};
    queue_write(cache, &write); /* its content goes on to the other */
    disk_index_move(cache->index, entry, moment_ms);
    entry->tile = (struct disk_tile){key, cache->next_row++, content, length, 0};
    entry->tile.seal = disk_cache_file_seal(&cache->maps[key.map], &entry->tile);
    queue_write(cache, &(struct disk_write){.kind = DISK_PUT, .tile = entry->tile});
}

static void settle_entry(struct disk_cache *cache, const struct disk_settling *settling,
                         const struct tile_cache_entry *listed, bool is_stale)
{
    struct disk_entry *entry = disk_index_find(cache->index, &listed->key);
    if (!entry || (uint64_t)entry->tile.row != listed->serial) {
        return;
    }
    int64_t before_ms = settling->before.now_ms;
    if (is_stale) {
        cache->counts.dropped++;
        disk_cache_drop_entry(cache, entry);
    } else if (listed->key.moment_ms == before_ms && before_ms != settling->after.now_ms) {
        move_entry(cache, entry, settling->after.now_ms);
    }
}

static void hold_writes(struct disk_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    cache->is_held = true;
    pthread_mutex_unlock(&cache->lock);
}

/** All that was taken out and moved becomes one transaction with the state that it leads to. */
static void finish_settling(struct disk_cache *cache, const struct disk_settling *settling)
{
    pthread_mutex_lock(&cache->lock);
    if (is_of_this_file(cache, settling)) {
        set_state(cache, settling->map, &settling->after);
        disk_cache_review(cache, settling->map);
    }
    cache->is_held = false;
    pthread_cond_signal(&cache->wakes);
    pthread_mutex_unlock(&cache->lock);
}

void disk_cache_settle(struct disk_cache *cache, const struct disk_settling *settling,
                       const struct tile_cache_entry *entries, const bool *is_stale, size_t count)
{
    hold_writes(cache);
    for (size_t first = 0; first < count; first += DISK_CACHE_PART) {
        size_t end = count - first < DISK_CACHE_PART ? count : first + DISK_CACHE_PART;
        pthread_mutex_lock(&cache->lock);
        for (size_t i = first; is_of_this_file(cache, settling) && i < end; i++) {
            settle_entry(cache, settling, &entries[i], is_stale[i]);
        }
        pthread_mutex_unlock(&cache->lock);
        disk_cache_let_others();
    }
    finish_settling(cache, settling);
}

static void drop_settled(struct disk_cache *cache, struct disk_entry *entry, void *context)
{
    if (is_of_this_file(cache, context)) {
        cache->counts.dropped++;
        disk_cache_drop_entry(cache, entry);
    }
}

void disk_cache_settle_without(struct disk_cache *cache, const struct disk_settling *settling)
{
    struct disk_settling own = *settling;
    hold_writes(cache);
    visit_map(cache, settling->map, drop_settled, &own);
    finish_settling(cache, settling);
}

/* ---- From start to stop ---- */

/** The folder that one is in. Owned by the caller. */
static char *parent_of(const char *folder)
{
    char *parent = memory_copy_text(folder);
    size_t length = strlen(parent);
    while (length > 1 && parent[length - 1] == '/') {
        length--;
    }
    while (length > 0 && parent[length - 1] != '/') {
        length--;
    }
    parent[length] = '\0';
    return parent;
}

/** Tries it: who may do everything is not told by permissions that /proc takes nothing. Sets errno. */
static bool can_make_in(const char *folder)
{
    char probe[PATH_MAX];
    int length = snprintf(probe, sizeof(probe), "%s/.check-XXXXXX", folder);
    if (length < 0 || (size_t)length >= sizeof(probe)) {
        errno = ENAMETOOLONG;
        return false;
    }
    return mkdtemp(probe) && rmdir(probe) == 0;
}

bool disk_cache_check_folder(const char *folder, struct fault *fault)
{
    struct stat status;
    bool is_there = stat(folder, &status) == 0;
    if (is_there && !S_ISDIR(status.st_mode)) {
        fault_set(fault, FAULT_UNAVAILABLE, "'%s' is no folder", folder);
        return false;
    }
    char *parent = parent_of(folder);
    char *above = parent_of(parent);
    const char *place = is_there ? folder : file_exists(parent) ? parent : above;
    bool is_good = can_make_in(*place ? place : ".");
    if (!is_good) {
        const char *reason = errno == ENOENT ? "the two above it are not there either" : strerror(errno);
        fault_set(fault, FAULT_UNAVAILABLE, "the folder '%s' cannot be %s: %s", folder,
                  is_there ? "written to" : "made", reason);
    }
    free(parent);
    free(above);
    return is_good;
}

struct disk_cache_state disk_cache_state(struct disk_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    struct disk_cache_state state = cache->counts;
    state.is_open = cache->is_open;
    for (size_t map = 0; map < cache->map_count; map++) {
        state.unsettled += cache->is_open && !cache->tracks[map].is_settled;
    }
    state.tiles = disk_index_count(cache->index);
    state.bytes = disk_index_bytes(cache->index);
    pthread_mutex_unlock(&cache->lock);
    return state;
}

struct disk_cache *disk_cache_new(const struct disk_cache_options *options, struct fault *fault)
{
    char path[4096];
    struct disk_cache *cache = memory_new(1, sizeof(*cache));
    pthread_condattr_t attributes;
    snprintf(path, sizeof(path), "%s/tiles.sqlite", options->folder);
    cache->folder = memory_copy_text(options->folder);
    cache->path = memory_copy_text(path);
    cache->most_bytes = options->most_bytes;
    cache->map_count = options->map_count;
    cache->maps = memory_new(options->map_count, sizeof(*cache->maps));
    memcpy(cache->maps, options->maps, options->map_count * sizeof(*cache->maps));
    cache->tracks = memory_new(options->map_count, sizeof(*cache->tracks));
    cache->index = disk_index_new();
    cache->last_question = &cache->questions;
    cache->last_offer = &cache->offers;
    cache->last_write = &cache->writes;
    pthread_mutex_init(&cache->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&cache->unsettled, &attributes);
    pthread_cond_init(&cache->wakes, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!thread_start(&cache->thread, THREAD_USUAL_STACK, disk_cache_run, cache)) {
        fault_set(fault, FAULT_UNAVAILABLE, "there is no thread for the tiles on disk");
        disk_cache_free(cache);
        return NULL;
    }
    return cache;
}

void disk_cache_free(struct disk_cache *cache)
{
    if (!cache) {
        return;
    }
    if (cache->thread) {
        pthread_mutex_lock(&cache->lock);
        cache->is_stopping = true;
        pthread_cond_signal(&cache->wakes);
        pthread_mutex_unlock(&cache->lock);
        pthread_join(cache->thread, NULL);
    }
    disk_index_free(cache->index);
    pthread_cond_destroy(&cache->wakes);
    pthread_cond_destroy(&cache->unsettled);
    pthread_mutex_destroy(&cache->lock);
    free(cache->tracks);
    free(cache->maps);
    free(cache->trouble);
    free(cache->path);
    free(cache->folder);
    free(cache);
}
