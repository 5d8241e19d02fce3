/*
 * http_serve.h - requests, from the first line to the access log.
 */
#ifndef RENDER_SERVICE_HTTP_SERVE_H
#define RENDER_SERVICE_HTTP_SERVE_H

struct MHD_Daemon;
struct http_loop;

/** The library's part of an I/O thread, which runs it: it has no threads of its own. NULL: there is none. */
struct MHD_Daemon *http_start_daemon(struct http_loop *loop, unsigned most_connections);

#endif
