/*
 * glyph.h - the drawing of a symbol, taken from an SVG file after checking that it is harmless.
 *
 * A glyph may hold only paths and simple shapes in currentColor: no text, styles, links, scripts or entities.
 * So a set from elsewhere cannot make a picture read files or paint in another's colours.
 */
#ifndef SYMBOLOGY_GLYPH_H
#define SYMBOLOGY_GLYPH_H

#include <stddef.h>

struct fault;

#define GLYPH_MOST_BYTES 65536

/** What surrounds the elements of every glyph. */
#define GLYPH_DEFAULTS                                                                                       \
    "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" "                     \
    "stroke-linejoin=\"round\""

/**
 * The elements within <svg viewBox="0 0 24 24" …>, owned by the caller; NULL: INPUT says what is not allowed.
 */
char *glyph_read(const char *svg, size_t length, struct fault *fault);

#endif
