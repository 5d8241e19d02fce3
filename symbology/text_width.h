/*
 * text_width.h - how much room a short text takes in B612 Bold, before anything is painted.
 *
 * The floor that composes symbols has no fonts; it knows the widths of the one it asks for.
 */
#ifndef SYMBOLOGY_TEXT_WIDTH_H
#define SYMBOLOGY_TEXT_WIDTH_H

#include <stdbool.h>

#define TEXT_CAP_HEIGHT_EM 0.75 /* of capitals and digits */
#define TEXT_ASCENT_EM 0.97     /* of the tallest letter */
#define TEXT_DESCENT_EM 0.36    /* of the deepest */

/** Is it made of capitals, digits and the like, that reach neither above nor below a line of digits? */
bool text_is_flat(const char *text);

#define TEXT_FLAT_ASCENT_EM 0.82
#define TEXT_FLAT_DESCENT_EM 0.06

/** Advance of the UTF-8 text in em. Letters outside ASCII count as a whole em. */
double text_width_em(const char *text);

#endif
