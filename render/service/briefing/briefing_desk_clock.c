/*
 * briefing_desk_clock.c - what is due: waiters who waited long enough, what the disk did not take before,
 * room in the archive, schedules.
 */
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/config.h"
#include "render/service/service.h"

#define TIDY_MS 60000
#define RETRY_MS 1000
#define MS_PER_DAY 86400000LL

static void answer_the_impatient(struct briefing_desk *desk, int64_t now_ms)
{
    for (struct briefing_job_place *place = desk->places; place; place = place->next) {
        if (place->waiter.exchange && place->waiter.until_ms <= now_ms) {
            briefing_desk_answer(place);
        }
    }
}

static void retry_last_words(struct briefing_desk *desk)
{
    struct briefing_job_place *next;
    for (struct briefing_job_place *place = desk->places; place; place = next) {
        next = place->next;
        if (place->state == PLACE_DONE && !place->job.is_again) {
            briefing_desk_put_last_word(place);
        }
    }
}

static void tidy(struct briefing_desk *desk)
{
    const struct service_settings *settings = &desk->service->config->service;
    struct briefing_limits limits = {settings->briefing_bytes, settings->briefing_days * MS_PER_DAY};
    struct fault fault;
    if (!briefing_archive_tidy(desk->archive, &limits, moment_now_ms(), &fault)) {
        log_write(LOG_WARNING, "briefings.archive", "%s", fault.message);
    }
}

void briefing_desk_keep_time(struct briefing_desk *desk)
{
    int64_t now_ms = monotonic_now_ms();
    struct fault fault;
    answer_the_impatient(desk, now_ms);
    briefing_desk_give_out(desk);
    if (now_ms - desk->retried_ms < RETRY_MS || !briefing_desk_archive(desk, &fault)) {
        return;
    }
    desk->retried_ms = now_ms;
    retry_last_words(desk);
    if (desk->is_leader) {
        briefing_desk_keep_schedules(desk);
    }
    if (desk->is_leader && now_ms - desk->tidied_ms >= TIDY_MS) {
        desk->tidied_ms = now_ms;
        tidy(desk);
    }
}
