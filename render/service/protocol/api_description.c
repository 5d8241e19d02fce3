/*
 * api_description.c - rows with the same pattern become the operations of one path.
 */
#include "render/service/protocol/api_description.h"

#include <stdbool.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "render/report.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/map_wish.h"
#include "render/service/http/route.h"
#include "render/service/service.h"

#define DESCRIPTION_MAX_BYTES (1u << 20)

static bool is_first_of_path(const struct route *routes, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(routes[i].pattern, routes[index].pattern) == 0) {
            return false;
        }
    }
    return true;
}

static void append_path_parameters(struct buffer *json, const char *pattern)
{
    const char *comma = "";
    buffer_append_text(json, "\"parameters\":[");
    for (const char *open = strchr(pattern, '{'); open; open = strchr(open + 1, '{')) {
        int length = (int)strcspn(open + 1, "}");
        buffer_appendf(
            json, "%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}",
            comma, length, open + 1);
        comma = ",";
    }
    buffer_append_text(json, "]");
}

/** What may stand behind the "?" of a path. */
struct query_parameter {
    const char *pattern; /* one that ends in "." or "/" is for all that begin so */
    const char *name;
    const char *sentence;
};

#define XYZ "/xyz/{map}/{tileMatrixSet}/{z}/{x}/"
#define TILEJSON "/xyz/{map}/{tileMatrixSet}.json"
#define LEGEND "/maps/{map}/legend."
#define MAP "/maps/{map}/map"
#define COLLECTION_MAP "/collections/{map}/map"
#define SYMBOL_SET "/symbols/{set}"
#define SYMBOL_SVG "/symbols/{set}/{code}.svg"
#define SYMBOL_PNG "/symbols/{set}/{code}.png"

static const struct query_parameter query_parameters[] = {
    {XYZ, "as-of", "the moment that is shown, RFC 3339; now when not given"},
    {XYZ, "revision", "of the map's first plot; the latest when not given"},
    {XYZ, "palette", "default, print, mono, colour-blind or imagery; that of the map when not given"},
    {XYZ, "size", "of a picture in px: 512 for that of the four tiles of the next zoom; else 256"},
    {TILEJSON, "format", "of the tiles: png, png8, webp or jpg; png when not given"},
    {TILEJSON, "ratio", "dots for each px of the tiles, 1 to 3"},
    {TILEJSON, "size", "of the tiles in px: 256 or 512"},
    {TILEJSON, "as-of", "the moment that the tiles show, RFC 3339"},
    {TILEJSON, "palette", "default, print, mono, colour-blind or imagery; that of the map when not given"},
    {LEGEND, "tms", "tile matrix set; NetherlandsRDNewQuad when not given"},
    {LEGEND, "zoom", "number of its matrix: at which scale; 8 when not given"},
    {LEGEND, "bbox",
     "min x, min y, max x, max y in the CRS of tms, x east first; the whole map when not given"},
    {LEGEND, "as-of", "the moment that is shown, RFC 3339; now when not given"},
    {LEGEND, "language", "one or two of nl, en, fr and de, such as nl,en"},
    {LEGEND, "width", "of the picture in px, 120 to 2000"},
    {LEGEND, "ratio", "dots for each px, 1 to 3"},
    {LEGEND, "palette", "default, print, mono, colour-blind or imagery; that of the map when not given"},
    {SYMBOL_SET, "q", "words of a name in nl, en, fr or de, an id, letters, an alias, or a name elsewhere"},
    {SYMBOL_SET, "group", "id of a group, such as bw"},
    {SYMBOL_SET, "geometry", "point, line or area"},
    {SYMBOL_SET, "language", "whose names count more: nl, en, fr or de"},
    {SYMBOL_SET, "deprecated", "true: those too that are offered no more"},
    {SYMBOL_SET, "limit", "most symbols in the answer"},
    {SYMBOL_SVG, "palette", "default, print, mono, colour-blind or imagery"},
    {SYMBOL_SVG, "language", "of the name that stands in the document: nl, en, fr or de"},
    {SYMBOL_PNG, "size", "width in px, 8 to 1024; as on a map when not given"},
    {SYMBOL_PNG, "ratio", "dots for each px, 1 to 3"},
    {SYMBOL_PNG, "palette", "default, print, mono, colour-blind or imagery"},
    {SYMBOL_PNG, "c", "count"},
    {SYMBOL_PNG, "h", "hazard plate, such as 33/1203"},
    {SYMBOL_PNG, "v", "casualties"},
    {"/jobs", "status", "accepted, running, successful, failed or dismissed; several with commas between"},
    {"/jobs", "processID", "briefing"},
    {"/jobs", "type", "process"},
    {"/jobs", "datetime", "asked for at or within, such as 2026-10-08T00:00:00Z/.."},
    {"/jobs", "minDuration", "seconds from start to end, at least"},
    {"/jobs", "maxDuration", "seconds from start to end, at most"},
    {"/jobs", "map", "id of a map"},
    {"/jobs", "organisation", "that asked"},
    {"/jobs", "schedule", "that they were made for"},
    {"/jobs", "before", "id of a job: older ones"},
    {"/jobs", "limit", "at most so many, 1 to 1000; 100 when not given"},
    {"/verify", "language", "of the page: nl, en, fr or de; as Accept-Language says when not given"},
    {"/verify", "f", "json or html, in place of Accept"},
    {"/verify/{id}", "language", "the same"},
    {"/verify/{id}", "f", "the same"},
    {SYMBOL_SVG, "c", "count"},
    {SYMBOL_SVG, "h", "hazard plate, such as 33/1203"},
    {SYMBOL_SVG, "v", "casualties"},
};

