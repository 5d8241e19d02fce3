/*
 * stale_check.c - one order for each moment and palette that has tiles. Whoever waits may give up before the
 * workers answer, so what they answer into is counted by reference.
 */
#include "render/service/stale_check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/map.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/config.h"
#include "render/service/service.h"
#include "render/service/tile_cache.h"
#include "render/service/worker_pool.h"

#define ORDER_DEADLINE_MS 10000
#define GROUP_MAX 64

/** Tiles of one moment and palette: a run of the sorted list. */
struct group {
    const struct tile_cache_entry *entries;
    size_t count;
    struct order_result *result; /* one reference; NULL until it is there */
    uint64_t ticket;             /* of its order; 0: it was not accepted */
};

struct batch {
    atomic_int reference_count;
    pthread_mutex_t lock;
    pthread_cond_t all_there;
    size_t open_count; /* groups without an answer */
    struct group groups[GROUP_MAX];
    size_t group_count;
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
    if (first->moment_ms != second->moment_ms) {
        return first->moment_ms < second->moment_ms ? -1 : 1;
    }
    if (first->palette != second->palette) {
        return first->palette < second->palette ? -1 : 1;
    }
    if (first->tile_matrix_set != second->tile_matrix_set) {
        return first->tile_matrix_set < second->tile_matrix_set ? -1 : 1;
    }
    return (first->address.zoom > second->address.zoom) - (first->address.zoom < second->address.zoom);
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

/** Asks for one group; without an answer to come its tiles will be dropped. */
static void ask(const struct stale_check *check, struct batch *batch, size_t index)
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
                    worker_pool_order(check->service->pool, &order, monotonic_now_ms() + ORDER_DEADLINE_MS,
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

/** The result of a group when it can be relied on. Borrowed from the batch. */
static const struct order_result *good_result(struct batch *batch, const struct group *group)
{
    pthread_mutex_lock(&batch->lock);
    const struct order_result *result = group->result;
    pthread_mutex_unlock(&batch->lock);
    if (!result) {
        log_write(LOG_WARNING, "stale.late", "no answer in time: %zu tiles are dropped", group->count);
        return NULL;
    }
    if (result->fault.code != FAULT_NONE || result->length != group->count) {
        log_write(LOG_WARNING, "stale.fault", "%zu tiles are dropped: %s", group->count,
                  result->fault.message);
        return NULL;
    }
    return result;
}

static size_t clear_group(const struct stale_check *check, struct batch *batch, const struct group *group)
{
    const struct order_result *result = good_result(batch, group);
    size_t dropped = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct tile_cache_entry *entry = &group->entries[i];
        int64_t moment_ms = moment_after(check, entry->key.moment_ms);
        if (!result || result->bytes[i]) {
            tile_cache_drop(check->service->tile_cache, entry);
            dropped++;
        } else if (moment_ms != entry->key.moment_ms) {
            tile_cache_move(check->service->tile_cache, entry, moment_ms);
        }
    }
    return dropped;
}

static void drop_all(const struct stale_check *check, const struct tile_cache_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tile_cache_drop(check->service->tile_cache, &entries[i]);
    }
}

static size_t group_length(const struct tile_cache_entry *entries, size_t count)
{
    const struct tile_key *first = &entries[0].key;
    size_t length = 1;
    while (length < count && entries[length].key.moment_ms == first->moment_ms &&
           entries[length].key.palette == first->palette) {
        length++;
    }
    return length;
}

/** Cuts the sorted list into groups. What no group is left for is dropped unasked; returns how many. */
static size_t make_groups(const struct stale_check *check, struct batch *batch,
                          const struct tile_cache_entry *entries, size_t count)
{
    size_t dropped = 0;
    size_t length;
    for (size_t first = 0; first < count; first += length) {
        length = group_length(entries + first, count - first);
        if (check->is_only_now && entries[first].key.moment_ms != check->before.as_of_ms) {
            continue;
        }
        if (batch->group_count == GROUP_MAX) {
            drop_all(check, entries + first, length);
            dropped += length;
            continue;
        }
        batch->groups[batch->group_count++] = (struct group){entries + first, length, NULL, 0};
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
    qsort(entries, count, sizeof(*entries), compare_entries);
    struct batch *batch = batch_new();
    size_t dropped = make_groups(check, batch, entries, count);
    for (size_t i = 0; i < batch->group_count; i++) {
        ask(check, batch, i);
    }
    if (!wait_for_answers(batch, check->service->config->service.stale_ms)) {
        withdraw(check, batch);
    }
    for (size_t i = 0; i < batch->group_count; i++) {
        dropped += clear_group(check, batch, &batch->groups[i]);
    }
    batch_unref(batch);
    free(entries);
    return dropped;
}
