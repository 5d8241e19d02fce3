/*
 * exchange.h - one request that waits for its answer.
 *
 * A handler is called in an I/O thread and must not block there. It owns the exchange until it calls
 * exchange_answer() exactly once: at once, or later from any thread. When the deadline passes first the
 * client is told so, and what comes after is dropped.
 *
 *     void legend_handle(struct service *service, struct exchange *exchange)
 *     {
 *         const struct request *request = exchange_request(exchange);
 *         …
 *         exchange_answer(exchange, answer_of_fault(&fault, request));
 *     }
 */
#ifndef RENDER_SERVICE_EXCHANGE_H
#define RENDER_SERVICE_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>

struct answer;
struct exchange;
struct fault;
struct request;
struct stream;

/** Borrowed until exchange_answer(). */
const struct request *exchange_request(const struct exchange *exchange);

/** Takes over the answer and the exchange: neither is to be touched afterwards. */
void exchange_answer(struct exchange *exchange, struct answer *answer);

/** exchange_answer(answer_of_fault()) */
void exchange_fail(struct exchange *exchange, const struct fault *fault);

/** The I/O thread that will send the answer, as the workers' pool knows it: a worker_asker's listener. */
int exchange_listener(const struct exchange *exchange);

/** Says that the answer came out of a cache: counted apart, and not written to the access log. */
void exchange_set_hit(struct exchange *exchange);

/**
 * Answers with a stream that stays open (server-sent events) and takes over the exchange. When the client has
 * left, was too slow, or the service stops, stream_send() says so.
 * @return the caller's reference, stream_unref(); NULL when there are too many: the client has got a 503
 */
struct stream *exchange_stream(struct exchange *exchange, const char *content_type);

/**
 * Queues bytes for the client, copied. A client whose queue is over 256 KiB is cut off: it comes back with
 * its Last-Event-ID. Heartbeats (a comment line each 10 s) are sent by http. From any thread.
 * @return false when the stream is closed
 */
bool stream_send(struct stream *stream, const char *bytes, size_t length);

/** Ends the stream after what is queued. */
void stream_end(struct stream *stream);
struct stream *stream_ref(struct stream *stream);
void stream_unref(struct stream *stream);

#endif
