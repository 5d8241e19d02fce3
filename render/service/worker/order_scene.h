/*
 * order_scene.h - the map of an order, with the plots that are drawn on it.
 */
#ifndef RENDER_SERVICE_ORDER_SCENE_H
#define RENDER_SERVICE_ORDER_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/pixel_grid.h"
#include "render/map_view.h"
#include "symbology/language.h"

struct config;
struct fault;
struct map;
struct order;
struct plot;
struct plot_shelf;

/** What an order says of map and time, found and read. */
struct order_scene {
    const struct map *map;
    struct plot *plots[MAP_VIEW_PLOT_MAX]; /* one reference each */
    size_t plot_count;
    int64_t moment_ms;
    enum language language;
    bool has_second_language; /* of the legend */
    enum language second_language;
    enum palette palette;
};

/**
 * Reads what an order with a view is about (order_has_view()). The scene begins as {0} and is finished in any
 * case.
 */
bool order_scene_read(const struct config *config, struct plot_shelf *shelf, const struct order *order,
                      struct order_scene *scene, struct fault *fault);

/** The same of a STALE order's later state. */
bool order_scene_read_later(const struct config *config, struct plot_shelf *shelf, const struct order *order,
                            struct order_scene *scene, struct fault *fault);

/** The plots of the scene's map that have been read: one that nobody has read yet leaves its place to the
 * next. */
void order_scene_find_plots(struct order_scene *scene, const struct plot_shelf *shelf);

/** Lets the plots go. */
void order_scene_finish(struct order_scene *scene);

/** Without a grid yet: that of an order comes from a tile, a window or a page. */
struct map_view order_scene_view(const struct config *config, const struct order_scene *scene,
                                 struct pixel_grid grid);

#endif
