/*
 * png_deflate.h - compresses the rows of a PNG, made for maps: quick, small, and the same bytes on every
 * machine.
 */
#ifndef RENDER_PNG_DEFLATE_H
#define RENDER_PNG_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct deflate_stream;

/**
 * The rows as units, and behind the last row a mark that no other is like.
 *
 * Units of 3 or 4 bytes are pixels, ARGB and not premultiplied; before each row stands a mark
 * (deflate_mark()), which is one byte of the stream: the row's filter. Units of 1 byte are the bytes of rows,
 * that of the filter too, but for the first. Those of 1 and 3 bytes have 0xff on top; those of 4, RGBA, are 0
 * or not transparent: so no unit is like a mark.
 */
struct png_units {
    uint32_t *units;   /* stride * height, the last mark, and PNG_UNITS_BEHIND that are read in vain */
    size_t unit_bytes; /* 1, 3 or 4 */
    size_t stride;     /* of a row, with its mark or filter */
    size_t height;
    bool is_filtered; /* differences: one that was there before is then dearer to point at than to tell */
};

#define PNG_UNITS_BEHIND 16

/** Writes the rows as a deflate stream of its own. */
void png_deflate(const struct png_units *units, struct deflate_stream *stream);

#endif
