/*
 * px_box.c - rows grow southward, northings grow northward.
 */
#include "render/px_box.h"

#include <math.h>
#include <string.h>

struct bbox px_box_to_crs(const struct pixel_grid *grid, struct bbox box_px)
{
    struct point north_west = pixel_grid_from_px(grid, (struct point){box_px.min_x, box_px.min_y});
    struct point south_east = pixel_grid_from_px(grid, (struct point){box_px.max_x, box_px.max_y});
    return (struct bbox){north_west.x, south_east.y, south_east.x, north_west.y};
}

struct point px_whole(struct point place)
{
    return (struct point){floor(place.x + 0.5), floor(place.y + 0.5)};
}

int64_t px_floor_to(int64_t px, int64_t size)
{
    int64_t part = px % size;
    return px - (part < 0 ? part + size : part);
}

struct pixel_grid px_grid_for_key(const struct pixel_grid *grid)
{
    struct pixel_grid key;
    memset(&key, 0, sizeof(key));
    memcpy(key.crs_code, grid->crs_code, strnlen(grid->crs_code, sizeof(key.crs_code) - 1));
    key.origin = grid->origin;
    key.units_per_px = grid->units_per_px;
    key.metres_per_unit = grid->metres_per_unit;
    return key;
}
