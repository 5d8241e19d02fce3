/*
 * png_rows.h - the rows of a PNG: how their pixels are told, which is decided before for all of them, and the
 * rows of a band ready to be compressed. Large pictures are written in bands of rows, so that besides the
 * picture there is little in memory.
 */
#ifndef RENDER_PNG_ROWS_H
#define RENDER_PNG_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "render/canvas/image.h"
#include "render/encode/deflate_pixels.h"
#include "render/encode/png_palette.h"

struct deflate_stream;

/* As PNG numbers them. */
enum png_colour { PNG_COLOUR_RGB = 2, PNG_COLOUR_PALETTE = 3, PNG_COLOUR_RGBA = 6 };

struct png_rows {
    const struct image *image; /* borrowed */
    int band_height;           /* but of the last band */
    enum png_colour colour;
    int bits;                   /* of a sample */
    struct png_palette palette; /* of PNG_COLOUR_PALETTE */
    uint32_t sum;               /* of all bytes so far (Adler-32) */

    struct image band;            /* some rows of the image */
    struct deflate_pixels pixels; /* theirs, unless there is a palette */
    uint8_t *bytes;               /* a palette's numbers, with filters; else room for a row */
    size_t row_bytes;
};

/** Decides how the pixels of a picture are told. No band is taken yet. Without memory for a band: false; then
 * too it is finished. */
bool png_rows_init(struct png_rows *rows, const struct image *image);
void png_rows_finish(struct png_rows *rows);

/** Takes the next rows from one on, as many as a band has. */
void png_rows_take(struct png_rows *rows, int y);

/** Compresses the rows taken, the next part of a stream. */
void png_rows_write(const struct png_rows *rows, struct deflate_stream *stream);

#endif
