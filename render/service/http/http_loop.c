/*
 * http_loop.c - an epoll that holds the library's own epoll among others.
 *
 * What the library has to do does not always show in its epoll: connections that may be read on are kept in
 * a list, and then it says that it wants no waiting. A daemon is touched by its own thread only, but for
 * connections that are resumed; of that the library tells nobody, so others wake the thread, and the thread
 * itself takes a note.
 */
#include "render/service/http/http_loop.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/thread.h"
#include "render/service/config.h"
#include "render/service/http/http_internal.h"
#include "render/service/service.h"
#include "render/service/worker/worker_pool.h"

#define EVENT_MOST 32
#define RUNS_MOST 3 /* to send an answer and see that no request is there yet; then workers are heard */
#define LET_IN_MOST_MS 200
#define DAEMON_EVENT UINT64_MAX
#define WAKE_EVENT (UINT64_MAX - 1)

static int wait_ms(struct http_loop *loop)
{
    MHD_UNSIGNED_LONG_LONG timeout_ms;
    if (loop->has_resumed) {
        return 0;
    }
    if (MHD_get_timeout(loop->daemon, &timeout_ms) != MHD_YES) {
        return -1;
    }
    return timeout_ms < INT32_MAX ? (int)timeout_ms : INT32_MAX;
}

static void heed_wake(struct http_loop *loop)
{
    uint64_t wakes;
    ssize_t got = read(loop->wake, &wakes, sizeof(wakes));
    (void)got; /* how often it was woken does not matter */
    if (atomic_load(&loop->http->is_quiescing) && !loop->is_quiesced) {
        loop->is_quiesced = true;
        MHD_quiesce_daemon(loop->daemon);
        atomic_fetch_add(&loop->http->quiesced_loops, 1);
    }
}

static void turn(struct http_loop *loop)
{
    struct worker_pool *pool = loop->http->options.service->pool;
    struct epoll_event events[EVENT_MOST];
    int count = epoll_wait(loop->epoll, events, EVENT_MOST, wait_ms(loop));
    for (int i = 0; i < count; i++) {
        uint64_t what = events[i].data.u64;
        if (what == WAKE_EVENT) {
            heed_wake(loop);
        } else if (what != DAEMON_EVENT) {
            worker_pool_listen(pool, (uint32_t)what, events[i].events);
        }
    }
    for (int run = 0; run < RUNS_MOST && (run == 0 || wait_ms(loop) == 0); run++) {
        loop->has_resumed = false;
        MHD_run(loop->daemon);
    }
}

static void *run(void *context)
{
    struct http_loop *loop = context;
    while (!atomic_load(&loop->http->is_ending)) {
        turn(loop);
    }
    return NULL;
}

void http_loop_wake(struct http_loop *loop)
{
    uint64_t one = 1;
    if (pthread_equal(pthread_self(), loop->thread)) {
        loop->has_resumed = true;
        return;
    }
    ssize_t written = write(loop->wake, &one, sizeof(one));
    (void)written; /* a full counter wakes as well */
}

static void wake_all(struct http *http)
{
    for (size_t i = 0; i < http->loop_count; i++) {
        http_loop_wake(&http->loops[i]);
    }
}

static bool add(struct http_loop *loop, int descriptor, uint64_t what)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = what};
    return epoll_ctl(loop->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

static bool prepare(struct http_loop *loop, unsigned most_connections,
                    struct MHD_Daemon *(*start_daemon)(struct http_loop *loop, unsigned most_connections))
{
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->epoll < 0 || loop->wake < 0 || !add(loop, loop->wake, WAKE_EVENT)) {
        return false;
    }
    loop->listener = worker_pool_join(loop->http->options.service->pool, loop->epoll);
    loop->daemon = start_daemon(loop, most_connections);
    const union MHD_DaemonInfo *info =
        loop->daemon ? MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    return info && add(loop, info->epoll_fd, DAEMON_EVENT);
}

