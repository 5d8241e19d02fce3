/*
 * placement_make.h - decides where the symbols and labels of a scene stand in its district (placement.h).
 */
#ifndef RENDER_PLACEMENT_MAKE_H
#define RENDER_PLACEMENT_MAKE_H

#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/placement/placement.h"
#include "render/placement/placement_wishes.h"

struct fault;
struct block_index;
struct box_grid;
struct map_view;
struct placement_notes;
struct renderer;
struct scene;

/** What tiles ask for; each made at the first question. */
struct placement_shown {
    struct block_index *inks;      /* of painting positions */
    struct placement_notes *notes; /* what is to be told */
};

struct placement {
    struct placement_wishes wishes; /* what was decided for each */
    struct bbox district;           /* px */
    struct box_grid *taken;         /* the ink of symbols and the room of texts */
    uint32_t *painted;              /* numbers of wishes, in painting order */
    size_t count;
    uint32_t *in_order; /* numbers of the wishes that are painted, by plot, id and part */
    size_t leader_count;
    size_t shortened_count; /* of labels that say only a part */
    struct placement_counted *counted;
    size_t counted_count;
    struct placement_shown *shown;
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
