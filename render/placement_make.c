/*
 * placement_make.c - first every symbol with its numbers (placement_symbols.c), then every label, most
 * important first, then what is repeated along lines. So no label covers a symbol, however unimportant. All
 * places are whole px; what is compared are boxes of ink.
 */
#include "render/placement_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/box_grid.h"
#include "render/district.h"
#include "render/feature_labels.h"
#include "render/label_places.h"
#include "render/map_view.h"
#include "render/placement_along.h"
#include "render/placement_badges.h"
#include "render/placement_parts.h"
#include "render/placement_symbols.h"
#include "render/placement_wishes.h"
#include "render/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene.h"
#include "symbology/symbol_set.h"

#define CELL_PX 64.0
#define GAP_PX 2.0

struct maker {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox district;
    struct placement *placement;
    struct placement_wishes wishes;
    struct box_grid *taken; /* of the placement */
};

/* The label of a symbol without its numbers says them, as that of a small one does. */
static enum symbol_detail label_detail(const struct placed *placed)
{
    return placed->detail == DETAIL_FULL && !placed->has_numbers ? DETAIL_SMALL : placed->detail;
}

/* What a label says depends on how its symbol is drawn: first all symbols are placed. */
static void find_label(struct maker *maker, struct placement_wish *wish)
{
    struct feature_labels *labels = maker->renderer->feature_labels;
    const struct feature *feature = wish->feature->feature;
    enum palette palette = maker->view->palette;
    double scale = maker->view->symbol_scale;
    enum symbol_detail detail = label_detail(&wish->placed);
    struct feature_label *label =
        wish->is_part ? feature_labels_get_part(labels, feature, wish->feature->entry, wish->placed.part - 1,
                                                palette, scale)
                      : feature_labels_get(labels, feature, wish->feature->entry, detail, palette, scale);
    maker->placement->labels[maker->placement->label_count++] = label;
    wish->label = label->text ? label : NULL;
}

/* A name along a line stands on what of it is in the district, wherever its middle is. */
static bool is_along_here(const struct placement_wish *wish)
{
    return !wish->is_part && placement_along_wants_name(wish->feature);
}

/* Labels beside dots would say more than the map at that scale does; lines and areas must be long enough. */
static bool deserves_label(const struct placement_wish *wish)
{
    if (wish->is_part) {
        return wish->label &&
               placement_parts_deserves_name(wish->feature, wish->placed.part - 1, wish->label->size);
    }
    if (!wish->label || !(wish->is_home || is_along_here(wish))) {
        return false;
    }
    if (wish->placed.feature->shape->kind == SHAPE_POINT) {
        return wish->placed.detail != DETAIL_DOT || wish->placed.is_crowded ||
               wish->placed.feature->code.detail == DETAIL_DOT;
    }
    struct bbox box = wish->feature->shape->box;
    return fmax(bbox_width(box), bbox_height(box)) >= wish->label->size.height_px;
}

static struct label_places places_for(const struct maker *maker, const struct placement_wish *wish)
{
    struct text_size size = wish->label->size;
    double gap = GAP_PX * maker->view->symbol_scale + wish->label->look.halo_px;
    struct bbox box = wish->feature->shape->box;
    if (wish->is_part) {
        return placement_parts_places(wish->feature, wish->placed.part - 1, size, maker->district);
    }
    if (wish->placed.has_symbol || wish->placed.is_double) {
        return label_places_around(wish->placed.symbol_ink, size, gap);
    }
    if (wish->placed.feature->shape->kind == SHAPE_LINE) {
        struct line_look look = scene_line_look(wish->feature, maker->view->palette);
        return label_places_along(wish->placed.place, size, gap + line_look_reach_px(&look));
    }
    bool has_named_parts = placement_parts_count(wish->feature) > 0; /* whose names stand inside */
    if (!has_named_parts && bbox_width(box) >= size.width_px && bbox_height(box) >= size.height_px) {
        return label_places_inside(wish->placed.place, size);
    }
    return label_places_around(box, size, gap);
}

static void take_place(struct maker *maker, struct placement_wish *wish, struct label_place place,
                       struct bbox room)
{
    struct placed *placed = &wish->placed;
    double overhang = text_overhang_px(&wish->label->look);
    placed->label = wish->label->text;
    placed->label_look = wish->label->look;
    placed->label_place = place.corner;
    placed->label_align = place.align;
    placed->label_room = room;
    placed->label_ink = bbox_grow(room, overhang);
    maker->placement->overhang_px = fmax(maker->placement->overhang_px, overhang);
}

