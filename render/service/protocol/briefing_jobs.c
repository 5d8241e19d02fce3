/*
 * briefing_jobs.c - an array of slots behind one lock. The pool tells a slot by number and serial, not by
 * pointer, so a job that was dismissed and whose slot is used again takes no news of the old one.
 */
#include "render/service/protocol/briefing_jobs.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool.h"

#define JOB_MOST 64
#define JOB_KEPT_MS (30 * 60 * 1000)
#define DOCUMENTS_MOST_BYTES (256u << 20)

struct slot {
    struct briefing_job job; /* id "" while the slot is free */
    uint64_t serial;
    uint64_t ticket;
    int64_t done_ms; /* monotonic; 0 while it is made */
};

struct briefing_jobs {
    struct worker_pool *pool;
    pthread_mutex_t lock;
    struct slot slots[JOB_MOST];
    uint64_t last_serial;
};

/** Who is told by the pool. */
struct teller {
    struct briefing_jobs *jobs;
    size_t slot;
    uint64_t serial;
};

const char *briefing_job_status_name(enum briefing_job_status status)
{
    static const char *const names[] = {"accepted", "running", "successful", "failed"};
    return names[status];
}

void briefing_job_finish(struct briefing_job *job)
{
    order_result_unref(job->result);
    job->result = NULL;
}

struct briefing_jobs *briefing_jobs_new(struct worker_pool *pool)
{
    struct briefing_jobs *jobs = memory_new(1, sizeof(*jobs));
    jobs->pool = pool;
    pthread_mutex_init(&jobs->lock, NULL);
    return jobs;
}

static void slot_clear(struct slot *slot)
{
    briefing_job_finish(&slot->job);
    *slot = (struct slot){0};
}

void briefing_jobs_free(struct briefing_jobs *jobs)
{
    if (!jobs) {
        return;
    }
    for (size_t i = 0; i < JOB_MOST; i++) {
        slot_clear(&jobs->slots[i]);
    }
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

static void copy_job(struct briefing_job *copy, const struct briefing_job *job)
{
    *copy = *job;
    copy->result = job->result ? order_result_ref(job->result) : NULL;
}

/* The job that was done first; NULL when none is. Called with the lock held. */
static struct slot *find_oldest(struct briefing_jobs *jobs)
{
    struct slot *oldest = NULL;
    for (size_t i = 0; i < JOB_MOST; i++) {
        struct slot *slot = &jobs->slots[i];
        if (slot->done_ms && (!oldest || slot->done_ms < oldest->done_ms)) {
            oldest = slot;
        }
    }
    return oldest;
}

static size_t document_bytes(const struct briefing_jobs *jobs)
{
    size_t bytes = 0;
    for (size_t i = 0; i < JOB_MOST; i++) {
        bytes += jobs->slots[i].job.result ? jobs->slots[i].job.result->length : 0;
    }
    return bytes;
}

/* Called with the lock held. */
static void forget_old(struct briefing_jobs *jobs)
{
    int64_t now_ms = monotonic_now_ms();
    struct slot *oldest = find_oldest(jobs);
    while (oldest && now_ms - oldest->done_ms > JOB_KEPT_MS) {
        slot_clear(oldest);
        oldest = find_oldest(jobs);
    }
}

/* The oldest go while there is too much; the newest stays however large it is. Called with the lock held. */
static void make_room(struct briefing_jobs *jobs, const struct slot *newest)
{
    forget_old(jobs);
    struct slot *oldest = find_oldest(jobs);
    while (oldest != newest && document_bytes(jobs) > DOCUMENTS_MOST_BYTES) {
        slot_clear(oldest);
        oldest = find_oldest(jobs);
    }
}

/* ---- what the pool tells ---- */

/* The slot when it still holds the job that the teller speaks of. Called with the lock held. */
static struct slot *slot_of(const struct teller *teller)
{
    struct slot *slot = &teller->jobs->slots[teller->slot];
    return slot->serial == teller->serial ? slot : NULL;
}

static void take_progress(double part, void *context)
{
    struct teller *teller = context;
    pthread_mutex_lock(&teller->jobs->lock);
    struct slot *slot = slot_of(teller);
    if (slot) {
        slot->job.status = JOB_RUNNING;
        slot->job.part = part;
    }
    pthread_mutex_unlock(&teller->jobs->lock);
}

static void take_result(struct order_result *result, void *context)
{
    struct teller *teller = context;
    pthread_mutex_lock(&teller->jobs->lock);
    struct slot *slot = slot_of(teller);
    if (slot) {
        slot->job.result = order_result_ref(result);
        slot->job.status = result->fault.code == FAULT_NONE ? JOB_SUCCESSFUL : JOB_FAILED;
        slot->job.part = 1;
        slot->done_ms = monotonic_now_ms();
        make_room(teller->jobs, slot);
    }
    pthread_mutex_unlock(&teller->jobs->lock);
    free(teller);
}

/* ---- slots ---- */

/* A free slot; that of the job that was done first when there is none; NULL when all are being made. */
static struct slot *take_slot(struct briefing_jobs *jobs)
{
    for (size_t i = 0; i < JOB_MOST; i++) {
        if (!jobs->slots[i].job.id[0]) {
            return &jobs->slots[i];
        }
    }
    struct slot *oldest = find_oldest(jobs);
    if (oldest) {
        slot_clear(oldest);
    }
    return oldest;
}

/* Not to be guessed: who knows a job's id may fetch and dismiss it. */
static bool make_id(char id[static 33])
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(bytes); i++) {
        snprintf(id + 2 * i, 3, "%02x", bytes[i]);
    }
    return true;
}

