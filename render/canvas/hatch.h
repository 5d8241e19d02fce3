/*
 * hatch.h - where the lines of a hatch and the dots of a stipple lie in the pixel space of a zoom.
 *
 * They repeat after a whole number of px both ways, counted from (0, 0) of that space, so that every window
 * of it shows the same. For that, spacing and angle are moved to the nearest for which it is true (45 degrees
 * and 8 px become 45 degrees and 7.8 px).
 */
#ifndef RENDER_HATCH_H
#define RENDER_HATCH_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "symbology/stroke.h"

struct hatch {
    int width_px; /* of one period */
    int height_px;
    bool is_falling;    /* lines from the north-west corner of a period to its south-east one */
    bool is_rising;     /* from the south-west to the north-east */
    bool is_horizontal; /* along the northern edge of a period */
    bool is_vertical;   /* along its western edge */
    bool is_dotted;     /* two dots a period, staggered */
    double edge_px;     /* half the width of a line: those along an edge lie inside it, sharp */
};

/** Of a hatch, cross or stipple. A cross is the hatch and its mirror image. */
struct hatch hatch_of(const struct fill *fill);

/** Calls visit for each line that passes through the box, with its ends on the box's edges or beyond. */
void hatch_visit_lines(const struct hatch *hatch, struct bbox box,
                       void (*visit)(struct point from, struct point to, void *context), void *context);

/** Calls visit for each dot in the box. */
void hatch_visit_dots(const struct hatch *hatch, struct bbox box,
                      void (*visit)(struct point dot, void *context), void *context);

#endif
