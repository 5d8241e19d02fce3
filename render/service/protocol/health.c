/*
 * health.c - alive is not ready: a service without its store or without workers says so and goes on trying.
 */
#include "render/service/protocol/health.h"

#include <inttypes.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/metrics.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"
#include "render/service/worker/worker_pool.h"

#define READY_MOST_BYTES (256u << 10)
#define METRICS_MOST_BYTES (4u << 20)

static void answer_text(struct exchange *exchange, int status, const char *content_type, struct buffer *text)
{
    size_t length;
    char *bytes = buffer_take(text, &length);
    struct answer *answer = answer_new_owning(status, content_type, bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    exchange_answer(exchange, answer);
}

void health_handle_live(struct service *service, struct exchange *exchange)
{
    struct buffer text;
    buffer_init(&text, 64);
    buffer_append_text(&text, "{\"status\":\"alive\"}\n");
    answer_text(exchange, 200, "application/json", &text);
}

static void append_sentence(struct buffer *json, bool *is_first, const char *sentence)
{
    buffer_append_text(json, *is_first ? "" : ",");
    buffer_append_json(json, sentence);
    *is_first = false;
}

/** True when nothing is missing. */
static bool append_missing(struct service *service, const struct worker_pool_state *pool, struct buffer *json)
{
    struct fault fault;
    bool is_first = true;
    buffer_append_text(json, ",\"missing\":[");
    if (!plot_keeper_is_ready(service->plots, &fault)) {
        append_sentence(json, &is_first, fault.message);
    }
    if (pool->ready == 0) {
        append_sentence(json, &is_first, "no worker has answered yet");
    }
    if (service->is_draining) {
        append_sentence(json, &is_first, "the service is stopping");
    }
    buffer_append_text(json, "]");
    return is_first;
}

static void append_plot(const struct plot *plot, void *context)
{
    struct buffer *json = context;
    bool is_first = json->bytes[json->length - 1] == '{';
    buffer_appendf(json, "%s\"%s\":%" PRIu64, is_first ? "" : ",", plot_title(plot)->name,
                   plot_revision(plot));
}

void health_handle_ready(struct service *service, struct exchange *exchange)
{
    struct worker_pool_state pool = worker_pool_state(service->pool);
    struct buffer json;
    buffer_init(&json, READY_MOST_BYTES);
    buffer_appendf(&json, "{\"version\":\"%s\",\"workers\":%d", PLOTTAFEL_VERSION, pool.ready);
    bool is_ready = append_missing(service, &pool, &json);
    buffer_append_text(&json, ",\"warnings\":[");
    if (!pool.has_rd_grid) {
        buffer_append_json(&json, "the RD correction grid is not there: RD is up to 0.25 m off");
    }
    buffer_append_text(&json, "],\"plots\":{");
    plot_keeper_visit(service->plots, append_plot, &json);
    buffer_appendf(&json, "},\"status\":\"%s\"}\n", is_ready ? "ready" : "not ready");
    answer_text(exchange, is_ready ? 200 : 503, "application/json", &json);
}

void health_handle_metrics(struct service *service, struct exchange *exchange)
{
    struct buffer text;
    buffer_init(&text, METRICS_MOST_BYTES);
    metrics_write(service->metrics, service, &text);
    answer_text(exchange, 200, "text/plain; version=0.0.4", &text);
}
