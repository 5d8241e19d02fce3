/*
 * answer_problem.c - faults as problem documents: the only place that knows which status a fault has.
 */
#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "render/service/http/answer.h"
#include "render/service/http/request.h"

#define PROBLEM_MAX_BYTES 8192
#define PROBLEMS_MAX_BYTES (256u << 10)
#define RETRY_MOST_S 30

/** How a fault code looks from outside. */
struct problem_kind {
    int status;
    const char *title;
    int retry_after_s; /* when nobody knows better; 0: trying again does not help */
};

static const struct problem_kind problem_kinds[] = {
    [FAULT_INPUT] = {400, "The request is not right", 0},
    [FAULT_NOT_FOUND] = {404, "There is no such thing", 0},
    [FAULT_OUTSIDE] = {404, "Outside of what there is", 0},
    [FAULT_LIMIT] = {422, "More than is allowed", 0},
    [FAULT_CONFLICT] = {409, "Somebody changed it in the meantime", 0},
    [FAULT_DENIED] = {403, "Not allowed", 0},
    [FAULT_DEADLINE] = {503, "It takes too long", 0},
    [FAULT_UNAVAILABLE] = {503, "Not available now", 1},
    [FAULT_MEMORY] = {503, "Too large for the memory there is", 5},
    [FAULT_INTERNAL] = {500, "Our mistake", 0},
};

/* The members that every problem has; the object stays open. */
static void append_problem(struct buffer *json, int status, const char *type, const char *title,
                           const char *detail, const struct request *request)
{
    bool is_of_standard = strncmp(type, "http", 4) == 0;
    buffer_appendf(json,
                   "{\"type\":\"%s%s\",\"title\":", is_of_standard ? "" : "urn:plottafel:problem:", type);
    buffer_append_json(json, title);
    buffer_appendf(json, ",\"status\":%d,\"detail\":", status);
    buffer_append_json(json, detail);
    if (request) {
        buffer_appendf(json, ",\"instance\":\"urn:plottafel:request:%s\"", request->id);
    }
}

static struct answer *take_problem(struct buffer *json, int status)
{
    size_t length;
    char *bytes = buffer_take(json, &length);
    struct answer *answer = answer_new_owning(status, "application/problem+json", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    return answer;
}

struct answer *answer_problem(int status, const char *type, const char *title, const char *detail,
                              const struct request *request)
{
    struct buffer json;
    buffer_init(&json, PROBLEM_MAX_BYTES);
    append_problem(&json, status, type, title, detail, request);
    buffer_append_text(&json, "}\n");
    return take_problem(&json, status);
}

static void append_error(struct buffer *json, const struct problem *problem)
{
    buffer_append_text(json, "{\"field\":");
    buffer_append_json(json, problem->field);
    buffer_append_text(json, ",\"detail\":");
    buffer_append_json(json, problem->sentence);
    buffer_append_text(json, "}");
}

struct answer *answer_of_problems(const struct problems *problems, const struct fault *fault,
                                  const struct request *request)
{
    const struct problem_kind *kind = &problem_kinds[fault->code];
    const char *comma = "";
    struct buffer json;
    buffer_init(&json, PROBLEMS_MAX_BYTES + 16);
    append_problem(&json, kind->status, fault_code_name(fault->code), kind->title, fault->message, request);
    buffer_append_text(&json, ",\"errors\":[");
    for (size_t i = 0; i < problems->count && json.length < PROBLEMS_MAX_BYTES / 2; i++) {
        if (problems->items[i].level == PROBLEM_ERROR) {
            buffer_append_text(&json, comma);
            append_error(&json, &problems->items[i]);
            comma = ",";
        }
    }
    buffer_append_text(&json, "]}\n");
    return take_problem(&json, kind->status);
}

static int retry_after_s(const struct problem_kind *kind, int64_t retry_ms)
{
    if (retry_ms <= 0) {
        return kind->retry_after_s;
    }
    return retry_ms < RETRY_MOST_S * 1000 ? (int)((retry_ms + 999) / 1000) : RETRY_MOST_S;
}

struct answer *answer_of_refusal(const struct fault *fault, int64_t retry_ms, const struct request *request)
{
    assert(fault->code > FAULT_NONE && fault->code < sizeof(problem_kinds) / sizeof(problem_kinds[0]));
    const struct problem_kind *kind = &problem_kinds[fault->code];
    struct answer *answer =
        answer_problem(kind->status, fault_code_name(fault->code), kind->title, fault->message, request);
    if (kind->retry_after_s > 0) {
        answer_add_headerf(answer, "Retry-After", "%d", retry_after_s(kind, retry_ms));
    }
    return answer;
}

struct answer *answer_of_fault(const struct fault *fault, const struct request *request)
{
    return answer_of_refusal(fault, 0, request);
}
