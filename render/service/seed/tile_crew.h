/*
 * tile_crew.h - worker processes that draw tiles as fast as somebody takes them.
 *
 * Whoever asks says which worker is to do it, so that neighbours come to the same one: what it keeps of one
 * tile serves the next. Belongs to one thread, which takes what is done in whatever order it comes.
 */
#ifndef RENDER_SERVICE_TILE_CREW_H
#define RENDER_SERVICE_TILE_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct config;
struct fault;
struct order;
struct order_result;
struct plot_shelf;
struct tile_crew;

/**
 * Starts worker_count processes. Owned, tile_crew_free().
 * @param shelf snapshots that they share, in a process of one thread; borrowed. NULL: they are read anew
 */
struct tile_crew *tile_crew_new(const struct config *config, struct plot_shelf *shelf, int worker_count,
                                struct fault *fault);

/** Ends the workers; what they were drawing is lost. */
void tile_crew_free(struct tile_crew *crew);
int tile_crew_count(const struct tile_crew *crew);

/** Has the worker enough to do for now? */
bool tile_crew_is_full(const struct tile_crew *crew, int worker);
size_t tile_crew_pending(const struct tile_crew *crew);

/** Asks a worker for the order, which is copied. tag comes back with the result. */
void tile_crew_ask(struct tile_crew *crew, int worker, const struct order *order, uint64_t tag);

/**
 * Waits for the next that is done; only while some are pending. The caller unrefs the result.
 * @return NULL when there was none within wait_ms
 */
struct order_result *tile_crew_take(struct tile_crew *crew, int64_t wait_ms, uint64_t *tag);

#endif
