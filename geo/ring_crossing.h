/*
 * ring_crossing.h - where rings of a polygon cross themselves or each other, and holes outside their rings.
 *
 * Rings may touch: share a point or run along each other. They cross when one passes from one
 * side of the other to its other side at one place, be it through a vertex; who first runs along
 * the other for a stretch is taken to touch it only.
 */
#ifndef GEO_RING_CROSSING_H
#define GEO_RING_CROSSING_H

#include <stdint.h>

struct shape;

/** Looking for crossings may take so many steps for each point of a polygon, and so many besides. */
#define RING_CROSSING_WORK_PER_POINT 100
#define RING_CROSSING_WORK_BESIDE 250000

enum ring_crossing_result {
    RING_CROSSING_NONE,
    RING_CROSSING_FOUND,
    RING_CROSSING_OUTSIDE,      /* no crossing, but first_part is a hole outside its ring, second_part */
    RING_CROSSING_TOO_INTRICATE /* the budget of work, in proportion to the points, ended first */
};

/** The first crossing found: edges first_point and second_point of the shape, by their first points. */
struct ring_crossing {
    uint32_t first_part;
    uint32_t first_point; /* index among the points of its part */
    uint32_t second_part;
    uint32_t second_point;
};

/**
 * Looks for a crossing among all rings of a polygon whose coordinates lie within ±180: about n log n work
 * for the outlines of real things. Exact: no rounding of coordinates as small as 0.1 nanometre matters.
 */
enum ring_crossing_result ring_crossing_find(const struct shape *polygon, struct ring_crossing *crossing);

#endif
