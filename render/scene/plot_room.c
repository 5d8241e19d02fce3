/*
 * plot_room.c - each district answers for what of the box lies in it: of what is beyond its border it knows
 * only some.
 */
#include "render/scene/plot_room.h"

#include <stddef.h>

#include "render/scene/district.h"
#include "render/placement/placement.h"
#include "render/scene/scene.h"

static bool is_free_in(const struct plot_room *room, struct bbox district, struct bbox box)
{
    struct scene *scene =
        scene_get(room->renderer, room->view, bbox_is_empty(district) ? box : district, NULL);
    bool is_free = scene && placement_is_free(scene_placement(scene), district_part(district, box));
    scene_unref(scene);
    return is_free;
}

bool plot_room_is_free(const struct plot_room *room, struct bbox box)
{
    if (room->scene && district_contains(scene_district(room->scene), box)) {
        return placement_is_free(scene_placement(room->scene), box);
    }
    struct districts districts = districts_touched(room->renderer, room->view, box);
    for (size_t i = 0; i < districts_count(&districts); i++) {
        if (!is_free_in(room, districts_at(&districts, i), box)) {
            return false;
        }
    }
    return true;
}
