/*
 * nothing_lost.h - changes whose outcome follows from the number of their revision alone.
 *
 * So a test of law 5 can tell what a store must hold at any revision without remembering anything.
 */
#ifndef TESTS_LAWS_NOTHING_LOST_H
#define TESTS_LAWS_NOTHING_LOST_H

#include <string.h>

#include "tests/data/make_store.h"

enum { IDS = 40 };

static inline void format_id(uint64_t revision, char id[static 16])
{
    snprintf(id, 16, "f%d", (int)(revision % IDS));
}

/** Where revision puts its feature. */
static inline double lon_of(uint64_t revision)
{
    return (double)(revision % 100000) * 1e-3;
}

/** Revision n puts f(n mod IDS) and, when it is divisible by 3, removes the one after it, if it is there. */
static inline size_t changes_of(uint64_t revision, bool has_next, struct change changes[static 2])
{
    char id[16];
    format_id(revision, id);
    changes[0] = put(make_point(id, lon_of(revision), 51), CHANGE_ANY_REVISION);
    if (revision % 3 != 0 || !has_next) {
        return 1;
    }
    format_id(revision + 1, id);
    changes[1] = removal_of(id, CHANGE_ANY_REVISION);
    return 2;
}

/** The revision whose feature stands at each place; 0 for none. */
static inline void model_at(uint64_t revision, uint64_t places[static IDS])
{
    memset(places, 0, IDS * sizeof *places);
    for (uint64_t i = 1; i <= revision; i++) {
        places[i % IDS] = i;
        if (i % 3 == 0) {
            places[(i + 1) % IDS] = 0;
        }
    }
}

/** False, with nothing kept, when the store does not take the next revision. */
static inline bool commit_next(struct store *store, uint64_t *revision, struct fault *fault)
{
    uint64_t places[IDS];
    model_at(*revision, places);
    uint64_t next = *revision + 1;
    struct change changes[2];
    size_t count = changes_of(next, places[(next + 1) % IDS] != 0, changes);
    bool is_good = store_commit(store, exercise.name, changes, count, (int64_t)next, revision, fault);
    for (size_t i = 0; i < count; i++) {
        change_finish(&changes[i]);
    }
    return is_good;
}

static inline void check_revision(struct store *store, uint64_t revision)
{
    uint64_t places[IDS];
    size_t count = 0;
    model_at(revision, places);
    struct plot *plot = read_good(store, revision);
    for (uint64_t i = 0; i < IDS; i++) {
        char id[16];
        format_id(i, id);
        const struct feature *feature = plot_find(plot, id);
        ck_assert_int_eq(feature != NULL, places[i] != 0);
        ck_assert(!feature || feature->revision == places[i]);
        ck_assert(!feature || feature->shape->points[0].x == lon_of(places[i]));
        count += places[i] != 0;
    }
    ck_assert_uint_eq(plot_count(plot), count);
    plot_unref(plot);
}

static inline uint64_t latest_of(struct store *store)
{
    struct fault fault = {0};
    uint64_t revision = 0;
    ck_assert_msg(store_latest_revision(store, exercise.name, &revision, &fault), "%s", fault.message);
    return revision;
}

#endif
