/*
 * placement_hidden.c - from the top downward: a bit for each px says whether something lies there already. So
 * a symbol costs as many words as its box has rows, or twice that, however crowded it is.
 */
#include "render/placement/placement_hidden.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/placement/placement_make.h"

#define WORD_BITS 64
#define SIDE_MOST_PX 32768.0

/** Which px are covered. */
struct cover {
    struct bbox box; /* whole px */
    size_t words;    /* to a row */
    uint64_t *bits;
};

static bool cover_init(struct cover *cover, struct bbox box)
{
    bool has_size = bbox_width(box) > 0 && bbox_height(box) > 0 && bbox_width(box) <= SIDE_MOST_PX &&
                    bbox_height(box) <= SIDE_MOST_PX;
    *cover = (struct cover){.box = {floor(box.min_x), floor(box.min_y), ceil(box.max_x), ceil(box.max_y)}};
    if (has_size) {
        cover->words = (size_t)bbox_width(cover->box) / WORD_BITS + 1;
        cover->bits = memory_try_new(cover->words * (size_t)bbox_height(cover->box), sizeof *cover->bits);
    }
    return cover->bits != NULL;
}

/** Covers bits of a word; how many were covered before. Mostly none or all were. */
static int cover_word(uint64_t *word, uint64_t mask, int width)
{
    uint64_t before = *word & mask;
    *word |= mask;
    return before == 0 ? 0 : before == mask ? width : __builtin_popcountll(before);
}

static uint64_t mask_of(size_t from, size_t length)
{
    return (length == WORD_BITS ? UINT64_MAX : (UINT64_C(1) << length) - 1) << from;
}

/** Covers the columns first … end - 1 of some rows; how many px were covered before. */
static int cover_rows(uint64_t *rows, size_t words, size_t row_count, size_t first, size_t end)
{
    int count = 0;
    while (first < end) {
        size_t from = first % WORD_BITS;
        size_t length = end - first < WORD_BITS - from ? end - first : WORD_BITS - from;
        uint64_t mask = mask_of(from, length);
        uint64_t *word = rows + first / WORD_BITS;
        for (size_t row = 0; row < row_count; row++, word += words) {
            count += cover_word(word, mask, (int)length);
        }
        first += length;
    }
    return count;
}

/** A whole px at or below a coordinate from an edge. */
static size_t px_below(double coordinate, double edge)
{
    return (size_t)(coordinate - edge);
}

static size_t px_above(double coordinate, double edge)
{
    size_t px = (size_t)(coordinate - edge);
    return px + ((double)px < coordinate - edge);
}

/** Covers a box; is so much of it covered already that it is hidden? What lies further outside is seen.
 */
static bool cover_add(struct cover *cover, struct bbox ink)
{
    if (bbox_is_empty(ink)) {
        return false;
    }
    size_t first = px_below(ink.min_x, cover->box.min_x);
    size_t end = px_above(ink.max_x, cover->box.min_x);
    size_t row = px_below(ink.min_y, cover->box.min_y);
    size_t row_end = px_above(ink.max_y, cover->box.min_y);
    int count = cover_rows(cover->bits + row * cover->words, cover->words, row_end - row, first, end);
    return count > 0 && count >= PLACEMENT_HIDDEN_PART * (double)((end - first) * (row_end - row));
}

static struct bbox box_of_symbols(const struct placement *placement)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < placement->count; i++) {
        const struct placed *placed = &placement->wishes.items[placement->painted[i]].placed;
        box = placed->has_symbol ? bbox_union(box, placed_ink(placed)) : box;
    }
    return box;
}

uint8_t *placement_hidden_find(const struct placement *placement)
{
    struct cover cover;
    if (placement->count < 2 || !cover_init(&cover, box_of_symbols(placement))) {
        return NULL;
    }
    uint8_t *hidden = memory_new(placement->wishes.count, sizeof *hidden);
    for (size_t i = placement->count; i-- > 0;) {
        uint32_t number = placement->painted[i];
        const struct placement_wish *wish = &placement->wishes.items[number];
        const struct placed *placed = &wish->placed;
        bool is_covered = placed->has_symbol && cover_add(&cover, placed_ink(placed));
        hidden[number] = wish->is_home && placed->badge_count == 0 && (is_covered || placed->is_double);
    }
    free(cover.bits);
    return hidden;
}
