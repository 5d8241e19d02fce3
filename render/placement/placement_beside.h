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
struct plot_shape;
struct scene_feature;

/** Gives the label of a line or area the first free place along it, from its middle outward. */
bool placement_beside_place(const struct placement_texts *texts, struct placement_wish *wish, double gap_px);

/** So many places along a line or edge are tried, evenly apart, from its middle outward: half of them on its
 * own parts, half on those a turn of the world away (plot_shapes.h). */
#define PLACEMENT_BESIDE_PLACES 128
#define PLACEMENT_STRETCH_PLACES (PLACEMENT_BESIDE_PLACES / 2)

/** A place on a line or edge, px, and across it. */
struct placement_spot {
    struct point at;
    struct point normal; /* of length 1 */
};

/** The places of the parts of a shape, as they lie behind each other. */
struct placement_stretch {
    double length; /* px */
    int count;
    struct placement_spot spots[PLACEMENT_STRETCH_PLACES];
};

/** The places of a line or edge: it is walked along when the first of them is asked for. */
struct placement_beside {
    const struct plot_shape *shape; /* borrowed; NULL: it has none */
    bool is_walked[2];              /* those a turn away, its own */
    struct placement_stretch stretches[2];
};

/** feature is borrowed as long as places are asked for. Nothing is to be freed. */
void placement_beside_init(struct placement_beside *beside, const struct scene_feature *feature);

/** The place of a number, 0 … PLACEMENT_BESIDE_PLACES - 1. Borrowed from beside; NULL: there is none. */
const struct placement_spot *placement_beside_spot(struct placement_beside *beside, int number);

/** How far the strokes of a line or edge reach beside it, px. */
double placement_beside_stroke_px(const struct scene_feature *feature, enum palette palette);

#endif
