/*
 * utm.h - the zones of the Universal Transverse Mercator grid (NGA.SIG.0012).
 *
 * 60 zones of 6 degrees between 80° S and 84° N, numbered eastward from the antimeridian, with the exceptions
 * of Norway (32V is wider) and Svalbard (31X, 33X, 35X, 37X). Polar areas (UPS) are in none.
 */
#ifndef GEO_UTM_H
#define GEO_UTM_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/point.h"

#define UTM_LEAST_LAT_DEG (-80.0)
#define UTM_MOST_LAT_DEG 84.0

struct utm_zone {
    int number; /* 1 … 60; 0: none */
    bool is_south;
};

/** The zone of a place, longitude -180 … 180; a border belongs to the east and the north. 0: none. */
struct utm_zone utm_zone_of(struct point lon_lat_deg);

bool utm_zone_equals(struct utm_zone a, struct utm_zone b);

/** Of a zone, degrees east. */
double utm_central_meridian_deg(int number);

/** "EPSG:32631". Returns code. */
char *utm_crs_code(struct utm_zone zone, char code[static 32]);

/** A stretch of one zone whose borders are the same at all its latitudes. */
struct utm_part {
    struct utm_zone zone;
    struct bbox box_deg;
};

#define UTM_PART_MAX 300

/** All stretches: 60 or fewer in each of five belts of latitude. @return how many */
size_t utm_parts(struct utm_part parts[static UTM_PART_MAX]);

#endif
