/*
 * process_execution.c - the body is read in the thread that has it; the desk does the rest. A preview goes to
 * a worker at once: nobody will ask for it again, so neither queue nor archive know of it.
 *
 * As the standard has it for a process of both kinds, the answer is the document unless "Prefer:
 * respond-async" asks for the job. It is the job, too, when the document is not ready before the request's
 * own deadline, or "wait=N" seconds (RFC 7240) have passed.
 */
#include "render/service/protocol/process_execution.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_since.h"
#include "render/service/config.h"
#include "render/service/http/access.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/briefing_inputs.h"
#include "render/service/protocol/job_results.h"
#include "render/service/protocol/job_status.h"
#include "render/service/protocol/processes.h"
#include "render/service/service.h"
#include "render/service/worker/ask_worker.h"

#define BODY_MOST_BYTES (256u << 10)
#define PREVIEW_DPI 72
#define PREVIEW_ID "00000000000000000000000000"
#define PREVIEW_MADE_MS 60000 /* so that the same is drawn once, however often it is looked at */
#define PAGE_MOST 100000
#define WAIT_MOST_S 100000
#define ANSWER_MARGIN_MS 500 /* before the request's deadline */

/** How long an answer is waited for. */
struct patience {
    int64_t wait_ms; /* 0: the job is enough */
    int64_t told_s;  /* by "wait=N"; -1: not */
    bool is_async;   /* "respond-async" */
};

/** What was asked, on its way to the desk. */
struct execution {
    struct exchange *exchange;
    struct order order;
    bool wants_list;
    struct patience patience;
};

/* ---- the body ---- */

static void fail(struct problems *problems, const char *field, const char *sentence)
{
    problems_add(problems, PROBLEM_ERROR, "order", 0, field, "%s", sentence);
}

static bool is_one_of(const char *name, const char *const names[])
{
    while (*names && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static void check_members(const json_t *object, const char *prefix, const char *const known[],
                          struct problems *problems)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        if (!is_one_of(name, known)) {
            char field[200];
            snprintf(field, sizeof(field), "%s%.100s", prefix, name);
            fail(problems, field, "is not known");
        }
    }
}

static void read_media_type(const json_t *format, struct order *order, struct problems *problems)
{
    const char *type = json_string_value(json_object_get(format, "mediaType"));
    for (int i = 0; type && i <= BRIEFING_PNG; i++) {
        if (strcmp(type, briefing_format_type((enum briefing_format)i)) == 0) {
            order->briefing.format = (enum briefing_format)i;
            return;
        }
    }
    fail(problems, "outputs.briefing.format",
         "must have a mediaType: application/pdf, image/svg+xml or image/png");
}

static void read_outputs(const json_t *outputs, struct order *order, struct problems *problems)
{
    static const char *const names[] = {"briefing", NULL};
    static const char *const known[] = {"format", "transmissionMode", NULL};
    const json_t *briefing = json_object_get(outputs, "briefing");
    const json_t *mode = json_object_get(briefing, "transmissionMode");
    const json_t *format = json_object_get(briefing, "format");
    if (!json_is_object(outputs) || (briefing && !json_is_object(briefing))) {
        fail(problems, "outputs", "must be an object such as {\"briefing\":{}}");
        return;
    }
    check_members(outputs, "outputs.", names, problems);
    check_members(briefing, "outputs.briefing.", known, problems);
    if (mode && (!json_is_string(mode) || strcmp(json_string_value(mode), "value") != 0)) {
        fail(problems, "outputs.briefing.transmissionMode", "must be value");
    }
    if (format) {
        read_media_type(format, order, problems);
    }
}

static void read_response(const json_t *response, struct execution *execution, struct problems *problems)
{
    const char *text = json_string_value(response);
    execution->wants_list = text && strcmp(text, "document") == 0;
    if (!text || (!execution->wants_list && strcmp(text, "raw") != 0)) {
        fail(problems, "response", "must be raw or document");
    }
}

