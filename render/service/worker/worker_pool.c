/*
 * worker_pool.c - takes orders in, joins those who ask the same, and tells all what came of it.
 */
#include "render/service/worker/worker_pool.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/table.h"
#include "geo/base/thread.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/quarantine.h"
#include "render/service/worker/worker_pool_internal.h"

#define WORKER_MAX 256
#define FINISHED_MS 50

/** What is told to an asker after the lock is released: a result, or (without one) progress. */
struct delivery {
    struct worker_asker asker;
    struct order_result *result; /* one reference */
    double part;
    struct delivery *next;
};

void worker_pool_deliver_later(struct worker_pool *pool, struct worker_asker asker,
                               struct order_result *result, double part)
{
    struct delivery *delivery = memory_new(1, sizeof(*delivery));
    *delivery = (struct delivery){asker, result ? order_result_ref(result) : NULL, part, NULL};
    *pool->last_delivery = delivery;
    pool->last_delivery = &delivery->next;
}

struct delivery *worker_pool_take_deliveries(struct worker_pool *pool)
{
    struct delivery *first = pool->deliveries;
    pool->deliveries = NULL;
    pool->last_delivery = &pool->deliveries;
    return first;
}

void worker_pool_deliver(struct delivery *delivery)
{
    while (delivery) {
        struct delivery *next = delivery->next;
        if (delivery->result) {
            delivery->asker.done(delivery->result, delivery->asker.context);
            order_result_unref(delivery->result);
        } else if (delivery->asker.progress) {
            delivery->asker.progress(delivery->part, delivery->asker.context);
        }
        free(delivery);
        delivery = next;
    }
}

/** Is it worth while to keep the result until the tile is in the cache? */
static bool is_kept(const struct worker_pool *pool, const struct job *job, const struct order_result *result)
{
    return result && result->fault.code == FAULT_NONE && job->order.kind == ORDER_TILE &&
           table_find(pool->jobs, job->key) == job;
}

void worker_pool_finish_job(struct worker_pool *pool, struct job *job, struct order_result *result)
{
    for (size_t i = 0; i < job->asker_count; i++) {
        worker_pool_deliver_later(pool, job->askers[i].asker, result, 1);
    }
    job->asker_count = 0;
    if (is_kept(pool, job, result)) {
        job->result = order_result_ref(result);
        job->forget_ms = monotonic_now_ms() + FINISHED_MS;
        job_queue_append(&pool->finished, job);
        return;
    }
    worker_pool_forget_job(pool, job);
}

void worker_pool_forget_job(struct worker_pool *pool, struct job *job)
{
    if (table_find(pool->jobs, job->key) == job) {
        table_remove(pool->jobs, job->key);
    }
    job_free(job);
}

void worker_pool_fail_job(struct worker_pool *pool, struct job *job, enum fault_code code,
                          const char *sentence)
{
    struct fault fault;
    fault_set(&fault, code, "%s", sentence);
    struct order_result *result = order_result_of_fault(&fault);
    worker_pool_finish_job(pool, job, result);
    order_result_unref(result);
}

struct job_queue *worker_pool_queue_of(struct worker_pool *pool, const struct order *order)
{
    if (order_is_urgent(order)) {
        return &pool->urgent;
    }
    if (order_is_map(order)) {
        return &pool->maps;
    }
    return order_is_long(order) ? &pool->longs : &pool->pictures;
}

void worker_pool_wake(struct worker_pool *pool)
{
    uint64_t one = 1;
    ssize_t written = write(pool->wake, &one, sizeof(one));
    (void)written; /* a full counter wakes as well */
}

struct worker_pool *worker_pool_new(const struct worker_pool_options *options, struct fault *fault)
{
    assert(options->worker_count >= 1 && options->worker_count <= WORKER_MAX);
    struct worker_pool *pool = memory_new(1, sizeof(*pool));
    pool->options = *options;
    pthread_mutex_init(&pool->lock, NULL);
    pool->workers = memory_new((size_t)options->worker_count, sizeof(*pool->workers));
    pool->jobs = table_new(NULL);
    pool->quarantine = quarantine_new(options->quarantine_ms);
    pool->state.has_rd_grid = !options->is_grid_told;
    for (int kind = 0; kind < ORDER_KIND_COUNT; kind++) {
        map_pace_init(&pool->map_paces[kind]);
    }
    worker_pool_take_deliveries(pool);
    for (int i = 0; i < options->worker_count; i++) {
        worker_process_init(&pool->workers[i].process);
    }
    pool->epolls[0] = epoll_create1(EPOLL_CLOEXEC);
    pool->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = WAKE_EVENT};
    if (pool->epolls[0] < 0 || pool->wake < 0 ||
        epoll_ctl(pool->epolls[0], EPOLL_CTL_ADD, pool->wake, &event) != 0 ||
        !thread_start(&pool->thread, THREAD_USUAL_STACK, worker_pool_run, pool)) {
        fault_set(fault, FAULT_UNAVAILABLE, "the workers cannot be watched: %s", strerror(errno));
        worker_pool_free(pool);
        return NULL;
    }
    return pool;
}

