/*
 * plot_keeper.c - snapshots are swapped under the lock and read by everybody; what needs the store is queued
 * for its thread.
 */
#include "render/service/plot/plot_keeper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/thread.h"
#include "render/map_view.h"
#include "render/service/config.h"
#include "render/service/tile/disk_state.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper_internal.h"
#include "render/service/worker/plot_shelf.h"
#include "render/service/service.h"
#include "render/service/protocol/view_moment.h"

#define TASK_MAX 1000

size_t plot_keeper_index(const struct plot_keeper *keeper, const char *name)
{
    size_t index = 0;
    while (index < keeper->config->plot_count && strcmp(keeper->config->plots[index].name, name) != 0) {
        index++;
    }
    return index;
}

/* ---- What everybody may ask ---- */

struct plot *plot_keeper_get(struct plot_keeper *keeper, const char *plot_name, struct fault *fault)
{
    size_t index = plot_keeper_index(keeper, plot_name);
    if (index == keeper->config->plot_count) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no plot '%s'", plot_name);
        return NULL;
    }
    pthread_mutex_lock(&keeper->lock);
    struct plot *plot = keeper->plots[index] ? plot_ref(keeper->plots[index]) : NULL;
    if (!plot) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s", keeper->trouble.message);
    }
    pthread_mutex_unlock(&keeper->lock);
    return plot;
}

int64_t plot_keeper_now(struct plot_keeper *keeper, size_t map_index, uint64_t *label)
{
    assert(map_index < keeper->map_count);
    struct map_state *state = &keeper->maps[map_index];
    if (label) {
        *label = atomic_load_explicit(&state->label, memory_order_acquire);
    }
    return atomic_load_explicit(&state->now_ms, memory_order_acquire);
}

void plot_keeper_label(struct plot_keeper *keeper, size_t map_index, uint64_t *label, struct order_view *view)
{
    struct map_state *state = &keeper->maps[map_index];
    pthread_mutex_lock(&keeper->lock);
    *label = atomic_load(&state->label);
    *view = state->view;
    pthread_mutex_unlock(&keeper->lock);
}

void plot_keeper_set_state(struct plot_keeper *keeper, size_t map_index, const struct order_view *view)
{
    struct map_state *state = &keeper->maps[map_index];
    pthread_mutex_lock(&keeper->lock);
    state->view = *view;
    atomic_store(&state->now_ms, view->as_of_ms);
    atomic_fetch_add(&state->label, 1);
    pthread_mutex_unlock(&keeper->lock);
}

/** The snapshots of a map's plots, in their order; under the lock, borrowed. False when one was never read.
 */
static bool find_plots(const struct plot_keeper *keeper, const struct map *map,
                       const struct plot *plots[static MAP_VIEW_PLOT_MAX], size_t *count, struct fault *fault)
{
    *count = 0;
    for (size_t i = 0; i < map->item_count; i++) {
        if (!map->items[i].plot) {
            continue;
        }
        size_t index = plot_keeper_index(keeper, map->items[i].plot);
        assert(index < keeper->config->plot_count);
        if (*count == MAP_VIEW_PLOT_MAX) {
            fault_set(fault, FAULT_LIMIT, "map '%s' has more than %d plots", map->id, MAP_VIEW_PLOT_MAX);
            return false;
        }
        if (!keeper->plots[index]) {
            fault_set(fault, FAULT_UNAVAILABLE, "%s", keeper->trouble.message);
            return false;
        }
        plots[(*count)++] = keeper->plots[index];
    }
    return true;
}

bool plot_keeper_view(struct plot_keeper *keeper, size_t map_index, int64_t as_of_ms, struct order_view *view,
                      struct fault *fault)
{
    const struct map *map = maps_at(keeper->config->maps, map_index);
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    *view = (struct order_view){.as_of_ms = plot_keeper_now(keeper, map_index, NULL)};
    memcpy(view->map, map->id, strnlen(map->id, sizeof(view->map) - 1));
    pthread_mutex_lock(&keeper->lock);
    bool is_found = find_plots(keeper, map, plots, &view->plot_count, fault);
    for (size_t i = 0; is_found && i < view->plot_count; i++) {
        view->revisions[i] = plot_revision(plots[i]);
    }
    if (is_found && as_of_ms != MOMENT_NONE) {
        view->as_of_ms = view_moment_at(plots, view->plot_count, as_of_ms);
    }
    pthread_mutex_unlock(&keeper->lock);
    return is_found;
}

void plot_keeper_disk_state(struct plot_keeper *keeper, size_t map_index, const struct order_view *view,
                            struct disk_state *state)
{
    struct fault fault;
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    *state = (struct disk_state){.symbols = HASH_START, .now_ms = view->as_of_ms};
    pthread_mutex_lock(&keeper->lock);
    find_plots(keeper, maps_at(keeper->config->maps, map_index), plots, &state->plot_count, &fault);
    for (size_t i = 0; i < state->plot_count; i++) {
        char pin[SYMBOL_PIN_BYTES];
        symbol_pin_format(&plot_title(plots[i])->symbols, pin);
        state->symbols = hash_text(state->symbols, pin);
        state->revisions[i] = plot_revision(plots[i]);
        state->recorded_ms[i] = plot_recorded_ms(plots[i]);
    }
    pthread_mutex_unlock(&keeper->lock);
}

