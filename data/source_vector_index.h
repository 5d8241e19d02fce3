/*
 * source_vector_index.h - a spatial index for a file that has none of its own.
 *
 * Made in one reading of the whole layer; after that a window costs what is in it.
 */
#ifndef DATA_SOURCE_VECTOR_INDEX_H
#define DATA_SOURCE_VECTOR_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct source_vector_index;

/** Reads all features of an OGRLayerH. Owned, source_vector_index_free(). */
struct source_vector_index *source_vector_index_new(void *ogr_layer);
void source_vector_index_free(struct source_vector_index *index);

/** The numbers (FID) of the features whose box touches, ascending; borrowed until the next find. */
const int64_t *source_vector_index_find(struct source_vector_index *index, struct bbox box, size_t *count);

/** Around all features; empty without any. */
struct bbox source_vector_index_extent(const struct source_vector_index *index);

/** Are so many found ones all that have a box, in the order in which the layer reads them? Never when none is
 * found: then nothing needs to be read. */
bool source_vector_index_is_reading_order(const struct source_vector_index *index, size_t count);

#endif
