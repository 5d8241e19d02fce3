/*
 * along_line.h - a line or ring on which places are told by their distance from its start, in px.
 *
 * Of a line that crosses a box here and there only the pieces near the box are taken up, so a long line costs
 * little more than what is seen of it. A piece is measured from its own start.
 */
#ifndef RENDER_ALONG_LINE_H
#define RENDER_ALONG_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

/** A way along the points of a line, or of a ring whose first point is repeated at the end. Start with {0}
 * beyond these. */
struct along_walk {
    const struct point *points; /* borrowed */
    size_t count;
    bool is_closed;
    struct bbox box; /* pieces near it are found; empty: all is one piece */
    size_t start;    /* the step from one point to the next at which the walk began */
    size_t at;       /* so many steps further it is now */
};

/** A row of steps, each from one point to the next. Round a ring it may go on past the first point. */
struct along_piece {
    size_t first;
    size_t count;
};

/** The next piece; false when there is none. */
bool along_walk_next(struct along_walk *walk, struct along_piece *piece);

/** Points that are some way apart, and how long the line is before each. */
struct along_line {
    struct point *points; /* owned */
    double *before_px;    /* with the points */
    size_t count;
    double length_px; /* 0: there is nothing to walk along */
    bool is_closed;   /* the last point repeats the first, and one may walk on */
};

/** A piece without points nearer than so much to the one before; one that is not finite has no length. */
void along_line_init(struct along_line *line, const struct along_walk *walk, struct along_piece piece,
                     double apart_px);
void along_line_finish(struct along_line *line);

/** The place at a distance; an open line stops at its ends, a ring goes round. */
struct point along_line_at(const struct along_line *line, double distance_px);

/**
 * Places at even distances: one after as many steps from the start as first says, and so on. An open line
 * must reach so far; a ring is a whole number of steps long and goes round.
 */
void along_line_sample(const struct along_line *line, double step_px, ptrdiff_t first, size_t count,
                       struct point *places);

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
