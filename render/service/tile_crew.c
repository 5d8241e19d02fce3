/*
 * tile_crew.c - the pool's thread puts what is done into a list, the owner takes it out. Twice as many tiles
 * as workers are under way, so that none of them waits for the owner.
 */
#include "render/service/tile_crew.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/command.h"
#include "render/service/config.h"
#include "render/service/order.h"
#include "render/service/worker_pool.h"

#define TILES_EACH 2
#define QUARANTINE_MS 3600000
#define START_MS 20000

/** One tile from being asked for until it is taken. */
struct asked {
    struct tile_crew *crew;
    struct tile_address address;
    struct order_result *result; /* one reference, once it is done */
    struct asked *next;
};

struct tile_crew {
    const char *command[5];
    struct worker_pool *pool;
    int64_t deadline_ms;
    size_t most_pending;
    size_t pending;
    pthread_mutex_t lock; /* of done */
    pthread_cond_t changed;
    struct asked *done;
};

static void put_done(struct asked *asked, struct order_result *result)
{
    struct tile_crew *crew = asked->crew;
    pthread_mutex_lock(&crew->lock);
    asked->result = order_result_ref(result);
    asked->next = crew->done;
    crew->done = asked;
    pthread_cond_signal(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

/** In the pool's thread. */
static void take_result(struct order_result *result, void *context)
{
    put_done(context, result);
}

struct tile_crew *tile_crew_new(const struct config *config, int worker_count, struct fault *fault)
{
    struct tile_crew *crew = memory_new(1, sizeof(*crew));
    *crew = (struct tile_crew){.command = {COMMAND_PROGRAM, "worker", "--config", config->path, NULL}};
    crew->deadline_ms = config->service.briefing_deadline_ms;
    crew->most_pending = (size_t)worker_count * TILES_EACH;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->changed, NULL);
    struct worker_pool_options options = {
        .command = crew->command,
        .worker_count = worker_count,
        .queue_length = crew->most_pending,
        .long_queue_length = 1,
        .quarantine_ms = QUARANTINE_MS,
        .start_ms = START_MS,
    };
    crew->pool = worker_pool_new(&options, fault);
    if (!crew->pool) {
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
    if (crew->pool) {
        worker_pool_free(crew->pool); /* tells all that were pending */
    }
    while (crew->done) {
        struct asked *asked = crew->done;
        crew->done = asked->next;
        order_result_unref(asked->result);
        free(asked);
    }
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    free(crew);
}

bool tile_crew_is_full(const struct tile_crew *crew)
{
    return crew->pending >= crew->most_pending;
}

size_t tile_crew_pending(const struct tile_crew *crew)
{
    return crew->pending;
}

void tile_crew_ask(struct tile_crew *crew, const struct order *order)
{
    struct fault fault;
    struct asked *asked = memory_new(1, sizeof(*asked));
    *asked = (struct asked){.crew = crew, .address = order->tile.address};
    struct worker_asker asker = {.done = take_result, .context = asked};
    crew->pending++;
    if (!worker_pool_order(crew->pool, order, monotonic_now_ms() + crew->deadline_ms, asker, NULL, &fault)) {
        struct order_result *refused = order_result_of_fault(&fault);
        put_done(asked, refused);
        order_result_unref(refused);
    }
}

struct order_result *tile_crew_take(struct tile_crew *crew, struct tile_address *address)
{
    assert(crew->pending > 0);
    pthread_mutex_lock(&crew->lock);
    while (!crew->done) {
        pthread_cond_wait(&crew->changed, &crew->lock);
    }
    struct asked *asked = crew->done;
    crew->done = asked->next;
    pthread_mutex_unlock(&crew->lock);
    crew->pending--;
    struct order_result *result = asked->result;
    *address = asked->address;
    free(asked);
    return result;
}
