/*
 * worker_pool_choice.c - which of the orders that wait a worker takes.
 *
 * A picture of a district goes to a worker that has the district. Where that is busy it waits for it no
 * longer than the making of the district took: then those who wait are so many that another one had better
 * make it too; three times as long where that took seconds, since it takes as much memory once more. While
 * one makes it, no other begins, until half the time of the order is over: then it may never be made, and
 * another one has the other half. Who does long work is not waited for, nor who makes a map, unless the
 * district took seconds. One that nobody has goes to its home, if that has nothing to do: it may have made it
 * ahead (district_stock.h).
 */
#include "render/service/worker/order_district.h"
#include "render/service/worker/worker_pool_internal.h"

#define LONG_PATIENCE_MS 2000
#define HOME_PATIENCE_MS 20
#define EXPENSIVE_MS 1000
#define EXPENSIVE_TIMES 3

bool worker_pool_does_long_work(const struct pool_worker *worker)
{
    return worker->job && order_is_long(&worker->job->order);
}

/** How long another worker is waited for; of an order the other half is for who begins then. */
static int64_t patience_ms(const struct worker_district *district, const struct job *job)
{
    int64_t cost_ms = worker_district_cost_ms(district);
    int64_t half_ms = (job->deadline_ms - job->queued_ms) / 2;
    int64_t long_ms = EXPENSIVE_TIMES * cost_ms < half_ms ? EXPENSIVE_TIMES * cost_ms : half_ms;
    return cost_ms >= EXPENSIVE_MS && long_ms > cost_ms ? long_ms : cost_ms;
}

/** From when on a worker may take a job that another one has the district of. */
static int64_t released_ms(const struct worker_district *district, const struct job *job)
{
    if (district->made_ms == 0) {
        return job->queued_ms + (job->deadline_ms - job->queued_ms) / 2;
    }
    int64_t since_ms = job->queued_ms > district->made_ms ? job->queued_ms : district->made_ms;
    return since_ms + patience_ms(district, job);
}

static bool is_worth_waiting(const struct pool_worker *other, const struct worker_district *district)
{
    return !worker_pool_does_long_work(other) &&
           (!worker_pool_makes_map(other) || worker_district_cost_ms(district) >= EXPENSIVE_MS);
}

/** Does a worker that has nothing to do want it? */
static bool waits_at_home(const struct worker_pool *pool, const struct pool_worker *worker,
                          const struct job *job)
{
    const struct pool_worker *home =
        &pool->workers[order_district_home(job->district, pool->options.worker_count)];
    return home != worker && home->state == WORKER_IDLE;
}

/** From when on a worker may take a job; 0: at once. */
static int64_t open_ms(const struct worker_pool *pool, const struct pool_worker *worker,
                       const struct job *job)
{
    int64_t latest_ms = 0;
    bool is_made = false;
    if (job->district == 0 || worker_districts_find(&worker->districts, job->district)) {
        return 0;
    }
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct pool_worker *other = &pool->workers[i];
        const struct worker_district *district = worker_districts_find(&other->districts, job->district);
        int64_t other_ms = district && is_worth_waiting(other, district) ? released_ms(district, job) : 0;
        latest_ms = other_ms > latest_ms ? other_ms : latest_ms;
        is_made = is_made || district;
    }
    return !is_made && waits_at_home(pool, worker, job) ? INT64_MAX : latest_ms;
}

/** How long to wait for who draws a district: as long as a picture may take, and if another would have to
 * make the district first as long as that took. */
static int64_t home_patience_ms(const struct pool_worker *home, const struct pool_worker *worker,
                                uint64_t number)
{
    const struct worker_district *district = worker_districts_find(&home->districts, number);
    bool is_made = district && district->made_ms != 0 && !worker_districts_find(&worker->districts, number);
    int64_t cost_ms = is_made ? worker_district_cost_ms(district) : 0;
    return cost_ms > HOME_PATIENCE_MS ? cost_ms : HOME_PATIENCE_MS;
}

