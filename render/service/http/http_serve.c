/*
 * http_serve.c - one request after the other, as libmicrohttpd (0.9.75 and later) tells of them.
 *
 * Decided in the handler's first call, answered in its last: an answer queued in the first call closes the
 * connection, which is what a refused request gets and nobody else. Handlers run in the I/O thread and never
 * block; a request that waits is suspended and resumed by its answer. The library's own timeouts know only
 * idleness and are not used: see http_reaper.c.
 */
#include "render/service/http/http_serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

#include <microhttpd.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/config.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"
#include "render/service/http/http_loop.h"
#include "render/service/http/http_send.h"
#include "render/service/http/request_guard.h"
#include "render/service/protocol/metrics.h"
#include "render/service/service.h"

#define CONNECTION_MEMORY_BYTES (12u * 1024)
#define BODY_BYTES_PER_MS 16
#define BODIES_LEAST_BYTES (128u << 20)
#define STATUS_CLIENT_LEFT 499

/**
 * The library's own reading of the parameters is not used, and many of them would fill the connection's
 * memory, after which 0.9.75 neither answers nor closes. So they are taken away from it, in its own buffer:
 * it reads up to the NUL.
 */
static void hide_parameters(const char *target)
{
    const char *question = strchr(target, '?');
    if (question && question[1]) {
        *(char *)(uintptr_t)(question + 1) = '\0';
    }
}

/** The request line is there. */
static void *take_target(void *context, const char *target, struct MHD_Connection *wire)
{
    struct http *http = context;
    struct http_connection *connection = http_connection_of(wire);
    struct exchange *exchange = exchange_new(http, connection);
    struct request *request = &exchange->request;
    hash_write(http->first_id + atomic_fetch_add_explicit(&http->request_count, 1, memory_order_relaxed),
               request->id);
    memcpy(request->client, connection->client, sizeof(request->client));
    exchange->guard.organisation_header = http->options.service->config->service.organisation_header;
    exchange->wire = wire;
    exchange->resume = http_resume;
    exchange->is_target_right = request_parse_target(target, request, &exchange->target_fault);
    hide_parameters(target);
    atomic_store_explicit(&connection->is_resting, false, memory_order_relaxed);
    http_connection_expect(connection,
                           request->started_us / 1000 + http->options.service->config->service.receive_ms);
    return exchange;
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   size_t name_length, const char *value, size_t value_length)
{
    struct exchange *exchange = context;
    request_guard_header(&exchange->guard, &exchange->request, name, name_length, value, value_length);
    return MHD_YES;
}

static enum MHD_Result refuse(struct exchange *exchange, struct MHD_Connection *wire)
{
    return http_send_answer(exchange, wire, exchange->refusal) ? MHD_YES : MHD_NO;
}

/** What its handler brought. */
static enum MHD_Result give(struct exchange *exchange, struct MHD_Connection *wire)
{
    bool is_sent = exchange->stream ? http_send_stream(exchange, wire)
                                    : http_send_answer(exchange, wire, exchange->answer);
    return is_sent ? MHD_YES : MHD_NO;
}

/** The header is whole. What the guard refuses is answered here and its connection closed. */
static enum MHD_Result begin(struct http *http, struct exchange *exchange, struct MHD_Connection *wire,
                             const char *method)
{
    const struct config *config = http->options.service->config;
    exchange->phase = EXCHANGE_BODY;
    MHD_get_connection_values_n(wire, MHD_HEADER_KIND, take_header, exchange);
    struct answer *refusal = exchange->is_target_right ? NULL : http_refuse_target(exchange);
    if (!refusal) {
        refusal =
            request_guard_decide(&exchange->guard, &exchange->request, method, config->service.body_bytes);
    }
    bool closes = refusal != NULL;
    if (!refusal) {
        refusal = http_decide_route(http, exchange);
        closes = refusal && request_guard_has_body(&exchange->guard);
    }
    exchange->refusal = refusal;
    exchange->body.ceiling = (size_t)config->service.body_bytes;
    return closes ? refuse(exchange, wire) : MHD_YES;
}

