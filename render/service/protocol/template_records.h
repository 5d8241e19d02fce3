/*
 * template_records.h - /templates: what briefings can look like, for those who let somebody choose.
 */
#ifndef RENDER_SERVICE_TEMPLATE_RECORDS_H
#define RENDER_SERVICE_TEMPLATE_RECORDS_H

struct exchange;
struct service;

void template_handle_list(struct service *service, struct exchange *exchange);

#endif
