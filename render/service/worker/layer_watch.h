/*
 * layer_watch.h - notices that a layer does not answer: a thread that waits beside the one that draws, for
 * that one hangs then and cannot be called back.
 */
#ifndef RENDER_SERVICE_LAYER_WATCH_H
#define RENDER_SERVICE_LAYER_WATCH_H

#include <stdint.h>

struct config;
struct layer_listener;
struct layer_watch;
struct order;

/**
 * Starts it. Owned, layer_watch_free().
 * @param hung called by the watch's thread, once for each reading that takes too long; meanwhile the reading
 *             cannot end. Whoever is told ends the process, or has it ended
 */
struct layer_watch *layer_watch_new(void (*hung)(const char *layer_id, int64_t waited_ms, void *context),
                                    void *context);
void layer_watch_free(struct layer_watch *watch);

/** How long a layer may take from now on, for an order of that kind: there must be time to draw without it.
 */
void layer_watch_begin(struct layer_watch *watch, const struct config *config, const struct order *order);

/** To be told of the layers; borrowed as long as the watch lives. */
const struct layer_listener *layer_watch_listener(const struct layer_watch *watch);

#endif
