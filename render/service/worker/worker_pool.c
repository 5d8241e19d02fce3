/*
 * worker_pool.c - the pool from start to stop, and its state.
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
#include "render/service/worker/quarantine.h"
#include "render/service/worker/worker_pool_internal.h"

#define WORKER_MAX 256

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