/** Bodies have a ceiling together, too: one of the largest always fits beside others. */
static bool has_room_for_body(struct exchange *exchange, size_t length)
{
    struct http *http = exchange->http;
    uint64_t most = BODIES_LEAST_BYTES + (uint64_t)http->options.service->config->service.body_bytes;
    exchange->body_taken += length;
    return atomic_fetch_add_explicit(&http->body_bytes, length, memory_order_relaxed) + length <= most;
}

/** A piece of the body. Whoever sends slower than 16 KiB/s is cut off by the reaper. */
static enum MHD_Result take_body(struct exchange *exchange, const char *bytes, size_t length)
{
    if (exchange->refusal || exchange->body.is_full) {
        return MHD_YES; /* of a body nobody wants */
    }
    if (!has_room_for_body(exchange, length)) {
        struct fault fault;
        fault_set(&fault, FAULT_UNAVAILABLE, "too many large bodies are coming at once");
        exchange->refusal = answer_of_fault(&fault, &exchange->request);
        buffer_finish(&exchange->body);
        return MHD_YES;
    }
    buffer_append(&exchange->body, bytes, length);
    int64_t allowed_ms = exchange->http->options.service->config->service.receive_ms +
                         (int64_t)exchange->body.length / BODY_BYTES_PER_MS;
    http_connection_expect(exchange->connection, exchange->request.started_us / 1000 + allowed_ms);
    return MHD_YES;
}

static void call_handler(struct http *http, struct exchange *exchange)
{
    exchange->request.deadline_ms = monotonic_now_ms() + http->options.service->config->service.deadline_ms;
    if (exchange->body.length > 0) {
        exchange->request.body = exchange->body.bytes;
        exchange->request.body_length = exchange->body.length;
    }
    exchange->route->handle(http->options.service, exchange_ref(exchange));
}

/** The request is whole: its refusal, or its handler. */
static enum MHD_Result handle(struct http *http, struct exchange *exchange, struct MHD_Connection *wire)
{
    exchange->phase = EXCHANGE_HANDLED;
    if (exchange->refusal) {
        return refuse(exchange, wire);
    }
    if (exchange->body.is_full) {
        exchange->refusal = answer_problem(413, "body", "The body is too large",
                                           "the body is larger than this service takes", &exchange->request);
        return refuse(exchange, wire);
    }
    http_connection_expect(exchange->connection, INT64_MAX);
    call_handler(http, exchange);
    if (!exchange_is_ready(exchange, http_suspend)) {
        exchange->is_waiting = true;
        http_wait(http, exchange);
        return MHD_YES;
    }
    return give(exchange, wire);
}

/** The connection was resumed: the answer is there. */
static enum MHD_Result answer_waiting(struct http *http, struct exchange *exchange,
                                      struct MHD_Connection *wire)
{
    if (!exchange_is_ready(exchange, http_suspend)) {
        return MHD_YES;
    }
    http_stop_waiting(http, exchange);
    exchange->is_waiting = false;
    return give(exchange, wire);
}

static enum MHD_Result serve(void *context, struct MHD_Connection *wire, const char *url, const char *method,
                             const char *version, const char *bytes, size_t *length, void **request)
{
    struct http *http = context;
    struct exchange *exchange = *request;
    switch (exchange->phase) {
    case EXCHANGE_HEADER:
        return begin(http, exchange, wire, method);
    case EXCHANGE_BODY:
        if (*length > 0) {
            size_t count = *length;
            *length = 0;
            return take_body(exchange, bytes, count);
        }
        return handle(http, exchange, wire);
    case EXCHANGE_HANDLED:
        break;
    }
    if (*length > 0) {
        *length = 0; /* of a body nobody wants */
        return MHD_YES;
    }
    return exchange->is_waiting ? answer_waiting(http, exchange, wire) : MHD_YES;
}

