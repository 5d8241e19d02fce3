/*
 * mbtiles.c - one transaction is open from the first thing written until the commit. With the rollback
 * journal and synchronous=FULL, SQLite's own care for power loss is what makes the file whole after a crash.
 */
#include "render/service/mbtiles.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define BUSY_MS 5000

struct mbtiles {
    char *path;        /* for faults */
    sqlite3 *database; /* owned */
    sqlite3_stmt *find_tile;
    sqlite3_stmt *put_tile;
    bool is_writing; /* a transaction is open */
};

/* "MPBX" is the application id that the specification gives. */
static const char *const schema =
    "PRAGMA application_id = 0x4d504258;"
    "CREATE TABLE metadata (name text NOT NULL, value text);"
    "CREATE UNIQUE INDEX metadata_name ON metadata (name);"
    "CREATE TABLE tiles (zoom_level integer NOT NULL, tile_column integer NOT NULL, "
    "tile_row integer NOT NULL, tile_data blob NOT NULL);"
    "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);";

static bool set_fault(const struct mbtiles *mbtiles, struct fault *fault)
{
    int code = sqlite3_errcode(mbtiles->database) & 0xff;
    bool is_input = code == SQLITE_NOTADB;
    fault_set(fault, is_input ? FAULT_INPUT : FAULT_UNAVAILABLE, "MBTiles file '%s': %s", mbtiles->path,
              sqlite3_errmsg(mbtiles->database));
    return false;
}

static bool run(struct mbtiles *mbtiles, const char *sql, struct fault *fault)
{
    return sqlite3_exec(mbtiles->database, sql, NULL, NULL, NULL) == SQLITE_OK || set_fault(mbtiles, fault);
}

static bool begin(struct mbtiles *mbtiles, struct fault *fault)
{
    if (mbtiles->is_writing) {
        return true;
    }
    mbtiles->is_writing = run(mbtiles, "BEGIN IMMEDIATE", fault);
    return mbtiles->is_writing;
}

bool mbtiles_commit(struct mbtiles *mbtiles, struct fault *fault)
{
    if (!mbtiles->is_writing) {
        return true;
    }
    mbtiles->is_writing = !run(mbtiles, "COMMIT", fault);
    return !mbtiles->is_writing;
}

/** The whole number that a statement gives; false on fault. */
static bool ask_number(struct mbtiles *mbtiles, const char *sql, int *number, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    bool is_read = sqlite3_prepare_v2(mbtiles->database, sql, -1, &statement, NULL) == SQLITE_OK &&
                   sqlite3_step(statement) == SQLITE_ROW;
    *number = is_read ? sqlite3_column_int(statement, 0) : 0;
    bool is_good = is_read || set_fault(mbtiles, fault);
    sqlite3_finalize(statement);
    return is_good;
}

/** An empty file gets the tables; any other must have them. */
static bool prepare_tables(struct mbtiles *mbtiles, struct fault *fault)
{
    int table_count;
    int own_count;
    if (!ask_number(mbtiles, "SELECT count(*) FROM sqlite_master", &table_count, fault) ||
        !ask_number(mbtiles, "SELECT count(*) FROM sqlite_master WHERE name IN ('metadata', 'tiles')",
                    &own_count, fault)) {
        return false;
    }
    if (table_count == 0) {
        return begin(mbtiles, fault) && run(mbtiles, schema, fault) && mbtiles_commit(mbtiles, fault);
    }
    if (own_count != 2) {
        fault_set(fault, FAULT_INPUT, "'%s' is another kind of file, not MBTiles", mbtiles->path);
        return false;
    }
    return true;
}

