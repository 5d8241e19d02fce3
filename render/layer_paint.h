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
struct map_view;
struct renderer;

/** Is the layer drawn at the scale of the view? */
bool layer_is_drawn(const struct layer *layer, const struct map_view *view);

/** False when the layer failed; the fault says why, and what was painted before stays. */
bool layer_paint(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                 struct pixel_box box, struct canvas *canvas, struct fault *fault);

#endif
