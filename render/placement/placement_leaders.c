/*
 * placement_leaders.c - the nearest place that is free and whose line crosses nothing. A direction in which a
 * line has met something is given up: all that lie further out would meet it too. So where it is crowded
 * nearly all directions are given up on the first ring.
 */
#include "render/placement/placement_leaders.h"

#include <string.h>

#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/placement/leader.h"
#include "render/map_view.h"
#include "render/placement/placement_beside.h"
#include "render/placement/placement_labels.h"
#include "render/placement/placement_lines.h"
#include "render/placement/placement_sayings.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"
#include "render/placement/room_map.h"

#define ALONE_PX 3.0 /* so far from its beginning no other line is */

#define MANY_UNPLACED 64 /* so many are worth a map of the rooms that are left */

/* All labels that may get a leader. */
struct leading {
    const struct placement_texts *texts;
    struct room_map *room_map; /* NULL: there are few */
};

/* A place that is being looked for. */
struct search {
    const struct leading *leading;
    const struct placement_texts *texts;
    struct placement_wish *wish;
    struct bbox own_ink; /* px: of its symbol, from which the line comes */
    struct leader_way ways[LEADER_DIRECTION_COUNT];
    struct point ends[LEADER_DIRECTION_COUNT]; /* on the ring before: up to there nothing is in the way */
    uint32_t open_ways;                        /* bits: directions that have not been given up */
    double halo_px;                            /* of the label */
    bool keeps_off_lines; /* the label is that of a line: others would be read as its own */
};

bool placement_leaders_may_lead(const struct placement_texts *texts, const struct placement_wish *wish)
{
    bool has_symbol = wish->placed.has_symbol || wish->placed.is_double;
    /* each row of a list is to be found again */
    bool may_symbols = texts->view->crowded == MAP_CROWDED_LEADER || texts->view->numbers;
    return has_symbol ? may_symbols : texts->shown_lines && !wish->is_point && !wish->is_part;
}

/* But for its own symbol. What is in the way is mostly far from that. */
static bool is_free_of_others(const struct search *search, const struct leader *leader)
{
    int count = leader_room_count(leader);
    for (int i = count - 1; i >= 0; i--) {
        struct bbox room = leader_room_at(leader, i, count);
        if (!bbox_intersects(room, search->own_ink) && !box_grid_is_free(search->texts->taken, room)) {
            return false;
        }
    }
    return true;
}

static bool crosses_no_line(const struct search *search, const struct leader *leader)
{
    int count = search->keeps_off_lines ? leader_room_count(leader) : 0;
    for (int i = 0; i < count; i++) {
        if (!placement_lines_keep_off(search->texts->shown_lines, search->wish->feature,
                                      leader_room_at(leader, i, count), 0)) {
            return false;
        }
    }
    return true;
}

static bool is_in_the_way_of_none(const struct search *search, const struct leader *leader)
{
    return is_free_of_others(search, leader) && crosses_no_line(search, leader);
}

static bool is_room_free(const struct search *search, struct point corner)
{
    const struct placement_texts *texts = search->texts;
    const struct feature_label *label = search->wish->label;
    struct bbox room = placement_texts_room(label, corner);
    if ((search->leading->room_map && !room_map_may_have(search->leading->room_map, room)) ||
        !box_grid_is_free(texts->taken, room)) {
        return false;
    }
    return district_contains(texts->district, bbox_grow(room, text_overhang_px(&label->look))) &&
           (!search->keeps_off_lines ||
            (placement_lines_keep_off(texts->shown_lines, search->wish->feature, room, 0) &&
             placement_lines_have_no_sign(texts->shown_lines, room)));
}

static void take(const struct placement_texts *texts, struct placement_wish *wish,
                 const struct leader *leader)
{
    struct leader_rooms rooms = leader_rooms(leader);
    placement_texts_take(texts, wish, wish->placed.text->label_room);
    for (int i = 0; i < rooms.count; i++) {
        placement_texts_take(texts, wish, rooms.items[i]);
    }
    placement_wish_text(wish)->has_leader = true;
    placement_wish_text(wish)->leader = *leader;
}

