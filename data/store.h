/*
 * store.h - where plots are kept: every version of every feature, for ever.
 *
 * One GeoPackage file (SQLite). Changes are only ever added. One process opens it as writer
 * and makes all commits and checkpoints; any number open it as readers. An acknowledged commit
 * survives kill -9 and power loss (WAL, synchronous=FULL). A writer brings a store of an earlier version of
 * the program up to date, in place; readers read it as it is. QGIS and ogrinfo open the current
 * state of each plot as layers.
 * A store belongs to one thread.
 */
#ifndef DATA_STORE_H
#define DATA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbology/symbol_pin.h"

struct change;
struct fault;
struct plot;
struct plot_title;
struct store;

enum store_mode { STORE_READER, STORE_WRITER };

/** STORE_WRITER makes the file and its folder when there are none, and refuses (CONFLICT) while another
 * writer has it. */
struct store *store_open(const char *path, enum store_mode mode, struct fault *fault);
void store_close(struct store *store);

/**
 * Adds a plot, or renews its title when there is one of that name. What an existing plot is drawn with stays:
 * store_migrate() changes that. Writer only.
 */
bool store_put_plot(struct store *store, const struct plot_title *title, struct fault *fault);

/**
 * Commits changes as the next revision of a plot; all of them or none. When it returns true they are on disk.
 * @param recorded_ms  the moment of the commit, given by the caller
 * @param revision     out: the new revision; each put feature gets it
 * CONFLICT names the feature whose revision was not the expected one. Writer only.
 */
bool store_commit(struct store *store, const char *plot_name, const struct change *changes, size_t count,
                  int64_t recorded_ms, uint64_t *revision, struct fault *fault);

/** How a plot moves to another version of its symbol set. */
struct store_migration {
    const char *plot_name;
    struct symbol_pin symbols; /* what it is drawn with from now on */
    const struct change *changes;
    size_t change_count; /* 0: no new revision */
    int64_t recorded_ms;
};

/** Commits the changes as store_commit() does, and what the plot is drawn with; both or neither. Writer only.
 */
bool store_migrate(struct store *store, const struct store_migration *migration, uint64_t *revision,
                   struct fault *fault);

/** The plot at a revision (0: latest). plot_unref() it. NOT_FOUND when there is no such plot or revision. */
struct plot *store_read_plot(struct store *store, const char *plot_name, uint64_t revision,
                             struct fault *fault);

/** The plot as it was recorded at a moment: the latest revision committed at or before it. */
struct plot *store_read_plot_as_known(struct store *store, const char *plot_name, int64_t recorded_ms,
                                      struct fault *fault);

/**
 * When the last removal of a feature up to a revision was recorded; MOMENT_NONE: there is none. False: the
 * store cannot be read.
 */
bool store_find_removal(struct store *store, const char *plot_name, uint64_t revision, const char *feature_id,
                        int64_t *recorded_ms, struct fault *fault);

/**
 * The latest plot, made from an earlier snapshot by the changes since; a new reference to the same when there
 * are none. This is how workers and other nodes follow.
 */
struct plot *store_follow_plot(struct store *store, const struct plot *earlier, struct fault *fault);

/**
 * Reads every page of the file and follows every reference. False names the first damage. Slow on a big
 * store.
 */
bool store_check(struct store *store, struct fault *fault);

/** The latest revision; 0 when the plot has none yet. */
bool store_latest_revision(struct store *store, const char *plot_name, uint64_t *revision,
                           struct fault *fault);

#endif
