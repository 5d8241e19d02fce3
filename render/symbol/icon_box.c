/*
 * icon_box.c - ink rounded outward.
 */
#include "render/symbol/icon_box.h"

#include <math.h>

#include "render/scene/feature_symbol.h"
#include "render/vector/map_looks.h"
#include "render/placement/placement.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"

struct bbox icon_box_of(const struct symbol_picture *picture)
{
    struct bbox ink = symbol_picture_ink(picture);
    if (bbox_is_empty(ink)) {
        return (struct bbox){0, 0, 1, 1};
    }
    return (struct bbox){floor(ink.min_x), floor(ink.min_y), fmax(ceil(ink.max_x), floor(ink.min_x) + 1),
                         fmax(ceil(ink.max_y), floor(ink.min_y) + 1)};
}

struct symbol_picture *icon_picture(struct renderer *renderer, const struct map_view *view,
                                    const struct map_icon *icon, struct fault *fault)
{
    struct placed placed = {.feature = icon->look.feature,
                            .entry = icon->look.entry,
                            .symbol_entry = icon->look.symbol_entry,
                            .detail = icon->detail,
                            .has_symbol = true,
                            .has_numbers = true};
    return feature_symbol(renderer_symbol_cache(renderer), view, &placed, fault);
}
