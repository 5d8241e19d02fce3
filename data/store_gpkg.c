/*
 * store_gpkg.c - a store is opened, its plots are named.
 *
 * Settings that the promise of durability hangs on: WAL with synchronous=FULL in the writer, which is also
 * the only connection that ever checkpoints; readers are opened read-only with automatic checkpoints off.
 */
#include "data/store_gpkg.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/plot.h"
#include "data/record.h"
#include "data/store.h"
#include "data/store_gpkg_lock.h"
#include "data/store_gpkg_schema.h"
#include "data/store_gpkg_sql.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

enum { BUSY_TIMEOUT_MS = 5000, NAME_MOST_BYTES = 64 };

static bool configure(const struct store *store, struct fault *fault)
{
    sqlite3 *database = store->database;
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, BUSY_TIMEOUT_MS);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return gpkg_sql_run(store, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;", fault);
}

static bool open_database(struct store *store, const char *real_path, struct fault *fault)
{
    int flags =
        store->mode == STORE_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int error_code = sqlite3_open_v2(real_path, &store->database, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (error_code != SQLITE_OK) {
        gpkg_sql_fault(store, error_code, fault);
        return false;
    }
    return configure(store, fault);
}

/* A network file system, for one, cannot do WAL: then nothing is promised, so nothing is opened. */
static bool use_wal(const struct store *store, struct fault *fault)
{
    struct sqlite3_stmt *statement = gpkg_sql_prepare(store, fault, "PRAGMA journal_mode = WAL", NULL);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    bool is_wal = step == GPKG_STEP_ROW && strcmp(gpkg_sql_text(statement, 0), "wal") == 0;
    gpkg_sql_finalize(statement);
    if (step != GPKG_STEP_FAULT && !is_wal) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': its file system cannot keep a write-ahead log",
                  store->path);
    }
    return is_wal;
}

/* So that the name of a new file, too, survives a loss of power. */
static bool sync_folder(const struct store *store, struct fault *fault)
{
    char *path = memory_copy_text(store->path);
    int folder = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_good = folder >= 0 && fsync(folder) == 0;
    if (!is_good) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': cannot sync its folder: %s", store->path,
                  strerror(errno));
    }
    if (folder >= 0) {
        close(folder);
    }
    free(path);
    return is_good;
}

static bool open_writer(struct store *store, const char *real_path, struct fault *fault)
{
    bool is_empty = false;
    if (!file_make_folder_of(real_path, fault)) {
        fault_prefix(fault, "store '%s': ", store->path);
        return false;
    }
    store->lock = gpkg_lock_take(real_path, fault);
    if (store->lock < 0 || !open_database(store, real_path, fault) ||
        !gpkg_sql_run(store, "PRAGMA synchronous = FULL", fault) ||
        !gpkg_schema_is_empty(store, &is_empty, fault)) {
        return false;
    }
    /* The tables are made before there is a log: GDAL looks for the mark of GeoPackage in the file itself. */
    if (is_empty && !(gpkg_schema_create(store, fault) && sync_folder(store, fault))) {
        return false;
    }
    return gpkg_schema_check(store, fault) && use_wal(store, fault) && gpkg_schema_upgrade(store, fault);
}

static bool open_reader(struct store *store, const char *real_path, struct fault *fault)
{
    if (access(real_path, F_OK) != 0) {
        fault_set(fault, FAULT_NOT_FOUND, "store '%s': there is no such file", store->path);
        return false;
    }
    bool is_empty = false;
    if (!open_database(store, real_path, fault) ||
        !gpkg_sql_run(store, "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON;", fault) ||
        !gpkg_schema_is_empty(store, &is_empty, fault)) {
        return false;
    }
    if (is_empty) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': it is still empty", store->path);
        return false;
    }
    return gpkg_schema_check(store, fault);
}

