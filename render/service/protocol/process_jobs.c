/*
 * process_jobs.c - parameters are checked in the thread that has the request; what needs the archive is done
 * by the desk.
 */
#include "render/service/protocol/process_jobs.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/http/access.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/job_status.h"
#include "render/service/protocol/json_text.h"
#include "render/service/service.h"

#define EXCEPTION "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"
#define LIMIT_MOST 1000
#define LIMIT_USUAL 100
#define DURATION_MOST_S 31536000

struct answer *job_fault_answer(const struct fault *fault, const struct request *request)
{
    if (fault->code == FAULT_NOT_FOUND) {
        return answer_problem(404, EXCEPTION "no-such-job", "There is no such job", fault->message, request);
    }
    if (fault->code == FAULT_CONFLICT) {
        return answer_problem(404, EXCEPTION "result-not-ready", "The result is not ready", fault->message,
                              request);
    }
    return answer_of_fault(fault, request);
}

static void call_desk(struct service *service, struct exchange *exchange,
                      void (*run)(struct briefing_desk *desk, void *context))
{
    struct fault fault;
    if (!briefing_desk_call(service->briefings, run, exchange, &fault)) {
        exchange_fail(exchange, &fault);
    }
}

/* ---- the list ---- */

/** A list on its way to the desk, and while it is written. */
struct listing {
    struct exchange *exchange;
    struct briefing_filter filter;
    const struct briefing_desk *desk;
    struct buffer json;
    int count;
    char last_id[BRIEFING_ID_BYTES];
};

static bool read_statuses(const char *text, unsigned *statuses, struct fault *fault)
{
    *statuses = 0;
    while (*text) {
        char name[32];
        enum briefing_status status;
        size_t length = strcspn(text, ",");
        snprintf(name, sizeof(name), "%.*s", (int)(length < 31 ? length : 31), text);
        if (!briefing_status_parse(name, &status)) {
            fault_set(
                fault, FAULT_INPUT,
                "parameter 'status' must be accepted, running, successful, failed or dismissed, not '%s'",
                name);
            return false;
        }
        *statuses |= 1u << status;
        text += length + (text[length] == ',');
    }
    return true;
}

/** "2026-10-08T10:00:00Z", "2026-10-08T10:00:00Z/..", "../2026-…" */
static bool read_datetime(const char *text, struct briefing_filter *filter, struct fault *fault)
{
    char ends[2][80] = {"", ""};
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : strlen(text);
    int64_t *moments[2] = {&filter->created_from_ms, &filter->created_until_ms};
    snprintf(ends[0], sizeof(ends[0]), "%.*s", (int)(length < 79 ? length : 79), text);
    snprintf(ends[1], sizeof(ends[1]), "%s", slash ? slash + 1 : ends[0]);
    for (int i = 0; i < 2; i++) {
        bool is_open = strcmp(ends[i], "..") == 0 || !ends[i][0];
        if (!is_open && !moment_parse(ends[i], moments[i], fault)) {
            fault_prefix(fault, "parameter 'datetime': ");
            return false;
        }
    }
    return true;
}

static bool read_durations(const struct request *request, struct briefing_filter *filter, struct fault *fault)
{
    int64_t least_s;
    int64_t most_s;
    if (!request_read_integer(request, "minDuration", 0, DURATION_MOST_S, 0, &least_s, fault) ||
        !request_read_integer(request, "maxDuration", 0, DURATION_MOST_S, -1, &most_s, fault)) {
        return false;
    }
    filter->least_duration_ms = least_s * 1000;
    filter->most_duration_ms = most_s < 0 ? INT64_MAX : most_s * 1000;
    return true;
}

/** "process" and "briefing" are the only ones there are, so others list nothing. */
static void read_kinds(const struct request *request, struct briefing_filter *filter)
{
    const char *type = request_parameter(request, "type");
    const char *process = request_parameter(request, "processID");
    if ((type && strcmp(type, "process") != 0) || (process && strcmp(process, "briefing") != 0)) {
        filter->statuses = 0;
    }
}

static bool read_filter(const struct request *request, struct briefing_filter *filter, struct fault *fault)
{
    static const char *const known[] = {
        "type",         "processID", "status", "datetime", "minDuration", "maxDuration", "map",
        "organisation", "schedule",  "before", "limit",    "f",           NULL};
    const char *status = request_parameter(request, "status");
    const char *datetime = request_parameter(request, "datetime");
    int64_t limit;
    briefing_filter_init(filter, moment_now_ms());
    if (!request_check_parameters(request, known, fault) ||
        !request_read_integer(request, "limit", 1, LIMIT_MOST, LIMIT_USUAL, &limit, fault) ||
        (status && !read_statuses(status, &filter->statuses, fault)) ||
        (datetime && !read_datetime(datetime, filter, fault)) || !read_durations(request, filter, fault)) {
        return false;
    }
    read_kinds(request, filter);
    filter->limit = (int)limit;
    filter->map = request_parameter(request, "map");
    filter->organisation = request_parameter(request, "organisation");
    filter->schedule = request_parameter(request, "schedule");
    filter->before = request_parameter(request, "before");
    return true;
}

