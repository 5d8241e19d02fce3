/*
 * tile_crew.c - each worker is a pool of its own, so nobody else takes its orders. The pools' threads put
 * what is done into a list, the owner takes it out. Enough orders are under way that no worker waits while
 * the owner waits for the disk, and no more, so that none has much left when the others are done.
 */
#include "render/service/seed/tile_crew.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool.h"

#define ORDERS_LEAST 3
#define ORDERS_MOST 32
#define AHEAD_US 60000 /* a commit of the owner takes less, on most disks */
#define QUARANTINE_MS 3600000
#define START_MS 20000

/** One order from being asked for until it is taken. */
struct asked {
    struct tile_crew *crew;
    uint64_t tag;
    int worker;
    int64_t asked_us;
    int64_t done_us;
    struct order_result *result; /* one reference, once it is done */
    struct asked *next;
};

struct lane {
    struct worker_pool *pool;
    size_t pending;
    int64_t order_us; /* what an order takes, of late */
    int64_t done_us;  /* when the last one was done */
};

struct tile_crew {
    const char *command[5];
    const char *nursery_command[6];
    struct nursery *nursery;
    struct lane *lanes;
    int lane_count;
    int64_t deadline_ms;
    size_t pending;
    pthread_mutex_t lock; /* of first and last */
    pthread_cond_t changed;
    struct asked *first; /* done, in the order in which they were */
    struct asked *last;
};

static void put_done(struct asked *asked, struct order_result *result)
{
    struct tile_crew *crew = asked->crew;
    asked->done_us = monotonic_now_us();
    pthread_mutex_lock(&crew->lock);
    asked->result = order_result_ref(result);
    asked->next = NULL;
    if (crew->last) {
        crew->last->next = asked;
    } else {
        crew->first = asked;
    }
    crew->last = asked;
    pthread_cond_signal(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

/** In a pool's thread. */
static void take_result(struct order_result *result, void *context)
{
    put_done(context, result);
}

static bool start_lanes(struct tile_crew *crew, struct fault *fault)
{
    struct worker_pool_options options = {
        .command = crew->command,
        .nursery = crew->nursery,
        .worker_count = 1,
        .queue_length = ORDERS_MOST,
        .long_queue_length = 1,
        .quarantine_ms = QUARANTINE_MS,
        .start_ms = START_MS,
        .is_grid_told = true,
    };
    for (int i = 0; i < crew->lane_count; i++) {
        crew->lanes[i].order_us = AHEAD_US;
        crew->lanes[i].pool = worker_pool_new(&options, fault);
        if (!crew->lanes[i].pool) {
            return false;
        }
    }
    return true;
}

struct tile_crew *tile_crew_new(const struct config *config, struct plot_shelf *shelf, int worker_count,
                                struct fault *fault)
{
    struct tile_crew *crew = memory_new(1, sizeof(*crew));
    pthread_condattr_t attributes;
    *crew = (struct tile_crew){.command = {COMMAND_PROGRAM, "worker", "--config", config->path, NULL}};
    memcpy(crew->nursery_command, crew->command, sizeof(crew->command));
    crew->nursery_command[4] = "--nursery";
    crew->nursery =
        shelf ? nursery_fork(crew->nursery_command, config, shelf) : nursery_new(crew->nursery_command);
    crew->deadline_ms = config->service.briefing_deadline_ms;
    crew->lanes = memory_new((size_t)worker_count, sizeof(*crew->lanes));
    crew->lane_count = worker_count;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&crew->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!start_lanes(crew, fault)) {
        tile_crew_free(crew);
        return NULL;
    }
    return crew;
}

void tile_crew_free(struct tile_crew *crew)
{
    if (!crew) {
        return;
    }
    for (int i = 0; i < crew->lane_count; i++) {
        if (crew->lanes[i].pool) {
            worker_pool_free(crew->lanes[i].pool); /* tells all that were pending */
        }
    }
    nursery_free(crew->nursery);
    while (crew->first) {
        struct asked *asked = crew->first;
        crew->first = asked->next;
        order_result_unref(asked->result);
        free(asked);
    }
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    free(crew->lanes);
    free(crew);
}

int tile_crew_count(const struct tile_crew *crew)
{
    return crew->lane_count;
}

bool tile_crew_is_full(const struct tile_crew *crew, int worker)
{
    const struct lane *lane = &crew->lanes[worker];
    int64_t wanted = AHEAD_US / (lane->order_us + 1);
    wanted = wanted < ORDERS_LEAST ? ORDERS_LEAST : wanted;
    wanted = wanted > ORDERS_MOST ? ORDERS_MOST : wanted;
    return lane->pending >= (size_t)wanted;
}

size_t tile_crew_pending(const struct tile_crew *crew)
{
    return crew->pending;
}

void tile_crew_ask(struct tile_crew *crew, int worker, const struct order *order, uint64_t tag)
{
    struct fault fault;
    struct asked *asked = memory_new(1, sizeof(*asked));
    *asked = (struct asked){.crew = crew, .tag = tag, .worker = worker, .asked_us = monotonic_now_us()};
    struct worker_asker asker = {.done = take_result, .context = asked};
    crew->pending++;
    crew->lanes[worker].pending++;
    if (!worker_pool_order(crew->lanes[worker].pool, order, monotonic_now_ms() + crew->deadline_ms, asker,
                           NULL, &fault)) {
        struct order_result *refused = order_result_of_fault(&fault);
        put_done(asked, refused);
        order_result_unref(refused);
    }
}

/** The next that is done; NULL when the time is over. */
static struct asked *wait_for_one(struct tile_crew *crew, int64_t wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&crew->lock);
    while (!crew->first && pthread_cond_timedwait(&crew->changed, &crew->lock, &until) == 0) {
    }
    struct asked *asked = crew->first;
    if (asked) {
        crew->first = asked->next;
        crew->last = crew->first ? crew->last : NULL;
    }
    pthread_mutex_unlock(&crew->lock);
    return asked;
}

/** The worker began with it when it was asked for, or when the one before was done. */
static void note_time(struct lane *lane, const struct asked *asked)
{
    int64_t begun_us = asked->asked_us > lane->done_us ? asked->asked_us : lane->done_us;
    lane->order_us = (3 * lane->order_us + asked->done_us - begun_us) / 4;
    lane->done_us = asked->done_us;
}

struct order_result *tile_crew_take(struct tile_crew *crew, int64_t wait_ms, uint64_t *tag)
{
    assert(crew->pending > 0);
    struct asked *asked = wait_for_one(crew, wait_ms);
    if (!asked) {
        return NULL;
    }
    crew->pending--;
    crew->lanes[asked->worker].pending--;
    note_time(&crew->lanes[asked->worker], asked);
    struct order_result *result = asked->result;
    *tag = asked->tag;
    free(asked);
    return result;
}
