/*
 * worker_pool_ask.c - orders come in, join those who ask the same, and are taken back.
 */
#include <pthread.h>
#include <stdlib.h>

#include "geo/base/moment.h"
#include "geo/base/table.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/quarantine.h"
#include "render/service/worker/worker_pool_internal.h"

/** A new job, or rather what is known of it. */
struct wish {
    const struct order *order;
    const char *key;
    uint64_t client;
    int64_t now_ms;
    int64_t deadline_ms;
};

static bool is_queue_full(struct worker_pool *pool, const struct order *order)
{
    const struct worker_pool_options *options = &pool->options;
    size_t most = order_is_long(order) ? options->long_queue_length : options->queue_length;
    return !order_is_urgent(order) && worker_pool_queue_of(pool, order)->count >= most;
}

static const char *full_reason(const struct order *order)
{
    return order_is_long(order) ? "enough briefings are waiting for a worker already"
                                : "enough pictures are waiting for a worker already";
}

static bool is_map_in_vain(const struct worker_pool *pool, const struct wish *wish)
{
    if (!order_is_map(wish->order)) {
        return false;
    }
    double wait_ms = worker_pool_map_wait_ms(pool, wish->client, wish->now_ms);
    return !worker_pool_has_time(pool, wish->order, wait_ms, wish->deadline_ms - wish->now_ms);
}

/** May it be taken in? */
static bool has_room(struct worker_pool *pool, const struct wish *wish, struct fault *fault)
{
    const struct order *order = wish->order;
    int64_t held_ms = quarantine_left_ms(pool->quarantine, wish->key, wish->now_ms);
    if (held_ms > 0) {
        fault_set(fault, FAULT_LIMIT, "this picture broke two workers and is not tried again for %lld s",
                  (long long)(held_ms + 999) / 1000);
        return false;
    }
    const char *reason = is_queue_full(pool, order)   ? full_reason(order)
                         : is_map_in_vain(pool, wish) ? WORKER_POOL_NO_TIME
                                                      : NULL;
    if (reason) {
        pool->state.refused++;
        fault_set(fault, FAULT_UNAVAILABLE, "%s", reason);
    }
    return !reason;
}

/** The job of a key; one that was finished too long ago is forgotten: its tile may lack a layer that is back.
 */
static struct job *find_job(struct worker_pool *pool, const char *key, int64_t now_ms)
{
    struct job *job = table_find(pool->jobs, key);
    if (job && job->result && job->forget_ms <= now_ms) {
        job_queue_remove(&pool->finished, job);
        worker_pool_forget_job(pool, job);
        return NULL;
    }
    return job;
}

/** Who comes when the result is there gets it; else the asker joins those who wait. */
static void join(struct worker_pool *pool, struct job *job, struct worker_asker asker, uint64_t ticket,
                 int64_t deadline_ms)
{
    if (job->result) {
        worker_pool_deliver_later(pool, asker, job->result, 1);
    } else {
        job_add_asker(job, asker, ticket, deadline_ms);
    }
}

/** Takes over the key. */
static struct job *queue_job(struct worker_pool *pool, char *key, const struct wish *wish)
{
    struct job *job = job_new(key, wish->order, wish->now_ms);
    job->client = wish->client;
    job->district = pool->options.sets ? order_district(wish->order, pool->options.sets) : 0;
    table_put(pool->jobs, job->key, job);
    if (order_is_map(wish->order)) {
        worker_pool_queue_map(pool, job);
    } else {
        job_queue_append(worker_pool_queue_of(pool, wish->order), job);
    }
    return job;
}

/** The job of an order: another one's or a new one, which takes over the key and leaves NULL. NULL: refused.
 */
static struct job *take_in(struct worker_pool *pool, char **key, const struct wish *wish, struct fault *fault)
{
    struct job *job = find_job(pool, *key, wish->now_ms);
    if (job) {
        pool->state.joined++;
        return job;
    }
    if (!has_room(pool, wish, fault)) {
        return NULL;
    }
    job = queue_job(pool, *key, wish);
    *key = NULL;
    return job;
}

