/*
 * block_index.h - which numbered boxes touch each block of a district: what a tile asks for is there, in
 * order.
 *
 * A tile is one block of a district (district.h), or some, so most questions are answered by a list that was
 * made when the district was.
 */
#ifndef RENDER_BLOCK_INDEX_H
#define RENDER_BLOCK_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct block_index;
struct numbers; /* render/numbers.h */

/** A box of what has a number; it may have several, and empty ones, which touch nothing. */
struct block_entry {
    struct bbox box; /* px */
    uint32_t number;
};

/**
 * @param bounds   of the district, px: boxes beyond touch no block; empty: around all boxes
 * @param entries  ascending by their numbers; borrowed for the call
 */
struct block_index *block_index_new(struct bbox bounds, const struct block_entry *entries, size_t count);
void block_index_free(struct block_index *index);

/**
 * Adds the numbers of what may touch a box, ascending, each once: of a box that is one block, or some, just
 * those that do. Sharing an edge is touching.
 * @param numbers  in and out; empty
 * @return true when all of them touch the box
 */
bool block_index_find(const struct block_index *index, struct bbox box, struct numbers *numbers);

#endif
