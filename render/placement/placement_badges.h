/*
 * placement_badges.h - symbols so crowded that even as dots they would hide each other give way to one badge
 * with their number.
 *
 * They are grouped by the cells of a fixed grid of PLACEMENT_BADGE_CELL_PX in the pixel space of the zoom, so
 * that it does not matter who asks; a cell lies in one district. Those that hide each other across the edge
 * of cells without a crowd are counted in the first of these. The badge stands whole within its cell, as near
 * to the middle of all as that allows, so that badges never meet; where a number would be too long for that,
 * all of a block of cells is counted together. Of a group the most important becomes the badge. A symbol that
 * touches neither another dot nor the badge stays a symbol, as does one whose detail its code says.
 */
#ifndef RENDER_PLACEMENT_BADGES_H
#define RENDER_PLACEMENT_BADGES_H

#include "geo/bbox.h"

struct map_view;
struct placement;
struct placement_wishes;

#define PLACEMENT_BADGE_CELL_PX 32
#define PLACEMENT_BADGE_BLOCK_CELLS 2

/** px: so far from a badge a symbol may decide what it counts. */
#define PLACEMENT_BADGE_LOOK_PX (5 * PLACEMENT_BADGE_CELL_PX)

/**
 * Gathers the symbols that are wished for, before they have their size.
 * @param wishes     in and out: has_symbol, badge_count, place, is_counted
 * @param placement  out: counted, those that have their place in the district
 */
void placement_badges_gather(const struct map_view *view, struct bbox district,
                             struct placement_wishes *wishes, struct placement *placement);

#endif
