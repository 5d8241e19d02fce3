/*
 * map_page.h - one page with a map: its frame, its words, its legend, where they stand, and the painting.
 *
 * Used in this order: begin (all that is known without paint), paint the maps (then it is known what they
 * lack), lay out, paint the rest; the rest that found no place is for the pages that follow (sequel.h).
 */
#ifndef RENDER_BRIEFING_MAP_PAGE_H
#define RENDER_BRIEFING_MAP_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/briefing/check_text.h"
#include "render/briefing/content.h"
#include "render/briefing/facts.h"
#include "render/briefing/frame.h"
#include "render/briefing/inset_block.h"
#include "render/briefing/layout.h"
#include "render/briefing/legend_block.h"
#include "render/briefing/marginalia.h"
#include "render/briefing/overview.h"
#include "render/briefing/sequel.h"
#include "render/grid/sheet_split.h"
#include "render/report.h"

struct legend;
struct page_document;
struct pen;
struct template;

/** What page. All borrowed. */
struct map_page_wish {
    struct renderer *renderer;
    const struct briefing_order *order; /* with the centre and scale of this page */
    const struct template *template;
    const char *sheet;                  /* of an atlas: its name in words; NULL: it is no sheet */
    const char *left_out;               /* names of sheets without a page, for its index; NULL, "": none */
    bool is_single;                     /* layout.h */
    const struct overview_sheet *index; /* the page is the index of these sheets */
    size_t index_count;
    const struct feature_numbers *numbers;    /* of all sheets of an atlas; NULL: the page chooses its own */
    const char *neighbours[SHEET_SIDE_COUNT]; /* names of the sheets around it; NULL: none */
    enum page_rest rest;
};

struct map_page {
    struct map_page_wish wish;
    struct briefing_order order; /* the wish's, with its centre snapped; the wish points to it */
    struct layout layout;
    struct frame frame;
    struct map_view view;            /* of the frame, with the numbers of a crowded page */
    struct feature_numbers *numbers; /* that the page chose */
    struct facts facts;
    char check_text[CHECK_TEXT_BYTES]; /* "": it has an address where it can be checked, or no id */
    struct report report;
    struct content content;
    struct legend *legend;
    struct legend_block legend_block;
    struct overview overview;
    bool has_overview;  /* it shows more than the map does */
    bool is_summarised; /* completeness is told in short */
};

/** All that the page's frame follows from. */
struct layout_sheet map_page_sheet(const struct map_page_wish *wish);

/** Finds frame, facts, words and legend. The wish is copied. map_page_finish(), on fault too. */
bool map_page_begin(struct map_page *page, const struct map_page_wish *wish, struct fault *fault);
void map_page_finish(struct map_page *page);

/** Paints the map or maps with their grids, tells how far they are, and completes the words. */
bool map_page_paint_maps(struct map_page *page, struct pen *pen, struct page_document *document,
                         struct work *work, struct fault *fault);

/** The words of a map that lacks nothing, where they must be measured before it is painted. */
void map_page_foretell(struct map_page *page);

/** Places all blocks: a long legend first gets smaller, then others make room for it, then it flows on. */
void map_page_lay_out(struct map_page *page, const struct pen *pen);

/** What its words are made of. */
struct content_input map_page_content_input(const struct map_page *page);

/** Adds title, times and identity where they were cut. */
void map_page_add_cut_lines(const struct map_page *page, const struct pen *pen,
                            const struct marginalia *marginalia, struct passage *rest);

/** What found no place, in full. The text is owned by the caller: sequel_plan() takes it over. */
struct sequel_input map_page_rest(const struct map_page *page, const struct pen *pen,
                                  const struct marginalia *marginalia);

/** Paints all but the maps. */
bool map_page_paint(struct map_page *page, struct pen *pen, struct page_document *document,
                    const struct marginalia *marginalia, struct fault *fault);

/** The blocks that a following page may show too. */
struct scale_block map_page_scale(const struct map_page *page, unsigned elements);
struct inset_block map_page_insets(const struct map_page *page, unsigned elements);

#endif