bool plot_keeper_is_ready(struct plot_keeper *keeper, struct fault *fault)
{
    pthread_mutex_lock(&keeper->lock);
    bool is_ready = keeper->is_ready;
    if (!is_ready && fault) {
        *fault = keeper->trouble;
    }
    pthread_mutex_unlock(&keeper->lock);
    return is_ready;
}

void plot_keeper_visit(struct plot_keeper *keeper, void (*visit)(const struct plot *plot, void *context),
                       void *context)
{
    for (size_t i = 0; i < keeper->config->plot_count; i++) {
        struct plot *plot = plot_keeper_get(keeper, keeper->config->plots[i].name, NULL);
        if (plot) {
            visit(plot, context);
        }
        plot_unref(plot);
    }
}

/* ---- Tasks ---- */

void plot_keeper_task_free(struct task *task)
{
    for (size_t i = 0; i < task->change_count; i++) {
        change_finish(&task->changes[i]);
    }
    free(task->changes);
    free(task);
}

void plot_keeper_fail_task(struct task *task, enum fault_code code, const char *sentence)
{
    struct fault fault;
    fault_set(&fault, code, "%s", sentence);
    task->done(NULL, &fault, task->context);
    plot_keeper_task_free(task);
}

/** Takes the task over. False: there is no room, and it is still the caller's. */
static bool append_task(struct plot_keeper *keeper, struct task *task)
{
    task->deadline_ms = monotonic_now_ms() + keeper->config->service.deadline_ms;
    pthread_mutex_lock(&keeper->lock);
    bool is_taken = !keeper->is_stopping && keeper->task_count < TASK_MAX;
    if (is_taken) {
        *keeper->last = task;
        keeper->last = &task->next;
        keeper->task_count++;
        pthread_cond_signal(&keeper->wakes);
    }
    pthread_mutex_unlock(&keeper->lock);
    return is_taken;
}

static void add_task(struct plot_keeper *keeper, struct task *task, const char *plot_name)
{
    task->plot = plot_keeper_index(keeper, plot_name);
    if (task->plot == keeper->config->plot_count) {
        plot_keeper_fail_task(task, FAULT_NOT_FOUND, "there is no such plot");
    } else if (!append_task(keeper, task)) {
        plot_keeper_fail_task(task, FAULT_UNAVAILABLE, "too many changes are waiting");
    }
}

void plot_keeper_commit(struct plot_keeper *keeper, const char *plot_name, struct change *changes,
                        size_t count,
                        void (*done)(const struct plot *after, const struct fault *fault, void *context),
                        void *context)
{
    struct task *task = memory_new(1, sizeof(*task));
    task->changes = changes;
    task->change_count = count;
    task->done = done;
    task->context = context;
    add_task(keeper, task, plot_name);
}

void plot_keeper_read(struct plot_keeper *keeper, const char *plot_name, uint64_t revision,
                      void (*done)(const struct plot *plot, const struct fault *fault, void *context),
                      void *context)
{
    struct task *task = memory_new(1, sizeof(*task));
    task->revision = revision;
    task->done = done;
    task->context = context;
    add_task(keeper, task, plot_name);
}

/* ---- From start to stop ---- */

struct plot_keeper *plot_keeper_new(const struct plot_keeper_options *options, struct fault *fault)
{
    struct plot_keeper *keeper = memory_new(1, sizeof(*keeper));
    pthread_condattr_t attributes;
    keeper->options = *options;
    keeper->config = options->service->config;
    keeper->map_count = maps_count(keeper->config->maps);
    keeper->maps = memory_new(keeper->map_count, sizeof(*keeper->maps));
    keeper->plots = memory_new(keeper->config->plot_count, sizeof(struct plot *));
    keeper->last = &keeper->first;
    fault_set(&keeper->trouble, FAULT_UNAVAILABLE, "the store is not open yet");
    for (size_t i = 0; i < keeper->map_count; i++) {
        atomic_init(&keeper->maps[i].now_ms, MOMENT_NONE);
    }
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&keeper->wakes, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!thread_start(&keeper->thread, THREAD_USUAL_STACK, plot_keeper_run, keeper)) {
        fault_set(fault, FAULT_UNAVAILABLE, "there is no thread for the store");
        plot_keeper_free(keeper);
        return NULL;
    }
    return keeper;
}

void plot_keeper_free(struct plot_keeper *keeper)
{
    if (!keeper) {
        return;
    }
    if (keeper->thread) {
        pthread_mutex_lock(&keeper->lock);
        keeper->is_stopping = true;
        pthread_cond_signal(&keeper->wakes);
        pthread_mutex_unlock(&keeper->lock);
        pthread_join(keeper->thread, NULL);
    }
    for (size_t i = 0; i < keeper->config->plot_count; i++) {
        plot_unref(keeper->plots[i]);
    }
    plot_shelf_free(keeper->options.shelf);
    pthread_cond_destroy(&keeper->wakes);
    pthread_mutex_destroy(&keeper->lock);
    free(keeper->plots);
    free(keeper->maps);
    free(keeper);
}
