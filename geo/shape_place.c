/*
 * shape_place.c - where a label belongs, and whether a shape is near a box.
 *
 * The inside of a polygon is what an odd number of its edges lies west of, whatever its rings are called:
 * so a hole that is not marked as one is still a hole, and nothing here fails on invalid rings.
 */
#include "geo/shape.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"

/* Rows in which a polygon is searched for the place farthest from its edges. */
#define ROWS 31

/* A place off the middle must be this much better, or labels of long shapes would stand at an end. */
#define PREFERENCE 1.05

/* For polygons of no more points no memory is asked. */
#define FEW 64

typedef bool edge_visit(struct point a, struct point b, void *context);

static inline bool find_edge_of_part(const struct point *points, size_t count, edge_visit *is_found,
                                     void *context)
{
    for (size_t i = 1; i < count; i++) {
        bool is_finite = point_is_finite(points[i - 1]) && point_is_finite(points[i]);
        if (is_finite && is_found(points[i - 1], points[i], context)) {
            return true;
        }
    }
    return false;
}

/* Calls for each edge whose two ends are finite, until one is found. */
static inline bool find_edge(const struct shape *shape, edge_visit *is_found, void *context)
{
    for (size_t part = 0; part < shape->part_count; part++) {
        const struct point *points = shape->points + shape->parts[part].first;
        if (find_edge_of_part(points, shape->parts[part].count, is_found, context)) {
            return true;
        }
    }
    return false;
}

/* The edge holds its lower end, not its upper one: so a vertex on the row counts once. */
static bool crosses_row(struct point a, struct point b, double y)
{
    return (a.y <= y) != (b.y <= y);
}

static double crossing_x(struct point a, struct point b, double y)
{
    return a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
}

struct row {
    double y;
    double *crossings; /* borrowed; room for all edges */
    size_t count;
};

static inline bool add_crossing(struct point a, struct point b, void *context)
{
    struct row *row = context;
    if (crosses_row(a, b, row->y)) {
        row->crossings[row->count++] = crossing_x(a, b, row->y);
    }
    return false;
}

static int compare_numbers(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The middle of the widest stretch of the row inside the polygon; its width, 0 when there is none. */
static double widest_stretch(const struct shape *polygon, struct row *row, struct point *middle)
{
    row->count = 0;
    find_edge(polygon, add_crossing, row);
    if (row->count > 1) {
        qsort(row->crossings, row->count, sizeof *row->crossings, compare_numbers);
    }
    double widest = 0;
    for (size_t i = 1; i < row->count; i += 2) {
        double width = row->crossings[i] - row->crossings[i - 1];
        if (width > widest) {
            widest = width;
            *middle = (struct point){row->crossings[i - 1] + width / 2, row->y};
        }
    }
    return widest;
}

struct nearest {
    struct point point;
    double distance_squared;
};

static inline bool take_nearer(struct point a, struct point b, void *context)
{
    struct nearest *nearest = context;
    double distance_squared = segment_distance_squared(nearest->point, a, b);
    if (distance_squared < nearest->distance_squared) {
        nearest->distance_squared = distance_squared;
    }
    return false;
}

static double distance_to_edges(const struct shape *polygon, struct point point)
{
    struct nearest nearest = {point, INFINITY};
    find_edge(polygon, take_nearer, &nearest);
    return sqrt(nearest.distance_squared);
}

static struct point first_finite(const struct shape *shape)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        if (point_is_finite(shape->points[i])) {
            return shape->points[i];
        }
    }
    return (struct point){NAN, NAN};
}

/* A place in this row of the box or in one farther from its middle is at most so far from the edges. */
static double most_distance(struct bbox box, double y)
{
    return fmin(y - box.min_y, box.max_y - y);
}

static struct point polygon_interior(const struct shape *polygon)
{
    double few[FEW];
    bool is_few = polygon->point_count <= FEW;
    struct row row = {.crossings = is_few ? few : memory_new(polygon->point_count, sizeof *row.crossings)};
    struct bbox box = polygon->box;
    struct point best = first_finite(polygon);
    double best_distance = 0;
    for (int i = 0; i < ROWS; i++) {
        int from_middle = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2); /* 0, -1, 1, -2, 2 … */
        struct point middle = best;
        row.y = bbox_centre(box).y + bbox_height(box) * from_middle / (ROWS + 1);
        if (most_distance(box, row.y) <= best_distance * PREFERENCE) {
            break;
        }
        if (widest_stretch(polygon, &row, &middle) / 2 <= best_distance * PREFERENCE) {
            continue; /* no place in it can be far enough from the edges */
        }
        double distance = distance_to_edges(polygon, middle);
        if (distance > best_distance * PREFERENCE) {
            best = middle;
            best_distance = distance;
        }
    }
    if (!is_few) {
        free(row.crossings);
    }
    return best;
}

struct point shape_interior_point(const struct shape *shape)
{
    return shape->kind == SHAPE_POLYGON ? polygon_interior(shape) : first_finite(shape);
}

struct reach {
    struct bbox box;
    double squared;
};

static bool is_edge_in_reach(struct point a, struct point b, void *context)
{
    const struct reach *reach = context;
    return segment_box_distance_squared(a, b, reach->box) <= reach->squared;
}

struct parity {
    struct point point;
    bool is_inside;
};

static bool turn_parity(struct point a, struct point b, void *context)
{
    struct parity *parity = context;
    if (crosses_row(a, b, parity->point.y) && crossing_x(a, b, parity->point.y) < parity->point.x) {
        parity->is_inside = !parity->is_inside;
    }
    return false;
}

static bool is_inside(const struct shape *polygon, struct point point)
{
    struct parity parity = {point, false};
    find_edge(polygon, turn_parity, &parity);
    return parity.is_inside;
}

static bool has_point_in_reach(const struct shape *shape, struct reach reach)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        struct point point = shape->points[i];
        if (point_is_finite(point) &&
            segment_box_distance_squared(point, point, reach.box) <= reach.squared) {
            return true;
        }
    }
    return false;
}

bool shape_touches_box(const struct shape *shape, struct bbox box, double reach)
{
    struct reach near = {box, reach * reach};
    if (bbox_is_empty(box) || !bbox_intersects(shape->box, bbox_grow(box, reach))) {
        return false;
    }
    if (shape->kind == SHAPE_POINT) {
        return has_point_in_reach(shape, near);
    }
    if (find_edge(shape, is_edge_in_reach, &near)) {
        return true;
    }
    return shape->kind == SHAPE_POLYGON && is_inside(shape, (struct point){box.min_x, box.min_y});
}
