/*
 * worker_pool.h - the worker processes and the queue before them.
 *
 * Queues (pictures before maps and long work), one run for all who ask the same, a deadline for each order. A
 * worker that dies or overruns is killed and replaced; an order that killed two is refused for some minutes.
 * Pictures of a district (order_district.h) go to the worker that has it, unless they would wait too long.
 */
#ifndef RENDER_SERVICE_WORKER_POOL_H
#define RENDER_SERVICE_WORKER_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct nursery;
struct order;
struct order_result;
struct tile_matrix_sets;
struct worker_pool;

struct worker_pool_options {
    const char *const *command; /* argv of a worker, NULL at the end; borrowed for ever */
    int worker_count;
    size_t queue_length;
    size_t long_queue_length;
    int64_t quarantine_ms;
    int64_t start_ms;  /* how long a new worker may take to answer its first ping */
    bool is_grid_told; /* that RD's grid is missing is told by who takes the results: it is not logged */
    struct nursery
        *nursery; /* borrowed; of which workers are born as long as it lives; NULL: there is none */
    const struct tile_matrix_sets *sets; /* borrowed; of tiles; NULL: districts do not matter */
};

/** Starts thread and workers. Owned, worker_pool_free(). */
struct worker_pool *worker_pool_new(const struct worker_pool_options *options, struct fault *fault);

/** Kills the workers; who still waits is told UNAVAILABLE. */
void worker_pool_free(struct worker_pool *pool);

/** How to tell the asker. Both are called from the pool's thread or a listener's and must not block. */
struct worker_asker {
    void (*done)(struct order_result *result, void *context); /* exactly once; the result is borrowed */
    void (*progress)(double part, void *context);             /* 0 … 1; may be NULL */
    void *context;
    int listener;    /* of the thread that goes on with a tile; 0: none */
    uint64_t client; /* a number for who asks: maps of many clients take turns; 0: nobody in particular */
};

/**
 * Asks for an order; it is copied. Asked already: joins the others.
 * @param deadline_ms  monotonic; the worker is killed when it works longer than until then
 * @param ticket       out, may be NULL: for worker_pool_cancel()
 * @return false: it was not accepted (UNAVAILABLE: queue full, or a map that others will leave no time for;
 *         LIMIT: quarantined) and done is never called
 */
bool worker_pool_order(struct worker_pool *pool, const struct order *order, int64_t deadline_ms,
                       struct worker_asker asker, uint64_t *ticket, struct fault *fault);

/** Of an order that was refused: after about how long it may be taken. 0: nobody knows. */
int64_t worker_pool_retry_ms(struct worker_pool *pool, const struct order *order, uint64_t client);

/** The asker no longer wants it: done is called with DEADLINE. An order nobody wants is dropped, or its
 * worker killed. */
void worker_pool_cancel(struct worker_pool *pool, uint64_t ticket);

/** The same for an order that no worker has got yet; one that is being carried out goes on. */
void worker_pool_withdraw(struct worker_pool *pool, uint64_t ticket);

/**
 * A thread that waits with an epoll of its own reads what workers made of tiles that were asked for in its
 * name: no other thread needs to wake for it. The events are 0 … UINT32_MAX as data.u64, and each is to be
 * handed to worker_pool_listen().
 * @return the listener's number; 0: there are too many, the pool's own thread reads all
 */
int worker_pool_join(struct worker_pool *pool, int epoll);

/** The epoll is no longer used. The number is never given again; who asks in its name is told by others. */
void worker_pool_leave(struct worker_pool *pool, int listener);

/** Reads what a worker says and tells its askers. From the listener's thread; does not block. */
void worker_pool_listen(struct worker_pool *pool, uint32_t number, uint32_t events);

struct worker_pool_state {
    int workers; /* that should be */
    int ready;   /* that answered their first ping */
    int busy;
    size_t waiting;
    size_t waiting_long;
    uint64_t runs;      /* orders given to workers so far */
    uint64_t joined;    /* askers that joined a run */
    uint64_t refused;   /* queue full, or no time */
    uint64_t restarts;  /* workers started again */
    uint64_t killed;    /* for a deadline */
    size_t quarantined; /* orders refused at present */
    bool has_rd_grid;   /* as the workers say; true until one said otherwise */
};
struct worker_pool_state worker_pool_state(struct worker_pool *pool);

#endif
