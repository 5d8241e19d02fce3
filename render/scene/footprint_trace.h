/*
 * footprint_trace.h - paint that is in one of two views only: a line or area, a symbol, a label.
 */
#ifndef RENDER_FOOTPRINT_TRACE_H
#define RENDER_FOOTPRINT_TRACE_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct fault;
struct layer_label;
struct layer_label_place;
struct map_view;
struct placed;
struct renderer;
struct scene_feature;
struct text_along;

enum footprint_trace_kind {
    TRACE_SHAPE,
    TRACE_SYMBOL,
    TRACE_LABEL,
    TRACE_LEADER,
    TRACE_ALONG,
    TRACE_LAYER_LABEL
};

/** All borrowed; what its kind does not need is NULL. */
struct footprint_trace {
    enum footprint_trace_kind kind;
    const struct map_view *view;         /* that it belongs to */
    const struct scene_feature *feature; /* of a shape */
    const struct placed *placed;         /* of a symbol, label or leader */
    const struct text_along *along;      /* a text along a line */
    const struct layer_label *layer_label;
    const struct layer_label_place *layer_label_place;
    struct bbox ink; /* px: no paint lies outside */
};

/**
 * Does the trace leave paint on a tile, at any pixel ratio?
 * @param is_touched  out
 * @return false on fault: it could not be painted
 */
bool footprint_trace_touches(struct renderer *renderer, const struct footprint_trace *trace,
                             struct pixel_box tile, bool *is_touched, struct fault *fault);

#endif
