/*
 * stroke.h - how lines and areas look, as numbers. Lengths are px of the 1x picture.
 *
 * Shared by the symbol set's lines and areas and by the styles of catalogue layers.
 */
#ifndef SYMBOLOGY_STROKE_H
#define SYMBOLOGY_STROKE_H

#include "geo/point.h"
#include "symbology/colour.h"

enum stroke_cap { STROKE_CAP_BUTT, STROKE_CAP_ROUND, STROKE_CAP_SQUARE };
enum stroke_join { STROKE_JOIN_ROUND, STROKE_JOIN_MITER, STROKE_JOIN_BEVEL };

#define STROKE_DASH_MAX 6

/** One stroke along a line. */
struct stroke {
    double width_px;
    double offset_px; /* to the right of the direction of the line when positive */
    struct colour colour;
    double dash_px[STROKE_DASH_MAX]; /* on, off, on, off … */
    int dash_count;                  /* 0: solid */
    enum stroke_cap cap;
    enum stroke_join join;
};

enum line_mark {
    LINE_MARK_NONE,
    LINE_MARK_CROSS,
    LINE_MARK_BAR,
    LINE_MARK_TRIANGLE,
    LINE_MARK_CHEVRON,
    LINE_MARK_DOT,
    LINE_MARK_SQUARE,
    LINE_MARK_HALF_DISC
};
enum line_side { LINE_SIDE_CENTRE, LINE_SIDE_LEFT, LINE_SIDE_RIGHT, LINE_SIDE_BOTH };

/** Small drawings repeated along a line, turned with it. */
struct line_marks {
    enum line_mark mark;
    double size_px;
    double spacing_px;
    double phase_px; /* from the start of the line to the first */
    enum line_side side;
    struct colour colour;
};

enum line_end { LINE_END_NONE, LINE_END_ARROW, LINE_END_OPEN_ARROW, LINE_END_BAR, LINE_END_DOT };

#define LINE_STROKE_AUTHOR_MAX 3 /* in a set or style */
#define LINE_STROKE_MAX 4        /* and a casing below them, over aerial photos */
#define STROKE_MITER_LIMIT 4.0   /* longer points are cut off */

/** A line symbol: strokes (painted first to last), marks, ends. */
struct line_look {
    struct stroke strokes[LINE_STROKE_MAX];
    int stroke_count;
    struct line_marks marks;
    enum line_end start;
    enum line_end end;
    double end_size_px;
    struct colour end_colour;
};

enum fill_kind { FILL_NONE, FILL_FLAT, FILL_HATCH, FILL_CROSS, FILL_STIPPLE };

struct fill {
    enum fill_kind kind;
    struct colour colour;     /* of the flat fill, or of the lines or dots */
    struct colour background; /* below a hatch, cross or stipple; alpha 0: none */
    double angle_deg;         /* of hatch lines, clockwise from east */
    double spacing_px;
    double width_px; /* of hatch lines, or diameter of dots */
};

/** An area symbol without its centre symbol. */
struct area_look {
    struct fill fill;
    struct line_look outline;
};

#define MARK_POINT_MAX 16

/** A mark or end as a closed outline to be filled. */
struct mark_outline {
    struct point points[MARK_POINT_MAX];
    int count; /* 0: nothing */
};

/**
 * The outline of a mark of a size: x along the line, y to its right, its middle on the line at (0, 0). With
 * LINE_SIDE_LEFT or RIGHT it stands on that side with its foot on the line; for BOTH ask once for LEFT and
 * once for RIGHT.
 */
struct mark_outline line_mark_outline(enum line_mark mark, double size_px, enum line_side side);

/** The outline of an end of a size: the line arrives along x and ends at (0, 0). */
struct mark_outline line_end_outline(enum line_end end, double size_px);

/** How much shorter the strokes are painted, so that they do not stick out of the tip of an arrow. */
double line_end_cut_px(enum line_end end, double size_px);

/** How far paint reaches from the geometry, px: width, offset, marks and ends. */
double line_look_reach_px(const struct line_look *look);

/** How text is set. */
struct text_look {
    double size_px; /* em */
    struct colour colour;
    struct colour halo; /* alpha 0: none */
    double halo_px;     /* beyond the letters */
    bool is_bold;
    bool is_italic;
};

#endif
