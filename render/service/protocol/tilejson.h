/*
 * tilejson.h - /xyz/{map}/{tileMatrixSet}.json: a map's tiles as TileJSON 3.0.0.
 */
#ifndef RENDER_SERVICE_TILEJSON_H
#define RENDER_SERVICE_TILEJSON_H

struct exchange;
struct service;

void tilejson_handle(struct service *service, struct exchange *exchange);

#endif
