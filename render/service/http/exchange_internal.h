/*
 * exchange_internal.h - exchanges and streams as http.c sees them.
 *
 * An exchange is referenced by its connection until the request is completed, and by the handler until it has
 * answered. Whoever sets the answer first wins: the handler, or the reaper when the deadline is past.
 */
#ifndef RENDER_SERVICE_EXCHANGE_INTERNAL_H
#define RENDER_SERVICE_EXCHANGE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/http/request_guard.h"

struct http;
struct http_connection;
struct route;

enum exchange_phase {
    EXCHANGE_HEADER,  /* the target is known, the header is not yet whole */
    EXCHANGE_BODY,    /* let in; the body comes */
    EXCHANGE_HANDLED, /* with its handler, or answered */
};

struct exchange {
    struct request request;
    atomic_int reference_count;
    struct http *http;                  /* until it is completed */
    struct http_connection *connection; /* until it is completed */
    int listener;                       /* of its I/O thread, which may be gone by then */
    enum exchange_phase phase;          /* of the I/O thread only, as all to "lock" */
    bool is_target_right;
    bool is_hit;
    bool is_waiting;
    struct fault target_fault;
    struct request_guard guard;
    struct buffer body;
    size_t body_taken; /* bytes of the body counted in http's body_bytes */
    const struct route *route;
    struct answer *refusal; /* decided before the body came; told when it has */
    int status;             /* sent */
    pthread_mutex_t lock;   /* for what follows */
    struct answer *answer;
    atomic_bool is_settled; /* the answer is there: may be asked without the lock */
    struct stream *stream;
    bool is_suspended;
    void (*resume)(void *wire);
    void *wire;
    struct exchange *next; /* in http's list of those that wait, under http's lock */
    struct exchange *previous;
};

/** One reference. The request is empty but for its times. In the connection's thread. */
struct exchange *exchange_new(struct http *http, struct http_connection *connection);
struct exchange *exchange_ref(struct exchange *exchange);
void exchange_unref(struct exchange *exchange);

/** Drops the connection's reference: its room is kept for the next when nobody else has it. In the
 * connection's thread. */
void exchange_leave(struct exchange *exchange);

/** Sets the answer when there is none yet, and resumes. Takes over the answer, not the exchange. */
void exchange_settle(struct exchange *exchange, struct answer *answer);

/** Sends another answer instead of the one that is there, and takes it over: somebody may just be late with
 * his own. */
void exchange_replace(struct exchange *exchange, struct answer *answer);

/**
 * Is there something to send? If not, the connection is suspended (by suspend) so that whoever answers
 * resumes it.
 */
bool exchange_is_ready(struct exchange *exchange, void (*suspend)(void *wire));

/** How a stream looks from its connection's I/O thread. */
struct stream_hooks {
    void (*suspend)(void *wire);
    void (*resume)(void *wire);
    void *wire;
    int socket;
};

void stream_attach(struct stream *stream, struct stream_hooks hooks);
const char *stream_content_type(const struct stream *stream);

/** Takes up to capacity queued bytes. 0: there are none now, the connection was suspended; -1: the stream is
 * at its end. */
long stream_read(struct stream *stream, char *bytes, size_t capacity);

/** The connection is gone: nothing more is taken in. */
void stream_detach(struct stream *stream);

/** A sign of life each now and then; a client that takes none of them is cut off. */
void stream_heartbeat(struct stream *stream);

#endif
