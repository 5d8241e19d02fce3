/*
 * stale_check.c - one order for each moment, palette and worker that has tiles: who draws them has most of
 * what comparing them takes, all work at the same time, and who is asked for them later has placed them
 * already. Whoever waits may give up before the workers answer, so what they answer into is counted by
 * reference.
 */
#include "render/service/tile/stale_check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/map.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/crs.h"
#include "render/service/config.h"
#include "render/service/protocol/view_moment.h"
#include "render/service/service.h"
#include "render/service/tile/stale_reach.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/worker_pool.h"

/** Tiles of one moment, palette and home: a run of the sorted list. */
struct group {
    const struct tile_cache_entry *entries;
    size_t count;
    bool *is_stale;              /* out: a flag for each */
    struct order_result *result; /* one reference; NULL until it is there */
    uint64_t ticket;             /* of its order; 0: it was not accepted */
};

struct batch {
    atomic_int reference_count;
    pthread_mutex_t lock;
    pthread_cond_t all_there;
    size_t open_count;    /* groups without an answer */
    struct group *groups; /* owned; none is added once they are asked for */
    size_t group_count;
};

/** What answers nobody gave are made up for with: how far the change reaches at one moment. */
struct judging {
    struct crs_context *crs_context; /* NULL until it is needed: it takes milliseconds */
    struct stale_reach *reach;       /* NULL: the plots are not at hand */
    int64_t moment_ms;
    bool has_reach;
};

/** Who an order's answer is for. */
struct asker {
    struct batch *batch;
    size_t group;
};

static struct batch *batch_new(void)
{
    struct batch *batch = memory_new(1, sizeof(*batch));
    pthread_condattr_t attributes;
    atomic_init(&batch->reference_count, 1);
    pthread_mutex_init(&batch->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&batch->all_there, &attributes);
    pthread_condattr_destroy(&attributes);
    return batch;
}

static void batch_unref(struct batch *batch)
{
    if (atomic_fetch_sub(&batch->reference_count, 1) > 1) {
        return;
    }
    for (size_t i = 0; i < batch->group_count; i++) {
        order_result_unref(batch->groups[i].result);
    }
    pthread_cond_destroy(&batch->all_there);
    pthread_mutex_destroy(&batch->lock);
    free(batch->groups);
    free(batch);
}

static void take_answer(struct order_result *result, void *context)
{
    struct asker *asker = context;
    struct batch *batch = asker->batch;
    pthread_mutex_lock(&batch->lock);
    batch->groups[asker->group].result = order_result_ref(result);
    batch->open_count--;
    pthread_cond_signal(&batch->all_there);
    pthread_mutex_unlock(&batch->lock);
    batch_unref(batch);
    free(asker);
}

static int compare_entries(const void *a, const void *b)
{
    const struct tile_key *first = &((const struct tile_cache_entry *)a)->key;
    const struct tile_key *second = &((const struct tile_cache_entry *)b)->key;
    int first_home = ((const struct tile_cache_entry *)a)->home;
    int second_home = ((const struct tile_cache_entry *)b)->home;
    if (first->moment_ms != second->moment_ms) {
        return first->moment_ms < second->moment_ms ? -1 : 1;
    }
    if (first->palette != second->palette) {
        return first->palette < second->palette ? -1 : 1;
    }
    if (first_home != second_home) {
        return first_home < second_home ? -1 : 1;
    }
    if (first->tile_matrix_set != second->tile_matrix_set) {
        return first->tile_matrix_set < second->tile_matrix_set ? -1 : 1;
    }
    return (first->address.zoom > second->address.zoom) - (first->address.zoom < second->address.zoom);
}

/** Finds out who draws each of the tiles. */
static void find_homes(const struct stale_check *check, struct tile_cache_entry *entries, size_t count)
{
    const struct config *config = check->service->config;
    const struct map *map = maps_at(config->maps, check->map);
    int workers = worker_pool_state(check->service->pool).workers;
    for (size_t i = 0; i < count; i++) {
        const struct tile_key *key = &entries[i].key;
        const struct tile_matrix_set *set =
            tile_matrix_sets_at(config->tile_matrix_sets, key->tile_matrix_set);
        struct palette_wish palette = {key->palette != map->palette, (enum palette)key->palette};
        struct order_tile tile = {.address = key->address, .form = key->form};
        entries[i].district = order_district_of(map->id, &palette, set, &tile);
        entries[i].home = order_district_home(entries[i].district, workers);
    }
}

static int64_t moment_after(const struct stale_check *check, int64_t moment_ms)
{
    return moment_ms == check->before.as_of_ms ? check->after.as_of_ms : moment_ms;
}

