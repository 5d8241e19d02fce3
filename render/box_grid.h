/*
 * box_grid.h - which of the boxes placed so far lie near a box (a hashed uniform grid that grows).
 */
#ifndef RENDER_BOX_GRID_H
#define RENDER_BOX_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct box_grid;

/** @param cell_px about the size of the boxes */
struct box_grid *box_grid_new(double cell_px);
void box_grid_free(struct box_grid *grid);

/** Empty boxes are passed over. */
void box_grid_add(struct box_grid *grid, struct bbox box);

/** Is there no box that shares more than an edge with this one? */
bool box_grid_is_free(const struct box_grid *grid, struct bbox box);

/** Does one of the boxes lose more than a part (0 … 1) of its area under this one? */
bool box_grid_is_covered(const struct box_grid *grid, struct bbox box, double part);

#endif
