/*
 * point.h - a place in the plane: metres, degrees or pixels, as the name beside it says.
 *
 * Everywhere inside the program x is easting, longitude or column and y is northing,
 * latitude or row, whatever the axis order of the CRS. Only geo/crs turns axes round.
 */
#ifndef GEO_POINT_H
#define GEO_POINT_H

#include <math.h>
#include <stdbool.h>

struct point {
    double x;
    double y;
};

double point_distance(struct point a, struct point b);

static inline bool point_equals(struct point a, struct point b)
{
    return a.x == b.x && a.y == b.y;
}

static inline bool point_is_finite(struct point point)
{
    return isfinite(point.x) && isfinite(point.y);
}

/** The place a part of the way along: 0 gives from, 1 gives to. */
struct point point_between(struct point from, struct point to, double part);

#endif