static bool is_of_path(const struct query_parameter *parameter, const char *pattern)
{
    size_t length = strlen(parameter->pattern);
    bool is_beginning = strchr("./", parameter->pattern[length - 1]) != NULL;
    return is_beginning ? strncmp(parameter->pattern, pattern, length) == 0
                        : strcmp(parameter->pattern, pattern) == 0;
}

/** Of OGC API Maps: from its own table, but ?f= where the address says it. */
static const char *append_map_parameters(struct buffer *json, const char *pattern)
{
    const char *comma = "";
    bool is_of_map = strncmp(pattern, MAP, strlen(MAP)) == 0;
    bool is_map = is_of_map || strcmp(pattern, COLLECTION_MAP) == 0;
    bool has_ending = is_of_map && pattern[strlen(MAP)] == '.';
    const struct map_parameter *parameter = is_map ? map_parameter_at(0) : NULL;
    for (size_t i = 0; parameter; parameter = map_parameter_at(++i)) {
        if (has_ending && strcmp(parameter->name, "f") == 0) {
            continue;
        }
        buffer_appendf(json, "%s{\"name\":\"%s\",\"in\":\"query\",\"schema\":{\"type\":\"%s\"},", comma,
                       parameter->name, parameter->type);
        buffer_append_text(json, "\"description\":");
        buffer_append_json(json, parameter->sentence);
        buffer_append_text(json, "}");
        comma = ",";
    }
    return comma;
}

static void append_query_parameters(struct buffer *json, const char *pattern)
{
    buffer_append_text(json, ",\"parameters\":[");
    const char *comma = append_map_parameters(json, pattern);
    for (size_t i = 0; i < sizeof(query_parameters) / sizeof(query_parameters[0]); i++) {
        const struct query_parameter *parameter = &query_parameters[i];
        if (!is_of_path(parameter, pattern)) {
            continue;
        }
        buffer_appendf(json, "%s{\"name\":\"%s\",\"in\":\"query\",\"schema\":{\"type\":\"string\"},", comma,
                       parameter->name);
        buffer_append_text(json, "\"description\":");
        buffer_append_json(json, parameter->sentence);
        buffer_append_text(json, "}");
        comma = ",";
    }
    buffer_append_text(json, "]");
}

/** What is sent along. */
struct request_body {
    enum request_method method;
    const char *pattern;
    const char *type;
    const char *schema;
};

#define FEATURES "/plots/{plot}/features"
#define OBJECT "{\"type\":\"object\"}"
#define BYTES "{\"type\":\"string\",\"format\":\"binary\"}"

static const struct request_body request_bodies[] = {
    {METHOD_POST, FEATURES, "application/geo+json", OBJECT},
    {METHOD_PUT, FEATURES "/{id}", "application/geo+json", OBJECT},
    {METHOD_POST, "/processes/{process}/execution", "application/json",
     "{\"type\":\"object\",\"required\":[\"inputs\"],\"properties\":{\"inputs\":" OBJECT
     ",\"outputs\":" OBJECT
     ",\"response\":{\"type\":\"string\",\"enum\":[\"raw\",\"document\"],\"default\":\"raw\"}}}"},
    {METHOD_POST, "/briefings/preview", "application/json", OBJECT},
    {METHOD_POST, "/verify", "application/pdf", BYTES},
    {METHOD_POST, "/verify", "multipart/form-data",
     "{\"type\":\"object\",\"properties\":{\"file\":" BYTES "}}"},
};

static void append_request_body(struct buffer *json, const struct route *route)
{
    const char *separator = ",\"requestBody\":{\"required\":true,\"content\":{";
    const char *end = "";
    for (size_t i = 0; i < sizeof(request_bodies) / sizeof(request_bodies[0]); i++) {
        const struct request_body *body = &request_bodies[i];
        if (body->method != route->method || strcmp(body->pattern, route->pattern) != 0) {
            continue;
        }
        buffer_appendf(json, "%s\"%s\":{\"schema\":%s}", separator, body->type, body->schema);
        separator = ",";
        end = "}}";
    }
    buffer_append_text(json, end);
}

