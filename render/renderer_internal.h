/*
 * renderer_internal.h - what a renderer is made of, for the files that draw.
 */
#ifndef RENDER_RENDERER_INTERNAL_H
#define RENDER_RENDERER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "render/renderer.h"

struct feature_labels;
struct layer_listener;
struct lru_cache;
struct open_layers;
struct plot_shapes;
struct scene;
struct scene_cache;
struct tile_matrix_sets;

struct renderer {
    size_t kept_bytes; /* of plots */
    struct crs_context *crs_context;
    struct text_engine *text_engine;
    struct symbol_cache *symbol_cache;
    struct tile_matrix_sets *tile_matrix_sets;
    struct plot_shapes *plot_shapes;
    struct feature_labels *feature_labels;
    struct scene_cache *scenes;
    struct scene *scene_in_hand; /* of the placement last lent out */
    struct open_layers *open_layers;
    const struct layer_listener *layer_listener; /* of open_layers; borrowed; NULL: nobody */
    struct lru_cache *vector_windows;            /* layer_window.h */
    struct lru_cache *raster_windows;            /* raster_window.h */
    struct pixel_grid asked_grid;                /* of the last question to renderer_is_tiled() */
    bool is_asked_tiled;                         /* its answer */
    struct bbox asked_matrix_px;                 /* of the matrix whose grid it is */
};

/** Is it the grid of a zoom of a tile matrix set the program knows? Such pictures are made of blocks. */
bool renderer_is_tiled(struct renderer *renderer, const struct pixel_grid *grid);

/** All tiles of such a zoom; empty for other grids. */
struct bbox renderer_matrix_px(struct renderer *renderer, const struct pixel_grid *grid);

#endif
