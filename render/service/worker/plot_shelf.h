/*
 * plot_shelf.h - snapshots of plots as a reader of the store has them: the latest of each, and some earlier
 * ones.
 *
 * Belongs to one thread. The store is opened when it is first needed and again after it failed.
 */
#ifndef RENDER_SERVICE_PLOT_SHELF_H
#define RENDER_SERVICE_PLOT_SHELF_H

#include <stdint.h>

struct fault;
struct plot;
struct plot_shelf;

struct plot_shelf *plot_shelf_new(const char *store_path);
void plot_shelf_free(struct plot_shelf *shelf);

/** Keeps the snapshots and lets go of the store, which is opened again when it is needed. */
void plot_shelf_close_store(struct plot_shelf *shelf);

/** The latest snapshot it has, without a look into the store: a new reference, or NULL. */
struct plot *plot_shelf_find(const struct plot_shelf *shelf, const char *name);

/**
 * A plot at a revision, 0: the latest in the store at this moment.
 * @return a new reference, plot_unref(); NULL: NOT_FOUND, or UNAVAILABLE when the store cannot be read
 */
struct plot *plot_shelf_get(struct plot_shelf *shelf, const char *name, uint64_t revision,
                            struct fault *fault);

/** A plot as it was known at a time; without features when there was none yet. As plot_shelf_get(). */
struct plot *plot_shelf_get_as_known(struct plot_shelf *shelf, const char *name, int64_t recorded_ms,
                                     struct fault *fault);

/** A plot as it was before its first change: without features. As plot_shelf_get(). */
struct plot *plot_shelf_get_first(struct plot_shelf *shelf, const char *name, struct fault *fault);

/** When the last removal of a feature up to a revision was recorded; MOMENT_NONE: not known. */
int64_t plot_shelf_find_removal(struct plot_shelf *shelf, const char *name, uint64_t revision,
                                const char *id);

#endif
