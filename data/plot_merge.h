/*
 * plot_merge.h - the work of plot_with_changes(): the chunks of a plot with changes merged in.
 */
#ifndef DATA_PLOT_MERGE_H
#define DATA_PLOT_MERGE_H

#include <stddef.h>

struct change;
struct feature;
struct feature_chunk;
struct timeline_step;

struct plot_merge {
    struct feature_chunk *const *chunks; /* borrowed: those of the plot */
    size_t chunk_count;
    const struct change **edits; /* owned array of borrowed changes: ascending ids, the last change of each */
    size_t edit_count;
    const struct feature **pending; /* owned array of borrowed features that are not yet in a result */
    size_t pending_count;
    struct feature_chunk **results; /* owned, one reference each */
    size_t result_count;
    struct timeline_step *steps; /* owned: moments that came and went */
    size_t step_count;
};

/**
 * Chunks and changes are borrowed until plot_merge_finish(). Of several changes of one id the last counts.
 */
void plot_merge_init(struct plot_merge *merge, struct feature_chunk *const *chunks, size_t chunk_count,
                     const struct change *changes, size_t change_count);

/** Fills results and steps. Features and chunks that do not change are shared. */
void plot_merge_run(struct plot_merge *merge);
void plot_merge_finish(struct plot_merge *merge);

#endif
