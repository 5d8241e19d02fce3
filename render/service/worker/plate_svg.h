/*
 * plate_svg.h - a drawing whose coordinates are the dots that were asked for: they begin at 0,0 and end at
 * width and height (OGC 20-058, /req/svg/content). How large it is on paper stays as it was.
 */
#ifndef RENDER_SERVICE_PLATE_SVG_H
#define RENDER_SERVICE_PLATE_SVG_H

#include <stddef.h>

/** @param svg as cairo writes it, with a viewBox of its own. @return owned */
char *plate_svg_in_dots(const char *svg, size_t length, int width, int height, size_t *new_length);

#endif
