/*
 * map_records.h - /maps, /maps/{map} and the legend of a map.
 */
#ifndef RENDER_SERVICE_MAP_RECORDS_H
#define RENDER_SERVICE_MAP_RECORDS_H

struct exchange;
struct fault;
struct map;
struct request;
struct service;

/** The map of the route's {map}; NULL: NOT_FOUND. */
const struct map *map_of_request(const struct service *service, const struct request *request,
                                 struct fault *fault);

void map_handle_list(struct service *service, struct exchange *exchange);
void map_handle_record(struct service *service, struct exchange *exchange);
void map_handle_legend_png(struct service *service, struct exchange *exchange);
void map_handle_legend_svg(struct service *service, struct exchange *exchange);
void map_handle_legend_json(struct service *service, struct exchange *exchange);

#endif
