/*
 * layer_candidates.h - the labels that the features of a layer ask for around a window, before any of them
 * gives way to another.
 */
#ifndef RENDER_LAYER_CANDIDATES_H
#define RENDER_LAYER_CANDIDATES_H

#include <stddef.h>

#include "geo/bbox.h"
#include "render/layer/layer_window.h"

struct layer;
struct layer_features;
struct map_view;
struct style_rule;
struct text_engine;

struct layer_candidate {
    const struct style_rule *rule; /* borrowed from the layer's style */
    double extent_px;              /* larger things are more important */
    struct layer_label label;      /* owned; with at least one place */
    struct point anchor;           /* px; of a point: where it is */
};

/** All zero to begin with; items and what is in them are the caller's. */
struct layer_candidates {
    struct layer_candidate *items;
    size_t count;
    size_t capacity;
};

/** What is asked for. All borrowed. */
struct layer_candidates_wish {
    const struct map_view *view;
    const struct layer *layer;
    const struct layer_features *features;
    struct bbox reach; /* px: labels anchored outside are left out */
};

/** How far around the reach of a wish the features must be known: labels stand clear of other points. */
double layer_candidates_reach_px(const struct layer *layer);

/** In no order that means anything. */
void layer_candidates_make(struct text_engine *engine, const struct layer_candidates_wish *wish,
                           struct layer_candidates *candidates);

#endif
