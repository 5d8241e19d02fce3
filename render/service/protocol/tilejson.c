/*
 * tilejson.c - TileJSON knows web mercator only; for other sets "crs" and "tileMatrixSet" say what is meant.
 * There are no "bounds": a map's extent is what is shown first, and clients never ask for tiles out of
 * bounds.
 */
#include "render/service/protocol/tilejson.h"

#include <stdlib.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/map_records.h"
#include "render/service/protocol/palette_wish.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/protocol/xyz.h"
#include "render/encode/tile_form.h"
#include "render/encode/tile_picture.h"

#define TILEJSON_MAX_BYTES (1u << 20)

static const char *const known_parameters[] = {"as-of", "palette", "format", "ratio", "size", NULL};

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
    char *credits = map_credits(map);
    buffer_append_text(json, ",\"attribution\":");
    buffer_append_json(json, credits);
    free(credits);
}

/* Which tiles a document is about. */
struct tiles_wish {
    const struct map *map;
    const struct tile_matrix_set *set;
    struct tile_form form;
    int64_t as_of_ms;
    struct palette_wish palette;
};

static void append_address(struct buffer *address, const struct service *service,
                           const struct tiles_wish *wish)
{
    char moment[32];
    const char *before = "?";
    buffer_appendf(address, "%s/xyz/%s/%s/{z}/{x}/{y}", service->base_url, wish->map->id, wish->set->id);
    if (wish->form.pixel_ratio > 1) {
        buffer_appendf(address, "@%dx", wish->form.pixel_ratio);
    }
    buffer_appendf(address, ".%s", tile_format_name(wish->form.format));
    if (wish->form.size_px != TILE_SIZE_PX) {
        buffer_appendf(address, "%ssize=%d", before, wish->form.size_px);
        before = "&";
    }
    if (wish->as_of_ms != MOMENT_NONE) {
        buffer_appendf(address, "%sas-of=%s", before, moment_format(wish->as_of_ms, moment));
        before = "&";
    }
    if (wish->palette.is_given) {
        buffer_appendf(address, "%spalette=%s", before, palette_name(wish->palette.palette));
    }
}

static void append_tiles(struct buffer *json, const struct service *service, const struct tiles_wish *wish)
{
    struct buffer address;
    buffer_init(&address, 4096);
    append_address(&address, service, wish);
    buffer_append_text(json, ",\"tiles\":[");
    buffer_append_json(json, address.bytes ? address.bytes : "");
    buffer_append_text(json, "]");
    buffer_finish(&address);
}

static void append_document(struct buffer *json, const struct service *service, const struct tiles_wish *wish)
{
    const struct tile_matrix_set *set = wish->set;
    bool is_large = wish->form.size_px == TILE_SIZE_LARGE_PX;
    buffer_append_text(json, "{\"tilejson\":\"3.0.0\",\"scheme\":\"xyz\",\"name\":");
    buffer_append_json(json, multilingual_text(&wish->map->title, LANGUAGE_NL));
    append_tiles(json, service, wish);
    struct point centre = bbox_centre(wish->map->extent_deg);
    buffer_appendf(json, ",\"center\":[%.6f,%.6f,%zu]", centre.x, centre.y, set->matrix_count / 2);
    buffer_appendf(json, ",\"minzoom\":0,\"maxzoom\":%zu", set->matrix_count - 1 - is_large);
    buffer_appendf(json, ",\"format\":\"%s\",\"tileSize\":%d", tile_format_extension(wish->form.format),
                   wish->form.size_px);
    append_attribution(json, wish->map);
    buffer_append_text(json, ",\"crs\":");
    buffer_append_json(json, set->crs_code);
    buffer_append_text(json, ",\"tileMatrixSet\":");
    buffer_append_json(json, set->id);
    buffer_append_text(json, "}\n");
}

/* Only pictures: vector tiles have a document of their own. */
static bool read_format(const struct request *request, struct tile_form *form, struct fault *fault)
{
    const char *format = request_parameter(request, "format");
    if (format && (!tile_format_find(format, &form->format) || form->format == TILE_MVT)) {
        fault_set(fault, FAULT_INPUT, "parameter 'format' must be png, png8, webp or jpg, not '%.40s'",
                  format);
        return false;
    }
    return true;
}

static bool read_form(const struct request *request, struct tiles_wish *wish, struct fault *fault)
{
    int64_t pixel_ratio;
    wish->form = tile_form_plain();
    if (!read_format(request, &wish->form, fault) || !xyz_read_size(request, &wish->form, fault) ||
        !request_read_integer(request, "ratio", 1, 3, 1, &pixel_ratio, fault)) {
        return false;
    }
    wish->form.pixel_ratio = (uint8_t)pixel_ratio;
    struct tile_address first = {0};
    return tile_picture_check(wish->map, wish->set, first, wish->form, fault);
}

static bool read_wish(const struct service *service, const struct request *request, struct tiles_wish *wish,
                      struct fault *fault)
{
    const char *as_of = request_parameter(request, "as-of");
    wish->as_of_ms = MOMENT_NONE;
    wish->map = map_of_request(service, request, fault);
    wish->set = wish->map ? find_set(service, request, fault) : NULL;
    return wish->set && request_check_parameters(request, known_parameters, fault) &&
           (!as_of || moment_parse(as_of, &wish->as_of_ms, fault)) &&
           palette_wish_read(request_parameter(request, "palette"), &wish->palette, fault) &&
           read_form(request, wish, fault);
}

void tilejson_handle(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct tiles_wish wish;
    if (!read_wish(service, exchange_request(exchange), &wish, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, TILEJSON_MAX_BYTES);
    append_document(&json, service, &wish);
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
