/*
 * png_palette.h - the colours of a picture, when there are few, and the numbers that its pixels then are.
 */
#ifndef RENDER_PNG_PALETTE_H
#define RENDER_PNG_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct image;

#define PNG_PALETTE_MAX 256
#define PNG_PALETTE_SLOTS 1024 /* four times the colours: chains stay short */

/** Premultiplied colours in the order in which they are met, and a small open hash table of their numbers. */
struct png_palette {
    uint32_t colours[PNG_PALETTE_MAX];
    int count;
    uint32_t slot_colours[PNG_PALETTE_SLOTS];
    int16_t slot_numbers[PNG_PALETTE_SLOTS]; /* -1: free */
};

/** Without a colour. */
void png_palette_init(struct png_palette *palette);

/**
 * Numbers all pixels of a picture, a byte each; colours not met before are added.
 * @param numbers  those of the first row; from row to row it is so many bytes
 * @return false: there are more than PNG_PALETTE_MAX colours, and the numbers are worth nothing
 */
bool png_palette_number(struct png_palette *palette, const struct image *image, uint8_t *numbers,
                        size_t stride);

/** Packs a row's numbers, 1, 2 or 4 bits each, leftmost highest. They may stand where they are packed to. */
void png_palette_pack(const uint8_t *numbers, int count, int bits, uint8_t *packed);

#endif
