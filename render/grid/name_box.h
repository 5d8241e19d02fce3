/*
 * name_box.h - where within a box a name can stand without covering anything: the name of a square of a grid,
 * or of a sheet on an index.
 */
#ifndef RENDER_GRID_NAME_BOX_H
#define RENDER_GRID_NAME_BOX_H

#include <stdbool.h>

#include "geo/bbox.h"

struct box_grid; /* render/placement/box_grid.h */

/** A name to be placed, px. */
struct name_box_wish {
    struct bbox room;  /* that it must stand within */
    struct point size; /* of its letters */
    double halo_px;    /* around them, which touches nothing either; it may reach out of the room */
};

/** Does a box with a halo around touch nothing of what is taken? True of all boxes when taken is NULL. */
bool name_box_is_free(const struct box_grid *taken, struct bbox box_px, double halo_px);

/**
 * The first free place: the north-west corner, from there along the northern and the western edge, the
 * corners south-west, north-east and south-east, then along all edges, in steps of half the name. Near
 * another corner it would stand beside the name of the next square.
 * @param taken  NULL: nothing is, and it stands in the north-west
 * @return false: there is none, or the name is too large
 */
bool name_box_find(const struct name_box_wish *wish, const struct box_grid *taken, struct bbox *found);

#endif
