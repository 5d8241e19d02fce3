/*
 * briefing_desk_dismiss.c - what is not wanted any more, or can no longer be made. The job loses its serial,
 * so that the pool's news of it find nobody.
 */
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_queue.h"
#include "render/service/service.h"
#include "render/service/worker/worker_pool.h"

static void fail_as(struct briefing_job_place *place, enum briefing_status status, const char *message)
{
    struct briefing_record *record = &place->job.record;
    place->state = PLACE_DONE;
    record->status = status;
    record->code = status == BRIEFING_FAILED ? FAULT_UNAVAILABLE : FAULT_NONE;
    record->finished_ms = moment_now_ms();
    record->updated_ms = record->finished_ms;
    briefing_record_set(&record->message, message);
}

/** Nobody makes it any more: it leaves the queue, or its worker is killed. */
static void withdraw(struct briefing_desk *desk, struct briefing_job_place *place)
{
    place->serial = ++desk->last_serial;
    briefing_queue_remove(desk->queue, place);
    desk->held = desk->held == place ? NULL : desk->held;
    if (place->state == PLACE_WITH_WORKER) {
        worker_pool_cancel(desk->service->pool, place->ticket);
    }
}

static void dismiss_place(struct briefing_desk *desk, struct briefing_job_place *place,
                          struct briefing_record *record)
{
    bool is_made = place->state == PLACE_DONE;
    withdraw(desk, place);
    free(place->job.document);
    place->job.document = NULL;
    fail_as(place, BRIEFING_DISMISSED, is_made ? "" : "dismissed before it was made");
    briefing_record_copy(record, &place->job.record);
    briefing_desk_put_last_word(place);
}

/** Who waits for it to be made again is told; else it would come back into the archive when it is ready. */
static void dismiss_again(struct briefing_desk *desk, const char *id)
{
    struct briefing_job_place *place = briefing_desk_find_again(desk, id);
    if (place) {
        withdraw(desk, place);
        fail_as(place, BRIEFING_DISMISSED, "");
        briefing_desk_remove(desk, place);
    }
}

static bool dismiss_kept(struct briefing_desk *desk, const char *id, struct briefing_record *record,
                         struct fault *fault)
{
    struct briefing_archive *archive = briefing_desk_archive(desk, fault);
    if (!archive || !briefing_archive_find(archive, id, record, fault)) {
        return false;
    }
    record->status = BRIEFING_DISMISSED;
    record->updated_ms = moment_now_ms();
    if (briefing_archive_drop(archive, record, fault)) {
        dismiss_again(desk, id);
        return true;
    }
    briefing_record_finish(record);
    return false;
}

bool briefing_desk_dismiss(struct briefing_desk *desk, const char *id, struct briefing_record *record,
                           struct fault *fault)
{
    struct briefing_job_place *place = briefing_desk_find_new(desk, id);
    if (place) {
        dismiss_place(desk, place, record);
    } else if (!dismiss_kept(desk, id, record, fault)) {
        return false;
    }
    briefing_desk_give_out(desk);
    return true;
}

void briefing_desk_fail_waiting(struct briefing_desk *desk)
{
    struct briefing_job_place *next;
    for (struct briefing_job_place *place = desk->places; place; place = next) {
        next = place->next;
        if (place->state != PLACE_WAITING) {
            continue;
        }
        if (place->job.is_again) {
            briefing_desk_remove(desk, place);
            continue;
        }
        fail_as(place, BRIEFING_FAILED, "the service stopped before this was made");
        briefing_desk_put_last_word(place);
    }
}
