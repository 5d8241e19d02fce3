/*
 * process_jobs.h - briefings as jobs: listed, followed, dismissed (OGC API Processes 1.0).
 */
#ifndef RENDER_SERVICE_PROCESS_JOBS_H
#define RENDER_SERVICE_PROCESS_JOBS_H

struct answer;
struct exchange;
struct fault;
struct request;
struct service;

/** GET /jobs?type, processID, status, datetime, minDuration, maxDuration, map, organisation, schedule,
 * before, limit */
void job_handle_list(struct service *service, struct exchange *exchange);

/** GET /jobs/{id} */
void job_handle_status(struct service *service, struct exchange *exchange);

/** DELETE /jobs/{id}: 200 with the status. One that is done, or that somebody else asked for, needs the right
 * to write. */
void job_handle_dismiss(struct service *service, struct exchange *exchange);

/** A fault of a job by the types of the standard: no-such-job, result-not-ready. */
struct answer *job_fault_answer(const struct fault *fault, const struct request *request);

#endif
