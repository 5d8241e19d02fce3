/*
 * order_result.c - what came of an order, as JSON and back. The bytes travel behind it as they are.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/json_field.h"
#include "render/service/order.h"

#define REPORT_ITEMS_MAX 2000

struct order_result *order_result_new(void)
{
    struct order_result *result = memory_new(1, sizeof(*result));
    result->moment_ms = MOMENT_NONE;
    result->reference_count = 1;
    report_init(&result->report);
    return result;
}

struct order_result *order_result_of_fault(const struct fault *fault)
{
    struct order_result *result = order_result_new();
    result->fault = *fault;
    return result;
}

struct order_result *order_result_ref(struct order_result *result)
{
    __atomic_add_fetch(&result->reference_count, 1, __ATOMIC_RELAXED);
    return result;
}

void order_result_unref(struct order_result *result)
{
    if (!result || __atomic_sub_fetch(&result->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    report_finish(&result->report);
    free(result->bytes);
    free(result);
}

static void write_report(const struct report *report, struct buffer *json)
{
    size_t count = report->count < REPORT_ITEMS_MAX ? report->count : REPORT_ITEMS_MAX;
    buffer_append_text(json, ",\"report\":[");
    for (size_t i = 0; i < count; i++) {
        const struct report_item *item = &report->items[i];
        buffer_appendf(json, "%s[%d,", i ? "," : "", item->kind);
        buffer_append_json(json, item->subject);
        buffer_append_text(json, ",");
        buffer_append_json(json, item->sentence);
        buffer_append_text(json, "]");
    }
    buffer_append_text(json, "]");
}

void order_result_write(const struct order_result *result, struct buffer *json)
{
    buffer_appendf(json, "{\"fault\":%d,\"message\":", result->fault.code);
    buffer_append_json(json, result->fault.code == FAULT_NONE ? "" : result->fault.message);
    buffer_appendf(json, ",\"type\":\"%s\",\"etag\":\"%s\",\"moment\":\"%" PRId64 "\",\"marking\":%d",
                   result->content_type, result->etag, result->moment_ms, result->marking);
    buffer_append_text(json, ",\"revisions\":[");
    for (size_t i = 0; i < result->plot_count; i++) {
        buffer_appendf(json, "%s%" PRIu64, i ? "," : "", result->revisions[i]);
    }
    buffer_append_text(json, "]");
    write_report(&result->report, json);
    buffer_append_text(json, "}");
}

static void add_item(int64_t kind, const char *subject, const char *sentence, void *report)
{
    if (kind >= 0 && kind <= REPORT_NO_RD_GRID) {
        report_add(report, (enum report_kind)kind, subject, "%s", sentence);
    }
}

bool order_result_read(const char *json, size_t length, struct order_result *result, struct fault *fault)
{
    struct json_reader reader;
    if (!json_reader_open(&reader, "result", json, length, fault)) {
        return false;
    }
    result->fault.code = (enum fault_code)json_read_integer(&reader, "fault", FAULT_NONE, FAULT_INTERNAL);
    json_read_text(&reader, "message", result->fault.message, sizeof(result->fault.message));
    json_read_text(&reader, "type", result->content_type, sizeof(result->content_type));
    json_read_text(&reader, "etag", result->etag, sizeof(result->etag));
    result->moment_ms = json_read_moment(&reader, "moment");
    result->marking = (enum marking)json_read_integer(&reader, "marking", 0, MARKING_COUNT - 1);
    result->plot_count = json_read_numbers(&reader, "revisions", result->revisions, MAP_VIEW_PLOT_MAX);
    json_read_triples(&reader, "report", REPORT_ITEMS_MAX, add_item, &result->report);
    return json_reader_close(&reader);
}
