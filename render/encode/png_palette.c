/*
 * png_palette.c - colours are counted with a small open hash table; a run of one colour, the usual thing on a
 * map, costs one comparison a pixel.
 */
#include "render/encode/png_palette.h"

#include <string.h>

#include "render/canvas/image.h"
#include "render/encode/pixel_compare.h"

/* Colours are looked for in every so many rows first: a picture of too many is soon given up. */
#define ROW_STEP 16

static void table_init(struct png_palette_index *table)
{
    memset(table->numbers, 0xff, sizeof table->numbers);
}

/** The slot of a colour, or the free one where it belongs. There is always a free one. */
static unsigned find_slot(const struct png_palette_index *table, uint32_t colour)
{
    unsigned slot = (colour * 2654435769u) >> 22; /* Knuth's multiplicative hash, to ten bits */
    while (table->numbers[slot] >= 0 && table->colours[slot] != colour) {
        slot = (slot + 1) % PNG_PALETTE_SLOTS;
    }
    return slot;
}

/** A palette being made of at most so many colours. */
struct search {
    struct png_palette_index table;
    struct png_palette *palette;
    int most;
};

static void begin_search(struct search *search, int most, struct png_palette *palette)
{
    table_init(&search->table);
    search->palette = palette;
    search->most = most;
    palette->count = 0;
}

static bool add_colour(struct search *search, uint32_t colour)
{
    struct png_palette_index *table = &search->table;
    struct png_palette *palette = search->palette;
    unsigned slot = find_slot(table, colour);
    if (table->numbers[slot] >= 0) {
        return true;
    }
    if (palette->count == search->most) {
        return false;
    }
    table->colours[slot] = colour;
    table->numbers[slot] = (int16_t)palette->count;
    palette->colours[palette->count++] = colour;
    return true;
}

/** Transparency is written for the first colours only, so those that need it come first. */
static void order_colours(struct png_palette *palette)
{
    uint32_t ordered[PNG_PALETTE_MAX];
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < palette->count; i++) {
            bool is_opaque = palette->colours[i] >= 0xff000000u;
            if (is_opaque == (pass == 1)) {
                ordered[count++] = palette->colours[i];
            }
        }
        palette->translucent_count = pass == 0 ? count : palette->translucent_count;
    }
    memcpy(palette->colours, ordered, (size_t)count * sizeof *ordered);
}

/** How many pixels from here on have the same colour; some at a time, since most of a map is flat. */
static inline int run_of(const uint32_t *row, int width)
{
    int run = 1;
    for (; run + PIXELS_COMPARED <= width; run += PIXELS_COMPARED) {
        uint32_t unlike = pixels_unlike(row + run, row + run - 1);
        if (unlike) {
            return run + (int)pixels_first_unlike(unlike);
        }
    }
    while (run < width && row[run] == row[0]) {
        run++;
    }
    return run;
}

static bool add_row(struct search *search, const uint32_t *row, int width)
{
    for (int x = 0; x < width; x += run_of(row + x, width - x)) {
        if (!add_colour(search, row[x])) {
            return false;
        }
    }
    return true;
}

bool png_palette_find(const struct image *image, int most, struct png_palette *palette)
{
    struct search search;
    begin_search(&search, most, palette);
    for (int first = 0; first < ROW_STEP; first++) {
        for (int y = first; y < image->height; y += ROW_STEP) {
            const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
            if (!image_row_is_again(image, y) && !add_row(&search, row, image->width)) {
                return false;
            }
        }
    }
    order_colours(palette);
    return true;
}

void png_palette_index(const struct png_palette *palette, struct png_palette_index *index)
{
    table_init(index);
    for (int i = 0; i < palette->count; i++) {
        unsigned slot = find_slot(index, palette->colours[i]);
        index->colours[slot] = palette->colours[i];
        index->numbers[slot] = (int16_t)i;
    }
}

/** Numbers that do not fill a byte yet. */
struct packing {
    uint8_t *bytes; /* the next */
    int bits;
    int free_bits; /* of the next byte */
    unsigned packed;
};

static inline void pack(struct packing *packing, unsigned number)
{
    packing->free_bits -= packing->bits;
    packing->packed |= number << packing->free_bits;
    if (packing->free_bits == 0) {
        *packing->bytes++ = (uint8_t)packing->packed;
        packing->packed = 0;
        packing->free_bits = 8;
    }
}

/** Whole bytes at once where a run has some. */
static inline void pack_run(struct packing *packing, unsigned number, int run)
{
    for (; run > 0 && packing->free_bits < 8; run--) {
        pack(packing, number);
    }
    size_t whole = (size_t)(run * packing->bits) / 8;
    if (whole > 0) {
        unsigned all_ones = (1u << packing->bits) - 1;
        memset(packing->bytes, (int)(number * (0xff / all_ones)), whole);
        packing->bytes += whole;
    }
    for (run -= (int)whole * 8 / packing->bits; run > 0; run--) {
        pack(packing, number);
    }
}

void png_palette_row(const struct png_palette_index *index, const uint32_t *row, int width, int bits,
                     uint8_t *bytes)
{
    struct packing packing = {.bytes = bytes, .bits = bits, .free_bits = 8};
    for (int x = 0, run; x < width; x += run) {
        run = run_of(row + x, width - x);
        pack_run(&packing, (unsigned)index->numbers[find_slot(index, row[x])], run);
    }
    if (packing.free_bits < 8) {
        *packing.bytes = (uint8_t)packing.packed;
    }
}
