/*
 * mgrs.c - columns have eight letters in turn over three zones, rows twenty letters over 2,000 km, beginning
 * with A in odd zones and with F in even ones. I and O are never used.
 */
#include "geo/mgrs.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"

#define BAND_DEG 8.0
#define ROW_COUNT 20
#define EVEN_ZONE_ROW 5           /* even zones begin with F */
#define SOUTH_NORTHING_M 10000000 /* of the equator in the south */
#define LEAST_COLUMN 1
#define MOST_COLUMN 8

static const char bands[] = "CDEFGHJKLMNPQRSTUVWX";
static const char rows[] = "ABCDEFGHJKLMNPQRSTUV";
static const char *const columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};

char mgrs_band(double lat_deg)
{
    int band = (int)floor((lat_deg - UTM_LEAST_LAT_DEG) / BAND_DEG);
    int last = (int)strlen(bands) - 1; /* X has 12 degrees */
    return bands[band < 0 ? 0 : band > last ? last : band];
}

static double modulo(double value, double period)
{
    return value - period * floor(value / period);
}

void mgrs_square_letters(struct utm_zone zone, struct point utm_m, char letters[static 3])
{
    int column = (int)floor(utm_m.x / MGRS_SQUARE_M);
    int row = (int)modulo(floor(utm_m.y / MGRS_SQUARE_M), ROW_COUNT);
    int first = zone.number % 2 == 0 ? EVEN_ZONE_ROW : 0;
    column = column < LEAST_COLUMN ? LEAST_COLUMN : column > MOST_COLUMN ? MOST_COLUMN : column;
    letters[0] = columns[zone.number % 3][column - 1];
    letters[1] = rows[(row + first) % ROW_COUNT];
    letters[2] = '\0';
}

static bool to_utm(struct crs_context *context, struct utm_zone zone, struct point *place,
                   struct fault *fault)
{
    char code[32];
    const struct crs *plane = crs_find(context, utm_crs_code(zone, code), fault);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", fault);
    return plane && lon_lat && crs_transform(context, lon_lat, plane, place, 1, fault);
}

bool mgrs_from_lon_lat(struct crs_context *context, struct point lon_lat_deg, struct mgrs *mgrs,
                       struct fault *fault)
{
    *mgrs = (struct mgrs){.zone = utm_zone_of(lon_lat_deg)};
    if (mgrs->zone.number == 0) {
        fault_set(
            fault, FAULT_OUTSIDE,
            "%.6f, %.6f has no UTM zone: MGRS goes from 80° S to 84° N, beyond are the polar areas (UPS)",
            lon_lat_deg.x, lon_lat_deg.y);
        return false;
    }
    struct point plane = lon_lat_deg;
    if (!to_utm(context, mgrs->zone, &plane, fault)) {
        return false;
    }
    plane.y = mgrs->zone.is_south ? fmin(plane.y, nextafter(SOUTH_NORTHING_M, 0)) : fmax(plane.y, 0);
    mgrs->band = mgrs_band(lon_lat_deg.y);
    mgrs_square_letters(mgrs->zone, plane, mgrs->letters);
    return true;
}
