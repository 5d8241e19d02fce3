/*
 * disk_settler.c - one map at a time, in slices that keep no worker long.
 *
 * A state that was read from the file is believed only when this store once had it: the revision must have
 * been committed at the very moment that the file says. Else (a store that was restored, or is another) the
 * map begins without tiles.
 *
 * While a map changes more often than it can be looked through (every REST_MS and the time of the check) it
 * does not settle: its tiles come from memory or are drawn. The tiles that were drawn meanwhile and are still
 * in memory are offered once it has settled, so what is asked for most is on disk although a change has just
 * touched it.
 */
#include "render/service/tile/disk_settler.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/thread.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/service.h"
#include "render/service/tile/stale_check.h"
#include "render/service/tile/tile_cache.h"

#define SLICE_TILES 5000
#define SLICE_MS 5000
#define REST_MS 300 /* changes come in bursts, and the next one needs the workers more */

struct disk_settler {
    struct service *service;
    pthread_t thread;
};

/** Was the revision committed then? */
static bool is_of_store(struct store *store, const char *plot_name, uint64_t revision, int64_t recorded_ms)
{
    struct fault fault;
    struct plot *plot = store_read_plot(store, plot_name, revision, &fault);
    bool is_same = plot && plot_recorded_ms(plot) == recorded_ms;
    plot_unref(plot);
    return is_same;
}

/** Does a plot's history lead from the one state to the other? */
static bool leads_to(const struct disk_settling *settling, size_t plot, const char *name, struct store *store)
{
    uint64_t before = settling->before.revisions[plot];
    uint64_t after = settling->after.revisions[plot];
    int64_t recorded_ms = settling->before.recorded_ms[plot];
    if (before == after) {
        return recorded_ms == settling->after.recorded_ms[plot];
    }
    return before < after && (before == 0 || is_of_store(store, name, before, recorded_ms));
}

static bool verify(const struct disk_settler *settler, const struct disk_settling *settling)
{
    struct fault fault;
    const struct config *config = settler->service->config;
    const struct map *map = maps_at(config->maps, settling->map);
    if (settling->before.plot_count != settling->after.plot_count ||
        settling->before.symbols != settling->after.symbols) {
        return false;
    }
    struct store *store = store_open(config->store_path, STORE_READER, &fault);
    bool is_right = store != NULL;
    size_t plot = 0;
    for (size_t i = 0; is_right && i < map->item_count && plot < settling->after.plot_count; i++) {
        const char *name = map->items[i].plot;
        is_right = !name || leads_to(settling, plot++, name, store);
    }
    store_close(store);
    return is_right;
}

static struct order_view view_of(const struct map *map, const struct disk_state *state)
{
    struct order_view view = {.plot_count = state->plot_count, .as_of_ms = state->now_ms};
    memcpy(view.map, map->id, strnlen(map->id, sizeof(view.map) - 1));
    memcpy(view.revisions, state->revisions, sizeof(view.revisions));
    return view;
}

static void settle_with_answers(const struct disk_settler *settler, const struct disk_settling *settling)
{
    size_t count;
    struct disk_cache *cache = settler->service->disk_cache;
    const struct map *map = maps_at(settler->service->config->maps, settling->map);
    struct stale_check check = {.service = settler->service,
                                .map = settling->map,
                                .before = view_of(map, &settling->before),
                                .after = view_of(map, &settling->after),
                                .is_only_now =
                                    disk_state_has_same_plots(&settling->before, &settling->after)};
    struct tile_cache_entry *entries = disk_cache_list(cache, settling->map, &count);
    bool *is_stale = memory_new(count, sizeof(*is_stale));
    for (size_t first = 0; first < count; first += SLICE_TILES) {
        size_t length = count - first < SLICE_TILES ? count - first : SLICE_TILES;
        stale_check_ask(&check, entries + first, length, SLICE_MS, is_stale + first);
    }
    disk_cache_settle(cache, settling, entries, is_stale, count);
    free(is_stale);
    free(entries);
}

struct offering {
    struct disk_cache *cache;
    uint64_t generation;
};

static void offer(const struct tile_key *key, struct answer *answer, void *context)
{
    const struct offering *offering = context;
    disk_cache_put(offering->cache, key, offering->generation, answer);
}

/** What is in memory is right for the state after, unless the generation has moved on by now. */
static void offer_what_is_in_memory(const struct disk_settler *settler, const struct disk_settling *settling)
{
    struct offering offering = {settler->service->disk_cache, settling->generation};
    tile_cache_visit(settler->service->tile_cache, settling->map, offer, &offering);
}

static void settle(const struct disk_settler *settler, const struct disk_settling *settling)
{
    if (settling->is_verified || verify(settler, settling)) {
        settle_with_answers(settler, settling);
        return;
    }
    const struct map *map = maps_at(settler->service->config->maps, settling->map);
    log_write(LOG_INFO, "disk_cache.other_store", "map '%s': the tiles on disk are not of this store",
              map->id);
    disk_cache_settle_without(settler->service->disk_cache, settling);
}

static void *run(void *context)
{
    struct disk_settler *settler = context;
    struct disk_settling settling;
    struct disk_cache *cache = settler->service->disk_cache;
    while (disk_cache_wait_unsettled(cache, &settling)) {
        if (settling.is_verified) {
            disk_cache_rest(cache, REST_MS);
        }
        if (disk_cache_find_unsettled(cache, &settling)) {
            settle(settler, &settling);
            offer_what_is_in_memory(settler, &settling);
        }
    }
    return NULL;
}

struct disk_settler *disk_settler_new(struct service *service, struct fault *fault)
{
    struct disk_settler *settler = memory_new(1, sizeof(*settler));
    settler->service = service;
    if (!thread_start(&settler->thread, THREAD_USUAL_STACK, run, settler)) {
        fault_set(fault, FAULT_UNAVAILABLE, "there is no thread for what is stale on disk");
        free(settler);
        return NULL;
    }
    return settler;
}

void disk_settler_free(struct disk_settler *settler)
{
    if (settler) {
        disk_cache_stop_settling(settler->service->disk_cache);
        pthread_join(settler->thread, NULL);
        free(settler);
    }
}
