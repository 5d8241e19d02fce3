/*
 * disk_cache_file.h - the SQLite file of the tiles on disk.
 *
 * One row for each tile, one for each content, and one for each map that says for which state of its plots
 * all its tiles are right. What belongs together is written in one transaction, so that after a crash the
 * file is right for some state, if an earlier one. Nothing in it is believed: a tile's row is sealed with a
 * hash of its map and key, a map's row with one of all seals of its tiles, and a content is found by its own
 * hash. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_DISK_CACHE_FILE_H
#define RENDER_SERVICE_DISK_CACHE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/tile/disk_index.h"
#include "render/service/tile/disk_state.h"

struct disk_cache_file;
struct fault;

/** A map that tiles may be of: tiles of another name or look are not right any more. */
struct disk_map {
    const char *name;
    uint64_t look; /* hash of all that decides the picture besides plots and what is asked for */
};

/**
 * Opens the file or makes it. Only one process can have it.
 * @param maps  borrowed until it is closed; keys name them by index
 * @return NULL on fault. INPUT: it is broken or another file, to be put aside; UNAVAILABLE: it cannot be used
 *         now (disk full, read only, another process has it)
 */
struct disk_cache_file *disk_cache_file_open(const char *path, const struct disk_map *maps, size_t map_count,
                                             struct fault *fault);
void disk_cache_file_close(struct disk_cache_file *file);

/** What a file says: its good tiles, and for which state they are right. */
struct disk_cache_loaded {
    struct disk_tile *tiles; /* owned, free(); in the order in which they were put */
    size_t count;
    struct disk_state *states; /* owned, free(); one a map */
    bool *has_state;           /* owned, free(); a map without has no tiles */
    size_t healed;             /* tiles that were dropped because something about them was wrong */
    int64_t next_row;
};

/** Reads what is there and takes out what is not right. False on fault. */
bool disk_cache_file_load(struct disk_cache_file *file, struct disk_cache_loaded *loaded,
                          struct fault *fault);
void disk_cache_loaded_finish(struct disk_cache_loaded *loaded);

/** The seal of a tile: of all its other fields. */
uint64_t disk_cache_file_seal(const struct disk_map *map, const struct disk_tile *tile);

/** All that is written stands between these two. A fault of any of them: close it, nothing was changed. */
bool disk_cache_file_begin(struct disk_cache_file *file, struct fault *fault);
bool disk_cache_file_commit(struct disk_cache_file *file, struct fault *fault);

bool disk_cache_file_put_content(struct disk_cache_file *file, uint64_t content, const char *bytes,
                                 size_t length, struct fault *fault);
bool disk_cache_file_drop_content(struct disk_cache_file *file, uint64_t content, struct fault *fault);
bool disk_cache_file_put(struct disk_cache_file *file, const struct disk_tile *tile, struct fault *fault);
bool disk_cache_file_drop(struct disk_cache_file *file, const struct disk_tile *tile, struct fault *fault);
void disk_cache_file_set_state(struct disk_cache_file *file, uint16_t map, const struct disk_state *state);

/**
 * The bytes of a content, owned by the caller: free(). NULL: they are not there or not right (NOT_FOUND), or
 * the file cannot be read.
 */
char *disk_cache_file_read(struct disk_cache_file *file, uint64_t content, size_t *length,
                           struct fault *fault);

#endif
