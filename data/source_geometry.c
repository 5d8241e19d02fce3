/*
 * source_geometry.c - coordinates as OGR has them, x before y for every driver here, whatever the axis
 * order of the CRS.
 *
 * What a file may do wrong with them ends here: points without a place, lines and rings that are too short,
 * rings that are not closed, holes of nothing, collections without end.
 */
#include "data/source_geometry.h"

#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>

#include "geo/base/memory.h"

static const int most_nesting = 32;

void source_geometry_finish(struct source_geometry *geometry)
{
    free(geometry->shape.points);
    free(geometry->shape.parts);
    *geometry = (struct source_geometry){0};
}

static bool reserve_points(struct source_geometry *geometry, size_t count)
{
    struct shape *shape = &geometry->shape;
    size_t needed = shape->point_count + count;
    if (needed > SOURCE_MOST_POINTS) {
        geometry->is_too_large = true;
        return false;
    }
    if (needed > shape->point_capacity) {
        shape->point_capacity = (uint32_t)needed * 2;
        shape->points = memory_resize(shape->points, shape->point_capacity, sizeof *shape->points);
    }
    return true;
}

static void append_part(struct source_geometry *geometry, size_t count, bool is_hole)
{
    struct shape *shape = &geometry->shape;
    if (shape->part_count == shape->part_capacity) {
        shape->part_capacity = shape->part_capacity * 2 + 16;
        shape->parts = memory_resize(shape->parts, shape->part_capacity, sizeof *shape->parts);
    }
    shape->box = bbox_union(shape->box, bbox_of_points(shape->points + shape->point_count, count));
    shape->parts[shape->part_count++] = (struct shape_part){shape->point_count, (uint32_t)count, is_hole};
    shape->point_count += (uint32_t)count;
}

static bool has_place(struct point point)
{
    return fabs(point.x) <= SOURCE_FARTHEST_COORDINATE &&
           fabs(point.y) <= SOURCE_FARTHEST_COORDINATE; /* NaN has not */
}

/* Copies the points of one part behind those of the shape; returns how many have a place. */
static size_t copy_points(struct source_geometry *geometry, OGRGeometryH part)
{
    int count = OGR_G_GetPointCount(part);
    if (count <= 0 || !reserve_points(geometry, (size_t)count + 1)) { /* one more: to close a ring */
        return 0;
    }
    struct point *points = geometry->shape.points + geometry->shape.point_count;
    OGR_G_GetPoints(part, &points->x, sizeof *points, &points->y, sizeof *points, NULL, 0);
    size_t kept = 0;
    for (int i = 0; i < count; i++) {
        if (has_place(points[i])) {
            points[kept++] = points[i];
        }
    }
    return kept;
}

static size_t close_ring(struct point *points, size_t count)
{
    if (count > 0 && !point_equals(points[0], points[count - 1])) {
        points[count++] = points[0];
    }
    return count;
}

/* Adds one point, line or ring, unless too little of it is left. */
static bool add_part(struct source_geometry *geometry, OGRGeometryH part, bool is_hole)
{
    static const size_t least_count[] = {[SHAPE_POINT] = 1, [SHAPE_LINE] = 2, [SHAPE_POLYGON] = 4};
    const struct shape *shape = &geometry->shape;
    size_t count = copy_points(geometry, part);
    if (shape->kind == SHAPE_POLYGON) {
        count = close_ring(shape->points + shape->point_count, count);
    }
    if (count < least_count[shape->kind]) {
        return false;
    }
    append_part(geometry, count, is_hole);
    return true;
}

static void add_polygon(struct source_geometry *geometry, OGRGeometryH polygon)
{
    int count = OGR_G_GetGeometryCount(polygon);
    if (count <= 0 || !add_part(geometry, OGR_G_GetGeometryRef(polygon, 0), false)) {
        return;
    }
    for (int i = 1; i < count; i++) {
        add_part(geometry, OGR_G_GetGeometryRef(polygon, i), true);
    }
}

/* What a type without members is; false for collections and all that has members. */
static bool simple_kind(OGRwkbGeometryType type, enum shape_kind *kind)
{
    switch (OGR_GT_Flatten(type)) {
    case wkbPoint:
        *kind = SHAPE_POINT;
        return true;
    case wkbLineString:
        *kind = SHAPE_LINE;
        return true;
    case wkbPolygon:
    case wkbTriangle:
        *kind = SHAPE_POLYGON;
        return true;
    default:
        return false;
    }
}

static void add_geometry(struct source_geometry *geometry, OGRGeometryH added, int nesting)
{
    enum shape_kind kind = SHAPE_POINT;
    if (!simple_kind(OGR_G_GetGeometryType(added), &kind)) {
        int count = nesting < most_nesting ? OGR_G_GetGeometryCount(added) : 0;
        for (int i = 0; i < count; i++) {
            add_geometry(geometry, OGR_G_GetGeometryRef(added, i), nesting + 1);
        }
        return;
    }
    if (kind != geometry->shape.kind) {
        return;
    }
    if (kind == SHAPE_POLYGON) {
        add_polygon(geometry, added);
    } else {
        add_part(geometry, added, false);
    }
}

void source_geometry_read(struct source_geometry *geometry, void *ogr_geometry, enum shape_kind kind)
{
    struct shape *shape = &geometry->shape;
    shape->kind = kind;
    shape->point_count = 0;
    shape->part_count = 0;
    shape->box = bbox_empty();
    geometry->is_too_large = false;
    add_geometry(geometry, ogr_geometry, 0);
    shape->is_multi = shape->part_count > 1;
}
