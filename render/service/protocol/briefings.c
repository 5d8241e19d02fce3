/*
 * briefings.c - an order as JSON becomes a job; a job is shown as OGC API Processes shows its status.
 */
#include "render/service/protocol/briefings.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/protocol/briefing_jobs.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/worker/json_field.h"
#include "render/service/protocol/json_text.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define STATUS_MAX_BYTES (4u << 20) /* several times a report (order_result.c) */

static const char *const known_fields[] = {"map",      "paper",   "landscape", "crs",    "center",
                                           "scale",    "asOf",    "title",     "format", "dpi",
                                           "language", "palette", NULL};
static const char *const format_endings[] = {"pdf", "svg", "png"};

/* ---- the order ---- */

/* A text field that may be absent. */
static bool read_optional(struct json_reader *reader, const char *name, char *text, size_t capacity)
{
    text[0] = '\0';
    if (!json_reader_has(reader, name)) {
        return false;
    }
    json_read_text(reader, name, text, capacity);
    return text[0] != '\0';
}

static void read_words(struct json_reader *reader, struct order *order)
{
    char word[32];
    struct order_briefing *briefing = &order->briefing;
    briefing->paper = PAPER_A4;
    if (read_optional(reader, "paper", word, sizeof(word)) && !paper_parse(word, &briefing->paper)) {
        json_reader_fail(reader, "paper", "must be A5, A4, A3, A2, A1 or A0");
    }
    if (read_optional(reader, "format", word, sizeof(word)) &&
        !briefing_format_parse(word, &briefing->format)) {
        json_reader_fail(reader, "format", "must be pdf, svg or png");
    }
    struct language_pair languages = {.first = LANGUAGE_NL};
    if (read_optional(reader, "language", word, sizeof(word)) && !language_pair_parse(word, &languages)) {
        json_reader_fail(reader, "language", "must be one or two of nl, en, fr and de, such as nl,en");
    }
    order_view_speak(&order->view, languages);
    if (read_optional(reader, "palette", word, sizeof(word)) &&
        !palette_wish_read(word, &order->view.palette, NULL)) {
        json_reader_fail(reader, "palette", "must be default, print, mono, colour-blind or imagery");
    }
}

static void read_place(struct json_reader *reader, struct order_briefing *briefing)
{
    double centre[2];
    json_read_doubles(reader, "center", centre, 2);
    briefing->centre = (struct point){centre[0], centre[1]};
    briefing->scale_denominator = json_read_double(reader, "scale", 1e-3, 1e12);
    if (!read_optional(reader, "crs", briefing->crs_code, sizeof(briefing->crs_code))) {
        snprintf(briefing->crs_code, sizeof(briefing->crs_code), "EPSG:28992");
    }
}

static int64_t read_as_of(struct json_reader *reader)
{
    char text[64];
    int64_t as_of_ms;
    if (!read_optional(reader, "asOf", text, sizeof(text))) {
        return MOMENT_NONE;
    }
    if (!moment_parse(text, &as_of_ms, NULL)) {
        json_reader_fail(reader, "asOf", "must be a time such as 2026-09-15T10:30:00Z");
        return MOMENT_NONE;
    }
    return as_of_ms;
}

static bool read_fields(const struct request *request, struct order *order, char *map_id, size_t capacity,
                        int64_t *as_of_ms, struct fault *fault)
{
    struct json_reader reader;
    if (!json_reader_open(&reader, "briefing order", request->body, request->body_length, fault)) {
        return false;
    }
    json_reader_check(&reader, known_fields);
    json_read_text(&reader, "map", map_id, capacity);
    read_words(&reader, order);
    read_place(&reader, &order->briefing);
    read_optional(&reader, "title", order->briefing.title, sizeof(order->briefing.title));
    order->briefing.is_landscape =
        json_reader_has(&reader, "landscape") && json_read_bool(&reader, "landscape");
    if (json_reader_has(&reader, "dpi")) {
        order->briefing.dpi = (int)json_read_integer(&reader, "dpi", 72, 600);
    }
    *as_of_ms = read_as_of(&reader);
    return json_reader_close(&reader);
}

/* Languages, palette and moment survive plot_keeper_view(), which fills in the revisions. */
static bool read_order(struct service *service, const struct request *request, struct order *order,
                       struct fault *fault)
{
    char map_id[65];
    int64_t as_of_ms;
    if (!read_fields(request, order, map_id, sizeof(map_id), &as_of_ms, fault)) {
        return false;
    }
    const struct map *map = maps_find(service->config->maps, map_id);
    if (!map) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no map '%s'", map_id);
        return false;
    }
    const struct order_view asked = order->view;
    if (!plot_keeper_view(service->plots, maps_index(service->config->maps, map), as_of_ms, &order->view,
                          fault)) {
        return false;
    }
    order->view.language = asked.language;
    order->view.has_second_language = asked.has_second_language;
    order->view.second_language = asked.second_language;
    order->view.palette = asked.palette;
    order->briefing.made_ms = moment_now_ms();
    snprintf(order->briefing.link, sizeof(order->briefing.link), "%s/?map=%s", service->base_url, map->id);
    return true;
}

/* "situation-20261008-1045.pdf", the moment in UTC */
static void name_file(const struct order *order, char *name, size_t capacity)
{
    struct tm time = {0};
    time_t seconds = (time_t)(order->view.as_of_ms / 1000);
    char moment[32] = "";
    if (order->view.as_of_ms != MOMENT_NONE && gmtime_r(&seconds, &time)) {
        strftime(moment, sizeof(moment), "-%Y%m%d-%H%M", &time);
    }
    snprintf(name, capacity, "%s%s.%s", order->view.map, moment, format_endings[order->briefing.format]);
}

