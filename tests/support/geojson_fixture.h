/*
 * geojson_fixture.h - for tests: GeoJSON read into a list of features, and the problems that it has.
 */
#ifndef PLOTTAFEL_TESTS_SUPPORT_GEOJSON_FIXTURE_H
#define PLOTTAFEL_TESTS_SUPPORT_GEOJSON_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "data/geojson.h"
#include "geo/base/problems.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "tests/support/runner.h"

static struct symbol_library *symbols;

static struct symbol_scope scope;

static struct problems problems;

static struct feature_list list;

static inline void set_up(void)
{
    struct problems set_problems;
    problems_init(&set_problems);
    symbols = symbol_library_new(&set_problems);
    ck_assert_ptr_nonnull(symbols);
    scope = (struct symbol_scope){.library = symbols, .pin = {"nl", 1}};
    problems_finish(&set_problems);
    problems_init(&problems);
}

static inline void tear_down(void)
{
    feature_list_finish(&list);
    problems_finish(&problems);
    symbol_library_free(symbols);
}

static inline bool read_bytes(const char *json, size_t length)
{
    feature_list_finish(&list);
    problems_finish(&problems);
    problems_init(&problems);
    bool is_good =
        geojson_read("test.geojson", json, length, geojson_limits_default(), &scope, &list, &problems);
    ck_assert_int_eq(is_good, problems.error_count == 0);
    ck_assert(is_good || list.count == 0);
    return is_good;
}

static inline bool read_text(const char *json)
{
    return read_bytes(json, strlen(json));
}

/* A collection of one feature with that geometry and those properties. */
static inline bool read_feature(const char *geometry, const char *properties)
{
    char *json = NULL;
    ck_assert_int_gt(
        asprintf(&json,
                 "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"x\","
                 "\"geometry\":%s,\"properties\":%s}]}",
                 geometry, properties),
        0);
    bool is_good = read_text(json);
    free(json);
    return is_good;
}

static inline bool has_problem(enum problem_level level, const char *field, const char *words)
{
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        if (problem->level == level && strstr(problem->field, field) && strstr(problem->sentence, words)) {
            return true;
        }
    }
    problems_print(&problems, stdout);
    return false;
}

#define POINT "{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}"

#define OWNED "\"owner\":\"VR\""

#define UGS "{\"symbol\":\"nl@1/bw.ugs\"," OWNED "}"

#define LINE "{\"symbol\":\"nl@1/l.afzetting\"," OWNED "}"

#endif
