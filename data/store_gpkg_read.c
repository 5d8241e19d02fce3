/*
 * store_gpkg_read.c - plots as they are, as they were, and as they went on.
 *
 * Each read is one transaction, so title, revision and features belong together whatever a writer does.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/feature_block.h"
#include "data/plot.h"
#include "data/store.h"
#include "data/store_gpkg.h"
#include "data/store_gpkg_row.h"
#include "data/store_gpkg_schema.h"
#include "data/store_gpkg_sql.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

struct change_list {
    struct change *items; /* owned */
    size_t count;
    size_t capacity;
    struct feature_packer *packer; /* borrowed; NULL: features stand alone, as few changes of many do */
};

static void change_list_finish(struct change_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        change_finish(&list->items[i]);
    }
    free(list->items);
}

static bool append_row(const struct store *store, struct sqlite3_stmt *row, struct change_list *list,
                       struct fault *fault)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->items = memory_resize(list->items, list->capacity, sizeof *list->items);
    }
    if (!gpkg_row_read(store, row, list->packer, &list->items[list->count], fault)) {
        return false;
    }
    list->count++;
    return true;
}

/* Takes over the statement. */
static bool read_rows(const struct store *store, struct sqlite3_stmt *statement, struct change_list *list,
                      struct fault *fault)
{
    bool is_good = statement != NULL;
    while (is_good) {
        enum gpkg_step step = gpkg_sql_step(store, statement, fault);
        if (step != GPKG_STEP_ROW) {
            is_good = step == GPKG_STEP_DONE;
            break;
        }
        is_good = append_row(store, statement, list, fault);
    }
    gpkg_sql_finalize(statement);
    return is_good;
}

#define PLOT_QUERY(symbols)                                                                                  \
    "SELECT p.id, p.title, p.activity, p.is_exercise, p.layer, r.revision, r.recorded_ms, " symbols          \
    "  FROM plot p LEFT JOIN revision r ON r.plot_id = p.id WHERE p.name = ?"                                \
    "  ORDER BY r.revision DESC LIMIT 1"

bool gpkg_plot_row_read(const struct store *store, const char *name, struct gpkg_plot_row *row,
                        struct fault *fault)
{
    *row = (struct gpkg_plot_row){.recorded_ms = MOMENT_NONE};
    static const char *const queries[] = {PLOT_QUERY(GPKG_FORMAT_1_SYMBOLS("p.id")), PLOT_QUERY("p.symbols")};
    struct sqlite3_stmt *statement = gpkg_sql_prepare(store, fault, queries[store->format >= 2], "t", name);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    if (step == GPKG_STEP_ROW) {
        row->id = gpkg_sql_integer_or(statement, 0, 0);
        row->title.name = memory_copy_text(name);
        row->title.title = memory_copy_text(gpkg_sql_text(statement, 1));
        row->title.activity = memory_copy_text(gpkg_sql_text(statement, 2));
        row->title.is_exercise = gpkg_sql_integer_or(statement, 3, 0) != 0;
        symbol_pin_parse(gpkg_sql_text(statement, 7), &row->title.symbols, NULL);
        row->layer = memory_copy_text(gpkg_sql_text(statement, 4));
        row->revision = gpkg_sql_integer_or(statement, 5, 0);
        row->recorded_ms = gpkg_sql_integer_or(statement, 6, MOMENT_NONE);
    } else if (step == GPKG_STEP_DONE) {
        fault_set(fault, FAULT_NOT_FOUND, "store '%s': there is no plot '%.100s'", store->path, name);
    }
    gpkg_sql_finalize(statement);
    return step == GPKG_STEP_ROW;
}

void gpkg_plot_row_finish(struct gpkg_plot_row *row)
{
    plot_title_finish(&row->title);
    free(row->layer);
}

static bool read_current(const struct store *store, const struct gpkg_plot_row *row, struct change_list *list,
                         struct fault *fault)
{
    char *sql = sqlite3_mprintf(
        "SELECT " GPKG_ROW_COLUMNS " FROM \"%w\" l JOIN feature_version v ON v.fid = l.fid", row->layer);
    if (!sql) {
        gpkg_sql_fault(store, SQLITE_NOMEM, fault);
        return false;
    }
    struct sqlite3_stmt *statement = gpkg_sql_prepare(store, fault, sql, NULL);
    sqlite3_free(sql);
    return read_rows(store, statement, list, fault);
}

