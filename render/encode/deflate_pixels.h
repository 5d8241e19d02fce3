/*
 * deflate_pixels.h - compresses rows of pixels, made for maps: quick, small, and the same bytes on every
 * machine.
 */
#ifndef RENDER_DEFLATE_PIXELS_H
#define RENDER_DEFLATE_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct deflate_stream; /* deflate_block.h */

/**
 * The rows as units, and behind the last row a mark that no other is like.
 *
 * Units are pixels, ARGB: not transparent, or 0. Before each row stands a mark (deflate_mark()), which is one
 * byte of the stream: the row's filter. So no unit is like a mark, and no repeat goes beyond its row.
 */
struct deflate_pixels {
    uint32_t *units; /* stride * height, the last mark, and DEFLATE_PIXELS_BEHIND that are read in vain */
    size_t stride;   /* of a row, with its mark */
    size_t height;
    size_t unit_bytes;   /* 3: RGB, 4: RGBA (not premultiplied) */
    size_t least_repeat; /* pixels: fewer are told as they are */
};

#define DEFLATE_PIXELS_BEHIND 64

/** The mark of a row, number from 0: no unit has such a value, and no two rows the same. */
uint32_t deflate_mark(int row, int filter);

static inline bool deflate_is_mark(uint32_t unit)
{
    return unit - 1 < 0xffffff;
}

/** One of the bytes that a unit is in the stream: red first and alpha last, or a row's filter. */
static inline unsigned deflate_byte(uint32_t unit, size_t number)
{
    return unit >> (deflate_is_mark(unit) ? 0 : (48 - 8 * number) % 32) & 0xff;
}

/** Writes rows, the next part of a stream. @param is_last  nothing comes behind them */
void deflate_pixels(const struct deflate_pixels *pixels, bool is_last, struct deflate_stream *stream);

#endif
