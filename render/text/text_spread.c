/*
 * text_spread.c - each dot becomes the largest of those that lie round it in the disc, those at its soft edge
 * weakened. Masks have an empty margin as wide as the disc reaches, so one that is moved may be read as one
 * run of bytes: what wraps round at the end of a row is empty.
 */
#include "render/text/text_spread.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/text_mask.h"

#define WHOLE 256

/** Marks of blocks. */
enum { INKED = 1, REACHED = 2 };

void text_spread_finish(struct text_spread *spread)
{
    free(spread->places);
    free(spread->offsets);
    free(spread->rings);
    free(spread->marks);
    *spread = (struct text_spread){0};
}

int text_spread_reach(double radius)
{
    return (int)ceil(radius + 0.5);
}

size_t text_spread_guard(double radius, int stride)
{
    return (size_t)text_spread_reach(radius) * ((size_t)stride + 1) + TEXT_SPREAD_BLOCK;
}

/** Adds the places that lie as far right and down, left, up, and those with the two exchanged: eight at most.
 */
static size_t add_places(struct text_spread *spread, size_t count, int x, int y)
{
    const int places[8][2] = {{x, y}, {-x, -y}, {-x, y}, {x, -y}, {y, x}, {-y, -x}, {-y, x}, {y, -x}};
    int ways = x == y ? 4 : 8;
    for (int i = 0; i < ways; i++) {
        bool is_mirror = (i % 4 == 1 && x == 0 && y == 0) || (i % 4 >= 2 && (x == 0 || y == 0));
        if (!is_mirror) {
            memcpy(spread->places[count++], places[i], sizeof places[i]);
        }
    }
    return count;
}

/** How much of the disc is around a dot: half a dot inside its radius one counts whole, half a dot outside
 * not at all. */
static double inside(double radius, int x, int y)
{
    return radius + 0.5 - sqrt((double)x * x + (double)y * y);
}

static size_t add_middle(struct text_spread *spread, int reach)
{
    size_t count = 0;
    for (int y = 0; y <= reach; y++) {
        for (int x = 0; x <= y; x++) {
            count = inside(spread->radius, x, y) >= 1 ? add_places(spread, count, x, y) : count;
        }
    }
    spread->rings[spread->ring_count++] = (struct text_ring){count, WHOLE};
    return count;
}

static void add_edge(struct text_spread *spread, int reach, size_t count)
{
    for (int y = 0; y <= reach; y++) {
        for (int x = 0; x <= y; x++) {
            double share = inside(spread->radius, x, y);
            if (share > 0 && share < 1) {
                count = add_places(spread, count, x, y);
                unsigned weight = (unsigned)lround(WHOLE * share);
                spread->rings[spread->ring_count++] = (struct text_ring){count, weight};
            }
        }
    }
}

static void make_disc(struct text_spread *spread, double radius)
{
    text_spread_finish(spread);
    int reach = text_spread_reach(radius);
    size_t side = 2 * (size_t)reach + 1;
    spread->radius = radius;
    spread->places = memory_new(side * side, sizeof *spread->places);
    spread->offsets = memory_new(side * side, sizeof *spread->offsets);
    spread->rings = memory_new(side * side, sizeof *spread->rings);
    add_edge(spread, reach, add_middle(spread, reach));
}

/** Twice as much, at most all. Loops of fixed length are what compilers turn into vector instructions. */
static void harden_block(uint8_t *bytes)
{
    for (int i = 0; i < TEXT_MASK_BLOCK; i++) {
        uint8_t room = (uint8_t)(255 - bytes[i]);
        bytes[i] = (uint8_t)(bytes[i] + (bytes[i] < room ? bytes[i] : room));
    }
}

static bool is_blank(const uint8_t *bytes)
{
    uint64_t words[TEXT_SPREAD_BLOCK / sizeof(uint64_t)];
    uint64_t all = 0;
    memcpy(words, bytes, sizeof words);
    for (size_t i = 0; i < TEXT_SPREAD_BLOCK / sizeof(uint64_t); i++) {
        all |= words[i];
    }
    return all == 0;
}

/** Marks the blocks that the disc reaches from one. */
static void mark_reached(const struct text_spread *spread, ptrdiff_t block, ptrdiff_t block_count, int stride)
{
    ptrdiff_t reach = text_spread_reach(spread->radius);
    for (ptrdiff_t y = -reach; y <= reach; y++) {
        ptrdiff_t first = block * TEXT_SPREAD_BLOCK + y * stride - reach;
        ptrdiff_t last = first + TEXT_SPREAD_BLOCK - 1 + 2 * reach;
        ptrdiff_t end = last < 0 ? 0 : last / TEXT_SPREAD_BLOCK + 1;
        for (ptrdiff_t i = first < 0 ? 0 : first / TEXT_SPREAD_BLOCK; i < end && i < block_count; i++) {
            spread->marks[i] |= REACHED;
        }
    }
}

