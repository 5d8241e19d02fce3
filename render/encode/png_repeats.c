/*
 * png_repeats.c - looks only where a map repeats itself: at the pixel to the left (flat areas), at the row
 * above (edges), at the last place where this pixel and the next stood together, and at the last place of
 * this pixel alone. A repeat ends at its row, since marks are never alike.
 *
 * It looks at whole pixels where others look at bytes, so it takes a third of the steps.
 */
#include "render/encode/png_repeats.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"

#define PAIR_BITS 13
#define SINGLE_BITS 12
#define PLAIN_MOST 65536 /* units, then what is told begins anew: blocks end somewhere */
#define LIST_FIRST 4096

/* A function with is_packed is made for both of its values. */
#define INLINE __attribute__((always_inline)) static inline

struct finder {
    const uint32_t *units;
    uint32_t above;  /* from a unit to the one below, or too much when that is out of the window */
    uint32_t window; /* units back that can be told */
    uint32_t least;  /* units of a repeat: fewer are told as they are */
    uint16_t pairs[1 << PAIR_BITS]; /* the low bits of places: what is told is never further back */
    uint16_t singles[1 << SINGLE_BITS];
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
    uint32_t first = (htole64(other) & 0xffffffff) == 0;
    return first + (other == 0);
}

/** A bit for each of four units that is not alike, the first lowest. */
static inline uint32_t others_of_four(const uint32_t *here, const uint32_t *there)
{
    const int32_t bits __attribute__((vector_size(16))) = {1, 2, 4, 8};
    int32_t four __attribute__((vector_size(16)));
    int32_t before __attribute__((vector_size(16)));
    uint64_t halves[2];
    memcpy(&four, here, sizeof four);
    memcpy(&before, there, sizeof before);
    four = (four != before) & bits;
    memcpy(halves, &four, sizeof halves);
    halves[0] |= halves[1];
    return (uint32_t)(halves[0] >> 32 | halves[0]);
}

static inline uint32_t others_of_eight(const uint32_t *here, const uint32_t *there)
{
    return others_of_four(here, there) | others_of_four(here + 4, there + 4) << 4;
}

static inline bool are_sixteen_alike(const uint32_t *here, const uint32_t *there)
{
    uint64_t other __attribute__((vector_size(16))) = {0, 0};
    for (int i = 0; i < 16; i += 4) {
        uint64_t four __attribute__((vector_size(16)));
        uint64_t before __attribute__((vector_size(16)));
        memcpy(&four, here + i, sizeof four);
        memcpy(&before, there + i, sizeof before);
        other |= four ^ before;
    }
    return (other[0] | other[1]) == 0;
}

/** How many units are alike here and there; marks end it. Mostly few, but who could foresee how many: eight
 * are compared at once. Flat areas are walked through in larger steps. */
static inline uint32_t alike(const uint32_t *here, const uint32_t *there)
{
    uint32_t length = 0;
    uint32_t others = others_of_eight(here, there);
    while (!others) {
        length += 8;
        while (are_sixteen_alike(here + length, there + length)) {
            length += 16;
        }
        others = others_of_eight(here + length, there + length);
    }
    return length + (uint32_t)__builtin_ctz(others);
}

