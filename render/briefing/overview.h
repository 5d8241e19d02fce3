/*
 * overview.h - a small map of a wider area with the frame of the main map in it; or the index of an atlas.
 *
 * Painted by the same renderer, base layers only, at a round scale that is true on paper and stands below it.
 */
#ifndef RENDER_BRIEFING_OVERVIEW_H
#define RENDER_BRIEFING_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct box_grid;
struct fault;
struct map_view;
struct page_document;
struct pixel_grid;
struct pen;
struct renderer;
struct report;

/** A sheet of an atlas. */
struct overview_sheet {
    const char *name; /* "B3"; borrowed */
    struct bbox box;  /* in the CRS of the view */
    bool is_left_out; /* there is no page of it: it is only hinted at */
};

/** All borrowed. */
struct overview {
    const struct map_view *view; /* of the main map: map, symbols, language, palette, CRS */
    struct bbox frame;           /* of the main map, in the CRS of the view; empty: no frame is drawn */
    const struct overview_sheet *sheets;
    size_t sheet_count;
    bool has_plots; /* an index shows the plots too; an inset is too small for symbols */
};

/**
 * Could an inset show more than the map? Not where it would have to be coarser than 1:40,000,000, or where
 * most of it lay beyond the extent of the base layers.
 * @param unit  paper_unit()
 */
bool overview_is_worth(struct renderer *renderer, const struct overview *overview, double unit);

/** The scale that it is drawn at in a box: a round one. False where there is nothing to show. */
bool overview_scale(struct renderer *renderer, const struct overview *overview, const struct pen *pen,
                    struct bbox box_mm, double *denominator, struct fault *fault);

/**
 * Paints it in a box of the current page: the map with a line around it, the frame in red (a cross with a
 * ring where it would be smaller than 3 mm), the sheets with their names, and the scale below.
 * @param pen  its canvas must be NULL: while this paints, no other canvas may be open
 */
bool overview_paint(struct renderer *renderer, const struct overview *overview, struct pen *pen,
                    struct page_document *document, struct bbox box_mm, struct report *report,
                    struct fault *fault);

/**
 * Paints only the sheets with their names, over a map that is on the page already. A name stands in the
 * middle of its sheet, else where it covers nothing that is taken, at last smaller in the middle with a halo:
 * without it the sheet could not be found. Names of sheets without a page are left out there. Frames are
 * interrupted where something is taken.
 * @param taken  px of the map (frame_inks.h)
 */
void overview_paint_sheets(const struct overview *overview, struct pen *pen, const struct pixel_grid *grid,
                           struct bbox map_mm, const struct box_grid *taken);

#endif
