/*
 * sequel.h - the pages of a PDF after the first: whatever found no place beside the map, in full.
 *
 * First the rest of the legend in columns, then texts, flowing from column to column and page to page.
 */
#ifndef RENDER_BRIEFING_SEQUEL_H
#define RENDER_BRIEFING_SEQUEL_H

#include <stdbool.h>
#include <stddef.h>

#include "render/briefing/layout.h"
#include "render/briefing/legend_block.h"
#include "render/print/passage.h"

struct fault;
struct page_document;

/** Something in a column of a page. */
struct sequel_part {
    size_t page; /* 0 is the first of the sequel */
    struct bbox box_mm;
    bool is_legend;
    size_t first_entry; /* of the legend; the box has just room for what stands in this column */
    size_t first_row;   /* of the text */
    size_t row_count;
};

struct sequel {
    struct passage text;
    struct sequel_part *parts; /* owned; in order of pages */
    size_t part_count;
    size_t page_count; /* 0: everything is on the first page */
};

/**
 * Plans the pages.
 * @param first_entry of the legend that is not on the first page; legend_count() when all are
 * @param text        taken over
 */
struct sequel sequel_plan(const struct layout *layout, const struct pen *pen,
                          const struct legend_block *legend, size_t first_entry, struct passage text);
void sequel_finish(struct sequel *sequel);

/** Paints the parts of one page; header, footer and marking are not among them. */
bool sequel_paint(const struct sequel *sequel, size_t page, struct pen *pen, const struct layout *layout,
                  const struct legend_block *legend, struct page_document *document, struct fault *fault);

#endif
