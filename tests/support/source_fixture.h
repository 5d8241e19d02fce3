/*
 * source_fixture.h - for tests: a vector file written, opened and read by window.
 */
#ifndef PLOTTAFEL_TESTS_SUPPORT_SOURCE_FIXTURE_H
#define PLOTTAFEL_TESTS_SUPPORT_SOURCE_FIXTURE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/shape.h"
#include "tests/support/runner.h"

#define MOST_SEEN 64

/* What a window gave: the first features' kinds, sizes and attribute. */
struct seen {
    size_t count;
    size_t stop_after; /* 0: never */
    enum shape_kind kinds[MOST_SEEN];
    size_t points[MOST_SEEN];
    size_t parts[MOST_SEEN];
    char texts[MOST_SEEN][32];
    double sum; /* of all coordinates: tells windows apart */
    struct bbox box;
};

static char path[512];

static inline struct layer vector_layer(char *driver, const char *file)
{
    return (struct layer){.id = "test", .kind = LAYER_VECTOR, .driver = driver, .path = (char *)file};
}

static inline struct source *open_good(const struct layer *layer)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(layer, &fault);
    ck_assert_msg(source != NULL, "%s", fault.message);
    return source;
}

static inline bool note(const struct source_feature *feature, void *context)
{
    struct seen *seen = context;
    if (seen->count < MOST_SEEN) {
        seen->kinds[seen->count] = feature->shape->kind;
        seen->points[seen->count] = feature->shape->point_count;
        seen->parts[seen->count] = feature->shape->part_count;
        if (feature->attribute_count > 0) {
            snprintf(seen->texts[seen->count], sizeof seen->texts[0], "%s", feature->attribute_values[0]);
        }
    }
    for (size_t i = 0; i < feature->shape->point_count; i++) {
        seen->sum += feature->shape->points[i].x + feature->shape->points[i].y;
    }
    seen->box = bbox_union(seen->box, feature->shape->box);
    seen->count++;
    return seen->count != seen->stop_after;
}

static inline struct seen read_window(struct source *source, struct bbox box)
{
    struct fault fault = {FAULT_NONE, ""};
    struct seen seen = {.box = bbox_empty()};
    ck_assert_msg(source_read_vector(source, box, note, &seen, &fault), "%s", fault.message);
    return seen;
}

#endif
