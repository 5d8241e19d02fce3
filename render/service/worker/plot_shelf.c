/*
 * plot_shelf.c - a plot's snapshots share what did not change, so keeping the last few costs little. A stale
 * check needs the one before the change; a viewer of the past asks for the same one again and again.
 */
#include "render/service/worker/plot_shelf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/table.h"

#define KEPT_MAX 8

/** The snapshots of one plot. */
struct row {
    struct plot *latest;
    struct plot *kept[KEPT_MAX]; /* others, the last used first; NULL at the end */
};

struct plot_shelf {
    char *path;
    struct store *store; /* NULL until it could be opened */
    struct stat file;    /* which file was opened */
    struct table *rows;
};

static void row_free(void *value)
{
    struct row *row = value;
    plot_unref(row->latest);
    for (size_t i = 0; i < KEPT_MAX; i++) {
        plot_unref(row->kept[i]);
    }
    free(row);
}

struct plot_shelf *plot_shelf_new(const char *store_path)
{
    struct plot_shelf *shelf = memory_new(1, sizeof(*shelf));
    shelf->path = memory_copy_text(store_path);
    shelf->rows = table_new(row_free);
    return shelf;
}

void plot_shelf_close_store(struct plot_shelf *shelf)
{
    store_close(shelf->store);
    shelf->store = NULL;
}

static void forget(struct plot_shelf *shelf)
{
    table_free(shelf->rows);
    shelf->rows = table_new(row_free);
}

void plot_shelf_free(struct plot_shelf *shelf)
{
    if (!shelf) {
        return;
    }
    store_close(shelf->store);
    table_free(shelf->rows);
    free(shelf->path);
    free(shelf);
}

/** Opens the store; again when there is another file under its name. */
static bool open_store(struct plot_shelf *shelf, struct fault *fault)
{
    struct stat file;
    bool is_there = stat(shelf->path, &file) == 0;
    bool is_same = is_there && file.st_ino == shelf->file.st_ino && file.st_dev == shelf->file.st_dev;
    if (shelf->store && is_same) {
        return true;
    }
    if (!is_there) {
        fault_set(fault, FAULT_UNAVAILABLE, "the store '%s' is not there", shelf->path);
        return false;
    }
    plot_shelf_close_store(shelf);
    if (!is_same) {
        forget(shelf);
    }
    shelf->file = file;
    shelf->store = store_open(shelf->path, STORE_READER, fault);
    return shelf->store != NULL;
}

static struct row *find_row(struct plot_shelf *shelf, const char *name)
{
    struct row *row = table_find(shelf->rows, name);
    if (!row) {
        row = memory_new(1, sizeof(*row));
        table_put(shelf->rows, name, row);
    }
    return row;
}

struct plot *plot_shelf_find(const struct plot_shelf *shelf, const char *name)
{
    const struct row *row = table_find(shelf->rows, name);
    return row && row->latest ? plot_ref(row->latest) : NULL;
}

/** Puts a snapshot first among the kept ones; takes over the reference. */
static void keep(struct row *row, struct plot *plot)
{
    plot_unref(row->kept[KEPT_MAX - 1]);
    memmove(row->kept + 1, row->kept, (KEPT_MAX - 1) * sizeof(row->kept[0]));
    row->kept[0] = plot;
}

static struct plot *find_kept(struct row *row, uint64_t revision)
{
    for (size_t i = 0; i < KEPT_MAX && row->kept[i]; i++) {
        struct plot *plot = row->kept[i];
        if (plot_revision(plot) == revision) {
            memmove(row->kept + 1, row->kept, i * sizeof(row->kept[0]));
            row->kept[0] = plot;
            return plot;
        }
    }
    return NULL;
}

/** Brings the latest snapshot up to what is in the store now. */
static bool follow(struct plot_shelf *shelf, struct row *row, const char *name, struct fault *fault)
{
    struct plot *plot = row->latest ? store_follow_plot(shelf->store, row->latest, fault)
                                    : store_read_plot(shelf->store, name, 0, fault);
    if (!plot) {
        return false;
    }
    if (row->latest && plot_revision(plot) != plot_revision(row->latest)) {
        keep(row, row->latest);
    } else {
        plot_unref(row->latest);
    }
    row->latest = plot;
    return true;
}

static struct plot *get_earlier(struct plot_shelf *shelf, struct row *row, const char *name,
                                uint64_t revision, struct fault *fault)
{
    struct plot *plot = find_kept(row, revision);
    if (!plot) {
        plot = store_read_plot(shelf->store, name, revision, fault);
        if (!plot) {
            return NULL;
        }
        keep(row, plot);
    }
    return plot_ref(plot);
}

struct plot *plot_shelf_get(struct plot_shelf *shelf, const char *name, uint64_t revision,
                            struct fault *fault)
{
    if (!open_store(shelf, fault)) {
        return NULL;
    }
    struct row *row = find_row(shelf, name);
    bool is_behind = !row->latest || revision == 0 || plot_revision(row->latest) < revision;
    if (is_behind && !follow(shelf, row, name, fault)) {
        return NULL;
    }
    if (revision == 0 || plot_revision(row->latest) == revision) {
        return plot_ref(row->latest);
    }
    return get_earlier(shelf, row, name, revision, fault);
}

struct plot *plot_shelf_get_as_known(struct plot_shelf *shelf, const char *name, int64_t recorded_ms,
                                     struct fault *fault)
{
    return open_store(shelf, fault) ? store_read_plot_as_known(shelf->store, name, recorded_ms, fault) : NULL;
}

struct plot *plot_shelf_get_first(struct plot_shelf *shelf, const char *name, struct fault *fault)
{
    struct plot *latest = plot_shelf_get(shelf, name, 0, fault);
    struct plot *first = latest ? plot_new(plot_title(latest)) : NULL;
    plot_unref(latest);
    return first;
}

int64_t plot_shelf_find_removal(struct plot_shelf *shelf, const char *name, uint64_t revision, const char *id)
{
    struct fault fault;
    int64_t recorded_ms;
    bool is_known = open_store(shelf, &fault) &&
                    store_find_removal(shelf->store, name, revision, id, &recorded_ms, &fault);
    return is_known ? recorded_ms : MOMENT_NONE;
}