/* Fills a slot. Called with the lock held. */
static bool open_slot(struct briefing_jobs *jobs, const char *file_name, struct teller *teller,
                      struct briefing_job *job, struct fault *fault)
{
    struct slot *slot = take_slot(jobs);
    if (!slot) {
        fault_set(fault, FAULT_UNAVAILABLE, "%d briefings are being made already", JOB_MOST);
        return false;
    }
    if (!make_id(slot->job.id)) {
        slot_clear(slot);
        fault_set(fault, FAULT_UNAVAILABLE, "no random numbers for the id of the job");
        return false;
    }
    slot->serial = ++jobs->last_serial;
    snprintf(slot->job.file_name, sizeof(slot->job.file_name), "%s", file_name);
    *teller = (struct teller){jobs, (size_t)(slot - jobs->slots), slot->serial};
    copy_job(job, &slot->job);
    return true;
}

/* NULL: there is none, or no longer. Called with the lock held. */
static struct slot *find_slot(struct briefing_jobs *jobs, const char *id)
{
    forget_old(jobs);
    for (size_t i = 0; *id && i < JOB_MOST; i++) {
        if (strcmp(jobs->slots[i].job.id, id) == 0) {
            return &jobs->slots[i];
        }
    }
    return NULL;
}

/* After the order was given: the ticket, or the end of a job that was not accepted. */
static void close_start(struct briefing_jobs *jobs, const struct teller *teller, bool is_accepted,
                        uint64_t ticket)
{
    pthread_mutex_lock(&jobs->lock);
    struct slot *slot = slot_of(teller);
    if (slot && is_accepted) {
        slot->ticket = ticket;
    } else if (slot) {
        slot_clear(slot);
    }
    pthread_mutex_unlock(&jobs->lock);
}

bool briefing_jobs_start(struct briefing_jobs *jobs, const struct order *order, const char *file_name,
                         int64_t deadline_ms, struct briefing_job *job, struct fault *fault)
{
    struct teller place;
    pthread_mutex_lock(&jobs->lock);
    bool is_open = open_slot(jobs, file_name, &place, job, fault);
    pthread_mutex_unlock(&jobs->lock);
    if (!is_open) {
        return false;
    }
    uint64_t ticket = 0;
    struct teller *teller = memory_new(1, sizeof(*teller));
    *teller = place;
    struct worker_asker asker = {.done = take_result, .progress = take_progress, .context = teller};
    bool is_accepted = worker_pool_order(jobs->pool, order, deadline_ms, asker, &ticket, fault);
    if (!is_accepted) {
        free(teller);
    }
    close_start(jobs, &place, is_accepted, ticket);
    return is_accepted;
}

static bool no_job(const char *id, struct fault *fault)
{
    fault_set(fault, FAULT_NOT_FOUND, "there is no briefing '%s', or no longer", id);
    return false;
}

bool briefing_jobs_get(struct briefing_jobs *jobs, const char *id, struct briefing_job *job,
                       struct fault *fault)
{
    pthread_mutex_lock(&jobs->lock);
    struct slot *slot = find_slot(jobs, id);
    if (slot) {
        copy_job(job, &slot->job);
    }
    pthread_mutex_unlock(&jobs->lock);
    return slot || no_job(id, fault);
}

bool briefing_jobs_dismiss(struct briefing_jobs *jobs, const char *id, struct fault *fault)
{
    uint64_t ticket = 0;
    pthread_mutex_lock(&jobs->lock);
    struct slot *slot = find_slot(jobs, id);
    if (slot) {
        ticket = slot->done_ms ? 0 : slot->ticket;
        slot_clear(slot);
    }
    pthread_mutex_unlock(&jobs->lock);
    if (ticket) {
        worker_pool_cancel(jobs->pool, ticket);
    }
    return slot || no_job(id, fault);
}
