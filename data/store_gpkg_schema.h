/*
 * store_gpkg_schema.h - the tables of the store.
 *
 *   plot             one row a plot: name, title, activity, the symbol set it is drawn with ("nl@1", from
 *                    format 2 on), the name of its layer
 *   revision         one row a commit: plot, revision, moment of the commit, number of changes
 *   feature_version  one row a version of a feature, a removal too; never changed, never deleted
 *   plot_<name>      the current state of a plot as a layer for QGIS and ogrinfo
 *
 * beside the tables that OGC GeoPackage 1.3 asks for. feature_version and revision hold the truth; the
 * layers repeat it, and triggers let them hold nothing else.
 */
#ifndef DATA_STORE_GPKG_SCHEMA_H
#define DATA_STORE_GPKG_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

struct fault;
struct store;

/**
 * SQL: what the plot of an id is drawn with in a store of format 1. All its features were of the one set that
 * was loaded, at first the Dutch one.
 */
#define GPKG_FORMAT_1_SYMBOLS(plot_id)                                                                       \
    "coalesce((SELECT substr(v.symbol, 1, instr(v.symbol, '/') - 1) FROM feature_version v"                  \
    "  WHERE v.plot_id = " plot_id " AND v.symbol IS NOT NULL ORDER BY v.revision DESC LIMIT 1), 'nl@1')"

/** True in *is_empty for a file without any table and without another program's mark. */
bool gpkg_schema_is_empty(const struct store *store, bool *is_empty, struct fault *fault);

/** Makes all tables in one transaction. */
bool gpkg_schema_create(const struct store *store, struct fault *fault);

/** Reads store->format. INPUT for a file that is no store, or that a newer version of the program made. */
bool gpkg_schema_check(struct store *store, struct fault *fault);

/** Brings a store of an earlier format up to date in one transaction. Writer only, after the check. */
bool gpkg_schema_upgrade(struct store *store, struct fault *fault);

/** Makes the layer of a plot and registers it. Inside a transaction. */
bool gpkg_schema_add_layer(const struct store *store, int64_t plot_id, const char *layer, const char *title,
                           struct fault *fault);

#endif
