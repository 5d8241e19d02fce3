/*
 * order_result.c - what came of an order, as fields and back. The bytes travel behind them as they are.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/worker/order.h"
#include "render/service/worker/shared_bytes.h"
#include "render/service/worker/wire_fields.h"

/** Of labels and symbols; of layers and the like, which are named one by one, there are never many. */
#define REPORT_ITEMS_MAX 2000
#define REPORT_MOST_BYTES (512u << 10)
#define NO_MORE_ITEMS (-1) /* in place of the kind of one more */

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
    if (result->share) {
        shared_bytes_unref(result->share);
    } else {
        free(result->bytes);
    }
    free(result);
}

void order_result_share_bytes(struct order_result *result)
{
    if (!result->share) {
        result->share = shared_bytes_new(result->bytes);
    }
}

static bool is_of_features(enum report_kind kind)
{
    return kind == REPORT_NUMBERS_UNPLACED || kind == REPORT_LABEL_UNPLACED ||
           kind == REPORT_LABEL_SHORTENED || kind == REPORT_SYMBOL_FALLBACK || kind == REPORT_SYMBOL_SMALL ||
           kind == REPORT_SYMBOL_COUNTED || kind == REPORT_SYMBOL_HIDDEN || kind == REPORT_LETTERS_MISSING;
}

static void write_item(const struct report_item *item, struct buffer *fields)
{
    wire_add_number(fields, item->kind);
    wire_add_text(fields, item->subject);
    wire_add_text(fields, item->title ? item->title : "");
    wire_add_text(fields, item->sentence);
    wire_add_number(fields, (int64_t)item->count);
}

/** Writes the items of features, or the others; what is too much is counted in more. */
static size_t write_items(const struct order_result *result, bool of_features, size_t written,
                          struct buffer *fields, uint64_t more[static REPORT_KIND_COUNT])
{
    bool are_counted = of_features && result->counts_features;
    for (size_t i = 0; i < result->report.count; i++) {
        const struct report_item *item = &result->report.items[i];
        if (is_of_features(item->kind) != of_features) {
            continue;
        }
        if (are_counted || written == REPORT_ITEMS_MAX || fields->length > REPORT_MOST_BYTES) {
            more[item->kind]++;
            continue;
        }
        write_item(item, fields);
        written++;
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

static void write_report(const struct order_result *result, struct buffer *fields)
{
    uint64_t more[REPORT_KIND_COUNT];
    for (size_t kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        more[kind] = result->more[kind] + result->report.counted[kind];
    }
    size_t written = write_items(result, false, 0, fields, more);
    write_items(result, true, written, fields, more);
    wire_add_number(fields, NO_MORE_ITEMS);
    wire_add_numbers(fields, more, count_of_more(more));
}

void order_result_write(const struct order_result *result, struct buffer *fields)
{
    wire_add_number(fields, result->fault.code);
    wire_add_text(fields, result->fault.code == FAULT_NONE ? "" : result->fault.message);
    wire_add_text(fields, result->content_type);
    wire_add_text(fields, result->etag);
    wire_add_number(fields, result->moment_ms);
    wire_add_number(fields, result->marking);
    wire_add_numbers(fields, result->revisions, result->plot_count);
    wire_add_number(fields, (int64_t)result->page_count);
    wire_add_number(fields, (int64_t)result->district_count);
    wire_add_text(fields, result->crs_uri);
    wire_add_text(fields, result->box);
    write_report(result, fields);
}

static void read_item(struct wire_reader *reader, enum report_kind kind, struct report *report)
{
    char *texts[3] = {NULL}; /* subject, title, sentence */
    for (int i = 0; i < 3; i++) {
        size_t length;
        const char *text = wire_read_span(reader, REPORT_MOST_BYTES, &length);
        texts[i] = text ? memory_copy_bytes(text, length) : NULL;
    }
    int64_t count = wire_read_number(reader, 0, INT64_MAX);
    if (!reader->is_failed) {
        const char *title = texts[1][0] ? texts[1] : NULL;
        report_add_item(report, &(struct report_item){kind, texts[0], title, texts[2], (uint64_t)count});
    }
    for (int i = 0; i < 3; i++) {
        free(texts[i]);
    }
}

static void read_report(struct wire_reader *reader, struct order_result *result)
{
    int64_t kind = wire_read_number(reader, NO_MORE_ITEMS, REPORT_KIND_COUNT - 1);
    for (size_t i = 0; kind != NO_MORE_ITEMS; i++) {
        if (i == REPORT_ITEMS_MAX) {
            wire_reader_fail(reader);
        }
        read_item(reader, (enum report_kind)kind, &result->report);
        kind = wire_read_number(reader, NO_MORE_ITEMS, REPORT_KIND_COUNT - 1);
    }
    wire_read_numbers(reader, result->more, REPORT_KIND_COUNT);
}

bool order_result_read(const char *fields, size_t length, struct order_result *result, struct fault *fault)
{
    struct wire_reader reader;
    wire_reader_init(&reader, fields, length);
    result->fault.code = (enum fault_code)wire_read_number(&reader, FAULT_NONE, FAULT_INTERNAL);
    wire_read_text(&reader, result->fault.message, sizeof(result->fault.message));
    wire_read_text(&reader, result->content_type, sizeof(result->content_type));
    wire_read_text(&reader, result->etag, sizeof(result->etag));
    result->moment_ms = wire_read_number(&reader, INT64_MIN, INT64_MAX);
    result->marking = (enum marking)wire_read_number(&reader, 0, MARKING_COUNT - 1);
    result->plot_count = wire_read_numbers(&reader, result->revisions, MAP_VIEW_PLOT_MAX);
    result->page_count = (size_t)wire_read_number(&reader, 0, INT32_MAX);
    result->district_count = (size_t)wire_read_number(&reader, 0, INT32_MAX);
    wire_read_text(&reader, result->crs_uri, sizeof(result->crs_uri));
    wire_read_text(&reader, result->box, sizeof(result->box));
    read_report(&reader, result);
    return wire_reader_close(&reader, "result", fault);
}
