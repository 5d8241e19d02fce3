/*
 * difference_frame.h - the situation before, of a briefing that compares: as an order, and as a map in a
 * frame.
 */
#ifndef RENDER_BRIEFING_DIFFERENCE_FRAME_H
#define RENDER_BRIEFING_DIFFERENCE_FRAME_H

#include <stdbool.h>

#include "render/briefing/briefing.h"
#include "render/map_view.h"

struct fault;
struct frame;
struct page_document;
struct report;

/** The order with plots and moment of the situation before, and nothing to compare with. */
struct briefing_before {
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    struct briefing_order order; /* its plots are those above: do not copy the struct */
};

/** The order must have differences. */
void difference_before_init(struct briefing_before *before, const struct briefing_order *order);

/** Paints the map as it was before into a frame, as frame_paint_map() does the one of now. */
bool difference_frame_paint_before(struct renderer *renderer, const struct frame *frame,
                                   const struct briefing_order *order, struct page_document *document,
                                   struct bbox map_mm, struct report *report, struct fault *fault);

#endif
