/*
 * wmts.c - KVP and REST become the same wish; what is wrong with it becomes an OWS exception report with the
 * locator that the standard asks for (OGC 07-057r7 tables 14, 24).
 */
#include "render/service/protocol/wmts.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/tile/tile_desk.h"
#include "render/service/protocol/wmts_capabilities.h"

#define CAPABILITIES_MAX_BYTES (8u << 20)

/** The texts of a GetTile, wherever they came from; NULL: not given. */
struct tile_texts {
    const char *map;
    const char *style;
    const char *format;
    const char *time;
    const char *set;
    const char *matrix;
    const char *row;
    const char *column;
};

/** An exception: code and locator as OWS calls them. */
struct exception {
    int status;
    const char *code;
    const char *locator; /* NULL: none */
};

static void answer_exception(struct exchange *exchange, struct exception exception, const char *sentence)
{
    struct buffer xml;
    buffer_init(&xml, 8192);
    buffer_appendf(
        &xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows/1.1\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xsi:schemaLocation=\"http://www.opengis.net/ows/1.1"
        " http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd\" version=\"1.1.0\" xml:lang=\"en\">\n"
        "<ows:Exception exceptionCode=\"%s\"",
        exception.code);
    if (exception.locator) {
        buffer_appendf(&xml, " locator=\"%s\"", exception.locator);
    }
    buffer_append_text(&xml, "><ows:ExceptionText>");
    buffer_append_xml(&xml, sentence);
    buffer_append_text(&xml, "</ows:ExceptionText></ows:Exception>\n</ows:ExceptionReport>\n");
    size_t length;
    char *bytes = buffer_take(&xml, &length);
    struct answer *answer = answer_new_owning(exception.status, "application/xml", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    exchange_answer(exchange, answer);
}

static struct exception invalid(const char *locator)
{
    return (struct exception){400, "InvalidParameterValue", locator};
}

/* The first text that a GetTile must have and has not. */
static const char *first_missing(const struct tile_texts *texts)
{
    const char *const names[] = {"Layer",      "Style",   "Format", "TileMatrixSet",
                                 "TileMatrix", "TileRow", "TileCol"};
    const char *const values[] = {texts->map,    texts->style, texts->format, texts->set,
                                  texts->matrix, texts->row,   texts->column};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!values[i] || !*values[i]) {
            return names[i];
        }
    }
    return NULL;
}

static bool read_time(const char *text, int64_t *as_of_ms, struct fault *fault)
{
    bool is_current = !text || strcasecmp(text, "current") == 0 || strcasecmp(text, "default") == 0;
    *as_of_ms = MOMENT_NONE;
    return is_current || moment_parse(text, as_of_ms, fault);
}

/* Only what the capabilities list for the map: no JPEG of one that is transparent. */
static bool read_format(const char *text, const struct map *map, enum tile_format *format)
{
    return tile_format_find_content_type(text, format) && *format != TILE_MVT &&
           (*format != TILE_JPEG || map->background.alpha == 255);
}

/* Fills the wish. false: exception and fault say why not. */
static bool read_wish(const struct service *service, const struct tile_texts *texts, struct tile_wish *wish,
                      struct exception *exception, struct fault *fault)
{
    const struct config *config = service->config;
    *wish = (struct tile_wish){.form = tile_form_plain(), .map = maps_find(config->maps, texts->map)};
    fault_set(fault, FAULT_INPUT, "this value is not offered; the capabilities list what is");
    if (!wish->map) {
        *exception = invalid("Layer");
        return false;
    }
    /* The style "default" is what the map says itself. */
    const char *palette = strcmp(texts->style, "default") == 0 ? NULL : texts->style;
    if (!palette_wish_read(palette, &wish->palette, fault)) {
        *exception = invalid("Style");
        return false;
    }
    if (!read_format(texts->format, wish->map, &wish->form.format)) {
        *exception = invalid("Format");
        return false;
    }
    wish->set = tile_matrix_sets_find(config->tile_matrix_sets, texts->set);
    if (!wish->set) {
        *exception = invalid("TileMatrixSet");
        return false;
    }
    if (!tile_matrix_set_find_zoom(wish->set, texts->matrix, &wish->address.zoom)) {
        *exception = invalid("TileMatrix");
        return false;
    }
    *exception = invalid("time");
    return read_time(texts->time, &wish->as_of_ms, fault);
}

