/*
 * briefing_jobs.h - briefings that are being made, or are ready to be fetched.
 *
 * A job is made by a worker while others draw tiles. At most 64 are kept, and 256 MiB of documents; the
 * oldest that are done go first, and each is forgotten half an hour after it was done. Safe from many
 * threads.
 */
#ifndef RENDER_SERVICE_BRIEFING_JOBS_H
#define RENDER_SERVICE_BRIEFING_JOBS_H

#include <stdbool.h>
#include <stdint.h>

struct briefing_jobs;
struct fault;
struct order;
struct order_result;
struct worker_pool;

/** As OGC API Processes calls them. */
enum briefing_job_status { JOB_ACCEPTED, JOB_RUNNING, JOB_SUCCESSFUL, JOB_FAILED };

const char *briefing_job_status_name(enum briefing_job_status status);

/** A job as it is now. */
struct briefing_job {
    char id[33];
    enum briefing_job_status status;
    double part;                 /* 0 … 1 */
    struct order_result *result; /* one reference of the holder of this struct; NULL while it is made */
    char file_name[128];         /* "situation-20261008-1045.pdf" */
};
void briefing_job_finish(struct briefing_job *job);

struct briefing_jobs *briefing_jobs_new(struct worker_pool *pool);

/** Lets go of all jobs. The pool must have been freed before: nobody reports any more. */
void briefing_jobs_free(struct briefing_jobs *jobs);

/** Starts one. UNAVAILABLE: too many are being made, or the queue is full. */
bool briefing_jobs_start(struct briefing_jobs *jobs, const struct order *order, const char *file_name,
                         int64_t deadline_ms, struct briefing_job *job, struct fault *fault);

/** NOT_FOUND when there is none, or no longer. */
bool briefing_jobs_get(struct briefing_jobs *jobs, const char *id, struct briefing_job *job,
                       struct fault *fault);

/** Stops one that is being made (its worker is killed), or forgets one that is done. */
bool briefing_jobs_dismiss(struct briefing_jobs *jobs, const char *id, struct fault *fault);

#endif
