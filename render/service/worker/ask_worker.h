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

/** The same for what is another at the same address when the request's Accept is another. */
void ask_worker_by_accept(struct service *service, const struct order *order, struct exchange *exchange);

/** The same for what may be kept for a day without asking again: its address says all that it depends on. */
void ask_worker_lasting(struct service *service, const struct order *order, struct exchange *exchange);

/** What such answers say. Not for ever: a later version of the program may draw it better. */
#define LASTING_CACHE_CONTROL "public, max-age=86400, immutable"

#endif
