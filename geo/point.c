#include "geo/point.h"

#include <math.h>

double point_distance(struct point a, struct point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

bool point_equals(struct point a, struct point b)
{
    return a.x == b.x && a.y == b.y;
}

bool point_is_finite(struct point point)
{
    return isfinite(point.x) && isfinite(point.y);
}

struct point point_between(struct point from, struct point to, double part)
{
    return (struct point){from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}
