/*
 * store_gpkg_commit.c - changes become the next revision of a plot.
 *
 * One transaction adds a row to feature_version for each change, brings the layer of the plot up to it, and
 * adds the row of the revision. Features are stamped with revision and moment only after the commit.
 */
#include <assert.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/store.h"
#include "data/store_gpkg.h"
#include "data/store_gpkg_blob.h"
#include "data/store_gpkg_row.h"
#include "data/store_gpkg_sql.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/shape.h"

enum { BLOB_MOST_BYTES = 256 << 20 };

/* One commit at work: the statements that every change runs again. */
struct commit {
    const struct store *store;
    struct gpkg_plot_row plot;
    int64_t revision;
    int64_t recorded_ms;
    struct sqlite3_stmt *find_current;
    struct sqlite3_stmt *add_version;
    struct sqlite3_stmt *drop_current;
    struct sqlite3_stmt *add_current;
    struct bbox box; /* of what was put */
};

/* Prepares SQL in which the one %w stands for the name of the plot's layer. */
static struct sqlite3_stmt *prepare_for_layer(const struct commit *commit, const char *sql,
                                              struct fault *fault)
{
    char *named = sqlite3_mprintf(sql, commit->plot.layer);
    if (!named) {
        gpkg_sql_fault(commit->store, SQLITE_NOMEM, fault);
        return NULL;
    }
    struct sqlite3_stmt *statement = gpkg_sql_prepare(commit->store, fault, named, NULL);
    sqlite3_free(named);
    return statement;
}

