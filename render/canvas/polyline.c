/*
 * polyline.c - the outside of a corner is joined by an arc, the inside is cut where the moved segments cross;
 * where they are too short to cross, they are joined across, which leaves a loop smaller than the offset.
 */
#include "render/canvas/polyline.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"

/** Steps of a round join: 15 degrees look round up to an offset of some 30 px. */
#define ROUND_STEP_RAD 0.26

/** Of a turn of 14 degrees: less needs no join; as little from turning back, nothing crosses. */
#define STRAIGHT_COSINE 0.97

void polyline_finish(struct polyline *line)
{
    free(line->points);
    *line = (struct polyline){0};
}

void polyline_clear(struct polyline *line)
{
    line->count = 0;
}

void polyline_add(struct polyline *line, struct point point)
{
    if (line->count == line->capacity) {
        line->capacity = line->capacity ? line->capacity * 2 : 32;
        line->points = memory_resize(line->points, line->capacity, sizeof *line->points);
    }
    line->points[line->count++] = point;
}

struct bbox polyline_segment_box(struct point a, struct point b)
{
    return (struct bbox){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x > b.x ? a.x : b.x,
                         a.y > b.y ? a.y : b.y};
}

double polyline_twice_area_px2(const struct point *ring, size_t count)
{
    double area = 0;
    for (size_t i = 0; i + 1 < count; i++) { /* from the first point: far from (0, 0) digits would be lost */
        struct point a = {ring[i].x - ring[0].x, ring[i].y - ring[0].y};
        struct point b = {ring[i + 1].x - ring[0].x, ring[i + 1].y - ring[0].y};
        area += a.x * b.y - b.x * a.y;
    }
    return area;
}

double polyline_length(const struct point *points, size_t count)
{
    double length = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        length += point_distance(points[i], points[i + 1]);
    }
    return length;
}

struct point polyline_walk(const struct point *points, size_t count, size_t segment, double along_px,
                           double distance_px)
{
    double wanted = along_px + distance_px;
    while (wanted < 0 && segment > 0) {
        segment--;
        wanted += point_distance(points[segment], points[segment + 1]);
    }
    double length = point_distance(points[segment], points[segment + 1]);
    while (wanted > length && segment + 2 < count) {
        wanted -= length;
        segment++;
        length = point_distance(points[segment], points[segment + 1]);
    }
    double share = length > 0 ? wanted / length : 0;
    return point_between(points[segment], points[segment + 1], fmax(0, fmin(1, share)));
}

void polyline_trim(const struct point *points, size_t count, double start_px, double end_px,
                   struct polyline *trimmed)
{
    double length = polyline_length(points, count);
    if (count < 2 || start_px + end_px >= length) {
        return;
    }
    double before = 0;
    polyline_add(trimmed, polyline_walk(points, count, 0, 0, start_px));
    for (size_t i = 1; i + 1 < count; i++) {
        before += point_distance(points[i - 1], points[i]);
        if (before > start_px && before < length - end_px) {
            polyline_add(trimmed, points[i]);
        }
    }
    polyline_add(trimmed, polyline_walk(points, count, count - 2, 0,
                                        point_distance(points[count - 2], points[count - 1]) - end_px));
}

/** Unit vector to the right of a segment. */
static struct point normal_of(struct point a, struct point b)
{
    double length = point_distance(a, b);
    return (struct point){-(b.y - a.y) / length, (b.x - a.x) / length};
}

static struct point moved_by(struct point point, struct point normal, double offset_px)
{
    return (struct point){point.x + normal.x * offset_px, point.y + normal.y * offset_px};
}

/** Where two segments meet: their normals, and the length of the shorter one. */
struct corner {
    struct point place;
    struct point before;
    struct point after;
    double room_px;
};

static void add_round_join(struct polyline *moved, const struct corner *corner, double offset_px)
{
    double from = atan2(corner->before.y, corner->before.x);
    double turn = remainder(atan2(corner->after.y, corner->after.x) - from, 2 * M_PI);
    int steps = 1 + (int)(fabs(turn) / ROUND_STEP_RAD);
    for (int i = 0; i <= steps; i++) {
        double angle = from + turn * i / steps;
        polyline_add(moved, moved_by(corner->place, (struct point){cos(angle), sin(angle)}, offset_px));
    }
}

static void add_corner(struct polyline *moved, const struct corner *corner, double offset_px)
{
    struct point before = corner->before;
    struct point after = corner->after;
    double cosine = before.x * after.x + before.y * after.y;
    double sine = before.x * after.y - before.y * after.x; /* > 0: turns right */
    bool is_inside = sine * offset_px > 0;
    bool do_cross = fabs(sine) * fabs(offset_px) <= corner->room_px * (1 + cosine); /* tan(turn / 2) */
    if (cosine > STRAIGHT_COSINE || (is_inside && cosine > -STRAIGHT_COSINE && do_cross)) {
        struct point middle = {(before.x + after.x) / (1 + cosine), (before.y + after.y) / (1 + cosine)};
        polyline_add(moved, moved_by(corner->place, middle, offset_px));
    } else if (is_inside) {
        polyline_add(moved, moved_by(corner->place, before, offset_px));
        polyline_add(moved, moved_by(corner->place, after, offset_px));
    } else {
        add_round_join(moved, corner, offset_px);
    }
}

/** Index of the next point that is not where point i is, or count. */
static size_t next_distinct(const struct point *points, size_t count, size_t i)
{
    size_t next = i + 1;
    while (next < count && point_distance(points[next], points[i]) == 0) {
        next++;
    }
    return next;
}

void polyline_offset(const struct point *points, size_t count, double offset_px, struct polyline *moved)
{
    size_t i = 0;
    size_t next = count > 0 ? next_distinct(points, count, 0) : 0;
    if (next >= count) {
        return;
    }
    struct point normal = normal_of(points[i], points[next]);
    double length = point_distance(points[i], points[next]);
    polyline_add(moved, moved_by(points[0], normal, offset_px));
    for (i = next; (next = next_distinct(points, count, i)) < count; i = next) {
        struct point after = normal_of(points[i], points[next]);
        double length_after = point_distance(points[i], points[next]);
        struct corner corner = {points[i], normal, after, fmin(length, length_after)};
        add_corner(moved, &corner, offset_px);
        normal = after;
        length = length_after;
    }
    polyline_add(moved, moved_by(points[i], normal, offset_px));
}
