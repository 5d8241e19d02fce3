#include "render/service/protocol/map_collections.h"

#include <stdio.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/map_records.h"
#include "render/service/service.h"

#define COLLECTIONS_MOST_BYTES (4u << 20)

/** Answers unless a parameter is unknown. */
static bool check_parameters(struct exchange *exchange)
{
    static const char *const known[] = {"f", NULL};
    struct fault fault;
    if (request_check_parameters(exchange_request(exchange), known, &fault)) {
        return true;
    }
    exchange_fail(exchange, &fault);
    return false;
}

/** One of the languages that the map has: names are single texts here. */
static void append_collection(struct buffer *json, const struct service *service, const struct map *map)
{
    char path[256];
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, map->id);
    buffer_append_text(json, ",\"title\":");
    buffer_append_json(json, multilingual_text(&map->title, LANGUAGE_EN));
    buffer_append_text(json, ",\"extent\":{\"spatial\":{\"bbox\":[");
    json_append_bbox(json, map->extent_deg);
    buffer_append_text(json, "],\"crs\":\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"},"
                             "\"temporal\":{\"interval\":[[null,null]]}}");
    map_append_crs(json, service->config->tile_matrix_sets);
    snprintf(path, sizeof(path), "/collections/%s", map->id);
    buffer_append_text(json, ",\"links\":[");
    json_append_link(json, "self", "application/json", service->base_url, path);
    snprintf(path, sizeof(path), "/maps/%s", map->id);
    buffer_append_text(json, ",");
    json_append_link(json, "describedby", "application/json", service->base_url, path);
    map_append_map_links(json, service, map);
    buffer_append_text(json, "]}");
}

void map_collection_handle_list(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    if (!check_parameters(exchange)) {
        return;
    }
    buffer_init(&json, COLLECTIONS_MOST_BYTES);
    buffer_append_text(&json, "{\"links\":[");
    json_append_link(&json, "self", "application/json", service->base_url, "/collections");
    buffer_append_text(&json, "],\"collections\":[");
    for (size_t i = 0; i < maps_count(service->config->maps); i++) {
        buffer_append_text(&json, i ? ",\n" : "\n");
        append_collection(&json, service, maps_at(service->config->maps, i));
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

void map_collection_handle_one(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct buffer json;
    const struct map *map = map_of_request(service, exchange_request(exchange), &fault);
    if (!map) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (!check_parameters(exchange)) {
        return;
    }
    buffer_init(&json, COLLECTIONS_MOST_BYTES);
    append_collection(&json, service, map);
    buffer_append_text(&json, "\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
