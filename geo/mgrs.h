/*
 * mgrs.h - the Military Grid Reference System (NGA.SIG.0012): a place as "31UFT 29351 03890".
 *
 * Zone, band of 8 degrees of latitude (C … X), letters of a square of 100 km, then as many digits east as
 * north. The polar areas (UPS: bands A, B, Y, Z) are refused by name.
 */
#ifndef GEO_MGRS_H
#define GEO_MGRS_H

#include <stdbool.h>

#include "geo/point.h"
#include "geo/utm.h"

struct crs_context;
struct fault;

#define MGRS_SQUARE_M 100000.0
#define MGRS_MOST_DIGITS 5 /* to a metre */

struct mgrs {
    struct utm_zone zone;
    char band;
    char letters[3];  /* column and row of the square */
    double easting_m; /* within the square, 0 … 100,000 */
    double northing_m;
};

/** The band of a latitude within 80° S … 84° N. */
char mgrs_band(double lat_deg);

/** The square in which a place of a zone lies: easting and northing of UTM, m. Any place of the plane has
 * one. */
void mgrs_square_letters(struct utm_zone zone, struct point utm_m, char letters[static 3]);

/** OUTSIDE: beyond 80° S or 84° N. */
bool mgrs_from_lon_lat(struct crs_context *context, struct point lon_lat_deg, struct mgrs *mgrs,
                       struct fault *fault);

/** The south-west corner of what is named. INPUT: there is no such square in that zone and band. */
bool mgrs_to_lon_lat(struct crs_context *context, const struct mgrs *mgrs, struct point *lon_lat_deg,
                     struct fault *fault);

/**
 * "31UFT2935103890". Digits are cut off, never rounded: so it names the square in which the place lies.
 * @param digits of each number: 0 (100 km) … 5 (1 m)
 */
char *mgrs_format(const struct mgrs *mgrs, int digits, char text[static 32]);

/**
 * Reads it with or without blanks, in small letters too.
 * @param size_m out: of the square that is named; may be NULL
 * @return false with INPUT: what is wrong with it; OUTSIDE: a polar area
 */
bool mgrs_parse(const char *text, struct mgrs *mgrs, double *size_m, struct fault *fault);

#endif
