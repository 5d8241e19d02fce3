/*
 * crs_way.c - usable is the area of use and as much around it as no tile matrix set shows, but no projection
 * in use tears in either: transverse ones do from 90 degrees beside their middle. Where a pole lies at
 * infinity it ends beyond the last tile of web mercator (85.06 degrees) by more than half a stroke at zoom 0.
 */
#include "render/scene/crs_way.h"

#include <math.h>

#include "geo/crs.h"
#include "render/scene/world_turn.h"

#define LON_LAT "OGC:CRS84"
#define USABLE_AROUND_DEG 40.0
#define MOST_LAT_DEG 86.0
#define MOST_LON_DEG 540.0 /* of what is laid out over the antimeridian */

static bool has_image(const struct crs_way *way, struct point lon_lat_deg)
{
    return crs_way_points(way, &lon_lat_deg, 1, NULL) && point_is_finite(lon_lat_deg);
}

static struct bbox usable_area(const struct crs_way *way)
{
    struct bbox area = bbox_grow(way->crs->area_deg, USABLE_AROUND_DEG);
    double middle_deg = (area.min_x + area.max_x) / 2;
    double south_deg = has_image(way, (struct point){middle_deg, -90}) ? -90 : -MOST_LAT_DEG;
    double north_deg = has_image(way, (struct point){middle_deg, 90}) ? 90 : MOST_LAT_DEG;
    if (area.min_x < -180 || area.max_x > 180) { /* there the other side begins */
        area.min_x = -MOST_LON_DEG;
        area.max_x = MOST_LON_DEG;
    }
    return (struct bbox){area.min_x, fmax(area.min_y, south_deg), area.max_x, fmin(area.max_y, north_deg)};
}

bool crs_way_find(struct crs_context *context, const char *crs_code, struct crs_way *way, struct fault *fault)
{
    *way = (struct crs_way){.context = context};
    way->lon_lat = crs_find(context, LON_LAT, fault);
    way->crs = way->lon_lat ? crs_find(context, crs_code, fault) : NULL;
    if (!way->crs) {
        return false;
    }
    way->turn_units = world_turn_units(way->crs);
    way->usable_deg = usable_area(way);
    return true;
}

static bool has_turns(const struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fabs(points[i].x) > 180) {
            return true;
        }
    }
    return false;
}

/* PROJ would bring points beyond ±180 back by itself. */
static bool move_with_turns(const struct crs_way *way, struct point *point, struct fault *fault)
{
    double turns = fabs(point->x) > 180 ? round(point->x / 360) : 0;
    point->x -= 360 * turns;
    bool is_good = crs_transform(way->context, way->lon_lat, way->crs, point, 1, fault);
    point->x += way->turn_units * turns;
    return is_good;
}

bool crs_way_points(const struct crs_way *way, struct point *points, size_t count, struct fault *fault)
{
    if (!has_turns(points, count)) {
        return crs_transform(way->context, way->lon_lat, way->crs, points, count, fault);
    }
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++) {
        is_good = move_with_turns(way, &points[i], fault);
    }
    return is_good;
}
