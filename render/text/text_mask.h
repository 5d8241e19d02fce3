/*
 * text_mask.h - coverage of letters, and how glyphs and outlines are laid on it. Internal to text*.c.
 *
 * All is counted in bytes of coverage: the same pixels on every machine with the same fonts.
 */
#ifndef RENDER_TEXT_MASK_H
#define RENDER_TEXT_MASK_H

#include <stddef.h>
#include <stdint.h>

#include "render/canvas/coverage.h"

struct path;

/** Rows are whole blocks of so many bytes, of which those beyond the width are 0. */
#define TEXT_MASK_BLOCK 16

/** Coverage of letters or halo, a byte for each dot. */
struct text_mask {
    uint8_t *bytes; /* text_mask_bytes() of them */
    int width;
    int height;
    int stride;
};

/** A mask of this size; its bytes are the caller's. */
struct text_mask text_mask_of(int width, int height);

/** What a mask takes: its rows and one block more, so that blocks may be laid that begin in its last row. */
size_t text_mask_bytes(const struct text_mask *mask);

/** Lays one mask on another, with its north-west corner at dot (x, y). Nothing is laid on the margin. */
void text_mask_lay(const struct text_mask *mask, const struct text_mask *source, int x, int y, int margin);

/** What outlines are filled with. Start with {0}; memory is kept until text_fill_finish(). */
struct text_fill {
    struct coverage coverage;
};

void text_fill_finish(struct text_fill *fill);

/**
 * Begins to fill what rings enclose that turn right and those that turn left do not: add edges to the
 * coverage, in dots from the mask's north-west corner. Nothing is laid on the margin. False when there is
 * nothing but margin, and then no end.
 */
bool text_fill_begin(struct text_fill *fill, const struct text_mask *mask, int margin);
void text_fill_end(struct text_fill *fill, const struct text_mask *mask, int margin);

/** Adds the edges of a ring whose last point does not repeat the first. */
void text_fill_ring(struct text_fill *fill, const struct point *points, size_t count);

/** Fills all rings of a path. */
void text_fill_path(struct text_fill *fill, const struct text_mask *mask, const struct path *path,
                    int margin);

#endif
