/*
 * answer_result.c - what a worker made, as an answer that says of which revision and moment it is, how it is
 * marked and what it lacks.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/worker/order.h"

#define NOTES_MAX_BYTES 900

static void release_result(void *result)
{
    order_result_unref(result);
}

/** With the worker's bytes as they came; the result with its whole report may go. */
static struct answer *answer_with_bytes(struct order_result *result)
{
    if (result->share) {
        return answer_new_sharing(200, result->content_type, result->bytes, result->length, result->share);
    }
    return answer_new_borrowing(200, result->content_type, result->bytes, result->length, release_result,
                                order_result_ref(result));
}

void answer_set_state(struct answer *answer, const uint64_t *revisions, size_t plot_count, int64_t moment_ms)
{
    struct buffer text;
    char moment[32];
    buffer_init(&text, 256);
    for (size_t i = 0; i < plot_count; i++) {
        buffer_append_text(&text, i ? "," : "");
        buffer_append_number(&text, revisions[i]);
    }
    if (text.length > 0) {
        answer_add_header(answer, "Plottafel-Revision", text.bytes);
    }
    if (moment_ms != MOMENT_NONE) {
        answer_add_header(answer, "Plottafel-Moment", moment_format(moment_ms, moment));
    }
    buffer_finish(&text);
}

/** What OGC API Maps asks for: where on Earth the picture lies (20-058, 7.2, /req/core/map-response). */
static void add_place(struct answer *answer, const struct order_result *result)
{
    char moment[32];
    if (!result->crs_uri[0]) {
        return;
    }
    if (!strstr(result->crs_uri, "/CRS84")) {
        answer_add_headerf(answer, "Content-Crs", "<%s>", result->crs_uri);
    }
    answer_add_header(answer, "Content-Bbox", result->box);
    if (result->moment_ms != MOMENT_NONE) {
        answer_add_header(answer, "Content-Datetime", moment_format(result->moment_ms, moment));
    }
}

static bool is_of_layers(enum report_kind kind)
{
    return kind == REPORT_LAYER_FAILED || kind == REPORT_BEYOND_SCALE || kind == REPORT_THINNED ||
           kind == REPORT_FEATURES_LEFT_OUT || kind == REPORT_LAYER_OUTSIDE || kind == REPORT_LAYER_PARTIAL;
}

/** A title may have any letters, a header only some of ASCII (RFC 8187). */
static void append_title(struct buffer *text, const char *title)
{
    buffer_append_text(text, ";title*=UTF-8''");
    for (const char *letter = title; *letter; letter++) {
        unsigned char byte = (unsigned char)*letter;
        const char escaped[] = {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        bool is_plain = isalnum(byte) && byte < 128;
        buffer_append(text, is_plain ? letter : escaped, is_plain ? 1 : sizeof(escaped));
    }
}

static const char *subject_name(enum report_kind kind)
{
    return kind == REPORT_DID_NOT_FIT ? ";part=\"" : kind == REPORT_OUTSIDE ? ";map=\"" : ";layer=\"";
}

static void append_subject(struct buffer *text, const struct report_item *item)
{
    buffer_append_text(text, report_kind_name(item->kind));
    buffer_append_text(text, subject_name(item->kind));
    buffer_append_text(text, item->subject);
    buffer_append_text(text, "\"");
    if (item->title && strcmp(item->title, item->subject) != 0) {
        append_title(text, item->title);
    }
    if (item->count > 0) {
        buffer_append_text(text, ";count=");
        buffer_append_number(text, item->count);
    }
}

/** Each is composed by itself, without printf since there may be some with every tile, and stands there whole
 * or not at all. */
static void append_subjects(struct buffer *text, const struct report *report, enum report_kind kind)
{
    struct buffer subject;
    buffer_init(&subject, NOTES_MAX_BYTES);
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == kind) {
            subject.length = 0;
            subject.is_full = false;
            buffer_append_text(&subject, text->length ? ", " : "");
            append_subject(&subject, &report->items[i]);
            buffer_append(text, subject.bytes, subject.is_full ? 0 : subject.length);
            text->is_full = text->is_full || subject.is_full;
        }
    }
    buffer_finish(&subject);
}

/** Layers, plots and parts are named one by one; of labels and symbols the number is enough in a header. */
static void append_notes(struct buffer *text, const struct order_result *result)
{
    for (int i = 0; i < REPORT_KIND_COUNT; i++) {
        enum report_kind kind = (enum report_kind)i;
        uint64_t count = report_count(&result->report, kind) + result->more[kind];
        if (is_of_layers(kind) || kind == REPORT_DID_NOT_FIT || kind == REPORT_OUTSIDE) {
            append_subjects(text, &result->report, kind);
        } else if (count > 0) {
            buffer_appendf(text, "%s%s;count=%" PRIu64, text->length ? ", " : "", report_kind_name(kind),
                           count);
        }
    }
}

char *answer_notes(const struct order_result *result)
{
    struct buffer text;
    buffer_init(&text, NOTES_MAX_BYTES);
    append_notes(&text, result);
    bool is_full = text.is_full;
    text.ceiling += 8;
    text.is_full = false;
    buffer_append_text(&text, is_full ? " …" : "");
    return buffer_take(&text, &(size_t){0});
}

static void add_notes(struct answer *answer, const struct order_result *result)
{
    char *notes = answer_notes(result);
    if (*notes) {
        answer_add_header(answer, "Plottafel-Notes", notes);
    }
    free(notes);
}

struct answer *answer_of_result(struct order_result *result, const struct request *request)
{
    if (result->fault.code != FAULT_NONE) {
        return answer_of_refusal(&result->fault, result->retry_ms, request);
    }
    struct answer *answer = answer_with_bytes(result);
    answer_set_etag(answer, result->etag);
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_header(answer, "Plottafel-Marking", marking_text(result->marking));
    answer_set_state(answer, result->revisions, result->plot_count, result->moment_ms);
    if (result->page_count > 0) {
        answer_add_headerf(answer, "Plottafel-Pages", "%zu", result->page_count);
    }
    add_place(answer, result);
    add_notes(answer, result);
    return answer;
}
