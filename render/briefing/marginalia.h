/*
 * marginalia.h - what stands on every page: marking, footer and, on following pages, a header; and the scale
 * block.
 *
 * The pen must have a canvas over the whole page.
 */
#ifndef RENDER_BRIEFING_MARGINALIA_H
#define RENDER_BRIEFING_MARGINALIA_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "render/briefing/element.h"
#include "render/briefing/layout.h"
#include "render/print/pen.h"

struct content;

/** What the bands and the footer say. */
struct marginalia {
    enum marking marking;
    bool is_marked; /* a map that is TLP:CLEAR need not say so */
    bool is_exercise;
    enum place marking_place;  /* top-left, top-center or top-right: in both bands */
    enum place identity_place; /* bottom-left, bottom-center or bottom-right */
    const char *identity;      /* borrowed */
    size_t page;               /* from 1; 0: pages are not numbered */
    size_t page_count;         /* 0: not known yet */
};

/** How a band is shared: the label, and what it leaves to the word for an exercise, or to a rule. */
struct marginalia_band {
    struct bbox label; /* empty: there is none */
    struct bbox left;
    struct bbox right;
};
struct marginalia_band marginalia_band(const struct pen *pen, struct bbox band,
                                       const struct marginalia *marginalia);

/** The band with marking and exercise banner. */
void marginalia_paint_top(const struct pen *pen, const struct layout_furniture *furniture,
                          const struct marginalia *marginalia);

/** The same again, and the footer with identity and page number. */
void marginalia_paint_bottom(const struct pen *pen, const struct layout_furniture *furniture,
                             const struct marginalia *marginalia);

/** Only a footer: identity at the left, page number at the right. */
void marginalia_paint_footer(const struct pen *pen, struct bbox box_mm, const char *identity, size_t page,
                             size_t page_count);

/** Is the whole identity in the footer, or is it cut? */
bool marginalia_identity_fits(const struct pen *pen, const struct layout_furniture *furniture,
                              const struct marginalia *marginalia);

/** The header of a following page: the title, smaller, that it goes on, and the moment. */
void marginalia_paint_following_header(const struct pen *pen, struct bbox box_mm,
                                       const struct content *content);

/** What the scale block says. */
struct scale_block {
    double scale_denominator;
    double true_north_deg; /* clockwise from grid north */
    bool is_without_scale; /* only the arrow */
    bool is_without_north; /* only number and bar */
};

/** Numeric scale, scale bar and north arrow. */
void scale_block_paint(const struct pen *pen, struct bbox box_mm, const struct scale_block *block);

#endif
