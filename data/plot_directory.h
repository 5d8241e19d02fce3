/*
 * plot_directory.h - where the features of a plot lie: which of them touch a box, found without asking each
 * chunk.
 *
 * Immutable and reference counted; safe to read from many threads. It goes with one row of chunks, which the
 * caller gives along with it: the plot's, whose snapshots share what did not change of the directory too.
 */
#ifndef DATA_PLOT_DIRECTORY_H
#define DATA_PLOT_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct feature;
struct feature_chunk;
struct plot_directory;

/** A row of chunks, in the order of their ids; borrowed. */
struct chunk_row {
    struct feature_chunk *const *chunks;
    size_t count;
};

struct plot_directory *plot_directory_new(struct chunk_row row);

/**
 * Of a row that shares chunks with an earlier one. Costs next to nothing: of chunks that are new it knows
 * nothing, they are asked each for itself.
 */
struct plot_directory *plot_directory_follow(const struct plot_directory *earlier, struct chunk_row before,
                                             struct chunk_row after);

/**
 * The same directory, or, when many chunks in a stretch of the row are asked each for itself, one that knows
 * them: of one stretch at most, some 10 ms. One reference for the caller.
 */
struct plot_directory *plot_directory_tidy(const struct plot_directory *directory, struct chunk_row row);

struct plot_directory *plot_directory_ref(const struct plot_directory *directory);
void plot_directory_unref(const struct plot_directory *directory);

/** See plot_query(). */
void plot_directory_query(const struct plot_directory *directory, struct chunk_row row, struct bbox box,
                          int64_t moment_ms, bool (*visit)(const struct feature *feature, void *context),
                          void *context);

#endif
