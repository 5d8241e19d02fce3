/*
 * stale_check.h - takes the tiles that a change made stale out of the cache, exactly those, before it is
 * acknowledged.
 */
#ifndef RENDER_SERVICE_STALE_CHECK_H
#define RENDER_SERVICE_STALE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"
#include "render/service/worker/order.h"

struct plot;
struct service;
struct tile_cache_entry; /* render/service/tile/tile_cache.h */

struct stale_check {
    struct service *service;  /* config, pool and tile_cache are used */
    uint16_t map;             /* index in the configuration's maps */
    struct order_view before; /* its as_of is what "now" was */
    struct order_view after;  /* and what it is now: tiles of now that are still right are kept for it */
    bool is_only_now;         /* nothing changed but the time: other moments are left alone */
    const struct plot *plots_before[MAP_VIEW_PLOT_MAX]; /* borrowed; NULL: they are not at hand */
    const struct plot *plots_after[MAP_VIEW_PLOT_MAX];  /* the same */
};

/**
 * Raises the map's epoch, asks workers which of its cached tiles look different, and drops those. Of what
 * there is no answer for within the setting stale_ms all around the change are dropped (stale_reach.h), and
 * all where the plots are not at hand. The new snapshots must be current already.
 * @return how many were dropped
 */
size_t stale_check_run(const struct stale_check *check);

/**
 * Asks the same of any tiles of the map, of current revisions. Sorts them.
 * @param most_ms  how long to wait; what no answer came for in time counts as different
 * @param is_stale out: a flag for each, in their new order
 */
void stale_check_ask(const struct stale_check *check, struct tile_cache_entry *entries, size_t count,
                     int64_t most_ms, bool *is_stale);

#endif
