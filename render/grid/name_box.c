#include "render/grid/name_box.h"

#include <math.h>

#include "render/placement/box_grid.h"

#define NEAR_PART 0.6 /* of an edge: farther a name stands next to that of the neighbour */

bool name_box_is_free(const struct box_grid *taken, struct bbox box, double halo_px)
{
    return !taken || box_grid_is_free(taken, bbox_grow(box, halo_px));
}

static bool try_at(const struct name_box_wish *wish, const struct box_grid *taken, struct point corner,
                   struct bbox *found)
{
    *found = (struct bbox){corner.x, corner.y, corner.x + wish->size.x, corner.y + wish->size.y};
    return name_box_is_free(taken, *found, wish->halo_px);
}

/** Along a part of an edge, from one corner towards the next. */
static bool try_along(const struct name_box_wish *wish, const struct box_grid *taken, struct point from,
                      struct point to, double most, struct bbox *found)
{
    struct point way = {to.x - from.x, to.y - from.y};
    double step = way.x > 0 ? wish->size.x / 2 : wish->size.y / 2;
    long count = (long)floor(most * (way.x + way.y) / step);
    for (long i = 1; i <= count; i++) {
        double part = (double)i * step / (way.x + way.y);
        if (try_at(wish, taken, (struct point){from.x + part * way.x, from.y + part * way.y}, found)) {
            return true;
        }
    }
    return false;
}

bool name_box_find(const struct name_box_wish *wish, const struct box_grid *taken, struct bbox *found)
{
    struct point near = {wish->room.min_x, wish->room.min_y};
    struct point far = {wish->room.max_x - wish->size.x, wish->room.max_y - wish->size.y};
    if (far.x < near.x || far.y < near.y) {
        return false;
    }
    struct point north_east = {far.x, near.y};
    struct point south_west = {near.x, far.y};
    return try_at(wish, taken, near, found) || try_along(wish, taken, near, north_east, NEAR_PART, found) ||
           try_along(wish, taken, near, south_west, NEAR_PART, found) ||
           try_at(wish, taken, south_west, found) || try_at(wish, taken, north_east, found) ||
           try_at(wish, taken, far, found) || try_along(wish, taken, near, north_east, 1, found) ||
           try_along(wish, taken, south_west, far, 1, found) ||
           try_along(wish, taken, near, south_west, 1, found) ||
           try_along(wish, taken, north_east, far, 1, found);
}
