/*
 * plot_file.h - a plot read from GeoJSON of any size, for benchmarks.
 */
#ifndef TESTS_BENCH_PLOT_FILE_H
#define TESTS_BENCH_PLOT_FILE_H

#include <stdlib.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/service/config.h"

#define PLOT_FILE_MOST_BYTES (1 << 30)

static inline struct plot *plot_of_features(struct feature_list *list, const struct plot_title *title)
{
    struct change *changes = memory_new(list->count, sizeof(*changes));
    for (size_t i = 0; i < list->count; i++) {
        changes[i] = (struct change){
            .kind = CHANGE_PUT, .feature = list->items[i], .expected_revision = CHANGE_ANY_REVISION};
    }
    struct plot *empty = plot_new(title);
    struct plot *plot = plot_with_changes(empty, changes, list->count, 1, 0);
    plot_unref(empty);
    free(changes);
    return plot;
}

/** NULL with problems. One reference for the caller. */
static inline struct plot *plot_file_read(const char *path, const struct config *config,
                                          struct problems *problems)
{
    struct fault fault;
    size_t length;
    char *json = file_read(path, PLOT_FILE_MOST_BYTES, &length, &fault);
    if (!json) {
        problems_add(problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
        return NULL;
    }
    struct feature_list list;
    struct geojson_limits limits = geojson_limits_default();
    limits.most_bytes = PLOT_FILE_MOST_BYTES;
    struct plot *plot = NULL;
    struct symbol_scope scope = {.library = config->symbols, .pin = symbol_pin_default(config->symbols)};
    if (geojson_read(path, json, length, limits, &scope, &list, problems)) {
        plot = plot_of_features(&list, &config->plots[0]);
        feature_list_finish(&list);
    }
    free(json);
    return plot;
}

#endif
