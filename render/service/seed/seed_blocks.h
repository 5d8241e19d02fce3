/*
 * seed_blocks.h - the tiles of a plan that are still to be drawn, dealt out to workers: each gets blocks of
 * neighbours, so what it keeps of one tile serves the next, and whoever is idle at the end helps another.
 * All tiles of a district (order_district.h) go to one worker, which makes it once.
 */
#ifndef RENDER_SERVICE_SEED_BLOCKS_H
#define RENDER_SERVICE_SEED_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/seed/seed_plan.h"
#include "render/service/tile/tile_keys.h"

#define SEED_BLOCK_PX 2048 /* each way: what is decided together is kept together */
#define SEED_BLOCK_SIDE_MOST (SEED_BLOCK_PX / TILE_SIZE_PX)

/** What a worker still has of its block. */
struct seed_block {
    struct tile_address tiles[SEED_BLOCK_SIDE_MOST * SEED_BLOCK_SIDE_MOST];
    size_t next;
    size_t count;
};

/** All borrowed but blocks. */
struct seed_blocks {
    const struct seed_plan *plan;
    const struct tile_keys *standing; /* tiles that need no drawing, in two sets */
    const struct tile_keys *drawn;
    uint16_t tile_size_px;
    uint32_t side; /* tiles of a block each way */
    struct seed_cursor cursor;
    struct seed_block *blocks; /* owned; one for each worker */
    int worker_count;
};

void seed_blocks_init(struct seed_blocks *blocks, const struct seed_plan *plan,
                      const struct tile_keys *standing, const struct tile_keys *drawn, int worker_count,
                      uint16_t tile_size_px);
void seed_blocks_finish(struct seed_blocks *blocks);

/** How many there are to be drawn of the whole plan. */
uint64_t seed_blocks_count(const struct seed_blocks *blocks);

/** The middle one of each step tiles that are to be drawn, in their order: how many were written to picked.
 */
size_t seed_blocks_pick(const struct seed_blocks *blocks, uint64_t step, struct tile_address *picked,
                        size_t most);

/** The worker's next tile; false when there is nothing left for it. */
bool seed_blocks_next(struct seed_blocks *blocks, int worker, struct tile_address *address);

#endif
