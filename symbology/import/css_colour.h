/*
 * css_colour.h - a colour in any of the forms of CSS Color Module Level 4 that styles use: "#rgb", "#rgba",
 * "#rrggbb", "#rrggbbaa", "rgb(1, 2, 3)", "rgba(1 2 3 / 50%)", "hsl(120, 50%, 50%)", "hsla(…)", a name, or
 * "transparent".
 */
#ifndef SYMBOLOGY_IMPORT_CSS_COLOUR_H
#define SYMBOLOGY_IMPORT_CSS_COLOUR_H

#include <stdbool.h>

#include "symbology/colour.h"

/** False when the text is none of these; capitals do not matter. */
bool css_colour_parse(const char *text, struct colour *colour);

/** Of channels 0 … 255 and opacity 0 … 1; what is outside is taken to the nearest end. */
struct colour css_colour_of(double red, double green, double blue, double opacity);

/** Hue in degrees, saturation and lightness 0 … 1. */
struct colour css_colour_of_hsl(double hue_deg, double saturation, double lightness, double opacity);

/** The colour less opaque: its opacity times a factor from 0 to 1. */
struct colour css_colour_fade(struct colour colour, double opacity);

#endif
