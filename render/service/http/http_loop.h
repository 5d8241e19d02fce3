/*
 * http_loop.h - the I/O threads. Each runs a daemon of the HTTP library and, beside it, reads what workers
 * made of the tiles that its own connections asked for: one thread takes a request and sends its answer.
 */
#ifndef RENDER_SERVICE_HTTP_LOOP_H
#define RENDER_SERVICE_HTTP_LOOP_H

#include <pthread.h>
#include <stdbool.h>

struct MHD_Daemon;
struct http;

struct http_loop {
    struct http *http;
    struct MHD_Daemon *daemon; /* the thread's, while it runs */
    int epoll;                 /* of the daemon, of workers and of wake */
    int wake;
    int listener; /* as the workers' pool knows it */
    bool is_quiesced;
    bool has_resumed; /* in this thread, since the daemon was run: it is run again */
    bool is_running;
    pthread_t thread;
};

/** Starts as many as are configured, but no more than there may be connections; false when there cannot be
 * all, and errno says why. */
bool http_loops_start(struct http *http,
                      struct MHD_Daemon *(*start_daemon)(struct http_loop *loop, unsigned most_connections));

/** One of its connections was resumed, in whatever thread. */
void http_loop_wake(struct http_loop *loop);

/** Ends the threads and all that is still connected. */
void http_loops_stop(struct http *http);

#endif
