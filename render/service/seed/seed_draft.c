/*
 * seed_draft.c - MBTiles in its form for equal tiles (map, images, and a view of both), and a table of marks.
 * The lock is flock()'s on a descriptor of our own, that is closed after SQLite's: closing any descriptor of
 * a file lets go of the locks that SQLite holds.
 */
#include "render/service/seed/seed_draft.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/service/seed/mbtiles.h"
#include "render/service/tile/sqlite_file.h"

#define SUFFIX ".seed"
#define REPLACES_ALL "plottafel_replaces_all"

enum statement { FIND_IMAGE, ADD_IMAGE, READ_IMAGE, PUT_TILE, DROP_TILE, MARK_STALE, STATEMENT_COUNT };

struct seed_draft {
    struct sqlite_file file;
    const struct tile_matrix_set *set;
    struct sqlite3_stmt *statements[STATEMENT_COUNT];
    bool replaces_all;
    uint64_t added_bytes;
    int lock; /* descriptor */
};

/* KiB for what is drawn between two commits: what has no room is written and synced meanwhile, thrice. */
static const char room_sql[] = "PRAGMA cache_size = -65536";

static const char marks_sql[] = "CREATE TABLE IF NOT EXISTS stale (zoom_level integer NOT NULL, tile_column "
                                "integer NOT NULL, tile_row integer NOT NULL, "
                                "PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID";

static const char *const statements_sql[STATEMENT_COUNT] = {
    [FIND_IMAGE] = "SELECT tile_id, tile_data FROM images WHERE hash = ?",
    [ADD_IMAGE] = "INSERT INTO images (hash, tile_data) VALUES (?, ?)",
    [READ_IMAGE] = "SELECT tile_data FROM images WHERE tile_id = ?",
    [PUT_TILE] =
        "INSERT OR REPLACE INTO map (zoom_level, tile_column, tile_row, tile_id) VALUES (?, ?, ?, ?)",
    [DROP_TILE] = "DELETE FROM map WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
    [MARK_STALE] = "INSERT OR IGNORE INTO stale (zoom_level, tile_column, tile_row) VALUES (?, ?, ?)",
};

char *seed_draft_path_of(const char *package_path)
{
    size_t length = strlen(package_path);
    while (length > 1 && package_path[length - 1] == '/') {
        length--;
    }
    char *path = memory_new(length + sizeof(SUFFIX), 1);
    memcpy(path, package_path, length);
    memcpy(path + length, SUFFIX, sizeof(SUFFIX));
    return path;
}

/** Another process may have taken the file away between our opening and locking it. */
static bool lock(struct seed_draft *draft, const char *path, struct fault *fault)
{
    struct stat status;
    draft->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (draft->lock < 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "'%s' cannot be made: %s", path, strerror(errno));
        return false;
    }
    bool is_ours =
        flock(draft->lock, LOCK_EX | LOCK_NB) == 0 && fstat(draft->lock, &status) == 0 && status.st_nlink > 0;
    if (!is_ours) {
        fault_set(fault, FAULT_CONFLICT, "another process is at work on '%s'", path);
    }
    return is_ours;
}

static bool prepare_tables(struct seed_draft *draft, struct fault *fault)
{
    long long count;
    if (!sqlite_file_number(&draft->file, "SELECT count(*) FROM sqlite_master", &count, fault)) {
        return false;
    }
    return (count > 0 || (sqlite_file_begin(&draft->file, fault) &&
                          sqlite_file_run(&draft->file, mbtiles_schema, fault))) &&
           sqlite_file_run(&draft->file, marks_sql, fault) && sqlite_file_commit(&draft->file, fault);
}

static bool prepare_statements(struct seed_draft *draft, struct fault *fault)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        draft->statements[i] = sqlite_file_prepare(&draft->file, statements_sql[i], fault);
        if (!draft->statements[i]) {
            return false;
        }
    }
    char *replaces = mbtiles_read_fact(&draft->file, REPLACES_ALL, fault);
    draft->replaces_all = replaces && *replaces;
    free(replaces);
    return replaces != NULL;
}

struct seed_draft *seed_draft_open(const char *path, const struct tile_matrix_set *set, struct fault *fault)
{
    struct seed_draft *draft = memory_new(1, sizeof(*draft));
    *draft = (struct seed_draft){.set = set, .lock = -1};
    if (lock(draft, path, fault) && sqlite_file_open(&draft->file, "draft", path, true, fault) &&
        sqlite_file_run(&draft->file, room_sql, fault) && prepare_tables(draft, fault) &&
        prepare_statements(draft, fault)) {
        return draft;
    }
    seed_draft_close(draft);
    return NULL;
}

