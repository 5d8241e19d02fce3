#include "render/service/protocol/processes.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/briefing_inputs.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/viewer.h"
#include "render/service/service.h"

#define DESCRIPTION_MOST_BYTES (256u << 10)
#define LIMIT_MOST 10000
#define EXCEPTION "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"
#define RELATION "http://www.opengis.net/def/rel/ogc/1.0/"
#define COMMON "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/"
#define MAPS "://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/"
#define PROCESSES "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/"

static const char *const conformance_classes[] = {
    COMMON "core",
    COMMON "landing-page",
    COMMON "json",
    COMMON "oas30",
    PROCESSES "core",
    PROCESSES "ogc-process-description",
    PROCESSES "json",
    PROCESSES "oas30",
    PROCESSES "job-list",
    PROCESSES "dismiss",
    /* The standard writes https, some clients ask for http. */
    "https" MAPS "core",
    "http" MAPS "core",
    "https" MAPS "background",
    "http" MAPS "background",
    "https" MAPS "scaling",
    "http" MAPS "scaling",
    "https" MAPS "display-resolution",
    "http" MAPS "display-resolution",
    "https" MAPS "spatial-subsetting",
    "http" MAPS "spatial-subsetting",
    "https" MAPS "datetime",
    "http" MAPS "datetime",
    "https" MAPS "crs",
    "http" MAPS "crs",
    "https" MAPS "collection-map",
    "http" MAPS "collection-map",
    "https" MAPS "png",
    "http" MAPS "png",
    "https" MAPS "jpeg",
    "http" MAPS "jpeg",
    "https" MAPS "svg",
    "http" MAPS "svg",
    "https" MAPS "cors",
    "http" MAPS "cors",
};

/* What all descriptions of the process say; the object stays open. */
static const char summary[] =
    "{\"id\":\"briefing\",\"version\":\"1.0.0\",\"title\":\"Briefing map\",\"description\":\"A printable map "
    "at a true scale with legend, grid, times and sources, as PDF, SVG or PNG\",\"keywords\":[\"map\","
    "\"print\",\"PDF\"],\"jobControlOptions\":[\"sync-execute\",\"async-execute\",\"dismiss\"],"
    "\"outputTransmission\":"
    "[\"value\"]";

static const char outputs[] =
    ",\"outputs\":{\"briefing\":{\"title\":\"The document\",\"description\":\"Of several pages as SVG or PNG "
    "it is a ZIP of them; ?page=N of the results gives one.\",\"schema\":{\"oneOf\":["
    "{\"type\":\"string\",\"contentEncoding\":\"binary\",\"contentMediaType\":\"application/pdf\"},"
    "{\"type\":\"string\",\"contentMediaType\":\"image/svg+xml\"},"
    "{\"type\":\"string\",\"contentEncoding\":\"binary\",\"contentMediaType\":\"image/png\"},"
    "{\"type\":\"string\",\"contentEncoding\":\"binary\",\"contentMediaType\":\"application/zip\"}]}}}";

bool process_is_known(struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    struct buffer sentence;
    if (strcmp(request_value(request, "process"), "briefing") == 0) {
        return true;
    }
    buffer_init(&sentence, 512);
    buffer_appendf(&sentence, "there is no process '%.80s'; there is: briefing",
                   request_value(request, "process"));
    struct answer *answer =
        answer_problem(404, EXCEPTION "no-such-process", "There is no such process", sentence.bytes, request);
    buffer_finish(&sentence);
    exchange_answer(exchange, answer);
    return false;
}

/** Answers unless a parameter is unknown or wrong; there is one process, so any limit gives it. */
static bool check_parameters(struct exchange *exchange)
{
    static const char *const known[] = {"f", "limit", NULL};
    const struct request *request = exchange_request(exchange);
    struct fault fault;
    int64_t limit;
    if (request_check_parameters(request, known, &fault) &&
        request_read_integer(request, "limit", 1, LIMIT_MOST, LIMIT_MOST, &limit, &fault)) {
        return true;
    }
    exchange_fail(exchange, &fault);
    return false;
}

