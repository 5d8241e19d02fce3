/*
 * layer_features.h - features of a vector layer in the CRS of a map: all of a small layer, or those of a
 * window.
 */
#ifndef RENDER_LAYER_FEATURES_H
#define RENDER_LAYER_FEATURES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "symbology/style.h"

struct crs_context;
struct fault;
struct shape;
struct source;
struct spatial_index;

/** Points of a shape are looked at in runs of so many steps: a run beside a window need not be looked into.
 */
#define LAYER_RUN_STEPS 64

struct layer_feature {
    struct shape *shape;    /* owned; CRS of the map */
    struct bbox *run_boxes; /* owned; of the runs of all parts, in order; NULL for points */
    char **texts;           /* owned; of the style's attributes, in their order; NULL: it lacks one */
    double *numbers;        /* owned; of those that are numbers, else NaN; NULL when none is */
    struct point anchor;    /* where a label belongs; only when the style has labels */
};

struct layer_features {
    struct layer_feature *items; /* owned; in the order of the file */
    size_t count;
    size_t attribute_count;
    size_t point_count;
    struct spatial_index *index;
};

/** What is to be read. All borrowed. */
struct layer_features_wish {
    struct source *source;
    const struct style *style; /* of the layer: says which attributes matter */
    const char *crs_code;      /* of the map */
    struct bbox box;           /* what touches it, in the CRS of the source */
    size_t most_points;        /* stops and sets *is_too_large beyond it */
};

/**
 * Reads features, projects them and cuts them at the antimeridian.
 * @return owned, layer_features_free(); NULL on fault, or when it is too large (fault is then untouched)
 */
struct layer_features *layer_features_read(struct crs_context *crs_context,
                                           const struct layer_features_wish *wish, bool *is_too_large,
                                           struct fault *fault);
void layer_features_free(struct layer_features *features);

/** Number of runs of a part with count points. */
size_t layer_run_count(size_t count);

/** What the rules of the style are asked with. Borrowed from the feature. */
struct style_values layer_feature_values(const struct layer_feature *feature);

#endif
