/*
 * line_middle.h - the place halfway along the longest part of a line: where its label belongs.
 */
#ifndef RENDER_LINE_MIDDLE_H
#define RENDER_LINE_MIDDLE_H

#include "geo/point.h"

struct shape;

/** @param line has at least one part */
struct point line_middle(const struct shape *line);

#endif
