/*
 * http_decide.c - which handler a request goes to, or why to none: route, method, access.
 */
#include <string.h>

#include "geo/base/buffer.h"
#include "render/service/http/answer.h"
#include "render/service/config.h"
#include "render/service/http/exchange_internal.h"
#include "render/service/http/http_internal.h"
#include "render/service/service.h"

#define TILE_SEGMENTS 6 /* of /xyz/{map}/{tileMatrixSet}/{z}/{x}/{y}.png */

struct answer *http_refuse_target(const struct exchange *exchange)
{
    const struct fault *fault = &exchange->target_fault;
    if (fault->code == FAULT_LIMIT) {
        return answer_problem(414, "address", "The address is too long", fault->message, &exchange->request);
    }
    return answer_of_fault(fault, &exchange->request);
}

static void add_allowed(struct answer *answer, unsigned allowed)
{
    struct buffer list;
    buffer_init(&list, 128);
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (allowed & 1u << i) {
            buffer_appendf(&list, "%s%s%s", list.length ? ", " : "",
                           request_method_name((enum request_method)i), i == METHOD_GET ? ", HEAD" : "");
        }
    }
    buffer_appendf(&list, ", OPTIONS");
    answer_add_header(answer, "Allow", list.bytes);
    buffer_finish(&list);
}

/** What a browser asks before it reads from another origin. Writing from there is not offered. */
static struct answer *answer_options(unsigned allowed)
{
    struct answer *answer = answer_new(204, NULL, "", 0);
    add_allowed(answer, allowed);
    answer_add_header(answer, "Access-Control-Allow-Methods", "GET, HEAD");
    answer_add_header(answer, "Access-Control-Allow-Headers", "Accept, If-None-Match, Last-Event-ID");
    answer_add_header(answer, "Access-Control-Max-Age", "600");
    return answer;
}

static struct answer *answer_no_route(const struct request *request, unsigned allowed)
{
    if (allowed == 0) {
        bool is_tile = request->segment_count == TILE_SEGMENTS && strcmp(request->segments[0], "xyz") == 0;
        return answer_problem(404, "not-found", "There is no such thing",
                              is_tile ? "there is nothing at this address: tiles end in .png, .png8, .webp, "
                                        ".jpg, .mvt or .pbf, pictures with @2x or @3x before it if wanted"
                                      : "there is nothing at this address",
                              request);
    }
    if (request->method == METHOD_OPTIONS) {
        return answer_options(allowed);
    }
    struct answer *answer = answer_problem(405, "method", "Not with this method",
                                           "the address is there, but not for this method", request);
    add_allowed(answer, allowed);
    return answer;
}

/** 401 asks for a token where one would help. */
static struct answer *answer_denied(const struct http *http, const struct exchange *exchange,
                                    const struct fault *fault)
{
    bool wants_token = exchange->route->need == ACCESS_WRITE &&
                       http->options.service->config->service.writers == WRITERS_TOKEN &&
                       !exchange->request.headers[HEADER_AUTHORIZATION];
    if (!wants_token) {
        return answer_of_fault(fault, &exchange->request);
    }
    struct answer *answer = answer_problem(401, "denied", "Not allowed", fault->message, &exchange->request);
    answer_add_header(answer, "WWW-Authenticate", "Bearer");
    return answer;
}

struct answer *http_decide_route(struct http *http, struct exchange *exchange)
{
    unsigned allowed;
    struct fault fault;
    exchange->route =
        route_find(http->options.routes, http->options.route_count, &exchange->request, &allowed);
    if (!exchange->route) {
        return answer_no_route(&exchange->request, allowed);
    }
    if (!access_decide(http->options.service->config, exchange->route->need, &exchange->request, &fault)) {
        return answer_denied(http, exchange, &fault);
    }
    return NULL;
}
