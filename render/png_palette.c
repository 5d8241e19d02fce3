/*
 * png_palette.c - colours are counted with a small open hash table; a run of one colour, the usual thing on a
 * map, costs one comparison a pixel.
 */
#include "render/png_palette.h"

#include <string.h>

#include "render/image.h"

#define SLOT_COUNT 1024 /* four times the colours: chains stay short */

struct colour_table {
    uint32_t colours[SLOT_COUNT];
    int16_t numbers[SLOT_COUNT]; /* -1: free */
};

static void table_init(struct colour_table *table)
{
    memset(table->numbers, 0xff, sizeof table->numbers);
}

/** The slot of a colour, or the free one where it belongs. There is always a free one. */
static unsigned find_slot(const struct colour_table *table, uint32_t colour)
{
    unsigned slot = (colour * 2654435769u) >> 22; /* Knuth's multiplicative hash, to ten bits */
    while (table->numbers[slot] >= 0 && table->colours[slot] != colour) {
        slot = (slot + 1) % SLOT_COUNT;
    }
    return slot;
}

static bool add_colour(struct colour_table *table, struct png_palette *palette, uint32_t colour)
{
    unsigned slot = find_slot(table, colour);
    if (table->numbers[slot] >= 0) {
        return true;
    }
    if (palette->count == PNG_PALETTE_MAX) {
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

bool png_palette_find(const struct image *image, struct png_palette *palette)
{
    struct colour_table table;
    table_init(&table);
    palette->count = 0;
    uint32_t last = ~image->pixels[0];
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            if (row[x] != last && !add_colour(&table, palette, row[x])) {
                return false;
            }
            last = row[x];
        }
    }
    order_colours(palette);
    return true;
}

static void write_row(const struct colour_table *table, const uint32_t *row, int width, int bits,
                      uint8_t *bytes)
{
    uint32_t last = ~row[0];
    unsigned number = 0;
    unsigned packed = 0;
    int free_bits = 8;
    for (int x = 0; x < width; x++) {
        if (row[x] != last) {
            last = row[x];
            number = (unsigned)table->numbers[find_slot(table, last)];
        }
        free_bits -= bits;
        packed |= number << free_bits;
        if (free_bits == 0 || x + 1 == width) {
            *bytes++ = (uint8_t)packed;
            packed = 0;
            free_bits = 8;
        }
    }
}

void png_palette_write(const struct png_palette *palette, const struct image *image, int bits, uint8_t *rows,
                       size_t row_bytes)
{
    struct colour_table table;
    table_init(&table);
    for (int i = 0; i < palette->count; i++) {
        unsigned slot = find_slot(&table, palette->colours[i]);
        table.colours[slot] = palette->colours[i];
        table.numbers[slot] = (int16_t)i;
    }
    for (int y = 0; y < image->height; y++) {
        write_row(&table, image->pixels + (ptrdiff_t)y * image->stride_px, image->width, bits,
                  rows + (size_t)y * row_bytes);
    }
}
