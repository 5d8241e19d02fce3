/*
 * placement_inks.h - where what has been placed has paint.
 */
#ifndef RENDER_PLACEMENT_INKS_H
#define RENDER_PLACEMENT_INKS_H

#include <stdbool.h>

#include "geo/bbox.h"

struct placed;

/** Calls visit with the ink of its symbol, label, leader and each text along a line, px. */
void placement_inks_visit(const struct placed *placed, void (*visit)(struct bbox ink, void *context),
                          void *context);

/** Does one of them touch a box? */
bool placement_inks_touch(const struct placed *placed, struct bbox box_px);

#endif
