/*
 * briefing_rows.c - one table says for each column its name, its kind and its field; schema, writing and
 * reading are made from it.
 */
#include "render/service/briefing/briefing_rows.h"

#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/tile/sqlite_file.h"

#define SQL_MOST_BYTES 8192
#define SALVAGE_MOST 1000000 /* rows that are tried */

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_CHOICE, COLUMN_FLAG };

struct column {
    const char *name;
    enum column_kind kind;
    size_t offset; /* in struct briefing_record */
};

#define AT(field) offsetof(struct briefing_record, field)

/* The first is the key. New ones come at the end, and have a meaning when they are empty or 0. */
static const struct column columns[] = {
    {"id", COLUMN_TEXT, AT(id)},
    {"status", COLUMN_CHOICE, AT(status)},
    {"is_of_service", COLUMN_FLAG, AT(is_of_service)},
    {"map", COLUMN_TEXT, AT(map)},
    {"template", COLUMN_TEXT, AT(template_id)},
    {"frame", COLUMN_TEXT, AT(frame)},
    {"title", COLUMN_TEXT, AT(title)},
    {"organisation", COLUMN_TEXT, AT(organisation)},
    {"schedule", COLUMN_TEXT, AT(schedule)},
    {"due_ms", COLUMN_NUMBER, AT(due_ms)},
    {"created_ms", COLUMN_NUMBER, AT(created_ms)},
    {"started_ms", COLUMN_NUMBER, AT(started_ms)},
    {"finished_ms", COLUMN_NUMBER, AT(finished_ms)},
    {"updated_ms", COLUMN_NUMBER, AT(updated_ms)},
    {"moment_ms", COLUMN_NUMBER, AT(moment_ms)},
    {"revisions", COLUMN_TEXT, AT(revisions)},
    {"fault", COLUMN_CHOICE, AT(code)},
    {"message", COLUMN_TEXT, AT(message)},
    {"order_json", COLUMN_TEXT, AT(order)},
    {"parts", COLUMN_TEXT, AT(parts)},
    {"notes", COLUMN_TEXT, AT(notes)},
    {"sha256", COLUMN_TEXT, AT(sha256)},
    {"size_bytes", COLUMN_NUMBER, AT(size_bytes)},
    {"content_type", COLUMN_TEXT, AT(content_type)},
    {"file_name", COLUMN_TEXT, AT(file_name)},
    {"is_kept", COLUMN_FLAG, AT(is_kept)},
    {"predecessor", COLUMN_TEXT, AT(predecessor)},
    {"notes_left_out", COLUMN_NUMBER, AT(notes_left_out)},
    {"notes_line", COLUMN_TEXT, AT(notes_line)},
    {"marking", COLUMN_TEXT, AT(marking)},
    {"wants_list", COLUMN_FLAG, AT(wants_list)},
    {"activity", COLUMN_TEXT, AT(activity)},
    {"checksum", COLUMN_TEXT, AT(checksum)},
    {"page_count", COLUMN_NUMBER, AT(page_count)},
    {"percent", COLUMN_NUMBER, AT(percent)},
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

/* ---- the table ---- */

static void append_column(struct buffer *sql, const struct column *column)
{
    buffer_appendf(sql, "%s %s NOT NULL DEFAULT %s", column->name,
                   column->kind == COLUMN_TEXT ? "TEXT" : "INTEGER",
                   column->kind == COLUMN_TEXT ? "''" : "0");
}

static bool make_table(struct sqlite_file *file, struct fault *fault)
{
    struct buffer sql;
    buffer_init(&sql, SQL_MOST_BYTES);
    buffer_append_text(&sql, "CREATE TABLE IF NOT EXISTS briefings (id TEXT PRIMARY KEY NOT NULL");
    for (size_t i = 1; i < COLUMN_COUNT; i++) {
        buffer_append_text(&sql, ", ");
        append_column(&sql, &columns[i]);
    }
    buffer_append_text(&sql,
                       ");"
                       "CREATE INDEX IF NOT EXISTS briefings_hash ON briefings (sha256);"
                       "CREATE INDEX IF NOT EXISTS briefings_series ON briefings (map, template, frame, id);"
                       "CREATE INDEX IF NOT EXISTS briefings_schedule ON briefings (schedule, due_ms);");
    bool is_made = sqlite_file_run(file, sql.bytes, fault);
    buffer_finish(&sql);
    return is_made;
}

static bool has_column(struct sqlite_file *file, const char *name, bool *is_there, struct fault *fault)
{
    sqlite3_stmt *statement = sqlite_file_prepare(
        file, "SELECT count(*) FROM pragma_table_info('briefings') WHERE name = ?", fault);
    if (!statement) {
        return false;
    }
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    bool is_read = sqlite3_step(statement) == SQLITE_ROW || sqlite_file_fail(file, fault);
    *is_there = is_read && sqlite3_column_int(statement, 0) > 0;
    sqlite3_finalize(statement);
    return is_read;
}

static bool add_column(struct sqlite_file *file, const struct column *column, struct fault *fault)
{
    struct buffer sql;
    buffer_init(&sql, SQL_MOST_BYTES);
    buffer_append_text(&sql, "ALTER TABLE briefings ADD COLUMN ");
    append_column(&sql, column);
    bool is_added = sqlite_file_run(file, sql.bytes, fault);
    buffer_finish(&sql);
    return is_added;
}

bool briefing_rows_prepare(struct sqlite_file *file, struct fault *fault)
{
    if (!make_table(file, fault)) {
        return false;
    }
    for (size_t i = 1; i < COLUMN_COUNT; i++) {
        bool is_there;
        if (!has_column(file, columns[i].name, &is_there, fault) ||
            (!is_there && !add_column(file, &columns[i], fault))) {
            return false;
        }
    }
    return true;
}

/* ---- a row ---- */

static void bind_column(sqlite3_stmt *statement, int place, const struct column *column,
                        const struct briefing_record *record)
{
    const char *field = (const char *)record + column->offset;
    switch (column->kind) {
    case COLUMN_TEXT:
        sqlite3_bind_text(statement, place, *(char *const *)(const void *)field, -1, SQLITE_STATIC);
        break;
    case COLUMN_NUMBER:
        sqlite3_bind_int64(statement, place, *(const int64_t *)(const void *)field);
        break;
    case COLUMN_CHOICE:
        sqlite3_bind_int(statement, place, *(const int *)(const void *)field);
        break;
    case COLUMN_FLAG:
        sqlite3_bind_int(statement, place, *(const bool *)field);
        break;
    }
}

static void read_column(sqlite3_stmt *statement, int place, const struct column *column,
                        struct briefing_record *record)
{
    char *field = (char *)record + column->offset;
    const char *text;
    switch (column->kind) {
    case COLUMN_TEXT:
        text = (const char *)sqlite3_column_text(statement, place);
        *(char **)(void *)field = memory_copy_text(text ? text : "");
        break;
    case COLUMN_NUMBER:
        *(int64_t *)(void *)field = sqlite3_column_int64(statement, place);
        break;
    case COLUMN_CHOICE:
        *(int *)(void *)field = sqlite3_column_int(statement, place);
        break;
    case COLUMN_FLAG:
        *(bool *)field = sqlite3_column_int(statement, place) != 0;
        break;
    }
}

/** A number that means nothing here was written by another version of the program. */
static void read_row(sqlite3_stmt *statement, struct briefing_record *record)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        read_column(statement, (int)i, &columns[i], record);
    }
    if ((unsigned)record->status >= BRIEFING_STATUS_COUNT) {
        record->status = BRIEFING_FAILED;
    }
    if (record->status == BRIEFING_SUCCESSFUL) {
        record->percent = 100; /* those of before did not say */
    }
    if ((unsigned)record->code > FAULT_INTERNAL) {
        record->code = FAULT_INTERNAL;
    }
}

