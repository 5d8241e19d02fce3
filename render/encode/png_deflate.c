/*
 * png_deflate.c - finds what repeats in a picture.
 *
 * It looks at whole pixels where others look at bytes, so it takes a third of the steps, and it looks only
 * where a map repeats itself: at the pixel to the left (flat areas), at the row above (edges), at the last
 * place where this pixel and the next stood together, and at the last place of this pixel alone. A repeat
 * ends at its row, since marks are never alike.
 *
 * Why not a library: bytes must be the same on every machine, which ISA-L, with kernels picked by the
 * processor, does not promise. libdeflate's level 2 takes 1.2 to 2 times as long for tiles that are 1 to 2 %
 * smaller; its level 1 takes 0.9 (crowded tiles) to 1.4 times as long for tiles that are 3 to 5 % larger
 * (tests/bench/bench_encode.c, tiles of 10,000 features).
 */
#include "render/encode/png_deflate.h"

#include <assert.h>
#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"

#define PAIR_BITS 13
#define SINGLE_BITS 12
#define STEP_MAX 8192
#define BLOCK_UNITS_MAX 131072

/* A function with unit_bytes is made for each of its three values. */
#define INLINE __attribute__((always_inline)) static inline

struct finder {
    const uint32_t *units;
    size_t unit_bytes;
    uint32_t stride;  /* from a unit to the one below */
    uint32_t above;   /* the same, or too much when that is out of the window */
    uint32_t window;  /* units back that surely can be told */
    uint32_t least;   /* units of a repeat: fewer are told as they are */
    uint32_t row_end; /* of the row at hand */
    uint64_t per_row; /* 2^40 / stride, a little more: what is below 2^20 is divided by it exactly */
    uint32_t pairs[1 << PAIR_BITS];
    uint32_t singles[1 << SINGLE_BITS];
    uint32_t block_start;         /* first unit of the block */
    uint32_t plain_start;         /* first unit that is not told by a step yet */
    struct deflate_counts counts; /* of the block */
    size_t step_count;
    struct deflate_step steps[STEP_MAX]; /* not cleared */
};

/** Units that were there before: so many, from there on. */
struct repeat {
    uint32_t length; /* 0: none */
    uint32_t from;
};

static inline uint64_t two_units(const uint32_t *units)
{
    uint64_t both;
    memcpy(&both, units, sizeof both);
    return both;
}

/** How many of two units are alike here and there. */
static inline uint32_t alike_of_two(uint64_t here, uint64_t there)
{
    uint64_t other = here ^ there;
    uint32_t first = htole64(other) & 0xffffffff ? 0 : 1;
    return first + (other == 0);
}

static inline bool are_eight_alike(const uint32_t *here, const uint32_t *there)
{
    uint64_t other = 0;
    for (int i = 0; i < 8; i += 2) {
        other |= two_units(here + i) ^ two_units(there + i);
    }
    return other == 0;
}

/** How many units are alike here and there; marks end it. Most are few: flat areas are walked through in
 * larger steps. */
static inline uint32_t alike(const uint32_t *here, const uint32_t *there)
{
    uint32_t length = 0;
    while (two_units(here + length) == two_units(there + length)) {
        length += 2;
        while (length >= 8 && are_eight_alike(here + length, there + length)) {
            length += 8;
        }
    }
    return length + (here[length] == there[length]);
}

/** Of a pair of pixels; of four bytes where a unit is a byte, since fewer tell little. */
static inline uint32_t pair_slot(const uint32_t *units, size_t unit_bytes)
{
    uint64_t both = two_units(units);
    if (unit_bytes == 1) {
        both = both << 8 ^ two_units(units + 2) << 16;
    }
    return (uint32_t)((both * 0x9e3779b97f4a7c15u) >> (64 - PAIR_BITS));
}

static inline bool begins_run(const uint32_t *units)
{
    return two_units(units) == two_units(units + 1) && two_units(units) == two_units(units + 2);
}

static inline uint32_t single_slot(uint32_t unit)
{
    return (unit * 0x9e3779b1u) >> (32 - SINGLE_BITS);
}

static inline void remember(struct finder *finder, uint32_t place, size_t unit_bytes)
{
    finder->pairs[pair_slot(finder->units + place, unit_bytes)] = place;
    finder->singles[single_slot(finder->units[place])] = place;
}

/** The place where it can be reached, else the mark at the very front, which nothing is like. */
static inline uint32_t within(const struct finder *finder, uint32_t place, uint32_t from)
{
    return place - from <= finder->window ? from : 0;
}

/**
 * Two units are compared at each place, without branches that nobody could foresee; only what both are alike
 * is looked at further.
 */
