/*
 * placement_make.h - decides where the symbols and labels of a scene stand in its district (placement.h).
 */
#ifndef RENDER_PLACEMENT_MAKE_H
#define RENDER_PLACEMENT_MAKE_H

#include <stddef.h>
#include <stdint.h>

#include "geo/point.h"
#include "render/placement/placement.h"
#include "render/placement/placement_wishes.h"

struct fault;
struct box_grid;
struct map_view;
struct renderer;
struct scene;

/** The position of a symbol that is in the way of others and has no paint in the district. */
#define PLACEMENT_NOT_PAINTED UINT32_MAX

/** A feature whose label found no place. */
struct placement_gap {
    const struct feature *feature;
    struct point place;
};

struct placement {
    struct placement_wishes wishes; /* what was decided for each */
    struct box_grid *taken; /* the ink of symbols and the room of texts, with the number of the wish */
    double overhang_px;     /* how far paint may reach out of what is taken, at most */
    uint32_t *painted;      /* numbers of wishes, in painting order */
    size_t count;
    uint32_t *position_of; /* of each wish in that order, or PLACEMENT_NOT_PAINTED */
    uint32_t *in_order;    /* numbers of the wishes that are painted, by plot, id and part */
    size_t leader_count;
    struct placement_counted *counted;
    size_t counted_count;
    struct placement_gap *gaps;
    size_t gap_count;
    uint64_t dropped_pictures; /* symbol_cache_dropped() when it was made */
};

/**
 * @param earlier  of the same district in the same look, of other plots or another moment: what stays as it
 *                 was is taken from it. NULL: none. Borrowed for the call
 * @return owned, placement_free(). The features stay borrowed from the scene. NULL on fault
 */
struct placement *placement_new(struct renderer *renderer, const struct map_view *view,
                                const struct scene *scene, const struct placement *earlier,
                                struct fault *fault);
void placement_free(struct placement *placement);
size_t placement_bytes(const struct placement *placement);

#endif
