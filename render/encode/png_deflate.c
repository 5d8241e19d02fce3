/*
 * png_deflate.c - tells repeats of units as repeats of bytes.
 *
 * Why not a library: bytes must be the same on every machine, which ISA-L, with kernels picked by the
 * processor, does not promise. libdeflate over RGB takes 1.3 to 2.2 times as long at level 2 for tiles that
 * are between 2 % smaller and 12 % larger, and 1.0 (crowded tiles) to 1.6 times as long at level 1 for tiles
 * that are 7 to 17 % larger (tests/bench/bench_encode.c, tiles of 10,000 features).
 */
#include "render/encode/png_deflate.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "render/encode/png_repeats.h"

#define STEP_MAX 8192
#define BLOCK_UNITS_MAX 131072

/* A function with unit_bytes is made for each of its three values. */
#define INLINE __attribute__((always_inline)) static inline

struct teller {
    const uint32_t *units;
    const uint8_t *bytes;
    size_t unit_bytes;
    uint32_t stride;
    const uint32_t *plain;       /* the next unit that no repeat has */
    const uint32_t *block_plain; /* the first of the block */
    uint32_t row_end;            /* of the row at hand */
    uint64_t per_row;     /* 2^40 / stride, a little more: what is below 2^20 is divided by it exactly */
    uint32_t place;       /* the next unit */
    uint32_t block_start; /* first unit of the block */
    uint32_t plain_start; /* first unit that is in no step yet */
    struct deflate_counts counts; /* of the block */
    size_t step_count;
    struct deflate_step steps[STEP_MAX]; /* not cleared */
};

size_t png_deflate_window(size_t unit_bytes)
{
    return DEFLATE_WINDOW_BYTES / unit_bytes - 1;
}

/** Of the bytes of a block that no step repeats. */
static void count_bytes(struct teller *teller)
{
    const uint8_t *bytes = teller->bytes + teller->block_start;
    for (size_t i = 0; i < teller->step_count; i++) {
        const struct deflate_step *step = &teller->steps[i];
        for (size_t j = 0; j < step->unit_count; j++) {
            teller->counts.bytes[j % 4][bytes[j]]++;
        }
        bytes += step->unit_count + step->length;
    }
}

static void count_units(struct teller *teller)
{
    for (const uint32_t *unit = teller->block_plain; unit < teller->plain; unit++) {
        deflate_count(&teller->counts, *unit, teller->unit_bytes);
    }
    teller->block_plain = teller->plain;
}

static void write_block(struct teller *teller, bool is_last, struct deflate_stream *stream)
{
    teller->steps[teller->step_count++] =
        (struct deflate_step){.unit_count = teller->place - teller->plain_start};
    memset(&teller->counts, 0, sizeof teller->counts);
    if (teller->unit_bytes == 1) {
        count_bytes(teller);
    } else {
        count_units(teller);
    }
    struct deflate_block block = {.units = teller->units + teller->block_start,
                                  .bytes = teller->bytes ? teller->bytes + teller->block_start : NULL,
                                  .unit_bytes = teller->unit_bytes,
                                  .counts = &teller->counts,
                                  .steps = teller->steps,
                                  .step_count = teller->step_count,
                                  .is_last = is_last};
    deflate_block_write(&block, stream);
    teller->block_start = teller->place;
    teller->plain_start = teller->place;
    teller->step_count = 0;
}

/** The rows that begin between the place at hand and one before it. */
static inline uint32_t rows_between(const struct teller *teller, uint32_t from)
{
    uint64_t before_row = teller->row_end - 1 - from;
    return (uint32_t)(before_row * teller->per_row >> 40);
}

/** Where rows begin there are marks, which are one byte each. */
static inline uint16_t distance_bytes(struct teller *teller, uint32_t distance, size_t unit_bytes)
{
    while (teller->place >= teller->row_end) {
        teller->row_end += teller->stride;
    }
    size_t marks = unit_bytes > 1 ? rows_between(teller, teller->place - distance) : 0;
    return (uint16_t)(distance * unit_bytes - marks * (unit_bytes - 1));
}

INLINE void tell_repeat(struct teller *teller, const struct png_repeat *repeat, size_t unit_bytes,
                        struct deflate_stream *stream)
{
    uint32_t most = (uint32_t)(DEFLATE_MATCH_MOST / unit_bytes);
    uint32_t left = repeat->length;
    uint16_t distance = distance_bytes(teller, repeat->distance, unit_bytes);
    while (left > 0) {
        uint32_t length = left < most ? left : most;
        if (unit_bytes == 1 && left > most && left < most + DEFLATE_MATCH_LEAST) {
            length -= DEFLATE_MATCH_LEAST; /* no byte or two may be left over */
        }
        teller->steps[teller->step_count++] = (struct deflate_step){
            teller->place - teller->plain_start, (uint16_t)(length * unit_bytes), distance};
        teller->place += length;
        teller->plain_start = teller->place;
        left -= length;
        if (teller->step_count == STEP_MAX - 1) {
            write_block(teller, false, stream);
        }
    }
}

INLINE void tell_all(struct teller *teller, const struct png_repeats *repeats, size_t unit_bytes,
                     bool is_last, struct deflate_stream *stream)
{
    for (size_t i = 0; i < repeats->count; i++) {
        const struct png_repeat *repeat = &repeats->list[i];
        teller->place += repeat->plain_count;
        teller->plain += repeat->plain_count;
        if (repeat->length > 0) {
            tell_repeat(teller, repeat, unit_bytes, stream);
        }
        if (teller->place - teller->block_start >= BLOCK_UNITS_MAX) {
            write_block(teller, false, stream);
        }
    }
    write_block(teller, is_last, stream);
}

void png_deflate(const struct png_units *units, struct png_repeats *repeats,
                 const struct png_telling *telling, struct deflate_stream *stream)
{
    assert((telling->unit_bytes == 1) == (telling->bytes != NULL));
    struct teller *teller = memory_resize(NULL, 1, sizeof *teller);
    memset(teller, 0, offsetof(struct teller, steps));
    bool is_last = !telling->is_followed;
    teller->units = units->units;
    teller->bytes = telling->bytes;
    teller->unit_bytes = telling->unit_bytes;
    teller->stride = (uint32_t)units->stride;
    teller->row_end = teller->stride;
    teller->per_row = ((uint64_t)1 << 40) / teller->stride + 1;
    teller->plain = repeats->plain;
    teller->block_plain = repeats->plain;
    if (telling->unit_bytes == 1) {
        png_repeats_drop(repeats, DEFLATE_MATCH_LEAST, png_deflate_window(1));
    }
    if (telling->unit_bytes == 3) { /* said as a number each time: the compiler makes a loop for each */
        tell_all(teller, repeats, 3, is_last, stream);
    } else if (telling->unit_bytes == 4) {
        tell_all(teller, repeats, 4, is_last, stream);
    } else {
        tell_all(teller, repeats, 1, is_last, stream);
    }
    free(teller);
    if (is_last) {
        deflate_stream_end(stream);
    }
}
