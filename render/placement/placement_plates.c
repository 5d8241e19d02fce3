/*
 * placement_plates.c - the places of all symbols are collected when the first plate asks: a plot without
 * plates pays nothing.
 */
#include "render/placement/placement_plates.h"

#include "data/feature.h"
#include "render/map_view.h"
#include "render/placement/box_grid.h"
#include "render/placement/placement_looks.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/district.h"
#include "symbology/symbol_set.h"

struct question {
    struct placement_plates *plates;
    const struct placement_wish *plate;
    struct bbox inside; /* px, of the plate in full: what must be seen */
    bool is_unreadable;
    bool has_failed;
    struct fault *fault;
};

/* A corner of a halo on its rim is not worth a number. */
static struct bbox inside_of(const struct placement_plates *plates, const struct placement_wish *plate)
{
    return bbox_grow(placement_wishes_ink(plates->wishes, plate, DETAIL_FULL),
                     -PLACEMENT_PLATE_RIM_PX * plates->view->symbol_scale);
}

void placement_plates_init(struct placement_plates *plates, const struct map_view *view,
                           struct symbol_cache *cache, struct placement_wishes *wishes)
{
    *plates = (struct placement_plates){.view = view, .cache = cache, .wishes = wishes};
}

void placement_plates_finish(struct placement_plates *plates)
{
    box_grid_free(plates->places);
}

bool placement_plates_is_one(const struct placed *placed)
{
    return placed->symbol_entry && placed->symbol_entry->kind == KIND_PLATE;
}

static void collect_places(struct placement_plates *plates)
{
    plates->places = box_grid_new(placement_wishes_box(plates->wishes), 0, 0);
    for (size_t i = 0; i < plates->wishes->count; i++) {
        const struct placed *placed = &plates->wishes->items[i].placed;
        if (placed->has_symbol || placed->is_double) {
            struct point place = placed->place;
            box_grid_add(plates->places, (struct bbox){place.x, place.y, place.x, place.y}, (uint32_t)i);
        }
    }
}

static bool draw(struct placement_plates *plates, struct placement_wish *wish, enum symbol_detail detail,
                 struct fault *fault)
{
    wish->placed.look = placement_looks_find(plates->wishes->looks, &wish->placed);
    return placement_looks_draw(plates->wishes->looks, wish->placed.look, detail, plates->cache, plates->view,
                                &wish->placed, fault);
}

static bool shares_more_than_an_edge(struct bbox a, struct bbox b)
{
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

static void ask_of(uint32_t number, void *context)
{
    struct question *question = context;
    struct placement_plates *plates = question->plates;
    struct placement_wish *other = &plates->wishes->items[number];
    if (other == question->plate || question->is_unreadable || question->has_failed) {
        return;
    }
    enum symbol_detail wanted = placement_wish_wanted(other, plates->view);
    enum symbol_detail least = placement_wish_gives_way(other) ? DETAIL_DOT : wanted;
    bool is_more_important = other->placed.detail != DETAIL_BY_SCALE; /* it had its turn */
    for (enum symbol_detail detail = is_more_important ? wanted : least; detail <= least; detail++) {
        if (!draw(plates, other, detail, question->fault)) {
            question->has_failed = true;
            return;
        }
        struct bbox ink = placement_wishes_ink(plates->wishes, other, detail);
        question->is_unreadable |= shares_more_than_an_edge(ink, question->inside);
    }
}

bool placement_plates_ask(struct placement_plates *plates, struct placement_wish *wish, struct fault *fault)
{
    if (!plates->places) {
        collect_places(plates);
    }
    if (!draw(plates, wish, DETAIL_FULL, fault)) {
        return false;
    }
    struct question question = {
        .plates = plates, .plate = wish, .inside = inside_of(plates, wish), .fault = fault};
    double reach_px = DISTRICT_SYMBOL_REACH_PX * plates->view->symbol_scale;
    box_grid_query(plates->places, bbox_grow(question.inside, reach_px), ask_of, &question);
    wish->is_unreadable = question.is_unreadable;
    return !question.has_failed;
}
