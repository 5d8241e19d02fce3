/*
 * clip.h - what of a shape lies in a box, for drawing.
 *
 * Lines keep how far along the whole line each piece starts, so dashes and marks
 * stay in phase. Polygons are cut ring by ring (Sutherland-Hodgman): edges along the box
 * may coincide, so the box must be larger than the picture by the reach of the stroke.
 */
#ifndef GEO_CLIP_H
#define GEO_CLIP_H

#include "geo/bbox.h"
#include "geo/shape.h"

/**
 * Called for each piece of a line inside the box: two points or more, borrowed during the call. start is the
 * length along the whole line before it. A NaN point ends a piece and adds no length.
 */
typedef void clip_line_visit(const struct point *points, size_t count, double start, void *context);

void clip_line(const struct point *points, size_t count, struct bbox box, clip_line_visit *visit,
               void *context);

/** The polygon within the box; rings that vanish are left out. Owned, shape_free(); may have no parts. */
struct shape *clip_polygon(const struct shape *polygon, struct bbox box);

#endif
