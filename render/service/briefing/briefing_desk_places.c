/*
 * briefing_desk_places.c - the jobs that are at the desk: a list, in which each has a serial by which the
 * news of the pool find it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_queue.h"

struct briefing_job_place *briefing_desk_find_serial(const struct briefing_desk *desk, uint64_t serial)
{
    struct briefing_job_place *place = desk->places;
    while (place && place->serial != serial) {
        place = place->next;
    }
    return place;
}

static struct briefing_job_place *find_id(const struct briefing_desk *desk, const char *id, bool is_again)
{
    struct briefing_job_place *place = desk->places;
    while (place && (place->job.is_again != is_again || strcmp(place->job.record.id, id) != 0)) {
        place = place->next;
    }
    return place;
}

struct briefing_job_place *briefing_desk_find_new(const struct briefing_desk *desk, const char *id)
{
    return find_id(desk, id, false);
}

struct briefing_job_place *briefing_desk_find_again(const struct briefing_desk *desk, const char *id)
{
    return find_id(desk, id, true);
}

const struct briefing_job *briefing_desk_find(const struct briefing_desk *desk, const char *id)
{
    const struct briefing_job_place *place = find_id(desk, id, false);
    return place ? &place->job : NULL;
}

size_t briefing_desk_position(const struct briefing_desk *desk, const struct briefing_job *job)
{
    if (job->place == desk->held) {
        return 1;
    }
    size_t position = briefing_queue_position(desk->queue, job->place);
    return position > 0 && desk->held ? position + 1 : position;
}

void briefing_desk_answer(struct briefing_job_place *place)
{
    struct briefing_waiter waiter = place->waiter;
    place->waiter.exchange = NULL;
    if (waiter.exchange) {
        waiter.answer(place->desk->service, &place->job, waiter.exchange);
    }
}

void briefing_desk_remove(struct briefing_desk *desk, struct briefing_job_place *place)
{
    struct briefing_job_place **link = &desk->places;
    while (*link != place) {
        link = &(*link)->next;
    }
    *link = place->next;
    briefing_queue_remove(desk->queue, place);
    desk->held = desk->held == place ? NULL : desk->held;
    briefing_desk_answer(place);
    briefing_record_finish(&place->job.record);
    order_finish(&place->job.order);
    free(place->job.document);
    free(place->job.difference);
    free(place);
}

struct briefing_job_place *briefing_desk_enqueue(struct briefing_desk *desk, const struct order *order,
                                                 const char *party, struct fault *fault)
{
    struct briefing_job_place *place = memory_new(1, sizeof(*place));
    if (!briefing_queue_put(desk->queue, place, party, order->briefing.organisation, fault)) {
        free(place);
        return NULL;
    }
    place->desk = desk;
    snprintf(place->job.party, sizeof(place->job.party), "%s", party);
    place->serial = ++desk->last_serial;
    place->job.place = place;
    order_copy(&place->job.order, order);
    place->next = desk->places;
    desk->places = place;
    return place;
}
