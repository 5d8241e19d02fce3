/*
 * area_template_expand.c - from numbers to polygons.
 *
 * Arcs have a point every 3 degrees or less, so the edge is never more than 0.04 % of the radius inside the
 * true circle. Straight sides have a point every 10 km: a line between two of them is then within 3 m of the
 * great circle. Of a plume, the two tangents from the disc of the source to the far corners make the sides.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/shape_buffer.h"
#include "geo/sphere.h"
#include "symbology/area_template.h"

#define STEP_DEG 3.0
#define CIRCLE_STEPS 120
#define SIDE_STEP_M 10000.0

/* A ring in the making, open; it grows as it needs. */
struct ring {
    struct point *points;
    size_t count;
    size_t capacity;
};

static void add_point(struct ring *ring, struct point point)
{
    if (ring->count == ring->capacity) {
        ring->capacity = ring->capacity > 0 ? 2 * ring->capacity : 256;
        ring->points = memory_resize(ring->points, ring->capacity, sizeof(*ring->points));
    }
    ring->points[ring->count++] = point;
}

/* Adds an arc around a place, both ends included. */
static void add_arc(struct ring *ring, struct point centre, double from_deg, double to_deg, double radius_m)
{
    int steps = (int)ceil(fabs(to_deg - from_deg) / STEP_DEG);
    for (int i = 0; i <= steps; i++) {
        double bearing_deg = steps > 0 ? from_deg + (to_deg - from_deg) * i / steps : from_deg;
        add_point(ring, sphere_destination(centre, bearing_deg, radius_m));
    }
}

/* Turns a clockwise ring as RFC 7946 has it, closes it, and leaves it empty. */
static void take_ring(struct ring *ring, struct shape *shape)
{
    for (size_t i = 0; i < ring->count / 2; i++) {
        struct point point = ring->points[i];
        ring->points[i] = ring->points[ring->count - 1 - i];
        ring->points[ring->count - 1 - i] = point;
    }
    add_point(ring, ring->points[0]);
    shape_add_part(shape, ring->points, ring->count, false);
    ring->count = 0;
}

static void add_circle(struct shape *shape, struct ring *ring, struct point centre, double radius_m)
{
    for (int i = 0; i < CIRCLE_STEPS; i++) {
        add_point(ring, sphere_destination(centre, 360.0 * i / CIRCLE_STEPS, radius_m));
    }
    take_ring(ring, shape);
}

static void add_rings(const struct area_template *rings, struct ring *ring, struct shape *shape)
{
    shape->is_multi = true;
    for (int i = 0; i < rings->number_count; i++) {
        add_circle(shape, ring, rings->points[0], rings->numbers[i]);
    }
}

static void add_plume(const struct area_template *plume, struct ring *ring, struct shape *shape)
{
    struct point source = plume->points[0];
    double opening_deg = plume->numbers[PLUME_OPENING];
    double length_m = plume->numbers[PLUME_LENGTH];
    double source_radius_m = plume->numbers[PLUME_SOURCE_RADIUS];
    if (opening_deg >= 360 || source_radius_m >= length_m) {
        add_circle(shape, ring, source, length_m);
        return;
    }
    double left_deg = plume->numbers[PLUME_BEARING] - opening_deg / 2;
    double right_deg = plume->numbers[PLUME_BEARING] + opening_deg / 2;
    double behind_deg = 360 - opening_deg; /* turn from the right side round the back to the left */
    double turn_deg = sphere_degrees(acos(source_radius_m / length_m));
    add_arc(ring, source, left_deg, right_deg, length_m);
    if (source_radius_m <= 0) {
        add_point(ring, source);
    } else if (behind_deg > 2 * turn_deg) {
        add_arc(ring, source, right_deg + turn_deg, left_deg + 360 - turn_deg, source_radius_m);
    } /* else the straight line between the far corners passes outside the disc */
    take_ring(ring, shape);
}

/*
 * Cells in rows and columns. A place on their edges is told by whole numbers of steps, so that neighbours
 * have exactly the same points.
 */
struct lattice {
    struct point source;
    double bearing_deg;
    struct point first_m; /* the corner of the first cell, from the source: to the right, and ahead */
    double width_m;       /* of a cell */
    double height_m;
    int width_steps; /* along the side of a cell */
    int height_steps;
};

static struct point lattice_place(const struct lattice *lattice, int right, int back)
{
    double right_m = lattice->first_m.x + lattice->width_m * right / lattice->width_steps;
    double ahead_m = lattice->first_m.y - lattice->height_m * back / lattice->height_steps;
    return sphere_destination(lattice->source, lattice->bearing_deg + sphere_degrees(atan2(right_m, ahead_m)),
                              hypot(right_m, ahead_m));
}

