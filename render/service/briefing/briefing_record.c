/*
 * briefing_record.c - the table of texts says which fields are owned, so that init, copy and finish cannot
 * forget one.
 */
#include "render/service/briefing/briefing_record.h"

#include <inttypes.h>
#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/worker/order.h"

#define PAGE_MOST 100000
#define ORDER_MOST_BYTES (1u << 20)
#define NOTES_MOST_BYTES (2u << 20)

#define AT(field) offsetof(struct briefing_record, field)

static const size_t texts[] = {
    AT(id),           AT(map),       AT(template_id), AT(frame),    AT(title),
    AT(organisation), AT(schedule),  AT(revisions),   AT(message),  AT(order),
    AT(parts),        AT(notes),     AT(notes_line),  AT(marking),  AT(sha256),
    AT(content_type), AT(file_name), AT(predecessor), AT(activity), AT(checksum),
};

#define TEXT_COUNT (sizeof(texts) / sizeof(texts[0]))

static const char *const status_names[BRIEFING_STATUS_COUNT] = {"accepted", "running", "successful", "failed",
                                                                "dismissed"};

const char *briefing_status_name(enum briefing_status status)
{
    return status_names[status];
}

bool briefing_status_parse(const char *name, enum briefing_status *status)
{
    for (int i = 0; i < BRIEFING_STATUS_COUNT; i++) {
        if (strcmp(name, status_names[i]) == 0) {
            *status = (enum briefing_status)i;
            return true;
        }
    }
    return false;
}

bool briefing_status_is_final(enum briefing_status status)
{
    return status != BRIEFING_ACCEPTED && status != BRIEFING_RUNNING;
}

static char **text_at(struct briefing_record *record, size_t index)
{
    return (char **)(void *)((char *)record + texts[index]);
}

void briefing_record_set(char **text, const char *value)
{
    char *copy = memory_copy_text(value);
    free(*text);
    *text = copy;
}

void briefing_record_copy(struct briefing_record *copy, const struct briefing_record *record)
{
    *copy = *record;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        *text_at(copy, i) = memory_copy_text(*text_at(copy, i));
    }
}

void briefing_record_finish(struct briefing_record *record)
{
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        free(*text_at(record, i));
        *text_at(record, i) = NULL;
    }
}

static char *order_text(const struct order *order)
{
    struct buffer json;
    buffer_init(&json, ORDER_MOST_BYTES);
    order_write(order, &json);
    return buffer_take(&json, &(size_t){0});
}

bool briefing_record_is_sound(const struct briefing_record *record)
{
    size_t digits = strspn(record->sha256, "0123456789abcdef");
    bool has_hash = record->sha256[digits] == '\0' && (digits == 64 || digits == 0);
    bool has_numbers = record->page_count >= 0 && record->page_count <= PAGE_MOST && record->percent >= 0 &&
                       record->percent <= 100 && record->size_bytes >= 0;
    return briefing_id_is_one(record->id) && has_hash && has_numbers;
}

enum briefing_format briefing_record_format(const struct briefing_record *record)
{
    json_t *order = json_loads(record->order, 0, NULL);
    json_int_t format = json_integer_value(json_object_get(order, "format"));
    json_decref(order);
    return format == BRIEFING_SVG || format == BRIEFING_PNG ? (enum briefing_format)format : BRIEFING_PDF;
}

static void append_place(const struct order_briefing *briefing, struct buffer *text)
{
    const struct bbox *box = &briefing->box;
    if (briefing->has_box) {
        buffer_appendf(text, "%s [%.10g,%.10g,%.10g,%.10g]", briefing->is_box_in_degrees ? "degrees" : "box",
                       box->min_x, box->min_y, box->max_x, box->max_y);
    } else {
        buffer_appendf(text, "%.10g,%.10g", briefing->centre.x, briefing->centre.y);
    }
}

char *briefing_record_frame(const struct order *order)
{
    const struct order_briefing *briefing = &order->briefing;
    struct buffer text;
    buffer_init(&text, 1024);
    buffer_appendf(&text, "%s ", briefing->crs_code);
    append_place(briefing, &text);
    if (briefing->scale_denominator > 0) {
        buffer_appendf(&text, " 1:%.10g", briefing->scale_denominator);
    }
    buffer_appendf(&text, " %s %s", paper_name(briefing->paper),
                   briefing->is_landscape ? "landscape" : "portrait");
    return buffer_take(&text, &(size_t){0});
}