/** As many as are configured, but none that could never have a connection. */
static size_t count_of_loops(const struct http *http)
{
    size_t wanted = (size_t)config_io_thread_count(http->options.service->config);
    size_t most = http->options.most_connections;
    if (wanted > most) {
        log_write(LOG_WARNING, "service.io_threads",
                  "%zu I/O threads instead of %zu: there may be no more connections", most, wanted);
    }
    return wanted < most ? wanted : most;
}

/** Each has its part of the connections, and the first ones those that are left over. */
static unsigned share_of(const struct http *http, size_t index)
{
    size_t most = http->options.most_connections;
    return (unsigned)(most / http->loop_count + (index < most % http->loop_count));
}

bool http_loops_start(struct http *http,
                      struct MHD_Daemon *(*start_daemon)(struct http_loop *loop, unsigned most_connections))
{
    http->loop_count = count_of_loops(http);
    http->loops = memory_new(http->loop_count, sizeof(*http->loops));
    for (size_t i = 0; i < http->loop_count; i++) {
        http->loops[i] = (struct http_loop){.http = http, .epoll = -1, .wake = -1};
    }
    bool is_good = true;
    for (size_t i = 0; is_good && i < http->loop_count; i++) {
        is_good = prepare(&http->loops[i], share_of(http, i), start_daemon);
    }
    for (size_t i = 0; is_good && i < http->loop_count; i++) {
        struct http_loop *loop = &http->loops[i];
        loop->is_running = thread_start(&loop->thread, THREAD_USUAL_STACK, run, loop);
        is_good = loop->is_running;
    }
    return is_good;
}

/** When it returns none of them takes new connections. */
static void quiesce(struct http *http)
{
    struct timespec moment = {.tv_nsec = 100000};
    atomic_store(&http->is_quiescing, true);
    wake_all(http);
    while (atomic_load(&http->quiesced_loops) < http->loop_count) {
        nanosleep(&moment, NULL);
    }
}

/** Connections that the kernel has taken for us already would be reset: the I/O threads let them in first. */
static void let_in_waiting(int listening)
{
    struct pollfd waiting = {.fd = listening, .events = POLLIN};
    struct timespec moment = {.tv_nsec = 1000000};
    for (int i = 0; i < LET_IN_MOST_MS && poll(&waiting, 1, 0) > 0; i++) {
        nanosleep(&moment, NULL);
    }
}

void http_drain(struct http *http)
{
    atomic_store(&http->is_draining, true);
    let_in_waiting(http->listening);
    quiesce(http);
    close(http->listening);
    http->listening = -1;
}

static void finish(struct http_loop *loop)
{
    if (loop->daemon) {
        if (!loop->is_quiesced) {
            MHD_quiesce_daemon(loop->daemon); /* the listening socket is not the library's to close */
        }
        MHD_stop_daemon(loop->daemon);
    }
    worker_pool_leave(loop->http->options.service->pool, loop->listener);
    if (loop->wake >= 0) {
        close(loop->wake);
    }
    if (loop->epoll >= 0) {
        close(loop->epoll);
    }
}

/** Others may have resumed the last connections, and be about to wake their threads. */
static void let_resume(struct http *http)
{
    struct timespec moment = {.tv_nsec = 100000};
    while (atomic_load(&http->resuming) > 0) {
        nanosleep(&moment, NULL);
    }
}

void http_loops_stop(struct http *http)
{
    atomic_store(&http->is_ending, true);
    wake_all(http);
    for (size_t i = 0; i < http->loop_count; i++) {
        if (http->loops[i].is_running) {
            pthread_join(http->loops[i].thread, NULL);
        }
    }
    let_resume(http);
    for (size_t i = 0; i < http->loop_count; i++) {
        finish(&http->loops[i]);
    }
    free(http->loops);
    http->loops = NULL;
}
