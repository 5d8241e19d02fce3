/*
 * sqlite_file.c - with the rollback journal and synchronous=FULL, SQLite's own care for power loss is what
 * makes the file whole after a crash.
 */
#include "render/service/tile/sqlite_file.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define BUSY_MS 5000

bool sqlite_file_fail(const struct sqlite_file *file, struct fault *fault)
{
    int code = sqlite3_errcode(file->database) & 0xff;
    bool is_input = code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR ||
                    code == SQLITE_SCHEMA || code == SQLITE_MISMATCH;
    bool is_held = code == SQLITE_BUSY;
    fault_set(fault,
              is_input  ? FAULT_INPUT
              : is_held ? FAULT_CONFLICT
                        : FAULT_UNAVAILABLE,
              "%s '%s': %s", file->kind, file->path,
              is_held ? "another process is at work on it" : sqlite3_errmsg(file->database));
    return false;
}

bool sqlite_file_is_damaged(const struct sqlite_file *file)
{
    int code = sqlite3_errcode(file->database) & 0xff;
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
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

bool sqlite_file_finish(struct sqlite_file *file, struct sqlite3_stmt *statement, struct fault *fault)
{
    bool is_done = sqlite3_step(statement) == SQLITE_DONE || sqlite_file_fail(file, fault);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return is_done;
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
