/*
 * renderer.c - makes and keeps the parts. How much is kept is decided here.
 */
#include "render/renderer.h"

#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/tile_matrix_set.h"
#include "render/scene/feature_labels.h"
#include "render/layer/layer_window.h"
#include "render/lru_cache.h"
#include "render/layer/open_layers.h"
#include "render/scene/plot_shapes.h"
#include "render/layer/raster_window.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/scene/scene_cache.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"

#define VECTOR_WINDOW_BYTES (32 << 20)
#define RASTER_WINDOW_BYTES (32 << 20)

static void keep_nothing_yet(struct renderer *renderer)
{
    renderer->symbol_cache = symbol_cache_new();
    renderer->plot_shapes = plot_shapes_new(renderer->crs_context, renderer->kept_bytes / 4);
    renderer->feature_labels = feature_labels_new(renderer->text_engine, renderer->kept_bytes / 8);
    renderer->scenes = scene_cache_new(renderer->kept_bytes / 2);
    renderer->open_layers = open_layers_new(renderer->crs_context);
    open_layers_listen(renderer->open_layers, renderer->layer_listener);
    renderer->vector_windows = lru_cache_new(VECTOR_WINDOW_BYTES, layer_window_free);
    renderer->raster_windows = lru_cache_new(RASTER_WINDOW_BYTES, raster_window_free);
}

static void forget_all(struct renderer *renderer)
{
    scene_unref(renderer->scene_in_hand);
    renderer->scene_in_hand = NULL;
    scene_cache_free(renderer->scenes);
    lru_cache_free(renderer->vector_windows);
    lru_cache_free(renderer->raster_windows);
    open_layers_free(renderer->open_layers);
    feature_labels_free(renderer->feature_labels);
    plot_shapes_free(renderer->plot_shapes);
    symbol_cache_free(renderer->symbol_cache);
}

struct renderer *renderer_new(const char *grid_folder, struct fault *fault)
{
    struct renderer *renderer = memory_new(1, sizeof(*renderer));
    renderer->kept_bytes = RENDERER_KEPT_BYTES;
    renderer->crs_context = crs_context_new(grid_folder, fault);
    renderer->text_engine = renderer->crs_context ? text_engine_new(fault) : NULL;
    renderer->tile_matrix_sets = renderer->text_engine ? tile_matrix_sets_new(fault) : NULL;
    if (!renderer->tile_matrix_sets) {
        renderer_free(renderer);
        return NULL;
    }
    keep_nothing_yet(renderer);
    return renderer;
}

void renderer_free(struct renderer *renderer)
{
    if (!renderer) {
        return;
    }
    if (renderer->symbol_cache) {
        forget_all(renderer);
    }
    tile_matrix_sets_free(renderer->tile_matrix_sets);
    text_engine_free(renderer->text_engine);
    crs_context_free(renderer->crs_context);
    free(renderer);
}

void renderer_forget(struct renderer *renderer)
{
    forget_all(renderer);
    keep_nothing_yet(renderer);
}

void renderer_set_kept_bytes(struct renderer *renderer, size_t kept_bytes)
{
    renderer->kept_bytes = kept_bytes;
    renderer_forget(renderer);
}

bool renderer_has_district_room(const struct renderer *renderer)
{
    return scene_cache_bytes(renderer->scenes) < renderer->kept_bytes / 4;
}

size_t renderer_district_count(const struct renderer *renderer)
{
    return scene_cache_count(renderer->scenes);
}

void renderer_listen(struct renderer *renderer, const struct layer_listener *listener)
{
    renderer->layer_listener = listener;
    open_layers_listen(renderer->open_layers, listener);
}

bool renderer_opens_layer(struct renderer *renderer, const struct layer *layer, struct fault *fault)
{
    return open_layers_source(renderer->open_layers, layer, fault) != NULL;
}

void renderer_leave_layer(struct renderer *renderer, const struct layer *layer, const struct fault *fault)
{
    open_layers_leave(renderer->open_layers, layer, fault);
}

struct crs_context *renderer_crs_context(struct renderer *renderer)
{
    return renderer->crs_context;
}

struct text_engine *renderer_text_engine(struct renderer *renderer)
{
    return renderer->text_engine;
}

struct symbol_cache *renderer_symbol_cache(struct renderer *renderer)
{
    return renderer->symbol_cache;
}

static bool is_in_a_set(const struct renderer *renderer, const struct pixel_grid *grid,
                        struct bbox *matrix_px)
{
    for (size_t i = 0; i < tile_matrix_sets_count(renderer->tile_matrix_sets); i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(renderer->tile_matrix_sets, i);
        for (uint32_t zoom = 0; zoom < set->matrix_count; zoom++) {
            struct pixel_grid candidate = tile_matrix_set_grid(set, zoom);
            if (pixel_grid_equals(&candidate, grid)) {
                const struct tile_matrix *matrix = &set->matrices[zoom];
                *matrix_px = (struct bbox){0, 0, (double)matrix->matrix_width * matrix->tile_size_px,
                                           (double)matrix->matrix_height * matrix->tile_size_px};
                return true;
            }
        }
    }
    return false;
}

bool renderer_is_tiled(struct renderer *renderer, const struct pixel_grid *grid)
{
    if (!pixel_grid_equals(&renderer->asked_grid, grid)) {
        renderer->asked_grid = *grid;
        renderer->is_asked_tiled = is_in_a_set(renderer, grid, &renderer->asked_matrix_px);
    }
    return renderer->is_asked_tiled;
}

struct bbox renderer_matrix_px(struct renderer *renderer, const struct pixel_grid *grid)
{
    return renderer_is_tiled(renderer, grid) ? renderer->asked_matrix_px : bbox_empty();
}
