/*
 * placement_numbers.c - the room of numbers is what the ink with them has more than the ink without: at most
 * one strip on each side.
 */
#include "render/placement/placement_numbers.h"

#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_symbol.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement/placement_wishes.h"
#include "render/renderer_internal.h"

#define SIDE_COUNT 4

struct numbering {
    struct renderer *renderer;
    const struct map_view *view;
    struct box_grid *taken; /* by symbols, and by numbers that are painted */
    struct box_grid *rooms; /* of numbers, painted or not */
    struct fault *fault;
};

struct strips {
    struct bbox items[SIDE_COUNT];
    int count;
};

static void add(struct strips *strips, struct bbox strip)
{
    if (bbox_width(strip) > 0 && bbox_height(strip) > 0) {
        strips->items[strips->count++] = strip;
    }
}

/* What the whole has beside, above and below a part of it. */
static struct strips strips_around(struct bbox part, struct bbox whole)
{
    struct strips strips = {.count = 0};
    add(&strips, (struct bbox){part.max_x, whole.min_y, whole.max_x, whole.max_y});
    add(&strips, (struct bbox){whole.min_x, whole.min_y, part.min_x, whole.max_y});
    add(&strips, (struct bbox){part.min_x, part.max_y, part.max_x, whole.max_y});
    add(&strips, (struct bbox){part.min_x, whole.min_y, part.max_x, part.min_y});
    return strips;
}

static bool is_room(const struct numbering *numbering, const struct strips *strips)
{
    struct bbox frame = numbering->view->frame_px;
    for (int i = 0; i < strips->count; i++) {
        bool is_seen = bbox_is_empty(frame) || bbox_contains(frame, strips->items[i]);
        if (!is_seen || !box_grid_is_free(numbering->taken, strips->items[i]) ||
            !box_grid_is_free(numbering->rooms, strips->items[i])) {
            return false;
        }
    }
    return true;
}

static void add_strips(struct box_grid *grid, const struct strips *strips, uint32_t number)
{
    for (int i = 0; i < strips->count; i++) {
        box_grid_add(grid, strips->items[i], number);
    }
}

static bool place_numbers(const struct numbering *numbering, struct placed *placed, uint32_t number)
{
    struct placed whole = *placed;
    double reach = DISTRICT_NUMBERS_REACH_PX * numbering->view->symbol_scale;
    whole.has_numbers = true;
    struct bbox around;
    whole.place = (struct point){0, 0};
    if (!feature_symbol_ink(numbering->renderer->symbol_cache, numbering->view, &whole, &around,
                            numbering->fault)) {
        return false;
    }
    whole.place = placed->place;
    whole.symbol_reach = reach_box_of(around);
    struct bbox reached = {placed->place.x - reach, placed->place.y - reach, placed->place.x + reach,
                           placed->place.y + reach};
    if (!bbox_contains(reached, placed_ink(&whole))) {
        return true; /* so long that another district might not know of them */
    }
    struct strips strips = strips_around(placed_ink(placed), placed_ink(&whole));
    if (is_room(numbering, &strips)) {
        placed->has_numbers = true;
        placed->symbol_reach = whole.symbol_reach;
        add_strips(numbering->taken, &strips, number);
    }
    add_strips(numbering->rooms, &strips, number);
    return true;
}

bool placement_numbers_place(struct renderer *renderer, const struct map_view *view,
                             struct placement_wishes *wishes, const struct numbers *ranks,
                             struct box_grid *taken, struct fault *fault)
{
    if (ranks->count == 0) {
        return true;
    }
    struct numbering numbering = {.renderer = renderer,
                                  .view = view,
                                  .taken = taken,
                                  .rooms = box_grid_new(placement_wishes_box(wishes), 0, 0),
                                  .fault = fault};
    bool is_good = true;
    for (size_t i = 0; i < ranks->count && is_good; i++) {
        struct placement_wish *wish = placement_wishes_at(wishes, ranks->items[i]);
        is_good = place_numbers(&numbering, &wish->placed, (uint32_t)(wish - wishes->items));
    }
    box_grid_free(numbering.rooms);
    return is_good;
}

bool placement_numbers_may_stand(const struct placed *placed)
{
    if (!placed->has_symbol || placed->detail != DETAIL_FULL) {
        return false;
    }
    struct placed whole = *placed;
    whole.has_numbers = true;
    return feature_symbol_has_numbers(&whole);
}
