/*
 * disk_cache_internal.h - the cache as its two files see it: disk_cache.c is what everybody calls,
 * disk_cache_run.c the one thread that owns the file.
 */
#ifndef RENDER_SERVICE_DISK_CACHE_INTERNAL_H
#define RENDER_SERVICE_DISK_CACHE_INTERNAL_H

#include <pthread.h>

#include "render/service/tile/disk_cache.h"
#include "render/service/tile/disk_cache_file.h"
#include "render/service/tile/disk_index.h"

/** What is known of a map. */
struct disk_track {
    uint64_t generation;
    bool is_changing; /* a change was begun and is not done with */
    bool has_target;
    struct disk_state target; /* what its plots are */
    struct disk_state state;  /* what its tiles are right for */
    bool is_verified;
    bool is_settled; /* the two are the same: tiles are given out and taken in */
    size_t tiles;
};

/** Somebody waits for a tile. */
struct disk_question {
    struct tile_key key;
    int64_t row;
    uint64_t content;
    struct disk_state state;
    struct disk_cache_reader reader;
    struct disk_question *next;
};

/** A tile that was drawn and may be kept. */
struct disk_offer {
    struct tile_key key;
    uint64_t generation;
    struct answer *answer; /* one reference */
    struct disk_offer *next;
};

enum disk_write_kind { DISK_PUT, DISK_DROP, DISK_STATE };

/** Something to be written. In memory it is so already. */
struct disk_write {
    enum disk_write_kind kind;
    struct disk_tile tile;
    char *record;             /* owned; PUT: the content when nothing else has it */
    bool is_last;             /* DROP: nothing else has its content */
    uint16_t map;             /* STATE */
    struct disk_state *state; /* owned; STATE */
    struct disk_write *next;
};

struct disk_cache {
    char *folder;
    char *path;
    size_t most_bytes;
    struct disk_map *maps;
    size_t map_count;
    pthread_t thread;
    struct disk_cache_file *file; /* the thread's, as what follows to "lock" */
    int64_t retry_ms;             /* when it is opened again */
    char *trouble;                /* as it was logged last; NULL: none */
    pthread_mutex_t lock;         /* for what follows */
    pthread_cond_t wakes;         /* the thread */
    pthread_cond_t unsettled;     /* the settler */
    struct disk_index *index;
    struct disk_track *tracks;
    struct disk_question *questions;
    struct disk_question **last_question;
    struct disk_offer *offers;
    struct disk_offer **last_offer;
    size_t offered_bytes;
    struct disk_write *writes;
    struct disk_write **last_write;
    bool is_held; /* more writes are to come that belong to those queued: none is taken before */
    int64_t next_row;
    uint64_t opening;
    bool is_open;
    bool is_stopping;
    bool is_settling_over;
    struct disk_cache_state counts;
};

/** The thread. context is the cache. */
void *disk_cache_run(void *context);

/** Long work under the lock is done in parts of this many tiles, and others come in between. */
#define DISK_CACHE_PART 1000
void disk_cache_let_others(void);

/* All of these under the lock. */

/** Takes a tile out of memory and queues the same for the file. */
void disk_cache_drop_entry(struct disk_cache *cache, struct disk_entry *entry);

/** Adds a tile and queues it; takes over the record (NULL: the content is there). */
void disk_cache_add_entry(struct disk_cache *cache, const struct tile_key *key, uint64_t content,
                          uint32_t length, char *record);

/** After state or target of a map became another. */
void disk_cache_review(struct disk_cache *cache, uint16_t map);

#endif
