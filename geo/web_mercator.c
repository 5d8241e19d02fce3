/*
 * web_mercator.c - the spherical formulas of EPSG guidance note 7-2, 3.2.1.2 (method 1024).
 */
#include "geo/web_mercator.h"

#include <math.h>

#define RADIUS_M 6378137.0
#define RAD_PER_DEG (M_PI / 180)
#define MOST_LON_DEG 540.0
#define MOST_LAT_DEG (90 - 6e-9) /* nearer to the pole PROJ gives up too */
#define MOST_M 1e9

static const struct point nowhere = {NAN, NAN};

void web_mercator_from_lon_lat(struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct point lon_lat = points[i];
        if (!(fabs(lon_lat.x) <= MOST_LON_DEG && fabs(lon_lat.y) < MOST_LAT_DEG)) {
            points[i] = nowhere;
            continue;
        }
        points[i].x = RADIUS_M * RAD_PER_DEG * lon_lat.x;
        points[i].y = RADIUS_M * log(tan(M_PI / 4 + lon_lat.y * RAD_PER_DEG / 2));
    }
}

void web_mercator_to_lon_lat(struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct point metres = points[i];
        if (!(fabs(metres.x) <= MOST_LON_DEG * RAD_PER_DEG * RADIUS_M && fabs(metres.y) <= MOST_M)) {
            points[i] = nowhere;
            continue;
        }
        points[i].x = metres.x / (RADIUS_M * RAD_PER_DEG);
        points[i].y = (2 * atan(exp(metres.y / RADIUS_M)) - M_PI / 2) / RAD_PER_DEG;
    }
}