bool worker_pool_order(struct worker_pool *pool, const struct order *order, int64_t deadline_ms,
                       struct worker_asker asker, uint64_t *ticket, struct fault *fault)
{
    int64_t now_ms = monotonic_now_ms();
    int64_t waking_ms = now_ms + WORKER_POOL_WAIT_MS; /* of the pool's thread, at the latest */
    char *key = order_key(order);
    struct wish wish = {order, key, asker.client, now_ms, deadline_ms};
    pthread_mutex_lock(&pool->lock);
    struct job *job = take_in(pool, &key, &wish, fault);
    bool is_accepted = job != NULL;
    bool is_new = !key;
    if (is_accepted) {
        uint64_t number = ++pool->next_ticket;
        join(pool, job, asker, number, deadline_ms);
        if (ticket) {
            *ticket = number;
        }
    }
    if (is_new) {
        worker_pool_assign(pool, now_ms); /* an idle worker has it at once, without the pool's thread */
    }
    bool needs_wake = is_accepted && (pool->deliveries || deadline_ms < waking_ms ||
                                      (is_new && worker_pool_choice_ms(pool) < waking_ms));
    pthread_mutex_unlock(&pool->lock);
    free(key);
    if (needs_wake) {
        worker_pool_wake(pool);
    }
    return is_accepted;
}

int64_t worker_pool_retry_ms(struct worker_pool *pool, const struct order *order, uint64_t client)
{
    if (!order_is_map(order)) {
        return 0;
    }
    pthread_mutex_lock(&pool->lock);
    double wait_ms = worker_pool_map_wait_ms(pool, client, monotonic_now_ms());
    pthread_mutex_unlock(&pool->lock);
    return (int64_t)wait_ms;
}

/** The last asker left: what waits is dropped, what runs is killed at the pool's next turn. */
static void abandon(struct worker_pool *pool, struct job *job)
{
    if (job_queue_remove(worker_pool_queue_of(pool, &job->order), job)) {
        worker_pool_finish_job(pool, job, NULL);
        return;
    }
    table_remove(pool->jobs, job->key);
    for (int i = 0; i < pool->options.worker_count; i++) {
        if (pool->workers[i].job == job) {
            pool->workers[i].due_ms = 0;
        }
    }
}

static bool is_with_worker(const struct worker_pool *pool, const struct job *job)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        if (pool->workers[i].job == job) {
            return true;
        }
    }
    return false;
}

/** Looks for the asker with a ticket. */
struct search {
    const struct worker_pool *pool;
    uint64_t ticket;
    bool is_waiting_only;
    struct job *job;
    struct worker_asker asker;
};

static bool search_job(const char *key, void *value, void *context)
{
    struct search *search = context;
    if (search->is_waiting_only && is_with_worker(search->pool, value)) {
        return true;
    }
    if (job_remove_asker(value, search->ticket, &search->asker)) {
        search->job = value;
    }
    return !search->job;
}

static void take_back(struct worker_pool *pool, uint64_t ticket, bool is_waiting_only)
{
    struct search search = {.pool = pool, .ticket = ticket, .is_waiting_only = is_waiting_only};
    pthread_mutex_lock(&pool->lock);
    table_visit(pool->jobs, search_job, &search);
    if (search.job) {
        struct fault fault;
        fault_set(&fault, FAULT_DEADLINE, "cancelled");
        struct order_result *result = order_result_of_fault(&fault);
        worker_pool_deliver_later(pool, search.asker, result, 1);
        order_result_unref(result);
        if (search.job->asker_count == 0) {
            abandon(pool, search.job);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    worker_pool_wake(pool);
}

void worker_pool_cancel(struct worker_pool *pool, uint64_t ticket)
{
    take_back(pool, ticket, false);
}

void worker_pool_withdraw(struct worker_pool *pool, uint64_t ticket)
{
    take_back(pool, ticket, true);
}