/* ---- Afterwards ---- */

static void append_path(struct buffer *text, const struct request *request)
{
    for (size_t i = 0; i < request->segment_count; i++) {
        buffer_append_text(text, "/");
        buffer_append_text(text, request->segments[i]);
    }
    buffer_append_text(text, request->segment_count ? "" : "/");
}

/** One line for each request but those answered from a cache, which are counted. */
static void write_access_log(const struct exchange *exchange, int64_t duration_us, size_t length)
{
    struct buffer path;
    buffer_init(&path, 400);
    append_path(&path, &exchange->request);
    enum log_level level = exchange->status >= 500 ? LOG_WARNING : LOG_INFO;
    log_write(level, "http.request", "%s %s %d in %.1f ms, %zu bytes, to %s, request %s",
              request_method_name(exchange->request.method), path.bytes, exchange->status,
              (double)duration_us / 1000, length, exchange->request.client, exchange->request.id);
    buffer_finish(&path);
}

static void completed(void *context, struct MHD_Connection *wire, void **request,
                      enum MHD_RequestTerminationCode code)
{
    struct http *http = context;
    struct exchange *exchange = *request;
    if (!exchange) {
        return;
    }
    *request = NULL;
    size_t length = 0;
    /* Who asked may have left, and its handler answer at this moment. */
    bool is_settled = atomic_load_explicit(&exchange->is_settled, memory_order_acquire);
    const struct answer *answer = is_settled ? exchange->answer : exchange->refusal;
    if (answer && exchange->status != 304) {
        answer_bytes(answer, &length);
    }
    if (exchange->is_waiting) {
        http_stop_waiting(http, exchange);
    }
    if (exchange->stream) {
        http_end_streaming(http, exchange);
        stream_detach(exchange->stream);
    }
    atomic_fetch_sub_explicit(&http->body_bytes, exchange->body_taken, memory_order_relaxed);
    exchange->status = exchange->status ? exchange->status : STATUS_CLIENT_LEFT;
    int64_t now_us = monotonic_now_us();
    int64_t duration_us = now_us - exchange->request.started_us;
    metrics_add_request(http->options.service->metrics, exchange->route, exchange->status, duration_us,
                        length, exchange->is_hit);
    if (!exchange->is_hit) {
        write_access_log(exchange, duration_us, length);
    }
    http_connection_expect(exchange->connection,
                           now_us / 1000 + http->options.service->config->service.idle_ms);
    atomic_store_explicit(&exchange->connection->is_resting, true, memory_order_relaxed);
    exchange_leave(exchange);
}

/* ---- Connections ---- */

static void write_client(struct MHD_Connection *wire, char client[static 48])
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    if (address && address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, client, 48);
    } else if (address && address->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, client, 48);
    }
}

static void connection_changed(void *context, struct MHD_Connection *wire, void **connection,
                               enum MHD_ConnectionNotificationCode code)
{
    struct http_loop *loop = context;
    struct http *http = loop->http;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        http_connection_free(http, *connection);
        *connection = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct http_connection *fresh = http_connection_new(http, info->connect_fd, loop);
    write_client(wire, fresh->client);
    http_connection_expect(fresh, monotonic_now_ms() + http->options.service->config->service.receive_ms);
    *connection = fresh;
}

struct MHD_Daemon *http_start_daemon(struct http_loop *loop, unsigned most_connections)
{
    struct http *http = loop->http;
    unsigned flags = MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, serve, http, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_LISTEN_SOCKET,
        http->listening, MHD_OPTION_CONNECTION_LIMIT, most_connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
        take_target, http, MHD_OPTION_NOTIFY_COMPLETED, completed, http, MHD_OPTION_NOTIFY_CONNECTION,
        connection_changed, loop, MHD_OPTION_END);
}
