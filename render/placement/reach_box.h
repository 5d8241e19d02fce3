/*
 * reach_box.h - how far something reaches around its place, in a few bytes: a district may have a million.
 */
#ifndef RENDER_REACH_BOX_H
#define RENDER_REACH_BOX_H

#include <stdint.h>

#include "geo/bbox.h"

/** px from the place to the edges, never less than what it was made of. Of what is no further off than a
 * symbol reaches it is as good as exact. */
struct reach_box {
    float west, north, east, south; /* west > east: empty */
};

/** @param around  px, its place at (0, 0) */
struct reach_box reach_box_of(struct bbox around);

/** Around a place. */
struct bbox reach_box_at(struct reach_box reach, struct point place);

/** The same in whole px. One that is further off than such a number tells has no end there. */
struct far_box {
    int16_t west, north, east, south; /* west > east: empty */
};

struct far_box far_box_empty(void);

/** Around both. @param around  px, the place of the first at (0, 0) */
struct far_box far_box_union(struct far_box far, struct bbox around);
struct bbox far_box_at(struct far_box far, struct point place);

#endif
