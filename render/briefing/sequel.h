/*
 * sequel.h - the pages that follow one with a map: whatever found no place beside it, in full, and tables.
 *
 * First the rest of the legend in columns, then blocks and texts, flowing from column to column and page to
 * page, then tables as wide as they need.
 */
#ifndef RENDER_BRIEFING_SEQUEL_H
#define RENDER_BRIEFING_SEQUEL_H

#include <stdbool.h>
#include <stddef.h>

#include "render/briefing/inset_block.h"
#include "render/briefing/layout.h"
#include "render/briefing/legend_block.h"
#include "render/briefing/marginalia.h"
#include "render/print/passage.h"

struct fault;
struct page_document;
struct report;
struct table_block;

#define SEQUEL_TABLE_MOST 4

/** What is to be told. All but the text is borrowed, as long as the sequel is used. */
struct sequel_input {
    const struct legend_block *legend;
    size_t first_entry; /* of the legend that is on no page yet; legend_count() when all are */
    bool has_scale;
    struct scale_block scale;
    bool has_insets;
    struct inset_block insets;
    struct passage text; /* taken over by sequel_plan() */
    struct table_block *tables[SEQUEL_TABLE_MOST];
    size_t table_count;
};

enum sequel_kind { SEQUEL_LEGEND, SEQUEL_SCALE, SEQUEL_INSETS, SEQUEL_TEXT, SEQUEL_TABLE };

/** Something in a column of a page. */
struct sequel_part {
    enum sequel_kind kind;
    size_t page; /* 0 is the first of the sequel */
    struct bbox box_mm;
    size_t table; /* which one */
    size_t first; /* entry of the legend, row of the text or of the table */
    size_t count; /* of rows of the text */
};

struct sequel {
    struct sequel_input input;
    struct layout_furniture furniture; /* of its pages */
    struct sequel_part *parts;         /* owned; in order of pages */
    size_t part_count;
    size_t page_count; /* 0: there is nothing to tell */
};

/** Plans the pages. sequel_finish(). */
struct sequel sequel_plan(enum paper paper, bool is_landscape, const struct pen *pen,
                          struct sequel_input input);
void sequel_finish(struct sequel *sequel);

/** Paints the parts of one page; header, footer and marking are not among them. */
bool sequel_paint(const struct sequel *sequel, size_t page, struct pen *pen, struct page_document *document,
                  struct report *report, struct fault *fault);

#endif
