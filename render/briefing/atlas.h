/*
 * atlas.h - a document of many sheets: an index, a page for each sheet, and at the end, once for all of them,
 * the legend, the tables and the texts.
 *
 * Each sheet has the legend of what it shows, as far as there is room, and the names of its neighbours at its
 * edges. Numbers of features are the same on all sheets.
 */
#ifndef RENDER_BRIEFING_ATLAS_H
#define RENDER_BRIEFING_ATLAS_H

#include <stdbool.h>

struct press;

/** Makes all pages. SVG and PNG have one: the index. */
bool atlas_make(struct press *press);

#endif
