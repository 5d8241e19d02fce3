/*
 * http_internal.h - what the files of http share: connections, who waits, and the reaper that keeps their
 * deadlines. None of it knows the HTTP library.
 */
#ifndef RENDER_SERVICE_HTTP_INTERNAL_H
#define RENDER_SERVICE_HTTP_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/http/http.h"

struct answer;
struct exchange;
struct http_loop; /* render/service/http/http_loop.h */
struct service_settings;
struct stream;

/** One socket. Its deadline is for whatever it is doing now; its I/O thread moves it on. */
struct http_connection {
    int socket;
    struct http_loop *loop; /* its I/O thread */
    struct exchange *spare; /* the room of the one before; NULL: there is none */
    char client[48];
    atomic_int_least64_t deadline_ms; /* monotonic; INT64_MAX: none */
    atomic_bool is_resting;           /* between two requests */
    struct http_connection *next;     /* under http's lock */
    struct http_connection *previous;
};

struct http {
    struct http_options options;
    struct http_loop *loops; /* the I/O threads; NULL: not started */
    size_t loop_count;
    int listening; /* socket; -1 once drained */
    int port;
    atomic_bool is_draining;
    atomic_bool is_stopping;
    atomic_bool is_quiescing; /* who has connected is let in: nobody else is */
    atomic_bool is_ending;    /* the I/O threads, too */
    atomic_size_t quiesced_loops;
    atomic_size_t resuming; /* threads that are just resuming a connection */
    uint64_t first_id;      /* random; request ids count on from it */
    atomic_uint_least64_t request_count;
    atomic_uint_least64_t body_bytes; /* of bodies that are coming or being read */
    pthread_mutex_t lock;             /* for what follows */
    struct http_connection *connections;
    struct exchange *waiting; /* for an answer */
    struct exchange *streaming;
    struct http_state state;
    bool is_reaping;
    pthread_t reaper;
    pthread_cond_t reaper_wakes;
};

/** Opens http's listening socket. INPUT: no address; UNAVAILABLE: it cannot be had. */
bool http_listen(struct http *http, const struct service_settings *settings, struct fault *fault);

/** The refusal of a target that was not right. */
struct answer *http_refuse_target(const struct exchange *exchange);

/** Route and access. NULL: the handler of exchange->route may be called. */
struct answer *http_decide_route(struct http *http, struct exchange *exchange);

struct http_connection *http_connection_new(struct http *http, int socket, struct http_loop *loop);
void http_connection_free(struct http *http, struct http_connection *connection);

/** What a connection is doing from now on, as its deadline. */
void http_connection_expect(struct http_connection *connection, int64_t deadline_ms);

/** Puts an exchange among those that wait: the reaper answers when the deadline is past, or now if the
 * service stops. */
void http_wait(struct http *http, struct exchange *exchange);
void http_stop_waiting(struct http *http, struct exchange *exchange);

/** Counts one stream more; false when there are enough. */
bool http_take_stream(struct http *http);

/** Puts an exchange among those that are streams: they get heartbeats. Taken out, the stream is counted no
 * longer. */
void http_begin_streaming(struct http *http, struct exchange *exchange);
void http_end_streaming(struct http *http, struct exchange *exchange);

bool http_start_reaper(struct http *http);
void http_stop_reaper(struct http *http);

/** Answers all that wait and ends all streams; waits up to a second until their threads have seen it. */
void http_settle_all(struct http *http);

#endif
