/*
 * canvas_internal.h - what the files of the canvas share.
 */
#ifndef RENDER_CANVAS_INTERNAL_H
#define RENDER_CANVAS_INTERNAL_H

#include <math.h>
#include <stdint.h>

#include "render/canvas/canvas.h"
#include "render/canvas/coverage.h"
#include "render/canvas/image.h"
#include "render/canvas/ink.h"
#include "render/canvas/path.h"

struct _cairo;
struct page_document;
struct pdf_halos;

#define CANVAS_GROUP_MAX 8
#define CANVAS_CELL_MAX 24
#define CANVAS_INK_MAX 32

/** What is painted into: the picture, a window of it, or a group that will be laid down on the one before. */
struct canvas_target {
    struct image view;   /* pixels belong to image, or to the one before */
    struct image *image; /* NULL: a window */
    int64_t x;           /* dot of the zoom's pixel space at its north-west corner */
    int64_t y;
    double opacity; /* of the group */
};

/** One period of a hatch or stipple, painted once and repeated. */
struct canvas_cell {
    struct fill fill;
    int pixel_ratio;
    struct image *image; /* NULL: free */
};

/** A colour and its ink: a map has but few. Transparent at first. */
struct canvas_colour {
    uint32_t pixel;
    struct ink ink;
};

/** What is kept from canvas to canvas: memory, inks, and cells of hatches. */
struct canvas_kit {
    struct path path; /* being made */
    struct coverage coverage;
    struct canvas_colour colours[CANVAS_INK_MAX]; /* each in the one place that it may have */
    struct canvas_cell cells[CANVAS_CELL_MAX];
    int next_cell;
};

struct canvas {
    struct text_engine *engine; /* borrowed */
    bool is_vector;
    int pixel_ratio;
    struct bbox window;         /* px */
    struct _cairo *cairo;       /* of a page; NULL for a picture. What leaves ink asks canvas_ink() */
    struct page_document *page; /* that it paints on, borrowed; NULL: none */
    struct canvas_target targets[CANVAS_GROUP_MAX + 1]; /* of a picture */
    int group_count;                                    /* targets[group_count] is painted into */
    bool is_bare;        /* a picture is all of one pixel, which was not laid on it yet */
    uint32_t bare_pixel; /* premultiplied */
    bool is_out_of_memory;
    struct symbol_cache *symbols;     /* borrowed; NULL: none was lent */
    struct symbol_cache *own_symbols; /* NULL until needed */
};

/** A canvas that paints exactly, over the window, with a cairo context (borrowed) whose unit is px of the
 * zoom. */
struct canvas *canvas_new_vector(struct _cairo *cairo, struct bbox window, struct text_engine *engine);

/** What a picture is painted into now. */
struct canvas_target *canvas_target(struct canvas *canvas);

/** Lays the one pixel on a picture that is bare: before anything else is painted into it. */
void canvas_settle(struct canvas *canvas);

/** The part of the target which a box (px) touches, in whole dots; it may be bare. False when it touches
 * none.
 */
bool canvas_find_window(struct canvas *canvas, struct bbox box, struct canvas_target *window);

struct canvas_kit *canvas_kit_new(void);
void canvas_kit_free(struct canvas_kit *kit);
struct canvas_kit *canvas_kit(struct canvas *canvas);

/**
 * The path for the next thing to be painted, empty; borrowed until then. There is one of them: whatever
 * paints uses it up.
 */
struct path *canvas_path(struct canvas *canvas);

/** How paths enclose an area. */
enum canvas_rule {
    CANVAS_UNION,   /* all rings are areas */
    CANVAS_EVEN_ODD /* rings within rings are holes, whatever they are called */
};

/** Paint the path; it is kept. Of the stroke only width, cap, join and colour count. */
void canvas_fill_path(struct canvas *canvas, const struct path *path, enum canvas_rule rule,
                      struct colour colour);
void canvas_stroke_path(struct canvas *canvas, const struct path *path, const struct stroke *stroke);

/** The same on a page. */
void canvas_page_fill_all(struct canvas *canvas, struct colour colour);
void canvas_page_fill(struct canvas *canvas, const struct path *path, enum canvas_rule rule,
                      struct colour colour);
void canvas_page_stroke(struct canvas *canvas, const struct path *path, const struct stroke *stroke);

/** All that is painted on a page between these two is cut to the path. */
void canvas_page_begin_clip(struct canvas *canvas, const struct path *path, enum canvas_rule rule);
void canvas_page_end_clip(struct canvas *canvas);
void canvas_page_begin_group(struct canvas *canvas, struct bbox box, double opacity);
void canvas_page_end_group(struct canvas *canvas, double opacity);

/** Makes a path that of cairo, whose unit is px of the zoom. */
void canvas_page_trace(struct _cairo *cairo, const struct path *path);

/** Paints a picture on a page; a PDF keeps its dots apart. */
void canvas_page_picture(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth);

enum page_image { PAGE_IMAGE_NOT_KEPT, PAGE_IMAGE_KEPT, PAGE_IMAGE_NOTHING };

/**
 * Keeps a picture for a PDF.
 * @param stand_in of PAGE_STAND_IN_DOTS in one row, to be painted where the picture is to be
 * @return NOTHING: nothing is to be seen of it; NOT_KEPT: paint the picture itself
 */
#define PAGE_STAND_IN_DOTS 8
enum page_image page_keep_image(struct page_document *document, const struct image *image,
                                struct image *stand_in);

/** Leaves the marks of a PDF that are not in its ink yet: to be called before ink is painted. */
void page_ink(struct page_document *document);

/** The context to paint ink of a page with. */
struct _cairo *canvas_ink(struct canvas *canvas);

/** Where halos are kept for a PDF; NULL: they are painted. */
struct pdf_halos *page_halos(struct page_document *document);

/** Dots that pictures on the page are worth having, to a px. */
double page_dots_per_px(const struct page_document *document);

/** Paints a picture with cairo, whose unit is px of the zoom. */
void canvas_page_image(struct _cairo *cairo, const struct image *image, struct bbox box, bool is_smooth);
void canvas_set_colour(struct _cairo *cairo, struct colour colour);

/** Is a place within what any zoom has (finite, and small enough to count in 1/256 px)? Others are left out.
 */
static inline bool canvas_is_place(struct point point)
{
    const double most_px = 1e12;
    return fabs(point.x) <= most_px && fabs(point.y) <= most_px; /* false for NaN */
}

/** Does paint within reach of the box come into the window? */
bool canvas_sees(const struct canvas *canvas, struct bbox box, double reach_px);

/** Paints a hatch or stipple into an area, even-odd, that is around the box. */
void canvas_fill_pattern(struct canvas *canvas, const struct path *path, const struct fill *fill,
                         struct bbox box);

/** In a picture: the path with the cell of a hatch, repeated from (0, 0) of the zoom's pixel space. */
void canvas_fill_cells(struct canvas *canvas, const struct path *path, const struct image *cell);

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

void canvas_trace_outline(struct path *path, const struct mark_outline *outline, struct canvas_stand stand);
void canvas_paint_outlines(struct canvas *canvas, const struct path *path,
                           const struct canvas_outline_paint *paint);

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
