/*
 * answer_result.c - what a worker made, as an answer that says of which revision and moment it is, how it is
 * marked and what it lacks.
 */
#include <inttypes.h>

#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/service/answer.h"
#include "render/service/order.h"

#define NOTES_MAX_BYTES 900

static void release_result(void *result)
{
    order_result_unref(result);
}

void answer_set_state(struct answer *answer, const uint64_t *revisions, size_t plot_count, int64_t moment_ms)
{
    struct buffer text;
    char moment[32];
    buffer_init(&text, 256);
    for (size_t i = 0; i < plot_count; i++) {
        buffer_appendf(&text, "%s%" PRIu64, i ? "," : "", revisions[i]);
    }
    if (text.length > 0) {
        answer_add_header(answer, "Plottafel-Revision", text.bytes);
    }
    if (moment_ms != MOMENT_NONE) {
        answer_add_header(answer, "Plottafel-Moment", moment_format(moment_ms, moment));
    }
    buffer_finish(&text);
}

/** Layers are named one by one; of labels and symbols the number is enough in a header. */
static void append_notes(struct buffer *text, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        const char *comma = text->length ? ", " : "";
        bool is_first = i == 0 || report->items[i - 1].kind != item->kind;
        if (item->kind == REPORT_LAYER_FAILED || item->kind == REPORT_BEYOND_SCALE) {
            buffer_appendf(text, "%s%s;layer=\"%s\"", comma, report_kind_name(item->kind), item->subject);
        } else if (is_first) {
            buffer_appendf(text, "%s%s;count=%zu", comma, report_kind_name(item->kind),
                           report_count(report, item->kind));
        }
    }
}

static void add_notes(struct answer *answer, const struct report *report)
{
    struct buffer text;
    buffer_init(&text, NOTES_MAX_BYTES);
    append_notes(&text, report);
    if (text.length > 0) {
        answer_add_headerf(answer, "Plottafel-Notes", "%s%s", text.bytes, text.is_full ? " …" : "");
    }
    buffer_finish(&text);
}

struct answer *answer_of_result(struct order_result *result, const struct request *request)
{
    if (result->fault.code != FAULT_NONE) {
        return answer_of_fault(&result->fault, request);
    }
    struct answer *answer = answer_new_borrowing(200, result->content_type, result->bytes, result->length,
                                                 release_result, order_result_ref(result));
    answer_set_etag(answer, result->etag);
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_header(answer, "Plottafel-Marking", marking_text(result->marking));
    answer_set_state(answer, result->revisions, result->plot_count, result->moment_ms);
    add_notes(answer, &result->report);
    return answer;
}
