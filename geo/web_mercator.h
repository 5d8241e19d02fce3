/*
 * web_mercator.h - EPSG:3857 in closed form, because half of all tiles need it.
 *
 * Agrees with PROJ to a micrometre up to 89 degrees north and south. Unlike PROJ it does not fold longitudes
 * beyond 180 degrees back into the world, so what crosses the antimeridian stays in one piece.
 */
#ifndef GEO_WEB_MERCATOR_H
#define GEO_WEB_MERCATOR_H

#include <stddef.h>

#include "geo/point.h"

/** Longitude and latitude in degrees to metres, in place; the poles and what lies beyond become NaN, NaN. */
void web_mercator_from_lon_lat(struct point *points, size_t count);

/** Metres to longitude and latitude in degrees, in place; what is far outside the world becomes NaN, NaN. */
void web_mercator_to_lon_lat(struct point *points, size_t count);

#endif
