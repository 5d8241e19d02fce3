/*
 * exchange.c - the lock covers the one race there is: an answer may come while the I/O thread is about to
 * suspend the connection, or long after the deadline has answered.
 */
#include "render/service/http/exchange.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"
#include "render/service/http/http_loop.h"

struct exchange *exchange_new(struct http *http, struct http_connection *connection)
{
    /* Not cleared as a whole: the request's text buffer is large and written before it is read. */
    struct exchange *exchange =
        connection->spare ? connection->spare : memory_resize(NULL, 1, sizeof(*exchange));
    connection->spare = NULL;
    struct request *request = &exchange->request;
    request->method = METHOD_GET;
    request->client[0] = '\0';
    request->segment_count = 0;
    request->parameter_count = 0;
    request->value_count = 0;
    for (int i = 0; i < REQUEST_HEADER_COUNT; i++) {
        request->headers[i] = NULL;
    }
    request->body = "";
    request->body_length = 0;
    request->started_us = monotonic_now_us();
    request->deadline_ms = INT64_MAX;
    atomic_init(&exchange->reference_count, 1);
    exchange->http = http;
    exchange->connection = connection;
    exchange->listener = connection->loop->listener;
    exchange->phase = EXCHANGE_HEADER;
    exchange->is_hit = false;
    exchange->is_waiting = false;
    exchange->body_taken = 0;
    exchange->route = NULL;
    exchange->refusal = NULL;
    exchange->status = 0;
    exchange->answer = NULL;
    atomic_init(&exchange->is_settled, false);
    exchange->stream = NULL;
    exchange->is_suspended = false;
    exchange->wire = NULL;
    exchange->next = NULL;
    exchange->previous = NULL;
    request_guard_init(&exchange->guard);
    buffer_init(&exchange->body, 0);
    pthread_mutex_init(&exchange->lock, NULL);
    return exchange;
}

struct exchange *exchange_ref(struct exchange *exchange)
{
    atomic_fetch_add_explicit(&exchange->reference_count, 1, memory_order_relaxed);
    return exchange;
}

/** Drops a reference; true when it was the last, and all but the room itself is released. */
static bool release(struct exchange *exchange)
{
    if (atomic_fetch_sub_explicit(&exchange->reference_count, 1, memory_order_acq_rel) > 1) {
        return false;
    }
    answer_unref(exchange->answer);
    answer_unref(exchange->refusal);
    stream_unref(exchange->stream);
    buffer_finish(&exchange->body);
    pthread_mutex_destroy(&exchange->lock);
    return true;
}

void exchange_unref(struct exchange *exchange)
{
    if (exchange && release(exchange)) {
        free(exchange);
    }
}

void exchange_leave(struct exchange *exchange)
{
    struct http_connection *connection = exchange->connection;
    if (!release(exchange)) {
        return;
    }
    if (connection->spare) {
        free(exchange);
    } else {
        connection->spare = exchange;
    }
}

const struct request *exchange_request(const struct exchange *exchange)
{
    return &exchange->request;
}

/** Under the lock. */
static void resume(struct exchange *exchange)
{
    if (exchange->is_suspended) {
        exchange->is_suspended = false;
        exchange->resume(exchange->wire);
    }
}

void exchange_settle(struct exchange *exchange, struct answer *answer)
{
    pthread_mutex_lock(&exchange->lock);
    bool is_first = !exchange->answer && !exchange->stream;
    if (is_first) {
        exchange->answer = answer;
        atomic_store_explicit(&exchange->is_settled, true, memory_order_release);
        resume(exchange);
    }
    pthread_mutex_unlock(&exchange->lock);
    if (!is_first) {
        answer_unref(answer);
    }
}

void exchange_replace(struct exchange *exchange, struct answer *answer)
{
    pthread_mutex_lock(&exchange->lock);
    struct answer *before = exchange->answer;
    exchange->answer = answer;
    pthread_mutex_unlock(&exchange->lock);
    answer_unref(before);
}

void exchange_answer(struct exchange *exchange, struct answer *answer)
{
    assert(answer);
    exchange_settle(exchange, answer);
    exchange_unref(exchange);
}

void exchange_fail(struct exchange *exchange, const struct fault *fault)
{
    exchange_answer(exchange, answer_of_fault(fault, &exchange->request));
}

int exchange_listener(const struct exchange *exchange)
{
    return exchange->listener;
}

void exchange_set_hit(struct exchange *exchange)
{
    exchange->is_hit = true;
}

bool exchange_is_ready(struct exchange *exchange, void (*suspend)(void *wire))
{
    if (atomic_load_explicit(&exchange->is_settled, memory_order_acquire)) {
        return true; /* whoever resumed it may hold the lock still, and is not waited for */
    }
    pthread_mutex_lock(&exchange->lock);
    bool is_ready = exchange->answer || exchange->stream;
    if (!is_ready) {
        suspend(exchange->wire);
        exchange->is_suspended = true;
    }
    pthread_mutex_unlock(&exchange->lock);
    return is_ready;
}
