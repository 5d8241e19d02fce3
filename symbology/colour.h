/*
 * colour.h - an sRGB colour with opacity, not premultiplied.
 */
#ifndef SYMBOLOGY_COLOUR_H
#define SYMBOLOGY_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

struct buffer;
struct fault;

struct colour {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
    uint8_t alpha; /* 255 is opaque */
};

/** Reads "#RGB", "#RRGGBB" or "#RRGGBBAA", or "none" (alpha 0). */
bool colour_parse(const char *text, struct colour *colour, struct fault *fault);

/** Writes "#RRGGBB" or "#RRGGBBAA". Returns text. */
char *colour_format(struct colour colour, char text[static 10]);

/** Appends ` fill="#RRGGBB"` to an SVG element, with its opacity, or ` fill="none"`; attribute: "fill". */
void colour_append_svg(struct colour colour, const char *attribute, struct buffer *svg);

/** Relative luminance, 0 … 1 (WCAG 2.1). */
double colour_luminance(struct colour colour);

/** Contrast ratio, 1 … 21 (WCAG 2.1). */
double colour_contrast(struct colour a, struct colour b);

#endif
