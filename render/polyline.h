/*
 * polyline.h - places along a line, and lines beside it. Lengths and places in px.
 */
#ifndef RENDER_POLYLINE_H
#define RENDER_POLYLINE_H

#include <stddef.h>

#include "geo/point.h"

/** A growing run of points. Start with {0}; points are owned, polyline_finish(). */
struct polyline {
    struct point *points;
    size_t count;
    size_t capacity;
};

void polyline_finish(struct polyline *line);
void polyline_clear(struct polyline *line); /* keeps its memory */
void polyline_add(struct polyline *line, struct point point);

/** The point at a share of the way from a to b. */
struct point polyline_between(struct point a, struct point b, double share);

double polyline_length(const struct point *points, size_t count);

/**
 * The place at a distance along the line from a place on it: segment i runs from points[i] to points[i + 1],
 * and along_px is how far on it one starts. A negative distance goes back. Stops at the ends.
 */
struct point polyline_walk(const struct point *points, size_t count, size_t segment, double along_px,
                           double distance_px);

/** The line without its first start_px and its last end_px, into an empty polyline; empty when nothing is
 * left. */
void polyline_trim(const struct point *points, size_t count, double start_px, double end_px,
                   struct polyline *trimmed);

/**
 * The line moved offset_px to the right of its direction (left when negative), y growing downward; corners
 * are rounded on the outside. Each corner depends on its two segments only, so a piece of a line is moved
 * like the whole.
 */
void polyline_offset(const struct point *points, size_t count, double offset_px, struct polyline *moved);

#endif
