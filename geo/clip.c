/*
 * clip.c - lines by Liang & Barsky 1984, rings by Sutherland & Hodgman 1974.
 *
 * What is cut lies exactly on the edge of the box: the coordinate is set to the edge's, not computed.
 */
#include "geo/clip.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"

#define MOST_COORDINATE 1e300 /* differences of larger ones overflow */

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* The piece of a line that is being collected. */
struct piece {
    struct point *points;
    size_t count;
    double start;
    clip_line_visit *visit;
    void *context;
};

static void end_piece(struct piece *piece)
{
    if (piece->count > 1) {
        piece->visit(piece->points, piece->count, piece->start, piece->context);
    }
    piece->count = 0;
}

/* One step of the line, length of the line before it. */
static void clip_step(struct piece *piece, struct point from, struct point to, struct bbox box, double before)
{
    double enter;
    double leave;
    if (!segment_clip(from, to, box, &enter, &leave) || enter == leave) {
        end_piece(piece);
        return;
    }
    if (enter > 0) {
        end_piece(piece);
    }
    if (piece->count == 0) {
        struct point first = enter > 0 ? point_between(from, to, enter) : from;
        piece->points[piece->count++] =
            (struct point){clamp(first.x, box.min_x, box.max_x), clamp(first.y, box.min_y, box.max_y)};
        piece->start = before + (enter > 0 ? point_distance(from, to) * enter : 0);
    }
    struct point last = leave < 1 ? point_between(from, to, leave) : to;
    piece->points[piece->count++] =
        (struct point){clamp(last.x, box.min_x, box.max_x), clamp(last.y, box.min_y, box.max_y)};
    if (leave < 1) {
        end_piece(piece);
    }
}

static bool is_all_inside(const struct point *points, size_t count, struct bbox box)
{
    for (size_t i = 0; i < count; i++) {
        if (!bbox_contains_point(box, points[i])) { /* so is NaN */
            return false;
        }
    }
    return true;
}

void clip_line(const struct point *points, size_t count, struct bbox box, clip_line_visit *visit,
               void *context)
{
    if (count < 2) {
        return;
    }
    if (is_all_inside(points, count, box)) {
        visit(points, count, 0, context);
        return;
    }
    struct piece piece = {.points = memory_new(count, sizeof *points), .visit = visit, .context = context};
    double before = 0;
    for (size_t i = 1; i < count; i++) {
        double length = point_distance(points[i - 1], points[i]);
        if (!isfinite(length)) {
            end_piece(&piece);
            continue;
        }
        clip_step(&piece, points[i - 1], points[i], box, before);
        before += length;
    }
    end_piece(&piece);
    free(piece.points);
}

/* A ring without its closing point, in memory that grows. */
struct ring {
    struct point *points;
    size_t count;
    size_t capacity;
};

static void ring_add(struct ring *ring, struct point point)
{
    if (ring->count == ring->capacity) {
        ring->capacity = ring->capacity > 0 ? ring->capacity * 2 : 64;
        ring->points = memory_resize(ring->points, ring->capacity, sizeof *ring->points);
    }
    ring->points[ring->count++] = point;
}

enum side { WEST, EAST, SOUTH, NORTH };

static bool is_inside(struct point point, enum side side, struct bbox box)
{
    switch (side) {
    case WEST:
        return point.x >= box.min_x;
    case EAST:
        return point.x <= box.max_x;
    case SOUTH:
        return point.y >= box.min_y;
    default:
        return point.y <= box.max_y;
    }
}

/* Where the way between two points on different sides of an edge of the box meets it. */
static struct point meet_side(struct point from, struct point to, enum side side, struct bbox box)
{
    if (side == WEST || side == EAST) {
        double x = side == WEST ? box.min_x : box.max_x;
        return (struct point){x, from.y + (to.y - from.y) * ((x - from.x) / (to.x - from.x))};
    }
    double y = side == SOUTH ? box.min_y : box.max_y;
    return (struct point){from.x + (to.x - from.x) * ((y - from.y) / (to.y - from.y)), y};
}

/* Always computed from the inner point, so both directions of an edge are cut at the same place. */
static void add_meeting(struct ring *ring, struct point a, struct point b, enum side side, struct bbox box)
{
    bool is_a_inside = is_inside(a, side, box);
    ring_add(ring, is_a_inside ? meet_side(a, b, side, box) : meet_side(b, a, side, box));
}

static void cut_side(const struct ring *ring, struct ring *cut, enum side side, struct bbox box)
{
    cut->count = 0;
    for (size_t i = 0; i < ring->count; i++) {
        struct point previous = ring->points[i > 0 ? i - 1 : ring->count - 1];
        struct point point = ring->points[i];
        if (is_inside(previous, side, box) != is_inside(point, side, box)) {
            add_meeting(cut, previous, point, side, box);
        }
        if (is_inside(point, side, box)) {
            ring_add(cut, point);
        }
    }
}

static void swap(struct ring *a, struct ring *b)
{
    struct ring kept = *a;
    *a = *b;
    *b = kept;
}

/* What is left where a ring only passes by a corner has no area. */
static bool has_area(const struct ring *ring)
{
    double twice_area = 0;
    for (size_t i = 2; i < ring->count; i++) {
        struct point origin = ring->points[0];
        struct point a = ring->points[i - 1];
        struct point b = ring->points[i];
        twice_area += (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
    }
    return ring->count >= 3 && twice_area != 0;
}

static void read_ring(struct ring *ring, const struct shape *polygon, size_t part)
{
    const struct point *points = polygon->points + polygon->parts[part].first;
    ring->count = 0;
    for (uint32_t i = 0; i + 1 < polygon->parts[part].count; i++) {
        if (fabs(points[i].x) <= MOST_COORDINATE && fabs(points[i].y) <= MOST_COORDINATE) {
            ring_add(ring, points[i]);
        }
    }
}

static void close_into(struct shape *clipped, struct ring *ring, bool is_hole)
{
    ring_add(ring, ring->points[0]);
    shape_add_part(clipped, ring->points, ring->count, is_hole);
}

struct shape *clip_polygon(const struct shape *polygon, struct bbox box)
{
    struct shape *clipped = shape_new(SHAPE_POLYGON);
    clipped->is_multi = polygon->is_multi;
    struct ring ring = {0};
    struct ring cut = {0};
    bool has_shell = false;
    for (size_t part = 0; part < polygon->part_count; part++) {
        bool is_hole = polygon->parts[part].is_hole;
        if (is_hole && !has_shell) {
            continue; /* the ring around it vanished */
        }
        read_ring(&ring, polygon, part);
        bool is_cut = !bbox_contains(box, bbox_of_points(ring.points, ring.count));
        for (enum side side = WEST; is_cut && side <= NORTH; side++) {
            cut_side(&ring, &cut, side, box);
            swap(&ring, &cut);
        }
        bool is_left = has_area(&ring);
        has_shell = is_hole ? has_shell : is_left;
        if (is_left) {
            close_into(clipped, &ring, is_hole);
        }
    }
    free(ring.points);
    free(cut.points);
    return clipped;
}
