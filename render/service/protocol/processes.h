/*
 * processes.h - what can be asked for and by which standards: the processes, the declaration of conformance,
 * the landing page for programs (OGC API Common and Processes 1.0).
 */
#ifndef RENDER_SERVICE_PROCESSES_H
#define RENDER_SERVICE_PROCESSES_H

#include <stdbool.h>

struct exchange;
struct service;

void process_handle_list(struct service *service, struct exchange *exchange);
void process_handle_description(struct service *service, struct exchange *exchange);
void process_handle_conformance(struct service *service, struct exchange *exchange);

/** "/": the page for who asks for HTML (Accept, or ?f=html), links for all others. */
void process_handle_landing(struct service *service, struct exchange *exchange);

/** Is the {process} of the address "briefing"? Else the exchange has been answered: no-such-process. */
bool process_is_known(struct exchange *exchange);

#endif
