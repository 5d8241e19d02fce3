/*
 * briefings.h - /briefings: a briefing map is ordered, followed, fetched, cancelled.
 */
#ifndef RENDER_SERVICE_BRIEFINGS_H
#define RENDER_SERVICE_BRIEFINGS_H

struct exchange;
struct service;

void briefings_handle_order(struct service *service, struct exchange *exchange);
void briefings_handle_status(struct service *service, struct exchange *exchange);
void briefings_handle_result(struct service *service, struct exchange *exchange);
void briefings_handle_dismiss(struct service *service, struct exchange *exchange);

#endif
