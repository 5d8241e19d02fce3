#include "render/service/protocol/job_status.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/http/answer.h"
#include "render/service/protocol/json_text.h"
#include "render/service/service.h"

#define RESULTS_RELATION "http://www.opengis.net/def/rel/ogc/1.0/results"

/** What a person wants to know of a job that is not done. */
static void append_waiting(struct buffer *json, const struct briefing_desk *desk,
                           const struct briefing_job *job)
{
    size_t position = briefing_desk_position(desk, job);
    if (position > 0) {
        buffer_appendf(json,
                       ",\"message\":\"waits for its turn, at place %zu of the queue\",\"position\":%zu",
                       position, position);
    } else {
        buffer_append_text(json, ",\"message\":\"is being made\"");
    }
}

static void append_message(struct buffer *json, const struct briefing_record *record)
{
    if (*record->message) {
        buffer_append_text(json, ",\"message\":");
        buffer_append_json(json, record->message);
    }
}

static void append_text(struct buffer *json, const char *name, const char *text)
{
    if (*text) {
        buffer_appendf(json, ",\"%s\":", name);
        buffer_append_json(json, text);
    }
}

static void append_moment(struct buffer *json, const char *name, int64_t moment_ms)
{
    if (moment_ms != MOMENT_NONE) {
        buffer_appendf(json, ",\"%s\":", name);
        json_append_moment(json, moment_ms);
    }
}

/** What was asked for, and by whom. */
static void append_wish(struct buffer *json, const struct briefing_record *record)
{
    append_text(json, "map", record->map);
    append_text(json, "template", record->template_id);
    append_text(json, "title", record->title);
    append_text(json, "organisation", record->organisation);
    append_text(json, "schedule", record->schedule);
    if (*record->schedule) {
        append_moment(json, "due", record->due_ms);
    }
    append_moment(json, "created", record->created_ms);
    append_moment(json, "started", record->started_ms);
    append_moment(json, "finished", record->finished_ms);
    append_moment(json, "updated", record->updated_ms);
}

static void append_outcome(struct buffer *json, const struct briefing_record *record)
{
    if (record->status == BRIEFING_FAILED) {
        buffer_appendf(json, ",\"problem\":{\"type\":\"urn:plottafel:problem:%s\",\"detail\":",
                       fault_code_name(record->code));
        buffer_append_json(json, record->message);
        buffer_append_text(json, "}");
    }
    if (record->status != BRIEFING_SUCCESSFUL) {
        return;
    }
    append_moment(json, "asOf", record->moment_ms);
    buffer_appendf(json, ",\"revisions\":[%s]", record->revisions);
    append_text(json, "sha256", record->sha256);
    buffer_appendf(json, ",\"size\":%" PRId64, record->size_bytes);
    if (record->page_count > 0) {
        buffer_appendf(json, ",\"pages\":%" PRId64, record->page_count);
    }
}

static void append_notes(struct buffer *json, const struct briefing_record *record)
{
    if (record->status == BRIEFING_SUCCESSFUL) {
        buffer_appendf(json, ",\"notes\":%s,\"notesLeftOut\":%" PRId64, *record->notes ? record->notes : "[]",
                       record->notes_left_out);
    }
}

/** Each page of a ZIP by itself. Of one that is known by its document only nobody knows of what type they
 * are.
 */
static void append_page_links(struct buffer *json, const struct service *service,
                              const struct briefing_record *record)
{
    bool is_zip = strcmp(record->content_type, "application/zip") == 0;
    const char *type = *record->order ? briefing_format_type(briefing_record_format(record)) : NULL;
    for (int64_t page = 1; is_zip && page <= record->page_count; page++) {
        char path[100];
        snprintf(path, sizeof(path), "/jobs/%s/results/briefing?page=%" PRId64, record->id, page);
        buffer_append_text(json, ",");
        json_append_link(json, "item", type, service->base_url, path);
    }
}

static void append_links(struct buffer *json, const struct service *service,
                         const struct briefing_record *record, bool has_pages)
{
    char path[100];
    snprintf(path, sizeof(path), "/jobs/%s", record->id);
    buffer_append_text(json, ",\"links\":[");
    json_append_link(json, "self", "application/json", service->base_url, path);
    buffer_append_text(json, ",");
    json_append_link(json, "up", "application/json", service->base_url, "/jobs");
    if (record->status == BRIEFING_SUCCESSFUL) {
        snprintf(path, sizeof(path), "/jobs/%s/results", record->id);
        buffer_append_text(json, ",");
        json_append_link(json, RESULTS_RELATION, record->content_type, service->base_url, path);
    }
    if (record->status == BRIEFING_SUCCESSFUL && has_pages) {
        append_page_links(json, service, record);
    }
    if (*record->predecessor) {
        snprintf(path, sizeof(path), "/jobs/%s", record->predecessor);
        buffer_append_text(json, ",");
        json_append_link(json, "predecessor-version", "application/json", service->base_url, path);
    }
    buffer_append_text(json, "]");
}

/** All but the notes and the end. */
static void append_status(struct buffer *json, const struct briefing_desk *desk,
                          const struct briefing_record *record, const struct briefing_job *job,
                          bool has_pages)
{
    buffer_appendf(json,
                   "{\"processID\":\"briefing\",\"type\":\"process\",\"jobID\":\"%s\","
                   "\"status\":\"%s\",\"progress\":%d",
                   record->id, briefing_status_name(record->status), (int)record->percent);
    if (job && !briefing_status_is_final(record->status)) {
        append_waiting(json, desk, job);
    } else {
        append_message(json, record);
    }
    append_wish(json, record);
    append_outcome(json, record);
    append_links(json, briefing_desk_service(desk), record, has_pages);
}

void job_status_append_short(struct buffer *json, const struct briefing_desk *desk,
                             const struct briefing_record *record, const struct briefing_job *job)
{
    append_status(json, desk, record, job, false);
    buffer_append_text(json, "}");
}

struct answer *job_status_answer(const struct briefing_desk *desk, const struct briefing_record *record,
                                 const struct briefing_job *job, int status)
{
    struct buffer json;
    buffer_init(&json, JOB_STATUS_MOST_BYTES);
    append_status(&json, desk, record, job, true);
    append_notes(&json, record);
    buffer_append_text(&json, "}\n");
    size_t length;
    char *bytes = buffer_take(&json, &length);
    struct answer *answer = answer_new_owning(status, "application/json", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    return answer;
}