/* ---- the status ---- */

static uint64_t count_more(const struct order_result *result)
{
    uint64_t count = 0;
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        count += result->more[kind];
    }
    return count;
}

static void append_notes(struct buffer *json, const struct order_result *result)
{
    const struct report *report = &result->report;
    buffer_append_text(json, ",\"notes\":[");
    for (size_t i = 0; i < report->count; i++) {
        buffer_appendf(json, "%s{\"kind\":\"%s\",\"subject\":", i ? ",\n" : "",
                       report_kind_name(report->items[i].kind));
        buffer_append_json(json, report->items[i].subject);
        buffer_append_text(json, ",\"sentence\":");
        buffer_append_json(json, report->items[i].sentence);
        buffer_append_text(json, "}");
    }
    buffer_appendf(json, "],\"notesLeftOut\":%" PRIu64, count_more(result));
}

static void append_outcome(struct buffer *json, const struct briefing_job *job)
{
    if (job->status == JOB_FAILED) {
        buffer_appendf(json, ",\"problem\":{\"type\":\"urn:plottafel:problem:%s\",\"detail\":",
                       fault_code_name(job->result->fault.code));
        buffer_append_json(json, job->result->fault.message);
        buffer_append_text(json, "}");
    }
    if (job->status == JOB_SUCCESSFUL) {
        append_notes(json, job->result);
    }
}

static struct answer *status_answer(const struct service *service, const struct briefing_job *job, int status)
{
    struct buffer json;
    char path[64];
    buffer_init(&json, STATUS_MAX_BYTES);
    buffer_appendf(&json, "{\"id\":\"%s\",\"status\":\"%s\",\"progress\":%d", job->id,
                   briefing_job_status_name(job->status), (int)floor(job->part * 100));
    append_outcome(&json, job);
    snprintf(path, sizeof(path), "/briefings/%s", job->id);
    buffer_append_text(&json, ",\"links\":[");
    json_append_link(&json, "self", "application/json", service->base_url, path);
    if (job->status == JOB_SUCCESSFUL) {
        snprintf(path, sizeof(path), "/briefings/%s/result", job->id);
        buffer_append_text(&json, ",");
        json_append_link(&json, "http://www.opengis.net/def/rel/ogc/1.0/results", job->result->content_type,
                         service->base_url, path);
    }
    buffer_append_text(&json, "]}\n");
    size_t length;
    char *bytes = buffer_take(&json, &length);
    struct answer *answer = answer_new_owning(status, "application/json", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    return answer;
}

/* ---- handlers ---- */

void briefings_handle_order(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct order order;
    struct briefing_job job;
    char file_name[128];
    const struct request *request = exchange_request(exchange);
    if (!request_has_type(request, "application/json")) {
        exchange_answer(exchange, answer_problem(415, "media-type", "Not a type that is taken",
                                                 "Content-Type must be application/json", request));
        return;
    }
    order_init(&order, ORDER_BRIEFING);
    bool is_read = read_order(service, request, &order, &fault);
    name_file(&order, file_name, sizeof(file_name));
    int64_t deadline_ms = monotonic_now_ms() + service->config->service.briefing_deadline_ms;
    if (!is_read ||
        !briefing_jobs_start(service->briefing_jobs, &order, file_name, deadline_ms, &job, &fault)) {
        order_finish(&order);
        exchange_fail(exchange, &fault);
        return;
    }
    struct answer *answer = status_answer(service, &job, 202);
    answer_add_headerf(answer, "Location", "%s/briefings/%s", service->base_url, job.id);
    briefing_job_finish(&job);
    order_finish(&order);
    exchange_answer(exchange, answer);
}

static bool get_job(struct service *service, struct exchange *exchange, struct briefing_job *job)
{
    struct fault fault;
    const char *id = request_value(exchange_request(exchange), "id");
    if (!briefing_jobs_get(service->briefing_jobs, id, job, &fault)) {
        exchange_fail(exchange, &fault);
        return false;
    }
    return true;
}

void briefings_handle_status(struct service *service, struct exchange *exchange)
{
    struct briefing_job job;
    if (get_job(service, exchange, &job)) {
        exchange_answer(exchange, status_answer(service, &job, 200));
        briefing_job_finish(&job);
    }
}

void briefings_handle_result(struct service *service, struct exchange *exchange)
{
    struct briefing_job job;
    const struct request *request = exchange_request(exchange);
    if (!get_job(service, exchange, &job)) {
        return;
    }
    struct answer *answer;
    if (!job.result) {
        struct fault fault;
        fault_set(&fault, FAULT_NOT_FOUND, "briefing '%s' is not ready yet", job.id);
        answer = answer_of_fault(&fault, request);
    } else {
        answer = answer_of_result(job.result, request);
        answer_add_headerf(answer, "Content-Disposition", "inline; filename=\"%s\"", job.file_name);
    }
    briefing_job_finish(&job);
    exchange_answer(exchange, answer);
}

void briefings_handle_dismiss(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const char *id = request_value(exchange_request(exchange), "id");
    if (!briefing_jobs_dismiss(service->briefing_jobs, id, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    exchange_answer(exchange, answer_new(204, NULL, "", 0));
}
