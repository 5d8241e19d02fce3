/*
 * order_result.c - what came of an order, as JSON and back. The bytes travel behind it as they are.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/order.h"

/** Of labels and symbols; of layers and the like, which are named one by one, there are never many. */
#define REPORT_ITEMS_MAX 2000
#define REPORT_MOST_BYTES (512u << 10)

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

static bool is_of_features(enum report_kind kind)
{
    return kind == REPORT_LABEL_UNPLACED || kind == REPORT_SYMBOL_FALLBACK || kind == REPORT_SYMBOL_SMALL ||
           kind == REPORT_SYMBOL_COUNTED || kind == REPORT_SYMBOL_HIDDEN || kind == REPORT_LETTERS_MISSING;
}

static void write_item(const struct report_item *item, bool is_first, struct buffer *json)
{
    buffer_appendf(json, "%s[%d,", is_first ? "" : ",", item->kind);
    buffer_append_json(json, item->subject);
    buffer_append_text(json, ",");
    buffer_append_json(json, item->sentence);
    buffer_append_text(json, "]");
}

/** Writes the items of features, or the others; what is too much is counted in more. */
static size_t write_items(const struct order_result *result, bool of_features, size_t written,
                          struct buffer *json, uint64_t more[static REPORT_KIND_COUNT])
{
    bool are_counted = of_features && result->counts_features;
    for (size_t i = 0; i < result->report.count; i++) {
        const struct report_item *item = &result->report.items[i];
        if (is_of_features(item->kind) != of_features) {
            continue;
        }
        if (are_counted || written == REPORT_ITEMS_MAX || json->length > REPORT_MOST_BYTES) {
            more[item->kind]++;
            continue;
        }
        write_item(item, written++ == 0, json);
    }
    return written;
}

/** How many numbers there are before nothing but zeros, which are not written. */
static size_t count_of_more(const uint64_t more[static REPORT_KIND_COUNT])
{
    size_t count = REPORT_KIND_COUNT;
    while (count > 0 && more[count - 1] == 0) {
        count--;
    }
    return count;
}

static void write_report(const struct order_result *result, struct buffer *json)
{
    uint64_t more[REPORT_KIND_COUNT];
    memcpy(more, result->more, sizeof(more));
    buffer_append_text(json, ",\"report\":[");
    size_t written = write_items(result, false, 0, json, more);
    write_items(result, true, written, json, more);
    buffer_append_text(json, "],\"more\":[");
    size_t count = count_of_more(more);
    for (size_t i = 0; i < count; i++) {
        buffer_appendf(json, "%s%" PRIu64, i ? "," : "", more[i]);
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
    buffer_appendf(json, ",\"pages\":%zu,\"districts\":%zu,\"crs\":", result->page_count,
                   result->district_count);
    buffer_append_json(json, result->crs_uri);
    buffer_append_text(json, ",\"box\":");
    buffer_append_json(json, result->box);
    write_report(result, json);
    buffer_append_text(json, "}");
}

static void add_item(int64_t kind, const char *subject, const char *sentence, void *report)
{
    if (kind >= 0 && kind < REPORT_KIND_COUNT) {
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
    result->page_count = (size_t)json_read_integer(&reader, "pages", 0, INT32_MAX);
    result->district_count = (size_t)json_read_integer(&reader, "districts", 0, INT32_MAX);
    json_read_text(&reader, "crs", result->crs_uri, sizeof(result->crs_uri));
    json_read_text(&reader, "box", result->box, sizeof(result->box));
    result->plot_count = json_read_numbers(&reader, "revisions", result->revisions, MAP_VIEW_PLOT_MAX);
    json_read_triples(&reader, "report", REPORT_ITEMS_MAX, add_item, &result->report);
    json_read_numbers(&reader, "more", result->more, REPORT_KIND_COUNT);
    return json_reader_close(&reader);
}
