/*
 * bbox.c - what is not asked often.
 */
#include "geo/bbox.h"

#include <math.h>

#include "geo/base/fault.h"
#include "geo/base/number.h"

bool bbox_is_finite(struct bbox box)
{
    return isfinite(box.min_x) && isfinite(box.min_y) && isfinite(box.max_x) && isfinite(box.max_y);
}

struct bbox bbox_of_points(const struct point *points, size_t count)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < count; i++) {
        struct point point = points[i];
        bool is_finite = point.x - point.x + (point.y - point.y) == 0; /* in less time than isfinite() */
        if (is_finite) {
            box.min_x = point.x < box.min_x ? point.x : box.min_x;
            box.min_y = point.y < box.min_y ? point.y : box.min_y;
            box.max_x = point.x > box.max_x ? point.x : box.max_x;
            box.max_y = point.y > box.max_y ? point.y : box.max_y;
        }
    }
    return box;
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
