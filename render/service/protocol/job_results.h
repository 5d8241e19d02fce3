/*
 * job_results.h - the document of a briefing as an answer.
 */
#ifndef RENDER_SERVICE_JOB_RESULTS_H
#define RENDER_SERVICE_JOB_RESULTS_H

struct answer;
struct briefing_job;
struct exchange;
struct request;
struct service;

/**
 * What came of a job: its document, or a list with a link to it when it was asked for so ("response":
 * "document"), or a problem. It says whether the document was kept or made again, and why it is another one.
 */
struct answer *job_results_answer(struct service *service, const struct briefing_job *job,
                                  const struct request *request);

/** GET /jobs/{id}/results?page */
void job_handle_results(struct service *service, struct exchange *exchange);

/** GET /jobs/{id}/results/briefing?page, and /briefings/{id}/result: always the document */
void job_handle_document(struct service *service, struct exchange *exchange);

#endif
