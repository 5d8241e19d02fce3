/*
 * worker_pool_internal.h - the pool as its files see it:
 *
 *     worker_pool.c         starts and ends it
 *     worker_pool_ask.c     takes orders in, and back
 *     worker_pool_tell.c    tells who asked what came of them
 *     worker_pool_run.c     starts workers, gives them orders, and is the thread that does what is due
 *     worker_pool_choice.c  says which order a worker gets
 *     worker_pool_maps.c    looks after the pictures of windows among them
 *     worker_pool_listen.c  says which thread hears a worker
 *     worker_pool_serve.c   understands what it says
 *     worker_pool_end.c     ends it, or notes that it died
 *
 * Everything is touched under the lock. What askers are to be told is gathered as deliveries and told after
 * the lock is released, so a callback may ask the pool for more. A job is in exactly one place: a queue, or
 * with a worker; and it is found by its key until it is done.
 */
#ifndef RENDER_SERVICE_WORKER_POOL_INTERNAL_H
#define RENDER_SERVICE_WORKER_POOL_INTERNAL_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#include "geo/base/fault.h"
#include "render/service/worker/hung_layers.h"
#include "render/service/worker/map_pace.h"
#include "render/service/worker/worker_districts.h"
#include "render/service/worker/worker_job.h"
#include "render/service/worker/worker_pool.h"
#include "render/service/worker/worker_process.h"

struct delivery;
struct quarantine;
struct table;

#define GRAVE_MAX 64
#define WAKE_EVENT UINT32_MAX
#define LISTENER_MAX 64 /* as many as there are I/O threads at most */

enum worker_state { WORKER_DOWN, WORKER_STARTING, WORKER_IDLE, WORKER_BUSY };

struct pool_worker {
    enum worker_state state;
    struct worker_process process;
    struct job *job; /* BUSY: owned */
    bool is_sending_watched;
    uint64_t errand;  /* STARTING, BUSY: the number of what was sent to it last */
    int listener;     /* who reads from its socket; 0: the pool's thread */
    int64_t begun_ms; /* BUSY: its job */
    int64_t due_ms;   /* DOWN: start it again; STARTING, BUSY: kill it */
    int failures;     /* in a row, before the first answer */
    struct worker_districts districts;
};

struct worker_pool {
    struct worker_pool_options options;
    pthread_mutex_t lock;
    pthread_t thread;
    int epolls[1 + LISTENER_MAX]; /* the pool's own, and those of listeners; -1: has left */
    int listener_count;
    int wake;
    bool is_stopping;
    struct pool_worker *workers;
    struct job_queue urgent;
    struct job_queue pictures;
    struct job_queue longs;
    struct job_queue maps; /* by turn */
    uint64_t map_turn;     /* of the one that was begun last */
    struct map_pace map_paces[ORDER_KIND_COUNT];
    int64_t tiles_turn_ms; /* until then no map goes before tiles where one worker makes all */
    struct job_queue
        finished;       /* tiles, for a moment longer: their askers are just putting them into the cache */
    struct table *jobs; /* by key; borrowed */
    struct quarantine *quarantine;
    struct delivery *deliveries;
    struct delivery **last_delivery;
    struct hung_layers hung; /* not waited for at present */
    pid_t graves[GRAVE_MAX]; /* killed, not yet waited for */
    size_t grave_count;
    uint64_t next_ticket;
    uint64_t errands; /* sent to workers so far */
    struct worker_pool_state state;
};

/** The pool's thread. context is the pool. */
void *worker_pool_run(void *context);

/** Under the lock: its events go to who listens to it. */
void worker_pool_watch(struct worker_pool *pool, struct pool_worker *worker, int operation);

/** Under the lock: an order that did not fit into the socket at once is waited for, too. */
void worker_pool_watch_sending(struct worker_pool *pool, struct pool_worker *worker);

/** Under the lock: a worker that is about to get a job is listened to by who goes on with it. */
void worker_pool_listen_for(struct worker_pool *pool, struct pool_worker *worker, const struct job *job);

/** Under the lock, which is released for the moment in which a result is read: after events of its socket. */
void worker_pool_serve(struct worker_pool *pool, struct pool_worker *worker, uint32_t events, int64_t now_ms);

/** Under the lock: when it is started next. One whose start failed waits longer each time; one that had
 * worked is started at once. */
