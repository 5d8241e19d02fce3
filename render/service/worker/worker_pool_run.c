/*
 * worker_pool_run.c - one thread waits for all sockets with epoll and for the next thing that is due.
 */
#include <pthread.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool_internal.h"

#define GRAVE_POLL_MS 20

/** @param left_ms how much time there is for it; 0: nobody waits */
static void send_order(struct worker_pool *pool, struct pool_worker *worker, const struct order *order,
                       int64_t left_ms)
{
    struct buffer header;
    struct order told = *order; /* the payload is borrowed */
    buffer_init(&header, MESSAGE_HEADER_MAX_BYTES);
    told.hung.left_ms = left_ms < INT32_MAX ? left_ms : INT32_MAX;
    hung_layers_tell(&pool->hung, monotonic_now_ms(), &told.hung);
    order_write(&told, &header);
    worker_process_send(&worker->process, &header, order->payload, order->payload_length);
    buffer_finish(&header);
    worker->errand = ++pool->errands;
    worker_process_flush(&worker->process); /* a worker that is gone shows itself in epoll */
}

static void start_worker(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    struct fault fault;
    struct nursery *nursery = pool->options.nursery;
    bool is_asked = nursery && worker->failures < WORKER_POOL_BIRTHS_TRIED &&
                    worker_process_ask(&worker->process, nursery);
    if (!is_asked && !worker_process_start(&worker->process, pool->options.command, &fault)) {
        log_write(LOG_ERROR, "worker.start", "%s", fault.message);
        worker->failures++;
        worker_pool_plan_start(worker, now_ms);
        return;
    }
    struct order ping;
    order_init(&ping, ORDER_PING);
    ping.post = (struct order_post){(int)(worker - pool->workers), pool->options.worker_count};
    worker->state = WORKER_STARTING;
    worker->due_ms = now_ms + pool->options.start_ms;
    send_order(pool, worker, &ping, 0);
    worker->is_sending_watched = worker_process_is_sending(&worker->process);
    worker->listener = 0;
    worker_pool_watch(pool, worker, EPOLL_CTL_ADD);
    if (!is_asked) {
        log_write(LOG_INFO, "worker.started", "worker %d", (int)worker->process.pid);
    }
}

static void assign(struct worker_pool *pool, struct pool_worker *worker, struct job *job, int64_t now_ms)
{
    worker->state = WORKER_BUSY;
    worker->job = job;
    worker->begun_ms = now_ms;
    worker->due_ms = job->deadline_ms;
    if (job->district != 0) {
        worker_districts_begin(&worker->districts, job->district, now_ms);
    }
    pool->state.runs++;
    worker_pool_listen_for(pool, worker, job);
    send_order(pool, worker, &job->order, job->deadline_ms > now_ms ? job->deadline_ms - now_ms : 1);
    worker_pool_watch_sending(pool, worker);
}

void worker_pool_assign(struct worker_pool *pool, int64_t now_ms)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        struct job *job = worker->state == WORKER_IDLE ? worker_pool_take_job(pool, worker, now_ms) : NULL;
        if (job) {
            assign(pool, worker, job, now_ms);
        }
    }
}

static void expire_queue(struct worker_pool *pool, struct job_queue *queue, int64_t now_ms)
{
    struct job *job;
    while ((job = job_queue_take_expired(queue, now_ms))) {
        worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE, "no worker had time for this");
    }
}

/** Nothing is due for that: a thread that woke for each tile once more would keep workers from drawing. */
void worker_pool_forget_finished(struct worker_pool *pool, int64_t now_ms)
{
    while (pool->finished.first && pool->finished.first->forget_ms <= now_ms) {
        worker_pool_forget_job(pool, job_queue_take_first(&pool->finished));
    }
}

/** Does what is due: starts, kills, expires, forgets. */
static void keep_time(struct worker_pool *pool, int64_t now_ms)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        bool is_due = worker->state != WORKER_IDLE && worker->due_ms <= now_ms;
        if (is_due && worker->state != WORKER_DOWN) {
            worker_pool_kill_overdue(pool, worker, now_ms);
        }
        if (worker->state == WORKER_DOWN && worker->due_ms <= now_ms) {
            start_worker(pool, worker, now_ms);
        }
    }
    expire_queue(pool, &pool->urgent, now_ms);
    expire_queue(pool, &pool->pictures, now_ms);
    expire_queue(pool, &pool->longs, now_ms);
    expire_queue(pool, &pool->maps, now_ms);
    worker_pool_forget_finished(pool, now_ms);
    worker_pool_visit_graves(pool);
    if (pool->options.nursery) {
        nursery_look_after(pool->options.nursery);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int wait_ms(struct worker_pool *pool, int64_t now_ms)
{
    int64_t due_ms = now_ms + (pool->grave_count > 0 ? GRAVE_POLL_MS : WORKER_POOL_WAIT_MS);
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct pool_worker *worker = &pool->workers[i];
        due_ms = worker->state == WORKER_IDLE ? due_ms : earlier(due_ms, worker->due_ms);
    }
    due_ms = earlier(due_ms, worker_pool_choice_ms(pool));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->urgent));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->pictures));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->longs));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->maps));
    return due_ms <= now_ms ? 0 : (int)(due_ms - now_ms);
}

static void turn(struct worker_pool *pool, const struct epoll_event *events, int count)
{
    int64_t now_ms = monotonic_now_ms();
    for (int i = 0; i < count; i++) {
        uint32_t index = (uint32_t)events[i].data.u64;
        uint64_t wakes;
        if (index == WAKE_EVENT) {
            ssize_t got = read(pool->wake, &wakes, sizeof(wakes));
            (void)got; /* how often it was woken does not matter */
        } else {
            worker_pool_serve(pool, &pool->workers[index], events[i].events, now_ms);
        }
    }
    keep_time(pool, now_ms);
    worker_pool_assign(pool, now_ms);
}

void *worker_pool_run(void *context)
{
    struct worker_pool *pool = context;
    struct epoll_event events[16];
    pthread_mutex_lock(&pool->lock);
    turn(pool, NULL, 0);
    while (!pool->is_stopping) {
        int timeout_ms = wait_ms(pool, monotonic_now_ms());
        pthread_mutex_unlock(&pool->lock);
        int count = epoll_wait(pool->epolls[0], events, 16, timeout_ms);
        pthread_mutex_lock(&pool->lock);
        turn(pool, events, count < 0 ? 0 : count);
        struct delivery *deliveries = worker_pool_take_deliveries(pool);
        pthread_mutex_unlock(&pool->lock);
        worker_pool_deliver(deliveries);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}
