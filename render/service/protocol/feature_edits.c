/*
 * feature_edits.c - an edit is read by the clerk (a large body would hold up the sockets), committed by the
 * keeper, and answered from there.
 */
#include "render/service/protocol/feature_edits.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "render/service/http/answer.h"
#include "render/service/plot/clerk.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/features.h"
#include "render/service/worker/json_field.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define RECEIPT_MAX_BYTES (64u << 20)

/** One edit from request to receipt; owns the exchange. */
struct edit {
    struct service *service;
    struct exchange *exchange;
    struct plot *plot; /* owned reference: as it was when the edit came */
    struct problems problems;
    struct change *changes; /* owned until they are committed */
    size_t count;
    char **ids;          /* of the changes, owned: for the receipt */
    bool is_conditional; /* the client named a version: a conflict is 412 */
    bool is_new;         /* the one feature was not there before */
};

static const struct request *request_of(const struct edit *edit)
{
    return exchange_request(edit->exchange);
}

static struct edit *edit_new(struct service *service, struct exchange *exchange)
{
    struct edit *edit = memory_new(1, sizeof(*edit));
    edit->service = service;
    edit->exchange = exchange;
    problems_init(&edit->problems);
    return edit;
}

/* Answers and lets go of everything. */
static void edit_end(struct edit *edit, struct answer *answer)
{
    for (size_t i = 0; i < edit->count; i++) {
        free(edit->ids[i]);
    }
    for (size_t i = 0; edit->changes && i < edit->count; i++) {
        change_finish(&edit->changes[i]);
    }
    free(edit->changes);
    free(edit->ids);
    problems_finish(&edit->problems);
    plot_unref(edit->plot);
    exchange_answer(edit->exchange, answer);
    free(edit);
}

static void edit_fail(struct edit *edit, const struct fault *fault)
{
    const struct request *request = request_of(edit);
    bool is_precondition = edit->is_conditional && fault->code == FAULT_CONFLICT;
    edit_end(edit, is_precondition ? answer_problem(412, "precondition-failed", "Somebody was first",
                                                    fault->message, request)
                                   : answer_of_fault(fault, request));
}

/* ---- the receipt ---- */

static void append_warnings(struct buffer *json, const struct problems *problems)
{
    const char *comma = "";
    buffer_append_text(json, ",\"warnings\":[");
    for (size_t i = 0; i < problems->count; i++) {
        buffer_append_text(json, comma);
        buffer_append_text(json, "{\"field\":");
        buffer_append_json(json, problems->items[i].field);
        buffer_append_text(json, ",\"detail\":");
        buffer_append_json(json, problems->items[i].sentence);
        buffer_append_text(json, "}");
        comma = ",";
    }
    buffer_append_text(json, "]");
}