static void read_execute(struct service *service, const json_t *root, struct execution *execution,
                         struct problems *problems)
{
    static const char *const known[] = {"inputs", "outputs", "response", NULL};
    const json_t *inputs = json_object_get(root, "inputs");
    const json_t *outputs = json_object_get(root, "outputs");
    const json_t *response = json_object_get(root, "response");
    check_members(root, "", known, problems);
    if (!json_is_object(inputs)) {
        fail(problems, "inputs", "must be an object");
        return;
    }
    briefing_inputs_read(service, inputs, "inputs.", &execution->order, problems);
    if (outputs) {
        read_outputs(outputs, &execution->order, problems);
    }
    if (response) {
        read_response(response, execution, problems);
    }
}

static json_t *read_body(const struct request *request, struct fault *fault)
{
    json_error_t error;
    if (request->body_length > BODY_MOST_BYTES) {
        fault_set(fault, FAULT_LIMIT, "the order of a briefing has at most %u bytes", BODY_MOST_BYTES);
        return NULL;
    }
    json_t *root = json_loadb(request->body, request->body_length, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(root)) {
        fault_set(fault, FAULT_INPUT, "the body is no JSON object: %s", root ? "another kind" : error.text);
        json_decref(root);
        return NULL;
    }
    return root;
}

/** The answer that says what is wrong; NULL when nothing is. */
static struct answer *read_order(struct service *service, const struct request *request,
                                 struct execution *execution)
{
    struct fault fault;
    struct problems problems;
    if (!request_has_type(request, "application/json")) {
        return answer_problem(415, "media-type", "Not a type that is taken",
                              "Content-Type must be application/json", request);
    }
    json_t *root = read_body(request, &fault);
    if (!root) {
        return answer_of_fault(&fault, request);
    }
    problems_init(&problems);
    read_execute(service, root, execution, &problems);
    struct answer *answer = NULL;
    if (!problems_to_fault(&problems, &fault)) {
        answer = answer_of_problems(&problems, &fault, request);
    }
    problems_finish(&problems);
    json_decref(root);
    return answer;
}

/* ---- the answer ---- */

/** Of more than the request's own deadline allows nothing is promised. */
static struct patience read_patience(const struct request *request)
{
    const char *prefer = request->headers[HEADER_PREFER];
    const char *wait = prefer ? strcasestr(prefer, "wait=") : NULL;
    bool is_async = prefer && strcasestr(prefer, "respond-async");
    int64_t most_ms = request->deadline_ms - monotonic_now_ms() - ANSWER_MARGIN_MS;
    if (!wait) {
        return (struct patience){is_async ? 0 : most_ms, -1, is_async};
    }
    unsigned long told_s = strtoul(wait + strlen("wait="), NULL, 10);
    int64_t asked_s = told_s < WAIT_MOST_S ? (int64_t)told_s : WAIT_MOST_S;
    return (struct patience){asked_s * 1000 < most_ms ? asked_s * 1000 : most_ms, asked_s, is_async};
}

/** To who does not prefer it too, when the document takes longer than is waited. */
static struct answer *job_answer(const struct briefing_desk *desk, const struct briefing_job *job,
                                 const struct request *request)
{
    const char *base_url = briefing_desk_service(desk)->base_url;
    struct answer *answer = job_status_answer(desk, &job->record, job, 201);
    answer_add_headerf(answer, "Location", "%s/jobs/%s", base_url, job->record.id);
    if (read_patience(request).is_async) {
        answer_add_header(answer, "Preference-Applied", "respond-async");
    }
    return answer;
}

static struct answer *results_answer(struct service *service, const struct briefing_job *job,
                                     const struct request *request)
{
    int64_t told_s = read_patience(request).told_s;
    struct answer *answer = job_results_answer(service, job, request);
    answer_add_headerf(answer, "Link", "<%s/jobs/%s>; rel=\"monitor\"", service->base_url, job->record.id);
    if (told_s >= 0) {
        answer_add_headerf(answer, "Preference-Applied", "wait=%" PRId64, told_s);
    }
    return answer;
}

/** At the end of the job, or of patience. */
static void answer_waiter(struct service *service, const struct briefing_job *job, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    bool is_final = briefing_status_is_final(job->record.status);
    exchange_answer(exchange, is_final ? results_answer(service, job, request)
                                       : job_answer(service->briefings, job, request));
}

