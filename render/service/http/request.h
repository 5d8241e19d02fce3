/*
 * request.h - what somebody asks, checked once; after that a plain struct.
 *
 * The raw target is parsed here and nowhere else: %00, %2e, %2f, %5c, dot segments, empty segments, control
 * characters, broken escapes and repeated parameters (but "subset", which OGC's standards let stand several
 * times) are refused before anything looks at the path.
 */
#ifndef RENDER_SERVICE_REQUEST_H
#define RENDER_SERVICE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

enum request_method {
    METHOD_GET, /* HEAD too: the same answer, of which only the headers are sent */
    METHOD_POST,
    METHOD_PUT,
    METHOD_DELETE,
    METHOD_OPTIONS,
    METHOD_COUNT
};

/** The headers that are read; all others are ignored. */
enum request_header {
    HEADER_HOST,
    HEADER_ACCEPT,
    HEADER_ACCEPT_ENCODING,
    HEADER_ACCEPT_LANGUAGE,
    HEADER_AUTHORIZATION,
    HEADER_CONTENT_TYPE,
    HEADER_IF_MATCH,
    HEADER_IF_NONE_MATCH,
    HEADER_LAST_EVENT_ID,
    HEADER_ORIGIN,
    HEADER_PREFER,
    HEADER_ORGANISATION, /* what a proxy in front calls so: its name is a setting, without it none is read */
    REQUEST_HEADER_COUNT
};

#define REQUEST_TARGET_MAX_BYTES 4096
#define REQUEST_SEGMENT_MAX 16
#define REQUEST_PARAMETER_MAX 64
#define REQUEST_VALUE_MAX 8

struct request_pair {
    const char *name;
    const char *value;
};

/** All texts are borrowed from the exchange, decoded, valid UTF-8 without control characters. */
struct request {
    enum request_method method;
    char id[24];                               /* unique; in logs and problem documents */
    char client[48];                           /* address of the other side */
    const char *segments[REQUEST_SEGMENT_MAX]; /* of the path; "/" has none */
    size_t segment_count;
    struct request_pair parameters[REQUEST_PARAMETER_MAX]; /* in the order given, no name twice but subset */
    size_t parameter_count;
    struct request_pair values[REQUEST_VALUE_MAX]; /* {names} of the route's pattern */
    size_t value_count;
    const char *headers[REQUEST_HEADER_COUNT]; /* NULL when absent */
    const char *body;                          /* with a NUL behind it; "" when there is none */
    size_t body_length;
    int64_t started_us;  /* monotonic */
    int64_t deadline_ms; /* monotonic; after it the client has an answer, with or without us */
    char target[3 * REQUEST_TARGET_MAX_BYTES]; /* where the decoded texts live */
};

/**
 * Splits and decodes a raw target ("/xyz/a/b?as-of=…") into segments and parameters.
 * INPUT says what is wrong with it; LIMIT when it is longer than REQUEST_TARGET_MAX_BYTES.
 */
bool request_parse_target(const char *raw, struct request *request, struct fault *fault);

/** A parameter by name, whatever its case; NULL when absent. */
const char *request_parameter(const struct request *request, const char *name);

/** The same of one that may stand several times: by its number among those of that name, from 0. */
const char *request_parameter_again(const struct request *request, const char *name, size_t number);

/** A {name} of the route's pattern. Asserts that the pattern has it. */
const char *request_value(const struct request *request, const char *name);

/** INPUT names the first parameter that is not among the NULL-terminated known ones. */
bool request_check_parameters(const struct request *request, const char *const known[], struct fault *fault);

/** A parameter as a whole number within [least, most]; fallback when absent. */
bool request_read_integer(const struct request *request, const char *name, int64_t least, int64_t most,
                          int64_t fallback, int64_t *number, struct fault *fault);

/** Is the body's Content-Type this one? Its parameters ("; charset=utf-8") and its case do not count. */
bool request_has_type(const struct request *request, const char *media_type);

/** Is an entity tag in a header such as If-None-Match ("*" and weak tags included)? */
bool request_tag_matches(const char *header, const char *etag);

const char *request_method_name(enum request_method method);

#endif
