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
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement/placement_looks.h"
#include "render/placement/placement_numbers.h"
#include "render/placement/placement_plates.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"
#include "render/renderer_internal.h"
#include "symbology/symbol_set.h"

#define SLOTS_FIRST 256  /* a fine district has few symbols */
#define COVERED_PART 0.2 /* of a more important symbol: more than this may not be hidden */

/* A picture and where it stands. */
struct stand {
    struct point place;
    const struct symbol_picture *picture;
    bool is_crowded;
};

/* All of them, found by open addressing, at most half full. Both grow: in a coarse district most are doubles.
 * What is compared is copied, as wishes lie all over memory. */
struct stands {
    struct stand *items;
    uint32_t count;
    uint64_t *slots;   /* the upper half of a hash, then the number of an item + 1; 0: free */
    size_t slot_count; /* a power of two */
};

struct sizing {
    struct renderer *renderer;
    const struct map_view *view;
    struct placement_wishes *wishes;
    struct box_grid
        *wanted; /* the ink of symbols as the scale asks for them; NULL: of dots it is not asked */
    struct box_grid *plates; /* the same of plates; NULL: there was none yet */
    struct placement_plates readable;
    struct box_grid *taken;
    struct placement_unrest *unrest;
    struct stands stands;
    struct numbers numbered; /* ranks of symbols that may have numbers beside them, ascending */
    struct fault *fault;
};

static const struct symbol_picture *picture_of(const struct sizing *sizing, const struct placement_wish *wish)
{
    return placement_looks_at(sizing->wishes->looks, wish->placed.look)->pictures[wish->placed.detail];
}

static struct stand stand_of(const struct sizing *sizing, const struct placement_wish *wish)
{
    return (struct stand){wish->placed.place, picture_of(sizing, wish), wish->placed.is_crowded};
}

static bool is_same_stand(const struct stand *a, const struct stand *b)
{
    return point_equals(a->place, b->place) && a->picture == b->picture && a->is_crowded == b->is_crowded;
}

/* Of all that makes two the same: hundreds of pictures may stand in one place. */
static uint64_t hash_of(const struct stand *stand)
{
    uint64_t picture = (uint64_t)(uintptr_t)stand->picture << 1 | stand->is_crowded;
    uint64_t hash = (uint64_t)(int64_t)stand->place.x * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    (uint64_t)(int64_t)stand->place.y * UINT64_C(0x165667B19E3779F9) +
                    picture * UINT64_C(0xD6E8FEB86659FD93);
    return (hash ^ hash >> 29) * UINT64_C(0x9E3779B97F4A7C15);
}

static void stands_init(struct stands *stands, size_t slot_count)
{
    *stands = (struct stands){.slot_count = slot_count};
    stands->slots = memory_new(slot_count, sizeof(*stands->slots));
    stands->items = memory_resize(NULL, slot_count / 2, sizeof(*stands->items));
}

static void stands_finish(struct stands *stands)
{
    free(stands->items);
    free(stands->slots);
}

static size_t next_slot(const struct stands *stands, size_t at)
{
    return (at + 1) & (stands->slot_count - 1);
}

static void make_room(struct stands *stands)
{
    uint64_t *old = stands->slots;
    size_t old_count = stands->slot_count;
    stands->slot_count = 2 * old_count;
    stands->slots = memory_new(stands->slot_count, sizeof(*stands->slots));
    stands->items = memory_resize(stands->items, stands->slot_count / 2, sizeof(*stands->items));
    for (size_t i = 0; i < old_count; i++) {
        size_t at = (size_t)(old[i] >> 32) & (stands->slot_count - 1);
        while (old[i] != 0 && stands->slots[at] != 0) {
            at = next_slot(stands, at);
        }
        if (old[i] != 0) {
            stands->slots[at] = old[i];
        }
    }
    free(old);
}