/** Of a pair of pixels; of four bytes, since fewer tell little. */
static inline uint32_t pair_slot(const uint32_t *units, bool is_packed)
{
    uint64_t both = two_units(units);
    if (is_packed) {
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

static inline void remember(struct finder *finder, uint32_t place, bool is_packed)
{
    finder->pairs[pair_slot(finder->units + place, is_packed)] = (uint16_t)place;
    finder->singles[single_slot(finder->units[place])] = (uint16_t)place;
}

/** One or the other without a branch, which a compiler makes of a question mark when it pleases. */
static inline uint32_t choose(bool is_first, uint32_t first, uint32_t second)
{
    return second ^ ((first ^ second) & -(uint32_t)is_first);
}

/** The last place with such low bits where it can be reached, else the mark at the very front, which nothing
 * is like. */
static inline uint32_t within(const struct finder *finder, uint32_t place, uint16_t low_bits)
{
    uint32_t back = (uint16_t)(place - low_bits);
    return choose(back - 1 < finder->window, place - back, 0);
}

/**
 * How many units from a place on were there before, 0: none, and from where on. Two units are compared at
 * each place, without branches that nobody could foresee; only what both are alike is looked at further.
 */
INLINE uint32_t find_repeat(struct finder *finder, uint32_t place, bool is_packed, uint32_t *from)
{
    const uint32_t *units = finder->units;
    const uint32_t *here = units + place;
    uint64_t both = two_units(here);
    uint32_t length = alike_of_two(both, two_units(here - 1));
    *from = place - 1;
    if (length == 2) {
        return 2 + alike(here + 2, here + 1);
    }
    uint16_t *pair = &finder->pairs[pair_slot(here, is_packed)];
    uint16_t *single = &finder->singles[single_slot(*here)];
    uint32_t pair_from = within(finder, place, *pair);
    uint32_t single_from = within(finder, place, *single);
    uint32_t above_from = choose(place >= finder->above, place - finder->above, 0);
    *pair = (uint16_t)place;
    *single = (uint16_t)place;
    bool is_single = (length == 0) & (units[single_from] == *here);
    uint32_t best_from = choose(is_single, single_from, place - 1);
    length |= is_single;
    uint32_t above = alike_of_two(both, two_units(units + above_from));
    best_from = choose(above > length, above_from, best_from);
    length = choose(above > length, above, length);
    bool is_pair = two_units(units + pair_from) == both;
    best_from = choose(is_pair, pair_from, best_from);
    length = choose(is_pair, 2, length);
    *from = best_from;
    if (length == 2) {
        bool is_run = deflate_is_mark(here[-1]) && begins_run(here);
        length = is_run ? 1 : 2 + alike(here + 2, units + best_from + 2); /* near is cheaper than far */
    }
    return length >= finder->least ? length : 0;
}

static __attribute__((noinline)) void grow_list(struct png_repeats *repeats)
{
    repeats->capacity = repeats->capacity > 0 ? 2 * repeats->capacity : LIST_FIRST;
    repeats->list = memory_resize(repeats->list, repeats->capacity, sizeof *repeats->list);
}

static inline void add(struct png_repeats *repeats, struct png_repeat repeat)
{
    if (repeats->count == repeats->capacity) {
        grow_list(repeats);
    }
    repeats->list[repeats->count++] = repeat;
}

static __attribute__((noinline)) void grow_plain(struct png_repeats *repeats)
{
    repeats->plain_capacity = repeats->plain_capacity > 0 ? 2 * repeats->plain_capacity : LIST_FIRST;
    repeats->plain =
        memory_resize(repeats->plain, repeats->plain_capacity + PNG_UNITS_BEHIND, sizeof *repeats->plain);
}

static inline void add_plain(struct png_repeats *repeats, uint32_t unit)
{
    if (repeats->plain_count == repeats->plain_capacity) {
        grow_plain(repeats);
    }
    repeats->plain[repeats->plain_count++] = unit;
}

INLINE void find_all(struct finder *finder, uint32_t count, bool is_packed, struct png_repeats *repeats)
{
    uint32_t plain_start = 0; /* first unit that is not told yet */
    add_plain(repeats, finder->units[0]);
    for (uint32_t place = 1; place < count;) {
        uint32_t from;
        uint32_t length = find_repeat(finder, place, is_packed, &from);
        uint32_t plain_count = place - plain_start;
        if (length > 0) {
            add(repeats, (struct png_repeat){plain_count, length, place - from});
            place += length;
            plain_start = place;
            remember(finder, place - 1, is_packed);
            continue;
        }
        if (plain_count == PLAIN_MOST) {
            add(repeats, (struct png_repeat){.plain_count = plain_count});
            plain_start = place;
        }
        add_plain(repeats, finder->units[place++]);
    }
    add(repeats, (struct png_repeat){.plain_count = count - plain_start});
}

void png_repeats_find(const struct png_units *units, size_t window, struct png_repeats *repeats)
{
    struct finder *finder = memory_new(1, sizeof *finder);
    uint32_t count = (uint32_t)(units->stride * units->height);
    finder->units = units->units;
    finder->window = (uint32_t)window;
    finder->least = units->is_packed ? DEFLATE_MATCH_LEAST : units->is_filtered ? 2 : 1;
    finder->above = units->stride <= window ? (uint32_t)units->stride : UINT32_MAX;
    if (units->is_packed) {
        find_all(finder, count, true, repeats);
    } else {
        find_all(finder, count, false, repeats);
    }
    free(finder);
}

void png_repeats_drop(struct png_repeats *repeats, size_t least, size_t window)
{
    struct png_repeat *kept = repeats->list;
    uint32_t plain_count = 0;
    for (size_t i = 0; i < repeats->count; i++) {
        struct png_repeat repeat = repeats->list[i];
        bool is_kept = (repeat.length >= least && repeat.distance <= window) || i + 1 == repeats->count;
        plain_count += repeat.plain_count;
        *kept = (struct png_repeat){plain_count, repeat.length, repeat.distance};
        kept += is_kept;
        plain_count = is_kept ? 0 : plain_count + repeat.length;
    }
    repeats->count = (size_t)(kept - repeats->list);
    repeats->plain_count = 0;
}

void png_repeats_finish(struct png_repeats *repeats)
{
    free(repeats->list);
    free(repeats->plain);
    *repeats = (struct png_repeats){0};
}
