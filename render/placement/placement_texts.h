/*
 * placement_texts.h - what the texts of a district are placed with, and the room that they take.
 */
#ifndef RENDER_PLACEMENT_TEXTS_H
#define RENDER_PLACEMENT_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/placement/label_places.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement/placement_along.h"
#include "render/scene/feature_labels.h"

struct box_grid;
struct placement_lines;
struct placement_unrest;
struct placement_wish;
struct placement_wishes;
struct renderer;

#define PLACEMENT_TEXTS_GAP_PX 2.0

/** All borrowed but the ranks, placement_texts_finish(). */
struct placement_texts {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox district; /* px */
    struct placement_wishes *wishes;
    struct placement_unrest *unrest; /* in and out: texts that it spares are kept */
    struct numbers unplaced;         /* ranks of labels without a place beside their symbol, ascending */
    struct numbers lines;            /* ranks of lines and areas, which may repeat their text, ascending */
    struct placement_lines *shown_lines; /* NULL: labels stand wherever nothing else does */
    struct box_grid *taken; /* in and out: rooms with the number of their wish, beside the ink of symbols */
};

void placement_texts_finish(struct placement_texts *texts);

/** Between what a label stands beside and its letters. */
static inline double placement_texts_gap_px(const struct placement_texts *texts, const struct text_look *look)
{
    return PLACEMENT_TEXTS_GAP_PX * texts->view->symbol_scale + look->halo_px;
}

/** The room of a label at a place: its text box with the halo. */
static inline struct bbox placement_texts_room(const struct feature_label *label, struct point corner)
{
    double halo = label->look.halo.alpha > 0 ? label->look.halo_px : 0;
    struct bbox box = {corner.x, corner.y, corner.x + label->size.width_px, corner.y + label->size.height_px};
    return bbox_grow(box, halo);
}

/** Gives the wish's label a place. */
void placement_texts_set(struct placement_wish *wish, struct label_place place);

/** Would it lie whole in the district, with nothing else there? */
bool placement_texts_may_try(const struct placement_texts *texts, const struct placement_wish *wish,
                             struct label_place place);

/** Sets it when it lies whole in the district and nothing else stands there; its room is taken then. */
bool placement_texts_try(const struct placement_texts *texts, struct placement_wish *wish,
                         struct label_place place);

/** The same of places that are known to lie whole in the district: the first that is free. */
bool placement_texts_try_all_inside(const struct placement_texts *texts, struct placement_wish *wish,
                                    const struct label_places *places);

/** Around the rooms of a label at the first so many of places. */
struct bbox placement_texts_rooms(const struct feature_label *label, const struct label_places *places,
                                  int count);

/** Takes a box for a wish. */
void placement_texts_take(const struct placement_texts *texts, const struct placement_wish *wish,
                          struct bbox box);

/** Gives the wish the place that its label had earlier. */
void placement_texts_keep(const struct placement_texts *texts, struct placement_wish *wish);

/** Adds those of the earlier texts along the line from first to end, with their rooms. */
void placement_texts_keep_alongs(const struct placement_texts *texts, struct placement_wish *wish,
                                 size_t first, size_t end);

/** Do the texts along the line from first to end stand as the earlier ones do? */
bool placement_texts_are_alongs_same(const struct placement_wish *wish, size_t first, size_t end);

/** Does its label have the place that it had? */
bool placement_texts_is_label_same(const struct placement_wish *wish);

/** For setting texts along its line. What has been looked at is to be noted with the wish. */
struct placement_along placement_texts_along(const struct placement_texts *texts,
                                             struct placement_wish *wish);

#endif
