/*
 * canvas.h - where things are painted: a picture in memory, or a page (PDF, SVG).
 *
 * All coordinates are px of the 1x picture, in the pixel space of the zoom level; the canvas subtracts its
 * own corner. On a page everything stays vector: text is text, symbols are paths, hatches are lines cut to
 * the area. In a picture symbols and labels are blitted at whole px, and edges are those of coverage.h: what
 * two windows both show is the same in them, to the last bit.
 */
#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "render/text/text.h"
#include "symbology/stroke.h"

struct canvas;
struct fault;
struct image;
struct shape;
struct symbol_cache;
struct symbol_picture;

/** A canvas over the window box of a picture at pixel ratio 1, 2 or 3. Owned, canvas_free(). */
struct canvas *canvas_new_picture(struct pixel_box box, int pixel_ratio, struct text_engine *engine,
                                  struct fault *fault);

/** The picture, owned by the caller; the canvas is spent. NULL when painting failed. */
struct image *canvas_take_picture(struct canvas *canvas, struct fault *fault);
void canvas_free(struct canvas *canvas);

/**
 * Lends the canvas the cache to keep pictures of glyphs along lines, cells of hatches and memory in; borrowed
 * until the canvas is freed. Without one they are made anew for each canvas.
 */
void canvas_lend_symbols(struct canvas *canvas, struct symbol_cache *symbols);

/** Is everything painted at its exact place, as on a page (a PNG page too)? Else at whole px, as in a tile.
 */
bool canvas_is_vector(const struct canvas *canvas);

/** Dots to a px that pictures painted here are worth having: the ratio of a picture, 3 (272 dpi) on a page.
 */
int canvas_pixel_ratio(const struct canvas *canvas);

/** The same for layers of pictures, which on a page have the dpi that was asked for. */
double canvas_image_ratio(const struct canvas *canvas);

/** What is painted of the pixel space, px. */
struct bbox canvas_window(const struct canvas *canvas);

/**
 * Everything painted between these two is cut to the box (in a picture to the dots that it touches), and laid
 * down as one with an opacity of 0 … 1.
 */
void canvas_begin_group(struct canvas *canvas, struct bbox box, double opacity);
void canvas_end_group(struct canvas *canvas);

void canvas_fill_all(struct canvas *canvas, struct colour colour);
void canvas_fill(struct canvas *canvas, const struct shape *polygon, const struct fill *fill);
void canvas_fill_box(struct canvas *canvas, struct bbox box, struct colour colour);
void canvas_stroke_box(struct canvas *canvas, struct bbox box, const struct stroke *stroke);

/**
 * One piece of a line. start_px is how far along the whole line it begins: dashes stay in phase. The last
 * point of a closed one repeats the first. Segments out of sight cost next to nothing.
 */
void canvas_stroke(struct canvas *canvas, const struct point *points, size_t count, bool is_closed,
                   double start_px, const struct stroke *stroke);

/**
 * Strokes, marks, signs and ends of a whole line look along each part of a shape (lines, or rings of a
 * polygon). On rings the right side is the inside of the area, whichever way they turn.
 */
void canvas_line(struct canvas *canvas, const struct shape *shape, const struct line_look *look);

/** A symbol with its anchor at a place; in a picture the place is rounded to whole px. */
void canvas_symbol(struct canvas *canvas, struct symbol_picture *symbol, struct point place);

/** A text whose box has its north-west corner at a place; in a picture rounded to whole px. */
void canvas_text(struct canvas *canvas, const char *text, const struct text_look *look, struct text_box box,
                 struct point place);

/** A picture stretched over a box (raster layers, logos). */
void canvas_image(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth);

#endif
