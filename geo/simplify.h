/*
 * simplify.h - fewer points where nobody can see the difference.
 */
#ifndef GEO_SIMPLIFY_H
#define GEO_SIMPLIFY_H

#include "geo/shape.h"

/**
 * Drops points that lie within tolerance of the line through those that stay (Douglas & Peucker
 * 1973, without recursion). End points stay; a ring keeps four points or more; rings and lines whose
 * box is smaller than tolerance vanish when drop_small is set. NaN points are dropped.
 * @return owned, shape_free(); may have no parts
 */
struct shape *simplify_shape(const struct shape *shape, double tolerance, bool drop_small);

#endif
