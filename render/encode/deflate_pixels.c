/*
 * deflate_pixels.c - looks only where a map repeats itself: at the pixel to the left (flat areas), at the
 * last place where this pixel and the next stood together, and at the last place of this pixel alone. A
 * repeat ends at its row, since marks are never alike.
 *
 * It looks at whole pixels where others look at bytes, so it takes a third of the steps. Of each row it first
 * finds the edges: pixels unlike the one to their left. Then what each edge repeats, whether it will be told
 * or not: since no edge waits for the one before, and there are no branches that nobody could foresee, a
 * processor is at several of them at a time. Only then it is decided what is told.
 *
 * Why not a library: bytes must be the same on every machine, which ISA-L, with kernels picked by the
 * processor, does not promise; and libdeflate takes longer (tests/bench/bench_encode.c).
 */
#include "render/encode/deflate_pixels.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "render/encode/pixel_compare.h"

#define PAIR_BITS 13
#define SINGLE_BITS 12
#define EDGE_UNITS PIXELS_COMPARED
#define WORD_BITS 64
#define RUN_LEAST 4 /* units */

/* A function with unit_bytes is made for each of its values. */
#define INLINE __attribute__((always_inline)) static inline

/** What an edge repeats, so far as it lies in the window. */
struct repeat {
    uint32_t there;  /* where it was before */
    uint32_t length; /* 0: nothing; EDGE_UNITS: or more */
};

struct teller {
    const uint32_t *units;
    struct deflate_block *block;
    struct deflate_stream *stream;
    uint32_t stride;
    uint32_t window;        /* units back that can be told */
    uint32_t least;         /* units of a repeat */
    uint64_t per_row;       /* 2^40 / stride, a little more: what is below 2^20 is divided by it exactly */
    uint64_t *edges;        /* of the row at hand: a bit for each column from 1 on, and one behind the row */
    struct repeat *repeats; /* of its edges, by their column */
    uint32_t pairs[1 << PAIR_BITS]; /* the last place of two units with this hash */
    uint32_t singles[1 << SINGLE_BITS];
};

static inline uint64_t two_units(const uint32_t *units)
{
    uint64_t both;
    memcpy(&both, units, sizeof both);
    return both;
}

/** The number of units that are alike here and there, eight or more; marks end it. */
static __attribute__((noinline)) uint32_t alike_at_length(const uint32_t *here, const uint32_t *there)
{
    uint32_t length = EDGE_UNITS;
    uint32_t unlike = pixels_unlike_of_sixteen(here + length, there + length);
    while (!unlike) {
        length += 16;
        unlike = pixels_unlike_of_sixteen(here + length, there + length);
    }
    return length + (uint32_t)__builtin_ctz(unlike);
}

/** One or the other without a branch, which a compiler makes of a question mark when it pleases. */
static inline uint32_t choose(bool is_first, uint32_t first, uint32_t second)
{
    return second ^ ((first ^ second) & -(uint32_t)is_first);
}

/** A bit for each unit that is not like the one before. */
static uint64_t edges_of_word(const uint32_t *units)
{
    uint64_t edges = 0;
    for (int i = 0; i < WORD_BITS; i += 16) {
        edges |= (uint64_t)pixels_unlike_of_sixteen(units + i, units + i - 1) << i;
    }
    return edges;
}

/** Units behind the row are looked at in vain. */
static void find_edges(struct teller *teller, const uint32_t *row)
{
    uint32_t width = teller->stride - 1;
    uint32_t last = width / WORD_BITS;
    for (uint32_t i = 0; i <= last; i++) {
        teller->edges[i] = edges_of_word(row + 1 + (size_t)i * WORD_BITS);
    }
    uint64_t end = (uint64_t)1 << width % WORD_BITS;
    teller->edges[last] = (teller->edges[last] & (end - 1)) | end;
}

/** The first edge from a column on. */
static inline uint32_t next_edge(const struct teller *teller, uint32_t column)
{
    uint32_t word = (column - 1) / WORD_BITS;
    uint64_t edges = teller->edges[word] >> (column - 1) % WORD_BITS;
    if (edges) {
        return column + (uint32_t)__builtin_ctzll(edges);
    }
    while (!teller->edges[++word]) {
    }
    return 1 + word * WORD_BITS + (uint32_t)__builtin_ctzll(teller->edges[word]);
}

/** Without branches. One product has both hashes: its low half is that of the first unit alone. A slot that
 * is still empty leads to the first mark, which no pixel is like. */
static inline struct repeat find_repeat(struct teller *teller, uint32_t place)
{
    const uint32_t *here = teller->units + place;
    uint64_t both = two_units(here);
    uint64_t hash = htole64(both) * 0x9e3779b97f4a7c15u;
    uint32_t *pair = &teller->pairs[hash >> (64 - PAIR_BITS)];
    uint32_t *single = &teller->singles[(uint32_t)hash >> (32 - SINGLE_BITS)];
    uint32_t there = choose(two_units(teller->units + *pair) == both, *pair, *single);
    *pair = place;
    *single = place;
    uint32_t unlike = pixels_unlike(here, teller->units + there) | 1u << 2 * EDGE_UNITS;
    return (struct repeat){there, pixels_first_unlike(unlike)};
}

