/*
 * layout.h - where the blocks of a page stand.
 *
 * The frame of the map follows from paper and orientation alone, so a preview knows it before anything is
 * drawn, and what the map shows never depends on how long its legend is. The other blocks share what is left:
 * each gets the height it needs, and when that is too much the longest are shortened; what is left out of a
 * shortened block stands on a following page.
 * Millimetres from the north-west corner of the paper, y downward.
 */
#ifndef RENDER_BRIEFING_LAYOUT_H
#define RENDER_BRIEFING_LAYOUT_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "render/briefing/briefing.h"

enum layout_block {
    LAYOUT_MARKING_TOP,
    LAYOUT_HEADER,
    LAYOUT_FRAME, /* the map with the values of its grid around it */
    LAYOUT_LEGEND,
    LAYOUT_SCALE, /* numeric scale, bar, north arrow */
    LAYOUT_COMPLETENESS,
    LAYOUT_FACTS, /* times, status, author, datum, grid */
    LAYOUT_SOURCES,
    LAYOUT_DISCLAIMER,
    LAYOUT_FOOTER,
    LAYOUT_MARKING_BOTTOM,
    LAYOUT_COUNT
};

struct layout {
    double unit; /* paper_unit() */
    double gap_mm;
    struct bbox page;
    struct bbox map;                 /* inside LAYOUT_FRAME: the neat line, whole px wide and high */
    struct bbox boxes[LAYOUT_COUNT]; /* empty when a block needs nothing */
    bool is_short[LAYOUT_COUNT];     /* got less height than it needs */
};

/** How high a block is when it is as wide as that; 0: there is nothing to say. */
struct layout_measure {
    double (*height_mm)(enum layout_block block, double width_mm, void *context);
    void *context;
};

/** Bands, header, frame, map and footer: all that follows from the paper. The other boxes are empty. */
struct layout layout_frame(enum paper paper, bool is_landscape);

/** All boxes of the first page. */
struct layout layout_solve(enum paper paper, bool is_landscape, const struct layout_measure *measure);

/** What a following page has for its text: between header and footer. */
struct bbox layout_body(const struct layout *layout);

/** The height of LAYOUT_SCALE, which never changes. */
double layout_scale_height_mm(double unit);

#endif
