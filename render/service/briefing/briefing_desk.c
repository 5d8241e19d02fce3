/*
 * briefing_desk.c - a list of calls behind one lock, carried out one after the other, and a look at the clock
 * in between.
 */
#include <stdlib.h>
#include <time.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/thread.h"
#include "render/pdf/seal_key.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_queue.h"
#include "render/service/config.h"
#include "render/service/service.h"

#define CALL_MOST 256 /* of those who ask; news of the pool always finds room */
#define TURN_MS 200
#define ARCHIVE_RETRY_MS 1000

struct briefing_desk *briefing_desk_new(struct service *service)
{
    struct briefing_desk *desk = memory_new(1, sizeof(*desk));
    pthread_condattr_t attributes;
    desk->service = service;
    desk->queue = briefing_queue_new((size_t)service->config->service.long_queue_length);
    desk->archive_tried_ms = INT64_MIN;
    pthread_mutex_init(&desk->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&desk->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return desk;
}

struct service *briefing_desk_service(const struct briefing_desk *desk)
{
    return desk->service;
}

/* ---- the mailbox ---- */

static void append_call(struct briefing_desk *desk, void (*run)(struct briefing_desk *desk, void *context),
                        void *context)
{
    struct briefing_call *call = memory_new(1, sizeof(*call));
    *call = (struct briefing_call){run, context, NULL};
    *(desk->last ? &desk->last->next : &desk->first) = call;
    desk->last = call;
    desk->call_count++;
    pthread_cond_signal(&desk->changed);
}

void briefing_desk_tell(struct briefing_desk *desk, void (*run)(struct briefing_desk *desk, void *context),
                        void *context)
{
    pthread_mutex_lock(&desk->lock);
    append_call(desk, run, context);
    pthread_mutex_unlock(&desk->lock);
}

bool briefing_desk_call(struct briefing_desk *desk, void (*run)(struct briefing_desk *desk, void *context),
                        void *context, struct fault *fault)
{
    pthread_mutex_lock(&desk->lock);
    bool has_room = desk->call_count < CALL_MOST && !desk->is_stopping;
    if (has_room) {
        append_call(desk, run, context);
    }
    pthread_mutex_unlock(&desk->lock);
    if (!has_room) {
        fault_set(fault, FAULT_UNAVAILABLE, "enough questions about briefings are waiting already");
    }
    return has_room;
}

/** Under the lock. */
static struct briefing_call *take_call(struct briefing_desk *desk)
{
    struct briefing_call *call = desk->first;
    if (call) {
        desk->first = call->next;
        desk->last = desk->first ? desk->last : NULL;
        desk->call_count--;
    }
    return call;
}

static void run_call(struct briefing_desk *desk, struct briefing_call *call)
{
    call->run(desk, call->context);
    free(call);
}

/** Waits for a call, until the next look at the clock at most. */
static struct briefing_call *wait_for_call(struct briefing_desk *desk, int64_t until_ms, bool *goes_on)
{
    struct timespec until = {until_ms / 1000, until_ms % 1000 * 1000000};
    pthread_mutex_lock(&desk->lock);
    while (!desk->first && !desk->is_stopping &&
           pthread_cond_timedwait(&desk->changed, &desk->lock, &until) == 0) {
    }
    struct briefing_call *call = take_call(desk);
    *goes_on = call || !desk->is_stopping;
    pthread_mutex_unlock(&desk->lock);
    return call;
}

static void *work(void *context)
{
    struct briefing_desk *desk = context;
    struct fault fault;
    bool goes_on = true;
    int64_t look_ms = 0;
    briefing_desk_archive(desk, &fault);
    while (goes_on) {
        if (monotonic_now_ms() >= look_ms) {
            briefing_desk_keep_time(desk);
            look_ms = monotonic_now_ms() + TURN_MS;
        }
        struct briefing_call *call = wait_for_call(desk, look_ms, &goes_on);
        if (call) {
            run_call(desk, call);
        }
    }
    return NULL;
}

bool briefing_desk_start(struct briefing_desk *desk, struct fault *fault)
{
    desk->is_started = thread_start(&desk->thread, THREAD_USUAL_STACK, work, desk);
    if (!desk->is_started) {
        fault_set(fault, FAULT_UNAVAILABLE, "there is no thread for briefings");
    }
    return desk->is_started;
}

void briefing_desk_stop(struct briefing_desk *desk)
{
    if (!desk) {
        return;
    }
    pthread_mutex_lock(&desk->lock);
    desk->is_stopping = true;
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
    if (desk->is_started) {
        pthread_join(desk->thread, NULL);
    }
    briefing_desk_fail_waiting(desk);
}

void briefing_desk_free(struct briefing_desk *desk)
{
    if (!desk) {
        return;
    }
    for (struct briefing_call *call = take_call(desk); call; call = take_call(desk)) {
        run_call(desk, call); /* what the pool said when it ended */
    }
    while (desk->places) {
        briefing_desk_remove(desk, desk->places);
    }
    briefing_queue_free(desk->queue);
    briefing_archive_close(desk->archive);
    seal_key_free(desk->key);
    free(desk->rounds);
    pthread_cond_destroy(&desk->changed);
    pthread_mutex_destroy(&desk->lock);
    free(desk);
}

/* ---- the archive ---- */

/** The first of all processes that use it cleans up after the one before. */
static void take_lead(struct briefing_desk *desk)
{
    struct fault fault;
    if (desk->is_leader || !briefing_archive_lead(desk->archive)) {
        return;
    }
    desk->is_leader = true;
    if (!briefing_archive_end_interrupted(desk->archive, moment_now_ms(), &fault)) {
        log_write(LOG_WARNING, "briefings.archive", "%s", fault.message);
    }
}

struct briefing_archive *briefing_desk_archive(struct briefing_desk *desk, struct fault *fault)
{
    int64_t now_ms = monotonic_now_ms();
    if (!desk->archive && now_ms - ARCHIVE_RETRY_MS >= desk->archive_tried_ms) {
        desk->archive_tried_ms = now_ms;
        desk->archive = briefing_archive_open(desk->service->config->briefing_folder, &desk->archive_fault);
        if (!desk->archive) {
            desk->archive_fault.code = FAULT_UNAVAILABLE;
            log_write(LOG_WARNING, "briefings.archive", "%s", desk->archive_fault.message);
        }
    }
    if (!desk->archive) {
        *fault = desk->archive_fault;
        return NULL;
    }
    take_lead(desk);
    return desk->archive;
}
