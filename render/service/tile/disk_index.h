/*
 * disk_index.h - which tiles are on disk: the key of each in memory, so that a question costs no reading.
 *
 * Tiles with the same content share it: it is stored and counted once. Not safe from several threads:
 * disk_cache.c holds the lock.
 */
#ifndef RENDER_SERVICE_DISK_INDEX_H
#define RENDER_SERVICE_DISK_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/tile/tile_key.h"

struct disk_index;

/** A tile on disk, as its row says. */
struct disk_tile {
    struct tile_key key;
    int64_t row;      /* never used again for another tile */
    uint64_t content; /* hash of its bytes and headers */
    uint32_t length;  /* of them */
    uint64_t seal;    /* hash of all the above and of the map that it is of: disk_cache_file.h */
};

struct disk_entry {
    struct disk_tile tile;
    bool is_written;         /* it can be read */
    struct disk_entry *next; /* at the same place */
    struct disk_entry *newer;
    struct disk_entry *older;
};

struct disk_index *disk_index_new(void);
void disk_index_free(struct disk_index *index);

/** Takes all out. */
void disk_index_clear(struct disk_index *index);

/** NULL: it is not there. Borrowed until it is removed. */
struct disk_entry *disk_index_find(const struct disk_index *index, const struct tile_key *key);

/** Adds a tile whose key must not be there, as the one last used. is_first: nothing else has its content. */
struct disk_entry *disk_index_add(struct disk_index *index, const struct disk_tile *tile, bool *is_first);

/** Takes it out and releases it; true when nothing else has its content. */
bool disk_index_remove(struct disk_index *index, struct disk_entry *entry);

/** Gives it another moment, which must not be there. */
void disk_index_move(struct disk_index *index, struct disk_entry *entry, int64_t moment_ms);

void disk_index_use(struct disk_index *index, struct disk_entry *entry);
struct disk_entry *disk_index_oldest(const struct disk_index *index);

/**
 * The tiles by place, for a walk with pauses: those of a place are linked by next. In a pause the index may
 * grow; then some are met twice, and none that stays is missed.
 */
size_t disk_index_places(const struct disk_index *index);
struct disk_entry *disk_index_at(const struct disk_index *index, size_t place);

size_t disk_index_count(const struct disk_index *index);

/** What they take in the file, counted generously. */
size_t disk_index_bytes(const struct disk_index *index);

#endif
