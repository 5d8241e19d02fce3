/*
 * seen_features.h - the features that lie in the frame of a page, for lists and numbers of them.
 */
#ifndef RENDER_SCENE_SEEN_FEATURES_H
#define RENDER_SCENE_SEEN_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/pixel_grid.h"

struct fault;
struct feature;
struct map_view;
struct renderer;
struct symbol_entry;

struct seen_feature {
    const struct feature *feature;    /* borrowed from the view's plots */
    const struct symbol_entry *entry; /* NULL: the set lacks it */
    uint32_t plot;                    /* index among the view's plots */
    struct point place_px;            /* where its symbol or label belongs, moved into the frame */
};

/** All zero is none. */
struct seen_features {
    struct seen_feature *items; /* owned; most important first, then by plot and id */
    size_t count;
    size_t left_out; /* less important ones that are not in the list */
};

/**
 * Collects what touches the box, which lies within one district.
 * @param most  in the list; the others are counted
 */
bool seen_features_collect(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                           size_t most, struct seen_features *seen, struct fault *fault);
void seen_features_finish(struct seen_features *seen);

#endif
