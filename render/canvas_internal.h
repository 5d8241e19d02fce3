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

/** Paints the marks along, and the ends of, one part of a line. */
void canvas_marks(struct canvas *canvas, const struct point *points, size_t count,
                  const struct line_look *look, bool is_closed);
void canvas_ends(struct canvas *canvas, const struct point *points, size_t count,
                 const struct line_look *look);

/** How large the ends of a line are painted: smaller on one that has no room for them. */
double canvas_end_size_px(const struct line_look *look, const struct point *points, size_t count);

#endif
