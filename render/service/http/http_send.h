/*
 * http_send.h - what a connection of the HTTP library is sent.
 */
#ifndef RENDER_SERVICE_HTTP_SEND_H
#define RENDER_SERVICE_HTTP_SEND_H

#include <stdbool.h>

struct MHD_Connection;
struct answer;
struct exchange;
struct http_connection;

/** Ours of the library's. */
struct http_connection *http_connection_of(struct MHD_Connection *wire);

/** A request waits, and goes on. wire is a struct MHD_Connection; resumed from any thread. */
void http_suspend(void *wire);
void http_resume(void *wire);

/** Queues an answer, as the client wants it: 304, not packed. False when the library cannot. */
bool http_send_answer(struct exchange *exchange, struct MHD_Connection *wire, struct answer *answer);

/** Queues the exchange's stream. */
bool http_send_stream(struct exchange *exchange, struct MHD_Connection *wire);

#endif
