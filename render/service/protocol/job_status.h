/*
 * job_status.h - how far a briefing is, as the status of OGC API Processes with members of our own.
 */
#ifndef RENDER_SERVICE_JOB_STATUS_H
#define RENDER_SERVICE_JOB_STATUS_H

#include <stdbool.h>
#include <stddef.h>

struct answer;
struct briefing_desk;
struct briefing_job;
struct briefing_record;
struct buffer;

#define JOB_STATUS_MOST_BYTES (4u << 20)

/**
 * The status of a record without its notes and the links to its pages, for a list. job is what the desk knows
 * besides, NULL: it is done. In the desk's thread.
 */
void job_status_append_short(struct buffer *json, const struct briefing_desk *desk,
                             const struct briefing_record *record, const struct briefing_job *job);

/** All of the status as an answer. */
struct answer *job_status_answer(const struct briefing_desk *desk, const struct briefing_record *record,
                                 const struct briefing_job *job, int status);

#endif
