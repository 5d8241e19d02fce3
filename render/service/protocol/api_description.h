/*
 * api_description.h - /openapi.json: the interface as OpenAPI 3.0, made from the route table.
 */
#ifndef RENDER_SERVICE_API_DESCRIPTION_H
#define RENDER_SERVICE_API_DESCRIPTION_H

struct exchange;
struct service;

void api_description_handle(struct service *service, struct exchange *exchange);

#endif
