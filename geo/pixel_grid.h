/*
 * pixel_grid.h - the pixel space of a whole zoom level, or of one picture.
 *
 * All that is drawn is first put into the pixel space of its zoom level, snapped to
 * 1/256 px, and only then moved into a tile: so neighbouring tiles agree.
 * Pixels are those of the 1x picture; a 2x picture has two dots to a pixel.
 */
#ifndef GEO_PIXEL_GRID_H
#define GEO_PIXEL_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/point.h"

struct pixel_grid {
    char crs_code[32];   /* of the coordinates that are drawn */
    struct point origin; /* CRS coordinates of the north-west corner of pixel (0, 0) */
    double units_per_px; /* CRS units per pixel, both ways */
    double metres_per_unit;
};

/** A window of pixels of a grid: columns x … x + width - 1, rows y … y + height - 1. */
struct pixel_box {
    int64_t x;
    int64_t y;
    int32_t width;
    int32_t height;
};

struct point pixel_grid_to_px(const struct pixel_grid *grid, struct point point);
struct point pixel_grid_from_px(const struct pixel_grid *grid, struct point point_px);

/** Moves CRS coordinates into pixels, snapped to 1/256 px, in place. NaN stays NaN. */
void pixel_grid_snap(const struct pixel_grid *grid, struct point *points, size_t count);

struct bbox pixel_grid_bbox(const struct pixel_grid *grid, struct pixel_box box);
struct bbox pixel_box_to_bbox(struct pixel_box box);
double pixel_grid_scale_denominator(const struct pixel_grid *grid);
bool pixel_grid_equals(const struct pixel_grid *a, const struct pixel_grid *b);

#endif