static bool prepare(struct commit *commit, struct fault *fault)
{
    commit->find_current =
        prepare_for_layer(commit, "SELECT fid, revision FROM \"%w\" WHERE feature_id = ?", fault);
    if (!commit->find_current) {
        return false;
    }
    commit->add_version = gpkg_sql_prepare(
        commit->store, fault,
        "INSERT INTO feature_version (plot_id, feature_id, revision, recorded_ms, is_removed, symbol, owner,"
        "  source, valid_from_ms, valid_to_ms, template, geometry) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        NULL);
    if (!commit->add_version) {
        return false;
    }
    commit->drop_current = prepare_for_layer(commit, "DELETE FROM \"%w\" WHERE fid = ?", fault);
    if (!commit->drop_current) {
        return false;
    }
    commit->add_current = prepare_for_layer(
        commit,
        "INSERT INTO \"%w\" (fid, geometry, feature_id, symbol, \"name\", \"count\", \"time\", organisation,"
        "  hazard, victims, remark, owner, source, valid_from, valid_to, revision, recorded)"
        "  VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', ?/1000.0, 'unixepoch'),"
        "  strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', ?/1000.0, 'unixepoch'), ?,"
        "  strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', ?/1000.0, 'unixepoch'))",
        fault);
    return commit->add_current != NULL;
}

static void commit_finish(struct commit *commit)
{
    gpkg_sql_finalize(commit->find_current);
    gpkg_sql_finalize(commit->add_version);
    gpkg_sql_finalize(commit->drop_current);
    gpkg_sql_finalize(commit->add_current);
    gpkg_plot_row_finish(&commit->plot);
}

/* Is the version that the change replaces the one its author saw? revision is 0 when there is none. */
static bool check_expected(const struct commit *commit, const struct change *change, int64_t revision,
                           struct fault *fault)
{
    const char *id = change_id(change);
    bool is_any = change->expected_revision == CHANGE_ANY_REVISION;
    if (is_any && change->kind == CHANGE_REMOVE && revision == 0) {
        fault_set(fault, FAULT_NOT_FOUND, "plot '%s' has no feature '%s'", commit->plot.title.name, id);
        return false;
    }
    if (is_any || change->expected_revision == (uint64_t)revision) {
        return true;
    }
    if (revision == 0) {
        fault_set(fault, FAULT_CONFLICT,
                  "feature '%s' of plot '%s' is gone; revision %" PRIu64 " was expected", id,
                  commit->plot.title.name, change->expected_revision);
    } else if (change->expected_revision == 0) {
        fault_set(fault, FAULT_CONFLICT, "feature '%s' of plot '%s' is there already, at revision %" PRId64,
                  id, commit->plot.title.name, revision);
    } else {
        fault_set(fault, FAULT_CONFLICT,
                  "feature '%s' of plot '%s' was changed in revision %" PRId64 "; revision %" PRIu64
                  " was expected",
                  id, commit->plot.title.name, revision, change->expected_revision);
    }
    return false;
}

static bool add_removal(const struct commit *commit, const char *id, struct fault *fault)
{
    return gpkg_sql_bind(commit->store, commit->add_version, fault, "itiiitttmmtb", commit->plot.id, id,
                         commit->revision, commit->recorded_ms, INT64_C(1), NULL, NULL, NULL, INT64_MIN,
                         INT64_MIN, NULL, NULL) &&
           gpkg_sql_execute(commit->store, commit->add_version, fault);
}

static bool add_version(const struct commit *commit, const struct feature *feature, const char *symbol,
                        const struct buffer *blob, struct fault *fault)
{
    char *area_template = gpkg_row_template_text(feature->area_template);
    bool is_good =
        gpkg_sql_bind(commit->store, commit->add_version, fault, "itiiitttmmtb", commit->plot.id, feature->id,
                      commit->revision, commit->recorded_ms, INT64_C(0), symbol, feature->owner,
                      feature->source, feature->valid_from_ms, feature->valid_to_ms, area_template, blob);
    free(area_template);
    return is_good && gpkg_sql_execute(commit->store, commit->add_version, fault);
}

static bool add_current(const struct commit *commit, const struct feature *feature, const char *symbol,
                        const struct buffer *blob, struct fault *fault)
{
    int64_t fid = sqlite3_last_insert_rowid(commit->store->database); /* of the version just added */
    char *const *texts = feature->code.texts;
    return gpkg_sql_bind(commit->store, commit->add_current, fault, "ibtttttttttttmmii", fid, blob,
                         feature->id, symbol, texts[SLOT_NAME], texts[SLOT_COUNT_OF], texts[SLOT_TIME],
                         texts[SLOT_ORGANISATION], texts[SLOT_HAZARD], texts[SLOT_VICTIMS],
                         texts[SLOT_REMARK], feature->owner, feature->source, feature->valid_from_ms,
                         feature->valid_to_ms, commit->revision, commit->recorded_ms) &&
           gpkg_sql_execute(commit->store, commit->add_current, fault);
}

static bool drop_current(const struct commit *commit, int64_t fid, struct fault *fault)
{
    return gpkg_sql_bind(commit->store, commit->drop_current, fault, "i", fid) &&
           gpkg_sql_execute(commit->store, commit->drop_current, fault);
}

/* The layer's trigger lets a row go only once a newer version stands, and come only with its version. */
static bool put_feature(struct commit *commit, const struct feature *feature, int64_t old_fid,
                        struct fault *fault)
{
    struct buffer blob;
    buffer_init(&blob, BLOB_MOST_BYTES);
    gpkg_blob_write(feature->shape, &blob);
    char *symbol = symbol_code_format(&feature->code, true);
    bool is_good = !blob.is_full;
    if (blob.is_full) {
        fault_set(fault, FAULT_LIMIT, "feature '%s': its geometry is too large to be kept", feature->id);
    }
    is_good = is_good && add_version(commit, feature, symbol, &blob, fault) &&
              (old_fid == 0 || drop_current(commit, old_fid, fault)) &&
              add_current(commit, feature, symbol, &blob, fault);
    commit->box = bbox_union(commit->box, feature->shape->box);
    free(symbol);
    buffer_finish(&blob);
    return is_good;
}

static bool find_current(const struct commit *commit, const char *id, int64_t *fid, int64_t *revision,
                         struct fault *fault)
{
    if (!gpkg_sql_bind(commit->store, commit->find_current, fault, "t", id)) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(commit->store, commit->find_current, fault);
    bool is_there = step == GPKG_STEP_ROW;
    *fid = is_there ? gpkg_sql_integer_or(commit->find_current, 0, 0) : 0;
    *revision = is_there ? gpkg_sql_integer_or(commit->find_current, 1, 0) : 0;
    return step != GPKG_STEP_FAULT;
}

static bool apply(struct commit *commit, const struct change *change, struct fault *fault)
{
    int64_t fid;
    int64_t revision;
    if (!find_current(commit, change_id(change), &fid, &revision, fault) ||
        !check_expected(commit, change, revision, fault)) {
        return false;
    }
    if (change->kind == CHANGE_PUT) {
        return put_feature(commit, change->feature, fid, fault);
    }
    return add_removal(commit, change->id, fault) && drop_current(commit, fid, fault);
}

static bool check_ids(const struct change *changes, size_t count, struct fault *fault)
{
    struct table *seen = table_new(NULL);
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++) {
        const char *id = change_id(&changes[i]);
        is_good = !table_find(seen, id);
        if (!is_good) {
            fault_set(fault, FAULT_INPUT, "feature '%s' is changed twice in one commit", id);
        }
        table_put(seen, id, (void *)&changes[i]);
    }
    table_free(seen);
    return is_good;
}

