/*
 * placement_badges.h - symbols so crowded that even as dots they would hide each other give way to one badge
 * with their number.
 *
 * They are grouped by the cells of a fixed grid of PLACEMENT_BADGE_CELL_PX in the pixel space of the zoom, so
 * that it does not matter who asks; a cell lies in one district. Of a group the most important becomes the
 * badge, in the middle of all. A symbol that touches no other dot of its cell stays a symbol, as does one
 * whose detail its code says.
 */
#ifndef RENDER_PLACEMENT_BADGES_H
#define RENDER_PLACEMENT_BADGES_H

#include "geo/bbox.h"

struct map_view;
struct placement;
struct placement_wishes;

#define PLACEMENT_BADGE_CELL_PX 32

/**
 * Gathers the symbols that are wished for, before they have their size.
 * @param wishes     in and out: has_symbol, badge_count, place, is_counted
 * @param placement  out: counted, those that have their place in the district
 */
void placement_badges_gather(const struct map_view *view, struct bbox district,
                             struct placement_wishes *wishes, struct placement *placement);

#endif
