/*
 * make_store.h - stores in the folder of the test.
 */
#ifndef TESTS_DATA_MAKE_STORE_H
#define TESTS_DATA_MAKE_STORE_H

#include <check.h>
#include <stdio.h>

#include "data/plot.h"
#include "data/store.h"
#include "tests/data/make_feature.h"
#include "tests/support/runner.h"

static const struct plot_title exercise = {
    "hollands-diep", "Oefening Hollands Diep", "oefening-2026-014", true, {"nl", 1}};

/** The path of a file of the test's folder; owned by the caller. */
static inline char *path_of(const char *name)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", test_folder(), name), 0);
    return path;
}

static inline struct store *open_good(const char *path, enum store_mode mode)
{
    struct fault fault = {0};
    struct store *store = store_open(path, mode, &fault);
    ck_assert_msg(store, "%s", fault.message);
    return store;
}

/** A writer of a new store with an empty exercise. */
static inline struct store *make_store(const char *path)
{
    struct store *store = open_good(path, STORE_WRITER);
    struct fault fault;
    ck_assert_msg(store_put_plot(store, &exercise, &fault), "%s", fault.message);
    return store;
}

/** Commits and finishes changes to the exercise, and gives the revision. */
static inline uint64_t commit_good(struct store *store, struct change *changes, size_t count,
                                   int64_t recorded_ms)
{
    struct fault fault = {0};
    uint64_t revision = 0;
    bool is_good = store_commit(store, exercise.name, changes, count, recorded_ms, &revision, &fault);
    ck_assert_msg(is_good, "%s", fault.message);
    for (size_t i = 0; i < count; i++) {
        change_finish(&changes[i]);
    }
    return revision;
}

static inline uint64_t commit_point(struct store *store, const char *id, double lon, int64_t recorded_ms)
{
    struct change change = put(make_point(id, lon, 51.7), CHANGE_ANY_REVISION);
    return commit_good(store, &change, 1, recorded_ms);
}

static inline struct plot *read_good(struct store *store, uint64_t revision)
{
    struct fault fault = {0};
    struct plot *plot = store_read_plot(store, exercise.name, revision, &fault);
    ck_assert_msg(plot, "%s", fault.message);
    return plot;
}

#endif
