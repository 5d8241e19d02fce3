/*
 * placement_labels.c - every label takes the first of its places that is free.
 */
#include "render/placement/placement_labels.h"

#include <math.h>
#include <string.h>

#include "data/feature.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/map_view.h"
#include "render/placement/placement_beside.h"
#include "render/placement/placement_hem.h"
#include "render/placement/placement_leaders.h"
#include "render/placement/placement_lines.h"
#include "render/placement/placement_parts.h"
#include "render/placement/placement_sayings.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/text/text_along.h"
#include "symbology/symbol_set.h"

#define ALONG_LEAST 0.5 /* of its width: a name does not stand along a line that is shorter */

/* A name along a line stands on what of it is in the district, wherever its middle is. */
static bool is_along_here(const struct placement_texts *texts, const struct placement_wish *wish)
{
    return !wish->is_point && !wish->is_part && placement_along_wants_name(wish->feature) &&
           !bbox_is_empty(district_part(texts->district, plot_shape_box(wish->feature->shape)));
}

/* Labels beside dots would say more than the map at that scale does; numbers do not. */
static bool deserves_label(const struct placement_texts *texts, const struct placement_wish *wish)
{
    if (!wish->is_named || wish->is_counted) {
        return false;
    }
    if (wish->is_part) {
        return true;
    }
    if (!wish->is_point) {
        return wish->is_home || is_along_here(texts, wish) || texts->view->numbers;
    }
    bool is_more_than_dot =
        wish->placed.detail != DETAIL_DOT || wish->placed.is_crowded || wish->forced_detail == DETAIL_DOT;
    return wish->is_home && (is_more_than_dot || texts->view->numbers);
}

/* Lines and areas must be as long as a letter is high, parts of templates large enough for their names. */
static bool has_text_that_fits(const struct placement_wish *wish)
{
    const struct feature_label *label = wish->label;
    if (!label->text || wish->is_point) {
        return label->text != NULL;
    }
    if (wish->is_part) {
        return placement_parts_deserves_name(wish->feature, wish->placed.part - 1, label->size);
    }
    struct bbox box = plot_shape_own_box(wish->feature->shape);
    return fmax(bbox_width(box), bbox_height(box)) >= label->size.height_px;
}

/* A symbol, which its label is seen to belong to. */
static bool has_symbol(const struct placement_wish *wish)
{
    return wish->placed.has_symbol || wish->placed.is_double;
}

static struct label_places places_for(const struct placement_texts *texts, const struct placement_wish *wish)
{
    struct text_size size = wish->label->size;
    double gap = placement_texts_gap_px(texts, &wish->label->look);
    if (wish->is_part) {
        return placement_parts_places(wish->feature, wish->placed.part - 1, size, texts->district);
    }
    if (has_symbol(wish)) {
        return label_places_around(placed_ink(&wish->placed), size, gap);
    }
    if (wish->placed.feature->shape->kind == SHAPE_LINE) {
        struct line_look look = scene_line_look(wish->feature, texts->view->palette);
        return label_places_along(wish->placed.place, size, gap + line_look_reach_px(&look));
    }
    struct bbox box = plot_shape_own_box(wish->feature->shape);
    bool has_named_parts = placement_parts_count(wish->feature) > 0; /* whose names stand inside */
    if (!has_named_parts && bbox_width(box) >= size.width_px && bbox_height(box) >= size.height_px) {
        return label_places_inside(wish->placed.place, size);
    }
    return label_places_around(box, size, gap);
}

/* Moves a place that crosses the border of the district just inside. False when it does not cross it, and of
 * what lies beyond the tile matrix: its label would stand far from it. */
static bool move_inward(const struct placement_texts *texts, const struct placement_wish *wish,
                        struct label_place *place)
{
    const struct feature_label *label = wish->label;
    struct point at = wish->placed.place;
    if (!district_contains(texts->district, (struct bbox){at.x, at.y, at.x, at.y})) {
        return false;
    }
    double overhang = text_overhang_px(&label->look);
    struct bbox ink = bbox_grow(placement_texts_room(label, place->corner), overhang);
    if (district_contains(texts->district, ink)) {
        return false;
    }
    struct bbox district = texts->district;
    double right = fmax(0, ceil(district.min_x - ink.min_x)) - fmax(0, ceil(ink.max_x - district.max_x));
    double down = fmax(0, ceil(district.min_y - ink.min_y)) - fmax(0, ceil(ink.max_y - district.max_y));
    place->corner = (struct point){place->corner.x + right, place->corner.y + down};
    return true;
}

