/*
 * png_palette.c - most pixels of a map are like the one above, and have its number. The others are looked up
 * in a small open hash table.
 */
#include "render/encode/png_palette.h"

#include <endian.h>
#include <string.h>

#include "render/canvas/image.h"
#include "render/encode/pixel_compare.h"

/* Colours are looked for in every so many rows first: a picture of too many is soon given up. */
#define ROW_STEP 16
#define SIXTEEN 16 /* pixels at a time */
#define WORD_BITS 64

void png_palette_init(struct png_palette *palette)
{
    palette->count = 0;
    memset(palette->slot_numbers, 0xff, sizeof palette->slot_numbers);
}

/** The number of a colour, PNG_PALETTE_MAX: it is one too many. There is always a free slot. */
static inline int number_of(struct png_palette *palette, uint32_t colour)
{
    unsigned slot = (colour * 2654435769u) >> 22; /* Knuth's multiplicative hash, to ten bits */
    while (palette->slot_numbers[slot] >= 0) {
        if (palette->slot_colours[slot] == colour) {
            return palette->slot_numbers[slot];
        }
        slot = (slot + 1) % PNG_PALETTE_SLOTS;
    }
    if (palette->count < PNG_PALETTE_MAX) {
        palette->slot_colours[slot] = colour;
        palette->slot_numbers[slot] = (int16_t)palette->count;
        palette->colours[palette->count++] = colour;
        return palette->count - 1;
    }
    return PNG_PALETTE_MAX;
}

/** Those pixels, a bit each, that are unlike others. */
static inline bool number_some(struct png_palette *palette, const uint32_t *pixels, uint64_t unlike,
                               uint8_t *numbers)
{
    for (; unlike; unlike &= unlike - 1) {
        int place = __builtin_ctzll(unlike);
        int number = number_of(palette, pixels[place]);
        if (number == PNG_PALETTE_MAX) {
            return false;
        }
        numbers[place] = (uint8_t)number;
    }
    return true;
}

static bool number_first(struct png_palette *palette, const uint32_t *row, int width, uint8_t *numbers)
{
    for (int x = 0; x < width; x++) {
        if (!number_some(palette, row + x, 1, numbers + x)) {
            return false;
        }
    }
    return true;
}

static uint64_t unlike_of_word(const uint32_t *row, const uint32_t *above)
{
    uint64_t unlike = 0;
    for (int i = 0; i < WORD_BITS; i += SIXTEEN) {
        unlike |= (uint64_t)pixels_unlike_of_sixteen(row + i, above + i) << i;
    }
    return unlike;
}

/** @param above  the pixels, numbers_above their numbers; which may be where the numbers go */
static bool number_row(struct png_palette *palette, const uint32_t *row, const uint32_t *above, int width,
                       uint8_t *numbers, const uint8_t *numbers_above)
{
    memmove(numbers, numbers_above, (size_t)width);
    if (memcmp(row, above, (size_t)width * sizeof *row) == 0) {
        return true;
    }
    int x = 0;
    for (; x + WORD_BITS <= width; x += WORD_BITS) {
        if (!number_some(palette, row + x, unlike_of_word(row + x, above + x), numbers + x)) {
            return false;
        }
    }
    return number_first(palette, row + x, width - x, numbers + x);
}

static bool number_rows(struct png_palette *palette, const struct image *image, uint8_t *numbers,
                        size_t stride)
{
    const uint32_t *row = image->pixels;
    if (!number_first(palette, row, image->width, numbers)) {
        return false;
    }
    for (int y = 1; y < image->height; y++) {
        row += image->stride_px;
        numbers += stride;
        if (!number_row(palette, row, row - image->stride_px, image->width, numbers, numbers - stride)) {
            return false;
        }
    }
    return true;
}

/** Only the colours where a row begins and at its edges; nobody wants their numbers yet. */
static bool sample_row(struct png_palette *palette, const uint32_t *row, int width)
{
    uint8_t numbers[SIXTEEN];
    bool is_few = number_some(palette, row, 1, numbers);
    for (int x = 1; is_few && x + SIXTEEN <= width; x += SIXTEEN) {
        uint32_t unlike = pixels_unlike_of_sixteen(row + x, row + x - 1);
        is_few = number_some(palette, row + x, unlike, numbers);
    }
    return is_few;
}

static bool sample_rows(struct png_palette *palette, const struct image *image)
{
    bool is_few = true;
    for (int y = 0; is_few && y < image->height; y += ROW_STEP) {
        is_few = sample_row(palette, image->pixels + (ptrdiff_t)y * image->stride_px, image->width);
    }
    return is_few;
}

bool png_palette_number(struct png_palette *palette, const struct image *image, uint8_t *numbers,
                        size_t stride)
{
    return sample_rows(palette, image) && number_rows(palette, image, numbers, stride);
}

/* A factor that moves numbers of so many bits, a byte each and the first lowest, into one byte behind all of
 * theirs but one. No two of the bits that it makes meet, so nothing is carried. */
static const uint64_t packing_factors[] = {[1] = 0x8040201008040201u, [2] = 0x40100401u, [4] = 0x1001u};

static uint8_t pack_byte(const uint8_t *numbers, int count, int bits)
{
    unsigned byte = 0;
    for (int i = 0; i < 8 / bits; i++) {
        byte = byte << bits | (i < count ? numbers[i] : 0);
    }
    return (uint8_t)byte;
}

void png_palette_pack(const uint8_t *numbers, int count, int bits, uint8_t *packed)
{
    const uint64_t factor = packing_factors[bits];
    const int of_byte = 8 / bits;
    int first = 0;
    for (; first + 8 <= count; first += of_byte) {
        uint64_t eight;
        memcpy(&eight, numbers + first, sizeof eight);
        *packed++ = (uint8_t)(le64toh(eight) * factor >> 8 * (of_byte - 1));
    }
    for (; first < count; first += of_byte) {
        *packed++ = pack_byte(numbers + first, count - first, bits);
    }
}
