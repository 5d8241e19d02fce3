/*
 * briefing_desk.h - where briefings are asked for, and followed until they are in the archive.
 *
 * One thread owns all that is being made, the queue and the schedules; it is the only one that waits for the
 * archive. Others call it, so that nothing here needs a lock and no socket waits for a disk:
 *
 *     briefing_desk_call(service->briefings, list_jobs, exchange, &fault)
 *
 * and list_jobs() runs in the desk's thread, where the functions of the second part may be used.
 */
#ifndef RENDER_SERVICE_BRIEFING_DESK_H
#define RENDER_SERVICE_BRIEFING_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/briefing/briefing_record.h"
#include "render/service/worker/order.h"

struct briefing_archive;
struct briefing_desk;
struct exchange;
struct fault;
struct service;

struct briefing_desk *briefing_desk_new(struct service *service);

/** Starts the thread; the address of the service must be known. */
bool briefing_desk_start(struct briefing_desk *desk, struct fault *fault);

/** Ends the thread: nothing more is given to workers. What waits has failed. */
void briefing_desk_stop(struct briefing_desk *desk);

/** After the pool is gone, so that nobody reports any more. */
void briefing_desk_free(struct briefing_desk *desk);

/** Has run called in the desk's thread. False (UNAVAILABLE): too many calls are waiting. From any thread. */
bool briefing_desk_call(struct briefing_desk *desk, void (*run)(struct briefing_desk *desk, void *context),
                        void *context, struct fault *fault);

/* ---- in the desk's thread only ---- */

#define BRIEFING_ASKER_BYTES 64

/** One that waits, is being made, or has just been. */
struct briefing_job {
    struct briefing_record record;
    char asker[BRIEFING_ASKER_BYTES]; /* "": a schedule */
    char party[BRIEFING_ASKER_BYTES]; /* whose turn it was; "": a schedule */
    struct order order;
    bool is_again;    /* made once more from the archive, for the one who waits for it */
    char *difference; /* AGAIN: NULL when it came out the same, else why not */
    char *document;   /* when it is ready; owned by the job */
    size_t length;
    struct briefing_job_place *place; /* the desk's own */
};

/** Who waits for the end of a job. answer is called once: when it is ready, or at until_ms. */
struct briefing_waiter {
    struct exchange *exchange;
    int64_t until_ms; /* monotonic */
    void (*answer)(struct service *service, const struct briefing_job *job, struct exchange *exchange);
};

/** What is asked for. The order gets id, address to check it at, and "made at"; it is copied. */
struct briefing_wish {
    struct order *order;
    const char *asker;    /* who may take it back; "" for schedules */
    const char *party;    /* whose turn it is; "" for schedules */
    const char *schedule; /* NULL: somebody asks */
    int64_t due_ms;
    bool wants_list;                      /* briefing_record.h */
    const struct briefing_waiter *waiter; /* NULL: nobody waits */
};

/**
 * Puts it into the queue and into the archive.
 * @return the job, borrowed until the next call; NULL: LIMIT (budget), UNAVAILABLE (queue, archive)
 */
const struct briefing_job *briefing_desk_submit(struct briefing_desk *desk, const struct briefing_wish *wish,
                                                struct fault *fault);

/** One that is not in the archive's last word yet; NULL: look there. */
const struct briefing_job *briefing_desk_find(const struct briefing_desk *desk, const char *id);

/** Its place in the queue, 1: the next; 0: it is being made. */
size_t briefing_desk_position(const struct briefing_desk *desk, const struct briefing_job *job);

/**
 * Stops one that is being made: its worker is killed. Of one that is done the document is removed; the record
 * stays, so that it can still be checked.
 * @param record  out: as it is now; to be finished by the caller
 */
bool briefing_desk_dismiss(struct briefing_desk *desk, const char *id, struct briefing_record *record,
                           struct fault *fault);

/**
 * The document of one that is done, from the archive or made again. The waiter is answered at once or later.
 * @return false (nobody will be answered): NOT_FOUND; CONFLICT: it is not ready
 */
bool briefing_desk_results(struct briefing_desk *desk, const char *id, const struct briefing_waiter *waiter,
                           struct fault *fault);

/** NULL with a fault while it cannot be opened; it is tried again each time. */
struct briefing_archive *briefing_desk_archive(struct briefing_desk *desk, struct fault *fault);
struct service *briefing_desk_service(const struct briefing_desk *desk);

#endif
