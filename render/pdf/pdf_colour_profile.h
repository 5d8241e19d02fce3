/*
 * pdf_colour_profile.h - says what red, green and blue of a PDF are: sRGB (IEC 61966-2-1) as an ICC profile.
 */
#ifndef RENDER_PDF_COLOUR_PROFILE_H
#define RENDER_PDF_COLOUR_PROFILE_H

#include <stddef.h>

/** ICC.1:2001-04 (version 2), made from the numbers of the standard. Owned. */
char *pdf_colour_profile(size_t *length);

#endif
