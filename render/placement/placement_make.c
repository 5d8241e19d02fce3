/*
 * placement_make.c - first every symbol with its numbers (placement_symbols.c), then every label, most
 * important first (placement_labels.c), then leaders and what is repeated along lines. So no label covers a
 * symbol, however unimportant. All places are whole px; what is compared are boxes of ink.
 *
 * Made from an earlier placement of the same district it is the same as made from nothing, and costs less
 * (placement_unrest.h).
 */
#include "render/placement/placement_make.h"

#include <assert.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/block_index.h"
#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/map_view.h"
#include "render/placement/placement_badges.h"
#include "render/placement/placement_labels.h"
#include "render/placement/placement_leaders.h"
#include "render/placement/placement_lines.h"
#include "render/placement/placement_looks.h"
#include "render/placement/placement_notes.h"
#include "render/placement/placement_repeats.h"
#include "render/placement/placement_symbols.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/symbol/symbol_picture.h"

static void place_texts(struct placement *placement, struct renderer *renderer, const struct map_view *view,
                        struct bbox district, struct placement_unrest *unrest, const struct scene *scene)
{
    struct placement_lines *shown_lines = placement_lines_new(view, scene);
    struct placement_texts texts = {.renderer = renderer,
                                    .view = view,
                                    .district = district,
                                    .wishes = &placement->wishes,
                                    .unrest = unrest,
                                    .shown_lines = shown_lines,
                                    .taken = placement->taken};
    placement_labels_place(&texts);
    placement_leaders_place(&texts);
    placement_repeats_place(&texts);
    placement_texts_finish(&texts);
    placement_lines_free(shown_lines);
}

/* Is there something of it in the district to paint, or to report? */
static bool is_seen(struct bbox district, const struct placed *placed)
{
    bool is_symbol_seen = (placed->has_symbol || placed->is_double) &&
                          !bbox_is_empty(district_part(district, placed_ink(placed)));
    return is_symbol_seen || placed->text->label || placed->text->alongs.count > 0;
}

/* When a wish is painted: a row of bytes is gone through sooner than the wishes. */
enum turn { TURN_NEVER, TURN_FIRST, TURN_SMALL, TURN_DOT, TURN_BADGE, TURN_COUNT };

#define MANY_WISHES 100000 /* most of them lie under others: room is saved by knowing that */

/* None is to be hidden: what is smaller lies on top. A number must be read: nothing is painted over badges.
 */
static enum turn turn_of(const struct placed *placed)
{
    if (placed->badge_count > 0) {
        return TURN_BADGE;
    }
    return !placed->is_crowded ? TURN_FIRST : placed->detail == DETAIL_DOT ? TURN_DOT : TURN_SMALL;
}

/* Notes what is seen, in the order of plot, id and part. Returns the turn of each wish, for the caller. */
static uint8_t *find_seen(struct placement *placement, struct bbox district)
{
    uint8_t *turns = memory_new(placement->wishes.count, sizeof(*turns));
    placement->in_order = memory_new(placement->wishes.count, sizeof(*placement->in_order));
    for (uint32_t i = 0; i < placement->wishes.count; i++) {
        struct placement_wish *wish = &placement->wishes.items[i];
        const struct placed *placed = &wish->placed;
        wish->old = NULL; /* it will not be there any more */
        if (is_seen(district, placed)) {
            turns[i] = (uint8_t)turn_of(placed);
            placement->in_order[placement->count++] = i;
            placement->leader_count += placed->text->has_leader;
            placement->shortened_count += wish->label && (wish->label->is_name_only || wish->label->is_cut);
        }
    }
    return turns;
}

/* Where each turn begins among what is painted. */
static void find_starts(const uint8_t *turns, size_t count, size_t starts[TURN_COUNT])
{
    size_t counts[TURN_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        counts[turns[i]]++;
    }
    starts[TURN_NEVER] = starts[TURN_FIRST] = 0;
    for (int turn = TURN_FIRST + 1; turn < TURN_COUNT; turn++) {
        starts[turn] = starts[turn - 1] + counts[turn - 1];
    }
}

