/*
 * placement_numbers.c - the room of numbers is what the ink with them has more than the ink without: at most
 * one strip on each side.
 */
#include "render/placement_numbers.h"

#include "render/box_grid.h"
#include "render/feature_symbol.h"
#include "render/map_view.h"
#include "render/placement.h"
#include "render/renderer_internal.h"
#include "symbology/symbol_code.h"

#define SIDE_COUNT 4

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

static bool is_room(const struct map_view *view, const struct box_grid *taken, const struct strips *strips)
{
    for (int i = 0; i < strips->count; i++) {
        bool is_seen = bbox_is_empty(view->frame_px) || bbox_contains(view->frame_px, strips->items[i]);
        if (!is_seen || !box_grid_is_free(taken, strips->items[i])) {
            return false;
        }
    }
    return true;
}

bool placement_numbers_place(struct renderer *renderer, const struct map_view *view, struct box_grid *taken,
                             uint32_t rank, struct placed *placed, struct fault *fault)
{
    struct placed whole = *placed;
    whole.has_numbers = true;
    if (!feature_symbol_has_numbers(&whole)) {
        return true;
    }
    if (!feature_symbol_ink(renderer->symbol_cache, view, &whole, &whole.symbol_ink, fault)) {
        return false;
    }
    struct strips strips = strips_around(placed->symbol_ink, whole.symbol_ink);
    if (is_room(view, taken, &strips)) {
        placed->has_numbers = true;
        placed->symbol_ink = whole.symbol_ink;
        for (int i = 0; i < strips.count; i++) {
            box_grid_add(taken, strips.items[i], rank);
        }
    }
    return true;
}
