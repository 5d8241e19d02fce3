/*
 * press.h - puts the pages of one document on paper, one after the other: what all kinds of briefing share.
 */
#ifndef RENDER_BRIEFING_PRESS_H
#define RENDER_BRIEFING_PRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/work.h"
#include "render/briefing/map_page.h"
#include "render/briefing/marginalia.h"
#include "render/briefing/page_stack.h"
#include "render/briefing/sequel.h"
#include "render/print/pen.h"

struct briefing_document;
struct briefing_order;
struct content;
struct fault;
struct page_document;
struct renderer;
struct report;
struct template;

/** All borrowed but the document. */
struct press {
    struct renderer *renderer;
    const struct briefing_order *order;
    const struct template *template;
    struct report *report;
    struct fault *fault;
    struct pen pen;
    struct page_document *document; /* owned; NULL before the first page. Of a picture it has one page */
    struct page_stack stack;        /* of a picture: the pages before */
    size_t page;                    /* the one being painted, from 1 */
    size_t page_count;              /* 0: not known yet */
    bool is_enough;   /* the one page that was asked for is painted: what is false then is no fault */
    double part_from; /* how much of the work is done when this page begins, 0 … 1, and when it ends */
    double part_to;
};

/** Tells how much of a page is done. False, and a fault: the briefing was cancelled. */
bool press_tell(const struct press *press, double part);

/** How much of the work is done when all pages are painted and only the document is to be ended. */
double press_pages_part(const struct press *press);

/** Do pages follow the first one? A plate has one. */
bool press_has_sequel(const struct press *press);

/**
 * The first page opens the document, with its words as the document's; the others follow. Its maps are
 * painted. False: a fault, such as more dots than the order allows (LIMIT), or it is enough.
 */
bool press_begin_page(struct press *press, struct map_page *page);

/** What the page at hand has in bands and footer. */
struct marginalia press_marginalia(const struct press *press, const struct content *content);

/** Paints all pages of a sequel. */
bool press_sequel(struct press *press, const struct content *content, const struct sequel *sequel);

/** The finished document, owned by the caller. press_finish() in any case, also to begin once more. */
bool press_take(struct press *press, struct briefing_document *document);
void press_finish(struct press *press);

#endif