/* The last version of each feature up to a revision, removals left out. */
static bool read_past(const struct store *store, const struct gpkg_plot_row *row, struct change_list *list,
                      struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault,
                         "SELECT " GPKG_ROW_COLUMNS " FROM (SELECT feature_id, max(revision) AS revision"
                         "  FROM feature_version WHERE plot_id = ?1 AND revision <= ?2 GROUP BY feature_id) l"
                         "  JOIN feature_version v ON v.plot_id = ?1 AND v.feature_id = l.feature_id"
                         "  AND v.revision = l.revision WHERE NOT v.is_removed",
                         "ii", row->id, row->revision);
    return read_rows(store, statement, list, fault);
}

static bool read_since(const struct store *store, const struct gpkg_plot_row *row, uint64_t revision,
                       struct change_list *list, struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault,
                         "SELECT " GPKG_ROW_COLUMNS " FROM feature_version v WHERE v.plot_id = ?"
                         "  AND v.revision > ? ORDER BY v.revision, v.fid",
                         "ii", row->id, (int64_t)revision);
    return read_rows(store, statement, list, fault);
}

typedef bool read_function(const struct store *store, const struct gpkg_plot_row *row,
                           struct change_list *list, struct fault *fault);

static struct plot *plot_from(const struct store *store, const struct gpkg_plot_row *row, read_function *read,
                              struct fault *fault)
{
    struct feature_packer packer;
    struct change_list list = {.packer = &packer};
    struct plot *plot = NULL;
    feature_packer_init(&packer);
    if (read(store, row, &list, fault)) {
        struct plot *empty = plot_new(&row->title);
        plot = plot_with_changes(empty, list.items, list.count, (uint64_t)row->revision, row->recorded_ms);
        plot_unref(empty);
    }
    change_list_finish(&list);
    feature_packer_finish(&packer);
    return plot;
}

/* When a revision was recorded. step DONE says that there is no such revision. */
static enum gpkg_step find_revision(const struct store *store, int64_t plot_id, int64_t revision,
                                    int64_t *recorded_ms, struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault, "SELECT recorded_ms FROM revision WHERE plot_id = ? AND revision = ?",
                         "ii", plot_id, revision);
    if (!statement) {
        return GPKG_STEP_FAULT;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    *recorded_ms = step == GPKG_STEP_ROW ? gpkg_sql_integer_or(statement, 0, MOMENT_NONE) : MOMENT_NONE;
    gpkg_sql_finalize(statement);
    return step;
}

static struct plot *read_at(const struct store *store, struct gpkg_plot_row *row, uint64_t revision,
                            struct fault *fault)
{
    if (revision == 0 || revision == (uint64_t)row->revision) {
        return plot_from(store, row, read_current, fault);
    }
    if (revision > (uint64_t)row->revision) {
        fault_set(fault, FAULT_NOT_FOUND, "plot '%s' has no revision %" PRIu64 "; the latest is %" PRId64,
                  row->title.name, revision, row->revision);
        return NULL;
    }
    row->revision = (int64_t)revision;
    if (find_revision(store, row->id, row->revision, &row->recorded_ms, fault) == GPKG_STEP_FAULT) {
        return NULL;
    }
    return plot_from(store, row, read_past, fault);
}

struct plot *store_read_plot(struct store *store, const char *plot_name, uint64_t revision,
                             struct fault *fault)
{
    if (!gpkg_sql_begin(store, fault)) {
        return NULL;
    }
    struct gpkg_plot_row row;
    struct plot *plot = NULL;
    if (gpkg_plot_row_read(store, plot_name, &row, fault)) {
        plot = read_at(store, &row, revision, fault);
    }
    gpkg_plot_row_finish(&row);
    gpkg_sql_end(store, true, NULL);
    return plot;
}

/* Makes row the latest revision recorded at or before the moment; revision 0 when there is none. */
static bool go_back_to(const struct store *store, struct gpkg_plot_row *row, int64_t recorded_ms,
                       struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault,
                         "SELECT revision, recorded_ms FROM revision WHERE plot_id = ? AND recorded_ms <= ?"
                         "  ORDER BY revision DESC LIMIT 1",
                         "ii", row->id, recorded_ms);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    row->revision = step == GPKG_STEP_ROW ? gpkg_sql_integer_or(statement, 0, 0) : 0;
    row->recorded_ms = step == GPKG_STEP_ROW ? gpkg_sql_integer_or(statement, 1, 0) : MOMENT_NONE;
    gpkg_sql_finalize(statement);
    return step != GPKG_STEP_FAULT;
}