/* The label of the wish at the end of a line that seems to lead through open ground. */
static bool try_labels(const struct search *search, const struct leader *leader)
{
    struct text_size size = search->wish->label->size;
    for (int i = 0; i < LEADER_LABEL_MOST; i++) {
        struct label_place place;
        if (leader_label_at(leader, size, search->halo_px, i, &place) && is_room_free(search, place.corner)) {
            if (!is_in_the_way_of_none(search, leader)) {
                return false;
            }
            placement_texts_set(search->wish, place);
            take(search->texts, search->wish, leader);
            return true;
        }
    }
    return false;
}

static bool try_way(struct search *search, int ring, int direction)
{
    struct leader leader = leader_to_ring(&search->ways[direction], ring);
    struct leader beyond = {search->ends[direction], leader.to}; /* the ring before */
    if (!is_in_the_way_of_none(search, &beyond) ||
        !district_contains(search->texts->district, leader_ink(&leader))) {
        search->open_ways &= ~(UINT32_C(1) << direction);
        return false;
    }
    search->ends[direction] = leader.to;
    return try_labels(search, &leader);
}

/* Tells how many rings have been looked at. */
static int find_place(struct search *search, bool *is_found)
{
    *is_found = false;
    int ring = 0;
    for (; ring < LEADER_RING_COUNT && search->open_ways && !*is_found; ring++) {
        for (uint32_t left = search->open_ways; left && !*is_found; left &= left - 1) {
            *is_found = try_way(search, ring, __builtin_ctz(left));
        }
    }
    return ring;
}

/* Around all places on the first so many rings. */
static struct bbox looked_at(const struct leader_start *start, const struct feature_label *label, int rings)
{
    double line = leader_ring_px(rings - 1) * start->scale + LEADER_REACH_PX + 1;
    struct bbox ends = bbox_grow(start->ink, line);
    double right = label->size.width_px + 2 * label->look.halo_px + 2;
    double down = label->size.height_px + 2 * label->look.halo_px + 2;
    return (struct bbox){ends.min_x - right, ends.min_y - down, ends.max_x + right, ends.max_y + down};
}

/* In a crowd most learn here that there is none left. */
static bool may_find_room(const struct leading *leading, const struct placement_wish *wish,
                          const struct leader_start *start)
{
    struct bbox room = placement_texts_room(wish->label, start->place);
    return !leading->room_map ||
           room_map_may_have_within(leading->room_map, bbox_width(room), bbox_height(room),
                                    looked_at(start, wish->label, LEADER_RING_COUNT));
}

static bool lead_from(const struct leading *leading, struct placement_wish *wish,
                      const struct leader_start *start, bool keeps_off_lines)
{
    if (!may_find_room(leading, wish, start)) {
        placement_wish_look(wish, looked_at(start, wish->label, LEADER_RING_COUNT));
        return false;
    }
    const struct text_look *look = &wish->label->look;
    struct search search = {.leading = leading,
                            .texts = leading->texts,
                            .wish = wish,
                            .own_ink = placed_ink(&wish->placed),
                            .open_ways = (UINT32_C(1) << LEADER_DIRECTION_COUNT) - 1,
                            .halo_px = look->halo.alpha > 0 ? look->halo_px : 0,
                            .keeps_off_lines = keeps_off_lines};
    for (int i = 0; i < LEADER_DIRECTION_COUNT; i++) {
        search.ways[i] = leader_way_out(start, i);
        search.ends[i] = search.ways[i].from;
    }
    bool is_found;
    int rings = find_place(&search, &is_found);
    placement_wish_look(wish, looked_at(start, wish->label, rings));
    return is_found;
}

