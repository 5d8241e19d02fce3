/*
 * make_feature.h - small features for tests.
 */
#ifndef TESTS_DATA_MAKE_FEATURE_H
#define TESTS_DATA_MAKE_FEATURE_H

#include <check.h>
#include <stdint.h>

#include "data/change.h"
#include "data/feature.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

static inline struct feature *make_feature_with_shape(const char *id, const char *symbol, struct shape *shape)
{
    struct feature *feature = feature_new();
    struct fault fault;
    feature->id = memory_copy_text(id);
    feature->owner = memory_copy_text("Brandweer");
    feature->source = memory_copy_text("meldkamer");
    feature->shape = shape;
    ck_assert_msg(symbol_code_parse(symbol, &feature->code, &fault), "%s", fault.message);
    return feature;
}

static inline struct feature *make_point(const char *id, double lon, double lat)
{
    struct shape *shape = shape_new(SHAPE_POINT);
    shape_add_part(shape, &(struct point){lon, lat}, 1, false);
    return make_feature_with_shape(id, "nl@1/bw.ugs;n=UGS Noord", shape);
}

/* The change takes over the feature. */
static inline struct change put(struct feature *feature, uint64_t expected_revision)
{
    return (struct change){.kind = CHANGE_PUT, .feature = feature, .expected_revision = expected_revision};
}

static inline struct change removal_of(const char *id, uint64_t expected_revision)
{
    return (struct change){
        .kind = CHANGE_REMOVE, .id = memory_copy_text(id), .expected_revision = expected_revision};
}

#endif