void worker_pool_plan_start(struct pool_worker *worker, int64_t now_ms);

/** As often as this a worker is asked of the nursery; then it is started by itself. */
#define WORKER_POOL_BIRTHS_TRIED 2

/** Under the lock: the worker died, by itself or from outside. has_begun: it had read its order, which may
 * have been why. */
void worker_pool_worker_died(struct worker_pool *pool, struct pool_worker *worker, bool has_begun,
                             int64_t now_ms);

/** Under the lock: a layer keeps the worker from its order. Another one carries it out without the layer, if
 * there is time. */
void worker_pool_layer_hung(struct worker_pool *pool, struct pool_worker *worker,
                            const struct hung_layer *layer, int64_t now_ms);

/** Under the lock: the worker took too long, or nobody wants what it makes. */
void worker_pool_kill_overdue(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms);

/** Under the lock: waits for those that were killed, without blocking. */
void worker_pool_visit_graves(struct worker_pool *pool);

/** Under the lock: tiles that were finished a while ago are told to nobody any more. */
void worker_pool_forget_finished(struct worker_pool *pool, int64_t now_ms);

/** The pool's thread looks what is due. */
void worker_pool_wake(struct worker_pool *pool);

/** Under the lock: gives what waits to idle workers. */
void worker_pool_assign(struct worker_pool *pool, int64_t now_ms);

/** Under the lock, for an idle worker: urgent work, then pictures, then long work and maps as they came. Long
 * work that waited goes before pictures, but never to the last worker; so does one map at a time. NULL:
 * nothing for this one now. */
struct job *worker_pool_take_job(struct worker_pool *pool, const struct pool_worker *worker, int64_t now_ms);

bool worker_pool_does_long_work(const struct pool_worker *worker);
bool worker_pool_makes_map(const struct pool_worker *worker);

#define WORKER_POOL_NO_TIME "the maps that others asked for before leave no time for this one"

/** Under the lock: how long a map that is asked for now would wait for those before it, as far as one knows.
 */
double worker_pool_map_wait_ms(const struct worker_pool *pool, uint64_t client, int64_t now_ms);

/** Under the lock: will a map that waits so long be there in time, as far as one knows? */
bool worker_pool_has_time(const struct worker_pool *pool, const struct order *order, double wait_ms,
                          int64_t time_ms);

/** Under the lock: it waits for the turn of its client. */
void worker_pool_queue_map(struct worker_pool *pool, struct job *job);

/** Under the lock: does one wait that may be begun, or even before pictures? Then it may be taken. */
bool worker_pool_may_begin_map(const struct worker_pool *pool);
bool worker_pool_may_hurry_map(const struct worker_pool *pool, int64_t now_ms);
struct job *worker_pool_take_map(struct worker_pool *pool);

/** Under the lock: those that wait in vain are told at once. */
void worker_pool_refuse_maps(struct worker_pool *pool, int64_t now_ms);

/** Under the lock: a worker is about to be done with its job, or to be ended. Of a map it is noted how long
 * it took. is_telling: so long others take, too. */
void worker_pool_note_map(struct worker_pool *pool, const struct pool_worker *worker, bool is_telling,
                          int64_t now_ms);

/** Under the lock: from when on an idle worker may take a picture that waits for another one. */
int64_t worker_pool_choice_ms(const struct worker_pool *pool);

/** The pool's thread looks after what is due at least so often. */
#define WORKER_POOL_WAIT_MS 1000

/** Under the lock: an asker is told later. A NULL result tells progress. */
void worker_pool_deliver_later(struct worker_pool *pool, struct worker_asker asker,
                               struct order_result *result, double part);

/** Under the lock; then, without it, tell them. */
struct delivery *worker_pool_take_deliveries(struct worker_pool *pool);
void worker_pool_deliver(struct delivery *delivery);

/** All askers get the result; the job is gone, or (a tile) will be in a moment. */
void worker_pool_finish_job(struct worker_pool *pool, struct job *job, struct order_result *result);
void worker_pool_forget_job(struct worker_pool *pool, struct job *job);
void worker_pool_fail_job(struct worker_pool *pool, struct job *job, enum fault_code code,
                          const char *sentence);

struct job_queue *worker_pool_queue_of(struct worker_pool *pool, const struct order *order);

#endif
