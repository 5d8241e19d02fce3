/*
 * page.h - a document of one or more pages, painted through canvases: PDF, SVG or PNG.
 *
 * PDF and SVG stay vector; PNG is painted by the same calls at a resolution. One px of a canvas is 0.28 mm on
 * paper (geo/scale.h), so a map whose grid has scale denominator N is at 1:N on the page.
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct canvas;
struct fault;
struct text_engine;

enum page_format { PAGE_PDF, PAGE_SVG, PAGE_PNG };

/** What the document says of itself (PDF information dictionary). Borrowed; NULL: left out. */
struct page_metadata {
    const char *title;
    const char *author;
    const char *subject;
    const char *keywords;
    int64_t made_ms;
};

struct page_document;

/** @param dpi of PNG. SVG and PNG have one page. Owned, page_document_free(). */
struct page_document *page_document_new(enum page_format format, double width_mm, double height_mm, int dpi,
                                        struct text_engine *engine, const struct page_metadata *metadata,
                                        struct fault *fault);
void page_document_free(struct page_document *document);

/**
 * A canvas over a box of the current page. Canvas px (0, 0) + corner_px lies at the box's north-west corner:
 * a map frame gives the pixel of its grid there, marginalia give (0, 0). Nothing is painted outside the box.
 * Owned, canvas_free(), before the page is shown.
 */
struct canvas *page_canvas(struct page_document *document, struct bbox box_mm, struct point corner_px,
                           struct fault *fault);

/** Ends a page of a PDF and begins the next. */
bool page_next(struct page_document *document, struct fault *fault);

/** Ends the document: its bytes, owned by the caller. The same calls give the same bytes. NULL on fault. */
char *page_document_take(struct page_document *document, size_t *length, struct fault *fault);

#endif
