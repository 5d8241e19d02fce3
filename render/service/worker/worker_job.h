/*
 * worker_job.h - an order that waits for a worker or is with one, and all who asked for it. Used by the files
 * of worker_pool only, under its lock.
 */
#ifndef RENDER_SERVICE_WORKER_JOB_H
#define RENDER_SERVICE_WORKER_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool.h"

struct job_asker {
    struct worker_asker asker;
    uint64_t ticket;
};

struct job {
    char *key; /* order_key(); owned */
    struct order order;
    uint64_t district;        /* order_district(); 0: none */
    struct job_asker *askers; /* owned */
    size_t asker_count;
    int64_t queued_ms;
    uint64_t client;             /* who asked first */
    uint64_t turn;               /* of a map, among those that wait */
    int64_t deadline_ms;         /* of the asker with most time */
    int kills;                   /* workers that died with it */
    struct order_result *result; /* of a finished tile, that is still told to who comes a moment too late */
    int64_t forget_ms;           /* until then */
    struct job *next;            /* in its queue */
};

/** Takes over the key; the order is copied. */
struct job *job_new(char *key, const struct order *order, int64_t now_ms);
void job_free(struct job *job);
void job_add_asker(struct job *job, struct worker_asker asker, uint64_t ticket, int64_t deadline_ms);

/** Takes an asker out by its ticket. */
bool job_remove_asker(struct job *job, uint64_t ticket, struct worker_asker *asker);

/** First come, first served. */
struct job_queue {
    struct job *first;
    struct job *last;
    size_t count;
};

void job_queue_append(struct job_queue *queue, struct job *job);
void job_queue_prepend(struct job_queue *queue, struct job *job);
/** Before the first that has a later turn. */
void job_queue_insert(struct job_queue *queue, struct job *job);
struct job *job_queue_take_first(struct job_queue *queue);

/** False when it is not in the queue. */
bool job_queue_remove(struct job_queue *queue, struct job *job);

/** Takes out the first whose deadline is past; NULL when there is none. */
struct job *job_queue_take_expired(struct job_queue *queue, int64_t now_ms);

/** The earliest deadline; INT64_MAX when it is empty. */
int64_t job_queue_deadline(const struct job_queue *queue);

#endif
