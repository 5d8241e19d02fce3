#include "render/briefing/place_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/shape.h"
#include "geo/sphere.h"
#include "render/print/words.h"
#include "render/scene/line_middle.h"

#define BLANK "\u00a0"

/* "101 250"; digits in groups of three. */
static void write_metres(double metres, char text[static 32])
{
    long whole = lround(fabs(metres));
    const char *sign = metres <= -0.5 ? "-" : "";
    if (whole >= 1000000) {
        snprintf(text, 32, "%s%ld" BLANK "%03ld" BLANK "%03ld", sign, whole / 1000000, whole / 1000 % 1000,
                 whole % 1000);
    } else if (whole >= 1000) {
        snprintf(text, 32, "%s%ld" BLANK "%03ld", sign, whole / 1000, whole % 1000);
    } else {
        snprintf(text, 32, "%s%ld", sign, whole);
    }
}

char *place_text_rd(struct point rd, char text[static PLACE_TEXT_BYTES])
{
    char east[32];
    char north[32];
    write_metres(rd.x, east);
    write_metres(rd.y, north);
    snprintf(text, PLACE_TEXT_BYTES, "%s" BLANK "/ %s", east, north);
    return text;
}

/* Thousandths of a minute are counted, so that there are never 60 minutes. */
static void write_angle(double degrees, enum word positive, enum word negative, enum language language,
                        char text[static 36])
{
    long thousandths = lround(fabs(degrees) * 60000);
    const char *side = words_text(degrees < 0 ? negative : positive, language);
    snprintf(text, 36, "%ld°%02ld%s%03ld′" BLANK "%s", thousandths / 60000, thousandths / 1000 % 60,
             language == LANGUAGE_EN ? "." : ",", thousandths % 1000, side);
}

char *place_text_wgs84(struct point lon_lat_deg, enum language language, char text[static PLACE_TEXT_BYTES])
{
    char latitude[36];
    char longitude[36];
    write_angle(lon_lat_deg.y, WORD_NORTH_LATITUDE, WORD_SOUTH_LATITUDE, language, latitude);
    write_angle(lon_lat_deg.x, WORD_EAST_LONGITUDE, WORD_WEST_LONGITUDE, language, longitude);
    snprintf(text, PLACE_TEXT_BYTES, "%s\n%s", latitude, longitude);
    return text;
}

static double length_m(const struct shape *shape)
{
    double length = 0;
    for (uint32_t part = 0; part < shape->part_count; part++) {
        const struct point *points = &shape->points[shape->parts[part].first];
        for (uint32_t i = 1; i < shape->parts[part].count; i++) {
            length += sphere_distance_m(points[i - 1], points[i]);
        }
    }
    return length;
}

/* Twice the area of a ring, by the trapezoids below its sides, about its first point. */
static double ring_area_m2(const struct point *ring, uint32_t count)
{
    double twice = 0;
    struct point before = {0, 0};
    for (uint32_t i = 1; i < count; i++) {
        struct point here = sphere_to_plane(ring[0], ring[i]);
        twice += before.x * here.y - here.x * before.y;
        before = here;
    }
    return fabs(twice) / 2;
}

static double area_m2(const struct shape *shape)
{
    double area = 0;
    for (uint32_t part = 0; part < shape->part_count; part++) {
        const struct shape_part *ring = &shape->parts[part];
        double of_ring = ring_area_m2(&shape->points[ring->first], ring->count);
        area += ring->is_hole ? -of_ring : of_ring;
    }
    return fmax(area, 0);
}

/* To three digits: more are not known. */
static double rounded(double value)
{
    if (!(value > 0)) {
        return 0;
    }
    double step = pow(10, floor(log10(value)) - 2);
    return round(value / step) * step;
}

static void write_quantity(double value, const char *unit, enum language language,
                           char text[static PLACE_TEXT_BYTES])
{
    char number[32];
    words_number(rounded(value), 2, language, number);
    snprintf(text, PLACE_TEXT_BYTES, "%s" BLANK "%s", number, unit);
}

char *place_text_extent(const struct shape *lon_lat_deg, enum language language,
                        char text[static PLACE_TEXT_BYTES])
{
    text[0] = '\0';
    if (lon_lat_deg->kind == SHAPE_LINE) {
        double length = length_m(lon_lat_deg);
        bool is_long = length >= 999.5;
        write_quantity(is_long ? length / 1000 : length, is_long ? "km" : "m", language, text);
    } else if (lon_lat_deg->kind == SHAPE_POLYGON) {
        double area = area_m2(lon_lat_deg);
        bool is_large = area >= 1e5; /* a tenth of a square kilometre */
        write_quantity(is_large ? area / 1e6 : area / 1e4, is_large ? "km²" : "ha", language, text);
    }
    return text;
}

struct point place_text_point_of(const struct shape *shape)
{
    return shape->kind == SHAPE_LINE ? line_middle(shape) : shape_interior_point(shape);
}
