/*
 * placement.c - what a placement answers; placement_make.c decides it.
 */
#include "render/placement/placement.h"

#include <assert.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/block_index.h"
#include "render/numbers.h"
#include "render/placement/box_grid.h"
#include "render/placement/placement_inks.h"
#include "render/placement/placement_looks.h"
#include "render/placement/placement_make.h"
#include "render/placement/placement_notes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/symbol/symbol_picture.h"

#define AHEAD 8 /* about as many are painted as memory takes to answer */

/* What is being indexed. */
struct inks {
    struct block_entry *entries;
    size_t count;
    size_t capacity;
    uint32_t position;
};

const struct placement *placement_get(struct renderer *renderer, const struct map_view *view, struct bbox box,
                                      struct fault *fault)
{
    struct scene *scene = scene_get(renderer, view, box, fault);
    if (!scene) {
        return NULL;
    }
    scene_unref(renderer->scene_in_hand);
    renderer->scene_in_hand = scene;
    return scene_placement(scene);
}

size_t placement_count(const struct placement *placement)
{
    return placement->count;
}

const struct placed *placement_at(const struct placement *placement, size_t index)
{
    assert(index < placement->count);
    return &placement->wishes.items[placement->painted[index]].placed;
}

const struct placed *placement_in_order(const struct placement *placement, size_t index)
{
    assert(index < placement->count);
    return &placement->wishes.items[placement->in_order[index]].placed;
}

static void add_ink(struct bbox ink, void *context)
{
    struct inks *inks = context;
    if (inks->count == inks->capacity) {
        inks->capacity *= 2;
        inks->entries = memory_resize(inks->entries, inks->capacity, sizeof(*inks->entries));
    }
    inks->entries[inks->count++] = (struct block_entry){ink, inks->position};
}

/* Of painting positions by ink. */
static struct block_index *index_inks(const struct placement *placement)
{
    struct inks inks = {.capacity = 2 * placement->count + 1};
    inks.entries = memory_resize(NULL, inks.capacity, sizeof(*inks.entries));
    for (; inks.position < placement->count; inks.position++) {
        placement_inks_visit(placement_at(placement, inks.position), add_ink, &inks);
    }
    struct block_index *index = block_index_new(placement->district, inks.entries, inks.count);
    free(inks.entries);
    return index;
}

static const struct block_index *inks_of(const struct placement *placement)
{
    struct placement_shown *shown = placement->shown;
    shown->inks = shown->inks ? shown->inks : index_inks(placement);
    return shown->inks;
}

static const struct placement_notes *notes_of(const struct placement *placement, struct text_engine *engine)
{
    struct placement_shown *shown = placement->shown;
    shown->notes = shown->notes ? shown->notes : placement_notes_new(placement, engine);
    return shown->notes;
}

void placement_make_ready(const struct placement *placement, struct text_engine *engine)
{
    inks_of(placement);
    notes_of(placement, engine);
}

/* In painting order they lie all over memory: asks for those to come, then for their texts. */
static void fetch_ahead(const struct placement *placement, const struct numbers *positions, size_t at)
{
    if (at + 2 * AHEAD >= positions->count) {
        return;
    }
    const struct placed *far = placement_at(placement, positions->items[at + 2 * AHEAD]);
    __builtin_prefetch(far);
    __builtin_prefetch(&far->place);
    __builtin_prefetch(placement_at(placement, positions->items[at + AHEAD])->text);
}

void placement_query(const struct placement *placement, struct bbox box_px,
                     void (*visit)(const struct placed *placed, void *context), void *context)
{
    struct numbers positions = {.count = 0};
    bool do_all_touch = block_index_find(inks_of(placement), box_px, &positions);
    for (size_t i = 0; i < positions.count; i++) {
        fetch_ahead(placement, &positions, i);
        const struct placed *placed = placement_at(placement, positions.items[i]);
        if (do_all_touch || placement_inks_touch(placed, box_px)) {
            visit(placed, context);
        }
    }
    numbers_finish(&positions);
}

struct symbol_picture *placement_picture(const struct placement *placement, const struct placed *placed)
{
    bool is_bare = placed->has_symbol && !placed->has_numbers;
    return is_bare ? placement_looks_at(placement->wishes.looks, placed->look)->pictures[placed->detail]
                   : NULL;
}

bool placement_has_pictures(const struct placement *placement, const struct symbol_cache *cache)
{
    return placement->dropped_pictures == symbol_cache_dropped(cache);
}

size_t placement_counted_count(const struct placement *placement)
{
    return placement->counted_count;
}

const struct placement_counted *placement_counted_at(const struct placement *placement, size_t index)
{
    assert(index < placement->counted_count);
    return &placement->counted[index];
}

bool placement_has_leaders(const struct placement *placement)
{
    return placement->leader_count > 0;
}

bool placement_is_free(const struct placement *placement, struct bbox box_px)
{
    return bbox_is_empty(box_px) || box_grid_is_free(placement->taken, box_px);
}

void placement_report(const struct placement *placement, struct text_engine *engine, struct bbox box_px,
                      struct report *report)
{
    placement_notes_report(notes_of(placement, engine), box_px, report);
}
