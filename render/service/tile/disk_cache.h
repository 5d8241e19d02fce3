/*
 * disk_cache.h - encoded tiles on disk: they outlive the process, and none of them is ever stale.
 *
 * What is on disk is known in memory, so a question is decided at once and without reading; files are read
 * and written by one thread of its own. All tiles of a map are right for one state of its plots, which the
 * file names. When a change begins none of them is given out any more; after it was acknowledged
 * disk_settler.c finds out which look different for the new state. Those are taken out, and the state is
 * moved on, in one transaction: after a crash the file is right for some state, and the way from there is the
 * same.
 *
 * A disk that is full, read only or broken costs the tiles, nothing else: the cache says so and tries again.
 * Safe from many threads.
 */
#ifndef RENDER_SERVICE_DISK_CACHE_H
#define RENDER_SERVICE_DISK_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/tile/disk_state.h"
#include "render/service/tile/tile_key.h"

struct answer;
struct disk_cache;
struct disk_map;
struct fault;
struct tile_cache_entry;

struct disk_cache_options {
    const char *folder; /* made when it is not there, and the one above it too; copied */
    size_t most_bytes;
    const struct disk_map *maps; /* copied; their names are borrowed until the cache is freed */
    size_t map_count;
};

/** NULL: there is no thread for it. The file is opened by the thread, and whenever it can be. */
struct disk_cache *disk_cache_new(const struct disk_cache_options *options, struct fault *fault);

/** Writes what is queued. */
void disk_cache_free(struct disk_cache *cache);

/** Can the folder be written to, or made? For `plottafel check`; the fault says why not. */
bool disk_cache_check_folder(const char *folder, struct fault *fault);

/* ---- Tiles ---- */

/** The generation of a map: to be read before its plots' revisions are, and given back with the tile. */
uint64_t disk_cache_generation(struct disk_cache *cache, uint16_t map);

/** Who asked for a tile. */
struct disk_cache_reader {
    /**
     * Called once, from the cache's thread. The answer is the caller's, without the headers of its state;
     * NULL: it could not be read. The state is what it is right for, borrowed.
     */
    void (*done)(struct answer *answer, const struct disk_state *state, void *context);
    void *context;
};

/** False: it is not there, and done is never called. */
bool disk_cache_read(struct disk_cache *cache, const struct tile_key *key, struct disk_cache_reader reader);

/** Keeps a tile unless its map's generation has moved on. Takes a reference of its own. */
void disk_cache_put(struct disk_cache *cache, const struct tile_key *key, uint64_t generation,
                    struct answer *answer);

/* ---- Changes ---- */

/** From now on no tile of the map is given out or taken in. */
void disk_cache_begin_change(struct disk_cache *cache, uint16_t map);

/** The change is done with: this is what the map's plots are from now on. */
void disk_cache_end_change(struct disk_cache *cache, uint16_t map, const struct disk_state *state);

/** The store was opened: what is on disk may be of another one, or of a time when it was another. */
void disk_cache_start_afresh(struct disk_cache *cache, uint16_t map, const struct disk_state *state);

/* ---- Settling, see disk_settler.h ---- */

/** A map whose tiles on disk are right for another state than its plots have. */
struct disk_settling {
    uint16_t map;
    bool is_verified; /* before is a state that this store once had */
    struct disk_state before;
    struct disk_state after;
    uint64_t generation; /* of the map in the state after */
    uint64_t opening;    /* of the file */
};

/** One of them, if there is any. */
bool disk_cache_find_unsettled(struct disk_cache *cache, struct disk_settling *settling);

/** Waits for the next; false: disk_cache_stop_settling() was called. */
bool disk_cache_wait_unsettled(struct disk_cache *cache, struct disk_settling *settling);
void disk_cache_stop_settling(struct disk_cache *cache);

/** Waits, unless settling is to stop. */
void disk_cache_rest(struct disk_cache *cache, int64_t time_ms);

/** Its tiles of current revisions. Owned by the caller, free(). */
struct tile_cache_entry *disk_cache_list(struct disk_cache *cache, uint16_t map, size_t *count);

/**
 * Takes out the listed tiles that are stale, gives those of the moment that was now the one that is, and
 * moves the state on.
 */
void disk_cache_settle(struct disk_cache *cache, const struct disk_settling *settling,
                       const struct tile_cache_entry *entries, const bool *is_stale, size_t count);

/** Takes out all tiles of the map, those of fixed revisions too. */
void disk_cache_settle_without(struct disk_cache *cache, const struct disk_settling *settling);

/* ---- For operators ---- */

struct disk_cache_state {
    bool is_open;
    size_t tiles;
    size_t bytes;     /* of the file, about */
    size_t unsettled; /* maps whose tiles are not given out: they change, or are being looked through */
    uint64_t hits;
    uint64_t misses;
    uint64_t written;
    uint64_t dropped; /* by changes */
    uint64_t evicted; /* for room */
    uint64_t healed;  /* dropped because something about them was wrong */
    uint64_t faults;  /* times that the file could not be used */
};
struct disk_cache_state disk_cache_state(struct disk_cache *cache);

#endif
