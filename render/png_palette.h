/*
 * png_palette.h - the colours of a picture, when there are few.
 */
#ifndef RENDER_PNG_PALETTE_H
#define RENDER_PNG_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct image;

#define PNG_PALETTE_MAX 256

/** Premultiplied colours, those that are not opaque first, otherwise in the order in which they are met. */
struct png_palette {
    uint32_t colours[PNG_PALETTE_MAX];
    int count;
    int translucent_count;
};

/** All colours of a picture; false when there are more than 256. */
bool png_palette_find(const struct image *image, struct png_palette *palette);

/** Writes the number of each pixel's colour, 1, 2, 4 or 8 bits each, leftmost highest; rows of row_bytes. */
void png_palette_write(const struct png_palette *palette, const struct image *image, int bits, uint8_t *rows,
                       size_t row_bytes);

#endif