struct plot *store_read_plot_as_known(struct store *store, const char *plot_name, int64_t recorded_ms,
                                      struct fault *fault)
{
    if (!gpkg_sql_begin(store, fault)) {
        return NULL;
    }
    struct gpkg_plot_row row;
    struct plot *plot = NULL;
    if (gpkg_plot_row_read(store, plot_name, &row, fault) && go_back_to(store, &row, recorded_ms, fault)) {
        plot = plot_from(store, &row, read_past, fault);
    }
    gpkg_plot_row_finish(&row);
    gpkg_sql_end(store, true, NULL);
    return plot;
}

static bool read_removal(const struct store *store, const struct gpkg_plot_row *row, uint64_t revision,
                         const char *feature_id, int64_t *recorded_ms, struct fault *fault)
{
    struct sqlite3_stmt *statement =
        gpkg_sql_prepare(store, fault,
                         "SELECT recorded_ms FROM feature_version WHERE plot_id = ? AND feature_id = ?"
                         "  AND revision <= ? AND is_removed ORDER BY revision DESC LIMIT 1",
                         "iti", row->id, feature_id, (int64_t)revision);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    *recorded_ms = step == GPKG_STEP_ROW ? gpkg_sql_integer_or(statement, 0, MOMENT_NONE) : MOMENT_NONE;
    gpkg_sql_finalize(statement);
    return step != GPKG_STEP_FAULT;
}

bool store_find_removal(struct store *store, const char *plot_name, uint64_t revision, const char *feature_id,
                        int64_t *recorded_ms, struct fault *fault)
{
    if (!gpkg_sql_begin(store, fault)) {
        return false;
    }
    struct gpkg_plot_row row;
    bool is_read = gpkg_plot_row_read(store, plot_name, &row, fault) &&
                   read_removal(store, &row, revision, feature_id, recorded_ms, fault);
    gpkg_plot_row_finish(&row);
    gpkg_sql_end(store, true, NULL);
    return is_read;
}

static bool title_equals(const struct plot_title *a, const struct plot_title *b)
{
    return strcmp(a->title, b->title) == 0 && strcmp(a->activity, b->activity) == 0 &&
           a->is_exercise == b->is_exercise && symbol_pin_equals(&a->symbols, &b->symbols);
}

/* Adds to a snapshot what came after it; renews its title when that changed. */
static struct plot *go_on(const struct store *store, const struct gpkg_plot_row *row,
                          const struct plot *earlier, struct fault *fault)
{
    struct change_list list = {0};
    if (!read_since(store, row, plot_revision(earlier), &list, fault)) {
        change_list_finish(&list);
        return NULL;
    }
    struct plot *plot = list.count == 0 ? plot_ref(earlier)
                                        : plot_with_changes(earlier, list.items, list.count,
                                                            (uint64_t)row->revision, row->recorded_ms);
    change_list_finish(&list);
    if (title_equals(plot_title(plot), &row->title)) {
        return plot;
    }
    struct plot *renamed = plot_with_title(plot, &row->title);
    plot_unref(plot);
    return renamed;
}

/* A store that was restored from a backup may not hold the earlier revision, or another one of its number. */
static struct plot *follow(const struct store *store, const struct gpkg_plot_row *row,
                           const struct plot *earlier, struct fault *fault)
{
    int64_t recorded_ms;
    enum gpkg_step step = find_revision(store, row->id, (int64_t)plot_revision(earlier), &recorded_ms, fault);
    if (step == GPKG_STEP_FAULT) {
        return NULL;
    }
    bool is_same_history = recorded_ms == plot_recorded_ms(earlier);
    return is_same_history ? go_on(store, row, earlier, fault) : plot_from(store, row, read_current, fault);
}

struct plot *store_follow_plot(struct store *store, const struct plot *earlier, struct fault *fault)
{
    if (!gpkg_sql_begin(store, fault)) {
        return NULL;
    }
    struct gpkg_plot_row row;
    struct plot *plot = NULL;
    if (gpkg_plot_row_read(store, plot_title(earlier)->name, &row, fault)) {
        plot = follow(store, &row, earlier, fault);
    }
    gpkg_plot_row_finish(&row);
    gpkg_sql_end(store, true, NULL);
    return plot;
}

bool store_latest_revision(struct store *store, const char *plot_name, uint64_t *revision,
                           struct fault *fault)
{
    struct gpkg_plot_row row;
    bool is_good = gpkg_plot_row_read(store, plot_name, &row, fault);
    *revision = (uint64_t)row.revision;
    gpkg_plot_row_finish(&row);
    return is_good;
}
