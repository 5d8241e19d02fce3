/*
 * layer_paint.h - paints a layer of the catalogue, vector or raster, over a box of a view.
 */
#ifndef RENDER_LAYER_PAINT_H
#define RENDER_LAYER_PAINT_H

#include <stdbool.h>

#include "geo/pixel_grid.h"

struct canvas;
struct fault;
struct layer;
struct layer_label;
struct layer_label_place;
struct map_view;
struct plot_room;
struct renderer;
struct report;
struct work;

/** What a layer is painted onto. All borrowed. */
struct layer_target {
    struct pixel_box box;
    struct canvas *canvas;
    const struct plot_room *room; /* that the view's plots leave to the layer's labels */
    struct report *report;        /* of its labels; NULL: nobody asks */
    struct work *work;            /* NULL: nobody asks how far it is */
};

/** Is the layer drawn at the scale of the view? */
bool layer_is_drawn(const struct layer *layer, const struct map_view *view);

/**
 * Is there something of the layer in the box, at the scale of the view? Of a raster: a cell, be it without
 * paint. False too when the layer failed.
 */
bool layer_is_in_sight(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                       struct pixel_box box);

/** False when the layer failed; the fault says why, and what was painted before stays. */
bool layer_paint(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                 const struct layer_target *target, struct fault *fault);

/**
 * Makes what the layers of a view need to be painted at a place of a tiled grid, as far as that is known
 * without reading a file: for a worker that has nothing to do.
 */
void layers_make_ready(struct renderer *renderer, const struct map_view *view, struct point place_px);

/** One of the layer's labels, alone. */
void layer_paint_label(const struct layer_label *label, const struct layer_label_place *place,
                       struct canvas *canvas);

#endif
