/*
 * line_middle.c - walks half of the length of the longest part.
 */
#include "render/scene/line_middle.h"

#include <assert.h>

#include "geo/shape.h"
#include "render/canvas/polyline.h"

struct point line_middle(const struct shape *line)
{
    assert(line->part_count > 0);
    size_t longest = 0;
    double length = -1.0;
    for (size_t i = 0; i < line->part_count; i++) {
        double part_length = shape_part_length(line, i);
        if (part_length > length) {
            longest = i;
            length = part_length;
        }
    }
    struct shape_part part = line->parts[longest];
    const struct point *points = line->points + part.first;
    return part.count < 2 ? points[0] : polyline_walk(points, part.count, 0, 0.0, length / 2);
}