/* Notes where the picture of a wish stands. False when it does already. */
static bool stand_alone(struct sizing *sizing, const struct placement_wish *wish)
{
    struct stands *stands = &sizing->stands;
    struct stand stand = stand_of(sizing, wish);
    uint64_t hash = hash_of(&stand);
    if (2 * ((size_t)stands->count + 1) > stands->slot_count) {
        make_room(stands);
    }
    size_t at = (size_t)(hash >> 32) & (stands->slot_count - 1);
    for (; stands->slots[at] != 0; at = next_slot(stands, at)) {
        uint32_t number = (uint32_t)stands->slots[at] - 1;
        if (stands->slots[at] >> 32 == hash >> 32 && is_same_stand(&stands->items[number], &stand)) {
            return false;
        }
    }
    stands->items[stands->count++] = stand;
    stands->slots[at] = hash >> 32 << 32 | stands->count;
    return true;
}

static bool size_symbol(struct sizing *sizing, struct placement_wish *wish, enum symbol_detail detail)
{
    struct placement_looks *looks = sizing->wishes->looks;
    wish->placed.detail = detail;
    if (!placement_looks_draw(looks, wish->placed.look, detail, sizing->renderer->symbol_cache, sizing->view,
                              &wish->placed, sizing->fault)) {
        return false;
    }
    wish->placed.symbol_reach = placement_wishes_reach(sizing->wishes, wish, detail);
    return true;
}

/* Plates are read whole: all that is less important keeps off them. */
static bool covers_others(const struct sizing *sizing, const struct placed *placed)
{
    return box_grid_is_covered(sizing->wanted, placed_ink(placed), COVERED_PART) ||
           (sizing->plates && box_grid_is_covered(sizing->plates, placed_ink(placed), 0));
}

static void want(struct sizing *sizing, const struct placement_wish *wish)
{
    uint32_t number = (uint32_t)(wish - sizing->wishes->items);
    struct bbox ink = placement_wishes_ink(sizing->wishes, wish, wish->wanted_detail);
    box_grid_add(sizing->wanted, ink, number);
    if (wish->wanted_detail == DETAIL_FULL && placement_plates_is_one(&wish->placed)) {
        sizing->plates =
            sizing->plates ? sizing->plates : box_grid_new(placement_wishes_box(sizing->wishes), 0, 0);
        box_grid_add(sizing->plates, ink, number);
    }
}

static bool must_be_smaller(const struct sizing *sizing, const struct placement_wish *wish)
{
    bool is_unreadable = wish->is_unreadable && wish->placed.detail == DETAIL_FULL;
    return is_unreadable || covers_others(sizing, &wish->placed);
}

