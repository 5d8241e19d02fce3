/*
 * raster_window.h - a raster layer put into the pixels of a view: transformed, coloured, shaded.
 *
 * The cells are kept for windows with fixed places in a tiled grid, as in layer_window.h.
 */
#ifndef RENDER_RASTER_WINDOW_H
#define RENDER_RASTER_WINDOW_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct canvas;
struct fault;
struct layer;
struct map_view;
struct renderer;

#define RASTER_WINDOW_PX 512

/** Paints what of a raster lies in a part of a window: target is whole px. False on fault. */
bool raster_window_paint(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                         struct pixel_box window, struct bbox target, struct canvas *canvas,
                         struct fault *fault);

/** Has the raster cells in a box? They are asked for at the coarsest. False when it failed too. */
bool raster_window_has_cells(struct renderer *renderer, const struct map_view *view,
                             const struct layer *layer, struct pixel_box box, struct fault *fault);

/** For the renderer's cache. */
void raster_window_free(void *window);

#endif
