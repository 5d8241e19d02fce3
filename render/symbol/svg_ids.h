/*
 * svg_ids.h - the same names in the same SVG.
 *
 * cairo names the parts of an SVG by counters of the process ("surface19"), so the second of two equal
 * documents would differ from the first.
 */
#ifndef RENDER_SVG_IDS_H
#define RENDER_SVG_IDS_H

#include <stddef.h>

/** A copy whose names are numbered in the order in which they first occur. Owned by the caller. */
char *svg_ids_renumber(const char *svg, size_t length, size_t *new_length);

#endif
