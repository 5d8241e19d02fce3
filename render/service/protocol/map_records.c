/*
 * map_records.c - what there is to look at, as JSON. The plots in it are as current as the keeper's
 * snapshots.
 */
#include "render/service/protocol/map_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/service/http/answer.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/protocol/plot_records.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define RECORD_MAX_BYTES (4u << 20)
#define MAP_RELATION "://www.opengis.net/def/rel/ogc/1.0/map"
#define CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const struct map *map_of_request(const struct service *service, const struct request *request,
                                 struct fault *fault)
{
    const char *id = request_value(request, "map");
    const struct map *map = maps_find(service->config->maps, id);
    if (!map) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no map '%s'", id);
    }
    return map;
}

void map_append_map_links(struct buffer *json, const struct service *service, const struct map *map)
{
    static const char *const types[] = {"image/png", "image/jpeg", "image/svg+xml", "application/pdf"};
    static const char *const endings[] = {"png", "jpg", "svg", "pdf"};
    char path[256];
    for (size_t i = 0; i < 2 * sizeof(types) / sizeof(types[0]); i++) {
        const char *relation = i % 2 ? "https" MAP_RELATION : "http" MAP_RELATION;
        snprintf(path, sizeof(path), "/maps/%s/map.%s", map->id, endings[i / 2]);
        buffer_append_text(json, ",");
        json_append_link(json, relation, types[i / 2], service->base_url, path);
    }
}

static void append_links(struct buffer *json, const struct service *service, const struct map *map)
{
    char path[256];
    snprintf(path, sizeof(path), "/maps/%s", map->id);
    buffer_append_text(json, ",\"links\":[");
    json_append_link(json, "self", "application/json", service->base_url, path);
    snprintf(path, sizeof(path), "/maps/%s/legend.png", map->id);
    buffer_append_text(json, ",");
    json_append_link(json, "legend", "image/png", service->base_url, path);
    const struct tile_matrix_sets *sets = service->config->tile_matrix_sets;
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        snprintf(path, sizeof(path), "/xyz/%s/%s.json", map->id, tile_matrix_sets_at(sets, i)->id);
        buffer_append_text(json, ",");
        json_append_link(json, "tilejson", "application/json", service->base_url, path);
    }
    map_append_map_links(json, service, map);
    buffer_append_text(json, "]");
}

/* What a list and a record both say; the object stays open. */
static void append_areas(struct buffer *json, const struct map *map)
{
    buffer_append_text(json, ",\"areas\":[");
    for (size_t i = 0; i < map->area_count; i++) {
        const struct map_area *area = &map->areas[i];
        buffer_append_text(json, i ? ",{\"id\":" : "{\"id\":");
        buffer_append_json(json, area->id);
        buffer_append_text(json, ",\"title\":");
        json_append_multilingual(json, &area->title);
        buffer_append_text(json, ",\"bbox\":");
        json_append_bbox(json, area->box_deg);
        buffer_append_text(json, "}");
    }
    buffer_append_text(json, "]");
}

static void append_summary(struct buffer *json, const struct service *service, const struct map *map)
{
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, map->id);
    buffer_append_text(json, ",\"title\":");
    json_append_multilingual(json, &map->title);
    buffer_append_text(json, ",\"place\":");
    json_append_multilingual(json, &map->place);
    buffer_append_text(json, ",\"extent\":");
    json_append_bbox(json, map->extent_deg);
    buffer_appendf(json, ",\"marking\":\"%s\"", marking_text(map_marking(map)));
    append_areas(json, map);
    append_links(json, service, map);
}

void map_handle_list(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    buffer_init(&json, RECORD_MAX_BYTES);
    buffer_append_text(&json, "{\"maps\":[");
    for (size_t i = 0; i < maps_count(service->config->maps); i++) {
        buffer_append_text(&json, i ? ",\n" : "\n");
        append_summary(&json, service, maps_at(service->config->maps, i));
        buffer_append_text(&json, "}");
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

static void append_layer(struct buffer *json, const struct layer *layer)
{
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, layer->id);
    buffer_append_text(json, ",\"title\":");
    json_append_multilingual(json, &layer->title);
    const char *names[] = {"owner", "credit", "licence", "currency"};
    const char *texts[] = {layer->owner, layer->credit, layer->licence, layer->currency};
    for (size_t i = 0; i < 4; i++) {
        buffer_appendf(json, ",\"%s\":", names[i]);
        buffer_append_json(json, texts[i] ? texts[i] : "");
    }
    if (layer->application_denominator > 0) {
        buffer_appendf(json, ",\"applicationScale\":%.0f", layer->application_denominator);
    }
    buffer_append_text(json, "}");
}

static void append_layers(struct buffer *json, const struct map *map)
{
    const char *comma = "";
    buffer_append_text(json, ",\"layers\":[");
    for (size_t i = 0; i < map->item_count; i++) {
        if (map->items[i].layer) {
            buffer_append_text(json, comma);
            append_layer(json, map->items[i].layer);
            comma = ",\n";
        }
    }
    buffer_append_text(json, "]");
}

static bool append_plots(struct buffer *json, const struct service *service, const struct map *map,
                         struct fault *fault)
{
    const char *comma = "";
    buffer_append_text(json, ",\"plots\":[");
    for (size_t i = 0; i < map->item_count; i++) {
        if (!map->items[i].plot) {
            continue;
        }
        struct plot *plot = plot_keeper_get(service->plots, map->items[i].plot, fault);
        if (!plot) {
            return false;
        }
        buffer_append_text(json, comma);
        plot_append_record(json, plot);
        plot_unref(plot);
        comma = ",\n";
    }
    buffer_append_text(json, "]");
    return true;
}

static void append_tile_matrix_sets(struct buffer *json, const struct tile_matrix_sets *sets)
{
    buffer_append_text(json, ",\"tileMatrixSets\":[");
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        buffer_appendf(json, "%s\"%s\"", i ? "," : "", tile_matrix_sets_at(sets, i)->id);
    }
    buffer_append_text(json, "]");
}

void map_append_crs(struct buffer *json, const struct tile_matrix_sets *sets)
{
    buffer_append_text(json, ",\"storageCrs\":\"" CRS84 "\",\"crs\":[\"" CRS84 "\"");
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        const char *code = tile_matrix_sets_at(sets, i)->crs_code;
        if (strncmp(code, "EPSG:", 5) == 0) {
            buffer_appendf(json, ",\"http://www.opengis.net/def/crs/EPSG/0/%s\"", code + 5);
        }
    }
    buffer_append_text(json, "]");
}

static void append_own(struct buffer *json, const struct map *map)
{
    static const char *const statuses[] = {"concept", "established", "expired"};
    char colour[10];
    buffer_appendf(json, ",\"status\":\"%s\",\"version\":", statuses[map->status]);
    buffer_append_json(json, map->version ? map->version : "");
    buffer_appendf(json, ",\"palette\":\"%s\",\"background\":\"%s\"", palette_name(map->palette),
                   colour_format(map->background, colour));
}

void map_handle_record(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct map *map = map_of_request(service, exchange_request(exchange), &fault);
    if (!map) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, RECORD_MAX_BYTES);
    append_summary(&json, service, map);
    append_own(&json, map);
    map_append_crs(&json, service->config->tile_matrix_sets);
    append_tile_matrix_sets(&json, service->config->tile_matrix_sets);
    append_layers(&json, map);
    if (!append_plots(&json, service, map, &fault)) {
        buffer_finish(&json);
        exchange_fail(exchange, &fault);
        return;
    }
    buffer_append_text(&json, "}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
