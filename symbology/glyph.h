/*
 * glyph.h - the drawing of a symbol, taken from an SVG file after checking that it is harmless.
 *
 * A glyph holds only paths and simple shapes in currentColor: no text, styles, links, scripts or entities. So
 * a set from elsewhere cannot make a picture read files or paint in another's colours. Our own drawings must
 * be like that as they stand; those of others are reduced to it.
 */
#ifndef SYMBOLOGY_GLYPH_H
#define SYMBOLOGY_GLYPH_H

#include <stddef.h>

struct fault;
struct problems;

#define GLYPH_MOST_BYTES 65536
#define GLYPH_FOREIGN_MOST_BYTES 262144

/** The colour of a reduced glyph that stands for what the symbol is filled with; all else is currentColor. */
#define GLYPH_PAPER_COLOUR "paper"

/** What surrounds the elements of every glyph. */
#define GLYPH_DEFAULTS                                                                                       \
    "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" "                     \
    "stroke-linejoin=\"round\""

/**
 * The elements within <svg viewBox="0 0 24 24" …>, owned by the caller; NULL: INPUT says what is not allowed.
 * @param svg  with a NUL behind its length bytes
 */
char *glyph_read(const char *svg, size_t length, struct fault *fault);

/**
 * Reduces any SVG to paths in ink and paper on the 24 x 24 grid, at most 500 of them with at most 2,000
 * segments, 10,000 grid units and 2,000 dashes in all, so that painting takes no time to speak of; nor does
 * reading, of which there is at most 8 MiB, what is used twice counted twice. Light colours become paper, all
 * others ink. Groups, transforms, use, simple shapes, presentation attributes,
 * style attributes and CSS rules for classes are understood. What else it has (scripts, images, text,
 * filters, gradients, masks, links, animations) is left out, each with a warning and its line.
 *
 * @param name  of the file, for the problems
 * @return elements as of glyph_read(), owned by the caller. NULL: the problems have an error: it is no SVG,
 *         nothing is left to draw, or a limit is exceeded.
 */
char *glyph_reduce(const char *name, const char *svg, size_t length, struct problems *problems);

#endif
