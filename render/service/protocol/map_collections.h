/*
 * map_collections.h - /collections and /collections/{map}: the maps as OGC API Common describes what it
 * offers, so that its clients find where OGC API Maps draws them.
 */
#ifndef RENDER_SERVICE_MAP_COLLECTIONS_H
#define RENDER_SERVICE_MAP_COLLECTIONS_H

struct exchange;
struct service;

void map_collection_handle_list(struct service *service, struct exchange *exchange);
void map_collection_handle_one(struct service *service, struct exchange *exchange);

#endif
