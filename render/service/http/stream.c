/*
 * stream.c - bytes between whoever sends events and the I/O thread of one client. While there are none the
 * connection is suspended; a suspended connection does not notice that its client left, so a heartbeat wakes
 * it now and then.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "geo/base/memory.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"

#define STREAM_MOST_BYTES (256u << 10)
#define HEARTBEATS_UNREAD_MAX 5

struct stream {
    atomic_int reference_count;
    char *content_type;
    pthread_mutex_t lock; /* for what follows */
    struct stream_hooks hooks;
    bool is_attached;
    bool is_suspended;
    bool is_ended; /* nothing more is taken in */
    char *bytes;   /* owned; queued */
    size_t length;
    int unread_heartbeats;
};

struct stream *exchange_stream(struct exchange *exchange, const char *content_type)
{
    struct fault fault;
    if (!http_take_stream(exchange->http)) {
        fault_set(&fault, FAULT_UNAVAILABLE, "there are as many listeners as this service takes");
        exchange_fail(exchange, &fault);
        return NULL;
    }
    struct stream *stream = memory_new(1, sizeof(*stream));
    atomic_init(&stream->reference_count, 2); /* the exchange's and the caller's */
    stream->content_type = memory_copy_text(content_type);
    pthread_mutex_init(&stream->lock, NULL);
    pthread_mutex_lock(&exchange->lock);
    assert(!exchange->answer && !exchange->is_suspended);
    exchange->stream = stream;
    pthread_mutex_unlock(&exchange->lock);
    exchange_unref(exchange);
    return stream;
}

struct stream *stream_ref(struct stream *stream)
{
    atomic_fetch_add(&stream->reference_count, 1);
    return stream;
}

void stream_unref(struct stream *stream)
{
    if (!stream || atomic_fetch_sub(&stream->reference_count, 1) > 1) {
        return;
    }
    free(stream->content_type);
    free(stream->bytes);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
}

const char *stream_content_type(const struct stream *stream)
{
    return stream->content_type;
}

void stream_attach(struct stream *stream, struct stream_hooks hooks)
{
    pthread_mutex_lock(&stream->lock);
    stream->hooks = hooks;
    stream->is_attached = true;
    pthread_mutex_unlock(&stream->lock);
}

/** Under the lock. */
static void wake(struct stream *stream)
{
    if (stream->is_suspended) {
        stream->is_suspended = false;
        stream->hooks.resume(stream->hooks.wire);
    }
}

/** Under the lock: the client does not take what it gets. The socket is shut so that its thread sees the end.
 */
static void cut(struct stream *stream)
{
    stream->is_ended = true;
    stream->length = 0;
    if (stream->is_attached) {
        shutdown(stream->hooks.socket, SHUT_RDWR);
    }
    wake(stream);
}

static void append(struct stream *stream, const char *bytes, size_t length)
{
    stream->bytes = memory_resize(stream->bytes, stream->length + length, 1);
    memcpy(stream->bytes + stream->length, bytes, length);
    stream->length += length;
    wake(stream);
}

bool stream_send(struct stream *stream, const char *bytes, size_t length)
{
    pthread_mutex_lock(&stream->lock);
    bool is_open = !stream->is_ended;
    if (is_open && length > STREAM_MOST_BYTES - stream->length) {
        cut(stream);
        is_open = false;
    }
    if (is_open && length > 0) {
        append(stream, bytes, length);
    }
    pthread_mutex_unlock(&stream->lock);
    return is_open;
}

void stream_end(struct stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->is_ended = true;
    wake(stream);
    pthread_mutex_unlock(&stream->lock);
}

long stream_read(struct stream *stream, char *bytes, size_t capacity)
{
    pthread_mutex_lock(&stream->lock);
    size_t count = stream->length < capacity ? stream->length : capacity;
    long result = (long)count;
    if (count > 0) {
        memcpy(bytes, stream->bytes, count);
        memmove(stream->bytes, stream->bytes + count, stream->length - count);
        stream->length -= count;
        stream->unread_heartbeats = 0;
    } else if (stream->is_ended) {
        result = -1;
    } else {
        stream->is_suspended = true;
        stream->hooks.suspend(stream->hooks.wire);
    }
    pthread_mutex_unlock(&stream->lock);
    return result;
}

void stream_heartbeat(struct stream *stream)
{
    static const char comment[] = ":\n\n";
    pthread_mutex_lock(&stream->lock);
    bool is_open = !stream->is_ended;
    if (is_open && stream->length > 0 && ++stream->unread_heartbeats > HEARTBEATS_UNREAD_MAX) {
        cut(stream);
    } else if (is_open && stream->length == 0) {
        append(stream, comment, sizeof(comment) - 1);
    }
    pthread_mutex_unlock(&stream->lock);
}

void stream_detach(struct stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->is_ended = true;
    stream->is_attached = false;
    stream->is_suspended = false;
    free(stream->bytes);
    stream->bytes = NULL;
    stream->length = 0;
    pthread_mutex_unlock(&stream->lock);
}
