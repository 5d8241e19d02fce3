/*
 * order_scene.c - plots come off the shelf at the revisions that the order names, and the moment is one at
 * which something in them changed: two orders between the same changes make the same picture.
 */
#include "render/service/worker/order_scene.h"

#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "render/service/config.h"
#include "render/service/protocol/view_moment.h"
#include "render/service/worker/order.h"
#include "render/service/worker/plot_shelf.h"

/** A state of the map's plots. */
struct state {
    const uint64_t *revisions; /* as many as the order's view has */
    int64_t as_of_ms;
};

/** Reads the snapshots of the map's plots. revisions has revision_count numbers, none: the latest. */
static bool read_plots(struct plot_shelf *shelf, struct order_scene *scene, const uint64_t *revisions,
                       size_t revision_count, struct fault *fault)
{
    for (size_t i = 0; i < scene->map->item_count; i++) {
        const char *name = scene->map->items[i].plot;
        if (!name) {
            continue;
        }
        if (scene->plot_count == MAP_VIEW_PLOT_MAX) {
            fault_set(fault, FAULT_LIMIT, "map '%s' has more than %d plots", scene->map->id,
                      MAP_VIEW_PLOT_MAX);
            return false;
        }
        bool is_given = scene->plot_count < revision_count;
        uint64_t revision = is_given ? revisions[scene->plot_count] : 0;
        struct plot *plot = is_given && revision == 0 ? plot_shelf_get_first(shelf, name, fault)
                                                      : plot_shelf_get(shelf, name, revision, fault);
        if (!plot) {
            return false;
        }
        scene->plots[scene->plot_count++] = plot;
    }
    return true;
}

static bool read_state(const struct config *config, struct plot_shelf *shelf, const struct order *order,
                       struct state state, struct order_scene *scene, struct fault *fault)
{
    scene->map = maps_find(config->maps, order->view.map);
    scene->language = order->view.language;
    scene->has_second_language = order->view.has_second_language;
    scene->second_language = order->view.second_language;
    if (!scene->map) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no map '%s'", order->view.map);
        return false;
    }
    scene->palette = palette_wish_of(&order->view.palette, scene->map);
    if (!read_plots(shelf, scene, state.revisions, order->view.plot_count, fault)) {
        return false;
    }
    scene->moment_ms =
        view_moment_at((const struct plot *const *)scene->plots, scene->plot_count, state.as_of_ms);
    return true;
}

bool order_scene_read(const struct config *config, struct plot_shelf *shelf, const struct order *order,
                      struct order_scene *scene, struct fault *fault)
{
    struct state state = {order->view.revisions, order->view.as_of_ms};
    return read_state(config, shelf, order, state, scene, fault);
}

bool order_scene_read_later(const struct config *config, struct plot_shelf *shelf, const struct order *order,
                            struct order_scene *scene, struct fault *fault)
{
    struct state state = {order->stale.revisions, order->stale.as_of_ms};
    return read_state(config, shelf, order, state, scene, fault);
}

void order_scene_find_plots(struct order_scene *scene, const struct plot_shelf *shelf)
{
    for (size_t i = 0; i < scene->map->item_count && scene->plot_count < MAP_VIEW_PLOT_MAX; i++) {
        const char *name = scene->map->items[i].plot;
        struct plot *plot = name ? plot_shelf_find(shelf, name) : NULL;
        if (plot) {
            scene->plots[scene->plot_count++] = plot;
        }
    }
}

void order_scene_finish(struct order_scene *scene)
{
    for (size_t i = 0; i < scene->plot_count; i++) {
        plot_unref(scene->plots[i]);
    }
    scene->plot_count = 0;
}

struct map_view order_scene_view(const struct config *config, const struct order_scene *scene,
                                 struct pixel_grid grid)
{
    struct map_view view = map_view_of(scene->map, config->symbols, (const struct plot *const *)scene->plots,
                                       scene->plot_count, scene->moment_ms, grid);
    view.language = scene->language;
    view.has_second_language = scene->has_second_language;
    view.second_language = scene->second_language;
    view.palette = scene->palette;
    return view;
}
