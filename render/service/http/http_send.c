/*
 * http_send.c - answers and streams in the library's form.
 *
 * An answer of many requests is put into that form once and kept with it (answer_wire()).
 */
#include "render/service/http/http_send.h"

#include <stdatomic.h>
#include <string.h>

#include <microhttpd.h>

#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/http/answer_packing.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"
#include "render/service/http/http_loop.h"

#define SEND_BYTES_PER_MS 32
#define SEND_LEAST_MS 20000
#define STREAM_BLOCK_BYTES 4096

struct http_connection *http_connection_of(struct MHD_Connection *wire)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

void http_suspend(void *wire)
{
    MHD_suspend_connection(wire);
}

/** Once it is resumed the connection may be gone, but not its loop: that waits for us. */
void http_resume(void *wire)
{
    struct http_loop *loop = http_connection_of(wire)->loop;
    struct http *http = loop->http;
    atomic_fetch_add(&http->resuming, 1);
    MHD_resume_connection(wire);
    http_loop_wake(loop);
    atomic_fetch_sub(&http->resuming, 1);
}

/* ---- Answers ---- */

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    MHD_add_response_header(response, name, value);
}

static bool has_type(const struct answer *answer, const char *type)
{
    const char *own = answer_content_type(answer);
    return own && strncmp(own, type, strlen(type)) == 0;
}

/** A page may use only what comes from here, unless its handler says otherwise. */
static void add_page_headers(struct MHD_Response *response, const struct answer *answer)
{
    if (!answer_header(answer, "Content-Security-Policy")) {
        add_header(response, "Content-Security-Policy",
                   "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
                   "base-uri 'none'; frame-ancestors 'none'");
    }
    add_header(response, "X-Frame-Options", "DENY");
    add_header(response, "Referrer-Policy", "no-referrer");
}

/** @param is_packed  what is sent is gzip, and says so */
static struct MHD_Response *make_response_of(const struct answer *answer, bool is_packed)
{
    size_t length;
    const char *bytes = answer_bytes(answer, &length);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (!response) {
        return NULL;
    }
    if (answer_content_type(answer)) {
        add_header(response, "Content-Type", answer_content_type(answer));
    }
    if (answer_etag(answer)) {
        add_header(response, "ETag", answer_etag(answer));
    }
    for (size_t i = 0; i < answer_header_count(answer); i++) {
        const char *value;
        const char *name = answer_header_at(answer, i, &value);
        add_header(response, name, value);
    }
    add_header(response, "Access-Control-Allow-Origin", "*");
    add_header(response, "Access-Control-Expose-Headers",
               "ETag, Location, Retry-After, Content-Crs, Content-Bbox, Content-Datetime, "
               "Plottafel-Revision, Plottafel-Moment, Plottafel-Marking, "
               "Plottafel-Notes, Plottafel-Pages, Plottafel-Cache");
    add_header(response, "X-Content-Type-Options", "nosniff");
    if (is_packed) {
        add_header(response, "Content-Encoding", "gzip");
    }
    if (answer_is_packed(answer)) {
        add_header(response, "Vary", "Accept-Encoding");
    }
    if (has_type(answer, "text/html")) {
        add_page_headers(response, answer);
    } else if (has_type(answer, "image/svg+xml")) {
        add_header(response, "Content-Security-Policy",
                   "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }
    return response;
}

static struct MHD_Response *make_response(const struct answer *answer)
{
    return make_response_of(answer, answer_is_packed(answer));
}

static void *make_wire(const struct answer *answer)
{
    return make_response(answer);
}

static void release_wire(void *wire)
{
    MHD_destroy_response(wire);
}

static int status_for(const struct exchange *exchange, const struct answer *answer)
{
    const char *tags = exchange->request.headers[HEADER_IF_NONE_MATCH];
    bool is_known = tags && answer_etag(answer) && answer_status(answer) == 200 &&
                    exchange->request.method == METHOD_GET && request_tag_matches(tags, answer_etag(answer));
    return is_known ? 304 : answer_status(answer);
}

/** A response that nobody sends again. */
static bool queue_once(struct MHD_Connection *wire, int status, struct MHD_Response *response)
{
    bool is_queued = MHD_queue_response(wire, (unsigned)status, response) == MHD_YES;
    MHD_destroy_response(response);
    return is_queued;
}

/** While draining each answer closes its connection, so it needs a form of its own. */
static bool queue_closing(struct MHD_Connection *wire, int status, const struct answer *answer)
{
    struct MHD_Response *response = make_response(answer);
    if (!response) {
        return false;
    }
    add_header(response, "Connection", "close");
    return queue_once(wire, status, response);
}

/** For the few who take no gzip: unpacked for each of them. */
static bool queue_unpacked(struct exchange *exchange, struct MHD_Connection *wire,
                           const struct answer *packed)
{
    struct answer *answer = answer_unpacked(packed, &exchange->request);
    exchange->status = status_for(exchange, answer);
    struct MHD_Response *response = make_response_of(answer, false);
    if (!response) {
        answer_unref(answer);
        return false;
    }
    if (atomic_load_explicit(&exchange->http->is_draining, memory_order_relaxed)) {
        add_header(response, "Connection", "close");
    }
    exchange_replace(exchange, answer); /* its bytes are sent: it lives as long as the exchange */
    return queue_once(wire, exchange->status, response);
}

bool http_send_answer(struct exchange *exchange, struct MHD_Connection *wire, struct answer *answer)
{
    size_t length;
    answer_bytes(answer, &length);
    exchange->phase = EXCHANGE_HANDLED;
    exchange->status = status_for(exchange, answer);
    http_connection_expect(exchange->connection,
                           monotonic_now_ms() + SEND_LEAST_MS + (int64_t)length / SEND_BYTES_PER_MS);
    if (answer == exchange->answer && answer_is_packed(answer) &&
        !answer_may_be_packed_for(&exchange->request)) {
        return queue_unpacked(exchange, wire, answer);
    }
    if (atomic_load_explicit(&exchange->http->is_draining, memory_order_relaxed)) {
        return queue_closing(wire, exchange->status, answer);
    }
    struct MHD_Response *response = answer_wire(answer, make_wire, release_wire);
    return response && MHD_queue_response(wire, (unsigned)exchange->status, response) == MHD_YES;
}

/* ---- Streams ---- */

static ssize_t read_stream(void *context, uint64_t position, char *bytes, size_t capacity)
{
    long count = stream_read(context, bytes, capacity);
    return count < 0 ? MHD_CONTENT_READER_END_OF_STREAM : count;
}

static void release_stream(void *context)
{
    stream_unref(context);
}

bool http_send_stream(struct exchange *exchange, struct MHD_Connection *wire)
{
    struct stream *stream = exchange->stream;
    http_begin_streaming(exchange->http, exchange); /* completed() ends it in any case */
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, stream_ref(stream), release_stream);
    if (!response) {
        stream_unref(stream);
        return false;
    }
    stream_attach(stream,
                  (struct stream_hooks){http_suspend, http_resume, wire, exchange->connection->socket});
    http_connection_expect(exchange->connection, INT64_MAX);
    exchange->status = 200;
    add_header(response, "Content-Type", stream_content_type(stream));
    add_header(response, "Cache-Control", "no-store");
    add_header(response, "X-Accel-Buffering", "no");
    add_header(response, "Access-Control-Allow-Origin", "*");
    return queue_once(wire, exchange->status, response);
}
