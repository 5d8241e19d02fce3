#include "geo/point.h"

#include <math.h>

double point_distance(struct point a, struct point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

struct point point_between(struct point from, struct point to, double part)
{
    return (struct point){from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}
