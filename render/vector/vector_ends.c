/*
 * vector_ends.c - an end is turned by the stretch of the line that it covers.
 */
#include "render/vector/vector_ends.h"

#include <math.h>

#include "geo/shape.h"
#include "render/canvas/polyline.h"

static double turn_deg(struct point from, struct point to)
{
    return round(atan2(to.y - from.y, to.x - from.x) * 180 / M_PI);
}

void vector_ends_visit(const struct shape *lines, const struct line_look *look,
                       void (*visit)(const struct vector_end *end, void *context), void *context)
{
    double size = look->end_size_px;
    bool has_ends = look->start != LINE_END_NONE || look->end != LINE_END_NONE;
    for (size_t i = 0; has_ends && i < lines->part_count; i++) {
        const struct point *points = lines->points + lines->parts[i].first;
        size_t count = lines->parts[i].count;
        if (count < 2 || polyline_length(points, count) < size) {
            continue;
        }
        if (look->start != LINE_END_NONE) {
            struct point behind = polyline_walk(points, count, 0, 0, size);
            visit(&(struct vector_end){points[0], true, turn_deg(behind, points[0])}, context);
        }
        if (look->end != LINE_END_NONE) {
            double last = point_distance(points[count - 2], points[count - 1]);
            struct point before = polyline_walk(points, count, count - 2, last, -size);
            visit(&(struct vector_end){points[count - 1], false, turn_deg(before, points[count - 1])},
                  context);
        }
    }
}
