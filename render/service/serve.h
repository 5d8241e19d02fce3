/*
 * serve.h - the service from start to stop.
 */
#ifndef RENDER_SERVICE_SERVE_H
#define RENDER_SERVICE_SERVE_H

struct config;

/**
 * Starts everything, waits for SIGTERM or SIGINT, drains, stops. Returns the exit status of the process.
 * @param program path of this program: workers are started with it
 */
int serve_run(const struct config *config, const char *program);

#endif
