/*
 * code_memo.c - one slot for each hash: codes that fall into the same take turns.
 */
#include "render/scene/code_memo.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/map_view.h"
#include "render/scene/district.h"
#include "render/scene/scene.h"
#include "symbology/symbol_library.h"

#define SLOTS 512
#define SOFT_EDGE_PX 1.0

struct slot {
    const struct feature *feature; /* the last one of this code; NULL: free. Borrowed from the view's plots */
    struct code_meaning meaning;
};

struct code_memo {
    const struct map_view *view;
    struct slot slots[SLOTS];
};

static double reach_px(const struct map_view *view, const struct feature *feature,
                       const struct symbol_entry *entry)
{
    struct scene_feature drawn = {.feature = feature, .entry = entry};
    if (feature->shape->kind == SHAPE_POINT) {
        return 0;
    }
    struct line_look look = feature->shape->kind == SHAPE_LINE
                                ? scene_line_look(&drawn, view->palette)
                                : scene_area_look(&drawn, view->palette).outline;
    return fmin(line_look_reach_px(&look) + SOFT_EDGE_PX, DISTRICT_LINE_REACH_PX);
}

struct code_meaning code_meaning_of(const struct map_view *view, const struct feature *feature)
{
    const struct symbol_entry *entry = symbol_library_resolve(view->symbols, &feature->code, NULL);
    return (struct code_meaning){entry, reach_px(view, feature, entry)};
}

struct code_memo *code_memo_new(const struct map_view *view)
{
    struct code_memo *memo = memory_new(1, sizeof(*memo));
    memo->view = view;
    return memo;
}

void code_memo_free(struct code_memo *memo)
{
    free(memo);
}

static size_t slot_number(const struct feature *feature)
{
    uint64_t hash = (uint64_t)feature->code.status << 2 | (uint64_t)feature->shape->kind;
    for (const char *letter = feature->code.entity; *letter; letter++) {
        hash = hash * 31 + (unsigned char)*letter;
    }
    return (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> 32) % SLOTS;
}

/* In all that a meaning depends on. */
static bool are_alike(const struct feature *a, const struct feature *b)
{
    return a->code.version == b->code.version && a->code.status == b->code.status &&
           a->shape->kind == b->shape->kind && strcmp(a->code.entity, b->code.entity) == 0 &&
           strcmp(a->code.set, b->code.set) == 0;
}

struct code_meaning code_memo_find(struct code_memo *memo, const struct feature *feature)
{
    struct slot *slot = &memo->slots[slot_number(feature)];
    if (!slot->feature || !are_alike(slot->feature, feature)) {
        slot->meaning = code_meaning_of(memo->view, feature);
    }
    slot->feature = feature; /* the nearest in memory to those that come next */
    return slot->meaning;
}
