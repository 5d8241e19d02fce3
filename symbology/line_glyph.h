/*
 * line_glyph.h - a drawing of a symbol set as a small mark along a line.
 */
#ifndef SYMBOLOGY_LINE_GLYPH_H
#define SYMBOLOGY_LINE_GLYPH_H

#include <stdbool.h>

#include "symbology/stroke.h"

struct sketch;
struct symbol_drawing;

/**
 * How far a glyph is turned where a line has a direction (unit vector, y down): in steps of 10 degrees, never
 * upside down; 0 when it is upright.
 */
double line_glyph_turn_deg(const struct line_marks *marks, struct point direction);

/** Draws it with its middle on a place. The look gives the halo. */
void line_glyph_sketch(const struct line_marks *marks, const struct line_look *look, struct point place,
                       double turn_deg, struct sketch *sketch);

/**
 * As a picture of its own, whose anchor is its middle; owned, symbol_drawing_finish(). False when the glyph
 * is too large a drawing.
 */
bool line_glyph_compose(const struct line_marks *marks, const struct line_look *look, double turn_deg,
                        struct symbol_drawing *drawing);

#endif
