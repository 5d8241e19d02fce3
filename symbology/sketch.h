/*
 * sketch.h - an SVG picture in the making that always knows the box around its paint.
 *
 * Coordinates are px with (0, 0) where the maker likes. Strokes have round joins, so nothing reaches further
 * than half a width beyond the points.
 */
#ifndef SYMBOLOGY_SKETCH_H
#define SYMBOLOGY_SKETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buffer.h"
#include "geo/bbox.h"
#include "symbology/stroke.h"

struct fault;
struct symbol_drawing;

struct sketch {
    struct buffer svg;   /* the elements so far */
    struct bbox ink;     /* around all paint */
    struct colour paper; /* what glyphs stand on, for those that leave parts of it open; white at first */
};

struct sketch_paint {
    struct colour fill;   /* alpha 0: none */
    struct colour stroke; /* alpha 0: none */
    double stroke_px;
    double dash_px[STROKE_DASH_MAX]; /* on, off, on, off … */
    int dash_count;                  /* 0: solid */
    double dash_phase_px;            /* how far into its dashes the stroke begins */
    bool is_round;                   /* ends of the stroke, and so its dots */
};

struct sketch_type {
    double size_px; /* em */
    struct colour colour;
    struct colour halo; /* alpha 0: none */
    double halo_px;
};

void sketch_init(struct sketch *sketch);
void sketch_polygon(struct sketch *sketch, const struct point *points, size_t count,
                    const struct sketch_paint *paint);
void sketch_line(struct sketch *sketch, const struct point *points, size_t count,
                 const struct sketch_paint *paint);
void sketch_box(struct sketch *sketch, struct bbox box, double radius_px, const struct sketch_paint *paint);
void sketch_disc(struct sketch *sketch, struct point centre, double radius_px,
                 const struct sketch_paint *paint);

/** Bold text whose capitals stand with their middle on a place. Returns its width. */
double sketch_text(struct sketch *sketch, const char *text, struct point middle,
                   const struct sketch_type *type);

/** The elements of a glyph in a square, cut off at its edges, turned round its middle. */
void sketch_glyph(struct sketch *sketch, const char *elements, struct bbox square, struct colour colour,
                  double rotation_deg);

/** A whole drawing with its anchor on a place. */
void sketch_drawing(struct sketch *sketch, const struct symbol_drawing *drawing, struct point place);

/** What follows, up to sketch_end_clip(), is painted only within the box. One at a time. */
void sketch_begin_clip(struct sketch *sketch, struct bbox box);
void sketch_end_clip(struct sketch *sketch, struct bbox box);

/**
 * Makes the document and leaves an empty sketch. The box and a whole number of px around it hold all ink, so
 * that its edges stay on px; at a scale all grows with it.
 * @param drawing  out: symbol_drawing_finish(); only when true is returned
 * @return false: LIMIT, the drawing has too many bytes
 */
bool sketch_take(struct sketch *sketch, struct bbox box, struct point anchor, double scale,
                 struct symbol_drawing *drawing, struct fault *fault);

#endif
