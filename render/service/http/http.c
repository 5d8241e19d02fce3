/*
 * http.c - from start to stop: a listening socket, the I/O threads (http_loop.h) and the reaper that keeps
 * deadlines (http_reaper.c).
 */
#include "render/service/http/http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/config.h"
#include "render/service/http/http_internal.h"
#include "render/service/http/http_loop.h"
#include "render/service/http/http_serve.h"
#include "render/service/service.h"

bool http_start(struct http *http, struct fault *fault)
{
    bool is_started = http_loops_start(http, http_start_daemon);
    if (!is_started) {
        fault_set(fault, FAULT_UNAVAILABLE, "the HTTP server does not start: %s", strerror(errno));
    }
    return is_started;
}

struct http *http_new(const struct http_options *options, struct fault *fault)
{
    if (!routes_check(options->routes, options->route_count, fault)) {
        return NULL;
    }
    struct http *http = memory_new(1, sizeof(*http));
    http->options = *options;
    http->listening = -1;
    pthread_mutex_init(&http->lock, NULL);
    if (getrandom(&http->first_id, sizeof(http->first_id), 0) != sizeof(http->first_id)) {
        http->first_id = (uint64_t)moment_now_ms() << 20;
    }
    fault_set(fault, FAULT_UNAVAILABLE, "the HTTP server has no thread to keep its deadlines");
    if (!http_start_reaper(http) || !http_listen(http, &options->service->config->service, fault)) {
        http_free(http);
        return NULL;
    }
    return http;
}

int http_port(const struct http *http)
{
    return http->port;
}

struct http_state http_state(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    struct http_state state = http->state;
    pthread_mutex_unlock(&http->lock);
    return state;
}

void http_free(struct http *http)
{
    if (!http) {
        return;
    }
    if (http->loops) {
        atomic_store(&http->is_stopping, true);
        http_settle_all(http);
        http_loops_stop(http);
    }
    if (http->listening >= 0) {
        close(http->listening);
    }
    http_stop_reaper(http);
    pthread_cond_destroy(&http->reaper_wakes);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
