/*
 * tile_crew.h - worker processes that draw tiles as fast as somebody takes them.
 *
 * Belongs to one thread, which asks for tiles and takes what is done, in whatever order it comes.
 */
#ifndef RENDER_SERVICE_TILE_CREW_H
#define RENDER_SERVICE_TILE_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"

struct config;
struct fault;
struct order;
struct order_result;
struct tile_crew;

/** Starts worker_count processes. Owned, tile_crew_free(). */
struct tile_crew *tile_crew_new(const struct config *config, int worker_count, struct fault *fault);

/** Ends the workers; what they were drawing is lost. */
void tile_crew_free(struct tile_crew *crew);

/** Is every worker busy and the next tile waiting? Then take one before asking for more. */
bool tile_crew_is_full(const struct tile_crew *crew);
size_t tile_crew_pending(const struct tile_crew *crew);

/** Asks for the tile of the order, which is copied. */
void tile_crew_ask(struct tile_crew *crew, const struct order *order);

/** Waits for the next tile that is done; only while some are pending. The caller unrefs the result. */
struct order_result *tile_crew_take(struct tile_crew *crew, struct tile_address *address);

#endif