/* From where neither another line nor a symbol is near, so that it is seen which one is meant. */
static bool lead_from_line(const struct leading *leading, struct placement_wish *wish)
{
    const struct placement_texts *texts = leading->texts;
    double reach = placement_beside_stroke_px(wish->feature, wish->label->palette);
    double away = ALONE_PX * texts->view->symbol_scale;
    struct placement_beside beside;
    placement_beside_init(&beside, wish->feature);
    for (int i = 0; i < PLACEMENT_BESIDE_PLACES; i++) {
        const struct placement_spot *spot = placement_beside_spot(&beside, i);
        if (!spot || !district_holds(texts->district, spot->at)) {
            continue;
        }
        struct bbox around = bbox_grow(bbox_of_points(&spot->at, 1), reach);
        if (box_grid_is_free(texts->taken, bbox_grow(around, 2 * away)) &&
            placement_lines_keep_off(texts->shown_lines, wish->feature, around, away) &&
            lead_from(leading, wish, &(struct leader_start){spot->at, around, texts->view->symbol_scale},
                      true)) {
            return true;
        }
    }
    return false;
}

static bool lead_from_symbol(const struct leading *leading, struct placement_wish *wish)
{
    struct leader_start start = {wish->placed.place, placed_ink(&wish->placed),
                                 leading->texts->view->symbol_scale};
    return lead_from(leading, wish, &start, false);
}

static bool lead(const struct leading *leading, struct placement_wish *wish)
{
    bool has_symbol = wish->placed.has_symbol || wish->placed.is_double;
    return has_symbol ? lead_from_symbol(leading, wish) : lead_from_line(leading, wish);
}

static bool place_shortened(const struct leading *leading, struct placement_wish *wish)
{
    return (wish->is_home && placement_labels_place_one(leading->texts, wish)) || lead(leading, wish);
}

static void decide(const struct leading *leading, struct placement_wish *wish)
{
    placement_sayings_drop(wish, false); /* that of an earlier placement */
    bool is_sketch = placement_sayings_sketch(leading->texts, wish);
    if (!is_sketch) {
        placement_sayings_find(leading->texts, wish);
    }
    bool is_placed = lead(leading, wish);
    if (!is_placed && placement_sayings_shorten(leading->texts, wish, &is_sketch)) {
        is_placed = place_shortened(leading, wish);
    }
    if (is_placed && is_sketch) {
        placement_sayings_make(leading->texts, wish);
    } else if (!is_placed) {
        placement_sayings_drop(wish, is_sketch);
    }
}

static void keep(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placed_text *old = wish->old->placed.text;
    if (old->has_leader) {
        placement_texts_set(wish, (struct label_place){old->label_place, old->label_align});
        take(texts, wish, &old->leader);
    } else {
        placement_texts_keep(texts, wish);
    }
}

static bool is_decided_as_before(const struct placement_wish *wish)
{
    const struct placed_text *now = wish->placed.text;
    if (!wish->is_label_same || now->has_leader != wish->old->placed.text->has_leader ||
        !placement_texts_is_label_same(wish)) {
        return false;
    }
    return !now->has_leader ||
           memcmp(&now->leader, &wish->old->placed.text->leader, sizeof(now->leader)) == 0;
}

static void place(const struct leading *leading, struct placement_wish *wish)
{
    const struct placement_texts *texts = leading->texts;
    if (wish->is_label_same && placement_unrest_spares_texts(texts->unrest, wish)) {
        keep(texts, wish);
        return;
    }
    decide(leading, wish);
    if (!is_decided_as_before(wish)) {
        placement_unrest_note_texts(texts->unrest, wish);
    }
}

void placement_leaders_place(const struct placement_texts *texts)
{
    bool are_many = texts->unplaced.count >= MANY_UNPLACED && texts->view->crowded == MAP_CROWDED_LEADER &&
                    !texts->unrest->places;
    struct leading leading = {.texts = texts,
                              .room_map = are_many ? room_map_new(texts->taken, texts->district) : NULL};
    for (size_t i = 0; i < texts->unplaced.count; i++) {
        struct placement_wish *wish = placement_wishes_at(texts->wishes, texts->unplaced.items[i]);
        if (placement_leaders_may_lead(texts, wish)) {
            place(&leading, wish);
        }
    }
    room_map_free(leading.room_map);
}
