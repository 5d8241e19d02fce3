#include "geo/point.h"

#include <math.h>

double point_distance(struct point a, struct point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

bool point_is_finite(struct point point)
{
    return isfinite(point.x) && isfinite(point.y);
}
