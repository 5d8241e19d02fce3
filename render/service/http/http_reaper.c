/*
 * http_reaper.c - who is connected and who waits, and the thread that ends what takes too long.
 *
 * A connection that is too slow has its socket shut down; its I/O thread then sees the end and closes it.
 * That is safe because the descriptor is closed only after http_connection_free(), which takes the same lock.
 * A request whose deadline is past is answered; its connection was suspended and would notice nothing else.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/thread.h"
#include "render/service/http/answer.h"
#include "render/service/config.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"
#include "render/service/service.h"

#define TURN_MS 100
#define HEARTBEAT_MS 10000
#define SETTLE_TURNS 200
#define SETTLE_TURN_MS 5
#define DRAIN_REST_MS 500

struct http_connection *http_connection_new(struct http *http, int socket, struct http_loop *loop)
{
    struct http_connection *connection = memory_new(1, sizeof(*connection));
    connection->socket = socket;
    connection->loop = loop;
    atomic_init(&connection->deadline_ms, INT64_MAX);
    pthread_mutex_lock(&http->lock);
    connection->next = http->connections;
    if (connection->next) {
        connection->next->previous = connection;
    }
    http->connections = connection;
    http->state.connections++;
    pthread_mutex_unlock(&http->lock);
    return connection;
}

void http_connection_free(struct http *http, struct http_connection *connection)
{
    pthread_mutex_lock(&http->lock);
    *(connection->previous ? &connection->previous->next : &http->connections) = connection->next;
    if (connection->next) {
        connection->next->previous = connection->previous;
    }
    http->state.connections--;
    pthread_mutex_unlock(&http->lock);
    free(connection->spare);
    free(connection);
}

void http_connection_expect(struct http_connection *connection, int64_t deadline_ms)
{
    atomic_store_explicit(&connection->deadline_ms, deadline_ms, memory_order_relaxed);
}

/** Under the lock. */
static void enlist(struct exchange **list, struct exchange *exchange)
{
    exchange->next = *list;
    exchange->previous = NULL;
    if (exchange->next) {
        exchange->next->previous = exchange;
    }
    *list = exchange;
}

static void delist(struct exchange **list, struct exchange *exchange)
{
    *(exchange->previous ? &exchange->previous->next : list) = exchange->next;
    if (exchange->next) {
        exchange->next->previous = exchange->previous;
    }
}

void http_wait(struct http *http, struct exchange *exchange)
{
    pthread_mutex_lock(&http->lock);
    enlist(&http->waiting, exchange);
    http->state.waiting++;
    pthread_mutex_unlock(&http->lock);
    if (atomic_load(&http->is_stopping)) {
        struct fault fault;
        fault_set(&fault, FAULT_UNAVAILABLE, "the service stops");
        exchange_settle(exchange, answer_of_fault(&fault, &exchange->request));
    }
}

void http_stop_waiting(struct http *http, struct exchange *exchange)
{
    pthread_mutex_lock(&http->lock);
    delist(&http->waiting, exchange);
    http->state.waiting--;
    pthread_mutex_unlock(&http->lock);
}

bool http_take_stream(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    bool is_taken = (int64_t)http->state.streams < http->options.service->config->service.streams;
    http->state.streams += is_taken;
    pthread_mutex_unlock(&http->lock);
    return is_taken;
}

void http_begin_streaming(struct http *http, struct exchange *exchange)
{
    pthread_mutex_lock(&http->lock);
    enlist(&http->streaming, exchange);
    pthread_mutex_unlock(&http->lock);
    if (atomic_load(&http->is_stopping)) {
        stream_end(exchange->stream);
    }
}

void http_end_streaming(struct http *http, struct exchange *exchange)
{
    pthread_mutex_lock(&http->lock);
    delist(&http->streaming, exchange);
    http->state.streams--;
    pthread_mutex_unlock(&http->lock);
}

/** What a client that is too slow has not taken yet is thrown away, but not the answer one is resting from.
 */
static void cut(struct http_connection *connection)
{
    struct linger at_once = {.l_onoff = 1};
    if (!atomic_load(&connection->is_resting)) {
        setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    }
    shutdown(connection->socket, SHUT_RDWR);
}