static void put_in_order(struct placement *placement, struct bbox district)
{
    uint8_t *turns = find_seen(placement, district);
    placement->painted = memory_new(placement->count, sizeof(*placement->painted));
    size_t ends[TURN_COUNT];
    find_starts(turns, placement->wishes.count, ends);
    for (size_t rank = placement->wishes.count; rank-- > 0;) { /* less important ones first */
        uint32_t number = placement->wishes.order[rank];
        if (turns[number] != TURN_NEVER) {
            placement->painted[ends[turns[number]]++] = number;
        }
    }
    assert(ends[TURN_COUNT - 1] == placement->count);
    free(turns);
    placement_wishes_forget_order(&placement->wishes);
}

/* Symbols that were kept must still be in their cache. On a page lines decide too, which unrest does not tell
 * of. */
static bool is_of_use(const struct placement *earlier, const struct renderer *renderer,
                      const struct map_view *view)
{
    return earlier && bbox_is_empty(view->frame_px) &&
           earlier->dropped_pictures == symbol_cache_dropped(renderer->symbol_cache);
}

static void collect_wishes(struct placement *placement, const struct map_view *view,
                           const struct scene *scene, const struct placement *earlier)
{
    struct placement_looks *looks =
        earlier ? placement_looks_ref(earlier->wishes.looks) : placement_looks_new();
    placement_wishes_init(&placement->wishes, view, scene, looks);
    placement_looks_unref(looks);
    struct bbox bounds = bbox_union(placement_wishes_box(&placement->wishes), scene_district(scene));
    size_t count = placement->wishes.count;
    bool asks_rarely = earlier && count < MANY_WISHES; /* what is kept is not asked for */
    placement->taken = box_grid_new(bounds, count, asks_rarely ? 0 : count);
}

struct placement *placement_new(struct renderer *renderer, const struct map_view *view,
                                const struct scene *scene, const struct placement *earlier,
                                struct fault *fault)
{
    struct placement_unrest unrest;
    struct placement *placement = memory_new(1, sizeof(*placement));
    placement->dropped_pictures = symbol_cache_dropped(renderer->symbol_cache);
    placement->district = scene_district(scene);
    placement->shown = memory_new(1, sizeof(*placement->shown));
    collect_wishes(placement, view, scene, is_of_use(earlier, renderer, view) ? earlier : NULL);
    if (view->crowded == MAP_CROWDED_COUNT) {
        placement_badges_gather(view, scene_district(scene), &placement->wishes, placement);
    }
    placement_unrest_init(&unrest, &placement->wishes,
                          is_of_use(earlier, renderer, view) ? &earlier->wishes : NULL);
    if (placement_symbols_place(renderer, view, &placement->wishes, &unrest, placement->taken, fault)) {
        place_texts(placement, renderer, view, district_of_texts(renderer, view, scene_district(scene)),
                    &unrest, scene);
        put_in_order(placement, scene_district(scene));
        box_grid_settle(placement->taken);
    } else {
        placement_free(placement);
        placement = NULL;
    }
    placement_unrest_finish(&unrest);
    return placement;
}

void placement_free(struct placement *placement)
{
    if (!placement) {
        return;
    }
    placement_wishes_finish(&placement->wishes);
    box_grid_free(placement->taken);
    block_index_free(placement->shown->inks);
    placement_notes_free(placement->shown->notes);
    free(placement->shown);
    free(placement->painted);
    free(placement->in_order);
    free(placement->counted);
    free(placement);
}

size_t placement_bytes(const struct placement *placement)
{
    size_t inks = placement->count * 2 * sizeof(uint32_t); /* nearly all touch one block or two */
    size_t shown = inks + placement_notes_bytes_of(placement->wishes.count);
    return placement_wishes_bytes(&placement->wishes) + placement->count * 2 * sizeof(uint32_t) + shown +
           box_grid_bytes(placement->taken) + placement->counted_count * sizeof(struct placement_counted);
}