void process_handle_list(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    if (!check_parameters(exchange)) {
        return;
    }
    buffer_init(&json, DESCRIPTION_MOST_BYTES);
    buffer_appendf(&json, "{\"processes\":[%s,\"links\":[", summary);
    json_append_link(&json, "self", "application/json", service->base_url, "/processes/briefing");
    buffer_append_text(&json, "]}],\"links\":[");
    json_append_link(&json, "self", "application/json", service->base_url, "/processes");
    buffer_append_text(&json, "]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

void process_handle_description(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    if (!process_is_known(exchange) || !check_parameters(exchange)) {
        return;
    }
    buffer_init(&json, DESCRIPTION_MOST_BYTES);
    buffer_appendf(&json, "%s,\"inputs\":", summary);
    briefing_inputs_append(service, &json);
    buffer_appendf(&json, "%s,\"links\":[", outputs);
    json_append_link(&json, "self", "application/json", service->base_url, "/processes/briefing");
    buffer_append_text(&json, ",");
    json_append_link(&json, RELATION "execute", "application/json", service->base_url,
                     "/processes/briefing/execution");
    buffer_append_text(&json, ",");
    json_append_link(&json, RELATION "job-list", "application/json", service->base_url, "/jobs");
    buffer_append_text(&json, "]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

void process_handle_conformance(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    if (!check_parameters(exchange)) {
        return;
    }
    buffer_init(&json, DESCRIPTION_MOST_BYTES);
    buffer_append_text(&json, "{\"conformsTo\":[");
    for (size_t i = 0; i < sizeof(conformance_classes) / sizeof(conformance_classes[0]); i++) {
        buffer_appendf(&json, "%s\n\"%s\"", i ? "," : "", conformance_classes[i]);
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

/* ---- the landing page ---- */

struct landing_link {
    const char *relation;
    const char *type;
    const char *path;
};

static const struct landing_link landing_links[] = {
    {"self", "application/json", "/?f=json"},
    {"alternate", "text/html", "/"},
    {"service-desc", "application/vnd.oai.openapi+json;version=3.0", "/openapi.json"},
    {"conformance", "application/json", "/conformance"},
    {RELATION "conformance", "application/json", "/conformance"},
    {"data", "application/json", "/collections"},
    {RELATION "data", "application/json", "/collections"},
    {RELATION "processes", "application/json", "/processes"},
    {RELATION "job-list", "application/json", "/jobs"},
};

static void answer_landing(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    buffer_init(&json, DESCRIPTION_MOST_BYTES);
    buffer_append_text(&json,
                       "{\"title\":\"Plottafel\",\"description\":\"Maps of a shared plot: tiles, features "
                       "and briefings\",\"links\":[");
    for (size_t i = 0; i < sizeof(landing_links) / sizeof(landing_links[0]); i++) {
        if (!viewer_has_page(service) && strcmp(landing_links[i].relation, "alternate") == 0) {
            continue; /* there is no page */
        }
        buffer_append_text(&json, i ? ",\n" : "\n");
        json_append_link(&json, landing_links[i].relation, landing_links[i].type, service->base_url,
                         landing_links[i].path);
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

/** Browsers ask for HTML, and get the page; programs that ask for nothing read links. */
static bool asks_for_json(const struct request *request)
{
    const char *form = request_parameter(request, "f");
    const char *accept = request->headers[HEADER_ACCEPT];
    if (form) {
        return strcmp(form, "json") == 0;
    }
    return !accept || !strstr(accept, "text/html");
}

void process_handle_landing(struct service *service, struct exchange *exchange)
{
    if (asks_for_json(exchange_request(exchange))) {
        answer_landing(service, exchange);
    } else {
        viewer_handle_index(service, exchange);
    }
}
