/*
 * box_grid.h - which of the boxes placed so far lie near a box (a uniform grid).
 */
#ifndef RENDER_BOX_GRID_H
#define RENDER_BOX_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct box_grid;

/**
 * @param bounds  where nearly all boxes lie; others may be added and asked for too, at a price
 * @param count   about so many boxes will be added; 0: nobody knows
 * @param asked   about so often it will be asked whether a place with some area is free; 0: rarely. Else
 *                nothing but that may be asked: a box wholly under others is as good as not there
 */
struct box_grid *box_grid_new(struct bbox bounds, size_t count, size_t asked);
void box_grid_free(struct box_grid *grid);

/** number is what a query tells of the box. Empty boxes are passed over. */
void box_grid_add(struct box_grid *grid, struct bbox box, uint32_t number);

/** Is there no box that shares more than an edge with this one? */
bool box_grid_is_free(const struct box_grid *grid, struct bbox box);

/** Does one of the boxes lose more than a part (0 … 1) of its area under this one? */
bool box_grid_is_covered(const struct box_grid *grid, struct bbox box, double part);

/** Calls visit with the number of each box that touches, in no particular order; one box may be visited
 * often. */
void box_grid_query(const struct box_grid *grid, struct bbox box,
                    void (*visit)(uint32_t number, void *context), void *context);

/** Calls visit with each box, but for some that lie wholly under others. */
void box_grid_visit_all(const struct box_grid *grid, void (*visit)(struct bbox box, void *context),
                        void *context);

/** Lets go of what makes many questions quick: no more boxes will be added, and few will be asked for. */
void box_grid_settle(struct box_grid *grid);

size_t box_grid_bytes(const struct box_grid *grid);

#endif
