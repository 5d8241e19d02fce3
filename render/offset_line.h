/*
 * offset_line.h - a line beside a line, without loops and spikes: what would come nearer to the line than the
 * offset is left out.
 *
 * Every place of it depends only on segments within the offset of it, so neighbouring windows agree.
 */
#ifndef RENDER_OFFSET_LINE_H
#define RENDER_OFFSET_LINE_H

#include "geo/bbox.h"
#include "render/polyline.h"

#define OFFSET_CHUNK 16 /* segments that share a box */

/** Start with {0}. */
struct offset_line {
    struct polyline base; /* segments of the line that may be near: two points each */
    struct bbox *boxes;   /* one for each chunk of them */
    size_t box_capacity;
    struct polyline raw;   /* with loops */
    struct polyline piece; /* without */
    size_t work;           /* done for this line */
};

void offset_line_finish(struct offset_line *line);

/** Forgets the line. */
void offset_line_clear(struct offset_line *line);

/** Adds a segment of the line. All that are near what is asked for must be there before. */
void offset_line_add(struct offset_line *line, struct point a, struct point b);

/** Visits the pieces beside a stretch of the line, offset_px to its right (left when negative). */
void offset_line_visit(struct offset_line *line, const struct point *points, size_t count, double offset_px,
                       void (*visit)(const struct polyline *piece, void *context), void *context);

#endif
