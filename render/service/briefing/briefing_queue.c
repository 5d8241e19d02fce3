/*
 * briefing_queue.c - everybody who was ever served has a number: when that was last. The least number is
 * next. A position is found by letting the queue run on a copy of these numbers.
 */
#include "render/service/briefing/briefing_queue.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define PARTY_BYTES 200
#define PARTY_MOST 4096 /* more than twice as many as may wait */

/** Who has turns: an asker, or an asker and an organisation. */
struct party {
    char name[PARTY_BYTES];
    uint64_t served; /* number of the last turn; 0: never */
};

struct place {
    void *job;
    size_t asker;        /* index of its party */
    size_t organisation; /* the same */
};

struct briefing_queue {
    size_t length;
    struct place *places; /* in the order in which they came */
    size_t count;
    struct party *parties;
    size_t party_count;
    uint64_t turn;
};

struct briefing_queue *briefing_queue_new(size_t length)
{
    struct briefing_queue *queue = memory_new(1, sizeof(*queue));
    queue->length = length;
    queue->places = memory_new(length, sizeof(*queue->places));
    queue->parties = memory_new(PARTY_MOST, sizeof(*queue->parties));
    return queue;
}

void briefing_queue_free(struct briefing_queue *queue)
{
    if (!queue) {
        return;
    }
    free(queue->places);
    free(queue->parties);
    free(queue);
}

static bool is_waiting(const struct briefing_queue *queue, size_t party)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->places[i].asker == party || queue->places[i].organisation == party) {
            return true;
        }
    }
    return false;
}

/** The place of a party that nobody waits for and that was served longest ago. */
static size_t find_idle(const struct briefing_queue *queue)
{
    size_t idle = PARTY_MOST;
    for (size_t i = 0; i < queue->party_count; i++) {
        bool is_older = idle == PARTY_MOST || queue->parties[i].served < queue->parties[idle].served;
        if (is_older && !is_waiting(queue, i)) {
            idle = i;
        }
    }
    return idle;
}

static size_t party_of(struct briefing_queue *queue, const char *name)
{
    for (size_t i = 0; i < queue->party_count; i++) {
        if (strcmp(queue->parties[i].name, name) == 0) {
            return i;
        }
    }
    size_t index = queue->party_count < PARTY_MOST ? queue->party_count++ : find_idle(queue);
    queue->parties[index] = (struct party){.served = 0};
    snprintf(queue->parties[index].name, PARTY_BYTES, "%s", name);
    return index;
}

static size_t count_of_asker(const struct briefing_queue *queue, size_t asker)
{
    size_t count = 0;
    for (size_t i = 0; i < queue->count; i++) {
        count += queue->places[i].asker == asker;
    }
    return count;
}

bool briefing_queue_put(struct briefing_queue *queue, void *job, const char *asker, const char *organisation,
                        struct fault *fault)
{
    char name[PARTY_BYTES];
    if (queue->count == queue->length) {
        fault_set(fault, FAULT_UNAVAILABLE, "%zu briefings are waiting already", queue->count);
        return false;
    }
    snprintf(name, sizeof(name), "%.60s", asker);
    size_t party = party_of(queue, name);
    if (count_of_asker(queue, party) >= (queue->length + 1) / 2) {
        fault_set(fault, FAULT_UNAVAILABLE,
                  "%zu of your briefings are waiting already: the other places are for others",
                  count_of_asker(queue, party));
        return false;
    }
    struct place *place = &queue->places[queue->count++];
    *place = (struct place){job, party, party}; /* so that the next line cannot take the asker's party away */
    snprintf(name, sizeof(name), "%.60s\n%.120s", asker, organisation);
    place->organisation = party_of(queue, name);
    return true;
}

/** Is a's turn before that of b, which came earlier? */
static bool is_before(const struct place *a, const struct place *b, const uint64_t *served)
{
    if (served[a->asker] != served[b->asker]) {
        return served[a->asker] < served[b->asker];
    }
    return served[a->organisation] < served[b->organisation];
}

static size_t next_of(const struct place *places, size_t count, const uint64_t *served)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        best = is_before(&places[i], &places[best], served) ? i : best;
    }
    return best;
}

static void serve(const struct place *place, uint64_t *served, uint64_t turn)
{
    served[place->asker] = turn;
    served[place->organisation] = turn;
}

static void take_out(struct place *places, size_t *count, size_t index)
{
    memmove(&places[index], &places[index + 1], (*count - index - 1) * sizeof(*places));
    (*count)--;
}

/** The numbers of all parties, to be changed at will. Owned by the caller. */
static uint64_t *copy_served(const struct briefing_queue *queue)
{
    uint64_t *served = memory_new(queue->party_count, sizeof(*served));
    for (size_t i = 0; i < queue->party_count; i++) {
        served[i] = queue->parties[i].served;
    }
    return served;
}

void *briefing_queue_take(struct briefing_queue *queue)
{
    if (queue->count == 0) {
        return NULL;
    }
    uint64_t *served = copy_served(queue);
    size_t index = next_of(queue->places, queue->count, served);
    free(served);
    struct place place = queue->places[index];
    queue->turn++;
    queue->parties[place.asker].served = queue->turn;
    queue->parties[place.organisation].served = queue->turn;
    take_out(queue->places, &queue->count, index);
    return place.job;
}

bool briefing_queue_remove(struct briefing_queue *queue, const void *job)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->places[i].job == job) {
            take_out(queue->places, &queue->count, i);
            return true;
        }
    }
    return false;
}

/** How many are taken out until it is this one's turn; 0: it is not there. Uses up places and served. */
static size_t run_until(const void *job, struct place *places, size_t count, uint64_t *served, uint64_t turn)
{
    for (size_t position = 1; count > 0; position++) {
        size_t index = next_of(places, count, served);
        if (places[index].job == job) {
            return position;
        }
        serve(&places[index], served, turn + position);
        take_out(places, &count, index);
    }
    return 0;
}

size_t briefing_queue_position(const struct briefing_queue *queue, const void *job)
{
    struct place *places = memory_new(queue->count, sizeof(*places));
    uint64_t *served = copy_served(queue);
    if (queue->count > 0) {
        memcpy(places, queue->places, queue->count * sizeof(*places));
    }
    size_t position = run_until(job, places, queue->count, served, queue->turn);
    free(places);
    free(served);
    return position;
}

size_t briefing_queue_count(const struct briefing_queue *queue)
{
    return queue->count;
}