INLINE struct repeat find_repeat(struct finder *finder, uint32_t place, size_t unit_bytes)
{
    const uint32_t *units = finder->units;
    const uint32_t *here = units + place;
    uint64_t both = two_units(here);
    struct repeat best = {alike_of_two(both, two_units(here - 1)), place - 1};
    if (best.length == 2) {
        best.length += alike(here + 2, here + 1);
        return best;
    }
    uint32_t *pair = &finder->pairs[pair_slot(here, unit_bytes)];
    uint32_t *single = &finder->singles[single_slot(*here)];
    uint32_t pair_from = within(finder, place, *pair);
    uint32_t single_from = within(finder, place, *single);
    uint32_t above_from = place >= finder->above ? place - finder->above : 0;
    *pair = place;
    *single = place;
    bool is_single = best.length == 0 && units[single_from] == *here;
    best = is_single ? (struct repeat){1, single_from} : best;
    uint32_t above = alike_of_two(both, two_units(units + above_from));
    best = above > best.length ? (struct repeat){above, above_from} : best;
    bool is_pair = two_units(units + pair_from) == both;
    best = is_pair ? (struct repeat){2, pair_from} : best;
    if (best.length == 2) {
        best.length += alike(here + 2, units + best.from + 2);
        if (deflate_is_mark(here[-1]) && begins_run(here)) {
            best.length = 1; /* the rest is told as a run: near is cheaper than far */
        }
    }
    best.length = best.length >= finder->least ? best.length : 0;
    return best;
}

static void write_block(struct finder *finder, uint32_t end, bool is_last, struct deflate_stream *stream)
{
    finder->steps[finder->step_count++] = (struct deflate_step){.unit_count = end - finder->plain_start};
    struct deflate_block block = {.units = finder->units + finder->block_start,
                                  .unit_bytes = finder->unit_bytes,
                                  .counts = &finder->counts,
                                  .steps = finder->steps,
                                  .step_count = finder->step_count,
                                  .is_last = is_last};
    deflate_block_write(&block, stream);
    finder->block_start = end;
    finder->plain_start = end;
    finder->step_count = 0;
    memset(&finder->counts, 0, sizeof finder->counts);
}

static inline void plain_units(struct finder *finder, uint32_t place, uint32_t count, size_t unit_bytes)
{
    for (uint32_t i = 0; i < count; i++) {
        deflate_count(&finder->counts, finder->units[place + i], unit_bytes);
    }
}

/** The rows that begin between a place of the row at hand and one before it. */
static inline uint32_t rows_between(const struct finder *finder, uint32_t from)
{
    uint64_t before_row = finder->row_end - 1 - from;
    return (uint32_t)(before_row * finder->per_row >> 40);
}

/** Where rows begin there are marks, which are one byte each. */
static inline uint16_t distance_bytes(struct finder *finder, uint32_t place, uint32_t from, size_t unit_bytes)
{
    while (place >= finder->row_end) {
        finder->row_end += finder->stride;
    }
    size_t marks = unit_bytes > 1 ? rows_between(finder, from) : 0;
    return (uint16_t)((place - from) * unit_bytes - marks * (unit_bytes - 1));
}

INLINE void take_repeat(struct finder *finder, uint32_t place, struct repeat repeat, size_t unit_bytes,
                        struct deflate_stream *stream)
{
    uint16_t distance = distance_bytes(finder, place, repeat.from, unit_bytes);
    uint32_t most = (uint32_t)(DEFLATE_MATCH_MOST / unit_bytes);
    for (uint32_t left = repeat.length, length; left > 0; left -= length) {
        length = left < most ? left : most;
        if (length * unit_bytes < DEFLATE_MATCH_LEAST) { /* a byte or two that are left over */
            plain_units(finder, place, left, unit_bytes);
            break;
        }
        finder->steps[finder->step_count++] =
            (struct deflate_step){place - finder->plain_start, (uint16_t)(length * unit_bytes), distance};
        place += length;
        finder->plain_start = place;
        if (finder->step_count == STEP_MAX - 1) {
            write_block(finder, place, false, stream);
        }
    }
}

INLINE void find_all(struct finder *finder, uint32_t count, size_t unit_bytes, struct deflate_stream *stream)
{
    plain_units(finder, 0, 1, unit_bytes);
    for (uint32_t place = 1; place < count;) {
        struct repeat repeat = find_repeat(finder, place, unit_bytes);
        if (repeat.length == 0) {
            plain_units(finder, place++, 1, unit_bytes);
        } else {
            take_repeat(finder, place, repeat, unit_bytes, stream);
            place += repeat.length;
            remember(finder, place - 1, unit_bytes);
        }
        if (place - finder->block_start >= BLOCK_UNITS_MAX) {
            write_block(finder, place, false, stream);
        }
    }
    write_block(finder, count, true, stream);
}

void png_deflate(const struct png_units *units, struct deflate_stream *stream)
{
    struct finder *finder = memory_resize(NULL, 1, sizeof *finder);
    memset(finder, 0, offsetof(struct finder, steps));
    uint32_t count = (uint32_t)(units->stride * units->height);
    finder->units = units->units;
    finder->unit_bytes = units->unit_bytes;
    finder->stride = (uint32_t)units->stride;
    finder->row_end = finder->stride;
    finder->per_row = ((uint64_t)1 << 40) / finder->stride + 1;
    finder->window = (uint32_t)(DEFLATE_WINDOW_BYTES / units->unit_bytes) - 1;
    finder->least = units->unit_bytes == 1 ? DEFLATE_MATCH_LEAST : units->is_filtered ? 2 : 1;
    finder->above = finder->stride <= finder->window ? finder->stride : UINT32_MAX;
    if (units->unit_bytes == 3) { /* said as a number each time: the compiler makes a loop for each */
        find_all(finder, count, 3, stream);
    } else if (units->unit_bytes == 4) {
        find_all(finder, count, 4, stream);
    } else {
        assert(units->unit_bytes == 1);
        find_all(finder, count, 1, stream);
    }
    free(finder);
    deflate_stream_end(stream);
}
