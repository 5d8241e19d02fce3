/*
 * mgrs.h - the squares of the Military Grid Reference System (NGA.SIG.0012), such as 31UFT.
 *
 * Zone, band of 8 degrees of latitude (C … X), letters of a square of 100 km. The polar areas (UPS: bands A,
 * B, Y, Z) are refused by name.
 */
#ifndef GEO_MGRS_H
#define GEO_MGRS_H

#include <stdbool.h>

#include "geo/point.h"
#include "geo/utm.h"

struct crs_context;
struct fault;

#define MGRS_SQUARE_M 100000.0

struct mgrs {
    struct utm_zone zone;
    char band;
    char letters[3]; /* column and row of the square */
};

/** The band of a latitude within 80° S … 84° N. */
char mgrs_band(double lat_deg);

/** The square in which a place of a zone lies: easting and northing of UTM, m. Any place of the plane has
 * one. */
void mgrs_square_letters(struct utm_zone zone, struct point utm_m, char letters[static 3]);

/** The square in which a place lies. OUTSIDE: beyond 80° S or 84° N. */
bool mgrs_from_lon_lat(struct crs_context *context, struct point lon_lat_deg, struct mgrs *mgrs,
                       struct fault *fault);

#endif