/** SQLite's part of it; the lock stays. */
static void let_go(struct seed_draft *draft)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(draft->statements[i]);
        draft->statements[i] = NULL;
    }
    sqlite_file_close(&draft->file);
}

void seed_draft_close(struct seed_draft *draft)
{
    if (!draft) {
        return;
    }
    let_go(draft);
    if (draft->lock >= 0) {
        close(draft->lock);
    }
    free(draft);
}

bool seed_draft_commit(struct seed_draft *draft, struct fault *fault)
{
    return sqlite_file_commit(&draft->file, fault);
}

bool seed_draft_remove(struct seed_draft *draft, struct fault *fault)
{
    sqlite_file_give_up(&draft->file);
    if (unlink(draft->file.path) == 0 || errno == ENOENT) {
        return true;
    }
    fault_set(fault, FAULT_UNAVAILABLE, "'%s' cannot be removed: %s", draft->file.path, strerror(errno));
    return false;
}

/** What a killed process left of a package that is replaced: SQLite would take it for the new one's. */
static void remove_journal(const char *path)
{
    char journal[PATH_MAX];
    if (snprintf(journal, sizeof(journal), "%s-journal", path) < (int)sizeof(journal)) {
        unlink(journal);
    }
}

bool seed_draft_become(struct seed_draft *draft, const char *path, struct fault *fault)
{
    struct sqlite_file *file = &draft->file;
    if (!sqlite_file_begin(file, fault) || !sqlite_file_run(file, mbtiles_sweep, fault) ||
        !sqlite_file_run(file, "DROP TABLE stale", fault) || !sqlite_file_commit(file, fault)) {
        return false;
    }
    char *own_path = memory_copy_text(file->path);
    let_go(draft);
    remove_journal(path);
    bool is_there = file_replace(own_path, path, fault);
    free(own_path);
    return is_there;
}

const char *seed_draft_path(const struct seed_draft *draft)
{
    return draft->file.path;
}

char *seed_draft_read_fact(struct seed_draft *draft, const char *name, struct fault *fault)
{
    return mbtiles_read_fact(&draft->file, name, fault);
}

bool seed_draft_write_fact(struct seed_draft *draft, const char *name, const char *value, struct fault *fault)
{
    return mbtiles_write_fact(&draft->file, name, value, fault);
}

bool seed_draft_visit_facts(struct seed_draft *draft,
                            bool (*visit)(const char *name, const char *value, void *context), void *context,
                            struct fault *fault)
{
    struct sqlite3_stmt *rows =
        sqlite_file_prepare(&draft->file, "SELECT name, value FROM metadata ORDER BY name", fault);
    int step = SQLITE_ERROR;
    while (rows && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(rows, 1);
        if (!visit((const char *)sqlite3_column_text(rows, 0), value ? value : "", context)) {
            step = SQLITE_DONE;
            break;
        }
    }
    bool is_good = step == SQLITE_DONE || (rows && sqlite_file_fail(&draft->file, fault));
    sqlite3_finalize(rows);
    return is_good;
}

bool seed_draft_clear(struct seed_draft *draft, bool replaces_all, struct fault *fault)
{
    bool is_clear = sqlite_file_begin(&draft->file, fault) &&
                    sqlite_file_run(&draft->file,
                                    "DELETE FROM map; DELETE FROM images; DELETE FROM stale; "
                                    "DELETE FROM metadata",
                                    fault) &&
                    mbtiles_write_fact(&draft->file, REPLACES_ALL, replaces_all ? "1" : "", fault);
    draft->replaces_all = replaces_all;
    return is_clear;
}

bool seed_draft_replaces_all(const struct seed_draft *draft)
{
    return draft->replaces_all;
}

/** The image with these bytes; *number is 0 when there is none. */
static bool find_image(struct seed_draft *draft, const void *bytes, size_t length, uint64_t hash,
                       int64_t *number, struct fault *fault)
{
    struct sqlite3_stmt *find = draft->statements[FIND_IMAGE];
    int step;
    *number = 0;
    sqlite3_bind_int64(find, 1, (int64_t)hash);
    while ((step = sqlite3_step(find)) == SQLITE_ROW && *number == 0) {
        const void *found = sqlite3_column_blob(find, 1);
        bool is_same = (size_t)sqlite3_column_bytes(find, 1) == length && memcmp(found, bytes, length) == 0;
        *number = is_same ? sqlite3_column_int64(find, 0) : 0;
    }
    bool is_good = step == SQLITE_ROW || step == SQLITE_DONE || sqlite_file_fail(&draft->file, fault);
    sqlite3_reset(find);
    return is_good;
}

