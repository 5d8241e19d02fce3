/*
 * request_guard.c - headers are looked at once, as they come.
 */
#include "render/service/http/request_guard.h"

#include <string.h>
#include <strings.h>

#include "render/service/http/answer.h"

void request_guard_init(struct request_guard *guard)
{
    *guard = (struct request_guard){.content_length = -1};
}

/** A token of RFC 9110: letters, digits and some marks. */
static bool is_token_byte(unsigned char byte)
{
    bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    return is_letter || byte == '-' || (byte >= '0' && byte <= '9') ||
           (byte && strchr("!#$%&'*+.^_`|~", byte));
}

static bool is_token(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_token_byte((unsigned char)name[i])) {
            return false;
        }
    }
    return length > 0;
}

static bool is_printable(const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)value[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

/** Digits only, at most 18 of them; -1 else. */
static int64_t read_length(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 18 || text[digits]) {
        return -1;
    }
    int64_t length = 0;
    for (size_t i = 0; i < digits; i++) {
        length = length * 10 + (text[i] - '0');
    }
    return length;
}

static void take_length(struct request_guard *guard, const char *value)
{
    guard->length_count++;
    guard->content_length = read_length(value);
    if (guard->content_length < 0) {
        guard->trouble = "Content-Length is not a number";
    }
}

static void take_encoding(struct request_guard *guard, const char *value)
{
    guard->encoding_count++;
    guard->is_chunked = strcasecmp(value, "chunked") == 0;
    if (!guard->is_chunked) {
        guard->trouble = "Transfer-Encoding is not 'chunked'";
    }
}

/** The header of that name; REQUEST_HEADER_COUNT: it is not read. */
static int find_known(const char *name)
{
    static const char *const names[REQUEST_HEADER_COUNT] = {
        [HEADER_HOST] = "Host",
        [HEADER_ACCEPT] = "Accept",
        [HEADER_ACCEPT_ENCODING] = "Accept-Encoding",
        [HEADER_ACCEPT_LANGUAGE] = "Accept-Language",
        [HEADER_AUTHORIZATION] = "Authorization",
        [HEADER_CONTENT_TYPE] = "Content-Type",
        [HEADER_IF_MATCH] = "If-Match",
        [HEADER_IF_NONE_MATCH] = "If-None-Match",
        [HEADER_LAST_EVENT_ID] = "Last-Event-ID",
        [HEADER_ORIGIN] = "Origin",
        [HEADER_PREFER] = "Prefer",
    };
    int i = 0;
    while (i < REQUEST_HEADER_COUNT && !(names[i] && strcasecmp(name, names[i]) == 0)) {
        i++;
    }
    return i;
}

bool request_guard_is_free(const char *name)
{
    return is_token(name, strlen(name)) && find_known(name) == REQUEST_HEADER_COUNT &&
           strcasecmp(name, "Content-Length") != 0 && strcasecmp(name, "Transfer-Encoding") != 0;
}

/** A client that says it besides its proxy would speak for others. */
static void take_organisation(struct request_guard *guard, struct request *request, const char *value)
{
    request->headers[HEADER_ORGANISATION] = value;
    if (++guard->organisation_count > 1) {
        guard->trouble = "the header of the organisation stands there twice";
    }
}

static void take_other(struct request_guard *guard, struct request *request, const char *name,
                       const char *value)
{
    const char *organisation = guard->organisation_header;
    int known = find_known(name);
    guard->host_count += known == HEADER_HOST;
    if (known < REQUEST_HEADER_COUNT) {
        request->headers[known] = value;
    } else if (organisation && strcasecmp(name, organisation) == 0) {
        take_organisation(guard, request, value);
    }
}

void request_guard_header(struct request_guard *guard, struct request *request, const char *name,
                          size_t name_length, const char *value, size_t value_length)
{
    value = value ? value : "";
    if (!is_token(name, name_length) || !is_printable(value, value_length) || strlen(value) != value_length) {
        guard->trouble = "a header is not well formed";
        return;
    }
    if (strcasecmp(name, "Content-Length") == 0) {
        take_length(guard, value);
    } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
        take_encoding(guard, value);
    } else {
        take_other(guard, request, name, value);
    }
}

bool request_guard_has_body(const struct request_guard *guard)
{
    return guard->encoding_count > 0 || guard->content_length > 0;
}

static bool read_method(const char *name, enum request_method *method)
{
    if (strcmp(name, "HEAD") == 0) {
        *method = METHOD_GET;
        return true;
    }
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(name, request_method_name((enum request_method)i)) == 0) {
            *method = (enum request_method)i;
            return true;
        }
    }
    return false;
}

static const char *find_trouble(const struct request_guard *guard, const struct request *request)
{
    bool may_have_body = request->method == METHOD_POST || request->method == METHOD_PUT;
    if (guard->trouble) {
        return guard->trouble;
    }
    if (guard->host_count > 1) {
        return "there is more than one Host";
    }
    if (guard->length_count + guard->encoding_count > 1) {
        return "the length of the body is given more than once";
    }
    if (request_guard_has_body(guard) && !may_have_body) {
        return "a body has no meaning here";
    }
    return NULL;
}

struct answer *request_guard_decide(const struct request_guard *guard, struct request *request,
                                    const char *method, int64_t body_bytes)
{
    if (!read_method(method, &request->method)) {
        return answer_problem(501, "method", "Unknown method",
                              "only GET, HEAD, POST, PUT, DELETE and OPTIONS", request);
    }
    const char *trouble = find_trouble(guard, request);
    if (trouble) {
        return answer_problem(400, "input", "The request is not right", trouble, request);
    }
    if (guard->content_length > body_bytes) {
        return answer_problem(413, "body", "The body is too large",
                              "the body is larger than this service takes", request);
    }
    return NULL;
}
