/*
 * grid_curve.h - one line of a grid as the page shows it: in another CRS a curve, followed to 0.05 mm on
 * paper.
 */
#ifndef RENDER_GRID_GRID_CURVE_H
#define RENDER_GRID_GRID_CURVE_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "geo/clip.h"

struct crs;
struct fault;
struct grid_place;

struct grid_curve {
    const struct crs *crs; /* of the coordinates below */
    bool is_easting;       /* x is the same all along, else y */
    double value;          /* of that coordinate */
    double from;           /* the other one goes from here */
    double to;             /* to here */
    bool has_area;         /* only what lies in the area counts */
    struct bbox area_deg;  /* lon/lat; the line is cut on its edge */
};

/** Gives the pieces of the line in the frame, in px of the frame; where they leave it they end on its edge.
 */
bool grid_curve_follow(const struct grid_place *place, const struct grid_curve *curve, clip_line_visit *visit,
                       void *context, struct fault *fault);

#endif
