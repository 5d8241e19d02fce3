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
#define PNG_PALETTE_SLOTS 1024 /* four times the colours: chains stay short */

/** Premultiplied colours, those that are not opaque first, otherwise in the order in which they are met. */
struct png_palette {
    uint32_t colours[PNG_PALETTE_MAX];
    int count;
    int translucent_count;
};

/** All colours of a picture; false when there are more than so many, at most PNG_PALETTE_MAX. */
bool png_palette_find(const struct image *image, int most, struct png_palette *palette);

/** Which number a colour has: a small open hash table. */
struct png_palette_index {
    uint32_t colours[PNG_PALETTE_SLOTS];
    int16_t numbers[PNG_PALETTE_SLOTS]; /* -1: free */
};

void png_palette_index(const struct png_palette *palette, struct png_palette_index *index);

/** The numbers of a row's colours, 1, 2, 4 or 8 bits each, leftmost highest. */
void png_palette_row(const struct png_palette_index *index, const uint32_t *row, int width, int bits,
                     uint8_t *bytes);

#endif
