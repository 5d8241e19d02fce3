/*
 * swatch_line.h - strokes, marks, signs and ends of a line in the making of a swatch.
 */
#ifndef SYMBOLOGY_SWATCH_LINE_H
#define SYMBOLOGY_SWATCH_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/stroke.h"

struct sketch;

/** The look with all its lengths but the halo times a factor, so that it fits a small swatch. */
struct line_look swatch_line_scaled(const struct line_look *look, double factor);

/**
 * A straight line between two points; or, closed, round the four corners of a box that turns right, in order
 * and the first one again.
 */
void swatch_line_draw(struct sketch *sketch, const struct line_look *look, const struct point *points,
                      size_t count, bool is_closed);

#endif
