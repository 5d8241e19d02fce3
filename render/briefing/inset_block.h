/*
 * inset_block.h - the overview and the QR codes, beside each other where the width allows.
 *
 * The overview is a map of its own and needs the page without a canvas open; the codes are painted with the
 * page's pen.
 */
#ifndef RENDER_BRIEFING_INSET_BLOCK_H
#define RENDER_BRIEFING_INSET_BLOCK_H

#include <stdbool.h>

#include "geo/bbox.h"

struct fault;
struct overview;
struct page_document;
struct pen;
struct renderer;
struct report;

#define INSET_CODE_MOST 2

/** All borrowed. */
struct inset_block {
    struct renderer *renderer;
    const struct overview *overview; /* NULL: none */
    const char *link;                /* live view; NULL: none */
    const char *verify_link;         /* NULL: none */
    const char *check_text;          /* without an address: check_text.h; NULL, "": none */
};

/** 0: there is nothing to show. */
double inset_block_height_mm(const struct inset_block *block, const struct pen *pen, double width_mm);

bool inset_block_paint_codes(const struct inset_block *block, const struct pen *pen, struct bbox box_mm,
                             struct fault *fault);

/** @param pen  its canvas must be NULL */
bool inset_block_paint_overview(const struct inset_block *block, struct pen *pen,
                                struct page_document *document, struct bbox box_mm, struct report *report,
                                struct fault *fault);

#endif