static void execution_free(struct execution *execution)
{
    order_finish(&execution->order);
    free(execution);
}

/** In the desk's thread. */
static void submit(struct briefing_desk *desk, void *context)
{
    struct execution *execution = context;
    struct exchange *exchange = execution->exchange;
    const struct request *request = exchange_request(exchange);
    const struct config *config = briefing_desk_service(desk)->config;
    struct fault fault;
    struct briefing_waiter waiter = {exchange, monotonic_now_ms() + execution->patience.wait_ms,
                                     answer_waiter};
    char party[ACCESS_PARTY_BYTES];
    access_party(config, request, party);
    struct briefing_wish wish = {.order = &execution->order,
                                 .asker = access_asker(config, request),
                                 .party = party,
                                 .due_ms = MOMENT_NONE,
                                 .wants_list = execution->wants_list,
                                 .waiter = execution->patience.wait_ms > 0 ? &waiter : NULL};
    const struct briefing_job *job = briefing_desk_submit(desk, &wish, &fault);
    if (!job) {
        exchange_fail(exchange, &fault);
    } else if (!wish.waiter) {
        exchange_answer(exchange, job_answer(desk, job, request));
    }
    execution_free(execution);
}

/** What is asked for; NULL: it has been answered why not. */
static struct execution *take_execution(struct service *service, struct exchange *exchange)
{
    struct execution *execution = memory_new(1, sizeof(*execution));
    order_init(&execution->order, ORDER_BRIEFING);
    execution->exchange = exchange;
    struct answer *refusal = read_order(service, exchange_request(exchange), execution);
    if (!refusal) {
        return execution;
    }
    execution_free(execution);
    exchange_answer(exchange, refusal);
    return NULL;
}

static void call_desk(struct service *service, struct execution *execution,
                      void (*run)(struct briefing_desk *desk, void *context))
{
    struct exchange *exchange = execution->exchange;
    struct fault fault;
    if (!briefing_desk_call(service->briefings, run, execution, &fault)) {
        execution_free(execution);
        exchange_fail(exchange, &fault);
    }
}

void process_handle_execution(struct service *service, struct exchange *exchange)
{
    struct execution *execution = NULL;
    if (process_is_known(exchange) && (execution = take_execution(service, exchange))) {
        execution->patience = read_patience(exchange_request(exchange));
        call_desk(service, execution, submit);
    }
}

/* ---- a preview ---- */

/** It has as many pages as the briefing, so it has the same codes; nobody knows its number when they are
 * read. */
static void draw_preview(struct service *service, struct execution *execution)
{
    int64_t now_ms = moment_now_ms();
    snprintf(execution->order.briefing.id, sizeof(execution->order.briefing.id), PREVIEW_ID);
    briefing_order_complete(&execution->order, service->base_url, now_ms - now_ms % PREVIEW_MADE_MS);
    ask_worker(service, &execution->order, execution->exchange);
    execution_free(execution);
}

/** In the desk's thread: the archive knows which briefing was the previous one. */
static void compare_preview(struct briefing_desk *desk, void *context)
{
    struct execution *execution = context;
    struct fault fault;
    briefing_since_resolve(briefing_desk_archive(desk, &fault), &execution->order);
    draw_preview(briefing_desk_service(desk), execution);
}

void briefing_handle_preview(struct service *service, struct exchange *exchange)
{
    static const char *const known[] = {"page", NULL};
    const struct request *request = exchange_request(exchange);
    struct fault fault;
    int64_t page;
    if (!request_check_parameters(request, known, &fault) ||
        !request_read_integer(request, "page", 1, PAGE_MOST, 1, &page, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct execution *execution = take_execution(service, exchange);
    if (!execution) {
        return;
    }
    struct order_briefing *briefing = &execution->order.briefing;
    briefing->format = BRIEFING_PNG;
    briefing->dpi = PREVIEW_DPI;
    briefing->page = (size_t)page;
    if (briefing->since.wants_previous) {
        call_desk(service, execution, compare_preview);
    } else {
        draw_preview(service, execution);
    }
}