static void fail_queue(struct worker_pool *pool, struct job_queue *queue)
{
    struct job *job;
    while ((job = job_queue_take_first(queue))) {
        worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE, "the service stops");
    }
}

static void stop_workers(struct worker_pool *pool)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        struct job *job = pool->workers[i].job;
        pid_t pid = worker_process_kill(&pool->workers[i].process);
        if (pid > 0) {
            waitpid(pid, NULL, 0);
        }
        if (job) {
            worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE, "the service stops");
        }
    }
    for (size_t i = 0; i < pool->grave_count; i++) {
        waitpid(pool->graves[i], NULL, 0);
    }
}

void worker_pool_free(struct worker_pool *pool)
{
    if (!pool) {
        return;
    }
    if (pool->thread) {
        pthread_mutex_lock(&pool->lock);
        pool->is_stopping = true;
        pthread_mutex_unlock(&pool->lock);
        worker_pool_wake(pool);
        pthread_join(pool->thread, NULL);
    }
    stop_workers(pool);
    fail_queue(pool, &pool->urgent);
    fail_queue(pool, &pool->pictures);
    fail_queue(pool, &pool->longs);
    fail_queue(pool, &pool->maps);
    struct job *job;
    while ((job = job_queue_take_first(&pool->finished))) {
        worker_pool_forget_job(pool, job);
    }
    worker_pool_deliver(worker_pool_take_deliveries(pool));
    if (pool->epolls[0] >= 0) {
        close(pool->epolls[0]);
    }
    if (pool->wake >= 0) {
        close(pool->wake);
    }
    quarantine_free(pool->quarantine);
    table_free(pool->jobs);
    free(pool->workers);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

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

bool worker_pool_order(struct worker_pool *pool, const struct order *order, int64_t deadline_ms,
                       struct worker_asker asker, uint64_t *ticket, struct fault *fault)
{
    int64_t now_ms = monotonic_now_ms();
    char *key = order_key(order);
    struct wish wish = {order, key, asker.client, now_ms, deadline_ms};
    pthread_mutex_lock(&pool->lock);
    struct job *job = find_job(pool, key, now_ms);
    bool is_new = !job && has_room(pool, &wish, fault);
    pool->state.joined += job != NULL;
    if (is_new) {
        job = queue_job(pool, key, &wish);
        key = NULL;
    }
    bool is_accepted = job != NULL;
    bool needs_wake = job && (job->result || deadline_ms < now_ms + WORKER_POOL_WAIT_MS);
    if (job) {
        uint64_t number = ++pool->next_ticket;
        join(pool, job, asker, number, deadline_ms);
        if (ticket) {
            *ticket = number;
        }
    }
    if (is_new) {
        worker_pool_assign(pool, now_ms); /* an idle worker has it at once, without the pool's thread */
        needs_wake =
            needs_wake || pool->deliveries || worker_pool_choice_ms(pool) < now_ms + WORKER_POOL_WAIT_MS;
    }
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

struct worker_pool_state worker_pool_state(struct worker_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    struct worker_pool_state state = pool->state;
    state.workers = pool->options.worker_count;
    for (int i = 0; i < pool->options.worker_count; i++) {
        enum worker_state worker = pool->workers[i].state;
        state.ready += worker == WORKER_IDLE || worker == WORKER_BUSY;
        state.busy += worker == WORKER_BUSY;
    }
    state.waiting = pool->urgent.count + pool->pictures.count + pool->maps.count;
    state.waiting_long = pool->longs.count;
    state.quarantined = quarantine_count(pool->quarantine, monotonic_now_ms());
    pthread_mutex_unlock(&pool->lock);
    return state;
}
