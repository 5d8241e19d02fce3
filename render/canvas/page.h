/*
 * page.h - a document of one or more pages, painted through canvases: PDF, SVG or PNG.
 *
 * PDF and SVG stay vector; PNG is painted by the same calls at a resolution. One px of a canvas is 0.28 mm on
 * paper (geo/scale.h), so a map whose grid has scale denominator N is at 1:N on the page.
 *
 * A PDF has more than ink: layers that a reader can switch, tags that say what is read in which order, a
 * place on earth. The calls for these do nothing for SVG and PNG, so whoever paints need not know the format.
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
struct work; /* geo/base/work.h */

enum page_format { PAGE_PDF, PAGE_SVG, PAGE_PNG };

/** What the document says of itself (information dictionary and XMP of a PDF). Borrowed; NULL: left out. */
struct page_metadata {
    const char *title;
    const char *author;
    const char *subject;
    const char *keywords;
    int64_t made_ms;
    const char *language; /* "nl": of all texts */
    const char *id;       /* of the briefing */
    const char *template_id;
    const char *activity;
    const char *revision; /* of the plots */
    const char *marking;
    const char *checksum;
    const char *moment; /* situation as of */
    bool is_sealable; /* a PDF leaves room for a seal (render/pdf/pdf_seal.h); a picture, which has none, says
                         all this too (render/encode/picture_packet.h) */
};

/** What a part of a page is. Groups hold other tags only; leaves hold ink, and no leaf within a leaf. */
enum page_tag {
    PAGE_TAG_HEADER, /* group: read first on its page, wherever it was painted */
    PAGE_TAG_SECTION,
    PAGE_TAG_LIST,
    PAGE_TAG_TABLE,
    PAGE_TAG_ROW,   /* of a table */
    PAGE_TAG_TITLE, /* leaf, like all that follow */
    PAGE_TAG_HEADING,
    PAGE_TAG_SUBHEADING,
    PAGE_TAG_PARAGRAPH,
    PAGE_TAG_LIST_ITEM,
    PAGE_TAG_HEADER_CELL, /* of a column */
    PAGE_TAG_CELL,
    PAGE_TAG_FIGURE,
    PAGE_TAG_DECORATION, /* ink, text too, that is not read: what stands there twice, values of grid lines */
    PAGE_TAG_COUNT
};

/** Where on earth a box of a page lies. Borrowed. */
struct page_place {
    const char *title;
    const char *crs_code;        /* "EPSG:28992" */
    const char *crs_wkt;         /* WKT 1, with its own datum */
    struct point corners_deg[4]; /* longitude, latitude on that datum: south-west, north-west, north-east,
                                    south-east */
};

struct page_document;

/**
 * @param dpi of PNG, and of pictures in a PDF (0: 300). SVG and PNG have one page. Owned,
 * page_document_free().
 */
struct page_document *page_document_new(enum page_format format, double width_mm, double height_mm,
                                        double dpi, struct text_engine *engine,
                                        const struct page_metadata *metadata, struct fault *fault);
void page_document_free(struct page_document *document);

/** No paper: what nothing is painted on can be seen through. Of a PNG, first of all; others have none. */
void page_document_without_paper(struct page_document *document);

/**
 * A canvas over a box of the current page. Canvas px (0, 0) + corner_px lies at the box's north-west corner:
 * a map frame gives the pixel of its grid there, marginalia give (0, 0). Nothing is painted outside the box.
 * Owned, canvas_free(), before the page is shown.
 */
struct canvas *page_canvas(struct page_document *document, struct bbox box_mm, struct point corner_px,
                           struct fault *fault);

/** The document that a canvas paints on, borrowed; NULL for a picture, which all calls below take too. */
struct page_document *page_of_canvas(const struct canvas *canvas);

/**
 * What is painted between these two belongs to a layer that a reader can switch off. The same id is the same
 * layer, on any page, with the title of the first time. Layers and tags nest; all end before their page does.
 */
void page_layer_begin(struct page_document *document, const char *id, const char *title);
void page_layer_end(struct page_document *document);

/**
 * What is painted between these two is one thing for those who listen. Ink in no leaf is decoration, which is
 * not read. In a leaf other tags have no effect.
 * @param alternative what a figure shows, in words; NULL for all others. Copied.
 */
void page_tag_begin(struct page_document *document, enum page_tag tag, const char *alternative);
void page_tag_end(struct page_document *document);

/** Says where on earth a box of the current page lies. */
void page_place(struct page_document *document, struct bbox box_mm, const struct page_place *place);

/** Ends a page of a PDF and begins the next. */
bool page_next(struct page_document *document, struct fault *fault);

/** Ends the document: its bytes, owned by the caller. The same calls give the same bytes. NULL on fault. */
char *page_document_take(struct page_document *document, size_t *length, struct fault *fault);

/** The same of what takes long, such as a PNG of A0: told as it goes, NULL: nobody asks. DEADLINE: cancelled.
 */
char *page_document_take_told(struct page_document *document, struct work *work, size_t *length,
                              struct fault *fault);

#endif
