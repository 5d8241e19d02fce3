/*
 * picture.h - paints a window of a view: the one renderer behind tiles, maps, legends and briefings.
 */
#ifndef RENDER_PICTURE_H
#define RENDER_PICTURE_H

#include <stdbool.h>

#include "geo/pixel_grid.h"
#include "geo/tile_matrix_set.h"

struct canvas;
struct fault;
struct image;
struct map_view;
struct renderer;
struct report;
struct work; /* geo/base/work.h: who is told how far it is */

/** What a window is painted onto. All borrowed. */
struct picture_target {
    struct canvas *canvas; /* covers the window */
    struct report *report; /* NULL: nobody asks what the picture lacks */
    struct work *work;     /* NULL: nobody asks how far it is */
};

/**
 * Paints the window box of a view: background, layers, plots, symbols, labels.
 * The box lies within one district (district.h), as it does in a view with a frame.
 * A layer that fails is named in the report and the rest is painted. DEADLINE: the work is not wanted any
 * more.
 */
bool picture_paint(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                   const struct picture_target *target, struct fault *fault);

/**
 * A window of a view as a picture. Where the view's grid is that of a tile matrix, it is put together from
 * the same blocks as tiles: laid side by side tiles equal it, pixel for pixel. LIMIT when it has more than
 * 100 million dots.
 * @param pixel_ratio 1, 2 or 3. @return owned, image_free(); box times ratio dots
 */
struct image *picture_render(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                             int pixel_ratio, struct report *report, struct fault *fault);

/**
 * Draws one tile: the block of the view's grid at that address.
 * @param view its grid must be tile_matrix_set_grid(set, address.zoom)
 */
struct image *tile_render(struct renderer *renderer, const struct map_view *view,
                          const struct tile_matrix_set *set, struct tile_address address, int pixel_ratio,
                          struct report *report, struct fault *fault);

#endif
