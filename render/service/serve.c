/*
 * serve.c - started from below (cache, workers, store, sockets) and stopped the other way round: no handler
 * can meet a part that is gone.
 */
#include "render/service/serve.h"

#include <errno.h>
#include <malloc.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/log.h"
#include "geo/base/problems.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/plot/clerk.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/tile/disk_cache_file.h"
#include "render/service/tile/disk_settler.h"
#include "render/service/plot/events.h"
#include "render/service/http/http.h"
#include "render/service/tile/look_hash.h"
#include "render/service/protocol/metrics.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/tile/tile_desk.h"
#include "render/service/protocol/viewer.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/nursery_run.h"
#include "render/service/worker/program_pages.h"
#include "render/service/worker/plot_shelf.h"
#include "render/service/worker/worker_pool.h"

#define HEAP_STEP_BYTES (1 << 20)
#define WORKER_START_MS 20000
#define DESCRIPTORS_BESIDE 30      /* store, log, sockets of workers … */
#define DESCRIPTORS_OF_IO_THREAD 3 /* two epolls, one of them the HTTP library's, and an eventfd */
#define CONNECTIONS_LEAST 8
#define DESCRIPTOR_PART 0.7
#define STORE_WAIT_MS 1000
#define STORE_TURN_MS 2
#define DRAIN_TURN_MS 20
#define DRAIN_LEAST_MS 200

/** Everything that serve_run() started, and its address. */
struct running {
    struct service service;
    char base_url[256];
    const char *worker_command[8];
    const char *nursery_command[8];
    struct nursery *nursery;
    struct plot_shelf *shelf;
};

/**
 * How many connections there may be: those of the configuration, or as many as leave room. A process without
 * descriptors cannot even say so. 0: not even a few.
 */
static size_t fit_connections(const struct config *config, struct fault *fault)
{
    struct rlimit limit;
    size_t wanted = (size_t)config->service.connections;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max; /* the soft limit is for programs that use select() */
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    double most = (double)limit.rlim_cur * DESCRIPTOR_PART - DESCRIPTORS_BESIDE;
    double with_all_threads = most - DESCRIPTORS_OF_IO_THREAD * config_io_thread_count(config);
    double with_one_each = most / (1 + DESCRIPTORS_OF_IO_THREAD); /* no more run: http_loop.c */
    double room = fmax(with_all_threads, with_one_each);
    if (room >= (double)wanted) {
        return wanted;
    }
    if (room < CONNECTIONS_LEAST) {
        fault_set(fault, FAULT_LIMIT,
                  "this process may open only %llu files (ulimit -n): too few to serve anybody",
                  (unsigned long long)limit.rlim_cur);
        return 0;
    }
    log_write(LOG_WARNING, "service.descriptors",
              "%zu connections instead of %zu: only %llu files may be open", (size_t)room, wanted,
              (unsigned long long)limit.rlim_cur);
    return (size_t)room;
}

/** Before there are threads: what is read now is shared by all processes. */
static void start_nursery(struct running *running, const char *program)
{
    const struct config *config = running->service.config;
    const char *const command[] = {program, "worker", "--config", config->path, "--nursery", NULL};
    memcpy(running->nursery_command, command, sizeof(command));
    running->shelf = plot_shelf_new(config->store_path);
    nursery_read(config, running->shelf);
    running->nursery = nursery_fork(running->nursery_command, config, running->shelf);
}

/**
 * All threads take from one heap, which grows by large steps: those of their own grow with a system call for
 * each page, and a tile that is kept fills more than one. Workers are born before and do as they like.
 */
static void settle_memory(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, HEAP_STEP_BYTES);
    mallopt(M_TRIM_THRESHOLD, 4 * HEAP_STEP_BYTES);
}

static bool start_pool(struct running *running, const char *program, struct fault *fault)
{
    const struct config *config = running->service.config;
    const char *const command[] = {program, "worker", "--config", config->path, NULL};
    memcpy(running->worker_command, command, sizeof(command));
    struct worker_pool_options options = {
        .command = running->worker_command,
        .nursery = running->nursery,
        .worker_count = config_worker_count(config),
        .queue_length = (size_t)config->service.queue_length,
        .long_queue_length = (size_t)config->service.long_queue_length,
        .quarantine_ms = config->service.quarantine_ms,
        .start_ms = WORKER_START_MS,
        .sets = config->tile_matrix_sets,
    };
    running->service.pool = worker_pool_new(&options, fault);
    return running->service.pool != NULL;
}

static bool start_keeper(struct running *running, struct fault *fault)
{
    struct service *service = &running->service;
    struct plot_keeper_options options = {service, running->shelf, events_notify, service->events};
    running->shelf = NULL;
    running->service.plots = plot_keeper_new(&options, fault);
    return running->service.plots != NULL;
}

/** What the tiles of a map depend on besides its plots. A marking is no part of the picture but of its
 * answer. */
static uint64_t look_of(const struct config *config, const struct map *map)
{
    uint64_t numbers[] = {look_hash(config, map), (uint64_t)map_marking(map), (uint64_t)map->palette};
    return hash_bytes(HASH_START, numbers, sizeof(numbers));
}