bool briefing_rows_put(struct sqlite_file *file, const struct briefing_record *record, struct fault *fault)
{
    struct buffer sql;
    buffer_init(&sql, SQL_MOST_BYTES);
    buffer_append_text(&sql, "INSERT OR REPLACE INTO briefings (");
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        buffer_appendf(&sql, "%s%s", i ? ", " : "", columns[i].name);
    }
    buffer_append_text(&sql, ") VALUES (?");
    for (size_t i = 1; i < COLUMN_COUNT; i++) {
        buffer_append_text(&sql, ", ?");
    }
    buffer_append_text(&sql, ")");
    sqlite3_stmt *statement = sqlite_file_prepare(file, sql.bytes, fault);
    buffer_finish(&sql);
    for (size_t i = 0; statement && i < COLUMN_COUNT; i++) {
        bind_column(statement, (int)i + 1, &columns[i], record);
    }
    bool is_put = statement && sqlite_file_finish(file, statement, fault);
    sqlite3_finalize(statement);
    return is_put;
}

/* ---- rows that are asked for ---- */

static sqlite3_stmt *prepare_select(struct sqlite_file *file, const char *where, struct fault *fault)
{
    struct buffer sql;
    buffer_init(&sql, SQL_MOST_BYTES);
    buffer_append_text(&sql, "SELECT ");
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        buffer_appendf(&sql, "%s%s", i ? ", " : "", columns[i].name);
    }
    buffer_appendf(&sql, " FROM briefings WHERE %s", where);
    sqlite3_stmt *statement = sqlite_file_prepare(file, sql.bytes, fault);
    buffer_finish(&sql);
    return statement;
}

