/*
 * placement.c - what a placement answers; placement_make.c decides it.
 */
#include "render/placement.h"

#include <assert.h>

#include "data/feature.h"
#include "geo/spatial_index.h"
#include "render/numbers.h"
#include "render/placement_make.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/scene.h"

const struct placement *placement_get(struct renderer *renderer, const struct map_view *view,
                                      struct fault *fault)
{
    struct scene *scene = scene_get(renderer, view, fault);
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
    return &placement->items[index];
}

static bool note_item(uint32_t number, void *context)
{
    numbers_add(context, number / 2);
    return true;
}

void placement_query(const struct placement *placement, struct bbox box_px,
                     void (*visit)(const struct placed *placed, void *context), void *context)
{
    struct numbers numbers = {0};
    spatial_index_query(placement->index, box_px, note_item, &numbers);
    numbers_sort(&numbers);
    for (size_t i = 0; i < numbers.count; i++) {
        visit(&placement->items[numbers.items[i]], context);
    }
    numbers_finish(&numbers);
}

static void report_placed(const struct placed *placed, void *context)
{
    struct report *report = context;
    if (placed->has_symbol && !placed->symbol_entry) {
        report_add(report, REPORT_SYMBOL_FALLBACK, placed->feature->id, "'%s' is no point symbol of the set",
                   placed->feature->code.entity);
    }
    if (placed->is_crowded) {
        report_add(report, REPORT_SYMBOL_SMALL, placed->feature->id,
                   "its symbol is small because it would hide a more important one");
    }
}

void placement_report(const struct placement *placement, struct bbox box_px, struct report *report)
{
    placement_query(placement, box_px, report_placed, report);
    for (size_t i = 0; i < placement->gap_count; i++) {
        if (bbox_contains_point(box_px, placement->gaps[i].place)) {
            report_add(report, REPORT_LABEL_UNPLACED, placement->gaps[i].feature->id,
                       "its label found no free place at this scale");
        }
    }
}
