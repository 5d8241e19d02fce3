/*
 * source_vector.h - the features of an opened vector file.
 */
#ifndef DATA_SOURCE_VECTOR_H
#define DATA_SOURCE_VECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"

struct fault;
struct layer;
struct source_feature; /* data/source.h */
struct source_place;   /* data/source_gdal.h */
struct source_vector;

/** Opens the record's file and table. Owned, source_vector_close(). */
struct source_vector *source_vector_open(const struct layer *layer, struct source_place *place,
                                         struct fault *fault);
void source_vector_close(struct source_vector *vector);

bool source_vector_read(struct source_vector *vector, struct bbox box,
                        bool (*visit)(const struct source_feature *feature, void *context), void *context,
                        struct fault *fault);

bool source_vector_has_attribute(const struct source_vector *vector, const char *name);

/** 0: the file does not say it. */
uint64_t source_vector_feature_count(const struct source_vector *vector);

/** Is a small window found without reading everything? Small files always are quick. */
bool source_vector_is_quick(const struct source_vector *vector);

#endif
