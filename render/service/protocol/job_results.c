#include "render/service/protocol/job_results.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/briefing/briefing_page.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/process_jobs.h"
#include "render/service/service.h"

#define LIST_MOST_BYTES 4096
#define TAG_LETTERS 32
#define PAGE_MOST 100000
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

/** What is said of the document and of each of its pages. */
static void add_facts(struct answer *answer, const struct briefing_job *job)
{
    const struct briefing_record *record = &job->record;
    char moment[32];
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_header(answer, "Plottafel-Briefing", job->is_again ? "again" : "kept");
    add_text(answer, "Plottafel-Differs", job->difference ? job->difference : "");
    add_text(answer, "Plottafel-Marking", record->marking);
    add_text(answer, "Plottafel-Revision", record->revisions);
    add_text(answer, "Plottafel-Notes", record->notes_line);
    if (record->page_count > 0) {
        answer_add_headerf(answer, "Plottafel-Pages", "%" PRId64, record->page_count);
    }
    if (record->moment_ms != MOMENT_NONE) {
        answer_add_header(answer, "Plottafel-Moment", moment_format(record->moment_ms, moment));
    }
}

/** page 0: all of the document. */
static void add_name(struct answer *answer, const struct briefing_job *job, const char *name, size_t page)
{
    answer_add_headerf(answer, "Content-Disposition", "inline; filename=\"%s\"", name);
    if (!job->difference) {
        char tag[TAG_LETTERS + 24];
        snprintf(tag, sizeof(tag), page ? "%.*s-%zu" : "%.*s", TAG_LETTERS, job->record.sha256, page);
        answer_set_etag(answer, tag);
    }
}

static struct answer *whole_answer(const struct briefing_job *job)
{
    char *bytes = memory_copy_bytes(job->document, job->length);
    struct answer *answer = answer_new_owning(200, job->record.content_type, bytes, job->length);
    add_facts(answer, job);
    add_name(answer, job, job->record.file_name, 0);
    return answer;
}

static struct answer *page_answer(const struct briefing_job *job, size_t page, const struct request *request)
{
    struct fault fault;
    size_t length;
    char name[BRIEFING_PAGE_NAME_BYTES];
    char *bytes = briefing_page_read(job->document, job->length, page, &length, &fault);
    if (!bytes) {
        return answer_of_fault(&fault, request);
    }
    enum briefing_format format = briefing_page_format(bytes, length);
    briefing_page_name(job->record.file_name, briefing_format_ending(format), page, name);
    struct answer *answer = answer_new_owning(200, briefing_format_type(format), bytes, length);
    add_facts(answer, job);
    add_name(answer, job, name, page);
    return answer;
}

static bool is_of_several_pages(const struct briefing_job *job)
{
    return job->record.page_count > 1 && briefing_page_count(job->document, job->length) == 1;
}

/** The document, or with ?page=N one page of those that are pictures. */
static struct answer *document_answer(const struct briefing_job *job, const struct request *request)
{
    struct fault fault;
    int64_t page;
    if (!request_read_integer(request, "page", 1, PAGE_MOST, 0, &page, &fault)) {
        return answer_of_fault(&fault, request);
    }
    if (page > 0 && is_of_several_pages(job)) {
        fault_set(&fault, FAULT_INPUT,
                  "parameter 'page' is for PNG and SVG: a PDF has its pages in one file");
        return answer_of_fault(&fault, request);
    }
    return page > 0 ? page_answer(job, (size_t)page, request) : whole_answer(job);
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
    return job->record.wants_list ? list_answer(service, &job->record) : document_answer(job, request);
}

static void answer_results(struct service *service, const struct briefing_job *job, struct exchange *exchange)
{
    exchange_answer(exchange, job_results_answer(service, job, exchange_request(exchange)));
}

static void answer_document(struct service *service, const struct briefing_job *job,
                            struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    exchange_answer(exchange, job->document ? document_answer(job, request) : refusal_answer(job, request));
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
