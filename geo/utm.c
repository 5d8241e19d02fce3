/*
 * utm.c - zone borders differ only between five belts of latitude; within a belt each zone is a box.
 */
#include "geo/utm.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#define ZONE_COUNT 60
#define ZONE_DEG 6.0

/** Latitudes between which the borders are the same: the equator, Norway (band V), Svalbard (band X). */
static const double belts_deg[] = {UTM_LEAST_LAT_DEG, 0, 56, 64, 72, UTM_MOST_LAT_DEG};
#define BELT_COUNT 5
enum { BELT_SOUTH = 0, BELT_NORWAY = 2, BELT_SVALBARD = 4 };

struct stretch {
    double west;
    double east;
};

/** Where a zone lies in a belt; without width where it is not there. */
static struct stretch stretch_of(int number, int belt)
{
    double west = ZONE_DEG * (number - 1) - 180;
    if (belt == BELT_NORWAY && (number == 31 || number == 32)) {
        return number == 31 ? (struct stretch){0, 3} : (struct stretch){3, 12};
    }
    if (belt == BELT_SVALBARD && number >= 31 && number <= 37) {
        static const struct stretch svalbard[] = {{0, 9},   {9, 9},   {9, 21}, {21, 21},
                                                  {21, 33}, {33, 33}, {33, 42}};
        return svalbard[number - 31];
    }
    return (struct stretch){west, west + ZONE_DEG};
}

static int belt_of(double lat_deg)
{
    int belt = BELT_COUNT - 1;
    while (belt > 0 && lat_deg < belts_deg[belt]) {
        belt--;
    }
    return belt;
}

struct utm_zone utm_zone_of(struct point place)
{
    bool is_known = place.y >= UTM_LEAST_LAT_DEG && place.y <= UTM_MOST_LAT_DEG && fabs(place.x) <= 180;
    if (!is_known) {
        return (struct utm_zone){0};
    }
    int belt = belt_of(place.y);
    double lon = place.x == 180 ? -180 : place.x;
    int number = (int)floor((lon + 180) / ZONE_DEG) + 1;
    for (int near = number - 1; near <= number + 1; near++) {
        struct stretch stretch = stretch_of(near, belt);
        if (lon >= stretch.west && lon < stretch.east) {
            number = near;
            break;
        }
    }
    return (struct utm_zone){number, place.y < 0};
}

bool utm_zone_equals(struct utm_zone a, struct utm_zone b)
{
    return a.number == b.number && a.is_south == b.is_south;
}

double utm_central_meridian_deg(int number)
{
    return ZONE_DEG * number - 183;
}

char *utm_crs_code(struct utm_zone zone, char code[static 32])
{
    assert(zone.number >= 1 && zone.number <= ZONE_COUNT);
    snprintf(code, 32, "EPSG:%d", (zone.is_south ? 32700 : 32600) + zone.number);
    return code;
}

size_t utm_parts(struct utm_part parts[static UTM_PART_MAX])
{
    size_t count = 0;
    for (int belt = 0; belt < BELT_COUNT; belt++) {
        for (int number = 1; number <= ZONE_COUNT; number++) {
            struct stretch stretch = stretch_of(number, belt);
            if (stretch.west < stretch.east) {
                parts[count++] =
                    (struct utm_part){{number, belt == BELT_SOUTH},
                                      {stretch.west, belts_deg[belt], stretch.east, belts_deg[belt + 1]}};
            }
        }
    }
    return count;
}
