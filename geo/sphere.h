/*
 * sphere.h - distances and directions on the earth taken for a sphere, good to half a percent, after Snyder,
 * Map Projections: A Working Manual (1987). Places are longitude and latitude in degrees.
 */
#ifndef GEO_SPHERE_H
#define GEO_SPHERE_H

#include "geo/point.h"

#define SPHERE_RADIUS_M 6371008.8 /* the mean radius of the earth */

double sphere_radians(double degrees);
double sphere_degrees(double radians);
/** Along the great circle. */
double sphere_distance_m(struct point a, struct point b);

/** The place at a distance and bearing, degrees clockwise from north. Longitude may come out beyond 180. */
struct point sphere_destination(struct point source, double bearing_deg, double distance_m);

/**
 * The stereographic plane, m, that touches the sphere at its centre: shapes keep their angles, and lengths
 * grow by 0.04 % at 250 km.
 */
struct point sphere_to_plane(struct point centre, struct point place);

/** The way back. */
struct point sphere_from_plane(struct point centre, struct point plane_m);

#endif
