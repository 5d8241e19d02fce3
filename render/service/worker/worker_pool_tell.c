/*
 * worker_pool_tell.c - what came of a job, told to all who asked for it.
 */
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/table.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool_internal.h"

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
