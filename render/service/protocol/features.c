/*
 * features.c - a short list of the current snapshot is written in the I/O thread, a long one by the clerk; an
 * earlier revision comes from the keeper's thread.
 */
#include "render/service/protocol/features.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "render/service/http/answer.h"
#include "render/service/plot/clerk.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define LIST_MAX_BYTES (256u << 20)
#define LIST_MOST 1000000
#define SHORT_MOST 1000 /* features of a plot: going through them takes a few milliseconds */

/** Which features are asked for. */
struct question {
    struct bbox boxes[2];
    size_t box_count; /* 0: everywhere */
    int64_t as_of_ms; /* MOMENT_NONE: at whatever time */
    int64_t limit;
    int64_t revision; /* 0: the current one */
};

static bool read_question(const struct request *request, struct question *question, struct fault *fault)
{
    static const char *const known[] = {"as-of", "revision", "bbox", "limit", NULL};
    const char *bbox = request_parameter(request, "bbox");
    const char *as_of = request_parameter(request, "as-of");
    struct bbox box;
    *question = (struct question){.as_of_ms = MOMENT_NONE};
    if (!request_check_parameters(request, known, fault) ||
        !request_read_integer(request, "limit", 1, LIST_MOST, LIST_MOST, &question->limit, fault) ||
        !request_read_integer(request, "revision", 1, INT64_MAX, 0, &question->revision, fault) ||
        (as_of && !moment_parse(as_of, &question->as_of_ms, fault)) ||
        (bbox && !bbox_parse(bbox, &box, fault))) {
        return false;
    }
    question->box_count = bbox ? bbox_split_antimeridian(box, question->boxes) : 0;
    return true;
}

static bool is_asked_for(const struct feature *feature, const struct question *question)
{
    if (question->as_of_ms != MOMENT_NONE && !feature_is_valid_at(feature, question->as_of_ms)) {
        return false;
    }
    for (size_t i = 0; i < question->box_count; i++) {
        if (bbox_intersects(feature->shape->box, question->boxes[i])) {
            return true;
        }
    }
    return question->box_count == 0;
}

static size_t count_matches(const struct plot *plot, const struct question *question)
{
    size_t count = 0;
    for (size_t i = 0; i < plot_count(plot); i++) {
        count += is_asked_for(plot_at(plot, i), question);
    }
    return count;
}

static void append_features(struct buffer *json, const struct plot *plot, const struct question *question)
{
    int64_t left = question->limit;
    const char *comma = "\n";
    for (size_t i = 0; left > 0 && i < plot_count(plot); i++) {
        if (is_asked_for(plot_at(plot, i), question)) {
            buffer_append_text(json, comma);
            geojson_write_feature(plot_at(plot, i), json);
            comma = ",\n";
            left--;
        }
    }
}

static struct answer *list_answer(const struct plot *plot, const struct question *question)
{
    struct buffer json;
    int64_t matched = (int64_t)count_matches(plot, question);
    buffer_init(&json, LIST_MAX_BYTES);
    buffer_append_text(&json, "{\"type\":\"FeatureCollection\",\"plot\":");
    buffer_append_json(&json, plot_title(plot)->name);
    buffer_appendf(&json, ",\"revision\":%" PRIu64 ",\"recorded\":", plot_revision(plot));
    json_append_moment(&json, plot_recorded_ms(plot));
    buffer_appendf(&json, ",\"numberMatched\":%" PRId64 ",\"numberReturned\":%" PRId64 ",\"features\":[",
                   matched, matched < question->limit ? matched : question->limit);
    append_features(&json, plot, question);
    buffer_append_text(&json, "\n]}\n");
    struct answer *answer = json_answer(&json, "application/geo+json");
    answer_add_headerf(answer, "Plottafel-Revision", "%" PRIu64, plot_revision(plot));
    return answer;
}

/** A list that waits for an earlier revision, or for the clerk. */
struct waiting_list {
    struct exchange *exchange;
    struct question question;
    struct plot *plot; /* one reference; NULL for an earlier revision */
};

static void answer_earlier(const struct plot *plot, const struct fault *fault, void *context)
{
    struct waiting_list *waiting = context;
    if (plot) {
        exchange_answer(waiting->exchange, list_answer(plot, &waiting->question));
    } else {
        exchange_fail(waiting->exchange, fault);
    }
    free(waiting);
}

static void answer_long(void *context)
{
    struct waiting_list *waiting = context;
    exchange_answer(waiting->exchange, list_answer(waiting->plot, &waiting->question));
    plot_unref(waiting->plot);
    free(waiting);
}

/** Takes over the exchange and the plot. */
static void hand_over(struct service *service, struct exchange *exchange, const struct question *question,
                      struct plot *plot)
{
    struct fault fault;
    struct waiting_list *waiting = memory_new(1, sizeof(*waiting));
    *waiting = (struct waiting_list){exchange, *question, plot};
    if (!clerk_call(service->clerk, answer_long, waiting, &fault)) {
        exchange_fail(exchange, &fault);
        plot_unref(plot);
        free(waiting);
    }
}

void features_handle_list(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct question question;
    const struct request *request = exchange_request(exchange);
    const char *name = request_value(request, "plot");
    if (!read_question(request, &question, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (question.revision > 0) {
        struct waiting_list *waiting = memory_new(1, sizeof(*waiting));
        *waiting = (struct waiting_list){exchange, question, NULL};
        plot_keeper_read(service->plots, name, (uint64_t)question.revision, answer_earlier, waiting);
        return;
    }
    struct plot *plot = plot_keeper_get(service->plots, name, &fault);
    if (!plot) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (plot_count(plot) > SHORT_MOST) {
        hand_over(service, exchange, &question, plot);
        return;
    }
    exchange_answer(exchange, list_answer(plot, &question));
    plot_unref(plot);
}

void feature_set_etag(struct answer *answer, const struct feature *feature)
{
    char tag[24];
    snprintf(tag, sizeof(tag), "%" PRIu64, feature->revision);
    answer_set_etag(answer, tag);
}

static struct answer *one_answer(const struct plot *plot, const char *id, const struct request *request)
{
    struct fault fault;
    const struct feature *feature = plot_find(plot, id);
    if (!feature) {
        fault_set(&fault, FAULT_NOT_FOUND, "plot '%s' has no feature '%s'", plot_title(plot)->name, id);
        return answer_of_fault(&fault, request);
    }
    struct buffer json;
    size_t length;
    buffer_init(&json, LIST_MAX_BYTES);
    geojson_write_feature(feature, &json);
    buffer_append_text(&json, "\n");
    char *bytes = buffer_take(&json, &length);
    struct answer *answer = answer_new_owning(200, "application/geo+json", bytes, length);
    feature_set_etag(answer, feature);
    answer_add_header(answer, "Cache-Control", "no-cache");
    return answer;
}

void features_handle_one(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    struct plot *plot = plot_keeper_get(service->plots, request_value(request, "plot"), &fault);
    if (!plot) {
        exchange_fail(exchange, &fault);
        return;
    }
    exchange_answer(exchange, one_answer(plot, request_value(request, "id"), request));
    plot_unref(plot);
}
