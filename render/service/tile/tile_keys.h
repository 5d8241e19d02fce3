/*
 * tile_keys.h - a set of tiles: of an area it is a short list of runs, however many tiles it has.
 *
 * A tile's number grows with zoom, then column, then row; a run is a piece of one column.
 */
#ifndef RENDER_SERVICE_TILE_KEYS_H
#define RENDER_SERVICE_TILE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"

/** Zooms below 64, columns and rows below 2^29. */
uint64_t tile_keys_of(struct tile_address address);
struct tile_address tile_keys_address(uint64_t key);

/** Numbers from first until before end. */
struct tile_keys_run {
    uint64_t first;
    uint64_t end;
};

struct tile_keys {
    struct tile_keys_run *runs; /* owned; sorted and apart once tile_keys_sort() is done */
    size_t count;
    size_t capacity;
};

/** {0} is the empty set. */
void tile_keys_finish(struct tile_keys *keys);
void tile_keys_add(struct tile_keys *keys, struct tile_address address);

/** To be called after adding, before anything below is asked. */
void tile_keys_sort(struct tile_keys *keys);
bool tile_keys_has(const struct tile_keys *keys, struct tile_address address);
uint64_t tile_keys_count(const struct tile_keys *keys);

#endif