/** What the desk knows of it is newer than what the archive does. */
static bool append_job(const struct briefing_record *record, void *context)
{
    struct listing *listing = context;
    const struct briefing_job *job = briefing_desk_find(listing->desk, record->id);
    buffer_append_text(&listing->json, listing->count++ ? ",\n" : "\n");
    job_status_append_short(&listing->json, listing->desk, job ? &job->record : record, job);
    snprintf(listing->last_id, sizeof(listing->last_id), "%s", record->id);
    return true;
}

/** All parameters but "before", so that the next page is of the same list. Percent-encoded where need be. */
static void append_parameters(struct buffer *path, const struct request *request)
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        const struct request_pair *pair = &request->parameters[i];
        if (strcasecmp(pair->name, "before") == 0) {
            continue;
        }
        buffer_appendf(path, "&%s=", pair->name);
        for (const unsigned char *next = (const unsigned char *)pair->value; *next; next++) {
            bool is_plain = (*next >= '0' && *next <= '9') || (*next >= 'A' && *next <= 'Z') ||
                            (*next >= 'a' && *next <= 'z') || strchr("-._~,/:", *next);
            buffer_appendf(path, is_plain ? "%c" : "%%%02X", *next);
        }
    }
}

static void append_list_links(struct listing *listing, const struct service *service)
{
    struct buffer *json = &listing->json;
    struct buffer path;
    buffer_append_text(json, "\n],\"links\":[");
    json_append_link(json, "self", "application/json", service->base_url, "/jobs");
    if (listing->count == listing->filter.limit) {
        buffer_init(&path, 8192);
        buffer_appendf(&path, "/jobs?before=%s", listing->last_id);
        append_parameters(&path, exchange_request(listing->exchange));
        buffer_append_text(json, ",");
        json_append_link(json, "next", "application/json", service->base_url, path.bytes);
        buffer_finish(&path);
    }
    buffer_append_text(json, "]}\n");
}

/** In the desk's thread. */
static void list_jobs(struct briefing_desk *desk, void *context)
{
    struct listing *listing = context;
    struct exchange *exchange = listing->exchange;
    struct fault fault;
    struct briefing_archive *archive = briefing_desk_archive(desk, &fault);
    listing->desk = desk;
    buffer_init(&listing->json, JOB_STATUS_MOST_BYTES);
    buffer_append_text(&listing->json, "{\"jobs\":[");
    if (!archive || !briefing_archive_list(archive, &listing->filter, append_job, listing, &fault)) {
        buffer_finish(&listing->json);
        exchange_fail(exchange, &fault);
    } else {
        append_list_links(listing, briefing_desk_service(desk));
        struct answer *answer = json_answer(&listing->json, "application/json");
        exchange_answer(exchange, answer);
    }
    free(listing);
}

void job_handle_list(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct listing *listing = memory_new(1, sizeof(*listing));
    listing->exchange = exchange;
    if (!read_filter(exchange_request(exchange), &listing->filter, &fault) ||
        !briefing_desk_call(service->briefings, list_jobs, listing, &fault)) {
        free(listing);
        exchange_fail(exchange, &fault);
    }
}

/* ---- one job ---- */

/** In the desk's thread, as the next ones. */
static void give_status(struct briefing_desk *desk, void *context)
{
    struct exchange *exchange = context;
    const struct request *request = exchange_request(exchange);
    const char *id = request_value(request, "id");
    const struct briefing_job *job = briefing_desk_find(desk, id);
    struct briefing_archive *archive;
    struct briefing_record record;
    struct fault fault;
    if (job) {
        exchange_answer(exchange, job_status_answer(desk, &job->record, job, 200));
    } else if (!(archive = briefing_desk_archive(desk, &fault)) ||
               !briefing_archive_find(archive, id, &record, &fault)) {
        exchange_answer(exchange, job_fault_answer(&fault, request));
    } else {
        exchange_answer(exchange, job_status_answer(desk, &record, NULL, 200));
        briefing_record_finish(&record);
    }
}

void job_handle_status(struct service *service, struct exchange *exchange)
{
    call_desk(service, exchange, give_status);
}

/** Whoever asked for one may take it back until it is done; all else needs the right to write. */
static bool may_dismiss(struct briefing_desk *desk, const struct request *request, struct fault *fault)
{
    const struct config *config = briefing_desk_service(desk)->config;
    const struct briefing_job *job = briefing_desk_find(desk, request_value(request, "id"));
    bool is_open = job && !briefing_status_is_final(job->record.status);
    char party[ACCESS_PARTY_BYTES];
    access_party(config, request, party);
    bool is_own =
        is_open && strcmp(job->asker, access_asker(config, request)) == 0 && strcmp(job->party, party) == 0;
    return is_own || access_decide(config, ACCESS_WRITE, request, fault);
}

static void dismiss(struct briefing_desk *desk, void *context)
{
    struct exchange *exchange = context;
    const struct request *request = exchange_request(exchange);
    struct briefing_record record;
    struct fault fault;
    if (!may_dismiss(desk, request, &fault) ||
        !briefing_desk_dismiss(desk, request_value(request, "id"), &record, &fault)) {
        exchange_answer(exchange, job_fault_answer(&fault, request));
        return;
    }
    exchange_answer(exchange, job_status_answer(desk, &record, NULL, 200));
    briefing_record_finish(&record);
}

void job_handle_dismiss(struct service *service, struct exchange *exchange)
{
    call_desk(service, exchange, dismiss);
}
