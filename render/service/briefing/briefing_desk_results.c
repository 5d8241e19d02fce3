/*
 * briefing_desk_results.c - a document from the archive, or made again when it is no longer there.
 */
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/config.h"
#include "render/service/service.h"

/** One that is done, but not in the archive yet: its document is in memory. */
static const struct briefing_job *find_done(const struct briefing_desk *desk, const char *id)
{
    const struct briefing_job *job = briefing_desk_find(desk, id);
    return job && briefing_status_is_final(job->record.status) ? job : NULL;
}

static bool check_ready(const struct briefing_record *record, struct fault *fault)
{
    if (record->status == BRIEFING_SUCCESSFUL) {
        return true;
    }
    if (record->status == BRIEFING_DISMISSED) {
        fault_set(fault, FAULT_NOT_FOUND, "briefing '%s' was dismissed", record->id);
    } else if (record->status == BRIEFING_FAILED) {
        fault_set(fault, record->code == FAULT_NONE ? FAULT_INTERNAL : record->code, "%s", record->message);
    } else {
        fault_set(fault, FAULT_CONFLICT, "briefing '%s' is not ready yet", record->id);
    }
    return false;
}

/** Takes over the record when it returns true. */
static bool make_again(struct briefing_desk *desk, struct briefing_record *record,
                       const struct briefing_waiter *waiter, struct fault *fault)
{
    struct order order;
    if (briefing_desk_find_again(desk, record->id)) {
        fault_set(fault, FAULT_UNAVAILABLE, "briefing '%s' is just being made again", record->id);
        return false;
    }
    if (!briefing_again_order(record, &order, fault)) {
        return false;
    }
    struct briefing_job_place *place = briefing_desk_enqueue(desk, &order, "again", fault);
    order_finish(&order);
    if (!place) {
        return false;
    }
    place->job.record = *record;
    place->job.is_again = true;
    place->waiter = *waiter;
    briefing_desk_give_out(desk);
    return true;
}

/** For who waits only: the archive keeps what it knows. */
static void fail_again(struct briefing_desk *desk, struct briefing_job_place *place, const struct fault *why)
{
    place->job.record.status = BRIEFING_FAILED;
    place->job.record.code = why->code;
    briefing_record_set(&place->job.record.message, why->message);
    briefing_desk_remove(desk, place);
}

void briefing_desk_take_again(struct briefing_job_place *place, const struct order_result *result)
{
    struct briefing_desk *desk = place->desk;
    struct briefing_job *job = &place->job;
    struct fault fault = result->fault;
    if (fault.code != FAULT_NONE || !briefing_desk_take_document(place, result, &fault)) {
        fail_again(desk, place, &fault);
        return;
    }
    job->difference =
        briefing_again_difference(desk->service->config, &job->record, job->document, job->length);
    if (!job->difference &&
        !briefing_archive_keep(desk->archive, &job->record, job->document, job->length, &fault)) {
        log_write(LOG_WARNING, "briefings.archive", "briefing '%s': %s", job->record.id, fault.message);
    }
    briefing_desk_remove(desk, place);
}

static bool results_of_archive(struct briefing_desk *desk, struct briefing_record *record,
                               const struct briefing_waiter *waiter, struct fault *fault)
{
    struct briefing_job job = {.record = *record};
    job.document = briefing_archive_read(desk->archive, record, &job.length, fault);
    if (!job.document) {
        return make_again(desk, record, waiter, fault);
    }
    waiter->answer(desk->service, &job, waiter->exchange);
    free(job.document);
    briefing_record_finish(record);
    return true;
}

bool briefing_desk_results(struct briefing_desk *desk, const char *id, const struct briefing_waiter *waiter,
                           struct fault *fault)
{
    const struct briefing_job *job = find_done(desk, id);
    if (job && job->document) {
        waiter->answer(desk->service, job, waiter->exchange);
        return true;
    }
    struct briefing_record record;
    struct briefing_archive *archive = briefing_desk_archive(desk, fault);
    if (!archive || !briefing_archive_find(archive, id, &record, fault)) {
        return false;
    }
    if (check_ready(&record, fault) && results_of_archive(desk, &record, waiter, fault)) {
        return true;
    }
    briefing_record_finish(&record);
    return false;
}
