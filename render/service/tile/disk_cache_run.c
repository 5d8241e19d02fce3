/*
 * disk_cache_run.c - one thread owns the file: first who waits for a tile, then what is offered, then all
 * that is to be written, in one transaction.
 *
 * Any fault ends the file's use: what is in memory of it is forgotten and what was to be written is dropped,
 * so the file stays right for the state that it names. It is opened again after a while, as at the start.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/tile/disk_cache_internal.h"
#include "render/service/tile/disk_record.h"

#define RETRY_MS 2000
#define WRITES_AT_A_TIME 200 /* before who waits for a tile is looked after */

/* ---- Open and given up ---- */

/** Under the lock. */
static void fill_index(struct disk_cache *cache, const struct disk_cache_loaded *loaded)
{
    for (size_t i = 0; i < loaded->count; i++) {
        const struct disk_tile *tile = &loaded->tiles[i];
        bool is_first;
        if (disk_index_find(cache->index, &tile->key)) {
            continue; /* its seal is right, so it is the same twice */
        }
        disk_index_add(cache->index, tile, &is_first)->is_written = true;
        cache->tracks[tile->key.map].tiles++;
    }
    while (disk_index_bytes(cache->index) > cache->most_bytes) {
        disk_cache_drop_entry(cache, disk_index_oldest(cache->index));
        cache->counts.evicted++;
    }
}

static void take_in(struct disk_cache *cache, const struct disk_cache_loaded *loaded)
{
    pthread_mutex_lock(&cache->lock);
    cache->is_open = true;
    cache->opening++;
    cache->next_row = loaded->next_row;
    cache->counts.healed += loaded->healed;
    for (size_t map = 0; map < cache->map_count; map++) {
        cache->tracks[map].state = loaded->states[map];
        cache->tracks[map].is_verified = false;
    }
    fill_index(cache, loaded);
    for (size_t map = 0; map < cache->map_count; map++) {
        disk_cache_review(cache, (uint16_t)map);
    }
    pthread_mutex_unlock(&cache->lock);
}

/** A broken file is kept beside for whoever wants to know, one at most. */
static void put_aside(struct disk_cache *cache)
{
    char other[4200];
    static const char *const logs[] = {"-wal", "-shm", "-journal"};
    snprintf(other, sizeof(other), "%s.broken", cache->path);
    if (rename(cache->path, other) != 0 && errno != ENOENT) {
        unlink(cache->path);
    }
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        snprintf(other, sizeof(other), "%s%s", cache->path, logs[i]);
        unlink(other);
    }
}

static void free_writes(struct disk_write *write)
{
    while (write) {
        struct disk_write *next = write->next;
        free(write->record);
        free(write->state);
        free(write);
        write = next;
    }
}

static struct disk_write *take_writes(struct disk_cache *cache)
{
    struct disk_write *writes = cache->writes;
    cache->writes = NULL;
    cache->last_write = &cache->writes;
    return writes;
}

/** Under the lock: nothing is on disk any more. */
static void forget(struct disk_cache *cache)
{
    cache->is_open = false;
    disk_index_clear(cache->index);
    free_writes(take_writes(cache));
    for (size_t map = 0; map < cache->map_count; map++) {
        cache->tracks[map].is_settled = false;
        cache->tracks[map].tiles = 0;
    }
}

/** Said once, until it is something else or over. */
static void tell_trouble(struct disk_cache *cache, const struct fault *fault)
{
    if (!cache->trouble || strcmp(cache->trouble, fault->message) != 0) {
        free(cache->trouble);
        cache->trouble = memory_copy_text(fault->message);
        log_write(LOG_WARNING, "disk_cache.unavailable", "tiles are not kept on disk: %s", fault->message);
    }
}

/** Tiles were written. */
static void tell_works(struct disk_cache *cache)
{
    if (cache->trouble) {
        log_write(LOG_INFO, "disk_cache.works", "tiles are kept on disk again");
        free(cache->trouble);
        cache->trouble = NULL;
    }
}

