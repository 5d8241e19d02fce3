/*
 * seed_batches.h - tiles on their way through the crew, several to an order.
 *
 * When an order fails its tiles are asked for one by one, so that a tile that cannot be drawn is known by its
 * name and takes no other with it.
 */
#ifndef RENDER_SERVICE_SEED_BATCHES_H
#define RENDER_SERVICE_SEED_BATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"
#include "render/report.h"
#include "render/service/seed/tile_batch.h"

struct fault;
struct order;
struct seed_batches;
struct seed_blocks;
struct tile_crew;

/** Who takes what comes of each tile; false ends the work, with the fault. */
struct seed_taker {
    bool (*take)(struct tile_address address, const struct tile_batch_item *item, void *context,
                 struct fault *fault);
    bool (*take_fault)(struct tile_address address, const struct fault *why, void *context,
                       struct fault *fault);
    void (*take_report)(const struct report *report, void *context);
    void *context;
};

/** Everything is borrowed; the order is that of a tile. Owned, seed_batches_free(). */
struct seed_batches *seed_batches_new(struct tile_crew *crew, struct seed_blocks *blocks,
                                      const struct order *order, struct seed_taker taker);
void seed_batches_free(struct seed_batches *batches);

/** Gives the workers enough to do. False when nothing is under way and nothing left. */
bool seed_batches_ask(struct seed_batches *batches);

/** Waits for what is done next, for wait_ms at most, and hands it over. */
bool seed_batches_take(struct seed_batches *batches, int64_t wait_ms, struct fault *fault);

#endif
