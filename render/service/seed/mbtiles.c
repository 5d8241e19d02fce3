/*
 * mbtiles.c - a first package is the draft itself, renamed. A later draft is taken over in one transaction,
 * so the file is whole at any moment and nothing that stays is copied.
 */
#include "render/service/seed/mbtiles.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/tile/sqlite_file.h"

struct mbtiles {
    struct sqlite_file file;
    const struct tile_matrix_set *set;
};

/* "MPBX" is the application id that the specification gives. */
const char mbtiles_schema[] =
    "PRAGMA application_id = 0x4d504258;"
    "CREATE TABLE metadata (name text NOT NULL, value text);"
    "CREATE UNIQUE INDEX metadata_name ON metadata (name);"
    "CREATE TABLE map (zoom_level integer NOT NULL, tile_column integer NOT NULL, tile_row integer NOT NULL, "
    "tile_id integer NOT NULL, PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;"
    "CREATE TABLE images (tile_id integer PRIMARY KEY, hash integer NOT NULL, tile_data blob NOT NULL);"
    "CREATE INDEX images_hash ON images (hash);"
    "CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, "
    "map.tile_row AS tile_row, images.tile_data AS tile_data FROM map JOIN images ON images.tile_id = "
    "map.tile_id;";

const char mbtiles_sweep[] = "DELETE FROM images WHERE tile_id NOT IN (SELECT tile_id FROM map)";

static const char merge_sql[] =
    "DELETE FROM main.map WHERE (zoom_level, tile_column, tile_row) IN "
    "(SELECT zoom_level, tile_column, tile_row FROM draft.stale);"
    "INSERT INTO main.images (hash, tile_data) SELECT hash, tile_data FROM draft.images AS new "
    "WHERE tile_id IN (SELECT tile_id FROM draft.map) AND NOT EXISTS (SELECT 1 FROM main.images AS old "
    "WHERE old.hash = new.hash AND old.tile_data = new.tile_data);"
    "INSERT OR REPLACE INTO main.map SELECT zoom_level, tile_column, tile_row, "
    "(SELECT old.tile_id FROM main.images AS old JOIN draft.images AS new ON old.hash = new.hash "
    "AND old.tile_data = new.tile_data WHERE new.tile_id = place.tile_id) FROM draft.map AS place;"
    "DELETE FROM main.images WHERE tile_id NOT IN (SELECT tile_id FROM main.map);"
    "DELETE FROM main.metadata WHERE name IN (SELECT name FROM draft.metadata);"
    "INSERT INTO main.metadata SELECT name, value FROM draft.metadata;";

/* ---- What a package and a draft have in common ---- */

char *mbtiles_read_fact(struct sqlite_file *file, const char *name, struct fault *fault)
{
    sqlite3_stmt *statement = sqlite_file_prepare(file, "SELECT value FROM metadata WHERE name = ?", fault);
    if (!statement) {
        return NULL;
    }
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    int step = sqlite3_step(statement);
    const char *value = step == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    bool is_good = step == SQLITE_ROW || step == SQLITE_DONE || sqlite_file_fail(file, fault);
    char *copy = is_good ? memory_copy_text(value ? value : "") : NULL;
    sqlite3_finalize(statement);
    return copy;
}

static bool run_with(struct sqlite_file *file, const char *sql, const char *first, const char *second,
                     struct fault *fault)
{
    sqlite3_stmt *statement = sqlite_file_prepare(file, sql, fault);
    if (!statement) {
        return false;
    }
    sqlite3_bind_text(statement, 1, first, -1, SQLITE_STATIC);
    if (second) {
        sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC);
    }
    bool is_good = sqlite3_step(statement) == SQLITE_DONE || sqlite_file_fail(file, fault);
    sqlite3_finalize(statement);
    return is_good;
}

bool mbtiles_write_fact(struct sqlite_file *file, const char *name, const char *value, struct fault *fault)
{
    return sqlite_file_begin(file, fault) &&
           run_with(file, "DELETE FROM metadata WHERE name = ?", name, NULL, fault) &&
           run_with(file, "INSERT INTO metadata (name, value) VALUES (?, ?)", name, value, fault);
}

void mbtiles_bind(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
                  struct tile_address address)
{
    sqlite3_bind_int64(statement, 1, address.zoom);
    sqlite3_bind_int64(statement, 2, address.column);
    sqlite3_bind_int64(statement, 3, (int64_t)set->matrices[address.zoom].matrix_height - 1 - address.row);
}

bool mbtiles_address(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
                     struct tile_address *address)
{
    int64_t zoom = sqlite3_column_int64(statement, 0);
    int64_t column = sqlite3_column_int64(statement, 1);
    int64_t row = sqlite3_column_int64(statement, 2);
    if (zoom < 0 || zoom >= (int64_t)set->matrix_count) {
        return false;
    }
    const struct tile_matrix *matrix = &set->matrices[zoom];
    *address = (struct tile_address){(uint32_t)zoom, (uint32_t)column,
                                     (uint32_t)((int64_t)matrix->matrix_height - 1 - row)};
    return column >= 0 && column < matrix->matrix_width && row >= 0 && row < matrix->matrix_height;
}

