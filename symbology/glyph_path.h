/*
 * glyph_path.h - an outline of a foreign drawing, written anew on the grid of a glyph.
 *
 * Whatever it was made of, it becomes moves, lines and cubic curves with absolute coordinates of at most
 * three decimals, whose number, length and reach are known.
 */
#ifndef SYMBOLOGY_GLYPH_PATH_H
#define SYMBOLOGY_GLYPH_PATH_H

#include <stdbool.h>

#include "geo/base/buffer.h"
#include "symbology/glyph_matrix.h"

struct glyph_path {
    struct glyph_matrix to_grid;
    struct buffer data; /* "M1 2L3 4Z" */
    struct bbox box;    /* on the grid, around all points, those of control included */
    double length;      /* on the grid, at least as long as the line is */
    int segment_count;
    int most_segments;
    const char *refusal; /* what is wrong with it as the end of a sentence, or NULL. Borrowed for ever */
    bool is_far;         /* that is: it reaches far beyond the grid */
    struct point start;  /* of the part that is open, in the drawing's coordinates, as are those below */
    struct point place;
    bool is_open;
};

void glyph_path_init(struct glyph_path *path, struct glyph_matrix to_grid, int most_segments);
void glyph_path_finish(struct glyph_path *path);

/** Places are in the drawing's coordinates. What is too much or too far makes a refusal. */
void glyph_path_move(struct glyph_path *path, struct point to);
void glyph_path_line(struct glyph_path *path, struct point to);
void glyph_path_curve(struct glyph_path *path, struct point first_control, struct point second_control,
                      struct point to);
void glyph_path_close(struct glyph_path *path);

/** An elliptical arc with SVG's five parameters. */
struct glyph_arc {
    double radius_x;
    double radius_y;
    double rotation_deg;
    bool is_large;
    bool is_clockwise; /* as seen with y downward */
};
void glyph_path_arc(struct glyph_path *path, const struct glyph_arc *arc, struct point to);

/** Adds path data, as the attribute d has it. */
void glyph_path_read(struct glyph_path *path, const char *data);

#endif
