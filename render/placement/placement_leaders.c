/*
 * placement_leaders.c - the first place that is free and whose line crosses nothing.
 */
#include "render/placement/placement_leaders.h"

#include <string.h>

#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/placement/leader.h"
#include "render/map_view.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"

/* But for its own symbol. */
static bool is_free_of_others(const struct placement_texts *texts, struct placement_wish *wish,
                              const struct leader *leader)
{
    struct leader_rooms rooms = leader_rooms(leader);
    for (int i = 0; i < rooms.count; i++) {
        if (bbox_intersects(rooms.items[i], wish->placed.symbol_ink)) {
            continue;
        }
        placement_wish_look(wish, rooms.items[i]);
        if (!box_grid_is_free(texts->taken, rooms.items[i])) {
            return false;
        }
    }
    return district_contains(texts->district, leader_ink(leader));
}

static void take_leader(const struct placement_texts *texts, struct placement_wish *wish,
                        const struct leader *leader)
{
    struct leader_rooms rooms = leader_rooms(leader);
    for (int i = 0; i < rooms.count; i++) {
        placement_texts_take(texts, wish, rooms.items[i]);
    }
    placement_wish_text(wish)->has_leader = true;
    placement_wish_text(wish)->leader = *leader;
}

static void decide(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placed *placed = &wish->placed;
    double halo = wish->label->look.halo.alpha > 0 ? wish->label->look.halo_px : 0;
    struct leader_places places = leader_places_around(placed->place, placed->symbol_ink, wish->label->size,
                                                       halo, texts->view->symbol_scale);
    for (int i = 0; i < places.count; i++) {
        const struct leader_place *place = &places.items[i];
        if (is_free_of_others(texts, wish, &place->leader) &&
            placement_texts_try(texts, wish, place->label)) {
            take_leader(texts, wish, &place->leader);
            return;
        }
    }
}

static void keep(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (wish->old->placed.text->has_leader) {
        placement_texts_keep(texts, wish);
        take_leader(texts, wish, &wish->old->placed.text->leader);
    }
}

static bool is_decided_as_before(const struct placement_wish *wish)
{
    const struct placed_text *now = wish->placed.text;
    if (!wish->is_label_same || now->has_leader != wish->old->placed.text->has_leader) {
        return false;
    }
    return !now->has_leader ||
           (placement_texts_is_label_same(wish) &&
            memcmp(&now->leader, &wish->old->placed.text->leader, sizeof(now->leader)) == 0);
}

static void place(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (wish->is_label_same && placement_unrest_spares_texts(texts->unrest, wish)) {
        keep(texts, wish);
        return;
    }
    decide(texts, wish);
    if (!is_decided_as_before(wish)) {
        placement_unrest_note_texts(texts->unrest, wish);
    }
}

void placement_leaders_place(const struct placement_texts *texts)
{
    for (size_t i = 0; i < texts->unplaced.count; i++) {
        struct placement_wish *wish = placement_wishes_at(texts->wishes, texts->unplaced.items[i]);
        if (wish->placed.has_symbol || wish->placed.is_double) {
            place(texts, wish);
        }
    }
}
