/*
 * shape_buffer.c - GEOS makes the buffer; each call has a context of its own, so any thread may call.
 */
#include "geo/shape_buffer.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

#define QUARTER_TURN_EDGES 30
#define MESSAGE_BYTES 160

static void keep_message(const char *message, void *text)
{
    snprintf(text, MESSAGE_BYTES, "%s", message);
}

static GEOSGeometry *make_line(GEOSContextHandle_t geos, const struct point *points, size_t count)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)count, 2);
    for (size_t i = 0; sequence && i < count; i++) {
        GEOSCoordSeq_setXY_r(geos, sequence, (unsigned)i, points[i].x, points[i].y);
    }
    return sequence ? GEOSGeom_createLineString_r(geos, sequence) : NULL;
}

/* GEOS turns outer rings clockwise and holes the other way: all are added backward. */
static void add_ring(GEOSContextHandle_t geos, const GEOSGeometry *ring, bool is_hole, struct shape *shape)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(geos, sequence, &count);
    struct point *points = memory_new(count, sizeof(*points));
    for (unsigned i = 0; i < count; i++) {
        struct point *point = &points[count - 1 - i];
        GEOSCoordSeq_getXY_r(geos, sequence, i, &point->x, &point->y);
    }
    shape_add_part(shape, points, count, is_hole);
    free(points);
}

static struct shape *shape_of(GEOSContextHandle_t geos, const GEOSGeometry *polygon)
{
    if (!polygon || GEOSGeomTypeId_r(geos, polygon) != GEOS_POLYGON || GEOSisEmpty_r(geos, polygon)) {
        return NULL;
    }
    struct shape *shape = shape_new(SHAPE_POLYGON);
    add_ring(geos, GEOSGetExteriorRing_r(geos, polygon), false, shape);
    for (int i = 0; i < GEOSGetNumInteriorRings_r(geos, polygon); i++) {
        add_ring(geos, GEOSGetInteriorRingN_r(geos, polygon, i), true, shape);
    }
    return shape;
}

static bool are_finite(const struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!point_is_finite(points[i])) {
            return false;
        }
    }
    return true;
}

struct shape *shape_buffer_line(const struct point *points, size_t count, double distance,
                                struct fault *fault)
{
    if (count < 2 || !are_finite(points, count) || !(distance > 0) || !isfinite(distance)) {
        fault_set(fault, FAULT_INPUT, "a buffer needs a line of finite points and a distance above 0");
        return NULL;
    }
    char message[MESSAGE_BYTES] = "";
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSContext_setErrorMessageHandler_r(geos, keep_message, message);
    GEOSGeometry *line = make_line(geos, points, count);
    GEOSGeometry *polygon = line ? GEOSBuffer_r(geos, line, distance, QUARTER_TURN_EDGES) : NULL;
    struct shape *shape = shape_of(geos, polygon);
    if (!shape) {
        fault_set(fault, FAULT_INPUT, "the line has no buffer: %s", message[0] ? message : "it is empty");
    }
    GEOSGeom_destroy_r(geos, polygon);
    GEOSGeom_destroy_r(geos, line);
    GEOS_finish_r(geos);
    return shape;
}