struct store *store_open(const char *path, enum store_mode mode, struct fault *fault)
{
    struct store *store = memory_new(1, sizeof *store);
    store->path = memory_copy_text(path);
    store->mode = mode;
    store->lock = -1;
    /* Two names of one file, by a link, must meet at one lock. A file that is not there yet has one name. */
    char *real_path = realpath(path, NULL);
    const char *name = real_path ? real_path : path;
    bool is_good = mode == STORE_WRITER ? open_writer(store, name, fault) : open_reader(store, name, fault);
    free(real_path);
    if (!is_good) {
        store_close(store);
        return NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    if (!store) {
        return;
    }
    sqlite3_close(store->database); /* checkpoints when a writer is the last to leave */
    gpkg_lock_release(store->lock);
    free(store->path);
    free(store);
}

/* "plot_" and the name, with "_" for "-": names have no "_", so no two plots share a layer. */
static void name_layer(const char *name, char layer[static NAME_MOST_BYTES + 8])
{
    snprintf(layer, NAME_MOST_BYTES + 8, "plot_%s", name);
    for (char *dash = layer; (dash = strchr(dash, '-'));) {
        *dash = '_';
    }
}

static bool add_plot(const struct store *store, const struct plot_title *title, struct fault *fault)
{
    char layer[NAME_MOST_BYTES + 8];
    char symbols[SYMBOL_PIN_BYTES];
    name_layer(title->name, layer);
    symbol_pin_format(&title->symbols, symbols);
    struct sqlite3_stmt *statement = gpkg_sql_prepare(
        store, fault,
        "INSERT INTO plot (name, title, activity, is_exercise, layer, symbols) VALUES (?, ?, ?, ?, ?, ?)",
        "tttitt", title->name, title->title ? title->title : "", title->activity ? title->activity : "",
        (int64_t)title->is_exercise, layer, symbols);
    bool is_good = statement && gpkg_sql_execute(store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good && gpkg_schema_add_layer(store, sqlite3_last_insert_rowid(store->database), layer,
                                            title->title ? title->title : "", fault);
}

static bool renew_title(const struct store *store, const struct plot_title *title, struct fault *fault)
{
    char symbols[SYMBOL_PIN_BYTES];
    symbol_pin_format(&title->symbols, symbols);
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault,
                         "UPDATE plot SET title = ?, activity = ?, is_exercise = ?,"
                         "  symbols = CASE symbols WHEN '' THEN ? ELSE symbols END WHERE name = ?",
                         "ttitt", title->title ? title->title : "", title->activity ? title->activity : "",
                         (int64_t)title->is_exercise, symbols, title->name);
    bool is_good = statement && gpkg_sql_execute(store, statement, fault);
    gpkg_sql_finalize(statement);
    if (!is_good) {
        return false;
    }
    statement = gpkg_sql_prepare(store, fault,
                                 "UPDATE gpkg_contents SET description = ?1"
                                 "  WHERE table_name = (SELECT layer FROM plot WHERE name = ?2)",
                                 "tt", title->title ? title->title : "", title->name);
    is_good = statement && gpkg_sql_execute(store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good;
}

static bool add_or_renew(const struct store *store, const struct plot_title *title, struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault, "SELECT 1 FROM plot WHERE name = ?", "t", title->name);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    gpkg_sql_finalize(statement);
    if (step == GPKG_STEP_FAULT) {
        return false;
    }
    return step == GPKG_STEP_ROW ? renew_title(store, title, fault) : add_plot(store, title, fault);
}

bool store_put_plot(struct store *store, const struct plot_title *title, struct fault *fault)
{
    assert(store->mode == STORE_WRITER);
    if (!record_is_id(title->name)) {
        fault_set(fault, FAULT_INPUT, "plot '%.100s': a name has 1 to 64 of a-z, 0-9 and '-'", title->name);
        return false;
    }
    if (!gpkg_sql_begin(store, fault)) {
        return false;
    }
    return gpkg_sql_end(store, add_or_renew(store, title, fault), fault);
}

static bool check_with(const struct store *store, const char *sql, const char *good, struct fault *fault)
{
    struct sqlite3_stmt *statement = gpkg_sql_prepare(store, fault, sql, NULL);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    const char *answer = step == GPKG_STEP_ROW ? gpkg_sql_text(statement, 0) : "";
    bool is_good = step != GPKG_STEP_FAULT && strcmp(answer, good) == 0;
    if (step != GPKG_STEP_FAULT && !is_good) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': it is damaged, restore it from a backup: %.200s",
                  store->path, answer);
    }
    gpkg_sql_finalize(statement);
    return is_good;
}

bool store_check(struct store *store, struct fault *fault)
{
    return check_with(store, "PRAGMA integrity_check(1)", "ok", fault) &&
           check_with(store, "PRAGMA foreign_key_check", "", fault);
}
