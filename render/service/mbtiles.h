/*
 * mbtiles.h - packages of tiles in one SQLite file (MBTiles 1.3), for tablets and field apps.
 *
 * Rows of the file are counted from the south. Equal tiles share their bytes: `tiles` is a view of `map` and
 * `images`.
 */
#ifndef RENDER_SERVICE_MBTILES_H
#define RENDER_SERVICE_MBTILES_H

#include <stdbool.h>

#include "render/service/tile_archive.h"

struct fault;
struct sqlite_file;

extern const struct tile_archive_kind mbtiles_kind;

/** The tables of an empty file. */
extern const char mbtiles_schema[];

/** Takes out the bytes that no tile shows any more. */
extern const char mbtiles_sweep[];

/** The addresses of a table with zoom_level, tile_column and tile_row, row by row southward. */
bool mbtiles_visit_rows(struct sqlite_file *file, const char *table, const struct tile_matrix_set *set,
                        struct tile_visitor visitor, struct fault *fault);

#endif
