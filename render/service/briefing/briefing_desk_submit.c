/*
 * briefing_desk_submit.c - from wish to job: budget, id, links, the briefing before it, archive, queue.
 */
#include <stdbool.h>
#include <stdio.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_budget.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_since.h"
#include "render/service/config.h"
#include "render/service/service.h"

/** What stands on the page and in its links, and is known only now. */
static bool complete_order(struct briefing_desk *desk, struct order *order, int64_t now_ms,
                           struct fault *fault)
{
    if (!briefing_id_make(now_ms, order->briefing.id, fault)) {
        return false;
    }
    briefing_order_complete(order, desk->service->base_url, now_ms);
    briefing_since_resolve(desk->archive, order);
    return true;
}

static struct briefing_record record_of(struct briefing_desk *desk, const struct briefing_wish *wish,
                                        int64_t now_ms)
{
    struct briefing_record record;
    briefing_record_init(&record, wish->order, now_ms);
    record.is_of_service = true;
    record.due_ms = wish->due_ms;
    record.wants_list = wish->wants_list;
    briefing_record_set(&record.schedule, wish->schedule ? wish->schedule : "");
    briefing_archive_find_predecessor(desk->archive, &record);
    return record;
}

const struct briefing_job *briefing_desk_submit(struct briefing_desk *desk, const struct briefing_wish *wish,
                                                struct fault *fault)
{
    int64_t now_ms = moment_now_ms();
    struct briefing_archive *archive = briefing_desk_archive(desk, fault);
    if (!archive || !briefing_budget_check(desk->service->config, wish->order, fault) ||
        !complete_order(desk, wish->order, now_ms, fault)) {
        return NULL;
    }
    struct briefing_job_place *place = briefing_desk_enqueue(desk, wish->order, wish->party, fault);
    if (!place) {
        return NULL;
    }
    snprintf(place->job.asker, sizeof(place->job.asker), "%s", wish->asker);
    place->job.record = record_of(desk, wish, now_ms);
    if (!briefing_archive_put(archive, &place->job.record, fault)) {
        briefing_desk_remove(desk, place);
        return NULL;
    }
    if (wish->waiter) {
        place->waiter = *wish->waiter;
    }
    briefing_desk_give_out(desk);
    return &place->job;
}
