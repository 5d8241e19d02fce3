/*
 * district_load.c - plots are asked for boxes; they stop when there is too much, so no question costs much.
 */
#include "render/service/worker/district_load.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/map_view.h"
#include "render/renderer.h"
#include "render/scene/district.h"
#include "render/scene/lon_lat_box.h"
#include "render/service/worker/order_draw.h"

#define WINDOW_OF_EXTENT 1.5 /* a viewer fits the extent into its window, which shows more on two sides */
#define HALVINGS_MOST 8      /* of an extent; what is left of a country is some 100 m of it */

static bool add_feature(const struct feature *feature, void *context)
{
    struct district_load *load = context;
    size_t point_count = load->point_count + feature->shape->point_count;
    load->is_heavy = load->feature_count == DISTRICT_LOAD_FEATURES || point_count > DISTRICT_LOAD_POINTS;
    if (!load->is_heavy) {
        load->places[load->feature_count++] = bbox_centre(feature->shape->box);
        load->point_count = point_count;
    }
    return !load->is_heavy;
}

/** Of a box in lon/lat degrees, in the place of what was found before. */
static void ask(struct district_load *load, const struct order_scene *scene, struct bbox box_deg)
{
    *load = (struct district_load){.places = load->places};
    for (size_t i = 0; i < scene->plot_count && !load->is_heavy; i++) {
        plot_query(scene->plots[i], box_deg, scene->moment_ms, add_feature, load);
    }
}

/** So many times as wide and high, around the same middle. */
static struct bbox scaled(struct bbox box, double factor)
{
    double x = bbox_width(box) * (factor - 1) / 2;
    double y = bbox_height(box) * (factor - 1) / 2;
    return (struct bbox){box.min_x - x, box.min_y - y, box.max_x + x, box.max_y + y};
}

struct district_load district_load_of_first_sight(const struct order_scene *scene)
{
    struct district_load load = {.places = memory_resize(NULL, DISTRICT_LOAD_FEATURES, sizeof(struct point))};
    struct bbox box_deg = {-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL};
    ask(&load, scene, box_deg);
    box_deg = scaled(scene->map->extent_deg, WINDOW_OF_EXTENT);
    for (int i = 0; i <= HALVINGS_MOST && load.is_heavy; i++) {
        ask(&load, scene, box_deg);
        box_deg = scaled(box_deg, 0.5);
    }
    load.feature_count = load.is_heavy ? 0 : load.feature_count;
    return load;
}

bool district_load_is_heavy(struct renderer *renderer, const struct order_scene *scene,
                            const struct map_view *view, struct bbox box_px)
{
    struct bbox around_px = bbox_grow(district_around(renderer, view, box_px), DISTRICT_LINE_REACH_PX);
    struct bbox around_deg;
    if (!lon_lat_box_of(renderer_crs_context(renderer), &view->grid, around_px, 0, &around_deg, NULL)) {
        return true;
    }
    struct district_load load = {.places = memory_resize(NULL, DISTRICT_LOAD_FEATURES, sizeof(struct point))};
    ask(&load, scene, around_deg);
    free(load.places);
    return load.is_heavy;
}
