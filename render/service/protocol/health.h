/*
 * health.h - /healthz, /readyz and /metrics.
 */
#ifndef RENDER_SERVICE_HEALTH_H
#define RENDER_SERVICE_HEALTH_H

struct exchange;
struct service;

/** 200 as long as the process answers. */
void health_handle_live(struct service *service, struct exchange *exchange);

/** 200 when the store is open and a worker has answered, else 503 that names what is missing. */
void health_handle_ready(struct service *service, struct exchange *exchange);
void health_handle_metrics(struct service *service, struct exchange *exchange);

#endif
