/*
 * placement_beside.h - a number beside what can be seen of a line, or of the edge of an area.
 *
 * A name belongs to the middle of its line; a number may stand wherever along it there is room, so that each
 * line or area of a numbered page that is in sight has its number.
 */
#ifndef RENDER_PLACEMENT_BESIDE_H
#define RENDER_PLACEMENT_BESIDE_H

#include <stdbool.h>

#include "geo/point.h"
#include "symbology/symbol.h"

struct placement_texts;
struct placement_wish;
struct scene_feature;

/** Gives the label of a line or area the first free place along it, from its middle outward. */
bool placement_beside_place(const struct placement_texts *texts, struct placement_wish *wish, double gap_px);

/** So many places along a line or edge are tried, evenly apart, from its middle outward: half of them on its
 * own parts, half on those a turn of the world away (plot_shapes.h). */
#define PLACEMENT_BESIDE_PLACES 128

/** The place of a number, 0 …, on a line or edge, px. False: it has none. */
bool placement_beside_spot(const struct scene_feature *feature, int number, struct point *place);

/** How far the strokes of a line or edge reach beside it, px. */
double placement_beside_stroke_px(const struct scene_feature *feature, enum palette palette);

#endif
