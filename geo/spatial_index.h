/*
 * spatial_index.h - which of many boxes touch a box (a packed R-tree, immutable).
 *
 * Leutenegger, Lopez, Edgington 1997: STR packing. Safe from many threads.
 */
#ifndef GEO_SPATIAL_INDEX_H
#define GEO_SPATIAL_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct spatial_index;

/** boxes are copied; empty boxes are never found. Owned, spatial_index_free(). */
struct spatial_index *spatial_index_new(const struct bbox *boxes, size_t count);
void spatial_index_free(struct spatial_index *index);

/** Calls visit with the number of each box that touches, in no particular order, until it returns false. */
void spatial_index_query(const struct spatial_index *index, struct bbox box,
                         bool (*visit)(uint32_t number, void *context), void *context);

#endif
