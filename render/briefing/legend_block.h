/*
 * legend_block.h - the map's legend as a block of a page, and what of it goes on to following pages.
 */
#ifndef RENDER_BRIEFING_LEGEND_BLOCK_H
#define RENDER_BRIEFING_LEGEND_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/briefing/pen.h"
#include "render/briefing/words.h"

struct fault;
struct legend;
struct map_view;
struct page_document;
struct renderer;

/** All borrowed. */
struct legend_block {
    struct renderer *renderer;
    const struct map_view *view;
    const struct legend *legend;
};

/** Heading and all entries, in as many columns as the width has room for; "none" for an empty legend. */
double legend_block_height_mm(const struct legend_block *block, const struct pen *pen, double width_mm);

/** How many entries a box has room for, below the heading and above the row that counts the others. */
size_t legend_block_fit(const struct legend_block *block, const struct pen *pen, struct bbox box_mm);

/**
 * Paints heading and entries from the first on, and how many are left when not all fit.
 * @param more  the words that count those left
 */
bool legend_block_paint(const struct legend_block *block, const struct pen *pen, struct bbox box_mm,
                        enum word more, struct fault *fault);

/** A run of entries as it stands on a following page, in one column. */
struct legend_run {
    size_t first;
    size_t count;
    double top_px; /* in the legend set in one column of this width */
    double height_px;
    const char *heading; /* of the group that goes on; NULL when the run begins with a group. Borrowed */
    double heading_mm;   /* what the heading takes above the run */
};

/**
 * Where each entry ends when the legend is set in one column, px; known from entry first - 1 on.
 * @return owned by the caller, free()
 */
double *legend_block_bottoms(const struct legend_block *block, const struct pen *pen, size_t first,
                             double width_mm);

/** The longest run from an entry on that fits in a height; count 0 when not even one does. */
struct legend_run legend_block_run(const struct legend_block *block, const struct pen *pen,
                                   const double *bottoms, size_t first, double height_mm);

/** Paints a run from the north-west corner of a box, on canvases of its own. */
bool legend_block_paint_run(const struct legend_block *block, struct pen *pen, struct legend_run run,
                            struct bbox box_mm, struct page_document *document, struct fault *fault);

#endif
