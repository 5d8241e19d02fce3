/*
 * sqlite_file.c - with the rollback journal and synchronous=FULL, SQLite's own care for power loss is what
 * makes the file whole after a crash.
 */
#include "render/service/sqlite_file.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define BUSY_MS 5000

bool sqlite_file_fail(const struct sqlite_file *file, struct fault *fault)
{
    int code = sqlite3_errcode(file->database) & 0xff;
    bool is_input = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
    fault_set(fault, is_input ? FAULT_INPUT : FAULT_UNAVAILABLE, "%s '%s': %s", file->kind, file->path,
              sqlite3_errmsg(file->database));
    return false;
}

bool sqlite_file_open(struct sqlite_file *file, const char *kind, const char *path, bool may_make,
                      struct fault *fault)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (may_make ? SQLITE_OPEN_CREATE : 0);
    *file = (struct sqlite_file){.path = memory_copy_text(path), .kind = kind};
    if (sqlite3_open_v2(path, &file->database, flags, NULL) != SQLITE_OK) {
        return sqlite_file_fail(file, fault);
    }
    sqlite3_busy_timeout(file->database, BUSY_MS);
    return true;
}

void sqlite_file_close(struct sqlite_file *file)
{
    sqlite3_close(file->database);
    free(file->path);
    *file = (struct sqlite_file){0};
}

bool sqlite_file_run(struct sqlite_file *file, const char *sql, struct fault *fault)
{
    return sqlite3_exec(file->database, sql, NULL, NULL, NULL) == SQLITE_OK || sqlite_file_fail(file, fault);
}

struct sqlite3_stmt *sqlite_file_prepare(struct sqlite_file *file, const char *sql, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(file->database, sql, -1, &statement, NULL) != SQLITE_OK) {
        sqlite_file_fail(file, fault);
    }
    return statement;
}

bool sqlite_file_number(struct sqlite_file *file, const char *sql, long long *number, struct fault *fault)
{
    sqlite3_stmt *statement = sqlite_file_prepare(file, sql, fault);
    bool is_read = statement && sqlite3_step(statement) == SQLITE_ROW;
    *number = is_read ? sqlite3_column_int64(statement, 0) : 0;
    bool is_good = is_read || sqlite_file_fail(file, fault);
    sqlite3_finalize(statement);
    return is_good;
}

bool sqlite_file_begin(struct sqlite_file *file, struct fault *fault)
{
    file->is_writing = file->is_writing || sqlite_file_run(file, "BEGIN IMMEDIATE", fault);
    return file->is_writing;
}

bool sqlite_file_commit(struct sqlite_file *file, struct fault *fault)
{
    file->is_writing = file->is_writing && !sqlite_file_run(file, "COMMIT", fault);
    return !file->is_writing;
}

void sqlite_file_give_up(struct sqlite_file *file)
{
    if (file->is_writing) {
        sqlite3_exec(file->database, "ROLLBACK", NULL, NULL, NULL);
    }
    file->is_writing = false;
}

char *sqlite_file_read_fact(struct sqlite_file *file, const char *name, struct fault *fault)
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

bool sqlite_file_write_fact(struct sqlite_file *file, const char *name, const char *value,
                            struct fault *fault)
{
    return sqlite_file_begin(file, fault) &&
           run_with(file, "DELETE FROM metadata WHERE name = ?", name, NULL, fault) &&
           run_with(file, "INSERT INTO metadata (name, value) VALUES (?, ?)", name, value, fault);
}

void sqlite_file_bind(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
                      struct tile_address address)
{
    sqlite3_bind_int64(statement, 1, address.zoom);
    sqlite3_bind_int64(statement, 2, address.column);
    sqlite3_bind_int64(statement, 3, (int64_t)set->matrices[address.zoom].matrix_height - 1 - address.row);
}

bool sqlite_file_address(struct sqlite3_stmt *statement, const struct tile_matrix_set *set,
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