static void find_repeats(struct teller *teller, uint32_t row_start)
{
    uint32_t last = (teller->stride - 1) / WORD_BITS;
    for (uint32_t i = 0; i <= last; i++) {
        for (uint64_t edges = teller->edges[i]; edges; edges &= edges - 1) {
            uint32_t column = 1 + i * WORD_BITS + (uint32_t)__builtin_ctzll(edges);
            teller->repeats[column] = find_repeat(teller, row_start + column);
        }
    }
}

/** Where rows begin there are marks, which are one byte each. */
INLINE uint32_t distance_bytes(const struct teller *teller, uint32_t column, uint32_t back, size_t unit_bytes)
{
    uint64_t beyond_row = teller->stride - 1 + back - column; /* of the row, and all of those before it */
    uint32_t marks = (uint32_t)(beyond_row * teller->per_row >> 40);
    return back * (uint32_t)unit_bytes - marks * ((uint32_t)unit_bytes - 1);
}

INLINE void tell_plain(struct teller *teller, uint32_t pixel, size_t unit_bytes)
{
    deflate_block_add(teller->block, pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff);
    if (unit_bytes == 4) {
        deflate_block_add(teller->block, pixel >> 24, DEFLATE_NOTHING, DEFLATE_NOTHING);
    }
}

INLINE void tell_repeat(struct teller *teller, uint32_t length, uint32_t distance, size_t unit_bytes)
{
    const uint32_t most = (uint32_t)(DEFLATE_MATCH_MOST / unit_bytes);
    for (; length > most; length -= most) {
        deflate_block_add_repeat(teller->block, most * (uint32_t)unit_bytes, distance);
    }
    deflate_block_add_repeat(teller->block, length * (uint32_t)unit_bytes, distance);
}

/** Before a run that begins a row no more than one unit is a repeat from further away: near is cheaper. */
static void shorten_first(struct teller *teller)
{
    struct repeat *first = &teller->repeats[1];
    if (first->length > 1 && next_edge(teller, 2) > RUN_LEAST) {
        first->length = 1;
    }
}

/** How many units from an edge on are a repeat of what was there so many before. */
static inline uint32_t repeat_length(const struct teller *teller, uint32_t place, struct repeat repeat,
                                     uint32_t back)
{
    if (back > teller->window) {
        return 0;
    }
    const uint32_t *units = teller->units;
    return repeat.length < EDGE_UNITS ? repeat.length : alike_at_length(units + place, units + repeat.there);
}

INLINE void tell_row(struct teller *teller, uint32_t row_start, size_t unit_bytes)
{
    const uint32_t *row = teller->units + row_start;
    deflate_block_add(teller->block, row[0] & 0xff, DEFLATE_NOTHING, DEFLATE_NOTHING);
    for (uint32_t column = 1; column < teller->stride;) {
        uint32_t length;
        uint32_t distance = (uint32_t)unit_bytes;
        if (row[column] == row[column - 1]) {
            length = next_edge(teller, column) - column;
        } else {
            struct repeat repeat = teller->repeats[column];
            uint32_t back = row_start + column - repeat.there;
            length = repeat_length(teller, row_start + column, repeat, back);
            distance = distance_bytes(teller, column, back, unit_bytes);
        }
        if (length >= teller->least) {
            tell_repeat(teller, length, distance, unit_bytes);
            column += length;
        } else {
            tell_plain(teller, row[column], unit_bytes);
            column++;
        }
    }
}

INLINE void tell_rows(struct teller *teller, size_t height, size_t unit_bytes)
{
    for (size_t y = 0; y < height; y++) {
        uint32_t row_start = (uint32_t)y * teller->stride;
        if (deflate_block_is_full(teller->block)) {
            deflate_block_write(teller->block, false, teller->stream);
        }
        find_edges(teller, teller->units + row_start);
        find_repeats(teller, row_start);
        shorten_first(teller);
        tell_row(teller, row_start, unit_bytes);
    }
}

uint32_t deflate_mark(int row, int filter)
{
    assert(row >= 0 && row < 0xffff && filter >= 0 && filter <= 0xff);
    return (uint32_t)(row + 1) << 8 | (uint32_t)filter;
}

void deflate_pixels(const struct deflate_pixels *pixels, bool is_last, struct deflate_stream *stream)
{
    struct teller *teller = memory_new(1, sizeof *teller);
    teller->units = pixels->units;
    teller->block = deflate_block_new(2 * pixels->stride);
    teller->stream = stream;
    teller->stride = (uint32_t)pixels->stride;
    teller->edges = memory_new(pixels->stride / WORD_BITS + 1, sizeof *teller->edges);
    teller->repeats = memory_new(pixels->stride + 1, sizeof *teller->repeats);
    teller->window = (uint32_t)(DEFLATE_WINDOW_BYTES / pixels->unit_bytes - 1);
    teller->least = (uint32_t)pixels->least_repeat;
    teller->per_row = ((uint64_t)1 << 40) / teller->stride + 1;
    if (pixels->unit_bytes == 3) { /* said as a number each time: the compiler makes a loop for each */
        tell_rows(teller, pixels->height, 3);
    } else {
        tell_rows(teller, pixels->height, 4);
    }
    deflate_block_write(teller->block, is_last, stream);
    free(teller->block);
    free(teller->edges);
    free(teller->repeats);
    free(teller);
    if (is_last) {
        deflate_stream_end(stream);
    }
}
