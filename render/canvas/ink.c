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

static inline void lay_colour(uint32_t *dots, const struct coverage_span *span, uint32_t pixel)
{
    if (span->length == 1) { /* as most are: along edges */
        dots[span->x] = pixel_over(pixel, dots[span->x]);
    } else if (pixel >> 24 == OPAQUE) {
        set_run(dots + span->x, span->length, pixel);
    } else {
        lay_run(dots + span->x, span->length, pixel);
    }
}

/** As lay_cell(), of dots that are covered whole: from edge to edge of the cell. */
static void lay_whole_cell(uint32_t *dots, const struct coverage_span *span, const uint32_t *source,
                           int width, int phase)
{
    int column = (span->x + phase) % width;
    int end = span->x + span->length;
    for (int x = span->x; x < end; column = 0) {
        int run = width - column < end - x ? width - column : end - x;
        image_blend_run(dots + x, source + column, run);
        x += run;
    }
}

static void lay_cell(uint32_t *dots, const struct coverage_span *span, const uint32_t *source, int width,
                     int phase)
{
    uint32_t share = coverage_share_of_step(span->step);
    int column = (span->x + phase) % width;
    for (int i = span->x; i < span->x + span->length; i++) {
        uint32_t pixel = source[column];
        if (pixel != 0) {
            dots[i] = pixel_over(pixel_scale(pixel, share), dots[i]);
        }
        column = column + 1 == width ? 0 : column + 1;
    }
}

void ink_lay(const struct ink *ink, const struct image *target, int row, const struct coverage_span *spans,
             size_t count)
{
    uint32_t *dots = target->pixels + (ptrdiff_t)row * target->stride_px;
    if (!ink->cell) {
        for (size_t i = 0; i < count; i++) {
            lay_colour(dots, &spans[i], ink->pixels[spans[i].step]);
        }
        return;
    }
    const struct image *cell = ink->cell;
    const uint32_t *source = cell->pixels + (ptrdiff_t)((row + ink->cell_y) % cell->height) * cell->stride_px;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].step == COVERAGE_STEPS) {
            lay_whole_cell(dots, &spans[i], source, cell->width, ink->cell_x);
        } else {
            lay_cell(dots, &spans[i], source, cell->width, ink->cell_x);
        }
    }
}

void ink_lay_all(const struct ink *ink, struct image *target)
{
    struct coverage_span span = {.length = target->width, .step = COVERAGE_STEPS};
    for (int row = 0; row < target->height; row++) {
        ink_lay(ink, target, row, &span, 1);
    }
}
