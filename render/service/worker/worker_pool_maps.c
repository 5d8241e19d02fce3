/*
 * worker_pool_maps.c - pictures of windows that wait: whose turn it is, and which will not be done in time.
 *
 * Each client's picture stands one turn behind the one before it, or behind what was begun last: so pictures
 * of many clients take turns, and of those that come later only one of each goes before a picture. How long
 * one takes is guessed of its size and of the last ones of its kind (map_pace.h). What is guessed is never
 * more than half the time that a picture has, so one for which nobody has to wait is always tried, and the
 * guess can mend.
 *
 * Tiles go before them. Where there are more workers one of them makes maps that have waited for two seconds.
 * Where there is only one it makes a map after half a second, and then tiles again for as long as that took;
 * so does the one that is left when the others do urgent work.
 */
#include "render/service/worker/worker_pool_internal.h"

#include <math.h>

#include "render/service/worker/order.h"

#define HOPED_SHARE 0.85 /* of its time a new one is to be done: tiles go before it, and clients who come */
#define PATIENCE_MS 2000
#define ALONE_PATIENCE_MS 500

bool worker_pool_makes_map(const struct pool_worker *worker)
{
    return worker->job && order_is_map(&worker->job->order);
}

/** time_ms: from when it was asked for until it must be there. */
static double cost_ms(const struct worker_pool *pool, const struct order *order, int64_t time_ms)
{
    return fmin(map_pace_guess_ms(&pool->map_paces[order->kind], order), (double)time_ms / 2);
}

static double job_cost_ms(const struct worker_pool *pool, const struct job *job)
{
    return cost_ms(pool, &job->order, job->deadline_ms - job->queued_ms);
}

/** Those that do no long work. */
static int worker_count(const struct worker_pool *pool)
{
    int count = 0;
    for (int i = 0; i < pool->options.worker_count; i++) {
        count += !worker_pool_does_long_work(&pool->workers[i]);
    }
    return count;
}

/** How many workers make maps at a time. */
static int most_maps(const struct worker_pool *pool)
{
    int count = worker_count(pool);
    return count > 1 ? count - 1 : 1;
}

static int running_maps(const struct worker_pool *pool)
{
    int count = 0;
    for (int i = 0; i < pool->options.worker_count; i++) {
        count += worker_pool_makes_map(&pool->workers[i]);
    }
    return count;
}

bool worker_pool_may_begin_map(const struct worker_pool *pool)
{
    return pool->maps.first && running_maps(pool) < most_maps(pool);
}

/** How long the next one waits for tiles, where one worker makes all. */
static int64_t alone_patience_ms(const struct job *job)
{
    int64_t quarter_ms = (job->deadline_ms - job->queued_ms) / 4;
    return quarter_ms < ALONE_PATIENCE_MS ? quarter_ms : ALONE_PATIENCE_MS;
}

/** Is there but one worker that could make tiles? */
static bool is_alone(const struct worker_pool *pool)
{
    int urgent_count = 0;
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct job *job = pool->workers[i].job;
        urgent_count += job && order_is_urgent(&job->order);
    }
    return worker_count(pool) - urgent_count <= 1;
}

bool worker_pool_may_hurry_map(const struct worker_pool *pool, int64_t now_ms)
{
    const struct job *next = pool->maps.first;
    if (!next || running_maps(pool) > 0) {
        return false;
    }
    int64_t patience_ms = worker_count(pool) > 1 ? PATIENCE_MS : alone_patience_ms(next);
    return now_ms - next->queued_ms > patience_ms && (!is_alone(pool) || now_ms >= pool->tiles_turn_ms);
}

/** What is left of those that are being made. */
static double running_ms(const struct worker_pool *pool, int64_t now_ms)
{
    double left_ms = 0;
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct pool_worker *worker = &pool->workers[i];
        if (worker_pool_makes_map(worker)) {
            left_ms += fmax(job_cost_ms(pool, worker->job) - (double)(now_ms - worker->begun_ms), 0);
        }
    }
    return left_ms;
}

static uint64_t later_turn(const struct job *job, uint64_t client, uint64_t turn)
{
    return job->client == client && job->turn > turn ? job->turn : turn;
}

static uint64_t next_turn(const struct worker_pool *pool, uint64_t client)
{
    uint64_t turn = pool->map_turn;
    for (const struct job *job = pool->maps.first; job; job = job->next) {
        turn = later_turn(job, client, turn);
    }
    return turn + 1;
}

double worker_pool_map_wait_ms(const struct worker_pool *pool, uint64_t client, int64_t now_ms)
{
    uint64_t turn = next_turn(pool, client);
    double before_ms = running_ms(pool, now_ms);
    for (const struct job *job = pool->maps.first; job && job->turn <= turn; job = job->next) {
        before_ms += job_cost_ms(pool, job);
    }
    return before_ms / most_maps(pool);
}

bool worker_pool_has_time(const struct worker_pool *pool, const struct order *order, double wait_ms,
                          int64_t time_ms)
{
    return wait_ms + cost_ms(pool, order, time_ms) <= HOPED_SHARE * (double)time_ms;
}

void worker_pool_queue_map(struct worker_pool *pool, struct job *job)
{
    job->turn = next_turn(pool, job->client);
    job_queue_insert(&pool->maps, job);
}

struct job *worker_pool_take_map(struct worker_pool *pool)
{
    struct job *job = job_queue_take_first(&pool->maps);
    pool->map_turn = job->turn > pool->map_turn ? job->turn : pool->map_turn;
    return job;
}

/** Who asks for it is told when those before it will be done. */
static void refuse(struct worker_pool *pool, struct job *job, double wait_ms)
{
    struct fault fault;
    job_queue_remove(&pool->maps, job);
    pool->state.refused++;
    fault_set(&fault, FAULT_UNAVAILABLE, "%s", WORKER_POOL_NO_TIME);
    struct order_result *result = order_result_of_fault(&fault);
    result->retry_ms = (int64_t)wait_ms;
    worker_pool_finish_job(pool, job, result);
    order_result_unref(result);
}

void worker_pool_refuse_maps(struct worker_pool *pool, int64_t now_ms)
{
    double before_ms = running_ms(pool, now_ms);
    int most = most_maps(pool);
    for (struct job *next, *job = pool->maps.first; job; job = next) {
        next = job->next;
        double own_ms = job_cost_ms(pool, job);
        if ((double)now_ms + before_ms / most + own_ms <= (double)job->deadline_ms) {
            before_ms += own_ms;
        } else {
            refuse(pool, job, before_ms / most);
        }
    }
}

void worker_pool_note_map(struct worker_pool *pool, const struct pool_worker *worker, bool is_telling,
                          int64_t now_ms)
{
    if (!worker_pool_makes_map(worker)) {
        return;
    }
    int64_t took_ms = now_ms - worker->begun_ms;
    pool->tiles_turn_ms = now_ms + took_ms;
    if (is_telling) {
        const struct order *order = &worker->job->order;
        map_pace_learn(&pool->map_paces[order->kind], order, (double)took_ms);
    }
}
