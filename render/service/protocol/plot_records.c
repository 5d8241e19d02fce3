/*
 * plot_records.c - "moment" is the one that is drawn now; the clock is read here, not where pictures are
 * made.
 */
#include "render/service/protocol/plot_records.h"

#include <inttypes.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define RECORD_MAX_BYTES (4u << 20)

static void append_moments(struct buffer *json, const struct plot *plot)
{
    size_t count;
    const int64_t *moments = plot_moments(plot, &count);
    buffer_append_text(json, ",\"moments\":[");
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(json, i ? "," : "");
        json_append_moment(json, moments[i]);
    }
    buffer_append_text(json, "]");
}

static void append_symbols(struct buffer *json, const struct symbol_pin *pin)
{
    char text[SYMBOL_PIN_BYTES];
    symbol_pin_format(pin, text);
    buffer_append_text(json, ",\"symbols\":");
    buffer_append_json(json, text);
}

void plot_append_record(struct buffer *json, const struct plot *plot)
{
    const struct plot_title *title = plot_title(plot);
    buffer_append_text(json, "{\"name\":");
    buffer_append_json(json, title->name);
    buffer_append_text(json, ",\"title\":");
    buffer_append_json(json, title->title ? title->title : title->name);
    buffer_append_text(json, ",\"activity\":");
    buffer_append_json(json, title->activity ? title->activity : "");
    buffer_appendf(json, ",\"isExercise\":%s,\"revision\":%" PRIu64 ",\"featureCount\":%zu,\"recorded\":",
                   title->is_exercise ? "true" : "false", plot_revision(plot), plot_count(plot));
    json_append_moment(json, plot_recorded_ms(plot));
    append_symbols(json, &title->symbols);
    buffer_append_text(json, ",\"moment\":");
    json_append_moment(json, plot_moment_at(plot, moment_now_ms()));
    append_moments(json, plot);
    buffer_append_text(json, "}");
}

struct list {
    struct buffer *json;
    const char *comma;
};

static void append_to_list(const struct plot *plot, void *context)
{
    struct list *list = context;
    buffer_append_text(list->json, list->comma);
    plot_append_record(list->json, plot);
    list->comma = ",\n";
}

void plot_handle_list(struct service *service, struct exchange *exchange)
{
    struct buffer json;
    buffer_init(&json, RECORD_MAX_BYTES);
    buffer_append_text(&json, "{\"plots\":[\n");
    struct list list = {&json, ""};
    plot_keeper_visit(service->plots, append_to_list, &list);
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

void plot_handle_record(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct plot *plot =
        plot_keeper_get(service->plots, request_value(exchange_request(exchange), "plot"), &fault);
    if (!plot) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, RECORD_MAX_BYTES);
    plot_append_record(&json, plot);
    buffer_append_text(&json, "\n");
    plot_unref(plot);
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
