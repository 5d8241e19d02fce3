/*
 * store_gpkg.h - what the files of the GeoPackage store share.
 */
#ifndef DATA_STORE_GPKG_H
#define DATA_STORE_GPKG_H

#include <stdbool.h>
#include <stdint.h>

#include "data/plot.h"
#include "data/store.h"

struct fault;
struct sqlite3;

struct store {
    struct sqlite3 *database; /* owned */
    char *path;               /* owned; as the caller named it, for faults */
    enum store_mode mode;
    int64_t format; /* of the file: store_gpkg_schema.h */
    int lock;       /* owned descriptor of the lock file; -1 in a reader */
};

/** What the table plot says of one plot, and its latest revision. The layer is owned. */
struct gpkg_plot_row {
    int64_t id;
    struct plot_title title; /* owned */
    char *layer;             /* name of the table with its current state */
    int64_t revision;
    int64_t recorded_ms; /* of that revision; MOMENT_NONE for 0 */
};

/** NOT_FOUND when there is none of that name. Call gpkg_plot_row_finish() in either case. */
bool gpkg_plot_row_read(const struct store *store, const char *name, struct gpkg_plot_row *row,
                        struct fault *fault);
void gpkg_plot_row_finish(struct gpkg_plot_row *row);

#endif
