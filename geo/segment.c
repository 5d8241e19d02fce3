#include "geo/segment.h"

#include <math.h>

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double distance_squared(struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

static double box_distance_squared(struct point point, struct bbox box)
{
    struct point nearest = {clamp(point.x, box.min_x, box.max_x), clamp(point.y, box.min_y, box.max_y)};
    return distance_squared(point, nearest);
}

double segment_box_distance_squared(struct point from, struct point to, struct bbox box)
{
    double enter;
    double leave;
    if (segment_clip(from, to, box, &enter, &leave)) {
        return 0;
    }
    /* Apart, they are nearest at an end of the stretch or at a corner of the box. */
    const struct point corners[] = {
        {box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
    double nearest = fmin(box_distance_squared(from, box), box_distance_squared(to, box));
    for (int i = 0; i < 4; i++) {
        nearest = fmin(nearest, segment_distance_squared(corners[i], from, to));
    }
    return nearest;
}

/* Narrows [enter, leave] to where start + part * step lies in least … most; false when nothing is left. */
static bool narrow(double start, double step, double least, double most, double *enter, double *leave)
{
    if (step == 0) {
        return start >= least && start <= most;
    }
    double first = ((step > 0 ? least : most) - start) / step;
    double last = ((step > 0 ? most : least) - start) / step;
    *enter = fmax(*enter, first);
    *leave = fmin(*leave, last);
    return *enter <= *leave;
}

bool segment_clip(struct point from, struct point to, struct bbox box, double *enter, double *leave)
{
    *enter = 0;
    *leave = 1;
    return narrow(from.x, to.x - from.x, box.min_x, box.max_x, enter, leave) &&
           narrow(from.y, to.y - from.y, box.min_y, box.max_y, enter, leave);
}
