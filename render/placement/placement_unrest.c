/*
 * placement_unrest.c - both rows of wishes stand in the same order, so one walk along them finds the pairs.
 */
#include "render/placement/placement_unrest.h"

#include <string.h>

#include "data/feature.h"
#include "render/placement/box_grid.h"
#include "render/placement/leader.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/scene.h"
#include "render/text/text_along.h"

static void add(struct placement_unrest *unrest, struct bbox box)
{
    unrest->reach = bbox_union(unrest->reach, box);
    box_grid_add(unrest->places, box, 0);
}

static void add_symbol(struct placement_unrest *unrest, const struct placement_wish *wish)
{
    if (wish->wanted_detail != DETAIL_BY_SCALE) {
        add(unrest, placement_wishes_ink(unrest->wishes, wish, wish->wanted_detail));
    }
    add(unrest, placed_ink(&wish->placed));
}

static void add_texts(struct placement_unrest *unrest, const struct placement_wish *wish)
{
    const struct placed_text *text = wish->placed.text;
    add(unrest, text->label_room);
    for (size_t i = 0; i < text->alongs.count; i++) {
        const struct text_along *along = text->alongs.items[i];
        for (size_t k = 0; k < along->room_count; k++) {
            add(unrest, along->rooms[k]);
        }
    }
    if (text->has_leader) {
        struct leader_rooms rooms = leader_rooms(&text->leader);
        for (int i = 0; i < rooms.count; i++) {
            add(unrest, rooms.items[i]);
        }
    }
}

/* By plot, id and part: the order in which wishes stand. */
static int compare_wishes(const struct placement_wish *a, const struct placement_wish *b)
{
    if (a->placed.plot != b->placed.plot) {
        return a->placed.plot < b->placed.plot ? -1 : 1;
    }
    bool is_one = a->placed.feature == b->placed.feature;
    int by_id = is_one ? 0 : strcmp(a->placed.feature->id, b->placed.feature->id);
    return by_id != 0 ? by_id : (a->placed.part > b->placed.part) - (a->placed.part < b->placed.part);
}

static bool wished_for_symbol(const struct placed *placed)
{
    return placed->has_symbol || placed->is_double;
}

/* The same feature in the same view has the same look and shape. Badges depend on others. */
static bool is_same_wish(const struct placement_wish *wish, const struct placement_wish *old)
{
    const struct placed *now = &wish->placed;
    const struct placed *before = &old->placed;
    return now->feature == before->feature && wished_for_symbol(now) == wished_for_symbol(before) &&
           now->badge_count == before->badge_count && wish->is_counted == old->is_counted &&
           now->place.x == before->place.x && now->place.y == before->place.y;
}

static void leave(struct placement_unrest *unrest, const struct placement_wish *old)
{
    add_symbol(unrest, old);
    add_texts(unrest, old);
}

static void find_pairs(struct placement_unrest *unrest, struct placement_wishes *wishes,
                       const struct placement_wishes *earlier)
{
    size_t next = 0;
    for (size_t i = 0; i < wishes->count; i++) {
        struct placement_wish *wish = &wishes->items[i];
        while (next < earlier->count && compare_wishes(&earlier->items[next], wish) < 0) {
            leave(unrest, &earlier->items[next++]);
        }
        bool is_pair = next < earlier->count && compare_wishes(&earlier->items[next], wish) == 0;
        if (is_pair && is_same_wish(wish, &earlier->items[next])) {
            wish->old = &earlier->items[next];
        } else if (is_pair) {
            leave(unrest, &earlier->items[next]);
        }
        next += is_pair;
    }
    while (next < earlier->count) {
        leave(unrest, &earlier->items[next++]);
    }
}

void placement_unrest_init(struct placement_unrest *unrest, struct placement_wishes *wishes,
                           const struct placement_wishes *earlier)
{
    *unrest = (struct placement_unrest){.wishes = wishes, .reach = bbox_empty()};
    if (earlier) {
        unrest->places = box_grid_new(placement_wishes_box(wishes), 0, 0);
        find_pairs(unrest, wishes, earlier);
    }
}

void placement_unrest_finish(struct placement_unrest *unrest)
{
    box_grid_free(unrest->places);
}

/* Most of a district lies far from all unrest. */
static bool is_spared(const struct placement_unrest *unrest, struct bbox looked)
{
    return !bbox_intersects(unrest->reach, looked) || box_grid_is_free(unrest->places, looked);
}

bool placement_unrest_spares_symbol(const struct placement_unrest *unrest, const struct placement_wish *wish)
{
    return wish->old && (bbox_is_empty(unrest->reach) ||
                         is_spared(unrest, placement_wishes_symbol_looked(unrest->wishes, wish->old)));
}

bool placement_unrest_spares_texts(const struct placement_unrest *unrest, const struct placement_wish *wish)
{
    return wish->old && wish->is_symbol_same && is_spared(unrest, placement_wish_looked(wish->old));
}

void placement_unrest_note_symbol(struct placement_unrest *unrest, const struct placement_wish *wish)
{
    if (unrest->places) {
        add_symbol(unrest, wish);
    }
    if (wish->old) {
        add_symbol(unrest, wish->old);
    }
}

void placement_unrest_note_texts(struct placement_unrest *unrest, const struct placement_wish *wish)
{
    if (unrest->places) {
        add_texts(unrest, wish);
    }
    if (wish->old) {
        add_texts(unrest, wish->old);
    }
}