/* "get /plots/{plot}" as getPlotsPlot: every run of letters in the pattern, capitalised. */
static void append_operation_id(struct buffer *json, const struct route *route, const char *method)
{
    bool begins_word = true;
    buffer_appendf(json, "\"operationId\":\"%s", method);
    for (const char *next = route->pattern; *next; next++) {
        bool is_letter = (*next >= 'a' && *next <= 'z') || (*next >= 'A' && *next <= 'Z') ||
                         (*next >= '0' && *next <= '9');
        if (is_letter) {
            char letter = begins_word && *next >= 'a' && *next <= 'z' ? (char)(*next - 'a' + 'A') : *next;
            buffer_append(json, &letter, 1);
        }
        begins_word = !is_letter;
    }
    buffer_append_text(json, "\"");
}

#define NOTES_HEADER ",\"headers\":{\"Plottafel-Notes\":{\"$ref\":\"#/components/headers/Notes\"}}"

/** Its answer may lack something, and says so. */
static bool is_picture(const char *pattern)
{
    static const char *const beginnings[] = {
        XYZ, "/wmts/{map}/", MAP, COLLECTION_MAP, "/briefings/preview", "/jobs/{id}/results"};
    bool is_there = false;
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
        is_there = is_there || strncmp(pattern, beginnings[i], strlen(beginnings[i])) == 0;
    }
    return is_there;
}

/** The header that says what a picture lacks. */
static void append_notes_header(struct buffer *json)
{
    buffer_append_text(json,
                       "\"headers\":{\"Notes\":{\"schema\":{\"type\":\"string\"},\"description\":\"what the "
                       "picture does not show although it should, with commas between; each begins with "
                       "its kind:");
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        buffer_appendf(json, "%s %s", kind > 0 ? "," : "", report_kind_name((enum report_kind)kind));
    }
    buffer_append_text(json, "\"}}");
}

static void append_operation(struct buffer *json, const struct route *route)
{
    static const char *const methods[METHOD_COUNT] = {"get", "post", "put", "delete", "options"};
    buffer_appendf(json, "\"%s\":{", methods[route->method]);
    append_operation_id(json, route, methods[route->method]);
    buffer_append_text(json, ",\"summary\":");
    buffer_append_json(json, route->sentence);
    append_query_parameters(json, route->pattern);
    append_request_body(json, route);
    if (route->need == ACCESS_WRITE) {
        buffer_append_text(json, ",\"security\":[{},{\"token\":[]}]");
    }
    buffer_append_text(json, ",\"responses\":{\"2XX\":{\"description\":\"what was asked for\"");
    buffer_append_text(json, is_picture(route->pattern) ? NOTES_HEADER : "");
    buffer_append_text(json, "},\"default\":{\"description\":\"a problem (RFC 9457)\",\"content\":"
                             "{\"application/problem+json\":{\"schema\":{\"type\":\"object\"}}}}}}");
}

static void append_path(struct buffer *json, const struct route *routes, size_t count, size_t first)
{
    buffer_appendf(json, "\"%s\":{", routes[first].pattern);
    append_path_parameters(json, routes[first].pattern);
    for (size_t i = first; i < count; i++) {
        if (strcmp(routes[i].pattern, routes[first].pattern) == 0) {
            buffer_append_text(json, ",\n ");
            append_operation(json, &routes[i]);
        }
    }
    buffer_append_text(json, "}");
}

void api_description_handle(struct service *service, struct exchange *exchange)
{
    size_t count;
    const struct route *routes = service_routes(&count);
    struct buffer json;
    const char *comma = "\n";
    buffer_init(&json, DESCRIPTION_MAX_BYTES);
    buffer_append_text(
        &json, "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"Plottafel\",\"version\":\"" PLOTTAFEL_VERSION
               "\",\"license\":{\"name\":\"EUPL-1.2\"},\"x-OGC-limits\":{\"maps\":");
    buffer_appendf(&json, "{\"maxWidth\":%d,\"maxHeight\":%d,\"maxPixels\":%.0f}}},\"servers\":[{\"url\":",
                   PLATE_SIDE_MOST_PX, PLATE_SIDE_MOST_PX, PLATE_DOTS_MOST);
    buffer_append_json(&json, service->base_url);
    buffer_append_text(&json, "}],\"components\":{");
    append_notes_header(&json);
    buffer_append_text(&json, ",\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":"
                              "\"bearer\"}}},\"paths\":{");
    for (size_t i = 0; i < count; i++) {
        if (is_first_of_path(routes, i)) {
            buffer_append_text(&json, comma);
            append_path(&json, routes, count, i);
            comma = ",\n";
        }
    }
    buffer_append_text(&json, "\n}}\n");
    exchange_answer(exchange, json_answer(&json, "application/vnd.oai.openapi+json;version=3.0"));
}
