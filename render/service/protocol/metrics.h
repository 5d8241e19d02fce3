/*
 * metrics.h - what the service counts of itself, as Prometheus text.
 */
#ifndef RENDER_SERVICE_METRICS_H
#define RENDER_SERVICE_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct metrics;
struct route;
struct service;

struct metrics *metrics_new(const struct route *routes, size_t count);
void metrics_free(struct metrics *metrics);

/** One answered request; route NULL when there was none. Cheap; from any thread. */
void metrics_add_request(struct metrics *metrics, const struct route *route, int status, int64_t duration_us,
                         size_t bytes, bool is_hit);

/** Everything, those of pool, cache, plots and sockets included. */
void metrics_write(const struct metrics *metrics, const struct service *service, struct buffer *text);

#endif