/* The room of a label at a place: its text box with the halo. */
static struct bbox room_at(const struct feature_label *label, struct point corner)
{
    double halo = label->look.halo.alpha > 0 ? label->look.halo_px : 0;
    struct bbox box = {corner.x, corner.y, corner.x + label->size.width_px, corner.y + label->size.height_px};
    return bbox_grow(box, halo);
}

static bool try_place(struct maker *maker, struct placement_wish *wish, struct label_place place,
                      uint32_t rank)
{
    struct bbox room = room_at(wish->label, place.corner);
    double overhang = text_overhang_px(&wish->label->look);
    if (!district_contains(maker->district, bbox_grow(room, overhang)) ||
        !box_grid_is_free(maker->taken, room)) {
        return false;
    }
    box_grid_add(maker->taken, room, rank);
    take_place(maker, wish, place, room);
    return true;
}

/* Moves a place that crosses the border of the district just inside. False when it does not cross it. */
static bool move_inward(const struct maker *maker, const struct feature_label *label,
                        struct label_place *place)
{
    double overhang = text_overhang_px(&label->look);
    struct bbox ink = bbox_grow(room_at(label, place->corner), overhang);
    if (district_contains(maker->district, ink)) {
        return false;
    }
    struct bbox district = maker->district;
    double right = fmax(0, ceil(district.min_x - ink.min_x)) - fmax(0, ceil(ink.max_x - district.max_x));
    double down = fmax(0, ceil(district.min_y - ink.min_y)) - fmax(0, ceil(ink.max_y - district.max_y));
    place->corner = (struct point){place->corner.x + right, place->corner.y + down};
    return true;
}

static bool place_label(struct maker *maker, struct placement_wish *wish, uint32_t rank)
{
    struct label_places places = places_for(maker, wish);
    for (int i = 0; i < places.count; i++) {
        if (try_place(maker, wish, places.items[i], rank)) {
            return true;
        }
    }
    for (int i = 0; i < places.count && !wish->is_part; i++) {
        if (move_inward(maker, wish->label, &places.items[i]) &&
            try_place(maker, wish, places.items[i], rank)) {
            return true;
        }
    }
    return false;
}

static bool is_free_of_others(const struct maker *maker, const struct leader *leader, struct bbox own_ink)
{
    struct leader_rooms rooms = leader_rooms(leader);
    for (int i = 0; i < rooms.count; i++) {
        if (!bbox_intersects(rooms.items[i], own_ink) && !box_grid_is_free(maker->taken, rooms.items[i])) {
            return false;
        }
    }
    return district_contains(maker->district, leader_ink(leader));
}

static bool try_leader(struct maker *maker, struct placement_wish *wish, const struct leader_place *place,
                       uint32_t rank)
{
    if (!is_free_of_others(maker, &place->leader, wish->placed.symbol_ink) ||
        !try_place(maker, wish, place->label, rank)) {
        return false;
    }
    struct leader_rooms rooms = leader_rooms(&place->leader);
    for (int i = 0; i < rooms.count; i++) {
        box_grid_add(maker->taken, rooms.items[i], rank);
    }
    wish->placed.has_leader = true;
    wish->placed.leader = place->leader;
    maker->placement->leader_count++;
    return true;
}

/* Some way off the symbol. */
static bool place_with_leader(struct maker *maker, struct placement_wish *wish, uint32_t rank)
{
    const struct placed *placed = &wish->placed;
    double halo = wish->label->look.halo.alpha > 0 ? wish->label->look.halo_px : 0;
    struct leader_places places = leader_places_around(placed->place, placed->symbol_ink, wish->label->size,
                                                       halo, maker->view->symbol_scale);
    for (int i = 0; i < places.count; i++) {
        if (try_leader(maker, wish, &places.items[i], rank)) {
            return true;
        }
    }
    return false;
}

static struct placement_along along_of(const struct maker *maker, struct placement_wish *wish, uint32_t rank)
{
    return (struct placement_along){.renderer = maker->renderer,
                                    .view = maker->view,
                                    .feature = wish->feature,
                                    .district = maker->district,
                                    .taken = maker->taken,
                                    .rank = rank,
                                    .placed = &wish->placed};
}

static void note_overhang(struct maker *maker, const struct placed *placed)
{
    struct placement *placement = maker->placement;
    if (placed->alongs.count > 0) {
        placement->overhang_px = fmax(placement->overhang_px, TEXT_ALONG_OVERHANG_PX);
    }
}

