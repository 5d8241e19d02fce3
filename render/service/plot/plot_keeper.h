/*
 * plot_keeper.h - the current snapshots of all plots, and the one thread that changes them.
 *
 * The store is opened here as writer and used by the keeper's own thread only. A commit is acknowledged when
 * it is on disk, the new snapshot is current, and no stale tile is left in the cache. While the store cannot
 * be opened (or its disk is full) writes fail, what is in memory is still served, and it tries again each
 * second.
 */
#ifndef RENDER_SERVICE_PLOT_KEEPER_H
#define RENDER_SERVICE_PLOT_KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct change;
struct fault;
struct map;
struct order_view;
struct plot;
struct plot_keeper;
struct plot_shelf;
struct service;

/** What listeners are told of a change. Borrowed during the call. */
struct plot_event {
    const char *plot;
    uint64_t revision;
    struct bbox box_deg; /* lon/lat around the old and new geometry of all that changed */
    int64_t recorded_ms;
    int64_t moment_ms;   /* plot_moment_at(now) after it */
    size_t change_count; /* 0: no change, but time reached another moment */
};

struct plot_keeper_options {
    struct service *service;  /* config, pool and tile_cache are used */
    struct plot_shelf *shelf; /* snapshots that were read already; taken over */
    /** Called in the keeper's thread after stale tiles are gone, before the write is acknowledged. May be
     * NULL. */
    void (*notify)(const struct plot_event *event, void *context);
    void *context;
};

struct plot_keeper *plot_keeper_new(const struct plot_keeper_options *options, struct fault *fault);

/** Finishes the commits that are queued, then closes the store. */
void plot_keeper_free(struct plot_keeper *keeper);

/** The current snapshot, a new reference (plot_unref()). NOT_FOUND; UNAVAILABLE: the store was never open
 * yet. */
struct plot *plot_keeper_get(struct plot_keeper *keeper, const char *plot_name, struct fault *fault);

/**
 * The moment that "now" is at present for the i-th map of the configuration; MOMENT_NONE: no plot has any.
 * Cheap.
 * @param label  out: a number that is another after each acknowledged change of the map; may be NULL
 */
int64_t plot_keeper_now(struct plot_keeper *keeper, size_t map_index, uint64_t *label);

/** The revisions and the "now" of the last acknowledged change of a map: what its cached tiles show. */
void plot_keeper_label(struct plot_keeper *keeper, size_t map_index, uint64_t *label,
                       struct order_view *view);

/** The current revisions of a map's plots, and the moment that is drawn for a time (MOMENT_NONE: now). */
bool plot_keeper_view(struct plot_keeper *keeper, size_t map_index, int64_t as_of_ms, struct order_view *view,
                      struct fault *fault);

/**
 * Queues a commit: all of the changes or none. They are taken over.
 * @param done called once from the keeper's thread; after is the new snapshot (borrowed), NULL on fault
 *             (CONFLICT: another revision than expected; UNAVAILABLE)
 */
void plot_keeper_commit(struct plot_keeper *keeper, const char *plot_name, struct change *changes,
                        size_t count,
                        void (*done)(const struct plot *after, const struct fault *fault, void *context),
                        void *context);

/** Reads an earlier revision from the store, in the keeper's thread; plot is borrowed, NULL on fault. */
void plot_keeper_read(struct plot_keeper *keeper, const char *plot_name, uint64_t revision,
                      void (*done)(const struct plot *plot, const struct fault *fault, void *context),
                      void *context);

/** Is the store open? The fault says why not. */
bool plot_keeper_is_ready(struct plot_keeper *keeper, struct fault *fault);

/** Calls visit for each plot with its current revision. */
void plot_keeper_visit(struct plot_keeper *keeper, void (*visit)(const struct plot *plot, void *context),
                       void *context);

#endif