bool briefing_rows_find(struct sqlite_file *file, const char *where, const char *const found_texts[],
                        struct briefing_record *record, struct fault *fault)
{
    sqlite3_stmt *statement = prepare_select(file, where, fault);
    if (!statement) {
        return false;
    }
    for (int i = 0; found_texts[i]; i++) {
        sqlite3_bind_text(statement, i + 1, found_texts[i], -1, SQLITE_STATIC);
    }
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        read_row(statement, record);
    } else if (step == SQLITE_DONE) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no briefing '%.64s', or no longer",
                  found_texts[0] ? found_texts[0] : "");
    } else {
        sqlite_file_fail(file, fault);
    }
    sqlite3_finalize(statement);
    return step == SQLITE_ROW;
}

static bool visit_rows(struct sqlite_file *file, sqlite3_stmt *statement, struct briefing_visitor visitor,
                       struct fault *fault)
{
    bool goes_on = true;
    int step = SQLITE_DONE;
    while (goes_on && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        struct briefing_record record;
        read_row(statement, &record);
        goes_on = visitor.visit(&record, visitor.context);
        briefing_record_finish(&record);
    }
    bool is_good = !goes_on || step == SQLITE_DONE || sqlite_file_fail(file, fault);
    sqlite3_finalize(statement);
    return is_good;
}

bool briefing_rows_select(struct sqlite_file *file, const char *where, int64_t number,
                          struct briefing_visitor visitor, struct fault *fault)
{
    sqlite3_stmt *statement = prepare_select(file, where, fault);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, number);
    return visit_rows(file, statement, visitor, fault);
}

/** NULL binds as NULL, and then the column may hold anything. */
static const char list_where[] =
    "(?1 IS NULL OR map = ?1) AND (?2 IS NULL OR organisation = ?2) AND (?3 IS NULL OR schedule = ?3) "
    "AND (?4 IS NULL OR id < ?4) AND (?5 >> status) & 1 AND created_ms >= ?6 AND created_ms <= ?7 "
    "AND (?8 = 0 OR started_ms > ?10) AND (?8 = 0 OR "
    "CASE WHEN finished_ms > ?10 THEN finished_ms ELSE ?9 END - started_ms BETWEEN ?11 AND ?12) "
    "ORDER BY id DESC LIMIT ?13";

bool briefing_rows_list(struct sqlite_file *file, const struct briefing_filter *filter,
                        struct briefing_visitor visitor, struct fault *fault)
{
    sqlite3_stmt *statement = prepare_select(file, list_where, fault);
    if (!statement) {
        return false;
    }
    const char *const names[] = {filter->map, filter->organisation, filter->schedule, filter->before};
    for (int i = 0; i < 4; i++) {
        sqlite3_bind_text(statement, i + 1, names[i], -1, SQLITE_STATIC);
    }
    bool asks_duration = filter->least_duration_ms > 0 || filter->most_duration_ms < INT64_MAX;
    const int64_t numbers[] = {
        filter->statuses, filter->created_from_ms,   filter->created_until_ms, asks_duration, filter->now_ms,
        INT64_MIN,        filter->least_duration_ms, filter->most_duration_ms, filter->limit};
    for (int i = 0; i < 9; i++) {
        sqlite3_bind_int64(statement, i + 5, numbers[i]);
    }
    return visit_rows(file, statement, visitor, fault);
}

/* ---- damage ---- */

bool briefing_rows_check(struct sqlite_file *file, bool *is_damaged, struct fault *fault)
{
    sqlite3_stmt *statement = sqlite_file_prepare(file, "PRAGMA quick_check(1)", fault);
    if (!statement) {
        *is_damaged = sqlite_file_is_damaged(file);
        return false;
    }
    bool is_read = sqlite3_step(statement) == SQLITE_ROW || sqlite_file_fail(file, fault);
    const char *verdict = is_read ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    bool is_whole = verdict && strcmp(verdict, "ok") == 0;
    *is_damaged = is_read ? !is_whole : sqlite_file_is_damaged(file);
    if (is_read && !is_whole) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s '%s' is damaged: %.200s", file->kind, file->path,
                  verdict ? verdict : "");
    }
    sqlite3_finalize(statement);
    return is_whole;
}

/** Where the last row is; as many as there may be when that cannot be read. */
static int64_t last_row(struct sqlite_file *file)
{
    long long last;
    bool is_known = sqlite_file_number(file, "SELECT max(rowid) FROM briefings", &last, NULL);
    return is_known && last <= SALVAGE_MOST ? last : SALVAGE_MOST;
}

void briefing_rows_salvage(struct sqlite_file *file, struct briefing_visitor visitor)
{
    sqlite3_stmt *statement = prepare_select(file, "rowid = ?", NULL);
    int64_t last = statement ? last_row(file) : 0;
    bool goes_on = true;
    for (int64_t row = 1; row <= last && goes_on; row++) {
        sqlite3_bind_int64(statement, 1, row);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            struct briefing_record record;
            read_row(statement, &record);
            goes_on = visitor.visit(&record, visitor.context);
            briefing_record_finish(&record);
        }
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}
