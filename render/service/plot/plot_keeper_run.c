/*
 * plot_keeper_run.c - one thread owns the store.
 *
 * Order of a commit: on disk; tiles on disk of its maps unsettled; snapshot current; epochs of its maps
 * raised and their stale tiles dropped; "now" of its maps moved on; listeners told; acknowledged. A tile that
 * is asked for after the acknowledgement is therefore never older than the commit. When the wall clock
 * reaches another moment of a plot the same is done without a commit.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/plot/plot_keeper_internal.h"
#include "render/service/plot/plot_symbols.h"
#include "render/service/service.h"
#include "render/service/tile/stale_check.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/worker/plot_shelf.h"

#define TURN_MS 1000

static void set_trouble(struct plot_keeper *keeper, const struct fault *fault)
{
    pthread_mutex_lock(&keeper->lock);
    bool is_new = keeper->is_ready || strcmp(keeper->trouble.message, fault->message) != 0;
    keeper->is_ready = false;
    keeper->trouble = *fault;
    keeper->trouble.code = FAULT_UNAVAILABLE;
    pthread_mutex_unlock(&keeper->lock);
    if (is_new) {
        log_write(LOG_ERROR, "store.unavailable", "%s", fault->message);
    }
}

/** Takes over the reference. */
static void publish_plot(struct plot_keeper *keeper, size_t index, struct plot *plot)
{
    pthread_mutex_lock(&keeper->lock);
    struct plot *before = keeper->plots[index];
    keeper->plots[index] = plot;
    pthread_mutex_unlock(&keeper->lock);
    plot_unref(before);
}

static void start_disk_afresh(struct plot_keeper *keeper, size_t map, const struct order_view *view)
{
    struct disk_cache *disk = keeper->options.service->disk_cache;
    struct disk_state state;
    if (disk) {
        plot_keeper_disk_state(keeper, map, view, &state);
        disk_cache_start_afresh(disk, (uint16_t)map, &state);
    }
}

/** From here until end_disk_change() no tile of the map comes from disk or goes there. */
static void begin_disk_change(struct plot_keeper *keeper, size_t map)
{
    if (keeper->options.service->disk_cache) {
        disk_cache_begin_change(keeper->options.service->disk_cache, (uint16_t)map);
    }
}

static void end_disk_change(struct plot_keeper *keeper, size_t map, const struct order_view *view)
{
    struct disk_cache *disk = keeper->options.service->disk_cache;
    struct disk_state state;
    if (disk) {
        plot_keeper_disk_state(keeper, map, view, &state);
        disk_cache_end_change(disk, (uint16_t)map, &state);
    }
}

/** All snapshots are new: nothing that was drawn before counts. */
static void start_afresh(struct plot_keeper *keeper)
{
    struct order_view view;
    struct fault fault;
    for (size_t i = 0; i < keeper->map_count; i++) {
        tile_cache_drop_map(keeper->options.service->tile_cache, (uint16_t)i);
        if (plot_keeper_view(keeper, i, moment_now_ms(), &view, &fault)) {
            plot_keeper_set_state(keeper, i, &view);
            start_disk_afresh(keeper, i, &view);
        }
    }
    pthread_mutex_lock(&keeper->lock);
    keeper->is_ready = true;
    pthread_mutex_unlock(&keeper->lock);
    log_write(LOG_INFO, "store.opened", "the store '%s' is open with %zu plots", keeper->config->store_path,
              keeper->config->plot_count);
}

/** From the store, or what was read before and how it went on since. */
static struct plot *read_plot(struct plot_keeper *keeper, const char *name, struct fault *fault)
{
    struct plot_shelf *shelf = keeper->options.shelf;
    struct plot *earlier = shelf ? plot_shelf_find(shelf, name) : NULL;
    if (!earlier) {
        return store_read_plot(keeper->store, name, 0, fault);
    }
    struct plot *plot = store_follow_plot(keeper->store, earlier, fault);
    plot_unref(earlier);
    return plot;
}

static bool read_plots(struct plot_keeper *keeper, struct fault *fault)
{
    for (size_t i = 0; i < keeper->config->plot_count; i++) {
        struct plot_title title = plot_symbols_new_title(keeper->config, &keeper->config->plots[i]);
        struct plot *plot = NULL;
        if (store_put_plot(keeper->store, &title, fault)) {
            plot = read_plot(keeper, title.name, fault);
        }
        if (!plot) {
            return false;
        }
        plot_symbols_warn(keeper->config, plot_title(plot));
        publish_plot(keeper, i, plot);
    }
    return true;
}

static void open_store(struct plot_keeper *keeper)
{
    struct fault fault;
    keeper->store = store_open(keeper->config->store_path, STORE_WRITER, &fault);
    bool is_there = keeper->store && stat(keeper->config->store_path, &keeper->file) == 0;
    for (size_t i = 0; i < keeper->map_count; i++) {
        begin_disk_change(keeper, i); /* the snapshots that come may be of another store */
    }
    if (is_there && read_plots(keeper, &fault)) {
        plot_shelf_free(keeper->options.shelf);
        keeper->options.shelf = NULL;
        start_afresh(keeper);
        return;
    }
    if (keeper->store && !is_there) {
        fault_set(&fault, FAULT_UNAVAILABLE, "the store '%s' was taken away", keeper->config->store_path);
    }
    set_trouble(keeper, &fault);
    store_close(keeper->store);
    keeper->store = NULL;
}

