/*
 * vector_tile_internal.h - what the files about vector tiles share.
 */
#ifndef RENDER_VECTOR_TILE_INTERNAL_H
#define RENDER_VECTOR_TILE_INTERNAL_H

#include "geo/tile_matrix_set.h"
#include "render/map_view.h"
#include "render/vector/mvt_geometry.h"

struct buffer;
struct fault;
struct feature;
struct layer;
struct mvt_layer;
struct renderer;
struct vector_chosen;

/** One tile that is being made. */
struct vector_tile {
    struct renderer *renderer;
    struct map_view view; /* in the pixel space of the tile */
    struct mvt_frame frame;
};

struct vector_tile vector_tile_at(struct renderer *renderer, const struct map_view *view,
                                  const struct tile_matrix_set *set, struct tile_address address);

/** The layers of one plot: areas, lines, points. */
#define VECTOR_PLOT_LAYERS 3
struct vector_plot {
    struct mvt_layer *layers[VECTOR_PLOT_LAYERS];
};

struct vector_plot vector_plot_new(const char *plot_name);
void vector_plot_free(struct vector_plot *plot);

/** Adds one feature, as far as it lies in the tile. *has_image: false when it has no place in the CRS. */
bool vector_plot_add(const struct vector_tile *tile, struct vector_plot *plot,
                     const struct vector_chosen *chosen, bool *has_image, struct fault *fault);
void vector_plot_write(const struct vector_plot *plot, struct buffer *bytes);

/** Adds what a layer of the map has in the tile. False on fault, LIMIT among them: it could not be read. */
bool vector_layer_add(const struct vector_tile *tile, const struct layer *layer, struct mvt_layer *added,
                      struct fault *fault);

/** LIMIT when the layers hold more than a tile may. */
bool vector_tile_check(const char *what, struct mvt_layer *const *layers, size_t count, struct fault *fault);

#endif
