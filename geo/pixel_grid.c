#include "geo/pixel_grid.h"

#include <math.h>
#include <string.h>

#include "geo/scale.h"

/* Steps per pixel. A power of two, so that moving by whole pixels afterwards is exact. */
#define SNAP_STEPS 256.0

struct point pixel_grid_to_px(const struct pixel_grid *grid, struct point point)
{
    return (struct point){(point.x - grid->origin.x) / grid->units_per_px,
                          (grid->origin.y - point.y) / grid->units_per_px};
}

struct point pixel_grid_from_px(const struct pixel_grid *grid, struct point point_px)
{
    return (struct point){grid->origin.x + point_px.x * grid->units_per_px,
                          grid->origin.y - point_px.y * grid->units_per_px};
}

void pixel_grid_snap(const struct pixel_grid *grid, struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct point point_px = pixel_grid_to_px(grid, points[i]);
        points[i].x = rint(point_px.x * SNAP_STEPS) / SNAP_STEPS;
        points[i].y = rint(point_px.y * SNAP_STEPS) / SNAP_STEPS;
    }
}

struct bbox pixel_grid_bbox(const struct pixel_grid *grid, struct pixel_box box)
{
    struct bbox px = pixel_box_to_bbox(box);
    struct point north_west = pixel_grid_from_px(grid, (struct point){px.min_x, px.min_y});
    struct point south_east = pixel_grid_from_px(grid, (struct point){px.max_x, px.max_y});
    return (struct bbox){north_west.x, south_east.y, south_east.x, north_west.y};
}

struct bbox pixel_box_to_bbox(struct pixel_box box)
{
    return (struct bbox){(double)box.x, (double)box.y, (double)box.x + box.width, (double)box.y + box.height};
}

double pixel_grid_scale_denominator(const struct pixel_grid *grid)
{
    return scale_denominator(grid->units_per_px, grid->metres_per_unit);
}

bool pixel_grid_equals(const struct pixel_grid *a, const struct pixel_grid *b)
{
    return strcmp(a->crs_code, b->crs_code) == 0 && a->origin.x == b->origin.x &&
           a->origin.y == b->origin.y && a->units_per_px == b->units_per_px &&
           a->metres_per_unit == b->metres_per_unit;
}
