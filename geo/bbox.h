/*
 * bbox.h - a bounding box.
 *
 * Empty when min > max on an axis. In degrees a box may cross the antimeridian when
 * it comes from outside (west > east, RFC 7946 5.2): bbox_split_antimeridian() turns
 * it into one or two ordinary boxes at the door.
 */
#ifndef GEO_BBOX_H
#define GEO_BBOX_H

#include <math.h>
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

/* What is asked of thousands of boxes for each tile stands here, so that it costs no call. Comparisons are
 * written so that a box with NaN is empty. */

static inline struct bbox bbox_empty(void)
{
    return (struct bbox){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

static inline bool bbox_is_empty(struct bbox box)
{
    return !(box.min_x <= box.max_x && box.min_y <= box.max_y);
}

static inline double bbox_width(struct bbox box)
{
    return bbox_is_empty(box) ? 0 : box.max_x - box.min_x;
}

static inline double bbox_height(struct bbox box)
{
    return bbox_is_empty(box) ? 0 : box.max_y - box.min_y;
}

static inline struct point bbox_centre(struct bbox box)
{
    return (struct point){box.min_x / 2 + box.max_x / 2, box.min_y / 2 + box.max_y / 2};
}

/** Touching counts. */
static inline bool bbox_intersects(struct bbox a, struct bbox b)
{
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y &&
           !bbox_is_empty(a) && !bbox_is_empty(b);
}

static inline bool bbox_contains_point(struct bbox box, struct point point)
{
    return point.x >= box.min_x && point.x <= box.max_x && point.y >= box.min_y && point.y <= box.max_y;
}

static inline bool bbox_contains(struct bbox outer, struct bbox inner)
{
    return !bbox_is_empty(inner) && inner.min_x >= outer.min_x && inner.max_x <= outer.max_x &&
           inner.min_y >= outer.min_y && inner.max_y <= outer.max_y;
}

static inline struct bbox bbox_union(struct bbox a, struct bbox b)
{
    if (bbox_is_empty(a)) {
        return b;
    }
    if (bbox_is_empty(b)) {
        return a;
    }
    return (struct bbox){a.min_x < b.min_x ? a.min_x : b.min_x, a.min_y < b.min_y ? a.min_y : b.min_y,
                         a.max_x > b.max_x ? a.max_x : b.max_x, a.max_y > b.max_y ? a.max_y : b.max_y};
}

static inline struct bbox bbox_intersection(struct bbox a, struct bbox b)
{
    if (!bbox_intersects(a, b)) {
        return bbox_empty();
    }
    return (struct bbox){a.min_x > b.min_x ? a.min_x : b.min_x, a.min_y > b.min_y ? a.min_y : b.min_y,
                         a.max_x < b.max_x ? a.max_x : b.max_x, a.max_y < b.max_y ? a.max_y : b.max_y};
}

/** Moves every side outward by margin (inward when negative). */
static inline struct bbox bbox_grow(struct bbox box, double margin)
{
    return (struct bbox){box.min_x - margin, box.min_y - margin, box.max_x + margin, box.max_y + margin};
}

bool bbox_is_finite(struct bbox box);

/** Around all points that are finite. */
struct bbox bbox_of_points(const struct point *points, size_t count);

/**
 * Writes one or two boxes within -180 … 180 and -90 … 90 degrees; returns how many: 0 when nothing is there.
 */
size_t bbox_split_antimeridian(struct bbox lon_lat_deg, struct bbox boxes[static 2]);

/** Reads "minx,miny,maxx,maxy", all finite. Min > max is kept: see bbox_split_antimeridian(). */
bool bbox_parse(const char *text, struct bbox *box, struct fault *fault);

#endif
