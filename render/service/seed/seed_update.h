/*
 * seed_update.h - what of a package still shows what it should, and what has to be drawn.
 *
 * A draft that an earlier run left is gone on with. Where only plots have changed, the workers are asked
 * which tiles look different, and those are marked; where the look is another one, nothing stays.
 */
#ifndef RENDER_SERVICE_SEED_UPDATE_H
#define RENDER_SERVICE_SEED_UPDATE_H

#include <stdbool.h>

#include "render/service/worker/order.h"
#include "render/service/seed/seed_state.h"
#include "render/service/tile/tile_keys.h"

struct config;
struct fault;
struct map;
struct seed_draft;
struct tile_archive;
struct tile_crew;

/** All pointers are borrowed. */
struct seed_update {
    const struct config *config;
    const struct map *map;
    const struct tile_matrix_set *set;
    const struct order *order;      /* of a tile */
    const struct seed_state *state; /* that is to be shown */
    struct tile_archive *archive;   /* what stands */
    struct seed_draft *draft;       /* what is to be done to it */
    struct tile_crew *crew;
    bool is_fresh; /* nothing stays, whatever it shows */
};

/**
 * Brings the draft to the state, in a transaction that the caller commits. CONFLICT when the package is of
 * another map, INPUT when it was not made by this program; both are taken as they are when fresh.
 */
bool seed_update_run(const struct seed_update *update, struct fault *fault);

/** The tiles that package and draft have together. Adds to the sets and sorts them. */
bool seed_update_find(struct tile_archive *archive, struct seed_draft *draft, struct tile_keys *standing,
                      struct tile_keys *drawn, struct fault *fault);

#endif
