/*
 * segment.h - distances to the straight stretch between two points.
 */
#ifndef GEO_SEGMENT_H
#define GEO_SEGMENT_H

#include "geo/bbox.h"
#include "geo/point.h"

/** Square of the distance from point to the stretch from … to. Here, as it is asked of each point of a line.
 */
static inline double segment_distance_squared(struct point point, struct point from, struct point to)
{
    double x = to.x - from.x;
    double y = to.y - from.y;
    double right = point.x - from.x;
    double down = point.y - from.y;
    double length_squared = x * x + y * y;
    if (!(length_squared > 0)) {
        return right * right + down * down;
    }
    double part = (right * x + down * y) / length_squared;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    double beside_x = point.x - (from.x + part * x);
    double beside_y = point.y - (from.y + part * y);
    return beside_x * beside_x + beside_y * beside_y;
}

/** Square of the distance between the stretch and the box with its inside; 0 when they touch. */
double segment_box_distance_squared(struct point from, struct point to, struct bbox box);

/**
 * Finds the part of the stretch that lies in the box (Liang & Barsky 1984).
 * @param enter,leave become parts of the way, 0 at from and 1 at to, enter <= leave
 * @return false when no point of it lies in the box
 */
bool segment_clip(struct point from, struct point to, struct bbox box, double *enter, double *leave);

#endif
