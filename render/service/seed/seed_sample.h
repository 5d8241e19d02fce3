/*
 * seed_sample.h - how large a package becomes: a few of its tiles, evenly spread, are drawn ahead of all.
 * They are kept like the others.
 *
 * No number of bytes a tile would do: of one package most tiles are the same sea, of another none.
 */
#ifndef RENDER_SERVICE_SEED_SAMPLE_H
#define RENDER_SERVICE_SEED_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/seed/seed_batches.h"

struct fault;
struct order;
struct seed_blocks;
struct tile_crew;

#define SEED_SAMPLE_MOST 256

struct seed_sample_tile {
    uint64_t hash; /* hash_bytes() of what it shows */
    size_t length; /* 0: it could not be drawn, or others show the same, which is kept once */
};

/** All zero is an empty one, which tells nothing. */
struct seed_sample {
    uint64_t todo_count; /* that are left to be drawn */
    uint64_t step;       /* each tile stands for so many of them */
    size_t count;
    struct seed_sample_tile tiles[SEED_SAMPLE_MOST]; /* in the order in which all are drawn */
};

/**
 * Draws them with the crew, which has nothing else to do, and hands them over; an interrupt ends it. Stays
 * empty where all are so few that sampling would take longer than it tells.
 * @param order  of a tile; borrowed, as all
 * @param taker  of tiles and reports only: a tile that could not be drawn is left for its turn
 * @return false when the taker ended it, with its fault
 */
bool seed_sample_draw(struct seed_sample *sample, struct tile_crew *crew, const struct seed_blocks *blocks,
                      const struct order *order, struct seed_taker taker, struct fault *fault);

/** Those whose bytes another one has too count nothing. */
void seed_sample_drop_equals(struct seed_sample *sample);

/** About how many bytes the tiles come to that are left when so many are done; 0 when it is empty. */
uint64_t seed_sample_rest_bytes(const struct seed_sample *sample, uint64_t done_count);

#endif