static bool visit_row(struct sqlite_file *file, struct sqlite3_stmt *row, const struct tile_matrix_set *set,
                      struct tile_visitor visitor, struct fault *fault)
{
    struct tile_address address;
    if (mbtiles_address(row, set, &address)) {
        return visitor.visit(address, visitor.context, fault);
    }
    fault_set(fault, FAULT_INPUT, "%s '%s' has tiles outside '%s'", file->kind, file->path, set->id);
    return false;
}

bool mbtiles_visit_rows(struct sqlite_file *file, const char *table, const struct tile_matrix_set *set,
                        struct tile_visitor visitor, struct fault *fault)
{
    char sql[200];
    snprintf(sql, sizeof(sql),
             "SELECT zoom_level, tile_column, tile_row FROM %s ORDER BY zoom_level, tile_column, "
             "tile_row DESC",
             table);
    struct sqlite3_stmt *rows = sqlite_file_prepare(file, sql, fault);
    bool is_good = rows != NULL;
    int step = SQLITE_ROW;
    while (is_good && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        is_good = visit_row(file, rows, set, visitor, fault);
    }
    is_good = is_good && (step == SQLITE_DONE || sqlite_file_fail(file, fault));
    sqlite3_finalize(rows);
    return is_good;
}

/* ---- A package ---- */

static void close_package(void *package)
{
    struct mbtiles *mbtiles = package;
    sqlite_file_close(&mbtiles->file);
    free(mbtiles);
}

static bool check_tables(struct mbtiles *mbtiles, struct fault *fault)
{
    long long count;
    if (!sqlite_file_number(&mbtiles->file,
                            "SELECT count(*) FROM sqlite_master WHERE name IN ('metadata', 'tiles')", &count,
                            fault)) {
        return false;
    }
    if (count != 2) {
        fault_set(fault, FAULT_INPUT, "'%s' is another kind of file, not MBTiles", mbtiles->file.path);
    }
    return count == 2;
}

static void *open_package(const char *path, const struct tile_matrix_set *set, struct fault *fault)
{
    struct mbtiles *mbtiles = memory_new(1, sizeof(*mbtiles));
    mbtiles->set = set;
    if (sqlite_file_open(&mbtiles->file, "MBTiles file", path, false, fault) &&
        check_tables(mbtiles, fault)) {
        return mbtiles;
    }
    close_package(mbtiles);
    return NULL;
}

static char *read_fact(void *package, const char *name, struct fault *fault)
{
    struct mbtiles *mbtiles = package;
    return mbtiles_read_fact(&mbtiles->file, name, fault);
}

static bool visit(void *package, struct tile_visitor visitor, struct fault *fault)
{
    struct mbtiles *mbtiles = package;
    return mbtiles_visit_rows(&mbtiles->file, "map", mbtiles->set, visitor, fault);
}

static char *read_tile(void *package, struct tile_address address, size_t *length, struct fault *fault)
{
    static const char sql[] =
        "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?";
    struct mbtiles *mbtiles = package;
    struct sqlite3_stmt *row = sqlite_file_prepare(&mbtiles->file, sql, fault);
    if (!row) {
        return NULL;
    }
    mbtiles_bind(row, mbtiles->set, address);
    int step = sqlite3_step(row);
    char *bytes = NULL;
    if (step == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(row, 0);
        *length = (size_t)sqlite3_column_bytes(row, 0);
        bytes = memory_copy_bytes(blob ? blob : "", *length);
    } else if (step == SQLITE_DONE) {
        fault_set(fault, FAULT_NOT_FOUND, "MBTiles file '%s' has no such tile", mbtiles->file.path);
    } else {
        sqlite_file_fail(&mbtiles->file, fault);
    }
    sqlite3_finalize(row);
    return bytes;
}

static bool attach(struct mbtiles *mbtiles, const char *path, struct fault *fault)
{
    char *sql = sqlite3_mprintf("ATTACH %Q AS draft", path);
    bool is_attached = sql && sqlite_file_run(&mbtiles->file, sql, fault);
    sqlite3_free(sql);
    return is_attached;
}

static bool merge(struct mbtiles *mbtiles, const char *path, struct fault *fault)
{
    if (!attach(mbtiles, path, fault)) {
        return false;
    }
    bool is_merged = sqlite_file_begin(&mbtiles->file, fault) &&
                     sqlite_file_run(&mbtiles->file, merge_sql, fault) &&
                     sqlite_file_commit(&mbtiles->file, fault);
    sqlite_file_give_up(&mbtiles->file);
    return sqlite_file_run(&mbtiles->file, "DETACH draft", is_merged ? fault : NULL) && is_merged;
}

static bool publish(void *package, const char *path, struct seed_draft *draft, struct fault *fault)
{
    if (!package || seed_draft_replaces_all(draft)) {
        return seed_draft_become(draft, path, fault);
    }
    return seed_draft_commit(draft, fault) && merge(package, seed_draft_path(draft), fault) &&
           seed_draft_remove(draft, fault);
}

const struct tile_archive_kind mbtiles_kind = {
    .name = "MBTiles",
    .open = open_package,
    .close = close_package,
    .read_fact = read_fact,
    .visit = visit,
    .read_tile = read_tile,
    .publish = publish,
};