/* What a label would do to lines, the least first. */
enum harm {
    HARM_NONE,
    HARM_NEAR_DRAWINGS, /* it may stand on one of those along a line */
    HARM_HIDES,         /* the head of an arrow, or a line; in its area a name is still seen to be that */
    HARM_COUNT          /* it would name another line: it stands elsewhere, or nowhere */
};

static enum harm harm_of(const struct placement_texts *texts, const struct placement_wish *wish,
                         struct point corner)
{
    if (!texts->shown_lines || wish->is_part) {
        return HARM_NONE;
    }
    struct bbox room = placement_texts_room(wish->label, corner);
    if (placement_lines_are_spent(texts->shown_lines)) {
        return HARM_COUNT;
    }
    if (!has_symbol(wish)) {
        return placement_lines_are_told_apart(texts->shown_lines, wish->feature, room) ? HARM_NONE
               : placement_lines_is_inside(wish->feature, room)                        ? HARM_HIDES
                                                                                       : HARM_COUNT;
    }
    return placement_lines_have_no_sign(texts->shown_lines, room)   ? HARM_NONE
           : placement_lines_have_no_head(texts->shown_lines, room) ? HARM_NEAR_DRAWINGS
                                                                    : HARM_HIDES;
}

/* Then none crosses the border of the district. */
static bool are_all_inside(const struct placement_texts *texts, const struct feature_label *label,
                           const struct label_places *places)
{
    struct bbox rooms = placement_texts_rooms(label, places, places->count);
    return district_contains(texts->district, bbox_grow(rooms, text_overhang_px(&label->look)));
}

static bool try_places(const struct placement_texts *texts, struct placement_wish *wish,
                       const struct label_places *places)
{
    for (int i = 0; i < places->count; i++) {
        if (placement_texts_try(texts, wish, places->items[i])) {
            return true;
        }
    }
    for (int i = 0; i < places->count && !wish->is_part; i++) {
        struct label_place place = places->items[i];
        if (move_inward(texts, wish, &place) && placement_texts_try(texts, wish, place)) {
            return true;
        }
    }
    return false;
}

/* The place that does the least harm among those that have been looked at. */
struct choice {
    struct label_place place;
    enum harm harm;
};

/* What a place would do to lines is asked only where nothing else is in the way. */
static void consider(const struct placement_texts *texts, const struct placement_wish *wish,
                     struct label_place place, struct choice *choice)
{
    if (choice->harm == HARM_NONE || !placement_texts_may_try(texts, wish, place)) {
        return;
    }
    enum harm harm = harm_of(texts, wish, place.corner);
    if (harm < choice->harm) {
        *choice = (struct choice){place, harm};
    }
}

/* On a page. */
static bool try_places_among_lines(const struct placement_texts *texts, struct placement_wish *wish,
                                   const struct label_places *places)
{
    struct choice choice = {.harm = HARM_COUNT};
    for (int i = 0; i < places->count; i++) {
        consider(texts, wish, places->items[i], &choice);
    }
    for (int i = 0; i < places->count && !wish->is_part; i++) {
        struct label_place place = places->items[i];
        if (move_inward(texts, wish, &place)) {
            consider(texts, wish, place, &choice);
        }
    }
    return choice.harm < HARM_COUNT && placement_texts_try(texts, wish, choice.place);
}

bool placement_labels_place_one(const struct placement_texts *texts, struct placement_wish *wish)
{
    struct label_places places = places_for(texts, wish);
    if (texts->shown_lines) {
        return try_places_among_lines(texts, wish, &places);
    }
    return are_all_inside(texts, wish->label, &places) ? placement_texts_try_all_inside(texts, wish, &places)
                                                       : try_places(texts, wish, &places);
}

/* Numbers stand level, so they are not set along their line. */
static bool place_number(const struct placement_texts *texts, struct placement_wish *wish)
{
    double gap = placement_texts_gap_px(texts, &wish->label->look);
    return (wish->is_home && placement_labels_place_one(texts, wish)) ||
           placement_beside_place(texts, wish, gap);
}

/* Along its line when that has a stretch for it, else beside it. True too when it belongs elsewhere: a page
 * has nothing but what it shows. */
static bool place_name(const struct placement_texts *texts, struct placement_wish *wish)
{
    double least_px = ALONG_LEAST * wish->label->size.width_px;
    if (is_along_here(texts, wish) && placement_along_is_long(wish->feature, least_px)) {
        struct placement_along along = placement_texts_along(texts, wish);
        bool is_along = placement_along_name(&along, wish->label->text);
        wish->name_count = (uint16_t)along.alongs->count;
        placement_wish_look(wish, along.looked);
        if (is_along) {
            return true;
        }
        placement_wish_forget_no_text(wish);
    }
    bool is_here = wish->is_home || wish->is_part;
    bool belongs_here = wish->is_home || (texts->shown_lines && !wish->is_part);
    return (is_here && placement_labels_place_one(texts, wish)) || !belongs_here;
}