/** Under the lock: shuts the sockets whose time is over. */
static void cut_slow(struct http *http, int64_t now_ms)
{
    bool is_draining = atomic_load(&http->is_draining);
    for (struct http_connection *connection = http->connections; connection; connection = connection->next) {
        int64_t deadline_ms = atomic_load_explicit(&connection->deadline_ms, memory_order_relaxed);
        if (is_draining && atomic_load(&connection->is_resting) && deadline_ms > now_ms + DRAIN_REST_MS) {
            deadline_ms = now_ms + DRAIN_REST_MS;
            http_connection_expect(connection, deadline_ms);
        }
        if (deadline_ms <= now_ms) {
            cut(connection);
            http_connection_expect(connection, INT64_MAX);
            http->state.evicted++;
        }
    }
}

/** Exchanges that are looked at without the lock; one reference each. */
struct batch {
    struct exchange **items; /* owned */
    size_t count;
};

/** Under the lock: all of a list whose deadline is not after the time. */
static struct batch take_batch(struct exchange *list, int64_t until_ms)
{
    struct batch batch = {NULL, 0};
    size_t capacity = 0;
    for (struct exchange *exchange = list; exchange; exchange = exchange->next) {
        if (exchange->request.deadline_ms > until_ms) {
            continue;
        }
        if (batch.count == capacity) {
            capacity = capacity ? capacity * 2 : 64;
            batch.items = memory_resize(batch.items, capacity, sizeof(*batch.items));
        }
        batch.items[batch.count++] = exchange_ref(exchange);
    }
    return batch;
}

static void batch_finish(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        exchange_unref(batch->items[i]);
    }
    free(batch->items);
}

static void settle_waiting(struct http *http, int64_t until_ms, enum fault_code code, const char *sentence)
{
    pthread_mutex_lock(&http->lock);
    struct batch batch = take_batch(http->waiting, until_ms);
    pthread_mutex_unlock(&http->lock);
    struct fault fault;
    fault_set(&fault, code, "%s", sentence);
    for (size_t i = 0; i < batch.count; i++) {
        exchange_settle(batch.items[i], answer_of_fault(&fault, &batch.items[i]->request));
    }
    batch_finish(&batch);
}

static void visit_streams(struct http *http, void (*visit)(struct stream *stream))
{
    pthread_mutex_lock(&http->lock);
    struct batch batch = take_batch(http->streaming, INT64_MAX);
    pthread_mutex_unlock(&http->lock);
    for (size_t i = 0; i < batch.count; i++) {
        visit(batch.items[i]->stream);
    }
    batch_finish(&batch);
}

/** Sleeps one turn, or until it is stopped. */
static bool sleep_turn(struct http *http)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TURN_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&http->lock);
    while (http->is_reaping && pthread_cond_timedwait(&http->reaper_wakes, &http->lock, &until) == 0) {
    }
    bool goes_on = http->is_reaping;
    pthread_mutex_unlock(&http->lock);
    return goes_on;
}

static void *reap(void *context)
{
    struct http *http = context;
    int64_t heartbeat_ms = monotonic_now_ms() + HEARTBEAT_MS;
    while (sleep_turn(http)) {
        int64_t now_ms = monotonic_now_ms();
        pthread_mutex_lock(&http->lock);
        cut_slow(http, now_ms);
        pthread_mutex_unlock(&http->lock);
        settle_waiting(http, now_ms, FAULT_UNAVAILABLE, "there was no answer in time");
        if (now_ms >= heartbeat_ms) {
            heartbeat_ms = now_ms + HEARTBEAT_MS;
            visit_streams(http, stream_heartbeat);
        }
    }
    return NULL;
}

bool http_start_reaper(struct http *http)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&http->reaper_wakes, &attributes);
    pthread_condattr_destroy(&attributes);
    http->is_reaping = true;
    if (thread_start(&http->reaper, THREAD_USUAL_STACK, reap, http)) {
        return true;
    }
    http->is_reaping = false;
    return false;
}

void http_stop_reaper(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    bool was_reaping = http->is_reaping;
    http->is_reaping = false;
    pthread_cond_signal(&http->reaper_wakes);
    pthread_mutex_unlock(&http->lock);
    if (was_reaping) {
        pthread_join(http->reaper, NULL);
    }
}

static bool is_settled(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    bool is_empty = !http->waiting && !http->streaming;
    pthread_mutex_unlock(&http->lock);
    return is_empty;
}

void http_settle_all(struct http *http)
{
    for (int turn = 0; turn < SETTLE_TURNS && !is_settled(http); turn++) {
        settle_waiting(http, INT64_MAX, FAULT_UNAVAILABLE, "the service stops");
        visit_streams(http, stream_end);
        nanosleep(&(struct timespec){.tv_nsec = SETTLE_TURN_MS * 1000000L}, NULL);
    }
}
