/*
 * stroke.h - how lines and areas look, as numbers. Lengths are px of the 1x picture.
 *
 * Shared by the symbol set's lines and areas and by the styles of catalogue layers.
 */
#ifndef SYMBOLOGY_STROKE_H
#define SYMBOLOGY_STROKE_H

#include <stdbool.h>

#include "geo/point.h"
#include "symbology/colour.h"

enum stroke_cap { STROKE_CAP_BUTT, STROKE_CAP_ROUND, STROKE_CAP_SQUARE };
enum stroke_join { STROKE_JOIN_ROUND, STROKE_JOIN_MITER, STROKE_JOIN_BEVEL };

#define STROKE_DASH_MAX 6

/** One stroke along a line. */
struct stroke {
    double width_px;
    double offset_px; /* to the right of the direction of the line when positive; of an area's edge: inside */
    struct colour colour;
    double dash_px[STROKE_DASH_MAX]; /* on, off, on, off … */
    int dash_count;                  /* 0: solid */
    double phase_px;                 /* how far into its dashes the line begins; 0 or more */
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
    LINE_MARK_HALF_DISC,
    LINE_MARK_SLASH,
    LINE_MARK_GLYPH /* a drawing */
};
enum line_side { LINE_SIDE_CENTRE, LINE_SIDE_LEFT, LINE_SIDE_RIGHT, LINE_SIDE_BOTH };
enum mark_orient { MARK_ALONG, MARK_UPRIGHT };

/** Small drawings repeated along a line. On the edge of an area RIGHT is inside, whichever way it turns. */
struct line_marks {
    enum line_mark mark;
    double size_px;
    double spacing_px; /* about: they are spread evenly, see mark_row.h */
    double phase_px;   /* from the start of the line to the first, and from the last to its end */
    enum line_side side;
    struct colour colour;
    enum mark_orient orient;  /* ALONG turns with the line; a glyph is never upside down */
    bool is_hollow;           /* only the outline, white inside; not of glyphs */
    struct colour background; /* of a disc below a glyph; alpha 0: none */
    const char *glyph;        /* SVG elements on a grid of 24 x 24, borrowed from the symbol set */
};

enum line_end { LINE_END_NONE, LINE_END_ARROW, LINE_END_OPEN_ARROW, LINE_END_BAR, LINE_END_DOT };

#define LINE_STROKE_AUTHOR_MAX 3 /* in a set or style */
#define LINE_STROKE_MAX 6        /* each may be made hollow by a second one */
#define STROKE_MITER_LIMIT 4.0   /* longer points are cut off */

/** A line symbol: strokes (painted first to last), marks, signs, ends. */
struct line_look {
    struct stroke strokes[LINE_STROKE_MAX];
    int stroke_count;
    struct line_marks marks;
    struct line_marks signs; /* more marks, that tell the status: strikes, question marks */
    enum line_end start;
    enum line_end end;
    double end_size_px;
    struct colour end_colour;
    bool has_hollow_ends;
    struct colour halo; /* around every part and below them all; alpha 0: none */
    double halo_px;
};

enum fill_kind { FILL_NONE, FILL_FLAT, FILL_HATCH, FILL_CROSS, FILL_STIPPLE };

struct fill {
    enum fill_kind kind;
    struct colour colour;     /* of the flat fill, or of the lines or dots */
    struct colour background; /* below a hatch, cross or stipple; alpha 0: none */
    double angle_deg;         /* of hatch lines, clockwise from east */
    double spacing_px;
    double width_px;    /* of hatch lines, or diameter of dots */
    struct colour halo; /* around lines and dots; alpha 0: none */
    double halo_px;
};

/** An area symbol without its centre symbol. */
struct area_look {
    struct fill fill;
    struct line_look outline;
};

/** How thick the outline of a hollow mark or end of a size is; half of it lies outside. */
double mark_outline_px(double size_px);

/** What lies below a stroke as its halo. */
struct stroke stroke_casing(const struct stroke *stroke, struct colour halo, double halo_px);

/** Does a stroke lie within the width of another one: a wider one, or an earlier one as wide? */
bool stroke_is_upon(const struct line_look *look, int number, int other_number);

/** Has the stroke no need of a casing, since another one with a casing hides it? */
bool stroke_is_covered(const struct line_look *look, int number);

#define MARK_POINT_MAX 16

/** A mark or end as a closed outline to be filled. */
struct mark_outline {
    struct point points[MARK_POINT_MAX];
    int count; /* 0: nothing */
};

/**
 * The outline of a mark (not a glyph) of a size: x along the line, y to its right, its middle on the line at
 * (0, 0). With LINE_SIDE_LEFT or RIGHT it stands on that side with its foot on the line; for BOTH ask once
 * for LEFT and once for RIGHT.
 */
struct mark_outline line_mark_outline(enum line_mark mark, double size_px, enum line_side side);

/** The outline of an end of a size: the line arrives along x and ends at (0, 0). */
struct mark_outline line_end_outline(enum line_end end, double size_px);

/** How much shorter the strokes are painted, so that they do not stick out of the tip of an arrow. */
double line_end_cut_px(enum line_end end, double size_px);

/** Do its signs stand between its marks? Drawings do, which would hide a mark; strikes go over all. */
bool line_look_has_signs_between(const struct line_look *look);

/** How far paint reaches from the geometry, px: width, offset, marks, signs, ends and halo. */
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
