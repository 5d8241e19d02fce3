/*
 * geojson_read_shape.c - "type" and "coordinates" become a shape.
 *
 * Rings come out as RFC 7946 wants them, the outer counter-clockwise and the holes clockwise, however they
 * came in. Heights are left out.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "data/geojson_read.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

struct geometry_type {
    const char *name;
    enum shape_kind kind;
    bool is_multi;
    int depth; /* of arrays around a position */
};

static const struct geometry_type geometry_types[] = {
    {"Point", SHAPE_POINT, false, 0},     {"MultiPoint", SHAPE_POINT, true, 1},
    {"LineString", SHAPE_LINE, false, 1}, {"MultiLineString", SHAPE_LINE, true, 2},
    {"Polygon", SHAPE_POLYGON, false, 2}, {"MultiPolygon", SHAPE_POLYGON, true, 3},
};

static const struct geometry_type *find_type(struct geojson_reading *reading, const json_t *json)
{
    const char *name = json_string_value(json_object_get(json, "type"));
    if (!name) {
        geojson_error(reading, "geometry.type", "is missing or not a text");
        return NULL;
    }
    for (size_t i = 0; i < sizeof geometry_types / sizeof geometry_types[0]; i++) {
        if (strcmp(name, geometry_types[i].name) == 0) {
            return &geometry_types[i];
        }
    }
    if (strcmp(name, "GeometryCollection") == 0) {
        geojson_error(reading, "geometry", "a GeometryCollection is not read: make a feature of each member");
    } else {
        geojson_error(reading, "geometry.type", "'%.40s' is not a type of geometry", name);
    }
    return NULL;
}

static bool read_position(struct geojson_reading *reading, const json_t *json, size_t number,
                          struct point *point)
{
    const json_t *x = json_array_get(json, 0);
    const json_t *y = json_array_get(json, 1);
    size_t size = json_array_size(json);
    if (!json_is_number(x) || !json_is_number(y) || size > 3) {
        geojson_error(reading, "geometry.coordinates", "position %zu is not [longitude, latitude]", number);
        return false;
    }
    if (size == 3 && !json_is_number(json_array_get(json, 2))) {
        geojson_error(reading, "geometry.coordinates", "position %zu has a height that is no number", number);
        return false;
    }
    if (size == 3) {
        geojson_warn_once(reading, "geometry.coordinates", "heights are not kept");
    }
    *point = (struct point){json_number_value(x), json_number_value(y)};
    return true;
}

static void turn(struct point *points, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct point point = points[i];
        points[i] = points[count - 1 - i];
        points[count - 1 - i] = point;
    }
}

/* Twice the area, positive when counter-clockwise; relative to the first point to keep digits. */
static double signed_area(const struct point *points, size_t count)
{
    double area = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        struct point a = {points[i].x - points[0].x, points[i].y - points[0].y};
        struct point b = {points[i + 1].x - points[0].x, points[i + 1].y - points[0].y};
        area += a.x * b.y - b.x * a.y;
    }
    return area;
}

static bool add_part(struct geojson_reading *reading, const json_t *positions, struct shape *shape,
                     bool is_hole)
{
    size_t count = json_array_size(positions);
    if (!json_is_array(positions) || count == 0) {
        geojson_error(reading, "geometry.coordinates", "a list of positions is missing or empty");
        return false;
    }
    struct point *points = memory_new(count, sizeof *points);
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++) {
        is_good =
            read_position(reading, json_array_get(positions, i), shape->point_count + i + 1, &points[i]);
    }
    bool is_ring = is_good && shape->kind == SHAPE_POLYGON;
    if (is_ring && (signed_area(points, count) < 0) != is_hole) {
        turn(points, count);
    }
    if (is_good) {
        shape_add_part(shape, points, count, is_hole);
    }
    free(points);
    return is_good;
}

static bool add_point(struct geojson_reading *reading, const json_t *position, struct shape *shape)
{
    struct point point;
    if (!read_position(reading, position, shape->point_count + 1, &point)) {
        return false;
    }
    shape_add_part(shape, &point, 1, false);
    return true;
}

/* Goes down the arrays: to positions for points, to lists of positions for lines and rings. */
static bool add_parts(struct geojson_reading *reading, const json_t *json, int depth, bool is_hole,
                      struct shape *shape)
{
    if (shape->kind == SHAPE_POINT && depth == 0) {
        return add_point(reading, json, shape);
    }
    if (shape->kind != SHAPE_POINT && depth == 1) {
        return add_part(reading, json, shape, is_hole);
    }
    if (!json_is_array(json) || json_array_size(json) == 0) {
        geojson_error(reading, "geometry.coordinates", "a list is missing or empty");
        return false;
    }
    bool is_polygon = shape->kind == SHAPE_POLYGON && depth == 2;
    for (size_t i = 0; i < json_array_size(json); i++) {
        if (!add_parts(reading, json_array_get(json, i), depth - 1, is_polygon && i > 0, shape)) {
            return false;
        }
    }
    return true;
}

struct shape *geojson_read_shape(struct geojson_reading *reading, const struct json_t *json)
{
    if (!json_is_object(json)) {
        geojson_error(reading, "geometry", "is missing: every feature needs a place");
        return NULL;
    }
    const struct geometry_type *type = find_type(reading, json);
    if (!type) {
        return NULL;
    }
    struct shape *shape = shape_new(type->kind);
    shape->is_multi = type->is_multi;
    struct fault fault;
    bool is_read = add_parts(reading, json_object_get(json, "coordinates"), type->depth, false, shape);
    bool is_good = is_read && shape_check(shape, reading->limits.most_points, &fault);
    if (is_read && !is_good) {
        geojson_error(reading, "geometry", "%s", fault.message);
    }
    if (!is_good) {
        shape_free(shape);
        return NULL;
    }
    return shape;
}