static bool place_text(const struct placement_texts *texts, struct placement_wish *wish)
{
    return wish->label->number > 0 ? place_number(texts, wish) : place_name(texts, wish);
}

/* Is a second line left out before less important labels take the places? */
static bool may_be_shortened(const struct placement_texts *texts, const struct placement_wish *wish)
{
    const struct placed_text *text = wish->placed.text;
    return !text->label && text->alongs.count == 0 && !placement_leaders_may_lead(texts, wish);
}

/* Of a million labels nearly none has a place: only they are kept. */
static void keep_label(const struct placement_texts *texts, struct placement_wish *wish, bool is_sketch)
{
    const struct placed_text *text = wish->placed.text;
    bool is_needed = text->label || text->alongs.count > 0;
    if (is_needed && is_sketch) {
        placement_sayings_make(texts, wish);
    } else if (!is_needed) {
        placement_sayings_drop(wish, is_sketch);
    }
}

static void decide(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (!deserves_label(texts, wish)) {
        return;
    }
    bool is_sketch = placement_sayings_sketch(texts, wish);
    if (!is_sketch && placement_hem_is_tight(texts, wish)) {
        wish->is_unplaced = true;
        return;
    }
    if (!is_sketch) {
        placement_sayings_find(texts, wish);
    }
    if (has_text_that_fits(wish)) {
        wish->is_unplaced = !place_text(texts, wish);
        if (may_be_shortened(texts, wish) && placement_sayings_shorten(texts, wish, &is_sketch)) {
            wish->is_unplaced = !place_text(texts, wish);
        }
    }
    keep_label(texts, wish, is_sketch);
}

static struct feature_label *earlier_label(const struct placement_wish *wish)
{
    return wish->old->label ? feature_label_ref(wish->old->label) : NULL;
}

/* Nothing around it is otherwise than it was. */
static void keep(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    wish->label = earlier_label(wish);
    placement_wish_look(wish, placement_wish_looked(old));
    wish->is_unplaced = old->is_unplaced;
    wish->name_count = old->name_count;
    if (!old->is_unplaced) {
        placement_texts_keep(texts, wish);
    }
    placement_texts_keep_alongs(texts, wish, 0, old->name_count);
}

/* A label with a leader got that later. */
static bool is_decided_as_before(const struct placement_wish *wish)
{
    const struct placement_wish *old = wish->old;
    return old && wish->is_symbol_same && wish->is_unplaced == old->is_unplaced &&
           wish->name_count == old->name_count && placement_texts_are_alongs_same(wish, 0, old->name_count) &&
           (old->is_unplaced || placement_texts_is_label_same(wish));
}

static void place(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (placement_unrest_spares_texts(texts->unrest, wish)) {
        keep(texts, wish);
        wish->is_label_same = true;
        return;
    }
    decide(texts, wish);
    wish->is_label_same = is_decided_as_before(wish);
    if (!wish->is_label_same) {
        placement_unrest_note_texts(texts->unrest, wish);
    }
}

/* In the middle of the badge, wherever else labels may stand. */
static void number_badge(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct placed *placed = &wish->placed;
    wish->label = wish->old ? earlier_label(wish)
                            : feature_labels_get_count(texts->renderer->feature_labels, placed->feature,
                                                       placed->badge_count, texts->view->palette,
                                                       texts->view->symbol_scale);
    struct point corner = {round(placed->place.x - wish->label->size.width_px / 2),
                           round(placed->place.y - wish->label->size.height_px / 2)};
    placement_texts_set(wish, (struct label_place){corner, TEXT_CENTRE});
}

void placement_labels_place(struct placement_texts *texts)
{
    for (uint32_t rank = 0; rank < texts->wishes->count; rank++) {
        struct placement_wish *wish = placement_wishes_at(texts->wishes, rank);
        placement_wishes_fetch_ahead(texts->wishes, rank);
        if (wish->placed.badge_count == 0) {
            place(texts, wish);
        } else if (wish->is_home) {
            number_badge(texts, wish);
        }
        if (wish->is_unplaced) {
            numbers_add(&texts->unplaced, rank);
        }
        if (!wish->is_point && !wish->is_part) {
            numbers_add(&texts->lines, rank);
        }
    }
}
