/*
 * plot_keeper_internal.h - the keeper as its two files see it: plot_keeper.c is what everybody calls,
 * plot_keeper_run.c the one thread that owns the store.
 */
#ifndef RENDER_SERVICE_PLOT_KEEPER_INTERNAL_H
#define RENDER_SERVICE_PLOT_KEEPER_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper.h"

struct config;
struct disk_state;
struct store;

/** Something for the keeper's thread: a commit, or (without changes) the reading of an earlier revision. */
struct task {
    size_t plot; /* index in the configuration */
    struct change *changes;
    size_t change_count;
    uint64_t revision;
    int64_t deadline_ms;
    void (*done)(const struct plot *plot, const struct fault *fault, void *context);
    void *context;
    struct task *next;
};

/** What the cached tiles of a map show: moved on when a change is done with. */
struct map_state {
    atomic_int_least64_t now_ms; /* the moment that is now */
    atomic_uint_least64_t label;
    struct order_view view; /* under the keeper's lock */
};

struct plot_keeper {
    struct plot_keeper_options options;
    const struct config *config;
    size_t map_count;
    struct map_state *maps; /* for each map */
    pthread_t thread;
    struct store *store;  /* the thread's */
    struct stat file;     /* which file it is */
    pthread_mutex_t lock; /* for what follows */
    pthread_cond_t wakes;
    struct plot **plots; /* current, for each plot of the configuration; NULL until read */
    struct task *first;
    struct task **last;
    size_t task_count;
    bool is_ready;
    bool is_stopping;
    struct fault trouble; /* why it is not ready */
};

/** Where a plot stands in the configuration; the count of plots: nowhere. */
size_t plot_keeper_index(const struct plot_keeper *keeper, const char *name);

/** The keeper's thread. context is the keeper. */
void *plot_keeper_run(void *context);

/** A change of a map is done with: this is what its tiles show from now on. */
void plot_keeper_set_state(struct plot_keeper *keeper, size_t map_index, const struct order_view *view);

/** The state of a map for the tiles on disk: its view, and when and with which symbols its plots were made.
 */
void plot_keeper_disk_state(struct plot_keeper *keeper, size_t map_index, const struct order_view *view,
                            struct disk_state *state);

/** Tells whoever gave the task and releases it. */
void plot_keeper_fail_task(struct task *task, enum fault_code code, const char *sentence);
void plot_keeper_task_free(struct task *task);

#endif
