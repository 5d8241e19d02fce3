/*
 * glyph_paint.h - how a shape of a foreign drawing is painted, reduced to ink and paper.
 *
 * Light colours become paper (what the symbol is filled with), all others ink: a glyph takes the colour of
 * the symbol it stands in. Opacity is all or nothing.
 */
#ifndef SYMBOLOGY_GLYPH_PAINT_H
#define SYMBOLOGY_GLYPH_PAINT_H

#include <stdbool.h>

struct buffer;
struct glyph_path;

enum glyph_colour { GLYPH_NOTHING, GLYPH_INK, GLYPH_PAPER };

#define GLYPH_MOST_DASHES 8

/** What shapes inherit from the groups around them. Lengths are the drawing's. */
struct glyph_paint {
    enum glyph_colour fill;
    enum glyph_colour stroke;
    double stroke_width;
    double dashes[GLYPH_MOST_DASHES];
    int dash_count; /* 0: solid */
    int cap;        /* butt, round, square */
    int join;       /* miter, round, bevel */
    bool is_even_odd;
    bool is_invisible;
    double opacity; /* of all around it together */
    double fill_opacity;
    double stroke_opacity;
};

/** What SVG begins with: filled, without a line around. */
struct glyph_paint glyph_paint_default(void);

/**
 * Takes one property, from an attribute or from CSS; others than the above are left alone. Returns what is
 * not as it was meant, as a sentence, or NULL. Borrowed for ever.
 */
const char *glyph_paint_set(struct glyph_paint *paint, const char *name, const char *value);

bool glyph_paint_fills(const struct glyph_paint *paint);
bool glyph_paint_strokes(const struct glyph_paint *paint);

/**
 * Writes the path in that paint as an SVG element. Dashes that are more than dashes_left become solid; the
 * others are taken off. Returns what was left out, as a sentence, or NULL.
 */
const char *glyph_paint_write(const struct glyph_paint *paint, const struct glyph_path *path,
                              double *dashes_left, struct buffer *elements);

#endif
