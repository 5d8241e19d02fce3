/*
 * process_execution.h - briefings are asked for (OGC API Processes 1.0), and looked at before.
 */
#ifndef RENDER_SERVICE_PROCESS_EXECUTION_H
#define RENDER_SERVICE_PROCESS_EXECUTION_H

struct exchange;
struct service;

/** POST /processes/{process}/execution */
void process_handle_execution(struct service *service, struct exchange *exchange);

/** POST /briefings/preview?page: the same body; the answer is the first page, or another, as a small PNG that
 * is not kept. Plottafel-Pages says how many there are. */
void briefing_handle_preview(struct service *service, struct exchange *exchange);

#endif