/* Clockwise from the corner that is north-west when the lattice looks north. */
static void add_cell(const struct lattice *lattice, int column, int row, struct ring *ring,
                     struct shape *shape)
{
    int right = column * lattice->width_steps;
    int back = row * lattice->height_steps;
    const int turns[4][3] = {{1, 0, lattice->width_steps},
                             {0, 1, lattice->height_steps},
                             {-1, 0, lattice->width_steps},
                             {0, -1, lattice->height_steps}};
    for (int side = 0; side < 4; side++) {
        for (int i = 0; i < turns[side][2]; i++) {
            add_point(ring, lattice_place(lattice, right, back));
            right += turns[side][0];
            back += turns[side][1];
        }
    }
    take_ring(ring, shape);
}

static int steps_of(double side_m)
{
    return (int)ceil(side_m / SIDE_STEP_M);
}

static void add_box(const struct area_template *box, struct ring *ring, struct shape *shape)
{
    double width_m = box->numbers[BOX_WIDTH];
    double height_m = box->numbers[BOX_HEIGHT];
    struct lattice lattice = {.source = box->points[0],
                              .bearing_deg = box->numbers[BOX_BEARING],
                              .first_m = {-width_m / 2, height_m / 2},
                              .width_m = width_m,
                              .height_m = height_m,
                              .width_steps = steps_of(width_m),
                              .height_steps = steps_of(height_m)};
    add_cell(&lattice, 0, 0, ring, shape);
}

static void add_grid(const struct area_template *grid, struct ring *ring, struct shape *shape)
{
    struct lattice lattice = {.source = grid->points[0],
                              .bearing_deg = grid->numbers[GRID_BEARING],
                              .width_m = grid->numbers[GRID_WIDTH],
                              .height_m = grid->numbers[GRID_HEIGHT],
                              .width_steps = steps_of(grid->numbers[GRID_WIDTH]),
                              .height_steps = steps_of(grid->numbers[GRID_HEIGHT])};
    shape->is_multi = true;
    for (int row = 0; row < (int)grid->numbers[GRID_ROWS]; row++) {
        for (int column = 0; column < (int)grid->numbers[GRID_COLUMNS]; column++) {
            add_cell(&lattice, column, row, ring, shape);
        }
    }
}

/* One ring of a buffer in the plane, back on the sphere. */
static void add_plane_ring(const struct shape *buffer, const struct shape_part *part, struct point centre,
                           struct ring *ring, struct shape *shape)
{
    ring->count = 0;
    for (uint32_t i = 0; i < part->count; i++) {
        struct point at = buffer->points[part->first + i];
        struct point before = buffer->points[part->first + (i > 0 ? i - 1 : 0)];
        int steps = i > 0 ? steps_of(point_distance(before, at)) : 1;
        for (int step = 1; step <= steps; step++) {
            struct point place_m = point_between(before, at, (double)step / steps);
            add_point(ring, sphere_from_plane(centre, place_m));
        }
    }
    ring->points[ring->count - 1] = ring->points[0];
    shape_add_part(shape, ring->points, ring->count, part->is_hole);
    ring->count = 0;
}

static bool add_corridor(const struct area_template *corridor, struct ring *ring, struct shape *shape,
                         struct fault *fault)
{
    struct point centre = bbox_centre(bbox_of_points(corridor->points, corridor->point_count));
    struct point *plane_m = memory_new(corridor->point_count, sizeof(*plane_m));
    for (size_t i = 0; i < corridor->point_count; i++) {
        plane_m[i] = sphere_to_plane(centre, corridor->points[i]);
    }
    double reach_m = corridor->numbers[CORRIDOR_WIDTH] / 2;
    struct shape *buffer = shape_buffer_line(plane_m, corridor->point_count, reach_m, fault);
    free(plane_m);
    for (size_t i = 0; buffer && i < buffer->part_count; i++) {
        add_plane_ring(buffer, &buffer->parts[i], centre, ring, shape);
    }
    bool is_made = buffer != NULL;
    shape_free(buffer);
    return is_made;
}

struct shape *area_template_expand(const struct area_template *area_template, struct fault *fault)
{
    assert(area_template_check(area_template, NULL));
    struct shape *shape = shape_new(SHAPE_POLYGON);
    struct ring ring = {NULL, 0, 0};
    bool is_made = true;
    switch (area_template->kind) {
    case TEMPLATE_PLUME:
        add_plume(area_template, &ring, shape);
        break;
    case TEMPLATE_RINGS:
        add_rings(area_template, &ring, shape);
        break;
    case TEMPLATE_CORRIDOR:
        is_made = add_corridor(area_template, &ring, shape, fault);
        break;
    case TEMPLATE_BOX:
        add_box(area_template, &ring, shape);
        break;
    default:
        add_grid(area_template, &ring, shape);
        break;
    }
    free(ring.points);
    if (!is_made) {
        shape_free(shape);
        return NULL;
    }
    return shape;
}