/** Without a folder tiles are kept in memory only. */
static bool start_disk_cache(struct running *running, struct fault *fault)
{
    struct service *service = &running->service;
    const struct config *config = service->config;
    size_t count = maps_count(config->maps);
    if (!*config->service.cache_folder) {
        return true;
    }
    struct disk_map *maps = memory_new(count, sizeof(*maps));
    for (size_t i = 0; i < count; i++) {
        const struct map *map = maps_at(config->maps, i);
        maps[i] = (struct disk_map){map->id, look_of(config, map)};
    }
    struct disk_cache_options options = {config->service.cache_folder,
                                         (size_t)config->service.disk_cache_bytes, maps, count};
    service->disk_cache = disk_cache_new(&options, fault);
    service->disk_settler = service->disk_cache ? disk_settler_new(service, fault) : NULL;
    free(maps);
    return service->disk_settler != NULL;
}

/** Links need the port, which may be known only now. */
static void name_address(struct running *running, int port)
{
    const struct service_settings *settings = &running->service.config->service;
    bool is_v6 = strchr(settings->listen, ':') != NULL;
    if (*settings->base_url) {
        snprintf(running->base_url, sizeof(running->base_url), "%s", settings->base_url);
    } else {
        snprintf(running->base_url, sizeof(running->base_url), is_v6 ? "http://[%s]:%d" : "http://%s:%d",
                 settings->listen, port);
    }
}

/** Who asks in the first moments waits for the store, and is not sent away. */
static void await_store(const struct service *service)
{
    struct timespec turn = {.tv_nsec = STORE_TURN_MS * 1000000L};
    for (int i = 0; i < STORE_WAIT_MS / STORE_TURN_MS && !plot_keeper_is_ready(service->plots, NULL); i++) {
        nanosleep(&turn, NULL);
    }
}

static bool start(struct running *running, const char *program, struct fault *fault)
{
    struct service *service = &running->service;
    struct http_options options = {.service = service};
    options.routes = service_routes(&options.route_count);
    service->base_url = running->base_url;
    service->metrics = metrics_new(options.routes, options.route_count);
    service->tile_cache =
        tile_cache_new((size_t)service->config->service.cache_bytes, maps_count(service->config->maps));
    service->tiles = tile_desk_new(service);
    service->events = events_new();
    service->viewer = viewer_new(service->config->service.viewer);
    options.most_connections = fit_connections(service->config, fault);
    if (options.most_connections == 0 || !start_pool(running, program, fault)) {
        return false;
    }
    service->briefings = briefing_desk_new(service);
    if (!start_disk_cache(running, fault) || !start_keeper(running, fault)) {
        return false;
    }
    service->clerk = clerk_new(fault);
    service->http = service->clerk ? http_new(&options, fault) : NULL;
    if (!service->http) {
        return false;
    }
    name_address(running, http_port(service->http));
    await_store(service);
    return briefing_desk_start(service->briefings, fault) && http_start(service->http, fault);
}

static void stop(struct running *running)
{
    struct service *service = &running->service;
    http_free(service->http);
    clerk_free(service->clerk);
    plot_keeper_free(service->plots);
    disk_settler_free(service->disk_settler);
    briefing_desk_stop(service->briefings);
    worker_pool_free(service->pool);
    nursery_free(running->nursery);
    plot_shelf_free(running->shelf);
    disk_cache_free(service->disk_cache);
    briefing_desk_free(service->briefings);
    viewer_free(service->viewer);
    events_free(service->events);
    tile_desk_free(service->tiles);
    tile_cache_free(service->tile_cache);
    metrics_free(service->metrics);
}

static void wait_for_signal(const sigset_t *signals)
{
    int number;
    program_pages_give_back(); /* all is set up, and the first pictures are made by others */
    while (sigwait(signals, &number) != 0) {
    }
    log_write(LOG_INFO, "service.stopping", "%s: no new connections, running requests finish",
              number == SIGTERM ? "SIGTERM" : "SIGINT");
}

/** Until nobody is connected, or the time is over, or a second signal comes. */
static void drain(struct running *running, const sigset_t *signals)
{
    int64_t started_ms = monotonic_now_ms();
    int64_t most_ms = running->service.config->service.drain_ms;
    atomic_store(&running->service.is_draining, true);
    http_drain(running->service.http);
    struct timespec turn = {.tv_nsec = DRAIN_TURN_MS * 1000000L};
    int64_t passed_ms = 0;
    while (passed_ms < most_ms && sigtimedwait(signals, NULL, &turn) < 0) {
        struct http_state state = http_state(running->service.http);
        passed_ms = monotonic_now_ms() - started_ms;
        if (state.connections == state.streams && passed_ms >= DRAIN_LEAST_MS) {
            break;
        }
    }
}

/** They stop the briefings that want them; the service serves all else. */
static void tell_template_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        log_write(LOG_WARNING, "template.mistake", "%s:%d: %s: %s", problem->file, problem->line,
                  problem->field, problem->sentence);
    }
}

int serve_run(const struct config *config, const char *program)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals,
                    NULL); /* inherited by every thread: they come to wait_for_signal() */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not the end */
    log_open(config->service.log == CONFIG_LOG_JSON ? LOG_JSON : LOG_PLAIN, LOG_INFO);
    struct running running = {.service = {.config = config}};
    struct fault fault;
    tell_template_problems(&config->template_problems);
    start_nursery(&running, program);
    settle_memory();
    if (!start(&running, program, &fault)) {
        log_write(LOG_ERROR, "service.start", "%s", fault.message);
        stop(&running);
        return EXIT_FAILURE;
    }
    log_write(LOG_INFO, "service.started", "listening on %s with %d workers", running.base_url,
              config_worker_count(config));
    wait_for_signal(&signals);
    drain(&running, &signals);
    stop(&running);
    log_write(LOG_INFO, "service.stopped", "stopped");
    return EXIT_SUCCESS;
}