/* Along its line when that has a stretch for it, else beside it. True too when it belongs elsewhere. */
static bool place_name(struct maker *maker, struct placement_wish *wish, uint32_t rank)
{
    struct placement_along along = along_of(maker, wish, rank);
    bool is_along = is_along_here(wish) && placement_along_name(&along, wish->label->text);
    note_overhang(maker, &wish->placed);
    if (is_along) {
        return true;
    }
    bool is_here = wish->is_home || wish->is_part;
    return (is_here && place_label(maker, wish, rank)) || !wish->is_home;
}

static void find_labels(struct maker *maker)
{
    maker->placement->labels = memory_new(maker->wishes.count, sizeof(*maker->placement->labels));
    for (size_t i = 0; i < maker->wishes.count; i++) {
        struct placement_wish *wish = &maker->wishes.items[i];
        bool is_here = wish->is_home || wish->is_part || is_along_here(wish);
        if (wish->is_named && !wish->is_counted && is_here) {
            find_label(maker, wish);
        }
    }
}

/* In the middle of badges, wherever else labels may stand. */
static void number_badges(struct maker *maker)
{
    for (size_t i = 0; i < maker->wishes.count; i++) {
        struct placement_wish *wish = &maker->wishes.items[i];
        const struct placed *placed = &wish->placed;
        if (placed->badge_count == 0 || !wish->is_home) {
            continue;
        }
        struct feature_label *label =
            feature_labels_get_count(maker->renderer->feature_labels, placed->feature, placed->badge_count,
                                     maker->view->palette, maker->view->symbol_scale);
        maker->placement->labels[maker->placement->label_count++] = label;
        wish->label = label;
        struct point corner = {round(placed->place.x - label->size.width_px / 2),
                               round(placed->place.y - label->size.height_px / 2)};
        take_place(maker, wish, (struct label_place){corner, TEXT_CENTRE}, room_at(label, corner));
        wish->label = NULL; /* it has its place */
    }
}

static void place_labels(struct maker *maker)
{
    find_labels(maker);
    number_badges(maker);
    for (uint32_t rank = 0; rank < maker->wishes.count; rank++) {
        struct placement_wish *wish = placement_wishes_at(&maker->wishes, rank);
        wish->is_unplaced = deserves_label(wish) && !place_name(maker, wish, rank);
    }
}

/* Where they would not be read otherwise, and the map wants them. */
static void place_leaders(struct maker *maker)
{
    for (uint32_t rank = 0; rank < maker->wishes.count; rank++) {
        struct placement_wish *wish = placement_wishes_at(&maker->wishes, rank);
        bool is_at_symbol = wish->placed.has_symbol || wish->placed.is_double;
        if (wish->is_unplaced && is_at_symbol && place_with_leader(maker, wish, rank)) {
            wish->is_unplaced = false;
        }
    }
}

static void note_gaps(struct maker *maker)
{
    struct placement *placement = maker->placement;
    placement->gaps = memory_new(placement->label_count + 1, sizeof(*placement->gaps));
    for (uint32_t rank = 0; rank < maker->wishes.count; rank++) {
        const struct placement_wish *wish = placement_wishes_at(&maker->wishes, rank);
        if (wish->is_unplaced) {
            placement->gaps[placement->gap_count++] =
                (struct placement_gap){wish->placed.feature, wish->placed.place};
        }
    }
    placement->gaps = memory_resize(placement->gaps, placement->gap_count + 1, sizeof(*placement->gaps));
}

/* The text that a feature repeats; NULL: none. */
static const char *repeated_text(const struct placement_wish *wish)
{
    if (wish->is_part) {
        return NULL;
    }
    if (placement_along_wants_letters(wish->feature)) {
        return wish->feature->entry->letters;
    }
    return placement_along_wants_name(wish->feature) && wish->placed.alongs.count > 0 ? wish->label->text
                                                                                      : NULL;
}

static void repeat_texts(struct maker *maker)
{
    int budget = PLACEMENT_ALONG_BUDGET;
    for (uint32_t rank = 0; rank < maker->wishes.count; rank++) {
        struct placement_wish *wish = placement_wishes_at(&maker->wishes, rank);
        const char *text = repeated_text(wish);
        if (!text) {
            continue;
        }
        struct placement_along along = along_of(maker, wish, rank);
        size_t before = wish->placed.alongs.count;
        placement_along_repeat(&along, text, budget < PLACEMENT_ALONG_MOST ? budget : PLACEMENT_ALONG_MOST);
        note_overhang(maker, &wish->placed);
        budget -= (int)(wish->placed.alongs.count - before);
    }
}

