/*
 * legend_block.h - the map's legend as a block of a page, and what of it goes on to following pages.
 */
#ifndef RENDER_BRIEFING_LEGEND_BLOCK_H
#define RENDER_BRIEFING_LEGEND_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/print/pen.h"
#include "render/print/words.h"

struct fault;
struct legend;
struct map_view;
struct renderer;

/** All borrowed. */
struct legend_block {
    struct renderer *renderer;
    const struct map_view *view;
    const struct legend *legend;
    double symbol_scale; /* of its symbols against those of the map: less than 1 where there are many */
    double text_scale;   /* of its titles against other texts; 0: 1 */
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

/** How many entries from first on a column has room for; its symbols are as large as those of the map. */
size_t legend_block_column_fit(const struct legend_block *block, const struct pen *pen, size_t first,
                               struct bbox box_mm);

/** Paints them from the top of the box, and tells how far down they reach. */
bool legend_block_paint_column(const struct legend_block *block, const struct pen *pen, size_t first,
                               struct bbox box_mm, struct fault *fault);
double legend_block_column_height_mm(const struct legend_block *block, const struct pen *pen, size_t first,
                                     struct bbox box_mm);

#endif
