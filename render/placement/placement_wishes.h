/*
 * placement_wishes.h - what the features of a scene ask of a placement: symbols, labels, names of parts; and
 * what became of each.
 */
#ifndef RENDER_PLACEMENT_WISHES_H
#define RENDER_PLACEMENT_WISHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/placement/placement.h"

struct feature_label;
struct map_view;
struct scene;
struct scene_feature;
struct symbol_picture;

/** One symbol or label to be placed. */
struct placement_wish {
    const struct scene_feature *feature; /* borrowed from the scene */
    int priority;
    bool is_named;                        /* of a multipoint only the first part is */
    bool is_home;                         /* its place lies in the district: its label belongs there */
    bool is_counted;                      /* a badge stands for its symbol, maybe its own */
    bool is_part;                         /* names a part of a template: placed.part - 1 */
    bool asks_for_numbers;                /* its symbol is such that they may stand beside it */
    bool is_unplaced;                     /* its label found no place beside its symbol */
    bool is_symbol_same;                  /* its symbol was decided as in old */
    bool is_label_same;                   /* its label too, but for a leader and what is repeated */
    const struct symbol_picture *picture; /* borrowed from the cache; of its symbol, NULL: none yet */
    struct bbox wanted_ink;               /* px: of its symbol as large as the scale asks for */
    struct feature_label *label;          /* one reference; NULL: none, or not looked for */
    size_t name_count;                /* of placed.alongs: the name in its turn, before what is repeated */
    int repeat_most;                  /* as often it might be repeated */
    struct bbox symbol_looked;        /* px: around all that its symbol depends on */
    struct bbox text_looked;          /* px: around all places that its texts tried */
    const struct placement_wish *old; /* the same wish in the placement this one is made from, or NULL */
    struct placed placed;             /* what has been decided so far */
};

struct placement_wishes {
    struct placement_wish *items; /* owned; by plot, id and part */
    size_t count;
    size_t capacity;
    uint64_t *order; /* owned; most important first: the number of the item is in the lower half */
};

/** Of all features of a scene that have an image, with the places of their symbols. */
void placement_wishes_init(struct placement_wishes *wishes, const struct map_view *view,
                           const struct scene *scene);
void placement_wishes_finish(struct placement_wishes *wishes);

/** Ranks are not asked for any more. */
void placement_wishes_forget_order(struct placement_wishes *wishes);

/** By rank: the most important first, then in the order of plot, id and part. */
uint32_t placement_wishes_number_at(const struct placement_wishes *wishes, size_t rank);
struct placement_wish *placement_wishes_at(const struct placement_wishes *wishes, size_t rank);

#endif
