/*
 * layer_features.h - features of a vector layer in the CRS of a map: all of a small layer, or those of a
 * window.
 */
#ifndef RENDER_LAYER_FEATURES_H
#define RENDER_LAYER_FEATURES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct crs_context;
struct fault;
struct shape;
struct source;
struct spatial_index;
struct style;
struct style_rule;

/** Points of a shape are looked at in runs of so many steps: a run beside a window need not be looked into.
 */
#define LAYER_RUN_STEPS 64

struct layer_feature {
    struct shape *shape;    /* owned; CRS of the map */
    struct bbox *run_boxes; /* owned; of the runs of all parts, in order; NULL for points */
    char **values;          /* owned; of the attributes that the style uses */
    struct point anchor;    /* where a label belongs */
};

struct layer_features {
    struct layer_feature *items; /* owned; in the order of the file */
    size_t count;
    char **names; /* owned; of the attributes */
    size_t name_count;
    size_t point_count;
    struct spatial_index *index;
};

/**
 * Reads what touches the box (in the CRS of the source), projects it and cuts it at the antimeridian.
 * @param most_points  stops and sets *is_too_large beyond it
 * @return owned, layer_features_free(); NULL on fault, or when it is too large (fault is then untouched)
 */
struct layer_features *layer_features_read(struct crs_context *crs_context, struct source *source,
                                           const char *crs_code, struct bbox box, size_t most_points,
                                           bool *is_too_large, struct fault *fault);
void layer_features_free(struct layer_features *features);

/** Number of runs of a part with count points. */
size_t layer_run_count(size_t count);

/** The first rule of a style for a scale whose conditions a feature meets; NULL when none. */
const struct style_rule *layer_feature_rule(const struct layer_features *features,
                                            const struct layer_feature *feature, const struct style *style,
                                            double scale_denominator);

/** Value of an attribute; "" when the feature lacks it. */
const char *layer_feature_value(const struct layer_features *features, const struct layer_feature *feature,
                                const char *name);

#endif
