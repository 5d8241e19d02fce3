/*
 * map_view.c - fills in what a map decides about its views.
 */
#include "render/map_view.h"

#include <assert.h>

#include "data/map.h"

bool map_view_shows(const struct map_view *view, struct point place_px)
{
    return bbox_is_empty(view->frame_px) || bbox_contains_point(view->frame_px, place_px);
}

struct map_view map_view_of(const struct map *map, const struct symbol_library *symbols,
                            const struct plot *const *plots, size_t plot_count, int64_t moment_ms,
                            struct pixel_grid grid)
{
    assert(plot_count <= MAP_VIEW_PLOT_MAX);
    struct map_view view = {
        .map = map,
        .symbols = symbols,
        .plot_count = plot_count,
        .moment_ms = moment_ms,
        .grid = grid,
        .frame_px = bbox_empty(),
        .language = LANGUAGE_NL,
        .palette = map->palette,
        .crowded = map->crowded,
        .symbol_scale = 1.0,
        .scale_denominator = pixel_grid_scale_denominator(&grid),
    };
    for (size_t i = 0; i < plot_count; i++) {
        view.plots[i] = plots[i];
    }
    return view;
}