/** Is what we write to still the file under that name? One that was taken away must not swallow changes. */
static bool check_file(struct plot_keeper *keeper, struct fault *fault)
{
    struct stat file;
    bool is_there = stat(keeper->config->store_path, &file) == 0;
    if (is_there && file.st_ino == keeper->file.st_ino && file.st_dev == keeper->file.st_dev) {
        return true;
    }
    fault_set(fault, FAULT_UNAVAILABLE, "the store '%s' was %s", keeper->config->store_path,
              is_there ? "replaced" : "taken away");
    set_trouble(keeper, fault);
    if (is_there) {
        store_close(keeper->store);
        keeper->store = NULL;
    }
    return false;
}

/** What a change is for one map: what a plot was before. A NULL plot: only time went on. */
struct step {
    const char *plot;
    const struct plot *before;
};

/** The plots of a map as they are, and as they were. */
static void set_plots(const struct plot_keeper *keeper, struct stale_check *check, const struct map *map,
                      const struct step *step)
{
    size_t position = 0;
    for (size_t i = 0; i < map->item_count && position < check->after.plot_count; i++) {
        const char *name = map->items[i].plot;
        if (!name) {
            continue;
        }
        const struct plot *plot = keeper->plots[plot_keeper_index(keeper, name)];
        bool is_changed = step->plot && strcmp(name, step->plot) == 0;
        check->plots_after[position] = plot;
        check->plots_before[position] = is_changed ? step->before : plot;
        check->before.revisions[position] = plot_revision(check->plots_before[position]);
        position++;
    }
}

/** Drops what is stale of one map, and moves its "now" on. */
static void refresh_map(struct plot_keeper *keeper, size_t index, const struct step *step)
{
    const struct map *map = maps_at(keeper->config->maps, index);
    struct stale_check check = {
        .service = keeper->options.service, .map = (uint16_t)index, .is_only_now = !step->plot};
    struct fault fault;
    bool is_touched = !step->plot || config_map_has_plot(map, step->plot);
    if (!is_touched || !plot_keeper_view(keeper, index, moment_now_ms(), &check.after, &fault)) {
        return;
    }
    check.before = check.after;
    check.before.as_of_ms = plot_keeper_now(keeper, index, NULL);
    set_plots(keeper, &check, map, step);
    if (step->plot || check.before.as_of_ms != check.after.as_of_ms) {
        begin_disk_change(keeper, index);
        stale_check_run(&check);
        plot_keeper_set_state(keeper, index, &check.after);
        end_disk_change(keeper, index, &check.after);
    }
}

static void refresh_maps(struct plot_keeper *keeper, const struct step *step)
{
    for (size_t i = 0; i < keeper->map_count; i++) {
        refresh_map(keeper, i, step);
    }
}

/** Before the new snapshot of a plot can be seen. */
static void unsettle_maps(struct plot_keeper *keeper, const char *plot)
{
    for (size_t i = 0; i < keeper->map_count; i++) {
        if (config_map_has_plot(maps_at(keeper->config->maps, i), plot)) {
            begin_disk_change(keeper, i);
        }
    }
}

static void notify(struct plot_keeper *keeper, const struct plot_event *event)
{
    if (keeper->options.notify) {
        keeper->options.notify(event, keeper->options.context);
    }
}

static struct bbox box_of(const struct plot *plot, const char *id)
{
    const struct feature *feature = plot_find(plot, id);
    return feature ? feature->shape->box : bbox_empty();
}

static void notify_commit(struct plot_keeper *keeper, const struct task *task, const struct plot *before,
                          const struct plot *after)
{
    struct plot_event event = {.plot = plot_title(after)->name,
                               .revision = plot_revision(after),
                               .box_deg = bbox_empty(),
                               .recorded_ms = plot_recorded_ms(after),
                               .moment_ms = plot_moment_at(after, moment_now_ms()),
                               .change_count = task->change_count};
    for (size_t i = 0; i < task->change_count; i++) {
        const char *id = change_id(&task->changes[i]);
        event.box_deg = bbox_union(event.box_deg, bbox_union(box_of(before, id), box_of(after, id)));
    }
    notify(keeper, &event);
}

/** Commits, makes the new snapshot and lets nothing stale remain. The new snapshot is borrowed; NULL on
 * fault. */
static const struct plot *commit(struct plot_keeper *keeper, struct task *task, struct fault *fault)
{
    struct plot *before = plot_ref(keeper->plots[task->plot]);
    const char *name = keeper->config->plots[task->plot].name;
    int64_t recorded_ms = moment_now_ms();
    uint64_t revision;
    struct plot *after = NULL;
    if (store_commit(keeper->store, name, task->changes, task->change_count, recorded_ms, &revision, fault)) {
        after = plot_with_changes(before, task->changes, task->change_count, revision, recorded_ms);
        unsettle_maps(keeper, name);
        publish_plot(keeper, task->plot, after);
        refresh_maps(keeper, &(struct step){name, before});
        notify_commit(keeper, task, before, after);
    }
    plot_unref(before);
    return after;
}

