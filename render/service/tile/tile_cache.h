/*
 * tile_cache.h - encoded tiles in memory, ready to be sent, and never one that is stale.
 *
 * Every tile in it is right for the current revisions of its map's plots. A change first raises the map's
 * epoch, so that a tile drawn for what was before is no longer taken in; then the tiles that the change
 * touches are dropped; then the change is acknowledged. Bounded by bytes, the least recently used go first;
 * tiles that are the same bytes under the same headers (blank ones) are kept and counted once.
 * Safe from many threads.
 */
#ifndef RENDER_SERVICE_TILE_CACHE_H
#define RENDER_SERVICE_TILE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/tile/tile_key.h"

struct answer;
struct tile_cache;

struct tile_cache *tile_cache_new(size_t most_bytes, size_t map_count);
void tile_cache_free(struct tile_cache *cache);

/**
 * A new reference, or NULL.
 * @param label  out: the number it was put or labelled with; may be NULL
 */
struct answer *tile_cache_find(struct tile_cache *cache, const struct tile_key *key, uint64_t *label);

/** The epoch of a map: to be read before its plots' revisions are, and given back with the tile drawn for
 * them. */
uint64_t tile_cache_epoch(struct tile_cache *cache, uint16_t map);

/** How long and under which label a tile is kept. */
struct tile_terms {
    uint64_t epoch;   /* as read before it was asked for */
    uint64_t label;   /* which state its headers name: plot_keeper_label() */
    int64_t until_ms; /* monotonic; of one with a layer missing; INT64_MAX: until a change */
};

/** Takes a reference of its own. Does nothing (false) when the map's epoch has moved on, or the tile is
 * there. */
bool tile_cache_put(struct tile_cache *cache, const struct tile_key *key, struct tile_terms terms,
                    struct answer *answer);

/** Puts the same picture with other headers in the place of old. False: that is no longer there. */
bool tile_cache_relabel(struct tile_cache *cache, const struct tile_key *key, const struct answer *old,
                        uint64_t label, struct answer *answer);

/** One tile as it was when a change began. */
struct tile_cache_entry {
    struct tile_key key;
    uint64_t serial;
    uint64_t district; /* order_district.h; filled in by stale_check.c */
    int home;          /* and the worker that draws it */
};

/** Raises the epoch and lists the map's tiles of current revisions. Owned by the caller, free(). */
struct tile_cache_entry *tile_cache_begin_change(struct tile_cache *cache, uint16_t map, size_t *count);

/** Drops an entry when it is still the one listed. */
void tile_cache_drop(struct tile_cache *cache, const struct tile_cache_entry *entry);

/** Gives a listed entry another moment: the picture of "now" when now has become another moment. */
void tile_cache_move(struct tile_cache *cache, const struct tile_cache_entry *entry, int64_t moment_ms);

/** Raises the epoch and drops all tiles of a map, those of fixed revisions too: its plots are others. */
void tile_cache_drop_map(struct tile_cache *cache, uint16_t map);

/**
 * Shows the map's tiles of current revisions that are kept until a change, of each shard the last used first.
 * The answer is borrowed; show is called under a lock, so it must not call the cache.
 */
void tile_cache_visit(struct tile_cache *cache, uint16_t map,
                      void (*show)(const struct tile_key *key, struct answer *answer, void *context),
                      void *context);

struct tile_cache_state {
    size_t tiles;
    size_t bytes;
    uint64_t hits;
    uint64_t misses;
    uint64_t dropped; /* by changes */
    uint64_t evicted; /* for room */
};
struct tile_cache_state tile_cache_state(struct tile_cache *cache);

#endif
