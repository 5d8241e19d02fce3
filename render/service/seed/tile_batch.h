/*
 * tile_batch.h - several tiles as one run of bytes: what a TILES order gives back. Tiles are small and soon
 * drawn, so sending each on its own would cost as much as drawing it.
 */
#ifndef RENDER_SERVICE_TILE_BATCH_H
#define RENDER_SERVICE_TILE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

/** One of them; bytes are borrowed from the run. */
struct tile_batch_item {
    const char *bytes;
    size_t length;
    uint64_t hash; /* hash_bytes() of them */
};

void tile_batch_append(struct buffer *run, const char *bytes, size_t length);

/** Takes the next item from *next on and moves *next behind it; false at the end, or when it is cut off. */
bool tile_batch_next(const char **next, const char *end, struct tile_batch_item *item);

#endif