static void read_earlier(struct plot_keeper *keeper, struct task *task)
{
    struct fault fault;
    struct plot *plot =
        store_read_plot(keeper->store, keeper->config->plots[task->plot].name, task->revision, &fault);
    task->done(plot, plot ? NULL : &fault, task->context);
    plot_unref(plot);
    plot_keeper_task_free(task);
}

static void do_task(struct plot_keeper *keeper, struct task *task)
{
    struct fault fault = keeper->trouble;
    if (monotonic_now_ms() >= task->deadline_ms) {
        plot_keeper_fail_task(task, FAULT_UNAVAILABLE, "the store had no time for this");
        return;
    }
    if (!keeper->store || !check_file(keeper, &fault)) {
        plot_keeper_fail_task(task, FAULT_UNAVAILABLE, fault.message);
        return;
    }
    if (!task->changes) {
        read_earlier(keeper, task);
        return;
    }
    const struct plot *after = commit(keeper, task, &fault);
    task->done(after, after ? NULL : &fault, task->context);
    plot_keeper_task_free(task);
}

/** The box of what begins or ends after one moment and not after another. */
static struct bbox box_between(const struct plot *plot, int64_t after_ms, int64_t until_ms)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < plot_count(plot); i++) {
        const struct feature *feature = plot_at(plot, i);
        bool begins = feature->valid_from_ms > after_ms && feature->valid_from_ms <= until_ms;
        bool ends = feature->valid_to_ms > after_ms && feature->valid_to_ms <= until_ms;
        if (begins || ends) {
            box = bbox_union(box, feature->shape->box);
        }
    }
    return box;
}

static void notify_moment(struct plot_keeper *keeper, const struct plot *plot, int64_t before_ms,
                          int64_t now_ms)
{
    struct plot_event event = {.plot = plot_title(plot)->name,
                               .revision = plot_revision(plot),
                               .box_deg = box_between(plot, before_ms, now_ms),
                               .recorded_ms = plot_recorded_ms(plot),
                               .moment_ms = now_ms};
    notify(keeper, &event);
}

static bool reaches_moment(const struct plot *plot, int64_t last_ms, int64_t now_ms)
{
    return plot_moment_at(plot, last_ms) != plot_moment_at(plot, now_ms);
}

/** When the clock reached another moment since last_ms the pictures of "now" are others. */
static void follow_clock(struct plot_keeper *keeper, int64_t last_ms, int64_t now_ms)
{
    size_t count = keeper->config->plot_count;
    size_t moved = 0;
    for (size_t i = 0; i < count; i++) {
        moved += reaches_moment(keeper->plots[i], last_ms, now_ms);
    }
    if (moved == 0) {
        return;
    }
    refresh_maps(keeper, &(struct step){0});
    for (size_t i = 0; i < count; i++) {
        const struct plot *plot = keeper->plots[i];
        if (reaches_moment(plot, last_ms, now_ms)) {
            notify_moment(keeper, plot, plot_moment_at(plot, last_ms), plot_moment_at(plot, now_ms));
        }
    }
}

/** Opens the store, or looks whether it is still there. */
static void tend_store(struct plot_keeper *keeper)
{
    struct fault fault;
    if (!keeper->store) {
        open_store(keeper);
    } else if (check_file(keeper, &fault)) {
        pthread_mutex_lock(&keeper->lock);
        keeper->is_ready = true;
        pthread_mutex_unlock(&keeper->lock);
    }
}

/** The next task; NULL after a turn without one. is_last: stopping, and there is none left. */
static struct task *wait_for_task(struct plot_keeper *keeper, bool *is_last)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TURN_MS / 1000;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->first && !keeper->is_stopping &&
           pthread_cond_timedwait(&keeper->wakes, &keeper->lock, &until) == 0) {
    }
    struct task *task = keeper->first;
    if (task) {
        keeper->first = task->next;
        keeper->last = keeper->first ? keeper->last : &keeper->first;
        keeper->task_count--;
    }
    *is_last = !task && keeper->is_stopping;
    pthread_mutex_unlock(&keeper->lock);
    return task;
}

void *plot_keeper_run(void *context)
{
    struct plot_keeper *keeper = context;
    int64_t last_ms = moment_now_ms();
    int64_t tended_ms = -TURN_MS;
    bool is_last = false;
    while (!is_last) {
        int64_t now_ms = moment_now_ms();
        if (monotonic_now_ms() - tended_ms >= TURN_MS) {
            tend_store(keeper);
            tended_ms = monotonic_now_ms();
        }
        if (keeper->store) {
            follow_clock(keeper, last_ms, now_ms);
        }
        last_ms = now_ms;
        struct task *task = wait_for_task(keeper, &is_last);
        if (task) {
            do_task(keeper, task);
        }
    }
    store_close(keeper->store);
    return NULL;
}
