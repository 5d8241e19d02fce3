#include "geo/point.h"

#include <math.h>

double point_distance(struct point a, struct point b)
{
    double x = b.x - a.x;
    double y = b.y - a.y;
    return sqrt(x * x + y * y); /* of coordinates, whose squares are far below what a double holds */
}

struct point point_between(struct point from, struct point to, double part)
{
    return (struct point){from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}
