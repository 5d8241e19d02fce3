/*
 * placement.c - what a placement answers; placement_make.c decides it.
 */
#include "render/placement/placement.h"

#include <assert.h>

#include "data/feature.h"
#include "render/placement/box_grid.h"
#include "render/numbers.h"
#include "render/placement/placement_make.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/scene/scene.h"

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

struct query {
    const struct placement *placement;
    struct numbers positions;
};

static void note_position(uint32_t number, void *context)
{
    struct query *query = context;
    if (query->placement->position_of[number] != PLACEMENT_NOT_PAINTED) {
        numbers_add(&query->positions, query->placement->position_of[number]);
    }
}

static bool has_ink(const struct placed *placed, struct bbox box_px)
{
    for (size_t i = 0; i < placed->text->alongs.count; i++) {
        if (bbox_intersects(placed->text->alongs.items[i]->ink, box_px)) {
            return true;
        }
    }
    if (placed->text->has_leader && bbox_intersects(leader_ink(&placed->text->leader), box_px)) {
        return true;
    }
    return (placed->has_symbol && bbox_intersects(placed->symbol_ink, box_px)) ||
           bbox_intersects(placed->text->label_ink, box_px);
}

/* The positions of what stands around a box, in painting order. */
static struct numbers positions_around(const struct placement *placement, struct bbox box_px)
{
    struct query query = {.placement = placement};
    box_grid_query(placement->taken, bbox_grow(box_px, placement->overhang_px), note_position, &query);
    numbers_sort(&query.positions);
    return query.positions;
}

void placement_query(const struct placement *placement, struct bbox box_px,
                     void (*visit)(const struct placed *placed, void *context), void *context)
{
    struct numbers positions = positions_around(placement, box_px);
    for (size_t i = 0; i < positions.count; i++) {
        const struct placed *placed = placement_at(placement, positions.items[i]);
        if (has_ink(placed, box_px)) {
            visit(placed, context);
        }
    }
    numbers_finish(&positions);
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

static void report_symbol(const struct placed *placed, struct report *report)
{
    if (!placed->symbol_entry && placed->badge_count == 0) {
        const struct symbol_code *code = &placed->feature->code;
        report_add(report, REPORT_SYMBOL_FALLBACK, placed->feature->id,
                   "no symbol '%s@%d/%s' that fits it is at hand: it is drawn as letters", code->set,
                   code->version, code->entity);
    }
    if (placed->is_crowded && placed->badge_count == 0) {
        report_add(report, REPORT_SYMBOL_SMALL, placed->feature->id,
                   "its symbol is small because it would hide a more important one");
    }
}

static void report_text(const struct placed *placed, const char *text, struct text_engine *engine,
                        struct report *report)
{
    const struct text_missing *missing = text ? text_missing(engine, text) : NULL;
    if (missing) {
        report_add(report, REPORT_LETTERS_MISSING, placed->feature->id,
                   "no font has a letter for %zu characters of its texts: %s", missing->count,
                   missing->names);
    }
}

static void report_texts(const struct placed *placed, struct text_engine *engine, struct report *report)
{
    report_text(placed, placed->text->label, engine, report);
    for (size_t i = 0; i < placed->text->alongs.count; i++) {
        report_text(placed, placed->text->alongs.items[i]->text, engine, report);
    }
    if (placed->has_numbers) {
        report_text(placed, placed->feature->code.texts[SLOT_VICTIMS], engine, report);
    }
}

void placement_report(const struct placement *placement, struct text_engine *engine, struct bbox box_px,
                      struct report *report)
{
    struct numbers positions = positions_around(placement, box_px);
    for (size_t i = 0; i < positions.count; i++) {
        const struct placed *placed = placement_at(placement, positions.items[i]);
        if ((placed->has_symbol || placed->is_double) && bbox_intersects(placed->symbol_ink, box_px)) {
            report_symbol(placed, report);
        }
        if (has_ink(placed, box_px)) {
            report_texts(placed, engine, report);
        }
    }
    numbers_finish(&positions);
    for (size_t i = 0; i < placement->counted_count; i++) {
        const struct placement_counted *counted = &placement->counted[i];
        if (bbox_contains_point(box_px, counted->place)) {
            report_add(report, REPORT_SYMBOL_COUNTED, counted->feature->id,
                       "it is one of %u that a badge with their number stands for", counted->count);
        }
    }
    for (size_t i = 0; i < placement->gap_count; i++) {
        if (bbox_contains_point(box_px, placement->gaps[i].place)) {
            report_add(report, REPORT_LABEL_UNPLACED, placement->gaps[i].feature->id,
                       "its label found no free place at this scale");
        }
    }
}
