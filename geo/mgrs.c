/*
 * mgrs.c - columns have eight letters in turn over three zones, rows twenty letters over 2,000 km, beginning
 * with A in odd zones and with F in even ones. I and O are never used.
 */
#include "geo/mgrs.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"

#define BAND_DEG 8.0
#define ROW_COUNT 20
#define ROWS_M (ROW_COUNT * MGRS_SQUARE_M)
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

static const struct crs *find_zone(struct crs_context *context, struct utm_zone zone, struct fault *fault)
{
    char code[32];
    return crs_find(context, utm_crs_code(zone, code), fault);
}

/** From longitude and latitude to UTM, or back. */
static bool move(struct crs_context *context, struct utm_zone zone, bool is_back, struct point *points,
                 size_t count, struct fault *fault)
{
    const struct crs *plane = find_zone(context, zone, fault);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", fault);
    return plane && lon_lat &&
           crs_transform(context, is_back ? plane : lon_lat, is_back ? lon_lat : plane, points, count, fault);
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
    if (!move(context, mgrs->zone, false, &plane, 1, fault)) {
        return false;
    }
    plane.y = mgrs->zone.is_south ? fmin(plane.y, nextafter(SOUTH_NORTHING_M, 0)) : fmax(plane.y, 0);
    mgrs->band = mgrs_band(lon_lat_deg.y);
    mgrs_square_letters(mgrs->zone, plane, mgrs->letters);
    mgrs->easting_m = modulo(plane.x, MGRS_SQUARE_M);
    mgrs->northing_m = modulo(plane.y, MGRS_SQUARE_M);
    return true;
}

static int index_of(const char *letters, char letter)
{
    const char *at = letter != '\0' ? strchr(letters, letter) : NULL;
    return at ? (int)(at - letters) : -1;
}

static double band_south_deg(char band)
{
    return UTM_LEAST_LAT_DEG + BAND_DEG * index_of(bands, band);
}

static double band_north_deg(char band)
{
    return band == 'X' ? UTM_MOST_LAT_DEG : band_south_deg(band) + BAND_DEG;
}

/**
 * The least northing of a band. Parallels bend to the pole: in the north it lies on the central meridian, in
 * the south at the edge of the zone.
 */
static bool least_northing(struct crs_context *context, const struct mgrs *mgrs, double *northing_m,
                           struct fault *fault)
{
    double south = band_south_deg(mgrs->band);
    double middle = utm_central_meridian_deg(mgrs->zone.number);
    struct point points[2] = {{middle, south}, {middle + 3, south}};
    if (!move(context, mgrs->zone, false, points, 2, fault)) {
        return false;
    }
    *northing_m = floor(fmin(points[0].y, points[1].y) / MGRS_SQUARE_M) * MGRS_SQUARE_M;
    return true;
}

static bool refuse_square(const struct mgrs *mgrs, struct fault *fault)
{
    fault_set(fault, FAULT_INPUT, "there is no square %s in %d%c", mgrs->letters, mgrs->zone.number,
              mgrs->band);
    return false;
}

/** Is a place in a zone and band, or nearer than the points of a square that are looked at stand apart? */
static bool is_near_zone(const struct mgrs *mgrs, struct point place)
{
    const double reach_deg = 0.1;
    double reach_lon_deg = reach_deg / cos(place.y * M_PI / 180);
    double middle = utm_central_meridian_deg(mgrs->zone.number);
    double lat = fmin(fmax(place.y, band_south_deg(mgrs->band)), nextafter(band_north_deg(mgrs->band), -90));
    if (fabs(place.y - lat) > reach_deg) {
        return false;
    }
    for (int i = -1; i <= 1; i++) { /* a little nearer to the middle, or not */
        double off = remainder(place.x - middle, 360);
        double lon = remainder(middle + (i == 0 ? off : off + i * reach_lon_deg), 360);
        if (utm_zone_of((struct point){lon, lat}).number == mgrs->zone.number) {
            return true;
        }
    }
    return false;
}

#define LOOKS 11 /* at a square, each way: every 10 km */

/** Does any of the square lie in its zone and band? Many are cut by their borders. */
static bool find_square(struct crs_context *context, const struct mgrs *mgrs, struct point corner_m,
                        bool *is_there, struct fault *fault)
{
    struct point points[LOOKS * LOOKS];
    for (int i = 0; i < LOOKS * LOOKS; i++) {
        double step = MGRS_SQUARE_M / (LOOKS - 1);
        points[i] = (struct point){corner_m.x + i % LOOKS * step, corner_m.y + i / LOOKS * step};
    }
    *is_there = false;
    if (!move(context, mgrs->zone, true, points, LOOKS * LOOKS, fault)) {
        return false;
    }
    for (int i = 0; i < LOOKS * LOOKS && !*is_there; i++) {
        *is_there = is_near_zone(mgrs, points[i]);
    }
    return true;
}

