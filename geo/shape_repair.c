/*
 * shape_repair.c - GEOS takes the rings apart into faces and puts them on the grid by snap rounding; each
 * call has a context of its own, so any thread may call.
 */
#include "geo/shape_repair.h"

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/shape.h"

static GEOSGeometry *make_ring(GEOSContextHandle_t geos, const struct point *points, size_t count)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)count, 2);
    for (size_t i = 0; sequence && i < count; i++) {
        GEOSCoordSeq_setXY_r(geos, sequence, (unsigned)i, points[i].x, points[i].y);
    }
    return sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : NULL;
}

/* The outer ring at first with the holes behind it; *next becomes the outer ring after it. */
static GEOSGeometry *make_polygon(GEOSContextHandle_t geos, const struct shape *shape, size_t first,
                                  size_t *next)
{
    size_t end = first + 1;
    while (end < shape->part_count && shape->parts[end].is_hole) {
        end++;
    }
    *next = end;
    GEOSGeometry **holes = memory_new(end - first, sizeof(GEOSGeometry *));
    unsigned hole_count = 0;
    for (size_t i = first; i < end; i++) {
        const struct shape_part *part = &shape->parts[i];
        GEOSGeometry *ring = make_ring(geos, shape->points + part->first, part->count);
        if (ring) {
            holes[hole_count++] = ring;
        }
    }
    GEOSGeometry *polygon = hole_count == end - first
                                ? GEOSGeom_createPolygon_r(geos, holes[0], holes + 1, hole_count - 1)
                                : NULL;
    free(holes);
    return polygon;
}

static GEOSGeometry *make_polygons(GEOSContextHandle_t geos, const struct shape *shape)
{
    GEOSGeometry **polygons = memory_new(shape->part_count + 1, sizeof(GEOSGeometry *));
    unsigned count = 0;
    for (size_t i = 0; i < shape->part_count;) {
        GEOSGeometry *polygon = make_polygon(geos, shape, i, &i);
        if (polygon) {
            polygons[count++] = polygon;
        }
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons, count);
    free(polygons);
    return all;
}

static void add_ring(GEOSContextHandle_t geos, const GEOSGeometry *ring, bool is_hole, struct shape *shape)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(geos, sequence, &count);
    struct point *points = memory_new(count, sizeof(*points));
    for (unsigned i = 0; i < count; i++) {
        GEOSCoordSeq_getXY_r(geos, sequence, i, &points[i].x, &points[i].y);
        points[i] = (struct point){round(points[i].x), round(points[i].y)};
    }
    shape_add_part(shape, points, count, is_hole);
    free(points);
}

/* The polygons of any geometry; lines and points that were left over are not kept. */
static void add_polygons(GEOSContextHandle_t geos, const GEOSGeometry *geometry, struct shape *shape)
{
    if (GEOSGeomTypeId_r(geos, geometry) == GEOS_POLYGON && !GEOSisEmpty_r(geos, geometry)) {
        add_ring(geos, GEOSGetExteriorRing_r(geos, geometry), false, shape);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(geos, geometry); i++) {
            add_ring(geos, GEOSGetInteriorRingN_r(geos, geometry, i), true, shape);
        }
    }
    bool is_collection = GEOSGeomTypeId_r(geos, geometry) >= GEOS_MULTIPOINT;
    for (int i = 0; is_collection && i < GEOSGetNumGeometries_r(geos, geometry); i++) {
        add_polygons(geos, GEOSGetGeometryN_r(geos, geometry, i), shape);
    }
}

static struct shape *mend(GEOSContextHandle_t geos, const GEOSGeometry *polygons)
{
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos);
    GEOSMakeValidParams_setMethod_r(geos, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(geos, polygons, params);
    GEOSGeometry *whole = valid ? GEOSGeom_setPrecision_r(geos, valid, 1.0, 0) : NULL;
    struct shape *shape = NULL;
    if (whole) {
        shape = shape_new(SHAPE_POLYGON);
        add_polygons(geos, whole, shape);
    }
    GEOSGeom_destroy_r(geos, whole);
    GEOSGeom_destroy_r(geos, valid);
    GEOSMakeValidParams_destroy_r(geos, params);
    return shape;
}

struct shape *shape_repair_whole(const struct shape *polygon)
{
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSGeometry *polygons = make_polygons(geos, polygon);
    bool is_broken = polygons && GEOSisValid_r(geos, polygons) != 1;
    struct shape *shape = is_broken ? mend(geos, polygons) : NULL;
    GEOSGeom_destroy_r(geos, polygons);
    GEOS_finish_r(geos);
    return shape;
}
