/*
 * world_turn.h - the turn of a CRS whose world runs on at its edge: degrees, and web mercator.
 *
 * What stands there is to be seen from both sides, so what lies near the edge is drawn a second time, a turn
 * away. The edge is the antimeridian; of a picture that begins west of it, it is where the picture begins, so
 * that such a picture shows one turn of the world. Longitude 180 is longitude -180.
 */
#ifndef RENDER_WORLD_TURN_H
#define RENDER_WORLD_TURN_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct crs;
struct shape;

/** All zero: the world of the grid ends where it ends. */
struct world_turn {
    double turn_px;  /* once round, in steps of 1/256 px */
    double west_px;  /* where the turn begins that has the places of all features */
    double reach_px; /* how far from the edge things are drawn twice */
};

/** Once round, in units of the CRS; 0 when its world does not run on. */
double world_turn_units(const struct crs *crs);

/** @param turn_units  of the CRS of the grid */
struct world_turn world_turn_of(double turn_units, const struct pixel_grid *grid);

/** How far something with its place at x is to be moved so that this lies within the turn. */
double world_turn_way_home(const struct world_turn *turn, double x_px);

/** Is it drawn twice? */
bool world_turn_is_near_edge(const struct world_turn *turn, struct bbox box_px);

/** Adds the parts of a shape once more, a turn to the east, the west or both, when they are near the edge. */
void world_turn_repeat(const struct world_turn *turn, struct shape *shape_px);

#endif