static struct answer *receipt(const struct edit *edit, const struct plot *after, int status)
{
    struct buffer json;
    buffer_init(&json, RECEIPT_MAX_BYTES);
    buffer_appendf(&json, "{\"revision\":%" PRIu64 ",\"ids\":[", plot_revision(after));
    for (size_t i = 0; i < edit->count; i++) {
        buffer_append_text(&json, i ? "," : "");
        buffer_append_json(&json, edit->ids[i]);
    }
    buffer_append_text(&json, "]");
    append_warnings(&json, &edit->problems);
    buffer_append_text(&json, "}\n");
    size_t length;
    char *bytes = buffer_take(&json, &length);
    struct answer *answer = answer_new_owning(status, "application/json", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    answer_add_headerf(answer, "Plottafel-Revision", "%" PRIu64, plot_revision(after));
    return answer;
}

/* A receipt for one feature says where it stands and which version it is. */
static void add_place(const struct edit *edit, const struct plot *after, struct answer *answer)
{
    const struct feature *feature = plot_find(after, edit->ids[0]);
    if (!feature) {
        return;
    }
    feature_set_etag(answer, feature);
    if (edit->is_new) {
        answer_add_headerf(answer, "Location", "%s/plots/%s/features/%s", edit->service->base_url,
                           plot_title(after)->name, edit->ids[0]);
    }
}

static void finish_put(const struct plot *after, const struct fault *fault, void *context)
{
    struct edit *edit = context;
    if (!after) {
        edit_fail(edit, fault);
        return;
    }
    struct answer *answer = receipt(edit, after, edit->is_new ? 201 : 200);
    if (edit->count == 1) {
        add_place(edit, after, answer);
    }
    edit_end(edit, answer);
}

static void finish_delete(const struct plot *after, const struct fault *fault, void *context)
{
    struct edit *edit = context;
    if (!after) {
        edit_fail(edit, fault);
        return;
    }
    struct answer *answer = answer_new(204, NULL, "", 0);
    answer_add_headerf(answer, "Plottafel-Revision", "%" PRIu64, plot_revision(after));
    edit_end(edit, answer);
}

/* ---- reading ---- */

static struct change *edit_add(struct edit *edit, const char *id)
{
    edit->changes = memory_resize(edit->changes, edit->count + 1, sizeof(*edit->changes));
    edit->ids = memory_resize(edit->ids, edit->count + 1, sizeof(*edit->ids));
    edit->ids[edit->count] = memory_copy_text(id);
    edit->changes[edit->count] = (struct change){0};
    return &edit->changes[edit->count++];
}

static void edit_commit(struct edit *edit,
                        void (*done)(const struct plot *after, const struct fault *fault, void *context))
{
    struct change *changes = edit->changes;
    edit->changes = NULL;
    plot_keeper_commit(edit->service->plots, request_value(request_of(edit), "plot"), changes, edit->count,
                       done, edit);
}

/* All mistakes of the body, each as its own member of "errors". */
static struct answer *problems_answer(const struct problems *problems, const struct request *request)
{
    struct fault fault;
    problems_to_fault(problems, &fault);
    return answer_of_problems(problems, &fault, request);
}

/* Whoever has been told that there was no answer in time must not find his change made later. */
static bool is_in_time(struct edit *edit)
{
    struct fault fault;
    if (monotonic_now_ms() < request_of(edit)->deadline_ms) {
        return true;
    }
    fault_set(&fault, FAULT_UNAVAILABLE, "there was no time to read this");
    edit_fail(edit, &fault);
    return false;
}

/* Before the body is read there is a change only where the address names the feature: all others are new. */
static const struct symbol_code *find_present(const char *feature_id, const void *context)
{
    (void)feature_id;
    const struct edit *edit = context;
    const struct feature *feature = edit->count > 0 ? plot_find(edit->plot, edit->ids[0]) : NULL;
    return feature ? &feature->code : NULL;
}

static bool read_body(struct edit *edit, struct feature_list *list)
{
    const struct request *request = request_of(edit);
    if (!is_in_time(edit)) {
        return false;
    }
    struct symbol_scope scope = {edit->service->config->symbols, plot_title(edit->plot)->symbols,
                                 find_present, edit};
    bool is_read = geojson_read("body", request->body, request->body_length, geojson_limits_default(), &scope,
                                list, &edit->problems);
    if (!is_read) {
        edit_end(edit, problems_answer(&edit->problems, request));
    }
    return is_read;
}

static void read_post(void *context)
{
    struct edit *edit = context;
    struct feature_list list;
    if (!read_body(edit, &list)) {
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        struct change *change = edit_add(edit, list.items[i]->id);
        change->kind = CHANGE_PUT;
        change->feature = list.items[i];
        change->expected_revision = 0;
    }
    free(list.items);
    edit->is_new = edit->count == 1;
    edit_commit(edit, finish_put);
}

static bool body_has_id(const struct request *request)
{
    struct json_reader reader;
    struct fault fault;
    if (!json_reader_open(&reader, "body", request->body, request->body_length, &fault)) {
        return false;
    }
    bool has_id = json_reader_has(&reader, "id");
    json_reader_close(&reader);
    return has_id;
}

/* The address names the feature; a body that names another one is a mistake. */
static bool name_feature(const struct edit *edit, struct feature_list *list, struct fault *fault)
{
    const char *id = request_value(request_of(edit), "id");
    if (list->count != 1) {
        fault_set(fault, FAULT_INPUT, "PUT takes one Feature, not %zu", list->count);
        return false;
    }
    if (body_has_id(request_of(edit)) && strcmp(list->items[0]->id, id) != 0) {
        fault_set(fault, FAULT_INPUT, "the body is feature '%s', the address is '%s'", list->items[0]->id,
                  id);
        return false;
    }
    free(list->items[0]->id);
    list->items[0]->id = memory_copy_text(id);
    return true;
}

static void read_put(void *context)
{
    struct edit *edit = context;
    struct feature_list list;
    struct fault fault;
    if (!read_body(edit, &list)) {
        return;
    }
    if (!name_feature(edit, &list, &fault)) {
        feature_list_finish(&list);
        edit_fail(edit, &fault);
        return;
    }
    edit->changes[0].feature = list.items[0];
    free(list.items);
    edit_commit(edit, finish_put);
}

/* ---- conditions ---- */

/* "5" of If-Match: "5" ; any for *. false: it is no tag of a feature, so it matches nothing. */
static bool read_tag(const char *header, uint64_t *revision)
{
    if (strcmp(header, "*") == 0) {
        *revision = CHANGE_ANY_REVISION;
        return true;
    }
    if (header[0] != '"' || header[1] < '1' || header[1] > '9') {
        return false;
    }
    char *end;
    errno = 0;
    unsigned long long number = strtoull(header + 1, &end, 10);
    *revision = number;
    return errno == 0 && number != CHANGE_ANY_REVISION && end[0] == '"' && !end[1];
}

/*
 * The revision that the client expects of the feature, by If-Match or If-None-Match: *. NULL when it may go
 * on; else the answer that says why not.
 */
static struct answer *read_condition(const struct request *request, bool is_there, uint64_t *expected)
{
    const char *match = request->headers[HEADER_IF_MATCH];
    const char *none_match = request->headers[HEADER_IF_NONE_MATCH];
    *expected = 0;
    if (match) {
        bool is_tag = read_tag(match, expected);
        bool fits = is_tag && (is_there || *expected != CHANGE_ANY_REVISION);
        return fits ? NULL
                    : answer_problem(412, "precondition-failed", "Another version",
                                     "If-Match does not name the version that is there", request);
    }
    if (!is_there || (none_match && strcmp(none_match, "*") == 0)) {
        return NULL;
    }
    return answer_problem(428, "precondition-required", "Say which version you replace",
                          "the feature is there already: send its ETag in If-Match", request);
}

static bool is_json(const struct request *request)
{
    return request_has_type(request, "application/geo+json") || request_has_type(request, "application/json");
}

static struct answer *wrong_type(const struct request *request)
{
    return answer_problem(415, "media-type", "Not a type that is taken",
                          "Content-Type must be application/geo+json or application/json", request);
}

static void hand_over(struct edit *edit, void (*read)(void *edit))
{
    struct fault fault;
    if (!clerk_call(edit->service->clerk, read, edit, &fault)) {
        edit_fail(edit, &fault);
    }
}

/* ---- handlers ---- */

void features_handle_post(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    if (!is_json(request)) {
        exchange_answer(exchange, wrong_type(request));
        return;
    }
    struct plot *plot = plot_keeper_get(service->plots, request_value(request, "plot"), &fault);
    if (!plot) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct edit *edit = edit_new(service, exchange);
    edit->plot = plot;
    hand_over(edit, read_post);
}

/*
 * The edit of one feature that the address names: the condition is met, the change has neither kind nor
 * content yet. NULL: the exchange is answered.
 */
static struct edit *edit_of_feature(struct service *service, struct exchange *exchange, bool must_be_there)
{
    struct fault fault;
    uint64_t expected;
    const struct request *request = exchange_request(exchange);
    const char *id = request_value(request, "id");
    struct plot *plot = plot_keeper_get(service->plots, request_value(request, "plot"), &fault);
    bool is_there = plot && plot_find(plot, id);
    if (plot && must_be_there && !is_there) {
        fault_set(&fault, FAULT_NOT_FOUND, "there is no feature '%s'", id);
    }
    if (!plot || (must_be_there && !is_there)) {
        plot_unref(plot);
        exchange_fail(exchange, &fault);
        return NULL;
    }
    struct answer *refusal = read_condition(request, is_there, &expected);
    if (refusal) {
        plot_unref(plot);
        exchange_answer(exchange, refusal);
        return NULL;
    }
    struct edit *edit = edit_new(service, exchange);
    edit_add(edit, id)->expected_revision = expected;
    edit->plot = plot;
    edit->is_new = !is_there;
    return edit;
}

void features_handle_put(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    if (!is_json(request)) {
        exchange_answer(exchange, wrong_type(request));
        return;
    }
    struct edit *edit = edit_of_feature(service, exchange, false);
    if (!edit) {
        return;
    }
    edit->changes[0].kind = CHANGE_PUT;
    edit->is_conditional = request->headers[HEADER_IF_MATCH] || request->headers[HEADER_IF_NONE_MATCH];
    hand_over(edit, read_put);
}

void features_handle_delete(struct service *service, struct exchange *exchange)
{
    struct edit *edit = edit_of_feature(service, exchange, true);
    if (!edit) {
        return;
    }
    edit->changes[0].kind = CHANGE_REMOVE;
    edit->changes[0].id = memory_copy_text(edit->ids[0]);
    edit->is_conditional = true;
    edit_commit(edit, finish_delete);
}
