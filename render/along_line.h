/*
 * along_line.h - a line or ring on which places are told by their distance from its start, in px.
 */
#ifndef RENDER_ALONG_LINE_H
#define RENDER_ALONG_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

/** Points that differ from their neighbours, and how long the line is before each. */
struct along_line {
    struct point *points; /* owned */
    double *before_px;    /* owned */
    size_t count;
    double length_px; /* 0: there is nothing to walk along */
    bool is_closed;   /* the last point repeats the first, and one may walk on */
};

/** Simplified within a tolerance; a line with a point that is not finite has no length. */
void along_line_init(struct along_line *line, const struct point *points, size_t count, bool is_closed,
                     double tolerance_px);
void along_line_finish(struct along_line *line);

/** The place at a distance; an open line stops at its ends, a ring goes round. */
struct point along_line_at(const struct along_line *line, double distance_px);

/** A stretch of a line. */
struct along_stretch {
    double from_px;
    double to_px;
};

/**
 * The next stretch within a box whose start lies at from_px or behind. The whole line when the box is empty.
 * False when there is none.
 */
bool along_line_stretch(const struct along_line *line, struct bbox box, double from_px,
                        struct along_stretch *stretch);

#endif
