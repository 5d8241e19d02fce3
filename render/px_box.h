/*
 * px_box.h - boxes in the pixel space of a grid that are not whole pixels.
 */
#ifndef RENDER_PX_BOX_H
#define RENDER_PX_BOX_H

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

/** The box in the CRS of the grid. */
struct bbox px_box_to_crs(const struct pixel_grid *grid, struct bbox box_px);

/** The grid with every byte behind its texts cleared: grids are compared byte by byte in keys. */
struct pixel_grid px_grid_for_key(const struct pixel_grid *grid);

#endif
