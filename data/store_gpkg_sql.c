/*
 * store_gpkg_sql.c - the thin layer between the store and SQLite.
 */
#include "data/store_gpkg_sql.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>

#include "data/store.h"
#include "data/store_gpkg.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"

struct error_words {
    int error_code; /* primary result code */
    enum fault_code code;
    const char *words;
};

static const struct error_words error_table[] = {
    {SQLITE_FULL, FAULT_UNAVAILABLE, "the disk is full; nothing was written"},
    {SQLITE_BUSY, FAULT_UNAVAILABLE, "another program keeps it locked"},
    {SQLITE_LOCKED, FAULT_UNAVAILABLE, "it is locked"},
    {SQLITE_PROTOCOL, FAULT_UNAVAILABLE, "another program keeps it locked"},
    {SQLITE_READONLY, FAULT_UNAVAILABLE, "it cannot be written to"},
    {SQLITE_CANTOPEN, FAULT_UNAVAILABLE, "it or the files beside it cannot be opened"},
    {SQLITE_PERM, FAULT_UNAVAILABLE, "access to it is denied"},
    {SQLITE_IOERR, FAULT_UNAVAILABLE, "the disk failed; nothing was written"},
    {SQLITE_CORRUPT, FAULT_UNAVAILABLE, "it is damaged, restore it from a backup"},
    {SQLITE_NOTADB, FAULT_INPUT, "it is no GeoPackage"},
    {SQLITE_NOMEM, FAULT_MEMORY, "memory ran out"},
    {SQLITE_TOOBIG, FAULT_LIMIT, "a value is too large"},
};

void gpkg_sql_fault(const struct store *store, int error_code, struct fault *fault)
{
    const char *detail = store->database ? sqlite3_errmsg(store->database) : sqlite3_errstr(error_code);
    for (size_t i = 0; i < sizeof error_table / sizeof error_table[0]; i++) {
        if (error_table[i].error_code == (error_code & 0xff)) {
            fault_set(fault, error_table[i].code, "store '%s': %s (SQLite: %s, %d)", store->path,
                      error_table[i].words, detail, error_code);
            return;
        }
    }
    fault_set(fault, FAULT_INTERNAL, "store '%s': SQLite: %s (%d)", store->path, detail, error_code);
}

bool gpkg_sql_run(const struct store *store, const char *sql, struct fault *fault)
{
    int error_code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    if (error_code != SQLITE_OK) {
        gpkg_sql_fault(store, error_code, fault);
        return false;
    }
    return true;
}

static int bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return text ? sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT)
                : sqlite3_bind_null(statement, index);
}

static int bind_moment(sqlite3_stmt *statement, int index, int64_t moment_ms)
{
    bool is_null = moment_ms == MOMENT_NONE || moment_ms == MOMENT_FOREVER;
    return is_null ? sqlite3_bind_null(statement, index) : sqlite3_bind_int64(statement, index, moment_ms);
}

static int bind_bytes(sqlite3_stmt *statement, int index, const struct buffer *buffer)
{
    return buffer ? sqlite3_bind_blob64(statement, index, buffer->bytes, buffer->length, SQLITE_STATIC)
                  : sqlite3_bind_null(statement, index);
}

static int bind_all(sqlite3_stmt *statement, const char *values, va_list arguments)
{
    int error_code = SQLITE_OK;
    for (int i = 0; values && values[i] && error_code == SQLITE_OK; i++) {
        switch (values[i]) {
        case 'i':
            error_code = sqlite3_bind_int64(statement, i + 1, va_arg(arguments, int64_t));
            break;
        case 't':
            error_code = bind_text(statement, i + 1, va_arg(arguments, const char *));
            break;
        case 'm':
            error_code = bind_moment(statement, i + 1, va_arg(arguments, int64_t));
            break;
        case 'b':
            error_code = bind_bytes(statement, i + 1, va_arg(arguments, const struct buffer *));
            break;
        default:
            assert(!"a known kind of value");
        }
    }
    return error_code;
}

struct sqlite3_stmt *gpkg_sql_prepare(const struct store *store, struct fault *fault, const char *sql,
                                      const char *values, ...)
{
    sqlite3_stmt *statement = NULL;
    int error_code = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL);
    if (error_code == SQLITE_OK) {
        va_list arguments;
        va_start(arguments, values);
        error_code = bind_all(statement, values, arguments);
        va_end(arguments);
    }
    if (error_code != SQLITE_OK) {
        gpkg_sql_fault(store, error_code, fault);
        sqlite3_finalize(statement);
        return NULL;
    }
    return statement;
}

bool gpkg_sql_bind(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault,
                   const char *values, ...)
{
    sqlite3_reset(statement); /* repeats the error of the run before, which was reported then */
    va_list arguments;
    va_start(arguments, values);
    int error_code = bind_all(statement, values, arguments);
    va_end(arguments);
    if (error_code != SQLITE_OK) {
        gpkg_sql_fault(store, error_code, fault);
    }
    return error_code == SQLITE_OK;
}

enum gpkg_step gpkg_sql_step(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault)
{
    int error_code = sqlite3_step(statement);
    if (error_code == SQLITE_ROW) {
        return GPKG_STEP_ROW;
    }
    if (error_code == SQLITE_DONE) {
        return GPKG_STEP_DONE;
    }
    gpkg_sql_fault(store, sqlite3_extended_errcode(store->database), fault);
    return GPKG_STEP_FAULT;
}

bool gpkg_sql_execute(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault)
{
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    assert(step != GPKG_STEP_ROW);
    sqlite3_reset(statement);
    return step == GPKG_STEP_DONE;
}

void gpkg_sql_finalize(struct sqlite3_stmt *statement)
{
    sqlite3_finalize(statement);
}

const char *gpkg_sql_text(struct sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

int64_t gpkg_sql_integer_or(struct sqlite3_stmt *statement, int column, int64_t null_value)
{
    bool is_null = sqlite3_column_type(statement, column) == SQLITE_NULL;
    return is_null ? null_value : sqlite3_column_int64(statement, column);
}

bool gpkg_sql_begin(const struct store *store, struct fault *fault)
{
    return gpkg_sql_run(store, store->mode == STORE_WRITER ? "BEGIN IMMEDIATE" : "BEGIN", fault);
}

bool gpkg_sql_end(const struct store *store, bool is_good, struct fault *fault)
{
    bool is_done = is_good && gpkg_sql_run(store, "COMMIT", fault);
    bool is_open = !sqlite3_get_autocommit(store->database);
    if (is_open) {
        /* What cannot be rolled back now is rolled back when the file is opened next: the fault stands. */
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    }
    return is_done;
}
