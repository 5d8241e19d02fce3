/*
 * tilejson.c - TileJSON knows web mercator only; for other sets "crs" and "tileMatrixSet" say what is meant.
 * There are no "bounds": a map's extent is what is shown first, and clients never ask for tiles out of
 * bounds.
 */
#include "render/service/tilejson.h"

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/service/config.h"
#include "render/service/exchange.h"
#include "render/service/json_text.h"
#include "render/service/map_records.h"
#include "render/service/palette_wish.h"
#include "render/service/request.h"
#include "render/service/service.h"

#define TILEJSON_MAX_BYTES (1u << 20)

static const char *const known_parameters[] = {"as-of", "palette", NULL};

static const struct tile_matrix_set *find_set(const struct service *service, const struct request *request,
                                              struct fault *fault)
{
    const char *id = request_value(request, "tileMatrixSet");
    const struct tile_matrix_set *set = tile_matrix_sets_find(service->config->tile_matrix_sets, id);
    if (!set) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'", id);
    }
    return set;
}

static void append_attribution(struct buffer *json, const struct map *map)
{
    struct buffer text;
    buffer_init(&text, 16384);
    for (size_t i = 0; i < map->item_count; i++) {
        const struct layer *layer = map->items[i].layer;
        if (layer && layer->credit && *layer->credit) {
            buffer_appendf(&text, "%s%s", text.length ? "; " : "", layer->credit);
        }
    }
    buffer_append_text(json, ",\"attribution\":");
    buffer_append_json(json, text.bytes ? text.bytes : "");
    buffer_finish(&text);
}

static void append_tiles(struct buffer *json, const struct service *service, const struct map *map,
                         const struct tile_matrix_set *set, int64_t as_of_ms,
                         const struct palette_wish *palette)
{
    struct buffer address;
    char moment[32];
    buffer_init(&address, 4096);
    buffer_appendf(&address, "%s/xyz/%s/%s/{z}/{x}/{y}.png", service->base_url, map->id, set->id);
    if (as_of_ms != MOMENT_NONE) {
        buffer_appendf(&address, "?as-of=%s", moment_format(as_of_ms, moment));
    }
    if (palette->is_given) {
        buffer_appendf(&address, "%cpalette=%s", as_of_ms != MOMENT_NONE ? '&' : '?',
                       palette_name(palette->palette));
    }
    buffer_append_text(json, ",\"tiles\":[");
    buffer_append_json(json, address.bytes ? address.bytes : "");
    buffer_append_text(json, "]");
    buffer_finish(&address);
}

static void append_document(struct buffer *json, const struct service *service, const struct map *map,
                            const struct tile_matrix_set *set, int64_t as_of_ms,
                            const struct palette_wish *palette)
{
    buffer_append_text(json, "{\"tilejson\":\"3.0.0\",\"scheme\":\"xyz\",\"name\":");
    buffer_append_json(json, multilingual_text(&map->title, LANGUAGE_NL));
    append_tiles(json, service, map, set, as_of_ms, palette);
    struct point centre = bbox_centre(map->extent_deg);
    buffer_appendf(json, ",\"center\":[%.6f,%.6f,%zu]", centre.x, centre.y, set->matrix_count / 2);
    buffer_appendf(json, ",\"minzoom\":0,\"maxzoom\":%zu", set->matrix_count - 1);
    append_attribution(json, map);
    buffer_append_text(json, ",\"crs\":");
    buffer_append_json(json, set->crs_code);
    buffer_append_text(json, ",\"tileMatrixSet\":");
    buffer_append_json(json, set->id);
    buffer_append_text(json, "}\n");
}

void tilejson_handle(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    const struct map *map = map_of_request(service, request, &fault);
    const struct tile_matrix_set *set = map ? find_set(service, request, &fault) : NULL;
    const char *as_of = request_parameter(request, "as-of");
    int64_t as_of_ms = MOMENT_NONE;
    struct palette_wish palette;
    if (!set || !request_check_parameters(request, known_parameters, &fault) ||
        (as_of && !moment_parse(as_of, &as_of_ms, &fault)) ||
        !palette_wish_read(request_parameter(request, "palette"), &palette, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, TILEJSON_MAX_BYTES);
    append_document(&json, service, map, set, as_of_ms, &palette);
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
