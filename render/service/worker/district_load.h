/*
 * district_load.h - how much of the plots lies where: whether it can be placed while nobody asks for
 * anything.
 *
 * Nothing interrupts the placing of a district, and an order that comes meanwhile waits. So none is made
 * ahead that has more than DISTRICT_LOAD_FEATURES features or DISTRICT_LOAD_POINTS points of them, which take
 * some 20 ms, however large the plots are.
 */
#ifndef RENDER_SERVICE_DISTRICT_LOAD_H
#define RENDER_SERVICE_DISTRICT_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct map_view;
struct order_scene;
struct renderer;

#define DISTRICT_LOAD_FEATURES 12000
#define DISTRICT_LOAD_POINTS 100000

/** What of the plots lies in a box, until it is heavy. */
struct district_load {
    struct point *places; /* the middle of each feature, lon/lat degrees; owned */
    size_t feature_count;
    size_t point_count;
    bool is_heavy; /* there is more */
};

/**
 * All of the plots; when that is heavy what lies in the extent of the map, which a viewer shows first, or as
 * much around the middle of it as is not.
 */
struct district_load district_load_of_first_sight(const struct order_scene *scene);

/** Is there too much around the district that a box lies in? Where it cannot be told there is. */
bool district_load_is_heavy(struct renderer *renderer, const struct order_scene *scene,
                            const struct map_view *view, struct bbox box_px);

#endif
