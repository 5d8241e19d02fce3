/*
 * canvas_internal.h - what the files of the canvas share.
 */
#ifndef RENDER_CANVAS_INTERNAL_H
#define RENDER_CANVAS_INTERNAL_H

#include "render/canvas.h"

struct _cairo;
struct _cairo_surface;

#define CANVAS_GROUP_MAX 8
#define CANVAS_CELL_MAX 8

/** What is painted into: the picture, or a group that will be laid down on the one before it. */
struct canvas_target {
    struct image *image; /* NULL on a page */
    struct _cairo_surface *surface;
    struct _cairo *cairo;
    int x; /* dots of the picture at its north-west corner */
    int y;
};

/** One period of a hatch or stipple, painted once and repeated. */
struct canvas_cell {
    struct fill fill;
    struct _cairo_surface *surface; /* NULL: free */
};

struct canvas {
    struct text_engine *engine; /* borrowed */
    bool is_vector;
    int pixel_ratio;
    struct bbox window; /* px */
    struct canvas_target targets[CANVAS_GROUP_MAX + 1];
    bool is_out_of_memory;
    int group_count; /* targets[group_count] is painted into; a page has one target for all */
    struct canvas_cell cells[CANVAS_CELL_MAX];
    int next_cell;
    struct symbol_cache *symbols;     /* borrowed; NULL: none was lent */
    struct symbol_cache *own_symbols; /* NULL until needed */
};

/** A canvas that paints exactly, over the window, with a cairo context (borrowed) whose unit is px of the
 * zoom. */
struct canvas *canvas_new_vector(struct _cairo *cairo, struct bbox window, struct text_engine *engine);

/** The cairo context that is painted with now. Its unit is px of the zoom's pixel space. */
struct _cairo *canvas_cairo(const struct canvas *canvas);
void canvas_set_colour(struct _cairo *cairo, struct colour colour);

/** Is a place within what any zoom has (finite, and small enough to count in 1/256 px)? Others are left out.
 */
bool canvas_is_place(struct point point);

/** Does paint within reach of the box come into the window? */
bool canvas_sees(const struct canvas *canvas, struct bbox box, double reach_px);

/** Paints a hatch or stipple into the current path, which is used up. */
void canvas_fill_pattern(struct canvas *canvas, const struct fill *fill, struct bbox box);
void canvas_free_cells(struct canvas *canvas);

/** One line, or one ring of a polygon. */
struct canvas_part {
    const struct point *points;
    size_t count;
    bool is_closed;
    bool is_flipped; /* a ring that has the inside of its area to its left: sides change places */
};

/** Where an outline is put: x of it along the direction. */
struct canvas_stand {
    struct point place;
    struct point direction; /* unit vector */
};

/** Paints one stroke along all parts, shortened for the ends of the look. */
void canvas_stroke_parts(struct canvas *canvas, const struct canvas_part *parts, size_t part_count,
                         const struct line_look *look, const struct stroke *stroke);

/** How outlines of marks and ends are painted: as themselves, or as the halo below them. */
struct canvas_outline_paint {
    const struct line_look *look;
    struct colour colour;
    double size_px;
    bool is_hollow;
    bool is_halo;
};

void canvas_trace_outline(struct _cairo *cairo, const struct mark_outline *outline,
                          struct canvas_stand stand);

/** Paints the current path, which is used up. */
void canvas_paint_outlines(struct _cairo *cairo, const struct canvas_outline_paint *paint);

/** The unit vector; (1, 0) between two points at one place. */
struct point canvas_direction(struct point from, struct point to);

/** Where pictures of glyphs along lines are kept: what was lent, or else its own. */
struct symbol_cache *canvas_symbols(struct canvas *canvas);

/** Paints the marks along, and the ends of, one part of a line; or only their halo. */
void canvas_marks(struct canvas *canvas, const struct canvas_part *part, const struct line_look *look,
                  const struct line_marks *marks, bool is_halo);
void canvas_ends(struct canvas *canvas, const struct canvas_part *part, const struct line_look *look,
                 bool is_halo);

/** How large the ends of a line are painted: smaller on one that has no room for them. */
double canvas_end_size_px(const struct line_look *look, const struct point *points, size_t count);

#endif
