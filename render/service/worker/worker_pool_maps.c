/*
 * worker_pool_maps.c - pictures of windows that wait: whose turn it is, and which will not be done in time.
 *
 * Each client's picture stands one turn behind the one before it, or behind what was begun last: so pictures
 * of many clients take turns, and of those that come later only one of each goes before a picture. How long
 * one takes is guessed of its size and of the last ones of its kind. What is guessed is never more than half
 * the time that a picture has, so one for which nobody has to wait is always tried, and the guess can mend.
 */
#include "render/service/worker/worker_pool_internal.h"

#include <math.h>

#include "render/service/worker/order.h"

#define FIRST_GUESS_MS 100 /* for a million dots, as long as nothing is known */
#define HOPED_SHARE 0.75   /* of its time a new one is to be done: tiles go before it, and clients who come */
#define UNKNOWN_SIDE_PX 1000

bool worker_pool_makes_map(const struct pool_worker *worker)
{
    return worker->job && order_is_map(&worker->job->order);
}

/** What a picture takes besides its dots counts as a million of them. */
static double size_of(const struct order *order)
{
    const struct order_plate *plate = &order->plate;
    const struct order_window *window = &order->window;
    double dots = 0;
    if (order->kind == ORDER_PLATE) {
        dots = (double)(plate->width_px > 0 ? plate->width_px : UNKNOWN_SIDE_PX) *
               (plate->height_px > 0 ? plate->height_px : UNKNOWN_SIDE_PX);
    } else if (order->kind == ORDER_MAP) {
        dots = (double)window->width_px * window->height_px * window->pixel_ratio * window->pixel_ratio;
    }
    return 1 + dots / 1e6;
}

/** time_ms: from when it was asked for until it must be there. */
static double cost_ms(const struct worker_pool *pool, const struct order *order, int64_t time_ms)
{
    double known_ms = pool->map_ms[order->kind];
    double guess_ms = (known_ms > 0 ? known_ms : FIRST_GUESS_MS) * size_of(order);
    return fmin(guess_ms, (double)time_ms / 2);
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

bool worker_pool_may_hurry_map(const struct worker_pool *pool)
{
    return pool->maps.first && running_maps(pool) == 0 && worker_count(pool) > 1;
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

bool worker_pool_has_time(const struct worker_pool *pool, const struct order *order, uint64_t client,
                          int64_t now_ms, int64_t deadline_ms)
{
    uint64_t turn = next_turn(pool, client);
    double before_ms = running_ms(pool, now_ms);
    for (const struct job *job = pool->maps.first; job && job->turn <= turn; job = job->next) {
        before_ms += job_cost_ms(pool, job);
    }
    double time_ms = (double)(deadline_ms - now_ms);
    return before_ms / most_maps(pool) + cost_ms(pool, order, deadline_ms - now_ms) <= HOPED_SHARE * time_ms;
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

void worker_pool_refuse_maps(struct worker_pool *pool, int64_t now_ms)
{
    double before_ms = running_ms(pool, now_ms);
    int most = most_maps(pool);
    for (struct job *next, *job = pool->maps.first; job; job = next) {
        next = job->next;
        double own_ms = job_cost_ms(pool, job);
        if ((double)now_ms + before_ms / most + own_ms <= (double)job->deadline_ms) {
            before_ms += own_ms;
            continue;
        }
        job_queue_remove(&pool->maps, job);
        pool->state.refused++;
        worker_pool_fail_job(pool, job, FAULT_UNAVAILABLE, WORKER_POOL_NO_TIME);
    }
}

void worker_pool_note_map(struct worker_pool *pool, const struct pool_worker *worker, int64_t now_ms)
{
    if (!worker_pool_makes_map(worker)) {
        return;
    }
    double *known_ms = &pool->map_ms[worker->job->order.kind];
    double took_ms = fmax((double)(now_ms - worker->begun_ms), 1) / size_of(&worker->job->order);
    *known_ms = *known_ms > 0 ? (3 * *known_ms + took_ms) / 4 : took_ms;
}