static bool add_image(struct seed_draft *draft, const void *bytes, size_t length, uint64_t hash,
                      int64_t *number, struct fault *fault)
{
    struct sqlite3_stmt *add = draft->statements[ADD_IMAGE];
    sqlite3_bind_int64(add, 1, (int64_t)hash);
    sqlite3_bind_blob64(add, 2, bytes, length, SQLITE_STATIC);
    bool is_added = sqlite_file_finish(&draft->file, add, fault);
    *number = sqlite3_last_insert_rowid(draft->file.database);
    draft->added_bytes += is_added ? length : 0;
    return is_added;
}

uint64_t seed_draft_added_bytes(const struct seed_draft *draft)
{
    return draft->added_bytes;
}

bool seed_draft_put(struct seed_draft *draft, struct tile_address address, const void *bytes, size_t length,
                    uint64_t hash, struct fault *fault)
{
    int64_t number;
    if (!sqlite_file_begin(&draft->file, fault) || !find_image(draft, bytes, length, hash, &number, fault) ||
        (number == 0 && !add_image(draft, bytes, length, hash, &number, fault))) {
        return false;
    }
    struct sqlite3_stmt *put = draft->statements[PUT_TILE];
    mbtiles_bind(put, draft->set, address);
    sqlite3_bind_int64(put, 4, number);
    return sqlite_file_finish(&draft->file, put, fault);
}

bool seed_draft_mark_stale(struct seed_draft *draft, struct tile_address address, struct fault *fault)
{
    static const enum statement steps[] = {DROP_TILE, MARK_STALE};
    bool is_good = sqlite_file_begin(&draft->file, fault);
    for (int i = 0; is_good && i < 2; i++) {
        mbtiles_bind(draft->statements[steps[i]], draft->set, address);
        is_good = sqlite_file_finish(&draft->file, draft->statements[steps[i]], fault);
    }
    return is_good;
}

bool seed_draft_visit_stale(struct seed_draft *draft, struct tile_visitor visitor, struct fault *fault)
{
    return mbtiles_visit_rows(&draft->file, "stale", draft->set, visitor, fault);
}

static bool visit_row(const struct seed_draft *draft, struct sqlite3_stmt *row,
                      bool (*visit)(struct tile_address address, struct seed_image image, void *context,
                                    struct fault *fault),
                      void *context, struct fault *fault)
{
    struct tile_address address;
    struct seed_image image = {.number = sqlite3_column_int64(row, 3),
                               .hash = (uint64_t)sqlite3_column_int64(row, 4),
                               .length = (size_t)sqlite3_column_int64(row, 5)};
    if (!mbtiles_address(row, draft->set, &address)) {
        fault_set(fault, FAULT_INPUT, "draft '%s' is damaged", draft->file.path);
        return false;
    }
    return visit(address, image, context, fault);
}

bool seed_draft_visit(struct seed_draft *draft,
                      bool (*visit)(struct tile_address address, struct seed_image image, void *context,
                                    struct fault *fault),
                      void *context, struct fault *fault)
{
    static const char sql[] =
        "SELECT zoom_level, tile_column, tile_row, map.tile_id, hash, length(tile_data) FROM map "
        "JOIN images ON images.tile_id = map.tile_id ORDER BY zoom_level, tile_column, tile_row DESC";
    struct sqlite3_stmt *rows = sqlite_file_prepare(&draft->file, sql, fault);
    bool is_good = rows != NULL;
    int step = SQLITE_ROW;
    while (is_good && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        is_good = visit_row(draft, rows, visit, context, fault);
    }
    is_good = is_good && (step == SQLITE_DONE || sqlite_file_fail(&draft->file, fault));
    sqlite3_finalize(rows);
    return is_good;
}

char *seed_draft_read_image(struct seed_draft *draft, int64_t number, size_t *length, struct fault *fault)
{
    struct sqlite3_stmt *read = draft->statements[READ_IMAGE];
    char *bytes = NULL;
    sqlite3_bind_int64(read, 1, number);
    if (sqlite3_step(read) == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(read, 0);
        *length = (size_t)sqlite3_column_bytes(read, 0);
        bytes = memory_copy_bytes(blob ? blob : "", *length);
    } else {
        sqlite_file_fail(&draft->file, fault);
    }
    sqlite3_reset(read);
    return bytes;
}
