/*
 * ask_worker.h - answers an exchange with what a worker makes of one order.
 */
#ifndef RENDER_SERVICE_ASK_WORKER_H
#define RENDER_SERVICE_ASK_WORKER_H

struct exchange;
struct order;
struct service;

/** Takes over the exchange; the order is copied. Its fault, or the pool's, becomes a problem document. */
void ask_worker(struct service *service, const struct order *order, struct exchange *exchange);

#endif
