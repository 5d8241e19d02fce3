/*
 * clerk.c - a ring of calls behind one lock. It is short: each call may hold a body or a list of many
 * megabytes.
 */
#include "render/service/plot/clerk.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/scheduling.h"
#include "geo/base/thread.h"

#define CALL_MAX 64

struct call {
    void (*run)(void *context);
    void *context;
};

struct clerk {
    pthread_t thread;
    pthread_mutex_t lock; /* for what follows */
    pthread_cond_t changed;
    struct call calls[CALL_MAX];
    size_t first;
    size_t count;
    bool is_stopping;
};

/** The next call; false when there is none and never will be. */
static bool take_call(struct clerk *clerk, struct call *call)
{
    pthread_mutex_lock(&clerk->lock);
    while (clerk->count == 0 && !clerk->is_stopping) {
        pthread_cond_wait(&clerk->changed, &clerk->lock);
    }
    bool is_taken = clerk->count > 0;
    if (is_taken) {
        *call = clerk->calls[clerk->first];
        clerk->first = (clerk->first + 1) % CALL_MAX;
        clerk->count--;
    }
    pthread_mutex_unlock(&clerk->lock);
    return is_taken;
}

static void *work(void *context)
{
    struct call call;
    scheduling_yield();
    while (take_call(context, &call)) {
        call.run(call.context);
    }
    return NULL;
}

struct clerk *clerk_new(struct fault *fault)
{
    struct clerk *clerk = memory_new(1, sizeof(*clerk));
    pthread_mutex_init(&clerk->lock, NULL);
    pthread_cond_init(&clerk->changed, NULL);
    if (!thread_start(&clerk->thread, THREAD_USUAL_STACK, work, clerk)) {
        fault_set(fault, FAULT_UNAVAILABLE, "there is no thread for long lists and large bodies");
        free(clerk);
        return NULL;
    }
    return clerk;
}

void clerk_free(struct clerk *clerk)
{
    if (!clerk) {
        return;
    }
    pthread_mutex_lock(&clerk->lock);
    clerk->is_stopping = true;
    pthread_cond_signal(&clerk->changed);
    pthread_mutex_unlock(&clerk->lock);
    pthread_join(clerk->thread, NULL);
    pthread_cond_destroy(&clerk->changed);
    pthread_mutex_destroy(&clerk->lock);
    free(clerk);
}

bool clerk_call(struct clerk *clerk, void (*run)(void *context), void *context, struct fault *fault)
{
    pthread_mutex_lock(&clerk->lock);
    bool is_taken = clerk->count < CALL_MAX;
    if (is_taken) {
        clerk->calls[(clerk->first + clerk->count) % CALL_MAX] = (struct call){run, context};
        clerk->count++;
        pthread_cond_signal(&clerk->changed);
    }
    pthread_mutex_unlock(&clerk->lock);
    if (!is_taken) {
        fault_set(fault, FAULT_UNAVAILABLE, "enough large bodies and long lists are waiting already");
    }
    return is_taken;
}