static bool read_place(const struct tile_texts *texts, struct tile_wish *wish, struct exception *exception,
                       struct fault *fault)
{
    if (!tile_wish_read_index(texts->row, &wish->address.row)) {
        *exception = invalid("TileRow");
        return false;
    }
    if (!tile_wish_read_index(texts->column, &wish->address.column)) {
        *exception = invalid("TileCol");
        return false;
    }
    const struct tile_matrix *matrix = &wish->set->matrices[wish->address.zoom];
    bool is_row = wish->address.row >= matrix->matrix_height;
    *exception = (struct exception){400, "TileOutOfRange", is_row ? "TileRow" : "TileCol"};
    return tile_address_check(wish->set, wish->address, fault);
}

static void answer_tile(struct service *service, struct exchange *exchange, const struct tile_texts *texts)
{
    struct fault fault;
    struct tile_wish wish;
    struct exception exception;
    const char *missing = first_missing(texts);
    if (missing) {
        answer_exception(exchange, (struct exception){400, "MissingParameterValue", missing},
                         "GetTile needs this parameter");
        return;
    }
    if (!read_wish(service, texts, &wish, &exception, &fault) ||
        !read_place(texts, &wish, &exception, &fault)) {
        answer_exception(exchange, exception, fault.message);
        return;
    }
    tile_desk_answer(service->tiles, &wish, exchange);
}

static void answer_capabilities(struct service *service, struct exchange *exchange)
{
    struct buffer xml;
    struct fault fault;
    buffer_init(&xml, CAPABILITIES_MAX_BYTES);
    if (!wmts_write_capabilities(service, &xml, &fault)) {
        buffer_finish(&xml);
        exchange_fail(exchange, &fault);
        return;
    }
    exchange_answer(exchange, json_answer(&xml, "application/xml"));
}

/* Is 1.0.0 among the versions that a client takes? */
static bool accepts_version(const struct request *request)
{
    const char *versions = request_parameter(request, "acceptversions");
    return !versions || strstr(versions, "1.0.0");
}

static void answer_kvp_tile(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    const char *version = request_parameter(request, "version");
    if (!version) {
        answer_exception(exchange, (struct exception){400, "MissingParameterValue", "version"},
                         "GetTile needs this parameter");
        return;
    }
    if (strcmp(version, "1.0.0") != 0) {
        answer_exception(exchange, invalid("version"), "only version 1.0.0 is offered");
        return;
    }
    struct tile_texts texts = {
        .map = request_parameter(request, "layer"),
        .style = request_parameter(request, "style"),
        .format = request_parameter(request, "format"),
        .time = request_parameter(request, "time"),
        .set = request_parameter(request, "tilematrixset"),
        .matrix = request_parameter(request, "tilematrix"),
        .row = request_parameter(request, "tilerow"),
        .column = request_parameter(request, "tilecol"),
    };
    answer_tile(service, exchange, &texts);
}

void wmts_handle_kvp(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    const char *type = request_parameter(request, "service");
    const char *operation = request_parameter(request, "request");
    if (request->parameter_count == 0) {
        answer_capabilities(service, exchange); /* as GDAL and people ask who have only the address */
    } else if (!type || !operation) {
        answer_exception(exchange,
                         (struct exception){400, "MissingParameterValue", type ? "request" : "service"},
                         "the request needs this parameter");
    } else if (strcasecmp(type, "WMTS") != 0) {
        answer_exception(exchange, invalid("service"), "this service is WMTS");
    } else if (strcasecmp(operation, "GetTile") == 0) {
        answer_kvp_tile(service, exchange);
    } else if (strcasecmp(operation, "GetCapabilities") != 0) {
        answer_exception(exchange, (struct exception){501, "OperationNotSupported", "request"},
                         "GetCapabilities and GetTile are offered");
    } else if (!accepts_version(request)) {
        answer_exception(exchange, (struct exception){400, "VersionNegotiationFailed", NULL},
                         "only version 1.0.0 is offered");
    } else {
        answer_capabilities(service, exchange);
    }
}

void wmts_handle_capabilities(struct service *service, struct exchange *exchange)
{
    answer_capabilities(service, exchange);
}

/* Of an ending that a route has checked. */
static const char *content_type_of(const char *ending)
{
    enum tile_format format = TILE_PNG;
    bool is_known = tile_format_find(ending, &format);
    assert(is_known);
    return format == TILE_PNG_SMALL ? WMTS_SMALL_PNG : tile_format_content_type(format);
}

void wmts_handle_tile(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    const char *last = request->segments[request->segment_count - 1];
    struct tile_texts texts = {
        .map = request_value(request, "map"),
        .style = request_value(request, "style"),
        .format = content_type_of(strrchr(last, '.') + 1),
        .time = request_value(request, "time"),
        .set = request_value(request, "tileMatrixSet"),
        .matrix = request_value(request, "tileMatrix"),
        .row = request_value(request, "tileRow"),
        .column = request_value(request, "tileCol"),
    };
    answer_tile(service, exchange, &texts);
}
