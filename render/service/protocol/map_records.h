/*
 * map_records.h - /maps, /maps/{map} and the legend of a map.
 */
#ifndef RENDER_SERVICE_MAP_RECORDS_H
#define RENDER_SERVICE_MAP_RECORDS_H

struct buffer;
struct exchange;
struct fault;
struct map;
struct request;
struct service;
struct tile_matrix_sets;

/** The map of the route's {map}; NULL: NOT_FOUND. */
const struct map *map_of_request(const struct service *service, const struct request *request,
                                 struct fault *fault);

/** ,{"rel":…},…: where OGC API Maps draws it. The relation in both spellings: the standard has http, some
 * clients look for https. */
void map_append_map_links(struct buffer *json, const struct service *service, const struct map *map);

/** ,"storageCrs":…,"crs":[…]: in which CRS /map is given when none is asked for, and others in which it is.
 */
void map_append_crs(struct buffer *json, const struct tile_matrix_sets *sets);

void map_handle_list(struct service *service, struct exchange *exchange);
void map_handle_record(struct service *service, struct exchange *exchange);
void map_handle_legend_png(struct service *service, struct exchange *exchange);
void map_handle_legend_svg(struct service *service, struct exchange *exchange);
void map_handle_legend_json(struct service *service, struct exchange *exchange);

#endif