/* As large as what it would cover allows, and a plate as large as what would cover it does. */
static bool size_among_others(struct sizing *sizing, struct placement_wish *wish)
{
    struct placed *placed = &wish->placed;
    while (placement_wish_gives_way(wish) && placed->detail < DETAIL_DOT && must_be_smaller(sizing, wish)) {
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
    bool is_badge = placed->badge_count > 0;
    wish->placed.look = placement_looks_find(sizing->wishes->looks, placed);
    wish->forced_detail = placed->feature->code.detail;
    wish->wanted_detail = placement_wish_wanted(wish, sizing->view);
    if (!size_symbol(sizing, wish, wish->wanted_detail) ||
        (sizing->wanted && !is_badge && !size_among_others(sizing, wish))) {
        return false;
    }
    placed->is_double = !is_badge && !stand_alone(sizing, wish);
    placed->has_symbol = !placed->is_double;
    wish->asks_for_numbers = placement_numbers_may_stand(placed);
    return true;
}

/* Nothing around it is otherwise than it was. */
static void keep_symbol(struct sizing *sizing, struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    struct placed *placed = &wish->placed;
    wish->placed.look = old->placed.look;
    wish->wanted_detail = old->wanted_detail;
    wish->forced_detail = old->forced_detail;
    wish->asks_for_numbers = old->asks_for_numbers;
    wish->is_symbol_same = true;
    placed->detail = old->placed.detail;
    placed->is_crowded = old->placed.is_crowded;
    placed->is_double = old->placed.is_double;
    placed->has_symbol = old->placed.has_symbol;
    placed->symbol_reach = placement_wishes_reach(sizing->wishes, wish, placed->detail);
    if (placed->has_symbol && placed->badge_count == 0) {
        stand_alone(sizing, wish);
    }
}

static bool is_decided_as_before(const struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    return old && wish->placed.look == old->placed.look && wish->placed.detail == old->placed.detail &&
           wish->placed.is_crowded == old->placed.is_crowded &&
           wish->placed.is_double == old->placed.is_double;
}

/* Of plates it is asked each time: unrest does not tell yet of less important symbols that came. */
static bool ask_whether_readable(struct sizing *sizing, struct placement_wish *wish)
{
    bool is_asked = sizing->wanted && placement_plates_is_one(&wish->placed) &&
                    placement_wish_gives_way(wish) &&
                    placement_wish_wanted(wish, sizing->view) == DETAIL_FULL;
    return !is_asked || placement_plates_ask(&sizing->readable, wish, sizing->fault);
}

static bool is_spared(const struct sizing *sizing, const struct placement_wish *wish)
{
    return placement_unrest_spares_symbol(sizing->unrest, wish) &&
           wish->is_unreadable == wish->old->is_unreadable;
}

static bool place_symbol(struct sizing *sizing, struct placement_wish *wish)
{
    struct placed *placed = &wish->placed;
    uint32_t number = (uint32_t)(wish - sizing->wishes->items);
    if (!ask_whether_readable(sizing, wish)) {
        return false;
    }
    if (is_spared(sizing, wish)) {
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
        want(sizing, wish);
    }
    if (placed->has_symbol || placed->is_crowded || !placed->symbol_entry) { /* the rest nobody asks for */
        box_grid_add(sizing->taken, placed_ink(placed), number);
    }
    return true;
}

/* Badges first: all symbols keep off them, however important. */
static bool place_badges(struct sizing *sizing)
{
    for (uint32_t rank = 0; rank < sizing->wishes->count; rank++) {
        struct placement_wish *wish = placement_wishes_at(sizing->wishes, rank);
        if (wish->placed.badge_count > 0 && !place_symbol(sizing, wish)) {
            return false;
        }
    }
    return true;
}

static bool place_symbols(struct sizing *sizing)
{
    for (uint32_t rank = 0; rank < sizing->wishes->count; rank++) {
        struct placement_wish *wish = placement_wishes_at(sizing->wishes, rank);
        placement_wishes_fetch_ahead(sizing->wishes, rank);
        if (wish->placed.badge_count > 0) {
            continue;
        }
        if (!wish->placed.has_symbol) {
            wish->is_symbol_same = wish->old != NULL;
            continue;
        }
        if (!place_symbol(sizing, wish)) {
            return false;
        }
        if (wish->asks_for_numbers) {
            numbers_add(&sizing->numbered, rank);
        }
    }
    return true;
}

/* Of those that are otherwise than they were, the numbers too make unrest. */
static void compare_numbered(const struct sizing *sizing)
{
    for (size_t i = 0; i < sizing->numbered.count; i++) {
        struct placement_wish *wish = placement_wishes_at(sizing->wishes, sizing->numbered.items[i]);
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
    struct sizing sizing = {.renderer = renderer,
                            .view = view,
                            .wishes = wishes,
                            .taken = taken,
                            .unrest = unrest,
                            .fault = fault};
    if (symbol_detail_at(view->scale_denominator) != DETAIL_DOT) {
        sizing.wanted = box_grid_new(placement_wishes_box(wishes), wishes->count, 0);
    }
    stands_init(&sizing.stands, SLOTS_FIRST);
    placement_plates_init(&sizing.readable, view, renderer->symbol_cache, wishes);
    bool is_good = (view->crowded != MAP_CROWDED_COUNT || place_badges(&sizing)) && place_symbols(&sizing) &&
                   placement_numbers_place(renderer, view, wishes, &sizing.numbered, taken, fault);
    if (is_good) {
        compare_numbered(&sizing);
    }
    box_grid_free(sizing.wanted);
    box_grid_free(sizing.plates);
    placement_plates_finish(&sizing.readable);
    stands_finish(&sizing.stands);
    numbers_finish(&sizing.numbered);
    return is_good;
}
