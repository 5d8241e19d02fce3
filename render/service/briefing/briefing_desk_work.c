/*
 * briefing_desk_work.c - from job to document: worker, seal, archive.
 *
 * As many are given to the pool as it works on at a time, so whose turn it is is decided here, as late as
 * possible. The pool's news come through the mailbox with a serial; of a job that was dismissed in the
 * meantime they find none.
 */
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_queue.h"
#include "render/service/briefing/briefing_seal.h"
#include "render/service/config.h"
#include "render/service/service.h"
#include "render/service/worker/worker_pool.h"

/** What the pool says of one job. */
struct news {
    uint64_t serial;
    double part;
    struct order_result *result; /* one reference; NULL: progress */
};

/** Whom the pool tells. Freed with the result. */
struct listener {
    struct briefing_desk *desk;
    uint64_t serial;
};

/* ---- what came of it ---- */

/** The last word; what the disk does not take is tried again (briefing_desk_clock.c). */
void briefing_desk_put_last_word(struct briefing_job_place *place)
{
    struct briefing_desk *desk = place->desk;
    struct briefing_job *job = &place->job;
    struct fault fault;
    bool is_put = job->document
                      ? briefing_archive_keep(desk->archive, &job->record, job->document, job->length, &fault)
                      : briefing_archive_put(desk->archive, &job->record, &fault);
    briefing_desk_answer(place);
    if (is_put) {
        briefing_desk_remove(desk, place);
        return;
    }
    log_write(LOG_WARNING, "briefings.archive", "briefing '%s': %s", job->record.id, fault.message);
}

bool briefing_desk_take_document(struct briefing_job_place *place, const struct order_result *result,
                                 struct fault *fault)
{
    struct briefing_desk *desk = place->desk;
    struct briefing_job *job = &place->job;
    struct order_result sealed = {.length = result->length};
    desk->key = desk->key ? desk->key : briefing_seal_open(desk->service->config, fault);
    if (!desk->key) {
        return false;
    }
    sealed.bytes = memory_copy_bytes(result->bytes, result->length);
    if (!briefing_seal(desk->key, &sealed, fault)) {
        free(sealed.bytes);
        return false;
    }
    job->document = sealed.bytes;
    job->length = sealed.length;
    return true;
}

static void take_made(struct briefing_job_place *place, const struct order_result *result)
{
    struct briefing_job *job = &place->job;
    struct fault fault;
    bool is_made = result->fault.code == FAULT_NONE;
    if (is_made && !briefing_desk_take_document(place, result, &fault)) {
        struct order_result *unsealed = order_result_of_fault(&fault);
        briefing_record_take(&job->record, &job->order, unsealed, moment_now_ms());
        order_result_unref(unsealed);
    } else {
        briefing_record_take(&job->record, &job->order, result, moment_now_ms());
    }
    briefing_desk_put_last_word(place);
}

static void take_progress(struct briefing_job_place *place, double part)
{
    place->job.record.percent = (int64_t)floor(part * 100);
    place->job.record.updated_ms = moment_now_ms();
}

static void take_result(struct briefing_job_place *place, const struct order_result *result)
{
    place->state = PLACE_DONE;
    (place->job.is_again ? briefing_desk_take_again : take_made)(place, result);
}

/** In the desk's thread. */
static void take_news(struct briefing_desk *desk, void *context)
{
    struct news *news = context;
    struct briefing_job_place *place = briefing_desk_find_serial(desk, news->serial);
    if (place && news->result) {
        take_result(place, news->result);
    } else if (place) {
        take_progress(place, news->part);
    }
    desk->with_workers -= news->result != NULL;
    order_result_unref(news->result);
    free(news);
    briefing_desk_give_out(desk);
}

static void tell_news(const struct listener *listener, double part, struct order_result *result)
{
    struct news *news = memory_new(1, sizeof(*news));
    *news = (struct news){listener->serial, part, result};
    briefing_desk_tell(listener->desk, take_news, news);
}

/** In the pool's thread, as the next. */
static void hear_progress(double part, void *context)
{
    tell_news(context, part, NULL);
}

static void hear_result(struct order_result *result, void *context)
{
    tell_news(context, 1, order_result_ref(result));
    free(context);
}

/* ---- given to workers ---- */

static int most_with_workers(const struct briefing_desk *desk)
{
    int workers = config_worker_count(desk->service->config);
    return workers > 1 ? workers - 1 : 1;
}

static void begin(struct briefing_job_place *place)
{
    struct briefing_record *record = &place->job.record;
    const struct config *config = place->desk->service->config;
    struct fault fault;
    place->state = PLACE_WITH_WORKER;
    if (place->job.is_again) {
        return;
    }
    record->status = BRIEFING_RUNNING;
    record->started_ms = moment_now_ms();
    record->updated_ms = record->started_ms;
    free(record->parts);
    record->parts = briefing_again_parts(config, &place->job.order);
    if (!briefing_archive_put(place->desk->archive, record, &fault)) {
        log_write(LOG_WARNING, "briefings.archive", "briefing '%s': %s", record->id, fault.message);
    }
}

static bool give(struct briefing_job_place *place, struct fault *fault)
{
    struct briefing_desk *desk = place->desk;
    int64_t deadline_ms = monotonic_now_ms() + desk->service->config->service.briefing_deadline_ms;
    struct listener *listener = memory_new(1, sizeof(*listener));
    *listener = (struct listener){desk, place->serial};
    struct worker_asker asker = {.done = hear_result, .progress = hear_progress, .context = listener};
    if (!worker_pool_order(desk->service->pool, &place->job.order, deadline_ms, asker, &place->ticket,
                           fault)) {
        free(listener);
        return false;
    }
    desk->with_workers++;
    begin(place);
    return true;
}

/** What the pool never takes must not keep the others waiting. */
static void refuse(struct briefing_job_place *place, const struct fault *why)
{
    struct order_result *result = order_result_of_fault(why);
    take_result(place, result);
    order_result_unref(result);
}

void briefing_desk_give_out(struct briefing_desk *desk)
{
    struct fault fault;
    while (!desk->is_stopping && desk->with_workers < most_with_workers(desk)) {
        struct briefing_job_place *place = desk->held ? desk->held : briefing_queue_take(desk->queue);
        desk->held = NULL;
        if (!place) {
            return;
        }
        bool is_given = give(place, &fault);
        if (!is_given && fault.code == FAULT_UNAVAILABLE) {
            desk->held = place; /* no room now */
            return;
        }
        if (!is_given) {
            refuse(place, &fault);
        }
    }
}
