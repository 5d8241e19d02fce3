/*
 * ink.h - what covered dots are painted with: one colour, or a small picture repeated both ways.
 */
#ifndef RENDER_INK_H
#define RENDER_INK_H

#include <stddef.h>
#include <stdint.h>

#include "render/canvas/coverage.h"
#include "symbology/colour.h"

struct image;

struct ink {
    uint32_t pixels[COVERAGE_STEPS + 1]; /* premultiplied, of each step of coverage; when there is no cell */
    const struct image *cell;            /* borrowed; NULL: one colour */
    int cell_x;                          /* the dot of the cell that lies on the target's north-west corner */
    int cell_y;
};

struct ink ink_of_colour(struct colour colour);

/** A cell that repeats from dot (0, 0) on, for a target with its north-west corner at dot (x, y). */
struct ink ink_of_cell(const struct image *cell, int64_t x, int64_t y);

/** Lays a colour on all of a picture. */
void ink_lay_all(const struct ink *ink, struct image *target);

/** Lays it on what a drawing covers of a picture, whose north-west corner is that of the drawing's window.
 * The drawing is taken. */
void ink_lay(const struct ink *ink, const struct image *target, struct coverage *coverage,
             enum coverage_rule rule);

#endif
