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
#include "render/placement/placement_beside.h"
#include "render/placement/placement_lines.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"

#define ALONE_PX 3.0 /* so far from its beginning no other line is */

bool placement_leaders_may_lead(const struct placement_texts *texts, const struct placement_wish *wish)
{
    bool has_symbol = wish->placed.has_symbol || wish->placed.is_double;
    /* each row of a list is to be found again */
    bool may_symbols = texts->view->crowded == MAP_CROWDED_LEADER || texts->view->numbers;
    return has_symbol ? may_symbols : texts->shown_lines && !wish->is_point && !wish->is_part;
}

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

static double halo_of(const struct placement_wish *wish)
{
    return wish->label->look.halo.alpha > 0 ? wish->label->look.halo_px : 0;
}

static void lead_to_symbol(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placed *placed = &wish->placed;
    struct leader_places places = leader_places_around(placed->place, placed->symbol_ink, wish->label->size,
                                                       halo_of(wish), texts->view->symbol_scale);
    for (int i = 0; i < places.count; i++) {
        const struct leader_place *place = &places.items[i];
        if (is_free_of_others(texts, wish, &place->leader) &&
            placement_texts_try(texts, wish, place->label)) {
            take_leader(texts, wish, &place->leader);
            return;
        }
    }
}

/* Neither the leader nor the label crosses another line. */
static bool crosses_no_line(const struct placement_texts *texts, const struct placement_wish *wish,
                            const struct leader_place *place)
{
    struct leader_rooms rooms = leader_rooms(&place->leader);
    for (int i = 0; i < rooms.count; i++) {
        if (!placement_lines_keep_off(texts->shown_lines, wish->feature, rooms.items[i], 0)) {
            return false;
        }
    }
    struct bbox room = placement_texts_room(wish->label, place->label.corner);
    return placement_lines_keep_off(texts->shown_lines, wish->feature, room, 0) &&
           placement_lines_have_no_sign(texts->shown_lines, room);
}

static bool lead_to_spot(const struct placement_texts *texts, struct placement_wish *wish, struct point spot,
                         double reach_px)
{
    struct bbox paint = bbox_grow(bbox_of_points(&spot, 1), reach_px);
    struct leader_places places =
        leader_places_around(spot, paint, wish->label->size, halo_of(wish), texts->view->symbol_scale);
    for (int i = 0; i < places.count; i++) {
        const struct leader_place *place = &places.items[i];
        if (is_free_of_others(texts, wish, &place->leader) && crosses_no_line(texts, wish, place) &&
            placement_texts_try(texts, wish, place->label)) {
            take_leader(texts, wish, &place->leader);
            return true;
        }
    }
    return false;
}

/* From where neither another line nor a symbol is near, so that it is seen which one is meant. */
static void lead_to_line(const struct placement_texts *texts, struct placement_wish *wish)
{
    double reach = placement_beside_stroke_px(wish->feature, wish->label->palette);
    struct point spot;
    for (int i = 0; i < PLACEMENT_BESIDE_PLACES; i++) {
        if (!placement_beside_spot(wish->feature, i, &spot) || !district_holds(texts->district, spot)) {
            continue;
        }
        struct bbox around = bbox_grow(bbox_of_points(&spot, 1), reach);
        double away = ALONE_PX * texts->view->symbol_scale;
        if (placement_lines_keep_off(texts->shown_lines, wish->feature, around, away) &&
            box_grid_is_free(texts->taken, bbox_grow(around, 2 * away)) &&
            lead_to_spot(texts, wish, spot, reach)) {
            return;
        }
    }
}

static void decide(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (wish->placed.has_symbol || wish->placed.is_double) {
        lead_to_symbol(texts, wish);
    } else {
        lead_to_line(texts, wish);
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
        if (placement_leaders_may_lead(texts, wish)) {
            place(texts, wish);
        }
    }
}
