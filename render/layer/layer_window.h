/*
 * layer_window.h - what a vector layer paints in a window of a pixel grid, ready to be cut into tiles.
 *
 * Windows of a tiled grid have fixed places (LAYER_WINDOW_PX apart), so a tile always comes from the same one
 * whatever was drawn before. Lines are simplified before they are cut, run by run of their own points, so
 * neighbouring windows agree on every point they share.
 *
 * A feature is painted by the first rule that fits it, and by more where that rule lets them; the first rule
 * of a style is painted last, on top.
 */
#ifndef RENDER_LAYER_WINDOW_H
#define RENDER_LAYER_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "render/text/text.h"

struct fault;
struct layer;
struct layer_features;
struct map_view;
struct renderer;
struct shape;
struct style_rule;
struct text_along;

#define LAYER_WINDOW_PX 2048
#define LAYER_LABEL_MOST_PX 256.0 /* wider ones are left out */

struct layer_fill {
    struct shape *polygon; /* owned; px */
};

/** A point. */
struct layer_point {
    struct point place;  /* px */
    double rotation_deg; /* of its mark, clockwise */
};

/** A piece of a line or of a ring. */
struct layer_line {
    struct point *points; /* owned; px */
    size_t count;
    double start_px; /* length of the line before it */
    bool is_closed;
    struct bbox box;
};

/** Where a label may stand, px. */
struct layer_label_place {
    struct point corner; /* whole px */
    enum text_align align;
    struct bbox room; /* text box and halo, which nothing else may stand on; see layer_label_rooms() */
    struct bbox ink;  /* no paint lies outside, not even of letters that lean out of the text box */
};

#define LAYER_LABEL_PLACE_MAX 2

struct layer_label {
    char *text; /* owned */
    struct text_look look;
    double wrap_px;           /* where it is broken into lines */
    struct text_along *along; /* one reference; NULL unless the text follows a line */
    struct layer_label_place places[LAYER_LABEL_PLACE_MAX]; /* the better one first; only one along a line */
    int place_count;
};

/** What one rule paints, in the order of the file. */
struct layer_stratum {
    const struct style_rule *rule; /* borrowed from the layer's style */
    struct layer_fill *fills;
    size_t fill_count;
    struct layer_line *lines;
    size_t line_count;
    struct shape **wholes; /* owned; px: what is painted uncut, for its marks, ends or strokes beside it */
    size_t whole_count;
    struct layer_point *points;
    size_t point_count;
};

struct layer_window {
    struct layer_stratum *strata; /* in painting order */
    size_t stratum_count;
    struct layer_label *labels; /* none touches another, at whichever of their places */
    size_t label_count;
    double reach_px; /* of paint from its geometry, labels left out */
    size_t bytes;
    bool is_too_full; /* nothing of it is drawn, and that is said */
};

/** The features of a layer around a box: all of a small layer, or those read for the box. */
struct layer_reading {
    const struct layer_features *features; /* borrowed */
    struct layer_features *read;           /* owned; NULL: the features are kept by the renderer */
    bool is_too_full;                      /* there are more than may be read at a time: a LIMIT that lasts */
};

/**
 * Reads the features within reach of a box: of paint and labels.
 * @return false on fault; else layer_reading_finish()
 */
bool layer_reading_init(struct layer_reading *reading, struct renderer *renderer, const struct map_view *view,
                        const struct layer *layer, struct pixel_box box, struct fault *fault);
void layer_reading_finish(struct layer_reading *reading);

/** The window of a layer over a box, kept by the renderer. Borrowed until the next call. NULL on fault. */
const struct layer_window *layer_window_get(struct renderer *renderer, const struct map_view *view,
                                            const struct layer *layer, struct pixel_box box,
                                            struct fault *fault);

/** For the renderer's cache. */
void layer_window_free(void *window);

#endif
