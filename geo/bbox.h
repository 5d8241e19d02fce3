/*
 * bbox.h - a bounding box.
 *
 * Empty when min > max on an axis. In degrees a box may cross the antimeridian when
 * it comes from outside (west > east, RFC 7946 5.2): bbox_split_antimeridian() turns
 * it into one or two ordinary boxes at the door.
 */
#ifndef GEO_BBOX_H
#define GEO_BBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/point.h"

struct fault;

struct bbox {
    double min_x;
    double min_y;
    double max_x;
    double max_y;
};

struct bbox bbox_empty(void);
bool bbox_is_empty(struct bbox box);
bool bbox_is_finite(struct bbox box);
double bbox_width(struct bbox box);
double bbox_height(struct bbox box);
struct point bbox_centre(struct bbox box);

/** Around all points that are finite. */
struct bbox bbox_of_points(const struct point *points, size_t count);
struct bbox bbox_union(struct bbox a, struct bbox b);
struct bbox bbox_intersection(struct bbox a, struct bbox b);

/** Touching counts. */
bool bbox_intersects(struct bbox a, struct bbox b);
bool bbox_contains_point(struct bbox box, struct point point);
bool bbox_contains(struct bbox outer, struct bbox inner);

/** Moves every side outward by margin (inward when negative). */
struct bbox bbox_grow(struct bbox box, double margin);

/**
 * Writes one or two boxes within -180 … 180 and -90 … 90 degrees; returns how many: 0 when nothing is there.
 */
size_t bbox_split_antimeridian(struct bbox lon_lat_deg, struct bbox boxes[static 2]);

/** Reads "minx,miny,maxx,maxy", all finite. Min > max is kept: see bbox_split_antimeridian(). */
bool bbox_parse(const char *text, struct bbox *box, struct fault *fault);

#endif
