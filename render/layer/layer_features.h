/*
 * layer_features.h - features of a vector layer in the CRS of a map: all of a small layer, or those of a
 * window.
 *
 * Reading is quick, projecting is not: a feature is projected when it is first asked for, so the first tile
 * after a start waits only for what it shows. Belongs to one thread.
 */
#ifndef RENDER_LAYER_FEATURES_H
#define RENDER_LAYER_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "symbology/style.h"

struct crs_context;
struct fault;
struct shape;
struct source;
struct layer_places; /* render/layer/layer_places.h: which of them are in a box */

/** Points of a shape are looked at in runs of so many steps: a run beside a window need not be looked into.
 */
#define LAYER_RUN_STEPS 64

/** What layer_features_query() has not visited yet has the shape of its source, and neither runs nor anchor.
 */
struct layer_feature {
    struct shape *shape;    /* owned; CRS of the map; without parts: it has no image there */
    struct bbox *run_boxes; /* owned; of the runs of all parts, in order; NULL for points */
    char **texts;           /* owned; of the style's attributes, in their order; NULL: it lacks one */
    double *numbers;        /* owned; of those that are numbers, else NaN; NULL when none is */
    struct point anchor;    /* where a label belongs; only when the style has labels */
    bool is_projected;
};

struct layer_features {
    struct layer_feature *items; /* owned; in the order of the file */
    size_t count;
    size_t attribute_count;
    size_t point_count;          /* as read */
    bool has_labels;             /* in its style */
    struct layer_places *places; /* owned: where they are */
};

/** What is to be read. All borrowed. */
struct layer_features_wish {
    struct source *source;
    const struct style *style; /* of the layer: says which attributes matter */
    const char *crs_code;      /* of the map */
    struct bbox box;           /* what touches it, in the CRS of the source */
    size_t most_points;        /* stops and sets *is_too_large beyond it; a feature counts as some more */
};

/**
 * Reads features. The context is borrowed until they are freed.
 * @return owned, layer_features_free(); NULL on fault, or when it is too large (fault is then untouched)
 */
struct layer_features *layer_features_read(struct crs_context *crs_context,
                                           const struct layer_features_wish *wish, bool *is_too_large,
                                           struct fault *fault);
void layer_features_free(struct layer_features *features);

/**
 * Calls visit with the number of each feature whose box touches a box in the CRS of the map, in the order of
 * the file. They are projected, and cut at the antimeridian.
 */
void layer_features_query(const struct layer_features *features, struct bbox box,
                          void (*visit)(uint32_t number, void *context), void *context);

/** Number of runs of a part with count points. */
size_t layer_run_count(size_t count);

/** What the rules of the style are asked with. Borrowed from the feature. */
struct style_values layer_feature_values(const struct layer_feature *feature);

#endif
