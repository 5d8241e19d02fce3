/*
 * bbox.c - comparisons are written so that a box with NaN is empty.
 */
#include "geo/bbox.h"

#include <math.h>

#include "geo/base/fault.h"
#include "geo/base/number.h"

struct bbox bbox_empty(void)
{
    return (struct bbox){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

bool bbox_is_empty(struct bbox box)
{
    return !(box.min_x <= box.max_x && box.min_y <= box.max_y);
}

bool bbox_is_finite(struct bbox box)
{
    return isfinite(box.min_x) && isfinite(box.min_y) && isfinite(box.max_x) && isfinite(box.max_y);
}

double bbox_width(struct bbox box)
{
    return bbox_is_empty(box) ? 0 : box.max_x - box.min_x;
}

double bbox_height(struct bbox box)
{
    return bbox_is_empty(box) ? 0 : box.max_y - box.min_y;
}

struct point bbox_centre(struct bbox box)
{
    return (struct point){box.min_x / 2 + box.max_x / 2, box.min_y / 2 + box.max_y / 2};
}

static struct bbox with_point(struct bbox box, struct point point)
{
    return (struct bbox){fmin(box.min_x, point.x), fmin(box.min_y, point.y), fmax(box.max_x, point.x),
                         fmax(box.max_y, point.y)};
}

struct bbox bbox_of_points(const struct point *points, size_t count)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < count; i++) {
        if (point_is_finite(points[i])) {
            box = with_point(box, points[i]);
        }
    }
    return box;
}

struct bbox bbox_union(struct bbox a, struct bbox b)
{
    if (bbox_is_empty(a)) {
        return b;
    }
    if (bbox_is_empty(b)) {
        return a;
    }
    return (struct bbox){fmin(a.min_x, b.min_x), fmin(a.min_y, b.min_y), fmax(a.max_x, b.max_x),
                         fmax(a.max_y, b.max_y)};
}

struct bbox bbox_intersection(struct bbox a, struct bbox b)
{
    if (!bbox_intersects(a, b)) {
        return bbox_empty();
    }
    return (struct bbox){fmax(a.min_x, b.min_x), fmax(a.min_y, b.min_y), fmin(a.max_x, b.max_x),
                         fmin(a.max_y, b.max_y)};
}

bool bbox_intersects(struct bbox a, struct bbox b)
{
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y &&
           !bbox_is_empty(a) && !bbox_is_empty(b);
}

bool bbox_contains_point(struct bbox box, struct point point)
{
    return point.x >= box.min_x && point.x <= box.max_x && point.y >= box.min_y && point.y <= box.max_y;
}

bool bbox_contains(struct bbox outer, struct bbox inner)
{
    return !bbox_is_empty(inner) && inner.min_x >= outer.min_x && inner.max_x <= outer.max_x &&
           inner.min_y >= outer.min_y && inner.max_y <= outer.max_y;
}

struct bbox bbox_grow(struct bbox box, double margin)
{
    return (struct bbox){box.min_x - margin, box.min_y - margin, box.max_x + margin, box.max_y + margin};
}

size_t bbox_split_antimeridian(struct bbox box, struct bbox boxes[static 2])
{
    box.min_y = fmax(box.min_y, -90);
    box.max_y = fmin(box.max_y, 90);
    if (!bbox_is_finite(box) || box.min_y > box.max_y) {
        return 0;
    }
    double width = box.max_x - box.min_x;
    if (width >= 360) {
        boxes[0] = (struct bbox){-180, box.min_y, 180, box.max_y};
        return 1;
    }
    if (width >= 0 && box.min_x >= -180 && box.max_x <= 180) {
        boxes[0] = box;
        return 1;
    }
    double turns = floor((box.min_x + 180) / 360);
    double west = box.min_x - turns * 360;
    double east = west + (width < 0 ? fmod(width, 360) + 360 : width);
    boxes[0] = (struct bbox){west, box.min_y, fmin(east, 180), box.max_y};
    if (east <= 180) {
        return 1;
    }
    boxes[1] = (struct bbox){-180, box.min_y, east - 360, box.max_y};
    return 2;
}

bool bbox_parse(const char *text, struct bbox *box, struct fault *fault)
{
    double numbers[4];
    const char *place = text;
    for (int i = 0; i < 4; i++) {
        bool is_read = number_read(&place, &numbers[i]);
        if (!is_read || *place != (i < 3 ? ',' : '\0')) {
            fault_set(fault, FAULT_INPUT,
                      "'%.80s' is no box: four finite numbers minx,miny,maxx,maxy are needed", text);
            return false;
        }
        place++;
    }
    *box = (struct bbox){numbers[0], numbers[1], numbers[2], numbers[3]};
    return true;
}
