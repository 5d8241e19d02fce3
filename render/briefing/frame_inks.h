/*
 * frame_inks.h - where in a frame the map has symbols and texts, or a page something over the map: names of
 * grids and sheets, which are painted after it, keep off.
 *
 * Lines and areas are not among it: a name with its halo may lie over them.
 */
#ifndef RENDER_BRIEFING_FRAME_INKS_H
#define RENDER_BRIEFING_FRAME_INKS_H

#include "geo/bbox.h"

struct box_grid; /* render/placement/box_grid.h */
struct briefing_order;
struct fault;
struct frame;
struct renderer;

/**
 * The boxes that symbols with their numbers, labels, leaders and texts along lines of the plots take, and
 * labels of layers, in px of the frame. Quick once the map has been painted: the renderer keeps its
 * placement.
 * @return owned, box_grid_free(); NULL on fault
 */
struct box_grid *frame_inks(struct renderer *renderer, const struct frame *frame,
                            const struct briefing_order *order, struct fault *fault);

/** Adds what stands on the page over a map. */
void frame_inks_add_mm(struct box_grid *inks, struct bbox map_mm, struct bbox box_mm);

#endif
