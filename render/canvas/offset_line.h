/*
 * offset_line.h - a line beside a line, without loops and spikes: what would come nearer to the line than the
 * offset is left out.
 *
 * Every place of it depends on the whole line and on nothing else, so neighbouring windows agree.
 */
#ifndef RENDER_OFFSET_LINE_H
#define RENDER_OFFSET_LINE_H

#include "geo/bbox.h"
#include "render/canvas/polyline.h"

/** Start with {0}. */
struct offset_line {
    const struct point *points; /* the whole line, borrowed until the next */
    size_t segment_count;
    struct bbox *boxes; /* a tree: those below box i are 2 i and 2 i + 1; box 0 is none */
    size_t box_capacity;
    size_t leaf_count;     /* 0: the tree is not there yet */
    struct polyline raw;   /* with loops */
    struct polyline piece; /* without */
};

void offset_line_finish(struct offset_line *line);

/** Says which line must not be come near to: all of it, whatever the window. Borrows the points. */
void offset_line_begin(struct offset_line *line, const struct point *points, size_t count);

/** Visits the pieces beside a stretch of the line, offset_px to its right (left when negative). */
void offset_line_visit(struct offset_line *line, const struct point *points, size_t count, double offset_px,
                       void (*visit)(const struct polyline *piece, void *context), void *context);

#endif