static bool write_order(const struct stale_check *check, const struct group *group, struct order *order)
{
    const struct tile_matrix_sets *sets = check->service->config->tile_matrix_sets;
    int64_t moment_ms = group->entries[0].key.moment_ms;
    order_init(order, ORDER_STALE);
    order->view = check->before;
    order->view.as_of_ms = moment_ms;
    order->view.palette = (struct palette_wish){true, (enum palette)group->entries[0].key.palette};
    memcpy(order->stale.revisions, check->after.revisions, sizeof(order->stale.revisions));
    order->stale.as_of_ms = moment_after(check, moment_ms);
    order->stale.district = group->entries[0].district;
    for (size_t i = 0; i < group->count; i++) {
        const struct tile_key *key = &group->entries[i].key;
        struct order_stale_tile tile = {.address = key->address, .form = key->form};
        const struct tile_matrix_set *set = tile_matrix_sets_at(sets, key->tile_matrix_set);
        memcpy(tile.tile_matrix_set, set->id, sizeof(tile.tile_matrix_set));
        if (!order_stale_add(order, &tile)) {
            return false;
        }
    }
    return true;
}

/** Asks for one group; without an answer to come its tiles are judged by how far the change reaches. */
static void ask(const struct stale_check *check, struct batch *batch, size_t index, int64_t wanted_ms)
{
    struct order order;
    struct fault fault;
    struct asker *asker = memory_new(1, sizeof(*asker));
    *asker = (struct asker){batch, index};
    atomic_fetch_add(&batch->reference_count, 1);
    pthread_mutex_lock(&batch->lock);
    batch->open_count++;
    pthread_mutex_unlock(&batch->lock);
    bool is_asked = write_order(check, &batch->groups[index], &order) &&
                    worker_pool_order(check->service->pool, &order, wanted_ms + ORDER_STALE_GRACE_MS,
                                      (struct worker_asker){.done = take_answer, .context = asker},
                                      &batch->groups[index].ticket, &fault);
    order_finish(&order);
    if (!is_asked) {
        pthread_mutex_lock(&batch->lock);
        batch->open_count--;
        pthread_mutex_unlock(&batch->lock);
        batch_unref(batch);
        free(asker);
    }
}

/** False when the time is over. */
static bool wait_for_answers(struct batch *batch, int64_t most_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += most_ms / 1000;
    until.tv_nsec += most_ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&batch->lock);
    while (batch->open_count > 0 && pthread_cond_timedwait(&batch->all_there, &batch->lock, &until) == 0) {
    }
    bool is_whole = batch->open_count == 0;
    pthread_mutex_unlock(&batch->lock);
    return is_whole;
}

/**
 * What no worker has begun with would only keep it from drawing. What is being carried out goes on: the next
 * change will find its scenes made.
 */
static void withdraw(const struct stale_check *check, const struct batch *batch)
{
    for (size_t i = 0; i < batch->group_count; i++) {
        if (batch->groups[i].ticket) {
            worker_pool_withdraw(check->service->pool, batch->groups[i].ticket);
        }
    }
}

/** What came of a group so far; NULL: nothing. Borrowed from the batch. */
static const struct order_result *result_of(struct batch *batch, const struct group *group)
{
    pthread_mutex_lock(&batch->lock);
    const struct order_result *result = group->result;
    pthread_mutex_unlock(&batch->lock);
    return result;
}

static struct map_view view_at(const struct stale_check *check, const struct plot *const *plots,
                               int64_t as_of_ms)
{
    const struct config *config = check->service->config;
    size_t count = check->after.plot_count;
    return map_view_of(maps_at(config->maps, check->map), config->symbols, plots, count,
                       view_moment_at(plots, count, as_of_ms), (struct pixel_grid){.units_per_px = 1});
}

/** How far the change reaches at a moment. NULL when its plots are not at hand. */
static struct stale_reach *make_reach(const struct stale_check *check, struct crs_context *crs_context,
                                      int64_t moment_ms)
{
    if (check->after.plot_count > 0 && !check->plots_after[0]) {
        return NULL;
    }
    struct map_view before = view_at(check, check->plots_before, moment_ms);
    struct map_view after = view_at(check, check->plots_after, moment_after(check, moment_ms));
    return stale_reach_new(check->service->config, crs_context, &before, &after);
}

/** The same, of the last moment that was asked for kept: groups come by their moments. */
static struct stale_reach *find_reach(const struct stale_check *check, struct judging *judging,
                                      int64_t moment_ms)
{
    if (judging->has_reach && judging->moment_ms == moment_ms) {
        return judging->reach;
    }
    if (!judging->crs_context) {
        judging->crs_context = crs_context_new(check->service->config->grid_folder, NULL);
    }
    stale_reach_free(judging->reach);
    judging->reach = make_reach(check, judging->crs_context, moment_ms);
    judging->moment_ms = moment_ms;
    judging->has_reach = true;
    return judging->reach;
}

