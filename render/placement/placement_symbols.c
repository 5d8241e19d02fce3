/*
 * placement_symbols.c - first the size of every symbol, most important first, then the numbers beside those
 * drawn in full. All places are whole px; what is compared are boxes of ink, none of which is let reach
 * further than district.h says: what lies beyond a district's margin cannot matter to it.
 */
#include "render/placement/placement_symbols.h"

#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_symbol.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement/placement_numbers.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"

#define CELL_PX 64.0
#define COVERED_PART 0.2 /* of a more important symbol: more than this may not be hidden */
#define TWINS_FIRST 1024

/* A picture that stands somewhere. */
struct stand {
    const struct symbol_picture *picture; /* NULL: a free slot */
    struct point place;
    bool is_crowded; /* painted in another turn */
};

/* All pictures that stand somewhere: open addressing, at most half full. */
struct stands {
    struct stand *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

struct sizing {
    struct renderer *renderer;
    const struct map_view *view;
    struct box_grid
        *wanted; /* the ink of symbols as the scale asks for them; NULL: of dots it is not asked */
    struct box_grid *taken;
    struct placement_unrest *unrest;
    struct stands stands;
    struct numbers numbered; /* ranks of symbols that may have numbers beside them, ascending */
    struct fault *fault;
};

static bool is_same_stand(const struct stand *a, const struct stand *b)
{
    return a->picture == b->picture && a->place.x == b->place.x && a->place.y == b->place.y &&
           a->is_crowded == b->is_crowded;
}

static struct stand *slot_of(const struct stands *stands, const struct stand *stand)
{
    uint64_t hash = (uint64_t)(uintptr_t)stand->picture * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)(int64_t)stand->place.x * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    (uint64_t)(int64_t)stand->place.y * UINT64_C(0x165667B19E3779F9);
    size_t at = (size_t)((hash ^ hash >> 29) >> 16) & (stands->capacity - 1);
    while (stands->slots[at].picture && !is_same_stand(&stands->slots[at], stand)) {
        at = (at + 1) & (stands->capacity - 1);
    }
    return &stands->slots[at];
}

static void make_room(struct stands *stands)
{
    struct stands larger = {.capacity = stands->capacity ? 2 * stands->capacity : TWINS_FIRST,
                            .count = stands->count};
    larger.slots = memory_new(larger.capacity, sizeof(*larger.slots));
    for (size_t i = 0; i < stands->capacity; i++) {
        if (stands->slots[i].picture) {
            *slot_of(&larger, &stands->slots[i]) = stands->slots[i];
        }
    }
    free(stands->slots);
    *stands = larger;
}

/* Notes where a picture stands. False when it does already. */
static bool stand_alone(struct stands *stands, struct stand stand)
{
    if (2 * (stands->count + 1) > stands->capacity) {
        make_room(stands);
    }
    struct stand *slot = slot_of(stands, &stand);
    if (slot->picture) {
        return false;
    }
    *slot = stand;
    stands->count++;
    return true;
}

static bool size_symbol(struct sizing *sizing, struct placement_wish *wish, enum symbol_detail detail)
{
    struct placed *placed = &wish->placed;
    double reach = DISTRICT_SYMBOL_REACH_PX * sizing->view->symbol_scale;
    placed->detail = detail;
    wish->picture = feature_symbol(sizing->renderer->symbol_cache, sizing->view, placed, sizing->fault);
    if (!wish->picture) {
        return false;
    }
    placed->symbol_ink = feature_symbol_box(wish->picture, placed->place, reach);
    wish->symbol_looked = bbox_union(wish->symbol_looked, placed->symbol_ink);
    return true;
}

/* As large as what it would cover allows. */
static bool size_among_others(struct sizing *sizing, struct placement_wish *wish)
{
    struct placed *placed = &wish->placed;
    bool is_forced = placed->feature->code.detail != DETAIL_BY_SCALE;
    wish->wanted_ink = placed->symbol_ink;
    while (!is_forced && placed->detail < DETAIL_DOT &&
           box_grid_is_covered(sizing->wanted, placed->symbol_ink, COVERED_PART)) {
        placed->is_crowded = true;
        if (!size_symbol(sizing, wish, placed->detail + 1)) {
            return false;
        }
    }
    return true;
}

