/*
 * briefing_desk_internal.h - the desk as its own files see it: briefing_desk.c is the thread and its mailbox,
 * briefing_desk_submit.c takes what is asked for, briefing_desk_places.c lists it, briefing_desk_work.c has
 * it made, briefing_desk_dismiss.c stops it, briefing_desk_results.c hands it out, briefing_desk_clock.c does
 * what is due.
 */
#ifndef RENDER_SERVICE_BRIEFING_DESK_INTERNAL_H
#define RENDER_SERVICE_BRIEFING_DESK_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "render/service/briefing/briefing_desk.h"

struct briefing_queue;
struct briefing_round;
struct order_result;
struct seal_key;

/** Where a job is. It is in the list until its last word is in the archive. */
struct briefing_job_place {
    struct briefing_desk *desk;
    struct briefing_job job;
    enum { PLACE_WAITING, PLACE_WITH_WORKER, PLACE_DONE } state; /* DONE: not yet in the archive */
    uint64_t serial; /* by which the pool's news finds it, or no longer */
    uint64_t ticket;
    struct briefing_waiter waiter; /* exchange NULL: nobody waits */
    struct briefing_job_place *next;
};

struct briefing_call {
    void (*run)(struct briefing_desk *desk, void *context);
    void *context;
    struct briefing_call *next;
};

struct briefing_desk {
    struct service *service;
    pthread_t thread;
    bool is_started;

    pthread_mutex_t lock; /* of the mailbox */
    pthread_cond_t changed;
    struct briefing_call *first;
    struct briefing_call *last;
    size_t call_count;
    atomic_bool is_stopping;

    /* of the thread alone */
    struct briefing_archive *archive;
    int64_t archive_tried_ms;
    struct fault archive_fault;
    bool is_leader; /* of all processes that use the archive: it keeps the schedules */
    struct briefing_queue *queue;
    struct briefing_job_place *places; /* the newest first */
    struct briefing_job_place *held;   /* its turn came, but the pool had no room */
    int with_workers;
    struct seal_key *key;          /* NULL: not needed yet */
    struct briefing_round *rounds; /* of the schedules; NULL: not looked at yet */
    size_t round_count;
    uint64_t last_serial;
    int64_t tidied_ms;  /* monotonic, as the next */
    int64_t retried_ms; /* what the disk did not take */
};

/** Puts a call into the mailbox whatever its length: for news that must not get lost. */
void briefing_desk_tell(struct briefing_desk *desk, void (*run)(struct briefing_desk *desk, void *context),
                        void *context);

/** Takes a copy of a document into the job, sealed. */
bool briefing_desk_take_document(struct briefing_job_place *place, const struct order_result *result,
                                 struct fault *fault);

/** Gives workers what they have time for. */
void briefing_desk_give_out(struct briefing_desk *desk);

/** The one that the pool's news are of; NULL: it is wanted no more. */
struct briefing_job_place *briefing_desk_find_serial(const struct briefing_desk *desk, uint64_t serial);

/** One that is asked for anew, or one that is made again from the archive; NULL: there is none. */
struct briefing_job_place *briefing_desk_find_new(const struct briefing_desk *desk, const char *id);
struct briefing_job_place *briefing_desk_find_again(const struct briefing_desk *desk, const char *id);

/** Puts a job at the end of the queue. UNAVAILABLE: no room. */
struct briefing_job_place *briefing_desk_enqueue(struct briefing_desk *desk, const struct order *order,
                                                 const char *party, struct fault *fault);

/** Answers who waits for the job, if anybody does. */
void briefing_desk_answer(struct briefing_job_place *place);
void briefing_desk_remove(struct briefing_desk *desk, struct briefing_job_place *place);

/** Puts what came of a job into the archive, answers who waits, and forgets the job; it stays while the disk
 * does not take it. */
void briefing_desk_put_last_word(struct briefing_job_place *place);

/** What came of a job that was made again from the archive. */
void briefing_desk_take_again(struct briefing_job_place *place, const struct order_result *result);

/** Now and then: who waited long enough, what is not in the archive yet, schedules, room. */
void briefing_desk_keep_time(struct briefing_desk *desk);

/** Orders what the schedules want now. */
void briefing_desk_keep_schedules(struct briefing_desk *desk);

/** All that waits has failed: the service stops. */
void briefing_desk_fail_waiting(struct briefing_desk *desk);

#endif
