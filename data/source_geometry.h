/*
 * source_geometry.h - a shape that is filled from one OGR geometry after the other.
 */
#ifndef DATA_SOURCE_GEOMETRY_H
#define DATA_SOURCE_GEOMETRY_H

#include "geo/shape.h"

#define SOURCE_FARTHEST_COORDINATE 1e10 /* no CRS has numbers like that: what lies beyond has no place */
#define SOURCE_MOST_POINTS (16 << 20)   /* of one feature: 256 MiB */

/** All zero is an empty one. */
struct source_geometry {
    struct shape shape; /* its arrays are owned here and only grow: not for shape_free() */
    bool is_too_large;  /* what was read last has more than SOURCE_MOST_POINTS, and not all of it is here */
};

void source_geometry_finish(struct source_geometry *geometry);

/**
 * Fills the shape with all of one kind that there is in an OGRGeometryH without curves; it may have no parts.
 */
void source_geometry_read(struct source_geometry *geometry, void *ogr_geometry, enum shape_kind kind);

#endif
