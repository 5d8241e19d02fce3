/*
 * placement_make.h - decides where the symbols and labels of a scene stand in its district (placement.h).
 */
#ifndef RENDER_PLACEMENT_MAKE_H
#define RENDER_PLACEMENT_MAKE_H

#include <stddef.h>
#include <stdint.h>

#include "geo/point.h"
#include "render/placement.h"

struct fault;
struct box_grid;
struct feature_label;
struct map_view;
struct renderer;
struct scene;

/** The item of a symbol that is in the way of others and has no paint in the district. */
#define PLACEMENT_NO_ITEM UINT32_MAX

/** A feature whose label found no place. */
struct placement_gap {
    const struct feature *feature;
    struct point place;
};

struct placement {
    struct placed *items; /* in painting order */
    size_t count;
    struct box_grid *taken; /* the ink of symbols and the room of labels, numbered by rank */
    double overhang_px;     /* how far the ink of a label may reach out of its room, at most */
    uint32_t *item_of;      /* the item of each rank, or PLACEMENT_NO_ITEM */
    size_t rank_count;
    uint32_t *in_order;            /* the items by plot, id and part */
    struct feature_label **labels; /* one reference each: the texts of the items and more */
    size_t label_count;
    size_t leader_count;
    struct placement_counted *counted;
    size_t counted_count;
    struct placement_gap *gaps;
    size_t gap_count;
};

/** NULL on fault. Owned, placement_free(). The features stay borrowed from the scene. */
struct placement *placement_new(struct renderer *renderer, const struct map_view *view,
                                const struct scene *scene, struct fault *fault);
void placement_free(struct placement *placement);
size_t placement_bytes(const struct placement *placement);

#endif
