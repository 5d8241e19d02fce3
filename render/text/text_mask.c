/*
 * text_mask.c - a byte for each dot, and loops over rows of them.
 */
#include "render/text/text_mask.h"

#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/path.h"

struct text_mask text_mask_of(int width, int height)
{
    int stride = (width + TEXT_MASK_BLOCK - 1) / TEXT_MASK_BLOCK * TEXT_MASK_BLOCK;
    return (struct text_mask){.width = width, .height = height, .stride = stride};
}

size_t text_mask_bytes(const struct text_mask *mask)
{
    return (size_t)mask->stride * (size_t)mask->height + TEXT_MASK_BLOCK;
}

/** Limits of the dots that may be painted in one direction, when some that begin at first are. */
struct part {
    int from;
    int to;
};

static struct part part_within(int first, int count, int size, int margin)
{
    int end = first + count < size - margin ? first + count : size - margin;
    return (struct part){first > margin ? first : margin, end};
}

/** Bytes of coverage are laid on each other as the alpha of pixels is: what is below shows through by its
 * share, rounded exactly (Blinn 1995). */
static inline uint8_t laid(uint8_t below, uint8_t above)
{
    uint16_t product = (uint16_t)(below * (255 - above) + 128);
    return (uint8_t)(above + (uint16_t)(product + (uint16_t)(product >> 8)) / 256);
}

/** Loops of fixed length are what compilers turn into vector instructions. */
static void lay_block(uint8_t *restrict to, const uint8_t *restrict from)
{
    for (int i = 0; i < TEXT_MASK_BLOCK; i++) {
        to[i] = laid(to[i], from[i]);
    }
}

/** All of a row, with what follows it in its last block and changes nothing. */
static void lay_whole_row(uint8_t *to, const uint8_t *from, int stride)
{
    for (int i = 0; i < stride; i += TEXT_MASK_BLOCK) {
        lay_block(to + i, from + i);
    }
}

static void lay_part_of_row(uint8_t *to, const uint8_t *from, int count)
{
    for (int i = 0; i < count; i++) {
        to[i] = laid(to[i], from[i]);
    }
}

void text_mask_lay(const struct text_mask *mask, const struct text_mask *source, int x, int y, int margin)
{
    struct part columns = part_within(x, source->width, mask->width, margin);
    struct part rows = part_within(y, source->height, mask->height, margin);
    bool is_whole = columns.to - columns.from == source->width;
    for (int row = rows.from; row < rows.to; row++) {
        const uint8_t *from = source->bytes + (ptrdiff_t)(row - y) * source->stride;
        uint8_t *to = mask->bytes + (ptrdiff_t)row * mask->stride + columns.from;
        if (is_whole) {
            lay_whole_row(to, from, source->stride);
        } else {
            lay_part_of_row(to, from + columns.from - x, columns.to - columns.from);
        }
    }
}

void text_fill_finish(struct text_fill *fill)
{
    coverage_finish(&fill->coverage);
    *fill = (struct text_fill){0};
}

bool text_fill_begin(struct text_fill *fill, const struct text_mask *mask, int margin)
{
    int width = mask->width - 2 * margin;
    int height = mask->height - 2 * margin;
    if (width <= 0 || height <= 0) {
        return false;
    }
    coverage_begin(&fill->coverage, margin, margin, width, height, 1);
    return true;
}

void text_fill_ring(struct text_fill *fill, const struct point *points, size_t count)
{
    if (count < 3) {
        return;
    }
    struct coverage_spot last = coverage_spot_of(&fill->coverage, points[count - 1]);
    for (size_t i = 0; i < count; i++) {
        struct coverage_spot next = coverage_spot_of(&fill->coverage, points[i]);
        coverage_edge(&fill->coverage, last, next);
        last = next;
    }
}

static void lay_run(uint8_t *bytes, int from, int to, uint32_t step)
{
    uint8_t share = (uint8_t)coverage_share_of_step(step);
    for (int x = from; x < to && share > 0; x++) {
        bytes[x] = laid(bytes[x], share);
    }
}

void text_fill_end(struct text_fill *fill, const struct text_mask *mask, int margin)
{
    struct coverage *coverage = &fill->coverage;
    for (int number = coverage->first_row; number < coverage->end_row; number++) {
        uint8_t *bytes = mask->bytes + (ptrdiff_t)(number + margin) * mask->stride + margin;
        struct coverage_row row = coverage_take_row(coverage, number);
        uint32_t step = 0;
        int at = 0;
        while (coverage_next(&row, COVERAGE_UNION)) {
            lay_run(bytes, at, row.x, step);
            step = row.step;
            at = row.x;
        }
        lay_run(bytes, at, coverage->width, step);
    }
}

void text_fill_path(struct text_fill *fill, const struct text_mask *mask, const struct path *path, int margin)
{
    if (path->count == 0 || !text_fill_begin(fill, mask, margin)) {
        return;
    }
    for (size_t i = 0; i < path->part_count; i++) {
        text_fill_ring(fill, path->points + path->parts[i].first, path->parts[i].count);
    }
    text_fill_end(fill, mask, margin);
}