static void give_up(struct disk_cache *cache, const struct fault *fault)
{
    bool is_broken = fault->code == FAULT_INPUT;
    disk_cache_file_close(cache->file);
    cache->file = NULL;
    tell_trouble(cache, fault);
    pthread_mutex_lock(&cache->lock);
    cache->counts.healed += is_broken ? disk_index_count(cache->index) : 0;
    cache->counts.faults++;
    forget(cache);
    pthread_mutex_unlock(&cache->lock);
    if (is_broken) {
        put_aside(cache);
    }
    cache->retry_ms = monotonic_now_ms() + (is_broken ? 0 : RETRY_MS);
}

static void open_file(struct disk_cache *cache)
{
    struct fault fault;
    struct disk_cache_loaded loaded = {0};
    file_make_folder_of(cache->folder, NULL);
    mkdir(cache->folder, 0700); /* whether it is there shows in the next line */
    if (disk_cache_check_folder(cache->folder, &fault)) {
        cache->file = disk_cache_file_open(cache->path, cache->maps, cache->map_count, &fault);
    }
    bool is_loaded = cache->file && disk_cache_file_load(cache->file, &loaded, &fault);
    if (is_loaded) {
        take_in(cache, &loaded);
        log_write(cache->trouble ? LOG_DEBUG : LOG_INFO, "disk_cache.opened",
                  "tiles in '%s': %zu; %zu were not right and are gone", cache->path, loaded.count,
                  loaded.healed);
    } else {
        bool was_broken = cache->trouble && fault.code == FAULT_INPUT;
        give_up(cache, &fault);
        cache->retry_ms += was_broken ? RETRY_MS : 0; /* what was put aside is there again */
    }
    disk_cache_loaded_finish(&loaded);
}

/* ---- Who waits for a tile ---- */

/** A tile whose content is not right is dropped, when it is still the same. */
static void heal(struct disk_cache *cache, const struct disk_question *question)
{
    pthread_mutex_lock(&cache->lock);
    struct disk_entry *entry = disk_index_find(cache->index, &question->key);
    bool is_same = entry && entry->tile.row == question->row;
    if (is_same) {
        cache->counts.healed++;
        disk_cache_drop_entry(cache, entry);
    }
    pthread_mutex_unlock(&cache->lock);
    if (is_same) {
        log_write(LOG_WARNING, "disk_cache.healed", "a tile on disk was not right and is drawn anew");
    }
}

static struct answer *read_answer(struct disk_cache *cache, const struct disk_question *question)
{
    struct fault fault;
    size_t length;
    char *record = disk_cache_file_read(cache->file, question->content, &length, &fault);
    if (!record && fault.code != FAULT_NOT_FOUND) {
        give_up(cache, &fault);
        return NULL;
    }
    struct answer *answer = record ? disk_record_read(record, length) : NULL;
    free(record);
    if (!answer) {
        heal(cache, question);
    }
    return answer;
}

static void answer_questions(struct disk_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    struct disk_question *question = cache->questions;
    cache->questions = NULL;
    cache->last_question = &cache->questions;
    pthread_mutex_unlock(&cache->lock);
    while (question) {
        struct disk_question *next = question->next;
        struct answer *answer = cache->file ? read_answer(cache, question) : NULL;
        pthread_mutex_lock(&cache->lock);
        cache->counts.hits += answer != NULL;
        cache->counts.misses += answer == NULL;
        pthread_mutex_unlock(&cache->lock);
        question->reader.done(answer, &question->state, question->reader.context);
        free(question);
        question = next;
    }
}

/* ---- What is offered and written ---- */

/** Under the lock. Takes over the record. */
static void admit(struct disk_cache *cache, const struct disk_offer *offer, char *record, size_t length)
{
    const struct disk_track *track = &cache->tracks[offer->key.map];
    bool is_taken = cache->is_open && track->is_settled && track->generation == offer->generation &&
                    !disk_index_find(cache->index, &offer->key);
    if (!is_taken) {
        free(record);
        return;
    }
    uint64_t content = hash_block(record, length);
    disk_cache_add_entry(cache, &offer->key, content, (uint32_t)length, record);
    while (disk_index_bytes(cache->index) > cache->most_bytes) {
        disk_cache_drop_entry(cache, disk_index_oldest(cache->index));
        cache->counts.evicted++;
    }
}

