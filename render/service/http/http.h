/*
 * http.h - the sockets: the only door to libmicrohttpd.
 *
 * What reaches a handler has passed the guard: one Host, one length, a canonical target, known method,
 * bounded header and body, a route, and the access decision. Each connection has an absolute deadline for
 * what it is doing (sending its request, waiting, taking its answer), kept by a reaper.
 */
#ifndef RENDER_SERVICE_HTTP_H
#define RENDER_SERVICE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/http/route.h"

struct fault;
struct http;
struct service;

struct http_options {
    struct service *service; /* config and metrics are used; handed to the handlers */
    const struct route *routes;
    size_t route_count;
    size_t most_connections;
};

/** Opens the address; whoever connects waits until http_start(). UNAVAILABLE when it cannot be had. */
struct http *http_new(const struct http_options *options, struct fault *fault);

/** Serves from now on: what handlers reach must be there. */
bool http_start(struct http *http, struct fault *fault);

/** The port that is listened on. */
int http_port(const struct http *http);

/** Takes no new connections; those there are get "Connection: close" and what they asked. */
void http_drain(struct http *http);

struct http_state {
    size_t connections;
    size_t waiting; /* requests without an answer yet */
    size_t streams;
    uint64_t evicted; /* connections cut off by a deadline */
};
struct http_state http_state(struct http *http);

/** Ends all that is still open. */
void http_free(struct http *http);

#endif
