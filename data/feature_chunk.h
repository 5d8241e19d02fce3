/*
 * feature_chunk.h - some hundreds of features of a plot, in the order of their ids, with a spatial index.
 *
 * Immutable and reference counted. A plot is a row of chunks; a change makes new only the chunks it falls
 * into, so a small change of a big plot is cheap and its index is never rebuilt as a whole.
 */
#ifndef DATA_FEATURE_CHUNK_H
#define DATA_FEATURE_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct feature;
struct feature_chunk;

enum { FEATURE_CHUNK_MOST = 2048, FEATURE_CHUNK_LEAST = 512 };

/**
 * Shares the features that lie in blocks, copies the others into blocks of its own. count is 1 …
 * FEATURE_CHUNK_MOST. A block lives as long as one of its features is in use.
 */
struct feature_chunk *feature_chunk_new(const struct feature *const *features, size_t count);
struct feature_chunk *feature_chunk_ref(const struct feature_chunk *chunk);
void feature_chunk_unref(const struct feature_chunk *chunk);

size_t feature_chunk_count(const struct feature_chunk *chunk);
const struct feature *feature_chunk_at(const struct feature_chunk *chunk, size_t index);
const struct feature *feature_chunk_find(const struct feature_chunk *chunk, const char *id);

/** Where each feature may be found, in their order: room for all of them. */
void feature_chunk_boxes(const struct feature_chunk *chunk, struct bbox *boxes);

/** See plot_longest_step_deg(). */
double feature_chunk_longest_step_deg(const struct feature_chunk *chunk);

/**
 * Visits, in the order of ids, what is valid at the moment and whose box touches. False when visit stopped
 * it.
 */
bool feature_chunk_query(const struct feature_chunk *chunk, struct bbox box, int64_t moment_ms,
                         bool (*visit)(const struct feature *feature, void *context), void *context);

/** The same for those whose bit is set, of FEATURE_CHUNK_MOST bits: bit i % 64 of words[i / 64] is that of
 * feature i. */
bool feature_chunk_visit(const struct feature_chunk *chunk, const uint64_t *words, int64_t moment_ms,
                         bool (*visit)(const struct feature *feature, void *context), void *context);

#endif