static void take_offers(struct disk_cache *cache, struct disk_offer *offer)
{
    while (offer) {
        struct disk_offer *next = offer->next;
        size_t length;
        char *record = disk_record_write(offer->answer, &length);
        pthread_mutex_lock(&cache->lock);
        admit(cache, offer, record, length);
        pthread_mutex_unlock(&cache->lock);
        answer_unref(offer->answer);
        free(offer);
        offer = next;
    }
}

static bool write_one(struct disk_cache *cache, const struct disk_write *write, struct fault *fault)
{
    struct disk_cache_file *file = cache->file;
    const struct disk_tile *tile = &write->tile;
    switch (write->kind) {
    case DISK_PUT:
        return (!write->record ||
                disk_cache_file_put_content(file, tile->content, write->record, tile->length, fault)) &&
               disk_cache_file_put(file, tile, fault);
    case DISK_DROP:
        return disk_cache_file_drop(file, tile, fault) &&
               (!write->is_last || disk_cache_file_drop_content(file, tile->content, fault));
    case DISK_STATE:
        disk_cache_file_set_state(file, write->map, write->state);
        return true;
    }
    return true;
}

/** What was put is on disk now. */
static void mark_written(struct disk_cache *cache, const struct disk_write *write)
{
    while (write) {
        pthread_mutex_lock(&cache->lock);
        for (int i = 0; write && i < DISK_CACHE_PART; i++, write = write->next) {
            struct disk_entry *entry =
                write->kind == DISK_PUT ? disk_index_find(cache->index, &write->tile.key) : NULL;
            if (entry && entry->tile.row == write->tile.row) {
                entry->is_written = true;
                cache->counts.written++;
            }
        }
        pthread_mutex_unlock(&cache->lock);
    }
}

static void write_all(struct disk_cache *cache, struct disk_write *writes)
{
    struct fault fault;
    size_t count = 0;
    bool is_done = cache->file && disk_cache_file_begin(cache->file, &fault);
    for (const struct disk_write *write = writes; is_done && write; write = write->next) {
        is_done = write_one(cache, write, &fault);
        if (is_done && ++count % WRITES_AT_A_TIME == 0) {
            answer_questions(cache);
            is_done = cache->file != NULL;
        }
    }
    is_done = is_done && disk_cache_file_commit(cache->file, &fault);
    if (is_done) {
        mark_written(cache, writes);
        tell_works(cache);
    } else if (cache->file) {
        give_up(cache, &fault);
    }
    free_writes(writes);
}

/* ---- The thread ---- */

/** Under the lock. */
static bool has_work(const struct disk_cache *cache)
{
    return cache->questions || cache->offers || (cache->writes && !cache->is_held) || cache->is_stopping;
}

static void wait_for_work(struct disk_cache *cache)
{
    int64_t until_ms = cache->retry_ms;
    struct timespec until = {until_ms / 1000, until_ms % 1000 * 1000000};
    while (!has_work(cache)) {
        if (cache->file) {
            pthread_cond_wait(&cache->wakes, &cache->lock);
        } else if (pthread_cond_timedwait(&cache->wakes, &cache->lock, &until) != 0) {
            return;
        }
    }
}

/** One turn; false: stopping, and nothing is left. */
static bool turn(struct disk_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    wait_for_work(cache);
    struct disk_offer *offers = cache->offers;
    cache->offers = NULL;
    cache->last_offer = &cache->offers;
    cache->offered_bytes = 0;
    pthread_mutex_unlock(&cache->lock);
    answer_questions(cache);
    take_offers(cache, offers);
    pthread_mutex_lock(&cache->lock);
    struct disk_write *writes = cache->is_held ? NULL : take_writes(cache);
    bool is_last = cache->is_stopping && !cache->questions && !cache->offers;
    pthread_mutex_unlock(&cache->lock);
    if (writes) {
        write_all(cache, writes);
    }
    return !is_last;
}

void *disk_cache_run(void *context)
{
    struct disk_cache *cache = context;
    open_file(cache);
    while (turn(cache)) {
        if (!cache->file && monotonic_now_ms() >= cache->retry_ms) {
            open_file(cache);
        }
    }
    disk_cache_file_close(cache->file);
    cache->file = NULL;
    return NULL;
}
