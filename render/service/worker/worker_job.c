/*
 * worker_job.c - queues are short (their length is a setting), so they are walked where that is simpler.
 */
#include "render/service/worker/worker_job.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

struct job *job_new(char *key, const struct order *order, int64_t now_ms)
{
    struct job *job = memory_new(1, sizeof(*job));
    job->key = key;
    job->queued_ms = now_ms;
    order_copy(&job->order, order);
    return job;
}

void job_free(struct job *job)
{
    if (!job) {
        return;
    }
    order_result_unref(job->result);
    order_finish(&job->order);
    free(job->askers);
    free(job->key);
    free(job);
}

void job_add_asker(struct job *job, struct worker_asker asker, uint64_t ticket, int64_t deadline_ms)
{
    job->askers = memory_resize(job->askers, job->asker_count + 1, sizeof(*job->askers));
    job->askers[job->asker_count++] = (struct job_asker){asker, ticket};
    if (deadline_ms > job->deadline_ms) {
        job->deadline_ms = deadline_ms;
    }
}

bool job_remove_asker(struct job *job, uint64_t ticket, struct worker_asker *asker)
{
    for (size_t i = 0; i < job->asker_count; i++) {
        if (job->askers[i].ticket == ticket) {
            *asker = job->askers[i].asker;
            job->askers[i] = job->askers[--job->asker_count];
            return true;
        }
    }
    return false;
}

void job_queue_append(struct job_queue *queue, struct job *job)
{
    job->next = NULL;
    *(queue->last ? &queue->last->next : &queue->first) = job;
    queue->last = job;
    queue->count++;
}

void job_queue_prepend(struct job_queue *queue, struct job *job)
{
    job->next = queue->first;
    queue->first = job;
    queue->last = queue->last ? queue->last : job;
    queue->count++;
}

void job_queue_insert(struct job_queue *queue, struct job *job)
{
    struct job **link = &queue->first;
    while (*link && (*link)->turn <= job->turn) {
        link = &(*link)->next;
    }
    job->next = *link;
    *link = job;
    queue->last = job->next ? queue->last : job;
    queue->count++;
}

/** Takes out what *link points at; before is the one before it, or NULL. */
static struct job *take_link(struct job_queue *queue, struct job **link, struct job *before)
{
    struct job *job = *link;
    *link = job->next;
    if (queue->last == job) {
        queue->last = before;
    }
    job->next = NULL;
    queue->count--;
    return job;
}

struct job *job_queue_take_first(struct job_queue *queue)
{
    return queue->first ? take_link(queue, &queue->first, NULL) : NULL;
}

bool job_queue_remove(struct job_queue *queue, struct job *job)
{
    struct job *before = NULL;
    for (struct job **link = &queue->first; *link; link = &(*link)->next) {
        if (*link == job) {
            take_link(queue, link, before);
            return true;
        }
        before = *link;
    }
    return false;
}

struct job *job_queue_take_expired(struct job_queue *queue, int64_t now_ms)
{
    struct job *before = NULL;
    for (struct job **link = &queue->first; *link; link = &(*link)->next) {
        if ((*link)->deadline_ms <= now_ms) {
            return take_link(queue, link, before);
        }
        before = *link;
    }
    return NULL;
}

int64_t job_queue_deadline(const struct job_queue *queue)
{
    int64_t deadline_ms = INT64_MAX;
    for (const struct job *job = queue->first; job; job = job->next) {
        deadline_ms = job->deadline_ms < deadline_ms ? job->deadline_ms : deadline_ms;
    }
    return deadline_ms;
}
