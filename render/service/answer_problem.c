/*
 * answer_problem.c - faults as problem documents: the only place that knows which status a fault has.
 */
#include <assert.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/answer.h"
#include "render/service/request.h"

#define PROBLEM_MAX_BYTES 8192

/** How a fault code looks from outside. */
struct problem_kind {
    int status;
    const char *title;
    const char *retry_after; /* seconds; NULL: trying again does not help */
};

static const struct problem_kind problem_kinds[] = {
    [FAULT_INPUT] = {400, "The request is not right", NULL},
    [FAULT_NOT_FOUND] = {404, "There is no such thing", NULL},
    [FAULT_OUTSIDE] = {404, "Outside of what there is", NULL},
    [FAULT_LIMIT] = {422, "More than is allowed", NULL},
    [FAULT_CONFLICT] = {409, "Somebody changed it in the meantime", NULL},
    [FAULT_DENIED] = {403, "Not allowed", NULL},
    [FAULT_DEADLINE] = {503, "It took too long", "2"},
    [FAULT_UNAVAILABLE] = {503, "Not available now", "1"},
    [FAULT_MEMORY] = {503, "Too large for the memory there is", "5"},
    [FAULT_INTERNAL] = {500, "Our mistake", NULL},
};

struct answer *answer_problem(int status, const char *type, const char *title, const char *detail,
                              const struct request *request)
{
    struct buffer json;
    buffer_init(&json, PROBLEM_MAX_BYTES);
    buffer_appendf(&json, "{\"type\":\"urn:plottafel:problem:%s\",\"title\":", type);
    buffer_append_json(&json, title);
    buffer_appendf(&json, ",\"status\":%d,\"detail\":", status);
    buffer_append_json(&json, detail);
    if (request) {
        buffer_appendf(&json, ",\"instance\":\"urn:plottafel:request:%s\"", request->id);
    }
    buffer_append_text(&json, "}\n");
    size_t length;
    char *bytes = buffer_take(&json, &length);
    struct answer *answer = answer_new_owning(status, "application/problem+json", bytes, length);
    answer_add_header(answer, "Cache-Control", "no-store");
    return answer;
}

struct answer *answer_of_fault(const struct fault *fault, const struct request *request)
{
    assert(fault->code > FAULT_NONE && fault->code < sizeof(problem_kinds) / sizeof(problem_kinds[0]));
    const struct problem_kind *kind = &problem_kinds[fault->code];
    struct answer *answer =
        answer_problem(kind->status, fault_code_name(fault->code), kind->title, fault->message, request);
    if (kind->retry_after) {
        answer_add_header(answer, "Retry-After", kind->retry_after);
    }
    return answer;
}
