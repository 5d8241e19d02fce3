/*
 * polyline.h - places along a line, and lines beside it. Lengths and places in px.
 */
#ifndef RENDER_POLYLINE_H
#define RENDER_POLYLINE_H

#include <stddef.h>

#include "geo/bbox.h"

/** A growing run of points. Start with {0}; points are owned, polyline_finish(). */
struct polyline {
    struct point *points;
    size_t count;
    size_t capacity;
};

void polyline_finish(struct polyline *line);
void polyline_clear(struct polyline *line); /* keeps its memory */
void polyline_add(struct polyline *line, struct point point);

/** Around one segment. */
struct bbox polyline_segment_box(struct point a, struct point b);

/**
 * Twice the area to the right of a ring, whose last point repeats the first: negative when its inside is to
 * the left. y grows downward.
 */
double polyline_twice_area_px2(const struct point *ring, size_t count);

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