/** Hardens the mask. Returns how many of its blocks have ink, and marks them. */
static size_t harden(const struct text_spread *spread, const struct text_mask *ground, size_t block_count)
{
    size_t inked = 0;
    for (size_t block = 0; block < block_count; block++) {
        uint8_t *bytes = ground->bytes + block * TEXT_SPREAD_BLOCK;
        spread->marks[block] = is_blank(bytes) ? 0 : INKED;
        inked += spread->marks[block] != 0;
        for (int i = 0; i < TEXT_SPREAD_BLOCK && spread->marks[block] != 0; i += TEXT_MASK_BLOCK) {
            harden_block(bytes + i);
        }
    }
    return inked;
}

/** Marks where there is something to spread: everywhere, but much of a slanted text's mask is empty. */
static void mark(const struct text_spread *spread, size_t inked, size_t block_count, int stride)
{
    if (inked > block_count / 2) {
        memset(spread->marks, REACHED, block_count);
        return;
    }
    for (size_t block = 0; block < block_count; block++) {
        if (spread->marks[block] & INKED) {
            mark_reached(spread, (ptrdiff_t)block, (ptrdiff_t)block_count, stride);
        }
    }
}

/** Bytes that stay in a register; compilers see through loops of fixed length over them. */
struct lane {
    uint8_t bytes __attribute__((vector_size(16)));
};

/** What is spread at once. */
struct block {
    struct lane lanes[4];
};

_Static_assert(sizeof(struct block) == TEXT_SPREAD_BLOCK, "a block is four lanes");

static inline struct lane lane_at(const uint8_t *bytes)
{
    struct lane lane;
    memcpy(&lane, bytes, sizeof lane);
    return lane;
}

static inline struct lane larger(struct lane a, struct lane b)
{
    for (int i = 0; i < 16; i++) {
        a.bytes[i] = a.bytes[i] > b.bytes[i] ? a.bytes[i] : b.bytes[i];
    }
    return a;
}

/** The largest of what lies at some offsets. */
static inline struct block largest(const uint8_t *bytes, const ptrdiff_t *offsets, size_t count)
{
    struct lane a = {{0}};
    struct lane b = {{0}};
    struct lane c = {{0}};
    struct lane d = {{0}};
    for (size_t i = 0; i < count; i++) {
        const uint8_t *from = bytes + offsets[i];
        a = larger(a, lane_at(from));
        b = larger(b, lane_at(from + 16));
        c = larger(c, lane_at(from + 32));
        d = larger(d, lane_at(from + 48));
    }
    return (struct block){{a, b, c, d}};
}

static void lay_weakened(uint8_t *restrict to, const struct block *ring, unsigned weight)
{
    uint8_t from[TEXT_SPREAD_BLOCK];
    memcpy(from, ring, sizeof from);
    for (int i = 0; i < TEXT_SPREAD_BLOCK; i++) {
        uint8_t reached = (uint8_t)((uint16_t)(from[i] * weight) >> 8);
        to[i] = to[i] > reached ? to[i] : reached;
    }
}

/** Dots of a ring are weakened alike, so the largest of them is found before it is weakened. */
static void spread_block(const struct text_spread *spread, const uint8_t *bytes, uint8_t *spread_bytes)
{
    size_t first = spread->rings[0].end;
    struct block block = largest(bytes, spread->offsets, first);
    memcpy(spread_bytes, &block, sizeof block);
    for (size_t i = 1; i < spread->ring_count; i++) {
        size_t end = spread->rings[i].end;
        struct block ring = largest(bytes, spread->offsets + first, end - first);
        lay_weakened(spread_bytes, &ring, spread->rings[i].weight);
        first = end;
    }
}

void text_spread_make(struct text_spread *spread, double radius, const struct text_mask *ground,
                      uint8_t *spread_bytes)
{
    size_t bytes = (size_t)ground->stride * (size_t)ground->height;
    size_t block_count = (bytes + TEXT_SPREAD_BLOCK - 1) / TEXT_SPREAD_BLOCK;
    if (spread->radius != radius || !spread->places) {
        make_disc(spread, radius);
    }
    for (size_t i = 0; i < spread->rings[spread->ring_count - 1].end; i++) {
        spread->offsets[i] = (ptrdiff_t)spread->places[i][1] * ground->stride + spread->places[i][0];
    }
    if (spread->mark_capacity < block_count) {
        spread->marks = memory_resize(spread->marks, block_count, 1);
        spread->mark_capacity = block_count;
    }
    mark(spread, harden(spread, ground, block_count), block_count, ground->stride);
    for (size_t i = 0; i < block_count; i++) {
        uint8_t *to = spread_bytes + i * TEXT_SPREAD_BLOCK;
        if (spread->marks[i] & REACHED) {
            spread_block(spread, ground->bytes + i * TEXT_SPREAD_BLOCK, to);
        } else {
            memset(to, 0, TEXT_SPREAD_BLOCK);
        }
    }
}
