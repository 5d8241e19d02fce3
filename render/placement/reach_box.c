/*
 * reach_box.c - numbers are rounded outward.
 */
#include "render/placement/reach_box.h"

#include <math.h>

static float at_most(double px)
{
    float near = (float)px;
    return near > px ? nextafterf(near, -INFINITY) : near;
}

static float at_least(double px)
{
    float near = (float)px;
    return near < px ? nextafterf(near, INFINITY) : near;
}

struct reach_box reach_box_of(struct bbox around)
{
    return (struct reach_box){at_most(around.min_x), at_most(around.min_y), at_least(around.max_x),
                              at_least(around.max_y)};
}

struct bbox reach_box_at(struct reach_box reach, struct point place)
{
    return (struct bbox){place.x + reach.west, place.y + reach.north, place.x + reach.east,
                         place.y + reach.south};
}

/* The least number stands for all that are less, the largest for all that are more. */
static int16_t whole_at_most(double px)
{
    double whole = floor(px);
    return whole <= INT16_MIN ? INT16_MIN : whole >= INT16_MAX ? INT16_MAX - 1 : (int16_t)whole;
}

static int16_t whole_at_least(double px)
{
    double whole = ceil(px);
    return whole >= INT16_MAX ? INT16_MAX : whole <= INT16_MIN ? INT16_MIN + 1 : (int16_t)whole;
}

struct far_box far_box_empty(void)
{
    return (struct far_box){INT16_MAX, INT16_MAX, INT16_MIN, INT16_MIN};
}

struct far_box far_box_union(struct far_box far, struct bbox around)
{
    if (bbox_is_empty(around)) {
        return far;
    }
    int16_t west = whole_at_most(around.min_x);
    int16_t north = whole_at_most(around.min_y);
    int16_t east = whole_at_least(around.max_x);
    int16_t south = whole_at_least(around.max_y);
    return (struct far_box){west < far.west ? west : far.west, north < far.north ? north : far.north,
                            east > far.east ? east : far.east, south > far.south ? south : far.south};
}

struct bbox far_box_at(struct far_box far, struct point place)
{
    if (far.west > far.east) {
        return bbox_empty();
    }
    return (struct bbox){far.west == INT16_MIN ? -INFINITY : place.x + far.west,
                         far.north == INT16_MIN ? -INFINITY : place.y + far.north,
                         far.east == INT16_MAX ? INFINITY : place.x + far.east,
                         far.south == INT16_MAX ? INFINITY : place.y + far.south};
}
