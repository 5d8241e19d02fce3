/*
 * dashes.h - a line cut into its dashes.
 *
 * Where a dash begins and ends is counted from the start of the whole line, so that every piece of the line
 * has the same dashes.
 */
#ifndef RENDER_DASHES_H
#define RENDER_DASHES_H

#include <stddef.h>

#include "geo/bbox.h"
#include "render/canvas/polyline.h"

struct stroke;

/** How long all dashes and gaps of a stroke are, until they repeat; 0: it is solid. */
double dashes_pattern_px(const struct stroke *stroke);

/** A piece of a line. */
struct dashed_piece {
    const struct point *points;
    size_t count;
    double start_px; /* from the line's start */
};

/** Visits the dashes along a piece of a line. Those out of the box may be left out. @param dash  memory to
 * use
 */
void dashes_visit(const struct stroke *stroke, const struct dashed_piece *piece, struct bbox box,
                  struct polyline *dash, void (*visit)(const struct polyline *dash, void *context),
                  void *context);

#endif
