/*
 * store_gpkg_row.h - a version of a feature as a row of the table feature_version.
 */
#ifndef DATA_STORE_GPKG_ROW_H
#define DATA_STORE_GPKG_ROW_H

#include <stdbool.h>

struct area_template;
struct change;
struct fault;
struct feature_packer;
struct sqlite3_stmt;
struct store;

/** The columns that gpkg_row_read() expects first, of the table called v. */
#define GPKG_ROW_COLUMNS                                                                                     \
    "v.fid, v.feature_id, v.revision, v.recorded_ms, v.is_removed, v.symbol, v.owner, v.source, "            \
    "v.valid_from_ms, v.valid_to_ms, v.template, v.geometry"

/**
 * The row as the change that made it; change_finish() it. False names the row that is damaged.
 * @param packer  where its feature is laid; NULL: it stands alone
 */
bool gpkg_row_read(const struct store *store, struct sqlite3_stmt *row, struct feature_packer *packer,
                   struct change *change, struct fault *fault);

/** The numbers of a template as text; NULL for NULL. Owned by the caller. */
char *gpkg_row_template_text(const struct area_template *area_template);

#endif
