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

/** What an edge repeats: so many units that were there so many units before. */
struct repeat {
    uint16_t back;
    uint16_t length; /* 0: nothing; EDGE_UNITS: or more */
};

struct teller {
    const uint32_t *units;
    struct deflate_block *block;
    struct deflate_stream *stream;
    uint32_t stride;
    uint32_t window;        /* units back that can be told */
    uint32_t least;         /* units of a repeat */
    uint64_t per_row;       /* 2^40 / stride, a little more: what is below 2^20 is divided by it exactly */
    uint32_t plain_start;   /* first unit that no step has */
    uint64_t *edges;        /* of the row at hand: a bit for each column from 1 on, and one behind the row */
    struct repeat *repeats; /* of its edges, by their column */
    uint16_t pairs[1 << PAIR_BITS]; /* the low bits of places: what is told is never further back */
    uint16_t singles[1 << SINGLE_BITS];
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

/** Without branches. What lies outside of the window is nothing's repeat. One product has both hashes: its
 * low half is that of the first unit alone. */
static inline struct repeat find_repeat(struct teller *teller, uint32_t place)
{
    const uint32_t *here = teller->units + place;
    uint64_t both = two_units(here);
    uint64_t hash = htole64(both) * 0x9e3779b97f4a7c15u;
    uint16_t *pair = &teller->pairs[hash >> (64 - PAIR_BITS)];
    uint16_t *single = &teller->singles[(uint32_t)hash >> (32 - SINGLE_BITS)];
    uint32_t pair_back = (uint16_t)(place - *pair);
    uint32_t single_back = (uint16_t)(place - *single);
    *pair = (uint16_t)place;
    *single = (uint16_t)place;
    uint32_t back = choose(two_units(here - pair_back) == both, pair_back, single_back);
    uint32_t unlike = pixels_unlike(here, here - back) | 1u << 2 * EDGE_UNITS;
    uint32_t length = pixels_first_unlike(unlike) & -(uint32_t)(back - 1 < teller->window);
    return (struct repeat){(uint16_t)back, (uint16_t)length};
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

INLINE void add(struct teller *teller, uint32_t unit_count, uint32_t length, uint32_t distance,
                size_t unit_bytes)
{
    deflate_block_add(teller->block, unit_count, length * (uint32_t)unit_bytes, distance);
    if (deflate_block_is_full(teller->block)) {
        deflate_block_write(teller->block, 0, false, teller->stream);
    }
}

INLINE void tell_repeat(struct teller *teller, uint32_t unit_count, uint32_t length, uint32_t distance,
                        size_t unit_bytes)
{
    const uint32_t most = (uint32_t)(DEFLATE_MATCH_MOST / unit_bytes);
    for (; length > most; length -= most) {
        add(teller, unit_count, most, distance, unit_bytes);
        unit_count = 0;
    }
    add(teller, unit_count, length, distance, unit_bytes);
}

/** The repeat of a unit, of which no more than one is told when a run begins the row: near is cheaper than
 * far. */
static inline uint32_t repeat_at(const struct teller *teller, uint32_t row_start, uint32_t column,
                                 uint32_t *back)
{
    const uint32_t *here = teller->units + row_start + column;
    if (*here == here[-1]) {
        *back = 1;
        return next_edge(teller, column) - column;
    }
    struct repeat repeat = teller->repeats[column];
    *back = repeat.back;
    if (column == 1 && next_edge(teller, 2) > RUN_LEAST) {
        return repeat.length > 0;
    }
    return repeat.length < EDGE_UNITS ? repeat.length : alike_at_length(here, here - repeat.back);
}

INLINE void tell_row(struct teller *teller, uint32_t row_start, size_t unit_bytes)
{
    deflate_count_mark(teller->block, teller->units[row_start]);
    for (uint32_t column = 1; column < teller->stride;) {
        uint32_t back;
        uint32_t place = row_start + column;
        uint32_t length = repeat_at(teller, row_start, column, &back);
        if (length >= teller->least) {
            uint32_t distance = distance_bytes(teller, column, back, unit_bytes);
            tell_repeat(teller, place - teller->plain_start, length, distance, unit_bytes);
            column += length;
            teller->plain_start = place + length;
        } else {
            deflate_count(teller->block, teller->units[place], unit_bytes);
            column++;
        }
    }
}

INLINE void tell_rows(struct teller *teller, size_t height, size_t unit_bytes)
{
    for (size_t y = 0; y < height; y++) {
        uint32_t row_start = (uint32_t)y * teller->stride;
        uint32_t plain_count = row_start - teller->plain_start;
        if (plain_count > DEFLATE_PLAIN_MOST) {
            deflate_block_write(teller->block, plain_count, false, teller->stream);
            teller->plain_start = row_start;
        }
        find_edges(teller, teller->units + row_start);
        find_repeats(teller, row_start);
        tell_row(teller, row_start, unit_bytes);
    }
}

void deflate_pixels(const struct deflate_pixels *pixels, bool is_last, struct deflate_stream *stream)
{
    struct teller *teller = memory_new(1, sizeof *teller);
    teller->units = pixels->units;
    teller->block = deflate_block_new(pixels->unit_bytes);
    teller->block->units = pixels->units;
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
    uint32_t end = (uint32_t)(pixels->stride * pixels->height);
    deflate_block_write(teller->block, end - teller->plain_start, is_last, stream);
    free(teller->block);
    free(teller->edges);
    free(teller->repeats);
    free(teller);
    if (is_last) {
        deflate_stream_end(stream);
    }
}
