/*
 * placement_texts.c - see placement_texts.h.
 */
#include "render/placement/placement_texts.h"

#include <string.h>

#include "render/placement/box_grid.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/placement/placement_wishes.h"
#include "render/text/text_along.h"

void placement_texts_finish(struct placement_texts *texts)
{
    numbers_finish(&texts->unplaced);
    numbers_finish(&texts->lines);
}

void placement_texts_take(const struct placement_texts *texts, const struct placement_wish *wish,
                          struct bbox box)
{
    box_grid_add(texts->taken, box, (uint32_t)(wish - texts->wishes->items));
}

void placement_texts_set(struct placement_wish *wish, struct label_place place)
{
    struct placed_text *text = placement_wish_text(wish);
    text->label = wish->label->text;
    text->label_look = wish->label->look;
    text->label_place = place.corner;
    text->label_align = place.align;
    text->is_number = wish->label->number > 0;
    text->label_room = placement_texts_room(wish->label, place.corner);
    text->label_ink = bbox_grow(text->label_room, text_overhang_px(&wish->label->look));
}

bool placement_texts_may_try(const struct placement_texts *texts, const struct placement_wish *wish,
                             struct label_place place)
{
    struct bbox room = placement_texts_room(wish->label, place.corner);
    double overhang = text_overhang_px(&wish->label->look);
    return district_contains(texts->district, bbox_grow(room, overhang)) &&
           box_grid_is_free(texts->taken, room);
}

bool placement_texts_try(const struct placement_texts *texts, struct placement_wish *wish,
                         struct label_place place)
{
    struct bbox room = placement_texts_room(wish->label, place.corner);
    double overhang = text_overhang_px(&wish->label->look);
    struct label_places one;
    one.items[0] = place;
    one.count = 1;
    return district_contains(texts->district, bbox_grow(room, overhang)) &&
           placement_texts_try_all_inside(texts, wish, &one);
}

struct bbox placement_texts_rooms(const struct feature_label *label, const struct label_places *places,
                                  int count)
{
    if (count == 0) {
        return bbox_empty();
    }
    struct point least = places->items[0].corner;
    struct point most = least;
    for (int i = 1; i < count; i++) {
        struct point corner = places->items[i].corner;
        least.x = corner.x < least.x ? corner.x : least.x;
        least.y = corner.y < least.y ? corner.y : least.y;
        most.x = corner.x > most.x ? corner.x : most.x;
        most.y = corner.y > most.y ? corner.y : most.y;
    }
    return bbox_union(placement_texts_room(label, least), placement_texts_room(label, most));
}

bool placement_texts_try_all_inside(const struct placement_texts *texts, struct placement_wish *wish,
                                    const struct label_places *places)
{
    int tried = 0;
    bool is_free = false;
    while (tried < places->count && !is_free) {
        struct bbox room = placement_texts_room(wish->label, places->items[tried++].corner);
        is_free = box_grid_is_free(texts->taken, room);
    }
    placement_wish_look(wish, placement_texts_rooms(wish->label, places, tried));
    if (is_free) {
        placement_texts_set(wish, places->items[tried - 1]);
        placement_texts_take(texts, wish, wish->placed.text->label_room);
    }
    return is_free;
}

void placement_texts_keep(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placed_text *old = wish->old->placed.text;
    if (old->label) {
        placement_texts_set(wish, (struct label_place){old->label_place, old->label_align});
        placement_texts_take(texts, wish, wish->placed.text->label_room);
    }
}

void placement_texts_keep_alongs(const struct placement_texts *texts, struct placement_wish *wish,
                                 size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        struct text_along *along = wish->old->placed.text->alongs.items[i];
        text_alongs_add(&placement_wish_text(wish)->alongs, along);
        for (size_t k = 0; k < along->room_count; k++) {
            placement_texts_take(texts, wish, along->rooms[k]);
        }
    }
}

bool placement_texts_are_alongs_same(const struct placement_wish *wish, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (!text_along_equals(wish->placed.text->alongs.items[i], wish->old->placed.text->alongs.items[i])) {
            return false;
        }
    }
    return true;
}

bool placement_texts_is_label_same(const struct placement_wish *wish)
{
    const struct placed_text *now = wish->placed.text;
    const struct placed_text *before = wish->old->placed.text;
    if (!now->label || !before->label) {
        return now->label == before->label;
    }
    return now->label_place.x == before->label_place.x && now->label_place.y == before->label_place.y &&
           now->label_align == before->label_align && strcmp(now->label, before->label) == 0;
}

struct placement_along placement_texts_along(const struct placement_texts *texts, struct placement_wish *wish)
{
    return (struct placement_along){.renderer = texts->renderer,
                                    .view = texts->view,
                                    .feature = wish->feature,
                                    .district = texts->district,
                                    .taken = texts->taken,
                                    .shown_lines = texts->shown_lines,
                                    .number = (uint32_t)(wish - texts->wishes->items),
                                    .alongs = &placement_wish_text(wish)->alongs,
                                    .looked = bbox_empty()};
}