void briefing_record_init(struct briefing_record *record, const struct order *order, int64_t now_ms)
{
    *record = (struct briefing_record){.status = BRIEFING_ACCEPTED,
                                       .due_ms = MOMENT_NONE,
                                       .created_ms = now_ms,
                                       .started_ms = MOMENT_NONE,
                                       .finished_ms = MOMENT_NONE,
                                       .updated_ms = now_ms,
                                       .moment_ms = MOMENT_NONE};
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        *text_at(record, i) = memory_copy_text("");
    }
    const struct order_briefing *briefing = &order->briefing;
    briefing_record_set(&record->id, briefing->id);
    briefing_record_set(&record->map, order->view.map);
    briefing_record_set(&record->template_id, briefing->template);
    briefing_record_set(&record->title, briefing->title);
    briefing_record_set(&record->organisation, briefing->organisation);
    free(record->frame);
    free(record->order);
    record->frame = briefing_record_frame(order);
    record->order = order_text(order);
}

/* ---- what came of it ---- */

/** "situation-20261008-1045.pdf", the moment in UTC */
static char *file_name(const struct order *order, const struct order_result *result)
{
    bool is_zip = strcmp(result->content_type, "application/zip") == 0;
    const char *ending = is_zip ? "zip" : briefing_format_ending(order->briefing.format);
    int64_t moment_ms = result->moment_ms;
    char name[160];
    char moment[32] = "";
    struct tm time = {0};
    time_t seconds = (time_t)(moment_ms / 1000);
    if (moment_ms != MOMENT_NONE && gmtime_r(&seconds, &time)) {
        strftime(moment, sizeof(moment), "-%Y%m%d-%H%M", &time);
    }
    snprintf(name, sizeof(name), "%s%s.%s", order->view.map, moment, ending);
    return memory_copy_text(name);
}

static int64_t count_left_out(const struct order_result *result)
{
    int64_t count = 0;
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        count += (int64_t)result->more[kind];
    }
    return count;
}

static char *notes_text(const struct report *report)
{
    struct buffer json;
    buffer_init(&json, NOTES_MOST_BYTES);
    buffer_append_text(&json, "[");
    for (size_t i = 0; i < report->count && json.length < NOTES_MOST_BYTES / 2; i++) {
        buffer_appendf(&json, "%s{\"kind\":\"%s\",\"subject\":", i ? ",\n" : "",
                       report_kind_name(report->items[i].kind));
        buffer_append_json(&json, report->items[i].subject);
        buffer_append_text(&json, ",\"title\":");
        buffer_append_json(&json, report_title(&report->items[i]));
        buffer_append_text(&json, ",\"sentence\":");
        buffer_append_json(&json, report_sentence(&report->items[i]));
        buffer_append_text(&json, "}");
    }
    buffer_append_text(&json, "]");
    return buffer_take(&json, &(size_t){0});
}

static char *revisions_text(const struct order_result *result)
{
    struct buffer text;
    buffer_init(&text, 4096);
    for (size_t i = 0; i < result->plot_count; i++) {
        buffer_appendf(&text, "%s%" PRIu64, i ? "," : "", result->revisions[i]);
    }
    return buffer_take(&text, &(size_t){0});
}

/** The order with what was drawn in place of "the latest" and "now". */
static char *settled_order(const struct order *order, const struct order_result *result)
{
    struct order settled = *order; /* shares the payload: a briefing has none */
    settled.view.plot_count = result->plot_count;
    memcpy(settled.view.revisions, result->revisions, sizeof(settled.view.revisions));
    settled.view.as_of_ms = result->moment_ms;
    return order_text(&settled);
}

static void take_success(struct briefing_record *record, const struct order *order,
                         const struct order_result *result)
{
    record->status = BRIEFING_SUCCESSFUL;
    record->moment_ms = result->moment_ms;
    record->page_count = (int64_t)result->page_count;
    record->percent = 100;
    record->notes_left_out = count_left_out(result);
    briefing_record_set(&record->content_type, result->content_type);
    briefing_record_set(&record->marking, marking_text(result->marking));
    char **owned[] = {&record->revisions, &record->notes, &record->file_name, &record->order,
                      &record->notes_line};
    char *made[] = {revisions_text(result), notes_text(&result->report), file_name(order, result),
                    settled_order(order, result), answer_notes(result)};
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        free(*owned[i]);
        *owned[i] = made[i];
    }
}

void briefing_record_take(struct briefing_record *record, const struct order *order,
                          const struct order_result *result, int64_t now_ms)
{
    record->updated_ms = now_ms;
    record->finished_ms = now_ms;
    briefing_record_set(&record->message, "");
    if (result->fault.code == FAULT_NONE) {
        take_success(record, order, result);
        return;
    }
    record->status = BRIEFING_FAILED;
    record->code = result->fault.code;
    briefing_record_set(&record->message, result->fault.message);
}