bool mgrs_to_lon_lat(struct crs_context *context, const struct mgrs *mgrs, struct point *lon_lat_deg,
                     struct fault *fault)
{
    int column = index_of(columns[mgrs->zone.number % 3], mgrs->letters[0]);
    int row = index_of(rows, mgrs->letters[1]);
    double least;
    if (column < 0 || row < 0 || index_of(bands, mgrs->band) < 0) {
        return refuse_square(mgrs, fault);
    }
    if (!least_northing(context, mgrs, &least, fault)) {
        return false;
    }
    int first = mgrs->zone.number % 2 == 0 ? EVEN_ZONE_ROW : 0;
    double corner = modulo((row - first + ROW_COUNT) % ROW_COUNT * MGRS_SQUARE_M - least, ROWS_M) + least;
    struct point square = {(column + LEAST_COLUMN) * MGRS_SQUARE_M, corner};
    bool is_there;
    if (!find_square(context, mgrs, square, &is_there, fault)) {
        return false;
    }
    if (!is_there) {
        return refuse_square(mgrs, fault);
    }
    *lon_lat_deg = (struct point){square.x + mgrs->easting_m, square.y + mgrs->northing_m};
    return move(context, mgrs->zone, true, lon_lat_deg, 1, fault);
}

char *mgrs_format(const struct mgrs *mgrs, int digits, char text[static 32])
{
    assert(digits >= 0 && digits <= MGRS_MOST_DIGITS);
    double unit = pow(10, MGRS_MOST_DIGITS - digits);
    int used = snprintf(text, 32, "%02d%c%s", mgrs->zone.number, mgrs->band, mgrs->letters);
    if (digits > 0) {
        snprintf(text + used, 32 - (size_t)used, "%0*ld%0*ld", digits, (long)floor(mgrs->easting_m / unit),
                 digits, (long)floor(mgrs->northing_m / unit));
    }
    return text;
}

/** Without blanks, in capitals. @return false when it is too long */
static bool compact(const char *text, char kept[static 24])
{
    size_t length = 0;
    for (; *text; text++) {
        if (*text == ' ') {
            continue;
        }
        if (length == 23) {
            return false;
        }
        kept[length++] = (char)toupper((unsigned char)*text);
    }
    kept[length] = '\0';
    return true;
}

/** @return what follows the zone's number, or NULL */
static const char *read_zone(const char *text, int *number)
{
    *number = 0;
    const char *at = text;
    while (at < text + 2 && isdigit((unsigned char)*at)) {
        *number = 10 * *number + (*at++ - '0');
    }
    return at > text && *number >= 1 && *number <= 60 ? at : NULL;
}

static bool is_known_zone(int number, char band)
{
    return !(band == 'X' && (number == 32 || number == 34 || number == 36));
}

static double digits_value(const char *digits, size_t count)
{
    double value = 0;
    for (size_t i = 0; i < MGRS_MOST_DIGITS; i++) {
        value = 10 * value + (i < count ? digits[i] - '0' : 0);
    }
    return value;
}

static bool read_numbers(const char *digits, struct mgrs *mgrs, double *size_m)
{
    size_t length = strlen(digits);
    if (strspn(digits, "0123456789") != length || length % 2 != 0 || length > 2 * MGRS_MOST_DIGITS) {
        return false;
    }
    mgrs->easting_m = digits_value(digits, length / 2);
    mgrs->northing_m = digits_value(digits + length / 2, length / 2);
    if (size_m) {
        *size_m = pow(10, MGRS_MOST_DIGITS - (double)(length / 2));
    }
    return true;
}

/** Band and letters of the square, which follow the zone. */
static bool read_letters(const char *at, struct mgrs *mgrs, struct fault *fault)
{
    mgrs->band = *at;
    mgrs->zone.is_south = *at < 'N';
    bool is_square = index_of(bands, at[0]) >= 0 && index_of(columns[mgrs->zone.number % 3], at[1]) >= 0 &&
                     index_of(rows, at[2]) >= 0 && is_known_zone(mgrs->zone.number, at[0]);
    if (!is_square) {
        fault_set(fault, FAULT_INPUT, "there is no MGRS square %d%.3s", mgrs->zone.number, at);
        return false;
    }
    mgrs->letters[0] = at[1];
    mgrs->letters[1] = at[2];
    return true;
}

bool mgrs_parse(const char *text, struct mgrs *mgrs, double *size_m, struct fault *fault)
{
    char kept[24];
    *mgrs = (struct mgrs){0};
    if (!compact(text, kept) || strlen(kept) < 3) {
        fault_set(fault, FAULT_INPUT, "\"%.40s\" is no MGRS reference: such as 31UFT2935103890", text);
        return false;
    }
    if (strchr("ABYZ", kept[0])) {
        fault_set(fault, FAULT_OUTSIDE, "\"%s\" lies in a polar area (UPS), which is not served", kept);
        return false;
    }
    const char *at = read_zone(kept, &mgrs->zone.number);
    if (!at || strlen(at) < 3) {
        fault_set(fault, FAULT_INPUT, "\"%s\" is no MGRS reference: such as 31UFT2935103890", kept);
        return false;
    }
    if (!read_letters(at, mgrs, fault)) {
        return false;
    }
    if (!read_numbers(at + 3, mgrs, size_m)) {
        fault_set(fault, FAULT_INPUT, "\"%s\" needs as many digits east as north, at most %d of each", kept,
                  MGRS_MOST_DIGITS);
        return false;
    }
    return true;
}
