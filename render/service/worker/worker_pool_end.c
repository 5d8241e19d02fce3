/*
 * worker_pool_end.c - how a worker ends, and what becomes of the order that it had.
 */
#include <sys/wait.h>

#include "geo/base/log.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/order.h"
#include "render/service/worker/quarantine.h"
#include "render/service/worker/worker_pool_internal.h"

#define RETRY_LEAST_MS 100
#define RETRY_MOST_MS 4000
#define KILLS_ALLOWED 2

static void bury(struct worker_pool *pool, pid_t pid)
{
    if (pid > 0 && waitpid(pid, NULL, WNOHANG) == 0 && pool->grave_count < GRAVE_MAX) {
        pool->graves[pool->grave_count++] = pid;
    }
}

void worker_pool_visit_graves(struct worker_pool *pool)
{
    for (size_t i = 0; i < pool->grave_count;) {
        if (waitpid(pool->graves[i], NULL, WNOHANG) != 0) {
            pool->graves[i] = pool->graves[--pool->grave_count];
        } else {
            i++;
        }
    }
}

void worker_pool_plan_start(struct pool_worker *worker, int64_t now_ms)
{
    int64_t wait_ms = 0;
    if (worker->failures > 0) {
        int doublings = worker->failures > 6 ? 6 : worker->failures - 1;
        wait_ms = (int64_t)RETRY_LEAST_MS << doublings;
        wait_ms = wait_ms > RETRY_MOST_MS ? RETRY_MOST_MS : wait_ms;
    }
    worker->state = WORKER_DOWN;
    worker->due_ms = now_ms + wait_ms;
}

static void put_down(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    bury(pool, worker_process_kill(&worker->process));
    worker->failures += worker->state == WORKER_STARTING;
    worker->job = NULL;
    worker->districts = (struct worker_districts){0};
    pool->state.restarts++;
    worker_pool_plan_start(worker, now_ms);
}

/** What becomes of the job of a worker that died with it. It is tried once more, unless it broke another
 * before. */
static void rescue_job(struct worker_pool *pool, struct job *job, bool has_begun, int64_t now_ms)
{
    int kills = has_begun ? quarantine_add(pool->quarantine, job->key, now_ms) : 0;
    job->kills += has_begun;
    if (job->asker_count == 0) {
        worker_pool_finish_job(pool, job, NULL);
    } else if (job->kills >= KILLS_ALLOWED || kills >= KILLS_ALLOWED) {
        worker_pool_fail_job(pool, job, FAULT_LIMIT,
                             "this picture broke two workers and is not tried again for some minutes");
    } else if (job->deadline_ms <= now_ms) {
        worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE,
                             "the worker that drew this ended, and there is no time to try again");
    } else {
        job_queue_prepend(worker_pool_queue_of(pool, &job->order), job);
    }
}

void worker_pool_worker_died(struct worker_pool *pool, struct pool_worker *worker, bool has_begun,
                             int64_t now_ms)
{
    struct job *job = worker->job;
    log_write(LOG_WARNING, "worker.died", "worker %d ended while %s", (int)worker->process.pid,
              job                                ? order_kind_name(job->order.kind)
              : worker->state == WORKER_STARTING ? "starting"
                                                 : "idle");
    worker_pool_note_map(pool, worker, false, now_ms);
    put_down(pool, worker, now_ms);
    if (job) {
        rescue_job(pool, job, has_begun, now_ms);
    }
}

void worker_pool_layer_hung(struct worker_pool *pool, struct pool_worker *worker,
                            const struct hung_layer *layer, int64_t now_ms)
{
    struct job *job = worker->job;
    struct fault fault;
    order_hung_fault(layer->id, layer->waited_ms, &fault);
    log_write(LOG_WARNING, "layer.hung", "%s: worker %d is ended, and the layer left out for some seconds",
              fault.message, (int)worker->process.pid);
    hung_layers_note(&pool->hung, layer, now_ms);
    worker_pool_note_map(pool, worker, false, now_ms);
    put_down(pool, worker, now_ms);
    pool->state.killed++;
    if (job->asker_count == 0) {
        worker_pool_finish_job(pool, job, NULL);
    } else if (job->deadline_ms <= now_ms) {
        worker_pool_fail_job(pool, job, fault.code, fault.message);
    } else {
        job_queue_prepend(worker_pool_queue_of(pool, &job->order), job);
    }
}

/** Was it begun in the first half of its time? Who waits for another worker's district has the second. */
static bool had_its_time(const struct pool_worker *worker)
{
    int64_t queued_ms = worker->job->queued_ms;
    return worker->begun_ms < queued_ms + (worker->due_ms - queued_ms) / 2;
}

/** What waited for most of its time, or was never read, is no culprit: it may succeed the next time. */
static void fail_overdue(struct worker_pool *pool, struct job *job, bool is_culprit, int64_t now_ms)
{
    if (is_culprit) {
        quarantine_add(pool->quarantine, job->key, now_ms);
        worker_pool_fail_job(pool, job, FAULT_DEADLINE,
                             "drawing this took longer than it may, and likely will again: ask for less");
    } else {
        worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE,
                             "this took longer than it may: others were before it, or its worker hung");
    }
}

void worker_pool_kill_overdue(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    struct job *job = worker->job;
    bool has_begun = worker_process_has_read_all(&worker->process);
    bool is_unborn = worker->process.pid == 0;
    bool is_unwanted = job && job->asker_count == 0;
    bool is_culprit = job && has_begun && had_its_time(worker);
    log_write(is_unwanted ? LOG_INFO : LOG_WARNING, "worker.killed", "worker %d %s %s",
              (int)worker->process.pid,
              is_unwanted ? "made what nobody wants any more:" : "took too long with",
              job ? order_kind_name(job->order.kind) : "its start");
    if (is_unborn) {
        worker->failures = WORKER_POOL_BIRTHS_TRIED;
        nursery_overdue(pool->options.nursery);
    }
    worker_pool_note_map(pool, worker, !is_unwanted, now_ms);
    put_down(pool, worker, now_ms);
    pool->state.killed += !is_unwanted;
    if (!job) {
        return;
    }
    if (is_unwanted) {
        worker_pool_finish_job(pool, job, NULL);
        return;
    }
    fail_overdue(pool, job, is_culprit, now_ms);
}
