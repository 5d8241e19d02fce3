/*
 * shape.c - the container. Room grows by doubling, so many small parts cost no more than one large.
 */
#include "geo/shape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

struct shape *shape_new(enum shape_kind kind)
{
    struct shape *shape = memory_new(1, sizeof *shape);
    shape->kind = kind;
    shape->box = bbox_empty();
    return shape;
}

void shape_free(struct shape *shape)
{
    if (!shape) {
        return;
    }
    free(shape->points);
    free(shape->parts);
    free(shape);
}

struct shape *shape_copy(const struct shape *shape)
{
    struct shape *copy = memory_new(1, sizeof *copy);
    *copy = *shape;
    copy->point_capacity = shape->point_count;
    copy->part_capacity = shape->part_count;
    copy->points = memory_resize(NULL, shape->point_count, sizeof *copy->points);
    copy->parts = memory_resize(NULL, shape->part_count, sizeof *copy->parts);
    if (shape->point_count > 0) {
        memcpy(copy->points, shape->points, shape->point_count * sizeof *copy->points);
    }
    if (shape->part_count > 0) {
        memcpy(copy->parts, shape->parts, shape->part_count * sizeof *copy->parts);
    }
    return copy;
}

static uint32_t grown(size_t capacity, size_t needed)
{
    size_t doubled = capacity * 2 < UINT32_MAX ? capacity * 2 : UINT32_MAX;
    return (uint32_t)(doubled > needed ? doubled : needed);
}

static void reserve(struct shape *shape, size_t point_count)
{
    size_t needed = shape->point_count + point_count;
    assert(needed <= UINT32_MAX && shape->part_count < UINT32_MAX);
    if (needed > shape->point_capacity) {
        shape->point_capacity = grown(shape->point_capacity, needed);
        shape->points = memory_resize(shape->points, shape->point_capacity, sizeof *shape->points);
    }
    if (shape->part_count == shape->part_capacity) {
        shape->part_capacity = grown(shape->part_capacity, (size_t)shape->part_count + 1);
        shape->parts = memory_resize(shape->parts, shape->part_capacity, sizeof *shape->parts);
    }
}

void shape_add_part(struct shape *shape, const struct point *points, size_t count, bool is_hole)
{
    reserve(shape, count);
    shape->parts[shape->part_count++] = (struct shape_part){shape->point_count, (uint32_t)count, is_hole};
    if (count > 0) {
        memcpy(shape->points + shape->point_count, points, count * sizeof *points);
    }
    shape->point_count += (uint32_t)count;
    shape->box = bbox_union(shape->box, bbox_of_points(points, count));
}

void shape_update_box(struct shape *shape)
{
    shape->box = bbox_of_points(shape->points, shape->point_count);
}

double shape_part_length(const struct shape *shape, size_t part)
{
    assert(part < shape->part_count);
    const struct point *points = shape->points + shape->parts[part].first;
    double length = 0;
    for (uint32_t i = 1; i < shape->parts[part].count; i++) {
        if (point_is_finite(points[i - 1]) && point_is_finite(points[i])) {
            length += point_distance(points[i - 1], points[i]);
        }
    }
    return length;
}
