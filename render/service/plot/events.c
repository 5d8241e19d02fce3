/*
 * events.c - per plot a ring of the latest changes and the list of streams, behind one lock. A stream whose
 * client left takes nothing more: it is swept out at the next event, or when somebody else comes, so that
 * nobody is called while the lock is held.
 */
#include "render/service/plot/events.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define RING_LENGTH 256
#define EVENT_MAX_BYTES 4096

/** A change as it is sent. */
struct told {
    uint64_t revision;
    char *text; /* owned */
};

/** The listeners of one plot. */
struct channel {
    struct told ring[RING_LENGTH]; /* the latest RING_LENGTH, at index number % RING_LENGTH */
    size_t told_count;
    struct stream **streams; /* one reference each */
    size_t stream_count;
};

struct events {
    pthread_mutex_t lock;
    struct table *channels; /* plot name -> struct channel */
};

static void channel_free(void *value)
{
    struct channel *channel = value;
    for (size_t i = 0; i < RING_LENGTH; i++) {
        free(channel->ring[i].text);
    }
    for (size_t i = 0; i < channel->stream_count; i++) {
        stream_end(channel->streams[i]);
        stream_unref(channel->streams[i]);
    }
    free(channel->streams);
    free(channel);
}

/* Called with the lock held. */
static struct channel *channel_of(struct events *events, const char *plot)
{
    struct channel *channel = table_find(events->channels, plot);
    if (!channel) {
        channel = memory_new(1, sizeof(*channel));
        table_put(events->channels, plot, channel);
    }
    return channel;
}

/* Sends to all and lets go of those that have left; "" does only that. Called with the lock held. */
static void send_to_all(struct channel *channel, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < channel->stream_count; i++) {
        struct stream *stream = channel->streams[i];
        if (stream_send(stream, text, strlen(text))) {
            channel->streams[kept++] = stream;
        } else {
            stream_unref(stream);
        }
    }
    channel->stream_count = kept;
}

static char *change_text(const struct plot_event *event)
{
    struct buffer text;
    size_t length;
    buffer_init(&text, EVENT_MAX_BYTES);
    buffer_appendf(&text, "id: %" PRIu64 "\nevent: change\ndata: {\"plot\":", event->revision);
    buffer_append_json(&text, event->plot);
    buffer_appendf(&text, ",\"revision\":%" PRIu64 ",\"recorded\":", event->revision);
    json_append_moment(&text, event->recorded_ms);
    buffer_append_text(&text, ",\"bbox\":");
    json_append_bbox(&text, event->box_deg);
    buffer_appendf(&text, ",\"count\":%zu}\n\n", event->change_count);
    return buffer_take(&text, &length);
}

static char *moment_text(const struct plot_event *event)
{
    struct buffer text;
    size_t length;
    buffer_init(&text, EVENT_MAX_BYTES);
    buffer_append_text(&text, "event: moment\ndata: {\"plot\":");
    buffer_append_json(&text, event->plot);
    buffer_append_text(&text, ",\"moment\":");
    json_append_moment(&text, event->moment_ms);
    buffer_append_text(&text, "}\n\n");
    return buffer_take(&text, &length);
}

void events_notify(const struct plot_event *event, void *context)
{
    struct events *events = context;
    bool is_change = event->change_count > 0;
    char *text = is_change ? change_text(event) : moment_text(event);
    pthread_mutex_lock(&events->lock);
    struct channel *channel = channel_of(events, event->plot);
    send_to_all(channel, text);
    if (is_change) {
        struct told *told = &channel->ring[channel->told_count++ % RING_LENGTH];
        free(told->text);
        *told = (struct told){event->revision, text};
        text = NULL;
    }
    pthread_mutex_unlock(&events->lock);
    free(text);
}

struct events *events_new(void)
{
    struct events *events = memory_new(1, sizeof(*events));
    events->channels = table_new(channel_free);
    pthread_mutex_init(&events->lock, NULL);
    return events;
}

void events_free(struct events *events)
{
    if (!events) {
        return;
    }
    table_free(events->channels);
    pthread_mutex_destroy(&events->lock);
    free(events);
}

/* ---- listeners ---- */

static const char reset_text[] = "event: reset\ndata: {}\n\n";

/* Sends what came after a revision, or "reset" when that cannot be told. Called with the lock held. */
static void catch_up(struct stream *stream, const struct channel *channel, uint64_t seen, uint64_t current)
{
    size_t kept = channel->told_count < RING_LENGTH ? channel->told_count : RING_LENGTH;
    size_t first = channel->told_count - kept;
    uint64_t oldest = kept ? channel->ring[first % RING_LENGTH].revision : current + 1;
    if (seen > current || oldest > seen + 1) {
        if (seen != current) {
            stream_send(stream, reset_text, strlen(reset_text));
        }
        return;
    }
    for (size_t i = first; i < channel->told_count; i++) {
        const struct told *told = &channel->ring[i % RING_LENGTH];
        if (told->revision > seen) {
            stream_send(stream, told->text, strlen(told->text));
        }
    }
}

static bool read_last_id(const struct request *request, uint64_t *seen)
{
    const char *header = request->headers[HEADER_LAST_EVENT_ID];
    if (!header || *header < '0' || *header > '9') {
        return false;
    }
    char *end;
    errno = 0;
    *seen = strtoull(header, &end, 10);
    return errno == 0 && !*end;
}

static void add_listener(struct events *events, struct stream *stream, const struct plot *plot,
                         bool is_resumed, uint64_t seen)
{
    static const char greeting[] = "retry: 1000\n\n";
    stream_send(stream, greeting, strlen(greeting));
    pthread_mutex_lock(&events->lock);
    struct channel *channel = channel_of(events, plot_title(plot)->name);
    send_to_all(channel, "");
    if (is_resumed) {
        catch_up(stream, channel, seen, plot_revision(plot));
    }
    channel->streams = memory_resize(channel->streams, channel->stream_count + 1, sizeof(*channel->streams));
    channel->streams[channel->stream_count++] = stream;
    pthread_mutex_unlock(&events->lock);
}

void events_handle(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    struct plot *plot = plot_keeper_get(service->plots, request_value(request, "plot"), &fault);
    if (!plot) {
        exchange_fail(exchange, &fault);
        return;
    }
    uint64_t seen = 0;
    bool is_resumed = read_last_id(request, &seen);
    struct stream *stream = exchange_stream(exchange, "text/event-stream");
    if (stream) {
        add_listener(service->events, stream, plot, is_resumed, seen);
    }
    plot_unref(plot);
}
