/*
 * process_execution.h - briefings are asked for: OGC API Processes 1.0, and the address before it.
 */
#ifndef RENDER_SERVICE_PROCESS_EXECUTION_H
#define RENDER_SERVICE_PROCESS_EXECUTION_H

struct exchange;
struct service;

/** POST /processes/{process}/execution */
void process_handle_execution(struct service *service, struct exchange *exchange);

/** POST /briefings: the inputs alone, and 202. */
void briefing_handle_order(struct service *service, struct exchange *exchange);

#endif
