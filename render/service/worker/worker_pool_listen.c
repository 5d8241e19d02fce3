/*
 * worker_pool_listen.c - who reads what a worker says. A socket is in one epoll at a time. It moves when the
 * next order is another thread's to go on with, so who asks for one tile after the other moves it once.
 *
 * All but tiles stay with the pool's thread: what they bring may be large, and nobody's hits wait for it.
 */
#include <pthread.h>
#include <sys/epoll.h>

#include "geo/base/moment.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool_internal.h"

void worker_pool_watch(struct worker_pool *pool, struct pool_worker *worker, int operation)
{
    struct epoll_event event = {.events = EPOLLIN};
    event.events |= worker_process_is_sending(&worker->process) ? EPOLLOUT : 0;
    event.data.u64 = (uint64_t)(worker - pool->workers);
    epoll_ctl(pool->epolls[worker->listener], operation, worker->process.socket, &event);
}

void worker_pool_watch_sending(struct worker_pool *pool, struct pool_worker *worker)
{
    bool is_sending = worker_process_is_sending(&worker->process);
    if (is_sending != worker->is_sending_watched) {
        worker->is_sending_watched = is_sending;
        worker_pool_watch(pool, worker, EPOLL_CTL_MOD);
    }
}

static void move(struct worker_pool *pool, struct pool_worker *worker, int listener)
{
    epoll_ctl(pool->epolls[worker->listener], EPOLL_CTL_DEL, worker->process.socket, NULL);
    worker->listener = listener;
    worker_pool_watch(pool, worker, EPOLL_CTL_ADD);
}

void worker_pool_listen_for(struct worker_pool *pool, struct pool_worker *worker, const struct job *job)
{
    bool is_tile = job->order.kind == ORDER_TILE && job->asker_count > 0;
    int listener = is_tile ? job->askers[0].asker.listener : 0;
    listener = pool->epolls[listener] >= 0 ? listener : 0;
    if (listener != worker->listener) {
        move(pool, worker, listener);
    }
}

int worker_pool_join(struct worker_pool *pool, int epoll)
{
    pthread_mutex_lock(&pool->lock);
    int listener = pool->listener_count < LISTENER_MAX ? ++pool->listener_count : 0;
    if (listener > 0) {
        pool->epolls[listener] = epoll;
    }
    pthread_mutex_unlock(&pool->lock);
    return listener;
}

void worker_pool_leave(struct worker_pool *pool, int listener)
{
    if (listener == 0) {
        return;
    }
    pthread_mutex_lock(&pool->lock);
    for (int i = 0; i < pool->options.worker_count; i++) {
        if (pool->workers[i].listener == listener && pool->workers[i].process.socket >= 0) {
            move(pool, &pool->workers[i], 0);
        }
    }
    pool->epolls[listener] = -1;
    pthread_mutex_unlock(&pool->lock);
}

/** Under the lock: is there something that the pool's thread would sleep over? */
static bool has_news(const struct worker_pool *pool, const struct pool_worker *worker, int64_t now_ms)
{
    return worker->state == WORKER_DOWN || worker_pool_choice_ms(pool) < now_ms + WORKER_POOL_WAIT_MS;
}

void worker_pool_listen(struct worker_pool *pool, uint32_t number, uint32_t events)
{
    int64_t now_ms = monotonic_now_ms();
    pthread_mutex_lock(&pool->lock);
    struct pool_worker *worker = &pool->workers[number];
    worker_pool_serve(pool, worker, events, now_ms);
    worker_pool_assign(pool, now_ms);
    worker_pool_forget_finished(pool, now_ms);
    struct delivery *deliveries = worker_pool_take_deliveries(pool);
    bool wakes_thread = has_news(pool, worker, now_ms);
    pthread_mutex_unlock(&pool->lock);
    worker_pool_deliver(deliveries);
    if (wakes_thread) {
        worker_pool_wake(pool);
    }
}
