/*
 * shape_check.c - the part of shape.h that judges geometry from outside. No foreign library looks at it
 * before this: the process that takes the world's requests must not fall over a bad one.
 */
#include "geo/shape.h"

#include <math.h>
#include <stdio.h>

#include "geo/base/fault.h"
#include "geo/ring_crossing.h"

static const char *part_name(const struct shape *shape)
{
    static const char *const names[] = {"point", "line", "ring"};
    return names[shape->kind];
}

/** What a point is called: "point 2", and of lines and rings "ring 1, point 2". */
static void set_beyond(const struct shape *shape, size_t part, uint32_t index, struct fault *fault)
{
    struct point beyond = shape->points[shape->parts[part].first + index];
    char in_part[40] = "";
    if (shape->kind != SHAPE_POINT) {
        snprintf(in_part, sizeof in_part, ", point %u", index + 1);
    }
    fault_set(fault, FAULT_INPUT,
              "%s %zu%s (%.9g, %.9g) does not lie within 180 degrees east or west and 90 north or south: "
              "coordinates are longitude and latitude in degrees, not metres",
              part_name(shape), part + 1, in_part, beyond.x, beyond.y);
}

static bool check_points(const struct shape *shape, size_t part, struct fault *fault)
{
    const struct point *points = shape->points + shape->parts[part].first;
    for (uint32_t i = 0; i < shape->parts[part].count; i++) {
        if (!(fabs(points[i].x) <= 180 && fabs(points[i].y) <= 90)) { /* or NaN */
            set_beyond(shape, part, i, fault);
            return false;
        }
    }
    return true;
}

/* The number of the first point that is another than the first; count when all are the same. */
static uint32_t find_other(const struct point *points, uint32_t count)
{
    uint32_t i = 1;
    while (i < count && point_equals(points[i], points[0])) {
        i++;
    }
    return i < count ? i : count;
}

/* Do not all points lie on one line? */
static bool has_inside(const struct point *points, uint32_t count)
{
    uint32_t other = find_other(points, count);
    struct point along = other < count ? points[other] : points[0];
    for (uint32_t i = other; i < count; i++) {
        double left = (along.x - points[0].x) * (points[i].y - points[0].y);
        double right = (along.y - points[0].y) * (points[i].x - points[0].x);
        if (left != right) {
            return true;
        }
    }
    return false;
}

static bool check_line(const struct shape *shape, size_t part, struct fault *fault)
{
    uint32_t count = shape->parts[part].count;
    if (find_other(shape->points + shape->parts[part].first, count) == count) {
        fault_set(fault, FAULT_INPUT, "line %zu needs two different points", part + 1);
        return false;
    }
    return true;
}

static bool check_ring(const struct shape *shape, size_t part, struct fault *fault)
{
    const struct point *points = shape->points + shape->parts[part].first;
    uint32_t count = shape->parts[part].count;
    if (count < 4) {
        fault_set(fault, FAULT_INPUT, "ring %zu has %u points and needs four or more", part + 1, count);
        return false;
    }
    if (!point_equals(points[0], points[count - 1])) {
        fault_set(fault, FAULT_INPUT,
                  "ring %zu is not closed: it begins at %.7f, %.7f and ends at %.7f, %.7f", part + 1,
                  points[0].x, points[0].y, points[count - 1].x, points[count - 1].y);
        return false;
    }
    if (!has_inside(points, count)) {
        fault_set(fault, FAULT_INPUT, "ring %zu has no inside: its points lie on one line", part + 1);
        return false;
    }
    if (part == 0 && shape->parts[part].is_hole) {
        fault_set(fault, FAULT_INPUT, "ring 1 is a hole in nothing");
        return false;
    }
    return true;
}

static bool check_part(const struct shape *shape, size_t part, struct fault *fault)
{
    if (shape->parts[part].count == 0) {
        fault_set(fault, FAULT_INPUT, "%s %zu has no points", part_name(shape), part + 1);
        return false;
    }
    if (!check_points(shape, part, fault)) {
        return false;
    }
    switch (shape->kind) {
    case SHAPE_LINE:
        return check_line(shape, part, fault);
    case SHAPE_POLYGON:
        return check_ring(shape, part, fault);
    case SHAPE_POINT:
        break;
    }
    return true;
}

static bool check_crossings(const struct shape *polygon, struct fault *fault)
{
    struct ring_crossing crossing;
    enum ring_crossing_result result = ring_crossing_find(polygon, &crossing);
    if (result == RING_CROSSING_NONE) {
        return true;
    }
    if (result == RING_CROSSING_TOO_INTRICATE) {
        fault_set(
            fault, FAULT_LIMIT,
            "its rings are too intricate: looking for crossings takes more than %d steps for each of its "
            "points and %d besides; cut it in pieces or leave points out",
            RING_CROSSING_WORK_PER_POINT, RING_CROSSING_WORK_BESIDE);
        return false;
    }
    if (result == RING_CROSSING_OUTSIDE) {
        fault_set(fault, FAULT_INPUT, "ring %u is a hole outside the ring it belongs to, ring %u",
                  crossing.first_part + 1, crossing.second_part + 1);
        return false;
    }
    struct point near = polygon->points[polygon->parts[crossing.first_part].first + crossing.first_point];
    if (crossing.first_part == crossing.second_part) {
        fault_set(fault, FAULT_INPUT,
                  "ring %u crosses itself: the edge from point %u (%.7f, %.7f) crosses that "
                  "from point %u",
                  crossing.first_part + 1, crossing.first_point + 1, near.x, near.y,
                  crossing.second_point + 1);
    } else {
        fault_set(fault, FAULT_INPUT,
                  "ring %u crosses ring %u: the edge from point %u (%.7f, %.7f) crosses that "
                  "from point %u",
                  crossing.first_part + 1, crossing.second_part + 1, crossing.first_point + 1, near.x, near.y,
                  crossing.second_point + 1);
    }
    return false;
}

bool shape_check(const struct shape *shape, size_t most_points, struct fault *fault)
{
    if (shape->point_count > most_points) {
        fault_set(fault, FAULT_LIMIT, "it has %u points, more than the %zu that are allowed",
                  shape->point_count, most_points);
        return false;
    }
    if (shape->part_count == 0) {
        fault_set(fault, FAULT_INPUT, "it has no coordinates");
        return false;
    }
    for (size_t part = 0; part < shape->part_count; part++) {
        if (!check_part(shape, part, fault)) {
            return false;
        }
    }
    return shape->kind != SHAPE_POLYGON || check_crossings(shape, fault);
}
