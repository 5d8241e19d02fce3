/* The raw target of a request, and which handler it finds. */
#include "tests/fuzz/fuzz.h"

#include "geo/base/utf8.h"
#include "render/service/http/request.h"
#include "render/service/http/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct fault fault;
    size_t route_count;
    unsigned allowed;
    const struct route *routes = service_routes(&route_count);
    char *raw = fuzz_text(data, size);
    memset(&request, 0, sizeof request);
    if (request_parse_target(raw, &request, &fault)) {
        assert(request.segment_count <= REQUEST_SEGMENT_MAX);
        assert(request.parameter_count <= REQUEST_PARAMETER_MAX);
        for (size_t i = 0; i < request.segment_count; i++) {
            const char *segment = request.segments[i];
            bool is_last = i + 1 == request.segment_count; /* "/a/" has an empty one, which no route has */
            assert((*segment || is_last) && !strchr(segment, '/') && strcmp(segment, ".") &&
                   strcmp(segment, ".."));
        }
        for (size_t i = 0; i < request.parameter_count; i++) {
            int64_t number;
            const char *name = request.parameters[i].name;
            request_read_integer(&request, name, -5, INT64_MAX, 0, &number, &fault);
            assert(request_parameter(&request, name));
        }
        for (int method = 0; method < METHOD_COUNT; method++) {
            request.method = (enum request_method)method;
            request.value_count = 0;
            route_find(routes, route_count, &request, &allowed);
            assert(request.value_count <= REQUEST_VALUE_MAX);
        }
    }
    free(raw);
    return 0;
}