static bool add_revision(const struct commit *commit, size_t count, struct fault *fault)
{
    struct sqlite3_stmt *statement = gpkg_sql_prepare(
        commit->store, fault,
        "INSERT INTO revision (plot_id, revision, recorded_ms, change_count) VALUES (?, ?, ?, ?)", "iiii",
        commit->plot.id, commit->revision, commit->recorded_ms, (int64_t)count);
    bool is_good = statement && gpkg_sql_execute(commit->store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good;
}

/* The extent only grows: it says where to look, not what is there. A commit of removals binds no box:
 * null. */
static bool renew_contents(const struct commit *commit, struct fault *fault)
{
    struct sqlite3_stmt *statement = gpkg_sql_prepare(
        commit->store, fault,
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', ?1/1000.0, 'unixepoch'),"
        "  min_x = min(coalesce(min_x, ?3), coalesce(?3, min_x)),"
        "  min_y = min(coalesce(min_y, ?4), coalesce(?4, min_y)),"
        "  max_x = max(coalesce(max_x, ?5), coalesce(?5, max_x)),"
        "  max_y = max(coalesce(max_y, ?6), coalesce(?6, max_y))"
        "  WHERE table_name IN (?2, 'feature_version')",
        "it", commit->recorded_ms, commit->plot.layer);
    if (!statement) {
        return false;
    }
    const double sides[] = {commit->box.min_x, commit->box.min_y, commit->box.max_x, commit->box.max_y};
    for (int i = 0; i < 4 && !bbox_is_empty(commit->box); i++) {
        sqlite3_bind_double(statement, 3 + i, sides[i]);
    }
    bool is_good = gpkg_sql_execute(commit->store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good;
}

/* Its latest revision is the commit's until a new one is begun. */
static bool find_plot(struct commit *commit, const char *plot_name, struct fault *fault)
{
    bool is_there = gpkg_plot_row_read(commit->store, plot_name, &commit->plot, fault);
    commit->revision = commit->plot.revision;
    return is_there;
}

static bool apply_all(struct commit *commit, const char *plot_name, const struct change *changes,
                      size_t count, struct fault *fault)
{
    if (!find_plot(commit, plot_name, fault)) {
        return false;
    }
    commit->revision++;
    if (!prepare(commit, fault)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!apply(commit, &changes[i], fault)) {
            return false;
        }
    }
    return add_revision(commit, count, fault) && renew_contents(commit, fault);
}

static void stamp(const struct commit *commit, const struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].kind == CHANGE_PUT) {
            changes[i].feature->revision = (uint64_t)commit->revision;
            changes[i].feature->recorded_ms = commit->recorded_ms;
        }
    }
}

/* Ends the transaction and lets go of the commit. */
static bool end(struct commit *commit, bool is_good, const struct change *changes, size_t count,
                uint64_t *revision, struct fault *fault)
{
    /* Statements that still stand at a row would keep the transaction open. */
    commit_finish(commit);
    if (!gpkg_sql_end(commit->store, is_good, fault)) {
        return false;
    }
    stamp(commit, changes, count);
    *revision = (uint64_t)commit->revision;
    return true;
}

static bool move_pin(const struct commit *commit, const struct symbol_pin *symbols, struct fault *fault)
{
    char text[SYMBOL_PIN_BYTES];
    symbol_pin_format(symbols, text);
    struct sqlite3_stmt *statement = gpkg_sql_prepare(
        commit->store, fault, "UPDATE plot SET symbols = ? WHERE id = ?", "ti", text, commit->plot.id);
    bool is_good = statement && gpkg_sql_execute(commit->store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good;
}

bool store_commit(struct store *store, const char *plot_name, const struct change *changes, size_t count,
                  int64_t recorded_ms, uint64_t *revision, struct fault *fault)
{
    assert(store->mode == STORE_WRITER);
    if (count == 0) {
        return store_latest_revision(store, plot_name, revision, fault);
    }
    if (!check_ids(changes, count, fault) || !gpkg_sql_begin(store, fault)) {
        return false;
    }
    struct commit commit = {.store = store, .recorded_ms = recorded_ms, .box = bbox_empty()};
    bool is_good = apply_all(&commit, plot_name, changes, count, fault);
    return end(&commit, is_good, changes, count, revision, fault);
}

bool store_migrate(struct store *store, const struct store_migration *migration, uint64_t *revision,
                   struct fault *fault)
{
    assert(store->mode == STORE_WRITER);
    const struct change *changes = migration->changes;
    size_t count = migration->change_count;
    if (!check_ids(changes, count, fault) || !gpkg_sql_begin(store, fault)) {
        return false;
    }
    struct commit commit = {.store = store, .recorded_ms = migration->recorded_ms, .box = bbox_empty()};
    bool is_good = count > 0 ? apply_all(&commit, migration->plot_name, changes, count, fault)
                             : find_plot(&commit, migration->plot_name, fault);
    is_good = is_good && move_pin(&commit, &migration->symbols, fault);
    return end(&commit, is_good, changes, count, revision, fault);
}