/** From when on a worker may take urgent work: who draws what it is about has most of what it takes. */
static int64_t urgent_open_ms(const struct worker_pool *pool, const struct pool_worker *worker,
                              const struct job *job)
{
    const struct pool_worker *home =
        &pool->workers[order_district_home(job->order.stale.district, pool->options.worker_count)];
    bool may_wait = job->order.kind == ORDER_STALE && home != worker && !worker_pool_does_long_work(home) &&
                    !worker_pool_makes_map(home) &&
                    (home->state == WORKER_IDLE || home->state == WORKER_BUSY);
    return may_wait ? job->queued_ms + home_patience_ms(home, worker, job->order.stale.district) : 0;
}

/** The first of a queue that is open to a worker. */
static struct job *
take_open(struct worker_pool *pool, struct job_queue *queue, const struct pool_worker *worker, int64_t now_ms,
          int64_t (*from_ms)(const struct worker_pool *, const struct pool_worker *, const struct job *))
{
    for (struct job *job = queue->first; job; job = job->next) {
        if (from_ms(pool, worker, job) <= now_ms) {
            job_queue_remove(queue, job);
            return job;
        }
    }
    return NULL;
}

static int running_long(const struct worker_pool *pool)
{
    int count = 0;
    for (int i = 0; i < pool->options.worker_count; i++) {
        count += worker_pool_does_long_work(&pool->workers[i]);
    }
    return count;
}

static bool may_begin_long(const struct worker_pool *pool)
{
    int most = pool->options.worker_count > 1 ? pool->options.worker_count - 1 : 1;
    return pool->longs.first && running_long(pool) < most;
}

/** The queue of the two whose first waits longer; NULL: neither has one that may be begun. */
static struct job_queue *slow_queue(struct worker_pool *pool, bool may_be_long, bool may_be_map)
{
    if (may_be_long && may_be_map) {
        return pool->maps.first->queued_ms < pool->longs.first->queued_ms ? &pool->maps : &pool->longs;
    }
    return may_be_map ? &pool->maps : may_be_long ? &pool->longs : NULL;
}

/** Whose first has waited so long that it goes before pictures. */
static struct job_queue *impatient_queue(struct worker_pool *pool, int64_t now_ms)
{
    bool may_be_long = may_begin_long(pool) && now_ms - pool->longs.first->queued_ms > LONG_PATIENCE_MS;
    return slow_queue(pool, may_be_long, worker_pool_may_hurry_map(pool, now_ms));
}

static struct job *take_slow(struct worker_pool *pool, struct job_queue *queue)
{
    return queue == &pool->maps ? worker_pool_take_map(pool) : job_queue_take_first(queue);
}

struct job *worker_pool_take_job(struct worker_pool *pool, const struct pool_worker *worker, int64_t now_ms)
{
    worker_pool_refuse_maps(pool, now_ms);
    struct job *urgent = take_open(pool, &pool->urgent, worker, now_ms, urgent_open_ms);
    if (urgent) {
        return urgent;
    }
    struct job_queue *impatient = impatient_queue(pool, now_ms);
    struct job *picture = impatient ? NULL : take_open(pool, &pool->pictures, worker, now_ms, open_ms);
    if (picture) {
        return picture;
    }
    struct job_queue *slow =
        impatient ? impatient : slow_queue(pool, may_begin_long(pool), worker_pool_may_begin_map(pool));
    return slow ? take_slow(pool, slow) : NULL;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/** The same for one idle worker. */
static int64_t worker_choice_ms(const struct worker_pool *pool, const struct pool_worker *worker)
{
    int64_t earliest_ms = INT64_MAX;
    for (const struct job *job = pool->urgent.first; job; job = job->next) {
        earliest_ms = earlier(earliest_ms, urgent_open_ms(pool, worker, job));
    }
    for (const struct job *job = pool->pictures.first; job; job = job->next) {
        earliest_ms = earlier(earliest_ms, open_ms(pool, worker, job));
    }
    return earliest_ms;
}

int64_t worker_pool_choice_ms(const struct worker_pool *pool)
{
    int64_t earliest_ms = INT64_MAX;
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct pool_worker *worker = &pool->workers[i];
        if (worker->state == WORKER_IDLE) {
            earliest_ms = earlier(earliest_ms, worker_choice_ms(pool, worker));
        }
    }
    return earliest_ms;
}
