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
struct png_repeats; /* png_repeats.h */
struct png_units;

/** What units are in the stream. */
struct png_telling {
    size_t unit_bytes;    /* 3: RGB, 4: RGBA (not premultiplied), 1: what bytes tells */
    const uint8_t *bytes; /* a byte for each unit, filters too; NULL when unit_bytes is not 1 */
    bool is_followed;     /* more units come behind these, and point at none of them */
};

/** As many units as may lie between a repeat and what it repeats, to be told in so many bytes each. */
size_t png_deflate_window(size_t unit_bytes);

/** Writes the rows as a deflate stream of its own, or the next part of one. Of bytes, repeats of less than
 * three become plain. */
void png_deflate(const struct png_units *units, struct png_repeats *repeats,
                 const struct png_telling *telling, struct deflate_stream *stream);

#endif
