/*
 * layer_watch.c - the thread is woken for the first reading, then looks again when that may have taken too
 * long. As long as layers are read quickly it costs a lock to begin a reading and one to end it.
 */
#include "render/service/worker/layer_watch.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/thread.h"
#include "render/layer/layer_listener.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

#define PICTURE_MOST_MS 5000
#define LONG_MOST_MS 30000
#define LEAST_PART 8 /* of the usual time: that an order waited for a worker is no fault of a layer */
#define STACK_BYTES (256 << 10)

struct layer_watch {
    struct layer_listener listener;
    void (*hung)(const char *layer_id, int64_t waited_ms, void *context);
    void *context;
    pthread_t thread;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t changed;
    const char *layer_id; /* that is being read; NULL: none */
    int64_t begun_ms;
    int64_t patience_ms;
    bool is_awake; /* the thread will look by itself */
    bool is_told;  /* of this reading */
    bool is_ending;
};

static void begin(const char *layer_id, void *context)
{
    struct layer_watch *watch = context;
    pthread_mutex_lock(&watch->lock);
    watch->layer_id = layer_id;
    watch->begun_ms = monotonic_now_ms();
    watch->is_told = false;
    if (!watch->is_awake) {
        watch->is_awake = true;
        pthread_cond_signal(&watch->changed);
    }
    pthread_mutex_unlock(&watch->lock);
}

static void end(void *context)
{
    struct layer_watch *watch = context;
    pthread_mutex_lock(&watch->lock);
    watch->layer_id = NULL;
    pthread_mutex_unlock(&watch->lock);
}

/** Under the lock: until somebody wakes the thread, or the time has come. */
static void wait_until(struct layer_watch *watch, int64_t until_ms)
{
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};
    pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
}

static void *look(void *context)
{
    struct layer_watch *watch = context;
    pthread_mutex_lock(&watch->lock);
    while (!watch->is_ending) {
        int64_t due_ms = watch->begun_ms + watch->patience_ms;
        if (!watch->layer_id || watch->is_told) {
            watch->is_awake = false;
            pthread_cond_wait(&watch->changed, &watch->lock);
        } else if (monotonic_now_ms() < due_ms) {
            wait_until(watch, due_ms);
        } else {
            watch->is_told = true;
            watch->hung(watch->layer_id, watch->patience_ms, watch->context);
        }
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

struct layer_watch *layer_watch_new(void (*hung)(const char *layer_id, int64_t waited_ms, void *context),
                                    void *context)
{
    struct layer_watch *watch = memory_new(1, sizeof(*watch));
    pthread_condattr_t clock;
    watch->listener = (struct layer_listener){begin, end, watch};
    watch->hung = hung;
    watch->context = context;
    watch->patience_ms = LONG_MOST_MS;
    pthread_mutex_init(&watch->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->changed, &clock);
    pthread_condattr_destroy(&clock);
    bool is_started = thread_start(&watch->thread, STACK_BYTES, look, watch);
    assert(is_started); /* nobody draws without a watch: the process is started again */
    return watch;
}

void layer_watch_free(struct layer_watch *watch)
{
    if (!watch) {
        return;
    }
    pthread_mutex_lock(&watch->lock);
    watch->is_ending = true;
    pthread_cond_signal(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

static int64_t patience_ms_of(const struct service_settings *settings, const struct order *order)
{
    bool is_long = order_is_long(order);
    int64_t most_ms = is_long ? LONG_MOST_MS : PICTURE_MOST_MS;
    int64_t usual_ms = is_long ? settings->briefing_deadline_ms : settings->deadline_ms;
    int64_t least_ms = usual_ms / LEAST_PART;
    int64_t share_ms = (order->hung.left_ms > 0 ? order->hung.left_ms : usual_ms) / (is_long ? 3 : 2);
    share_ms = share_ms > least_ms ? share_ms : least_ms;
    return share_ms < most_ms ? share_ms : most_ms;
}

void layer_watch_begin(struct layer_watch *watch, const struct config *config, const struct order *order)
{
    int64_t patience_ms = patience_ms_of(&config->service, order);
    pthread_mutex_lock(&watch->lock);
    if (patience_ms < watch->patience_ms) {
        pthread_cond_signal(&watch->changed); /* it may sleep until a time that is too late now */
    }
    watch->patience_ms = patience_ms;
    pthread_mutex_unlock(&watch->lock);
}

const struct layer_listener *layer_watch_listener(const struct layer_watch *watch)
{
    return &watch->listener;
}
