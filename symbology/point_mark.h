/*
 * point_mark.h - a small plain shape that stands on a point of a layer: a disc, a square, a star.
 *
 *     mark: {shape: square, size: 8, fill: "#FFFFFF", stroke: {width: 1, colour: "#333333"}, rotation: 45}
 */
#ifndef SYMBOLOGY_POINT_MARK_H
#define SYMBOLOGY_POINT_MARK_H

#include <stdbool.h>

#include "symbology/colour.h"

struct problems;
struct symbol_drawing; /* symbology/symbol.h */
struct yaml_node;

enum point_shape {
    POINT_SHAPE_CIRCLE,
    POINT_SHAPE_SQUARE,
    POINT_SHAPE_TRIANGLE,
    POINT_SHAPE_DIAMOND,
    POINT_SHAPE_PENTAGON,
    POINT_SHAPE_STAR,
    POINT_SHAPE_CROSS, /* diagonal */
    POINT_SHAPE_PLUS
};

/** Lengths are px of the 1x picture. */
struct point_mark {
    enum point_shape shape;
    double size_px;       /* across, without the stroke; 0: no mark */
    struct colour fill;   /* alpha 0: none */
    struct colour stroke; /* alpha 0: none */
    double stroke_px;     /* half of it lies outside of the size */
    double rotation_deg;  /* clockwise */
};

#define POINT_MARK_MOST_PX 128 /* across */

/**
 * Reads shape, size, fill, stroke and rotation; size 8 and a grey disc when nothing is said.
 * @param rotation  out: the name of the attribute that turns it, borrowed from the mapping; NULL: none does
 */
struct point_mark point_mark_read(const struct yaml_node *mapping, const char **rotation,
                                  struct problems *problems);

bool point_mark_is_visible(const struct point_mark *mark);

/** How far its paint reaches from the point, whichever way it is turned. */
double point_mark_reach_px(const struct point_mark *mark);

/** The mark as SVG, its middle on the anchor. symbol_drawing_finish(). */
void point_mark_compose(const struct point_mark *mark, struct symbol_drawing *drawing);

#endif
