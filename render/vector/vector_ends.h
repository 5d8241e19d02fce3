/*
 * vector_ends.h - where the arrows, bars and dots at the ends of lines stand, and how they are turned.
 */
#ifndef RENDER_VECTOR_ENDS_H
#define RENDER_VECTOR_ENDS_H

#include <stdbool.h>

#include "geo/point.h"
#include "symbology/stroke.h"

struct shape;

struct vector_end {
    struct point place; /* px */
    bool is_start;
    double turn_deg; /* clockwise from east, in whole degrees: the way in which the line arrives */
};

/** Calls visit for each end that a look puts on the lines of a shape; none on lines shorter than an end. */
void vector_ends_visit(const struct shape *lines, const struct line_look *look,
                       void (*visit)(const struct vector_end *end, void *context), void *context);

#endif