static bool decide_symbol(struct sizing *sizing, struct placement_wish *wish)
{
    struct placed *placed = &wish->placed;
    enum symbol_detail forced = placed->feature->code.detail;
    bool is_badge = placed->badge_count > 0;
    enum symbol_detail wanted = is_badge ? DETAIL_DOT
                                : forced != DETAIL_BY_SCALE
                                    ? forced
                                    : symbol_detail_at(sizing->view->scale_denominator);
    if (!size_symbol(sizing, wish, wanted) || (sizing->wanted && !size_among_others(sizing, wish))) {
        return false;
    }
    placed->is_crowded = placed->is_crowded || is_badge; /* on top: its number must be read */
    placed->is_double =
        !is_badge &&
        !stand_alone(&sizing->stands, (struct stand){wish->picture, placed->place, placed->is_crowded});
    placed->has_symbol = !placed->is_double;
    wish->asks_for_numbers = placement_numbers_may_stand(placed);
    return true;
}

/* Nothing around it is otherwise than it was. */
static void keep_symbol(struct sizing *sizing, struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    struct placed *placed = &wish->placed;
    double reach = DISTRICT_SYMBOL_REACH_PX * sizing->view->symbol_scale;
    wish->picture = old->picture;
    wish->wanted_ink = old->wanted_ink;
    wish->symbol_looked = old->symbol_looked;
    wish->asks_for_numbers = old->asks_for_numbers;
    wish->is_symbol_same = true;
    placed->detail = old->placed.detail;
    placed->is_crowded = old->placed.is_crowded;
    placed->is_double = old->placed.is_double;
    placed->has_symbol = old->placed.has_symbol;
    placed->symbol_ink = feature_symbol_box(wish->picture, placed->place, reach);
    if (placed->has_symbol && placed->badge_count == 0) {
        stand_alone(&sizing->stands, (struct stand){wish->picture, placed->place, placed->is_crowded});
    }
}

static bool is_decided_as_before(const struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    return old && wish->picture == old->picture && wish->placed.is_crowded == old->placed.is_crowded &&
           wish->placed.is_double == old->placed.is_double;
}

static bool place_symbol(struct sizing *sizing, const struct placement_wishes *wishes,
                         struct placement_wish *wish)
{
    struct placed *placed = &wish->placed;
    uint32_t number = (uint32_t)(wish - wishes->items);
    if (placement_unrest_spares_symbol(sizing->unrest, wish)) {
        keep_symbol(sizing, wish);
    } else if (!decide_symbol(sizing, wish)) {
        return false;
    } else {
        wish->is_symbol_same = is_decided_as_before(wish);
    }
    if (!wish->is_symbol_same) {
        placement_unrest_note_symbol(sizing->unrest, wish);
    }
    if (sizing->wanted) {
        box_grid_add(sizing->wanted, wish->wanted_ink, number);
    }
    if (placed->has_symbol || placed->is_crowded || !placed->symbol_entry) { /* the rest nobody asks for */
        box_grid_add(sizing->taken, placed->symbol_ink, number);
    }
    return true;
}

static bool place_symbols(struct sizing *sizing, struct placement_wishes *wishes)
{
    bool is_placed = true;
    if (symbol_detail_at(sizing->view->scale_denominator) != DETAIL_DOT) {
        sizing->wanted = box_grid_new(CELL_PX);
    }
    for (uint32_t rank = 0; rank < wishes->count && is_placed; rank++) {
        struct placement_wish *wish = placement_wishes_at(wishes, rank);
        if (!wish->placed.has_symbol) {
            wish->is_symbol_same = wish->old != NULL;
            continue;
        }
        is_placed = place_symbol(sizing, wishes, wish);
        if (wish->asks_for_numbers) {
            numbers_add(&sizing->numbered, rank);
        }
    }
    box_grid_free(sizing->wanted);
    free(sizing->stands.slots);
    return is_placed;
}

/* Of those that are otherwise than they were, the numbers too make unrest. */
static void compare_numbered(const struct sizing *sizing, struct placement_wishes *wishes)
{
    for (size_t i = 0; i < sizing->numbered.count; i++) {
        struct placement_wish *wish = placement_wishes_at(wishes, sizing->numbered.items[i]);
        wish->is_symbol_same =
            wish->is_symbol_same && wish->placed.has_numbers == wish->old->placed.has_numbers;
        if (!wish->is_symbol_same) {
            placement_unrest_note_symbol(sizing->unrest, wish);
        }
    }
}

bool placement_symbols_place(struct renderer *renderer, const struct map_view *view,
                             struct placement_wishes *wishes, struct placement_unrest *unrest,
                             struct box_grid *taken, struct fault *fault)
{
    struct sizing sizing = {
        .renderer = renderer, .view = view, .taken = taken, .unrest = unrest, .fault = fault};
    bool is_good = place_symbols(&sizing, wishes) &&
                   placement_numbers_place(renderer, view, wishes, &sizing.numbered, taken, fault);
    if (is_good) {
        compare_numbered(&sizing, wishes);
    }
    numbers_finish(&sizing.numbered);
    return is_good;
}
