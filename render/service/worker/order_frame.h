/*
 * order_frame.h - the frame of a briefing that was asked for as a box: "all of this area on that paper".
 */
#ifndef RENDER_SERVICE_ORDER_FRAME_H
#define RENDER_SERVICE_ORDER_FRAME_H

#include <stdbool.h>

struct briefing_order;
struct fault;
struct order_briefing;
struct renderer;

/**
 * Fills in centre, area and, unless it is given already, scale of a briefing whose order names a box: that
 * of the template, else the largest round scale at which the frame shows all of it. Leaves others as they
 * are. INPUT: the box has no place in the CRS, or needs a scale beyond 1:10,000,000.
 */
bool order_frame_fit(struct renderer *renderer, const struct order_briefing *wish,
                     struct briefing_order *order, struct fault *fault);

#endif