static bool prepare_statements(struct mbtiles *mbtiles, struct fault *fault)
{
    static const char find[] =
        "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?";
    static const char put[] =
        "INSERT OR REPLACE INTO tiles (zoom_level, tile_column, tile_row, tile_data) VALUES (?, ?, ?, ?)";
    bool is_ready =
        sqlite3_prepare_v2(mbtiles->database, find, sizeof(find), &mbtiles->find_tile, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(mbtiles->database, put, sizeof(put), &mbtiles->put_tile, NULL) == SQLITE_OK;
    return is_ready || set_fault(mbtiles, fault);
}

struct mbtiles *mbtiles_open(const char *path, struct fault *fault)
{
    struct mbtiles *mbtiles = memory_new(1, sizeof(*mbtiles));
    mbtiles->path = memory_copy_text(path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool is_open = sqlite3_open_v2(path, &mbtiles->database, flags, NULL) == SQLITE_OK;
    if (!is_open) {
        set_fault(mbtiles, fault);
    } else {
        sqlite3_busy_timeout(mbtiles->database, BUSY_MS);
    }
    if (is_open && prepare_tables(mbtiles, fault) && prepare_statements(mbtiles, fault)) {
        return mbtiles;
    }
    mbtiles_close(mbtiles);
    return NULL;
}

void mbtiles_close(struct mbtiles *mbtiles)
{
    if (!mbtiles) {
        return;
    }
    sqlite3_finalize(mbtiles->find_tile);
    sqlite3_finalize(mbtiles->put_tile);
    sqlite3_close(mbtiles->database);
    free(mbtiles->path);
    free(mbtiles);
}

char *mbtiles_read_metadata(struct mbtiles *mbtiles, const char *name, struct fault *fault)
{
    static const char sql[] = "SELECT value FROM metadata WHERE name = ?";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(mbtiles->database, sql, sizeof(sql), &statement, NULL) != SQLITE_OK) {
        set_fault(mbtiles, fault);
        return NULL;
    }
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    int step = sqlite3_step(statement);
    const char *value = step == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    char *copy = memory_copy_text(value ? value : "");
    sqlite3_finalize(statement);
    return copy;
}

bool mbtiles_write_metadata(struct mbtiles *mbtiles, const char *name, const char *value, struct fault *fault)
{
    static const char sql[] = "INSERT INTO metadata (name, value) VALUES (?, ?)";
    static const char remove_sql[] = "DELETE FROM metadata WHERE name = ?";
    const char *const steps[] = {remove_sql, sql};
    bool is_good = begin(mbtiles, fault);
    for (int i = 0; is_good && i < 2; i++) {
        sqlite3_stmt *statement = NULL;
        is_good = sqlite3_prepare_v2(mbtiles->database, steps[i], -1, &statement, NULL) == SQLITE_OK &&
                  sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
                  (i == 0 || sqlite3_bind_text(statement, 2, value, -1, SQLITE_STATIC) == SQLITE_OK) &&
                  sqlite3_step(statement) == SQLITE_DONE;
        is_good = is_good || set_fault(mbtiles, fault);
        sqlite3_finalize(statement);
    }
    return is_good;
}

static void bind_address(sqlite3_stmt *statement, struct mbtiles_address address)
{
    sqlite3_bind_int64(statement, 1, address.zoom);
    sqlite3_bind_int64(statement, 2, address.column);
    sqlite3_bind_int64(statement, 3, address.row);
}

bool mbtiles_has_tile(struct mbtiles *mbtiles, struct mbtiles_address address, bool *has, struct fault *fault)
{
    bind_address(mbtiles->find_tile, address);
    int step = sqlite3_step(mbtiles->find_tile);
    *has = step == SQLITE_ROW;
    bool is_good = *has || step == SQLITE_DONE || set_fault(mbtiles, fault);
    sqlite3_reset(mbtiles->find_tile);
    return is_good;
}

char *mbtiles_read_tile(struct mbtiles *mbtiles, struct mbtiles_address address, size_t *length,
                        struct fault *fault)
{
    bind_address(mbtiles->find_tile, address);
    int step = sqlite3_step(mbtiles->find_tile);
    char *bytes = NULL;
    if (step == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(mbtiles->find_tile, 0);
        *length = (size_t)sqlite3_column_bytes(mbtiles->find_tile, 0);
        bytes = memory_copy_bytes(blob ? blob : "", *length);
    } else if (step == SQLITE_DONE) {
        fault_set(fault, FAULT_NOT_FOUND, "MBTiles file '%s' has no such tile", mbtiles->path);
    } else {
        set_fault(mbtiles, fault);
    }
    sqlite3_reset(mbtiles->find_tile);
    return bytes;
}

bool mbtiles_write_tile(struct mbtiles *mbtiles, struct mbtiles_address address, const void *bytes,
                        size_t length, struct fault *fault)
{
    if (!begin(mbtiles, fault)) {
        return false;
    }
    bind_address(mbtiles->put_tile, address);
    sqlite3_bind_blob64(mbtiles->put_tile, 4, bytes, length, SQLITE_STATIC);
    bool is_good = sqlite3_step(mbtiles->put_tile) == SQLITE_DONE || set_fault(mbtiles, fault);
    sqlite3_reset(mbtiles->put_tile);
    sqlite3_clear_bindings(mbtiles->put_tile);
    return is_good;
}

bool mbtiles_remove_tiles(struct mbtiles *mbtiles, struct fault *fault)
{
    return begin(mbtiles, fault) && run(mbtiles, "DELETE FROM tiles", fault);
}