/** Without an answer: all that the change may have touched. */
static void mark_around(const struct stale_check *check, struct judging *judging, const struct group *group,
                        const char *why)
{
    size_t marked = 0;
    struct stale_reach *reach = find_reach(check, judging, group->entries[0].key.moment_ms);
    for (size_t i = 0; i < group->count; i++) {
        group->is_stale[i] = !reach || stale_reach_touches(reach, &group->entries[i].key);
        marked += group->is_stale[i];
    }
    log_write(LOG_WARNING, "stale.late", "%s: %zu tiles of %zu are around the change and count as changed",
              why, marked, group->count);
}

static void mark_group(const struct stale_check *check, struct batch *batch, struct judging *judging,
                       const struct group *group)
{
    const struct order_result *result = result_of(batch, group);
    bool is_good = result && result->fault.code == FAULT_NONE && result->length == group->count;
    if (!is_good) {
        mark_around(check, judging, group, result ? result->fault.message : "no answer in time");
    }
    for (size_t i = 0; i < group->count && is_good; i++) {
        group->is_stale[i] = result->bytes[i];
    }
}

static void mark_groups(const struct stale_check *check, struct batch *batch)
{
    struct judging judging = {0};
    for (size_t i = 0; i < batch->group_count; i++) {
        mark_group(check, batch, &judging, &batch->groups[i]);
    }
    stale_reach_free(judging.reach);
    crs_context_free(judging.crs_context);
}

static size_t group_length(const struct tile_cache_entry *entries, size_t count)
{
    const struct tile_key *first = &entries[0].key;
    size_t length = 1;
    while (length < count && entries[length].key.moment_ms == first->moment_ms &&
           entries[length].key.palette == first->palette && entries[length].home == entries[0].home) {
        length++;
    }
    return length;
}

/** Cuts the sorted list into groups. */
static void make_groups(const struct stale_check *check, struct batch *batch,
                        const struct tile_cache_entry *entries, size_t count, bool *is_stale)
{
    size_t length;
    for (size_t first = 0; first < count; first += length) {
        length = group_length(entries + first, count - first);
        bool is_left_alone = check->is_only_now && entries[first].key.moment_ms != check->before.as_of_ms;
        if (is_left_alone) {
            memset(is_stale + first, 0, length * sizeof(*is_stale));
            continue;
        }
        batch->groups = memory_resize(batch->groups, batch->group_count + 1, sizeof(*batch->groups));
        batch->groups[batch->group_count++] =
            (struct group){entries + first, length, is_stale + first, NULL, 0};
    }
}

void stale_check_ask(const struct stale_check *check, struct tile_cache_entry *entries, size_t count,
                     int64_t most_ms, bool *is_stale)
{
    find_homes(check, entries, count);
    qsort(entries, count, sizeof(*entries), compare_entries);
    struct batch *batch = batch_new();
    make_groups(check, batch, entries, count, is_stale);
    for (size_t i = 0; i < batch->group_count; i++) {
        ask(check, batch, i, monotonic_now_ms() + most_ms);
    }
    if (!wait_for_answers(batch, most_ms)) {
        withdraw(check, batch);
    }
    mark_groups(check, batch);
    batch_unref(batch);
}

/** Drops what is stale; what is not goes on under the moment that is now. */
static size_t clear(const struct stale_check *check, const struct tile_cache_entry *entries, size_t count,
                    const bool *is_stale)
{
    struct tile_cache *cache = check->service->tile_cache;
    size_t dropped = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t moment_ms = moment_after(check, entries[i].key.moment_ms);
        if (is_stale[i]) {
            tile_cache_drop(cache, &entries[i]);
            dropped++;
        } else if (moment_ms != entries[i].key.moment_ms) {
            tile_cache_move(cache, &entries[i], moment_ms);
        }
    }
    return dropped;
}

size_t stale_check_run(const struct stale_check *check)
{
    size_t count;
    struct tile_cache_entry *entries =
        tile_cache_begin_change(check->service->tile_cache, check->map, &count);
    if (count == 0) {
        free(entries);
        return 0;
    }
    bool *is_stale = memory_new(count, sizeof(*is_stale));
    stale_check_ask(check, entries, count, check->service->config->service.stale_ms, is_stale);
    size_t dropped = clear(check, entries, count, is_stale);
    free(is_stale);
    free(entries);
    return dropped;
}
