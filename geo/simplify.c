/*
 * simplify.c - Douglas & Peucker 1973 with a stack of stretches instead of recursion.
 *
 * Its work grows with the square of a stretch's length where every split takes one point off (a curve that
 * bends ever more). So a line is first cut into stretches of MOST_STRETCH points whose ends stay: that costs
 * a point in a thousand and bounds the time.
 */
#include "geo/simplify.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"

#define MOST_STRETCH 1024
#define FEW 64

/* Points first … last, both of which stay. */
struct stretch {
    size_t first;
    size_t last;
};

/* One part on its way; the arrays have room for the longest part and serve all parts. Most parts are short:
 * for them no memory is asked. */
struct work {
    struct point *points; /* finite ones only */
    size_t count;
    bool *stays;
    struct point few_points[FEW];
    bool few_stays[FEW];
    struct stretch stack[MOST_STRETCH]; /* each split of a stretch adds one and takes one */
};

static double farthest(const struct point *points, struct stretch stretch, size_t *number)
{
    double most = -1;
    for (size_t i = stretch.first + 1; i < stretch.last; i++) {
        double distance = segment_distance_squared(points[i], points[stretch.first], points[stretch.last]);
        if (distance > most) {
            most = distance;
            *number = i;
        }
    }
    return most;
}

static void thin_stretch(struct work *work, struct stretch whole, double tolerance_squared)
{
    size_t depth = 0;
    work->stack[depth++] = whole;
    work->stays[whole.first] = true;
    work->stays[whole.last] = true;
    while (depth > 0) {
        struct stretch stretch = work->stack[--depth];
        size_t middle = stretch.first;
        if (farthest(work->points, stretch, &middle) <= tolerance_squared) {
            continue;
        }
        work->stays[middle] = true;
        work->stack[depth++] = (struct stretch){stretch.first, middle};
        work->stack[depth++] = (struct stretch){middle, stretch.last};
    }
}

static void thin(struct work *work, struct stretch whole, double tolerance_squared)
{
    while (whole.first < whole.last) {
        size_t last =
            whole.last - whole.first > MOST_STRETCH - 1 ? whole.first + MOST_STRETCH - 1 : whole.last;
        thin_stretch(work, (struct stretch){whole.first, last}, tolerance_squared);
        whole.first = last;
    }
}

static size_t farthest_from_first(const struct work *work)
{
    size_t number = 0;
    double most = 0;
    for (size_t i = 1; i < work->count; i++) {
        double east = work->points[i].x - work->points[0].x;
        double north = work->points[i].y - work->points[0].y;
        double distance = east * east + north * north;
        if (distance > most) {
            most = distance;
            number = i;
        }
    }
    return number;
}

static size_t count_staying(const struct work *work)
{
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++) {
        count += work->stays[i];
    }
    return count;
}

/* A ring has no ends: it is thinned between its first point and the one farthest from it. */
static void thin_ring(struct work *work, double tolerance_squared)
{
    size_t far = farthest_from_first(work);
    if (far == 0) {
        work->count = 0; /* all points in one place */
        return;
    }
    thin(work, (struct stretch){0, far}, tolerance_squared);
    thin(work, (struct stretch){far, work->count - 1}, tolerance_squared);
    if (count_staying(work) >= 4) {
        return;
    }
    size_t before = 0;
    size_t behind = 0;
    double distance_before = farthest(work->points, (struct stretch){0, far}, &before);
    double distance_behind = farthest(work->points, (struct stretch){far, work->count - 1}, &behind);
    work->stays[distance_before > distance_behind ? before : behind] = true;
}

static void read_part(struct work *work, const struct shape *shape, size_t part)
{
    const struct point *points = shape->points + shape->parts[part].first;
    work->count = 0;
    for (uint32_t i = 0; i < shape->parts[part].count; i++) {
        if (point_is_finite(points[i])) {
            work->stays[work->count] = shape->kind == SHAPE_POINT;
            work->points[work->count++] = points[i];
        }
    }
    /* A ring whose first or last point was dropped is closed again. */
    if (shape->kind == SHAPE_POLYGON && work->count > 0 &&
        !point_equals(work->points[0], work->points[work->count - 1])) {
        work->stays[work->count] = false;
        work->points[work->count++] = work->points[0];
    }
}

static bool is_small(const struct work *work, double tolerance)
{
    struct bbox box = bbox_of_points(work->points, work->count);
    return bbox_width(box) < tolerance && bbox_height(box) < tolerance;
}

static size_t keep_staying(struct work *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->count; i++) {
        if (work->stays[i]) {
            work->points[kept++] = work->points[i];
        }
    }
    return kept;
}

/* Thins one part in place; 0 when it vanishes. */
static size_t thin_part(struct work *work, enum shape_kind kind, double tolerance, bool drop_small)
{
    static const size_t least[] = {[SHAPE_POINT] = 1, [SHAPE_LINE] = 2, [SHAPE_POLYGON] = 4};
    if (work->count < least[kind]) {
        return 0;
    }
    if (kind != SHAPE_POINT && drop_small && is_small(work, tolerance)) {
        return 0;
    }
    if (kind == SHAPE_LINE) {
        thin(work, (struct stretch){0, work->count - 1}, tolerance * tolerance);
    } else if (kind == SHAPE_POLYGON) {
        thin_ring(work, tolerance * tolerance);
    }
    return keep_staying(work);
}

static size_t longest_part(const struct shape *shape)
{
    size_t longest = 0;
    for (size_t part = 0; part < shape->part_count; part++) {
        longest = shape->parts[part].count > longest ? shape->parts[part].count : longest;
    }
    return longest;
}

static void make_room(struct work *work, size_t room)
{
    bool is_few = room <= FEW;
    work->points = is_few ? work->few_points : memory_new(room, sizeof *work->points);
    work->stays = is_few ? work->few_stays : memory_new(room, sizeof *work->stays);
}

static void give_back_room(struct work *work)
{
    if (work->points != work->few_points) {
        free(work->points);
        free(work->stays);
    }
}

struct shape *simplify_shape(const struct shape *shape, double tolerance, bool drop_small)
{
    struct shape *simple = shape_new(shape->kind);
    simple->is_multi = shape->is_multi;
    struct work work;                          /* not cleared: that would cost more than most shapes */
    make_room(&work, longest_part(shape) + 1); /* one more to close a ring */
    bool has_shell = false;
    for (size_t part = 0; part < shape->part_count; part++) {
        bool is_hole = shape->parts[part].is_hole;
        if (is_hole && !has_shell) {
            continue; /* the ring around it vanished */
        }
        read_part(&work, shape, part);
        size_t count = thin_part(&work, shape->kind, tolerance, drop_small);
        has_shell = is_hole ? has_shell : count > 0;
        if (count > 0) {
            shape_add_part(simple, work.points, count, is_hole);
        }
    }
    give_back_room(&work);
    return simple;
}
