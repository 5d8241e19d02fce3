/*
 * grid_curve.c - halved until the middle of a stretch lies on its chord. Where a line enters or leaves its
 * area is found by halving, too: a few metres more would show beyond a zone border at large scales.
 */
#include "render/grid/grid_curve.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/segment.h"
#include "render/grid/grid_place.h"

#define TOLERANCE_PX 0.18 /* 0.05 mm */
#define FIRST_STEPS 16    /* an S is not taken for a straight line */
#define MOST_HALVINGS 12
#define EDGE_HALVINGS 40
#define EDGE_TOLERANCE_PX 1e-3 /* a line on the edge of the frame is in it */

/** A point of the curve. */
struct station {
    double at; /* the coordinate that changes */
    struct point px;
    bool is_inside; /* the area */
};

struct follower {
    const struct grid_place *place;
    const struct grid_curve *curve;
    struct fault *fault;
    struct point *points; /* NaN between pieces */
    size_t count;
    size_t capacity;
    bool has_failed;
};

static bool is_in_area(const struct grid_curve *curve, struct point lon_lat_deg)
{
    double middle = (curve->area_deg.min_x + curve->area_deg.max_x) / 2;
    struct point near = {middle + remainder(lon_lat_deg.x - middle, 360), lon_lat_deg.y};
    return bbox_contains_point(bbox_grow(curve->area_deg, 1e-11), near);
}

static struct station station_at(struct follower *follower, double at)
{
    const struct grid_curve *curve = follower->curve;
    const struct grid_place *place = follower->place;
    struct point point =
        curve->is_easting ? (struct point){curve->value, at} : (struct point){at, curve->value};
    struct station station = {.at = at, .is_inside = true};
    const struct crs *from = curve->crs;
    if (curve->has_area) {
        from = place->lon_lat;
        follower->has_failed |= !crs_transform(place->context, curve->crs, from, &point, 1, follower->fault);
        station.is_inside = is_in_area(curve, point);
    }
    follower->has_failed |= !grid_place_to_px(place, from, &point, 1, follower->fault);
    station.px = point;
    station.is_inside &= point_is_finite(point);
    return station;
}

static void add_point(struct follower *follower, struct point point)
{
    if (follower->count == follower->capacity) {
        follower->capacity = follower->capacity > 0 ? 2 * follower->capacity : 64;
        follower->points = memory_resize(follower->points, follower->capacity, sizeof *follower->points);
    }
    follower->points[follower->count++] = point;
}

/** Far outside the frame nobody sees how a line bends. */
static bool is_out_of_sight(const struct follower *follower, const struct station stations[static 3])
{
    const struct grid_place *place = follower->place;
    struct bbox frame = {0, 0, place->width_px, place->height_px};
    struct bbox box = bbox_empty();
    for (int i = 0; i < 3; i++) {
        if (!point_is_finite(stations[i].px)) {
            return false;
        }
        box = bbox_union(
            box, (struct bbox){stations[i].px.x, stations[i].px.y, stations[i].px.x, stations[i].px.y});
    }
    return !bbox_intersects(frame, bbox_grow(box, fmax(bbox_width(box), bbox_height(box))));
}

static bool is_straight(const struct follower *follower, const struct station stations[static 3])
{
    if (stations[0].is_inside != stations[1].is_inside || stations[0].is_inside != stations[2].is_inside) {
        return false;
    }
    if (!stations[0].is_inside || is_out_of_sight(follower, stations)) {
        return true;
    }
    double off = segment_distance_squared(stations[1].px, stations[0].px, stations[2].px);
    return off <= TOLERANCE_PX * TOLERANCE_PX;
}

/** The last station inside, between one inside and one outside. */
static struct station edge_between(struct follower *follower, struct station inside, struct station outside)
{
    for (int i = 0; i < EDGE_HALVINGS; i++) {
        struct station middle = station_at(follower, (inside.at + outside.at) / 2);
        if (middle.is_inside) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return inside;
}

static void add_stretch(struct follower *follower, struct station from, struct station to)
{
    const struct point none = {NAN, NAN};
    if (!from.is_inside && to.is_inside) {
        add_point(follower, none);
        add_point(follower, edge_between(follower, to, from).px);
    }
    if (to.is_inside) {
        add_point(follower, to.px);
    } else if (from.is_inside) {
        add_point(follower, edge_between(follower, from, to).px);
        add_point(follower, none);
    }
}

static void follow(struct follower *follower, struct station from, struct station to, int halvings)
{
    struct station stations[3] = {from, station_at(follower, (from.at + to.at) / 2), to};
    if (halvings == 0 || follower->has_failed || is_straight(follower, stations)) {
        add_stretch(follower, from, to);
        return;
    }
    follow(follower, from, stations[1], halvings - 1);
    follow(follower, stations[1], to, halvings - 1);
}

bool grid_curve_follow(const struct grid_place *place, const struct grid_curve *curve, clip_line_visit *visit,
                       void *context, struct fault *fault)
{
    struct follower follower = {.place = place, .curve = curve, .fault = fault};
    struct station last = station_at(&follower, curve->from);
    if (last.is_inside) {
        add_point(&follower, last.px);
    }
    for (int i = 1; i <= FIRST_STEPS; i++) {
        struct station next =
            station_at(&follower, curve->from + (curve->to - curve->from) * i / FIRST_STEPS);
        follow(&follower, last, next, MOST_HALVINGS);
        last = next;
    }
    struct bbox frame = bbox_grow((struct bbox){0, 0, place->width_px, place->height_px}, EDGE_TOLERANCE_PX);
    if (!follower.has_failed) {
        clip_line(follower.points, follower.count, frame, visit, context);
    }
    free(follower.points);
    return !follower.has_failed;
}
