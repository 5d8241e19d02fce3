/*
 * first_page.h - the page with the map: its blocks of text laid out and painted.
 */
#ifndef RENDER_BRIEFING_FIRST_PAGE_H
#define RENDER_BRIEFING_FIRST_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/briefing/layout.h"
#include "render/briefing/marginalia.h"
#include "render/print/passage.h"

struct content;
struct fault;
struct legend_block;

/** What stands on it. All borrowed. */
struct first_page {
    const struct content *content;
    const struct legend_block *legend;
    struct scale_block scale;
    bool is_summarised; /* completeness is told in short */
    bool has_sequel;    /* what is left out stands on a following page; else it is only counted */
    size_t page_count;  /* of the document */
};

/** Needs no canvas. */
struct layout first_page_layout(const struct first_page *page, const struct pen *pen, enum paper paper,
                                bool is_landscape);

/** How many entries of the legend it shows. */
size_t first_page_entries(const struct first_page *page, const struct pen *pen, const struct layout *layout);

/** The blocks that were shortened, in full: for the pages that follow. passage_finish(). */
struct passage first_page_rest(const struct first_page *page, const struct pen *pen,
                               const struct layout *layout);

/** Paints all but the map and its grid. */
bool first_page_paint(const struct first_page *page, const struct pen *pen, const struct layout *layout,
                      struct fault *fault);

#endif
