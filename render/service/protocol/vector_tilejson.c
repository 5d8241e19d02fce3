/*
 * vector_tilejson.c - TileJSON 3.0.0 of vector tiles: which layers there are, and the fields of each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/vector/map_style.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/map_records.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/protocol/vector_styles.h"
#include "symbology/style.h"

#define TILEJSON_MAX_BYTES (1u << 20)

static const char *const feature_fields[] = {"id",         "symbol",   "owner",    "status", "trust",
                                             "valid_from", "valid_to", "priority", "crowd",  NULL};
static const char *const shape_fields[] = {"look", "label", "lettering", NULL};
static const char *const point_fields[] = {"look", "role", "icon", "turn", "label", "lettering", NULL};

static void append_field(struct buffer *json, const char *name, bool is_number)
{
    bool is_first = json->bytes[json->length - 1] == '{';
    buffer_append_text(json, is_first ? "" : ",");
    buffer_append_json(json, name);
    buffer_append_text(json, is_number ? ":\"Number\"" : ":\"String\"");
}

static bool is_number(const char *field)
{
    return strcmp(field, "priority") == 0 || strcmp(field, "crowd") == 0 || strcmp(field, "turn") == 0;
}

static void append_fields(struct buffer *json, const char *const *names)
{
    for (; *names; names++) {
        append_field(json, *names, is_number(*names));
    }
}

static void begin_layer(struct buffer *json, const char *id, const char *description)
{
    bool is_first = json->bytes[json->length - 1] == '[';
    buffer_append_text(json, is_first ? "\n{\"id\":" : ",\n{\"id\":");
    buffer_append_json(json, id);
    buffer_append_text(json, ",\"description\":");
    buffer_append_json(json, description);
    buffer_append_text(json, ",\"fields\":{");
}

static void append_plot(struct buffer *json, const char *plot)
{
    static const char *const ends[] = {"areas", "lines", "points"};
    for (int i = 0; i < 3; i++) {
        char id[96];
        snprintf(id, sizeof(id), "%s.%s", plot, ends[i]);
        begin_layer(json, id, plot);
        append_fields(json, feature_fields);
        append_fields(json, i < 2 ? shape_fields : point_fields);
        buffer_append_text(json, "}}");
    }
}

static void append_layer(struct buffer *json, const struct layer *layer)
{
    const struct style *style = layer->style;
    begin_layer(json, layer->id, multilingual_text(&layer->title, LANGUAGE_NL));
    for (size_t i = 0; i < style->attribute_count; i++) {
        append_field(json, style->attributes[i].name, style->attributes[i].is_number);
    }
    append_field(json, "_rules", false);
    append_field(json, "_role", false);
    append_field(json, "_turn", true);
    for (size_t i = 0; i < style->rule_count; i++) {
        char name[32];
        snprintf(name, sizeof(name), "_label%zu", i);
        if (style->rules[i].label.part_count > 0) {
            append_field(json, name, false);
        }
    }
    buffer_append_text(json, "}}");
}

void vector_tilejson_append_layers(struct buffer *json, const struct map *map)
{
    buffer_append_text(json, "\"vector_layers\":[");
    for (size_t i = 0; i < map->item_count; i++) {
        const struct layer *layer = map->items[i].layer;
        if (!layer) {
            append_plot(json, map->items[i].plot);
        } else if (layer->kind == LAYER_VECTOR) {
            append_layer(json, layer);
        }
    }
    buffer_append_text(json, "]");
}

static void append_attribution(struct buffer *json, const struct map *map)
{
    char *credits = map_credits(map);
    buffer_append_text(json, ",\"attribution\":");
    buffer_append_json(json, credits);
    free(credits);
}

static void append_document(struct buffer *json, const struct service *service, const struct map *map,
                            const struct tile_matrix_set *set, int64_t as_of_ms)
{
    char moment[32];
    buffer_append_text(json, "{\"tilejson\":\"3.0.0\",\"scheme\":\"xyz\",\"name\":");
    buffer_append_json(json, multilingual_text(&map->title, LANGUAGE_NL));
    buffer_appendf(json, ",\"tiles\":[\"%s/xyz/%s/%s/{z}/{x}/{y}.mvt%s%s\"]", service->base_url, map->id,
                   set->id, as_of_ms != MOMENT_NONE ? "?as-of=" : "",
                   as_of_ms != MOMENT_NONE ? moment_format(as_of_ms, moment) : "");
    struct point centre = bbox_centre(map->extent_deg);
    buffer_appendf(json, ",\"center\":[%.6f,%.6f,%zu]", centre.x, centre.y, set->matrix_count / 2);
    buffer_appendf(json, ",\"minzoom\":0,\"maxzoom\":%u", (unsigned)map_style_max_zoom(set));
    append_attribution(json, map);
    buffer_append_text(json, ",\"crs\":");
    buffer_append_json(json, set->crs_code);
    buffer_append_text(json, ",\"tileMatrixSet\":");
    buffer_append_json(json, set->id);
    buffer_append_text(json, ",");
    vector_tilejson_append_layers(json, map);
    buffer_append_text(json, "}\n");
}

void vector_tilejson_handle(struct service *service, struct exchange *exchange)
{
    static const char *const known[] = {"as-of", NULL};
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    const struct map *map = map_of_request(service, request, &fault);
    const char *id = request_value(request, "tileMatrixSet");
    const struct tile_matrix_set *set = tile_matrix_sets_find(service->config->tile_matrix_sets, id);
    const char *as_of = request_parameter(request, "as-of");
    int64_t as_of_ms = MOMENT_NONE;
    if (map && !set) {
        fault_set(&fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'", id);
    }
    if (!map || !set || !request_check_parameters(request, known, &fault) ||
        (as_of && !moment_parse(as_of, &as_of_ms, &fault))) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, TILEJSON_MAX_BYTES);
    append_document(&json, service, map, set, as_of_ms);
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
