/*
 * shape.h - a geometry: points, lines or polygons, in one run of coordinates.
 *
 * The coordinates of all parts follow each other. A part is one point, one line, or one
 * ring (closed: first point repeated at the end). A ring that is_hole belongs to the last
 * ring before it that is not. Immutable once made.
 */
#ifndef GEO_SHAPE_H
#define GEO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/point.h"

struct fault;

enum shape_kind { SHAPE_POINT, SHAPE_LINE, SHAPE_POLYGON };

struct shape_part {
    uint32_t first; /* index of its first point */
    uint32_t count;
    bool is_hole;
};

struct shape {
    enum shape_kind kind;
    bool is_multi;        /* written back as Multi… even when it has one member */
    uint32_t point_count; /* counts are kept short: of a plot's points each has a shape */
    uint32_t part_count;
    uint32_t point_capacity;
    uint32_t part_capacity;
    struct point *points;     /* owned; point_capacity of them are allocated */
    struct shape_part *parts; /* owned; part_capacity of them are allocated */
    struct bbox box;          /* of all points that are finite */
};

/** An empty shape to be filled with shape_add_part(). Owned, shape_free(). */
struct shape *shape_new(enum shape_kind kind);
void shape_free(struct shape *shape);
struct shape *shape_copy(const struct shape *shape);

/** Appends one part; points are copied. box is kept up to date (NaN points do not count). */
void shape_add_part(struct shape *shape, const struct point *points, size_t count, bool is_hole);

/** Recomputes box after points were changed in place. */
void shape_update_box(struct shape *shape);

/**
 * What a feature of a plot must be: finite, within ±180/±90 degrees, lines of two different
 * points or more, rings closed with four points or more and not crossing themselves or each
 * other (touching is allowed), holes inside their rings, within the vertex budget. The INPUT fault names
 * part, point and coordinates; LIMIT says too many points, or rings so intricate that looking for crossings
 * takes more steps than ring_crossing.h allows.
 */
bool shape_check(const struct shape *lon_lat_deg, size_t most_points, struct fault *fault);

/** Length of one line part, in the units of its points; steps to or from a NaN point do not count. */
double shape_part_length(const struct shape *shape, size_t part);

/**
 * A place inside a polygon, far from its edges and rather near its middle; of points and lines the first
 * point.
 */
struct point shape_interior_point(const struct shape *shape);

/** Is any of the shape (its inside included) within reach of the box? Exact, not by bounding box. */
bool shape_touches_box(const struct shape *shape, struct bbox box, double reach);

#endif
