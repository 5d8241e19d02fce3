/*
 * glyph_matrix.h - from the coordinates of a foreign drawing to the grid of a glyph, as SVG's transforms say.
 */
#ifndef SYMBOLOGY_GLYPH_MATRIX_H
#define SYMBOLOGY_GLYPH_MATRIX_H

#include <stdbool.h>

#include "geo/bbox.h"

/** x' = a x + c y + e, y' = b x + d y + f */
struct glyph_matrix {
    double a, b, c, d, e, f;
};

struct glyph_matrix glyph_matrix_shift(double x, double y);

/** What first goes through inner and then through outer. */
struct glyph_matrix glyph_matrix_within(struct glyph_matrix outer, struct glyph_matrix inner);
struct point glyph_matrix_apply(struct glyph_matrix matrix, struct point point);

/** How much longer a line becomes, in the middle of all directions. */
double glyph_matrix_scale(struct glyph_matrix matrix);

/** Fits one box into another, as large as it goes, in the middle. Both have an area. */
struct glyph_matrix glyph_matrix_fit(struct bbox from, struct bbox into);

/** Reads a list such as "translate(2 3) rotate(45, 12, 12)". False when it is none. */
bool glyph_matrix_parse(const char *text, struct glyph_matrix *matrix);

#endif
