#include "render/service/protocol/job_results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/process_jobs.h"
#include "render/service/service.h"

#define LIST_MOST_BYTES 4096
#define TAG_LETTERS 32
#define ANSWER_MARGIN_MS 500 /* before the request's deadline */

static struct answer *list_answer(const struct service *service, const struct briefing_record *record)
{
    struct buffer json;
    size_t length;
    buffer_init(&json, LIST_MOST_BYTES);
    buffer_append_text(&json, "{\"briefing\":{\"href\":\"");
    buffer_appendf(&json, "%s/jobs/%s/results/briefing\",\"type\":\"%s\",\"title\":", service->base_url,
                   record->id, record->content_type);
    buffer_append_json(&json, record->file_name);
    buffer_append_text(&json, "}}\n");
    char *bytes = buffer_take(&json, &length);
    return answer_new_owning(200, "application/json", bytes, length);
}

static void add_text(struct answer *answer, const char *name, const char *text)
{
    if (*text) {
        answer_add_header(answer, name, text);
    }
}

static void add_facts(struct answer *answer, const struct briefing_job *job)
{
    const struct briefing_record *record = &job->record;
    char moment[32];
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_headerf(answer, "Content-Disposition", "inline; filename=\"%s\"", record->file_name);
    answer_add_header(answer, "Plottafel-Briefing", job->is_again ? "again" : "kept");
    add_text(answer, "Plottafel-Differs", job->difference ? job->difference : "");
    add_text(answer, "Plottafel-Marking", record->marking);
    add_text(answer, "Plottafel-Revision", record->revisions);
    add_text(answer, "Plottafel-Notes", record->notes_line);
    if (record->moment_ms != MOMENT_NONE) {
        answer_add_header(answer, "Plottafel-Moment", moment_format(record->moment_ms, moment));
    }
    if (!job->difference) {
        char tag[TAG_LETTERS + 1];
        snprintf(tag, sizeof(tag), "%s", record->sha256);
        answer_set_etag(answer, tag);
    }
}

static struct answer *document_answer(const struct briefing_job *job)
{
    char *bytes = memory_copy_bytes(job->document, job->length);
    struct answer *answer = answer_new_owning(200, job->record.content_type, bytes, job->length);
    add_facts(answer, job);
    return answer;
}

/** Why there is no document. */
static struct answer *refusal_answer(const struct briefing_job *job, const struct request *request)
{
    const struct briefing_record *record = &job->record;
    struct fault fault;
    if (record->status == BRIEFING_FAILED && record->code != FAULT_NONE) {
        fault_set(&fault, record->code, "%s", record->message);
    } else if (record->status == BRIEFING_DISMISSED) {
        fault_set(&fault, FAULT_NOT_FOUND, "briefing '%s' was dismissed", record->id);
    } else {
        fault_set(&fault, FAULT_UNAVAILABLE, "briefing '%s' is still being made again", record->id);
    }
    return answer_of_fault(&fault, request);
}

struct answer *job_results_answer(struct service *service, const struct briefing_job *job,
                                  const struct request *request)
{
    if (!job->document) {
        return refusal_answer(job, request);
    }
    return job->record.wants_list ? list_answer(service, &job->record) : document_answer(job);
}

static void answer_results(struct service *service, const struct briefing_job *job, struct exchange *exchange)
{
    exchange_answer(exchange, job_results_answer(service, job, exchange_request(exchange)));
}

static void answer_document(struct service *service, const struct briefing_job *job,
                            struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    exchange_answer(exchange, job->document ? document_answer(job) : refusal_answer(job, request));
}

static void give(struct briefing_desk *desk, struct exchange *exchange,
                 void (*answer)(struct service *service, const struct briefing_job *job,
                                struct exchange *exchange))
{
    const struct request *request = exchange_request(exchange);
    struct fault fault;
    struct briefing_waiter waiter = {exchange, request->deadline_ms - ANSWER_MARGIN_MS, answer};
    if (!briefing_desk_results(desk, request_value(request, "id"), &waiter, &fault)) {
        exchange_answer(exchange, job_fault_answer(&fault, request));
    }
}

/** In the desk's thread, as the next. */
static void give_results(struct briefing_desk *desk, void *context)
{
    give(desk, context, answer_results);
}

static void give_document(struct briefing_desk *desk, void *context)
{
    give(desk, context, answer_document);
}

void job_handle_results(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    if (!briefing_desk_call(service->briefings, give_results, exchange, &fault)) {
        exchange_fail(exchange, &fault);
    }
}

void job_handle_document(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    if (!briefing_desk_call(service->briefings, give_document, exchange, &fault)) {
        exchange_fail(exchange, &fault);
    }
}
