/*
 * px_box.h - places and boxes in the pixel space of a grid: from whole pixels, and to them.
 */
#ifndef RENDER_PX_BOX_H
#define RENDER_PX_BOX_H

#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

/** The box in the CRS of the grid. */
struct bbox px_box_to_crs(const struct pixel_grid *grid, struct bbox box_px);

/** The whole px nearest to a place. */
struct point px_whole(struct point place);

/** The multiple of a size at or before px: where its window or block begins. */
int64_t px_floor_to(int64_t px, int64_t size);

/** The grid with every byte behind its texts cleared: grids are compared byte by byte in keys. */
struct pixel_grid px_grid_for_key(const struct pixel_grid *grid);

#endif
