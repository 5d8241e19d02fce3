/*
 * change_mark.h - the marks that say what changed: told apart by their form, in black and white too.
 *
 *   new       a ring; along a line or edge a band
 *   changed   four corners; along a line or edge a band of dashes
 *   moved     an arrow from a dot at the old place
 *   ended     a cross over what was there, which is drawn pale
 *
 * All are of one colour that no symbol has, between edges of white.
 */
#ifndef RENDER_CHANGE_MARK_H
#define RENDER_CHANGE_MARK_H

#include <stdbool.h>

#include "data/feature_difference.h"
#include "geo/bbox.h"
#include "symbology/stroke.h"
#include "symbology/symbol.h"

struct canvas;
struct shape;

enum change_mark {
    CHANGE_MARK_NEW,
    CHANGE_MARK_CHANGED,
    CHANGE_MARK_MOVED,
    CHANGE_MARK_ENDED,
    CHANGE_MARK_COUNT
};

/** How marks are painted. */
struct change_look {
    enum palette palette;
    double scale; /* map_view.symbol_scale */
};

/** How pale what has ended is drawn, 0 … 1. */
#define CHANGE_PALE 0.4

/** How far a mark reaches beyond what it stands around, px at scale 1. */
#define CHANGE_REACH_PX 10.0

/** Its marks, as bits: 1u << enum change_mark; 0: only what is not seen on a map (source, symbol set). */
unsigned change_marks_of(const struct feature_difference *difference);

/** Ring, corners or cross around the ink of a symbol. Nothing for MOVED, which change_mark_trail() paints. */
void change_mark_paint(enum change_mark mark, struct change_look look, struct bbox ink_px,
                       struct canvas *canvas);

/**
 * The way from an old place to the ink at the new one.
 * @return false when the two are too close for an arrow: nothing is painted
 */
bool change_mark_trail(struct change_look look, struct point from, struct bbox ink_px, struct canvas *canvas);

/** The band below a line or area, which looks like line (its outline). NEW or CHANGED. */
void change_mark_band(enum change_mark mark, struct change_look look, const struct shape *shape,
                      const struct line_look *line, struct canvas *canvas);

/** Where a line or area was before it moved or got another shape: a thin dotted line. */
void change_mark_old_outline(struct change_look look, const struct shape *shape, struct canvas *canvas);

#endif
