/*
 * route.c - a pattern is compared segment by segment, in place: the table is small and nothing is kept
 * between requests.
 */
#include "render/service/http/route.h"

#include <assert.h>
#include <string.h>

#include "geo/base/fault.h"

/** One segment of a pattern: prefix, {name}, suffix; without a name all of it is prefix. */
struct pattern_segment {
    const char *text;
    size_t length;
    size_t open;  /* index of "{", or length */
    size_t close; /* index of "}" */
};

/** The segment that begins at pattern (behind its slash); false at the end of the pattern. */
static bool read_segment(const char *pattern, struct pattern_segment *segment)
{
    if (!*pattern) {
        return false;
    }
    segment->text = pattern;
    segment->length = (size_t)(strchrnul(pattern, '/') - pattern);
    const char *open = memchr(pattern, '{', segment->length);
    const char *close = memchr(pattern, '}', segment->length);
    segment->open = open ? (size_t)(open - pattern) : segment->length;
    segment->close = close ? (size_t)(close - pattern) : segment->length;
    return true;
}

static bool has_name(const struct pattern_segment *segment)
{
    return segment->open < segment->length;
}

/** The names of values live in the pattern, without a NUL; so each is put behind the request's texts once. */
static const char *copy_text(char **next, const char *text, size_t length)
{
    char *copy = *next;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *next += length + 1;
    return copy;
}

static bool segment_fits(const struct pattern_segment *segment, const char *text)
{
    if (!has_name(segment)) {
        return strncmp(text, segment->text, segment->length) == 0 && !text[segment->length];
    }
    size_t length = strlen(text);
    size_t suffix = segment->length - segment->close - 1;
    return length > segment->open + suffix && memcmp(text, segment->text, segment->open) == 0 &&
           memcmp(text + length - suffix, segment->text + segment->close + 1, suffix) == 0;
}

static bool pattern_fits(const char *pattern, const struct request *request)
{
    struct pattern_segment segment;
    size_t i = 0;
    const char *next = pattern + 1;
    while (read_segment(next, &segment)) {
        if (i == request->segment_count || !segment_fits(&segment, request->segments[i])) {
            return false;
        }
        i++;
        next += segment.length;
        next += *next == '/';
    }
    return i == request->segment_count;
}

/** Where the decoded texts of the request end: values are written behind them. */
static char *end_of_texts(struct request *request)
{
    const char *last = request->target;
    if (request->segment_count > 0) {
        last = request->segments[request->segment_count - 1];
    }
    if (request->parameter_count > 0) {
        last = request->parameters[request->parameter_count - 1].value;
    }
    return request->target + (last - request->target) + strlen(last) + 1;
}

static void fill_values(const char *pattern, struct request *request)
{
    struct pattern_segment segment;
    char *free_bytes = request->segment_count ? end_of_texts(request) : request->target;
    const char *next = pattern + 1;
    for (size_t i = 0; read_segment(next, &segment); i++) {
        if (has_name(&segment)) {
            assert(request->value_count < REQUEST_VALUE_MAX);
            const char *text = request->segments[i];
            size_t suffix = segment.length - segment.close - 1;
            struct request_pair *value = &request->values[request->value_count++];
            value->name =
                copy_text(&free_bytes, segment.text + segment.open + 1, segment.close - segment.open - 1);
            value->value = copy_text(&free_bytes, text + segment.open, strlen(text) - segment.open - suffix);
        }
        next += segment.length;
        next += *next == '/';
    }
    assert(free_bytes <= request->target + sizeof(request->target));
}

const struct route *route_find(const struct route *routes, size_t count, struct request *request,
                               unsigned *allowed)
{
    *allowed = 0;
    for (size_t i = 0; i < count; i++) {
        if (!pattern_fits(routes[i].pattern, request)) {
            continue;
        }
        if (routes[i].method == request->method) {
            fill_values(routes[i].pattern, request);
            return &routes[i];
        }
        *allowed |= 1u << routes[i].method;
    }
    return NULL;
}

static bool pattern_is_well_formed(const char *pattern)
{
    struct pattern_segment segment;
    size_t names = 0;
    const char *next = pattern + 1;
    while (read_segment(next, &segment)) {
        bool has_one_name =
            has_name(&segment) && segment.close > segment.open + 1 && segment.close < segment.length;
        if (segment.length == 0 || (has_name(&segment) && !has_one_name)) {
            return false;
        }
        names += has_name(&segment);
        next += segment.length;
        next += *next == '/';
    }
    return pattern[0] == '/' && names <= REQUEST_VALUE_MAX;
}

static bool is_repeated(const struct route *routes, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (routes[i].method == routes[index].method &&
            strcmp(routes[i].pattern, routes[index].pattern) == 0) {
            return true;
        }
    }
    return false;
}

bool routes_check(const struct route *routes, size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        const struct route *route = &routes[i];
        const char *trouble = !pattern_is_well_formed(route->pattern)
                                  ? "has a pattern that is not well formed"
                              : route->need == ACCESS_UNSET ? "says not who may use it"
                              : !route->handle              ? "has no handler"
                              : !route->sentence            ? "has no sentence"
                              : is_repeated(routes, i)      ? "stands in the table twice"
                                                            : NULL;
        if (trouble) {
            fault_set(fault, FAULT_INTERNAL, "route %s %s %s", request_method_name(route->method),
                      route->pattern, trouble);
            return false;
        }
    }
    return true;
}
