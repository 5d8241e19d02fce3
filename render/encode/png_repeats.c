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
    uint32_t pairs[1 << PAIR_BITS];
    uint32_t singles[1 << SINGLE_BITS];
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
    finder->pairs[pair_slot(finder->units + place, is_packed)] = place;
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
INLINE struct repeat find_repeat(struct finder *finder, uint32_t place, bool is_packed)
{
    const uint32_t *units = finder->units;
    const uint32_t *here = units + place;
    uint64_t both = two_units(here);
    struct repeat best = {alike_of_two(both, two_units(here - 1)), place - 1};
    if (best.length == 2) {
        best.length += alike(here + 2, here + 1);
        return best;
    }
    uint32_t *pair = &finder->pairs[pair_slot(here, is_packed)];
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

static void add(struct png_repeats *repeats, struct png_repeat repeat)
{
    if (repeats->count == repeats->capacity) {
        repeats->capacity = repeats->capacity > 0 ? 2 * repeats->capacity : LIST_FIRST;
        repeats->list = memory_resize(repeats->list, repeats->capacity, sizeof *repeats->list);
    }
    repeats->list[repeats->count++] = repeat;
}

static void add_plain(struct png_repeats *repeats, uint32_t unit)
{
    if (repeats->plain_count == repeats->plain_capacity) {
        repeats->plain_capacity = repeats->plain_capacity > 0 ? 2 * repeats->plain_capacity : LIST_FIRST;
        repeats->plain =
            memory_resize(repeats->plain, repeats->plain_capacity + PNG_UNITS_BEHIND, sizeof *repeats->plain);
    }
    repeats->plain[repeats->plain_count++] = unit;
}

INLINE void find_all(struct finder *finder, uint32_t count, bool is_packed, struct png_repeats *repeats)
{
    uint32_t plain_start = 0; /* first unit that is not told yet */
    add_plain(repeats, finder->units[0]);
    for (uint32_t place = 1; place < count;) {
        struct repeat repeat = find_repeat(finder, place, is_packed);
        uint32_t plain_count = place - plain_start;
        if (repeat.length > 0) {
            add(repeats, (struct png_repeat){plain_count, repeat.length, place - repeat.from});
            place += repeat.length;
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
