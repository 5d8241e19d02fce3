/*
 * ink.c - loops over runs of dots. Blocks of fixed length are what compilers turn into vector instructions.
 */
#include "render/canvas/ink.h"

#include <stddef.h>
#include <wchar.h>

#include "render/canvas/image.h"
#include "render/canvas/pixel.h"

#define BLOCK_DOTS 8
#define BLOCK_BYTES (4 * BLOCK_DOTS)
#define OPAQUE 255
#define STRETCH_DOTS 64

struct ink ink_of_colour(struct colour colour)
{
    struct ink ink = {.cell = NULL};
    uint32_t pixel = pixel_of(colour);
    for (uint32_t step = 0; step <= COVERAGE_STEPS; step++) {
        ink.pixels[step] = pixel_scale(pixel, coverage_share_of_step(step));
    }
    return ink;
}

static int phase_of(int64_t place, int period)
{
    int64_t phase = place % period;
    return (int)(phase < 0 ? phase + period : phase);
}

struct ink ink_of_cell(const struct image *cell, int64_t x, int64_t y)
{
    return (struct ink){
        .cell = cell, .cell_x = phase_of(x, cell->width), .cell_y = phase_of(y, cell->height)};
}

static void set_block(uint32_t *dots, uint32_t pixel)
{
    for (int i = 0; i < BLOCK_DOTS; i++) {
        dots[i] = pixel;
    }
}

static void set_run(uint32_t *dots, int count, uint32_t pixel)
{
    _Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a dot is as wide as wmemset() wants it");
    if (count >= 2 * BLOCK_DOTS) {
        wmemset((wchar_t *)dots, (wchar_t)pixel, (size_t)count);
        return;
    }
    for (int i = 0; i < count; i++) {
        dots[i] = pixel;
    }
}

/** One pixel laid on a block of them: as pixel_over(), byte by byte. */
static void lay_on_block(uint8_t *restrict bytes, const uint8_t *restrict block, uint16_t rest)
{
    for (int i = 0; i < BLOCK_BYTES; i++) {
        uint16_t product = (uint16_t)(bytes[i] * rest + 128);
        bytes[i] = (uint8_t)(block[i] + (uint8_t)((uint16_t)(product + (product >> 8)) >> 8));
    }
}

static void lay_run(uint32_t *dots, int count, uint32_t pixel)
{
    int i = 0;
    if (count >= 2 * BLOCK_DOTS) {
        uint32_t block[BLOCK_DOTS];
        set_block(block, pixel);
        for (; i + BLOCK_DOTS <= count; i += BLOCK_DOTS) {
            lay_on_block((uint8_t *)(dots + i), (const uint8_t *)block, (uint16_t)(OPAQUE - (pixel >> 24)));
        }
    }
    for (; i < count; i++) {
        dots[i] = pixel_over(pixel, dots[i]);
    }
}

static void lay_colour(uint32_t *dots, int count, uint32_t pixel)
{
    if (pixel >> 24 == OPAQUE) {
        set_run(dots, count, pixel);
    } else if (pixel != 0) {
        lay_run(dots, count, pixel);
    }
}

/** Lays dots down in whole blocks. */
static inline void lay_stretch(uint32_t *dots, uint32_t *stretch, int count)
{
    set_block(stretch + count, 0);
    image_blend_blocks(dots, stretch, count);
}

/**
 * Dots along an edge are laid down together, as a stretch: that is quicker than one by one. Each place sets a
 * block of them, of which the next place sets again what it changes. Only where the next place is beyond the
 * block, or none, the stretch ends and a longer run follows.
 */
static void lay_row(const struct ink *ink, uint32_t *dots, int width, struct coverage_row *row,
                    enum coverage_rule rule)
{
    uint32_t stretch[STRETCH_DOTS + 2 * BLOCK_DOTS];
    if (!coverage_next(row, rule)) {
        return;
    }
    int from = row->x;
    int at = row->x;
    uint32_t pixel = ink->pixels[row->step];
    set_block(stretch, pixel);
    while (coverage_next(row, rule)) {
        if (row->x - at > BLOCK_DOTS || at - from >= STRETCH_DOTS) {
            lay_stretch(dots + from, stretch, at - from);
            lay_colour(dots + at, row->x - at, pixel);
            from = row->x;
        }
        at = row->x;
        pixel = ink->pixels[row->step];
        set_block(stretch + (at - from), pixel);
    }
    lay_stretch(dots + from, stretch, at - from);
    lay_colour(dots + at, width - at, pixel);
}

/** A row of a cell, and the dot of it that lies on the target's first. */
struct cell_row {
    const uint32_t *pixels;
    int width;
    int phase;
};

static struct cell_row cell_row_of(const struct ink *ink, int number)
{
    const struct image *cell = ink->cell;
    ptrdiff_t y = (number + ink->cell_y) % cell->height;
    return (struct cell_row){cell->pixels + y * cell->stride_px, cell->width, ink->cell_x};
}

/** As lay_cell(), of dots that are covered whole: from edge to edge of the cell. */
static void lay_whole_cell(uint32_t *dots, int from, int to, const struct cell_row *cell)
{
    int column = (from + cell->phase) % cell->width;
    for (int x = from; x < to; column = 0) {
        int count = cell->width - column < to - x ? cell->width - column : to - x;
        image_blend_run(dots + x, cell->pixels + column, count);
        x += count;
    }
}

static void lay_cell(uint32_t *dots, int from, int to, const struct cell_row *cell, uint32_t share)
{
    int column = (from + cell->phase) % cell->width;
    for (int x = from; x < to; x++) {
        uint32_t pixel = cell->pixels[column];
        if (pixel != 0) {
            dots[x] = pixel_over(pixel_scale(pixel, share), dots[x]);
        }
        column = column + 1 == cell->width ? 0 : column + 1;
    }
}

static void lay_cells(uint32_t *dots, int from, int to, const struct cell_row *cell, uint32_t step)
{
    if (step == COVERAGE_STEPS) {
        lay_whole_cell(dots, from, to, cell);
    } else if (step > 0) {
        lay_cell(dots, from, to, cell, coverage_share_of_step(step));
    }
}

static void lay_row_of_cells(const struct cell_row *cell, uint32_t *dots, int width, struct coverage_row *row,
                             enum coverage_rule rule)
{
    uint32_t step = 0;
    int at = 0;
    while (coverage_next(row, rule)) {
        if (row->step != step) {
            lay_cells(dots, at, row->x, cell, step);
            step = row->step;
            at = row->x;
        }
    }
    lay_cells(dots, at, width, cell, step);
}

void ink_lay(const struct ink *ink, const struct image *target, struct coverage *coverage,
             enum coverage_rule rule)
{
    for (int number = coverage->first_row; number < coverage->end_row; number++) {
        uint32_t *dots = target->pixels + (ptrdiff_t)number * target->stride_px;
        struct coverage_row row = coverage_take_row(coverage, number);
        if (ink->cell) {
            struct cell_row cell = cell_row_of(ink, number);
            lay_row_of_cells(&cell, dots, coverage->width, &row, rule);
        } else {
            lay_row(ink, dots, coverage->width, &row, rule);
        }
    }
}

void ink_lay_all(const struct ink *ink, struct image *target)
{
    for (int row = 0; row < target->height; row++) {
        lay_colour(target->pixels + (ptrdiff_t)row * target->stride_px, target->width,
                   ink->pixels[COVERAGE_STEPS]);
    }
}
