/*
 * placement_wishes.h - what the features of a scene ask of a placement: symbols, labels, names of parts.
 */
#ifndef RENDER_PLACEMENT_WISHES_H
#define RENDER_PLACEMENT_WISHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/placement.h"

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
    bool is_unplaced;                     /* its label found no place */
    bool is_part;                         /* names a part of a template: placed.part - 1 */
    const struct symbol_picture *picture; /* borrowed from the cache; of its symbol, NULL: none yet */
    struct feature_label *label;          /* borrowed; NULL: none, or not looked for yet */
    struct placed placed;                 /* what has been decided so far */
};

struct placement_wishes {
    const struct map_view *view;  /* borrowed */
    struct bbox district;         /* px */
    struct placement_wish *items; /* owned; by plot, id and part */
    size_t count;
    size_t capacity;
    uint64_t *order; /* owned; most important first: the number of the item is in the lower half */
};

/** Of all features of a scene that have an image, with the places of their symbols. */
void placement_wishes_init(struct placement_wishes *wishes, const struct map_view *view,
                           const struct scene *scene);
void placement_wishes_finish(struct placement_wishes *wishes);

/** By rank: the most important first, then in the order of plot, id and part. */
struct placement_wish *placement_wishes_at(const struct placement_wishes *wishes, size_t rank);

#endif
