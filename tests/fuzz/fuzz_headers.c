/* Headers, one a line, "Name: value", behind a first line with the method; and all that reads them. */
#include "tests/fuzz/fuzz.h"

#include "render/service/http/answer.h"
#include "render/service/http/answer_packing.h"
#include "render/service/http/request_guard.h"
#include "render/service/protocol/map_wish.h"
#include "render/service/protocol/verify_wish.h"

#define HEADER_MOST 40

static void read_headers(struct request *request)
{
    struct problems problems;
    enum plate_format format;
    problems_init(&problems);
    answer_may_be_packed_for(request);
    verify_wish_language(request);
    verify_wish_is_json(request);
    map_wish_read_format(request, &format, &problems);
    map_wish_is_negotiated(request);
    request_has_type(request, "application/geo+json");
    request_has_type(request, "multipart/form-data");
    if (request->headers[HEADER_IF_NONE_MATCH]) {
        request_tag_matches(request->headers[HEADER_IF_NONE_MATCH], "\"12\"");
    }
    problems_finish(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct request_guard guard;
    char *lines[2 * HEADER_MOST];
    size_t count = 0;
    char *method = fuzz_cut(&data, &size, '\n');
    memset(&request, 0, sizeof request);
    request.body = "";
    request.segments[0] = "map"; /* the format may be the ending of the last segment */
    request.segment_count = 1;
    request_guard_init(&guard);
    while (size > 0 && count < 2 * HEADER_MOST) {
        const uint8_t *line = data;
        char *whole = fuzz_cut(&data, &size, '\n');
        size_t length = strlen(whole);
        char *name = fuzz_cut(&line, &length, ':');
        char *value = fuzz_text(line, length);
        request_guard_header(&guard, &request, name, strlen(name), value, strlen(value));
        lines[count++] = name;
        lines[count++] = value;
        free(whole);
    }
    request_guard_has_body(&guard);
    struct answer *refusal = request_guard_decide(&guard, &request, method, 1000);
    if (!refusal) {
        read_headers(&request);
    }
    answer_unref(refusal);
    while (count > 0) {
        free(lines[--count]);
    }
    free(method);
    return 0;
}
