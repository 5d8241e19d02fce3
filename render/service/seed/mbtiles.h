/*
 * mbtiles.h - packages of tiles in one SQLite file (MBTiles 1.3), for tablets and field apps.
 *
 * Rows of the file are counted from the south. Equal tiles share their bytes: `tiles` is a view of `map` and
 * `images`.
 */
#ifndef RENDER_SERVICE_MBTILES_H
#define RENDER_SERVICE_MBTILES_H

#include <stdbool.h>

#include "render/service/seed/tile_archive.h"

struct fault;
struct sqlite3_stmt;
struct sqlite_file;

extern const struct tile_archive_kind mbtiles_kind;

/** The tables of an empty file. */
extern const char mbtiles_schema[];

/** Takes out the bytes that no tile shows any more. */
extern const char mbtiles_sweep[];

/* ---- What a package and a draft have in common ---- */

/** The value of a name in the table metadata, "" when there is none. Owned by the caller; NULL on fault. */
char *mbtiles_read_fact(struct sqlite_file *file, const char *name, struct fault *fault);
bool mbtiles_write_fact(struct sqlite_file *file, const char *name, const char *value, struct fault *fault);

/** Gives the first three parameters of a statement zoom, column and row from the south. */
void mbtiles_bind(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
                  struct tile_address address);

/** The address in the first three columns of a row; false when the set has no such tile. */
bool mbtiles_address(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
                     struct tile_address *address);

/** The addresses of a table with zoom_level, tile_column and tile_row, row by row southward. */
bool mbtiles_visit_rows(struct sqlite_file *file, const char *table, const struct tile_matrix_set *set,
                        struct tile_visitor visitor, struct fault *fault);

#endif
