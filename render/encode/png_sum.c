/*
 * png_sum.c - Adler-32 has two sums: one of all bytes, and one of what the first was after each byte. Each
 * byte counts in the second as often as there are bytes from it to the end. So a row needs its plain sum, and
 * the place of a byte in its row counts but once for all rows: it is enough to add up the columns.
 *
 * Bytes are added as numbers of 16 bits, every other one of a pixel at a time: they hold 257 bytes.
 */
#include "render/encode/png_sum.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define MODULUS 65521
#define BLOCK_PIXELS 4  /* as many as a vector register holds everywhere */
#define ROWS_MOST 256   /* until columns are counted */
#define BLOCKS_MOST 256 /* until a row is counted */

/** Sums of the pixels of blocks: as numbers of 16 bits, the low one of a pixel lowest. */
struct sums {
    uint32_t red_blue __attribute__((vector_size(BLOCK_PIXELS * sizeof(uint32_t))));
    uint32_t alpha_green __attribute__((vector_size(BLOCK_PIXELS * sizeof(uint32_t))));
};

static inline void add_block(struct sums *column, struct sums *row, const uint32_t *pixels)
{
    uint32_t block __attribute__((vector_size(BLOCK_PIXELS * sizeof(uint32_t))));
    memcpy(&block, pixels, sizeof block);
    uint32_t red_blue __attribute__((vector_size(BLOCK_PIXELS * sizeof(uint32_t)))) = block & 0xff00ff;
    uint32_t alpha_green __attribute__((vector_size(BLOCK_PIXELS * sizeof(uint32_t)))) =
        block >> 8 & 0xff00ff;
    column->red_blue += red_blue;
    column->alpha_green += alpha_green;
    row->red_blue += red_blue;
    row->alpha_green += alpha_green;
}

static uint64_t sum_of(const struct sums *sums)
{
    uint64_t sum = 0;
    for (int i = 0; i < BLOCK_PIXELS; i++) {
        sum += (sums->red_blue[i] >> 16) + (sums->red_blue[i] & 0xffff) + (sums->alpha_green[i] & 0xffff);
    }
    return sum;
}

/** Adds so many blocks, at most BLOCKS_MOST, to their columns. Gives the sum of their bytes. */
static uint64_t add_blocks(struct sums *columns, const uint32_t *pixels, size_t count)
{
    struct sums row = {0};
    for (size_t i = 0; i < count; i++) {
        add_block(&columns[i], &row, pixels + i * BLOCK_PIXELS);
    }
    return sum_of(&row);
}

/** Adds a row to the columns. Gives the sum of its bytes. */
static uint64_t add_row(struct sums *columns, const uint32_t *pixels, size_t width)
{
    uint64_t sum = 0;
    size_t whole = width / BLOCK_PIXELS;
    for (size_t i = 0; i < whole; i += BLOCKS_MOST) {
        size_t count = whole - i < BLOCKS_MOST ? whole - i : BLOCKS_MOST;
        sum += add_blocks(columns + i, pixels + i * BLOCK_PIXELS, count);
    }
    uint32_t last[BLOCK_PIXELS] = {0};
    memcpy(last, pixels + whole * BLOCK_PIXELS, width % BLOCK_PIXELS * sizeof *last);
    return sum + add_blocks(columns + whole, last, 1);
}

/** What the columns add to the second sum: each byte as often as bytes of its row are left. Clears them. */
static uint64_t take_columns(struct sums *columns, size_t width)
{
    uint64_t sum = 0;
    for (size_t x = 0; x < width; x++) {
        uint64_t left = 3 * (width - x);
        uint64_t red_blue = columns[x / BLOCK_PIXELS].red_blue[x % BLOCK_PIXELS];
        uint64_t green = columns[x / BLOCK_PIXELS].alpha_green[x % BLOCK_PIXELS] & 0xffff;
        sum += left * (red_blue >> 16) + (left - 1) * green + (left - 2) * (red_blue & 0xffff);
    }
    memset(columns, 0, (width / BLOCK_PIXELS + 1) * sizeof *columns);
    return sum;
}

uint32_t png_sum_rgb(uint32_t sum, const uint32_t *units, size_t stride, size_t height)
{
    size_t width = stride - 1;
    struct sums *columns = memory_new(width / BLOCK_PIXELS + 1, sizeof *columns);
    uint64_t first = sum & 0xffff;
    uint64_t second = sum >> 16;
    for (size_t y = 0; y < height; y++, units += stride) {
        uint64_t filter = units[0] & 0xff;
        second += (1 + 3 * width) * (first + filter);
        first = (first + filter + add_row(columns, units + 1, width)) % MODULUS;
        if (y % ROWS_MOST == ROWS_MOST - 1 || y + 1 == height) {
            second += take_columns(columns, width);
        }
        second %= MODULUS;
    }
    free(columns);
    return (uint32_t)(second << 16 | first);
}