/* Is there something of it in the district to paint, or to report? */
static bool is_seen(const struct maker *maker, const struct placed *placed)
{
    bool is_symbol_seen = (placed->has_symbol || placed->is_double) &&
                          !bbox_is_empty(district_part(maker->district, placed->symbol_ink));
    return is_symbol_seen || placed->label || placed->alongs.count > 0;
}

static void take_items(struct maker *maker, bool is_crowded)
{
    struct placement *placement = maker->placement;
    for (size_t rank = maker->wishes.count; rank-- > 0;) {
        const struct placed *placed = &placement_wishes_at(&maker->wishes, rank)->placed;
        if (placed->is_crowded == is_crowded && is_seen(maker, placed)) {
            placement->item_of[rank] = (uint32_t)placement->count;
            placement->items[placement->count++] = *placed;
        }
    }
}

/* Wishes stand in the order of plot, id and part. */
static void put_in_order(struct maker *maker)
{
    struct placement *placement = maker->placement;
    uint32_t *item_of_wish = memory_new(placement->rank_count, sizeof(*item_of_wish));
    for (size_t rank = 0; rank < placement->rank_count; rank++) {
        const struct placement_wish *wish = placement_wishes_at(&maker->wishes, rank);
        item_of_wish[wish - maker->wishes.items] = placement->item_of[rank];
    }
    placement->in_order = memory_new(placement->count, sizeof(*placement->in_order));
    size_t count = 0;
    for (size_t i = 0; i < placement->rank_count; i++) {
        if (item_of_wish[i] != PLACEMENT_NO_ITEM) {
            placement->in_order[count++] = item_of_wish[i];
        }
    }
    free(item_of_wish);
}

static void take_all(struct maker *maker)
{
    struct placement *placement = maker->placement;
    placement->items = memory_new(maker->wishes.count, sizeof(*placement->items));
    placement->item_of = memory_new(maker->wishes.count, sizeof(*placement->item_of));
    placement->rank_count = maker->wishes.count;
    for (size_t rank = 0; rank < placement->rank_count; rank++) {
        placement->item_of[rank] = PLACEMENT_NO_ITEM;
    }
    take_items(maker, false);
    take_items(maker, true);
    placement->items = memory_resize(placement->items, placement->count + 1, sizeof(*placement->items));
    put_in_order(maker);
}

struct placement *placement_new(struct renderer *renderer, const struct map_view *view,
                                const struct scene *scene, struct fault *fault)
{
    struct maker maker = {.renderer = renderer, .view = view, .district = scene_district(scene)};
    maker.placement = memory_new(1, sizeof(*maker.placement));
    maker.taken = maker.placement->taken = box_grid_new(CELL_PX);
    placement_wishes_init(&maker.wishes, view, scene);
    if (view->crowded == MAP_CROWDED_COUNT) {
        placement_badges_gather(view, &maker.wishes, maker.placement);
    }
    if (placement_symbols_place(renderer, view, &maker.wishes, maker.taken, fault)) {
        place_labels(&maker);
        if (view->crowded == MAP_CROWDED_LEADER) {
            place_leaders(&maker);
        }
        note_gaps(&maker);
        repeat_texts(&maker);
        take_all(&maker);
    } else {
        placement_free(maker.placement);
        maker.placement = NULL;
    }
    placement_wishes_finish(&maker.wishes);
    return maker.placement;
}

void placement_free(struct placement *placement)
{
    if (!placement) {
        return;
    }
    for (size_t i = 0; i < placement->label_count; i++) {
        feature_label_unref(placement->labels[i]);
    }
    for (size_t i = 0; i < placement->count; i++) {
        text_alongs_finish(&placement->items[i].alongs);
    }
    box_grid_free(placement->taken);
    free(placement->item_of);
    free(placement->in_order);
    free(placement->labels);
    free(placement->items);
    free(placement->gaps);
    free(placement->counted);
    free(placement);
}

static size_t along_bytes(const struct placement *placement)
{
    size_t bytes = 0;
    for (size_t i = 0; i < placement->count; i++) {
        const struct text_alongs *alongs = &placement->items[i].alongs;
        for (size_t j = 0; j < alongs->count; j++) {
            bytes += text_along_bytes(alongs->items[j]);
        }
    }
    return bytes;
}

size_t placement_bytes(const struct placement *placement)
{
    return placement->count * (sizeof(struct placed) + sizeof(uint32_t)) +
           placement->rank_count * sizeof(uint32_t) + box_grid_bytes(placement->taken) +
           placement->rank_count * sizeof(struct feature_label *) +
           placement->gap_count * sizeof(struct placement_gap) +
           placement->counted_count * sizeof(struct placement_counted) + along_bytes(placement);
}
