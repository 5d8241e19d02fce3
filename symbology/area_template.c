/*
 * area_template.c - points at a distance and bearing on the sphere. Arcs have a point every 3 degrees or
 * less, so the edge is never more than 0.04 % of the radius inside the true circle.
 *
 * A plume is the sector from the source to its length, joined to a disc around the source: the two tangents
 * from the disc to the far corners make the sides.
 */
#include "symbology/area_template.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

#define EARTH_RADIUS_M 6371008.8
#define MOST_LENGTH_M 200000.0
#define STEP_DEG 3.0
#define CIRCLE_STEPS 120
#define RADIANS (M_PI / 180)

static bool refuse(struct fault *fault, const char *sentence)
{
    fault_set(fault, FAULT_INPUT, "area template: %s", sentence);
    return false;
}

static bool check_plume(const struct area_template *area_template, struct fault *fault)
{
    if (!isfinite(area_template->bearing_deg)) {
        return refuse(fault, "the bearing must be a number of degrees");
    }
    if (!(area_template->opening_deg >= 1 && area_template->opening_deg <= 360)) {
        return refuse(fault, "the opening must be from 1 to 360 degrees");
    }
    if (!(area_template->length_m >= 1 && area_template->length_m <= MOST_LENGTH_M)) {
        return refuse(fault, "the length must be from 1 to 200,000 metres");
    }
    if (!(area_template->source_radius_m >= 0 && area_template->source_radius_m <= area_template->length_m)) {
        return refuse(fault, "the radius of the source must be from 0 to the length");
    }
    return true;
}

static bool check_rings(const struct area_template *area_template, struct fault *fault)
{
    if (area_template->radius_count < 1 || area_template->radius_count > TEMPLATE_RING_MAX) {
        return refuse(fault, "there must be 1 to 8 rings");
    }
    double before_m = 0;
    for (int i = 0; i < area_template->radius_count; i++) {
        double radius_m = area_template->radii_m[i];
        if (!(radius_m >= 1 && radius_m <= MOST_LENGTH_M && radius_m > before_m)) {
            return refuse(fault, "the radii must grow from 1 to at most 200,000 metres");
        }
        before_m = radius_m;
    }
    return true;
}

bool area_template_check(const struct area_template *area_template, struct fault *fault)
{
    struct point source = area_template->source;
    if (area_template->kind == TEMPLATE_NONE) {
        return refuse(fault, "must be a plume or rings");
    }
    /* Nearer to a pole a circle of 200 km would reach over it. */
    if (!point_is_finite(source) || fabs(source.x) > 180 || fabs(source.y) > 85) {
        return refuse(fault, "the source must lie within 180 degrees of longitude and 85 of latitude");
    }
    bool is_plume = area_template->kind == TEMPLATE_PLUME;
    if (is_plume ? !check_plume(area_template, fault) : !check_rings(area_template, fault)) {
        return false;
    }
    double reach_m =
        is_plume ? area_template->length_m : area_template->radii_m[area_template->radius_count - 1];
    double reach_deg = asin(sin(reach_m / EARTH_RADIUS_M) / cos(source.y * RADIANS)) / RADIANS;
    if (fabs(source.x) + reach_deg > 180) {
        return refuse(fault, "must not reach over the meridian of 180 degrees");
    }
    return true;
}

/* The place at a distance and bearing: Snyder 1987, equations 5-5 and 5-6, on the sphere. */
static struct point destination(struct point source, double bearing_deg, double distance_m)
{
    double angle = distance_m / EARTH_RADIUS_M;
    double bearing = bearing_deg * RADIANS;
    double latitude = source.y * RADIANS;
    double sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing);
    double east = sin(angle) * sin(bearing) * cos(latitude);
    double north = cos(angle) - sin(latitude) * sine;
    return (struct point){source.x + atan2(east, north) / RADIANS, asin(sine) / RADIANS};
}

struct ring {
    struct point *points;
    size_t count;
};

/* Adds an arc around a place, both ends included. */
static void add_arc(struct ring *ring, struct point centre, double from_deg, double to_deg, double radius_m)
{
    int steps = (int)ceil(fabs(to_deg - from_deg) / STEP_DEG);
    for (int i = 0; i <= steps; i++) {
        double bearing_deg = steps > 0 ? from_deg + (to_deg - from_deg) * i / steps : from_deg;
        ring->points[ring->count++] = destination(centre, bearing_deg, radius_m);
    }
}

/* Turned counter-clockwise, as RFC 7946 has it. */
static void add_closed(struct shape *shape, struct ring *ring)
{
    for (size_t i = 0; i < ring->count / 2; i++) {
        struct point point = ring->points[i];
        ring->points[i] = ring->points[ring->count - 1 - i];
        ring->points[ring->count - 1 - i] = point;
    }
    ring->points[ring->count++] = ring->points[0];
    shape_add_part(shape, ring->points, ring->count, false);
}

static void add_circle(struct shape *shape, struct ring *ring, struct point centre, double radius_m)
{
    ring->count = 0;
    for (int i = 0; i < CIRCLE_STEPS; i++) {
        ring->points[ring->count++] = destination(centre, 360.0 * i / CIRCLE_STEPS, radius_m);
    }
    add_closed(shape, ring);
}

static void add_plume(struct shape *shape, struct ring *ring, const struct area_template *plume)
{
    double half_deg = plume->opening_deg / 2;
    double left_deg = plume->bearing_deg - half_deg;
    double right_deg = plume->bearing_deg + half_deg;
    double behind_deg = 360 - plume->opening_deg; /* turn from the right side round the back to the left */
    add_arc(ring, plume->source, left_deg, right_deg, plume->length_m);
    double turn_deg = acos(plume->source_radius_m / plume->length_m) / RADIANS;
    if (plume->source_radius_m <= 0) {
        ring->points[ring->count++] = plume->source;
    } else if (behind_deg > 2 * turn_deg) {
        add_arc(ring, plume->source, right_deg + turn_deg, left_deg + 360 - turn_deg, plume->source_radius_m);
    } /* else the straight line between the far corners passes outside the disc */
    add_closed(shape, ring);
}

struct shape *area_template_expand(const struct area_template *area_template)
{
    assert(area_template_check(area_template, NULL));
    struct shape *shape = shape_new(SHAPE_POLYGON);
    struct ring ring = {memory_new(2 * CIRCLE_STEPS + 8, sizeof(struct point)), 0};
    if (area_template->kind == TEMPLATE_RINGS) {
        shape->is_multi = true;
        for (int i = 0; i < area_template->radius_count; i++) {
            add_circle(shape, &ring, area_template->source, area_template->radii_m[i]);
        }
    } else if (area_template->opening_deg >= 360 ||
               area_template->source_radius_m >= area_template->length_m) {
        add_circle(shape, &ring, area_template->source, area_template->length_m);
    } else {
        add_plume(shape, &ring, area_template);
    }
    free(ring.points);
    return shape;
}
