/*
 * request.c - the raw target is walked once; decoded texts are written one behind the other into
 * request->target, each with its NUL. Decoding never makes a text longer, and every decoded text costs at
 * most one byte more than its raw form, so twice the raw limit always suffices.
 */
#include "render/service/http/request.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"
#include "geo/base/utf8.h"

/** Where the next decoded byte goes. */
struct writer {
    char *next;
    char *end;
};

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    char lower = (char)(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool is_control(unsigned char byte)
{
    return byte < 0x20 || byte == 0x7f;
}

static bool is_utf8(const char *text)
{
    size_t length;
    for (; *text; text += length) {
        if (utf8_read(text, UTF8_MOST_BYTES, &length) == UTF8_INVALID) {
            return false;
        }
    }
    return true;
}

/** In a path an escape must not hide what divides paths. */
static bool is_hidden_path_byte(int byte)
{
    return byte == '.' || byte == '/' || byte == '\\';
}

/** The byte that "%XY" at raw stands for; -1 when it is no escape or one that is not allowed. */
static int read_escape(const char *raw, size_t left, bool is_query)
{
    if (left < 3) {
        return -1;
    }
    int high = hex_value(raw[1]);
    int low = hex_value(raw[2]);
    if (high < 0 || low < 0) {
        return -1;
    }
    int byte = high * 16 + low;
    bool is_refused = is_control((unsigned char)byte) || (!is_query && is_hidden_path_byte(byte));
    return is_refused ? -1 : byte;
}

/** Decodes raw into one text behind the writer; a "+" is a space in a query only. NULL on fault. */
static const char *decode(struct writer *writer, const char *raw, size_t length, bool is_query,
                          struct fault *fault)
{
    assert(writer->next + length < writer->end);
    char *text = writer->next;
    for (size_t i = 0; i < length; i++) {
        int byte = (unsigned char)raw[i];
        if (byte == '%') {
            byte = read_escape(raw + i, length - i, is_query);
            if (byte < 0) {
                fault_set(fault, FAULT_INPUT, "the address has an escape that is not allowed: %.3s", raw + i);
                return NULL;
            }
            i += 2;
        } else if (byte == '+' && is_query) {
            byte = ' ';
        }
        *writer->next++ = (char)byte;
    }
    *writer->next++ = '\0';
    if (!is_utf8(text)) {
        fault_set(fault, FAULT_INPUT, "the address is not UTF-8");
        return NULL;
    }
    return text;
}

static bool add_segment(struct request *request, struct writer *writer, const char *raw, size_t length,
                        struct fault *fault)
{
    if (request->segment_count == REQUEST_SEGMENT_MAX) {
        fault_set(fault, FAULT_INPUT, "the path has more than %d parts", REQUEST_SEGMENT_MAX);
        return false;
    }
    const char *segment = decode(writer, raw, length, false, fault);
    if (!segment) {
        return false;
    }
    if (strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0) {
        fault_set(fault, FAULT_INPUT, "the path has a part \"%s\"", segment);
        return false;
    }
    request->segments[request->segment_count++] = segment;
    return true;
}

/** path begins behind the first slash. A slash at the end leaves an empty last segment, which no route has.
 */
static bool parse_path(struct request *request, struct writer *writer, const char *path, size_t length,
                       struct fault *fault)
{
    const char *end = path + length;
    while (path < end) {
        const char *slash = memchr(path, '/', (size_t)(end - path));
        const char *stop = slash ? slash : end;
        if (stop == path) {
            fault_set(fault, FAULT_INPUT, "the path has an empty part");
            return false;
        }
        if (!add_segment(request, writer, path, (size_t)(stop - path), fault)) {
            return false;
        }
        if (slash && slash + 1 == end) {
            return add_segment(request, writer, end, 0, fault);
        }
        path = slash ? slash + 1 : end;
    }
    return true;
}

static bool add_parameter(struct request *request, struct writer *writer, const char *raw, size_t length,
                          struct fault *fault)
{
    if (request->parameter_count == REQUEST_PARAMETER_MAX) {
        fault_set(fault, FAULT_INPUT, "there are more than %d parameters", REQUEST_PARAMETER_MAX);
        return false;
    }
    const char *equals = memchr(raw, '=', length);
    size_t name_length = equals ? (size_t)(equals - raw) : length;
    size_t value_offset = equals ? name_length + 1 : length;
    const char *name = decode(writer, raw, name_length, true, fault);
    const char *value = name ? decode(writer, raw + value_offset, length - value_offset, true, fault) : NULL;
    if (!value) {
        return false;
    }
    if (!*name) {
        fault_set(fault, FAULT_INPUT, "a parameter has no name");
        return false;
    }
    if (request_parameter(request, name) && strcasecmp(name, "subset") != 0) {
        fault_set(fault, FAULT_INPUT, "parameter '%s' is given twice", name);
        return false;
    }
    request->parameters[request->parameter_count++] = (struct request_pair){name, value};
    return true;
}

static bool parse_query(struct request *request, struct writer *writer, const char *query,
                        struct fault *fault)
{
    while (*query) {
        size_t length = (size_t)(strchrnul(query, '&') - query);
        if (length > 0 && !add_parameter(request, writer, query, length, fault)) {
            return false;
        }
        query += length;
        query += *query == '&';
    }
    return true;
}

/** Only printable ASCII, no backslash and no fragment: everything else comes as an escape. */
static bool check_raw(const char *raw, size_t *length, struct fault *fault)
{
    *length = strnlen(raw, REQUEST_TARGET_MAX_BYTES + 1);
    if (*length > REQUEST_TARGET_MAX_BYTES) {
        fault_set(fault, FAULT_LIMIT, "the address is longer than %d bytes", REQUEST_TARGET_MAX_BYTES);
        return false;
    }
    for (size_t i = 0; i < *length; i++) {
        unsigned char byte = (unsigned char)raw[i];
        if (byte <= 0x20 || byte >= 0x7f || byte == '\\' || byte == '#') {
            fault_set(fault, FAULT_INPUT, "the address has a byte that must be escaped: 0x%02x", byte);
            return false;
        }
    }
    if (raw[0] != '/') {
        fault_set(fault, FAULT_INPUT, "the address must begin with a slash");
        return false;
    }
    return true;
}

bool request_parse_target(const char *raw, struct request *request, struct fault *fault)
{
    request->segment_count = 0;
    request->parameter_count = 0;
    request->value_count = 0;
    size_t length;
    if (!check_raw(raw, &length, fault)) {
        return false;
    }
    struct writer writer = {request->target, request->target + sizeof(request->target)};
    size_t path_length = (size_t)(strchrnul(raw, '?') - raw);
    if (!parse_path(request, &writer, raw + 1, path_length - 1, fault)) {
        return false;
    }
    return raw[path_length] == '\0' || parse_query(request, &writer, raw + path_length + 1, fault);
}

const char *request_parameter_again(const struct request *request, const char *name, size_t number)
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (strcasecmp(request->parameters[i].name, name) == 0 && number-- == 0) {
            return request->parameters[i].value;
        }
    }
    return NULL;
}

const char *request_parameter(const struct request *request, const char *name)
{
    return request_parameter_again(request, name, 0);
}

const char *request_value(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->value_count; i++) {
        if (strcmp(request->values[i].name, name) == 0) {
            return request->values[i].value;
        }
    }
    assert(!"the route's pattern has this name");
    return "";
}

bool request_check_parameters(const struct request *request, const char *const known[], struct fault *fault)
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        size_t k = 0;
        while (known[k] && strcasecmp(known[k], request->parameters[i].name) != 0) {
            k++;
        }
        if (!known[k]) {
            fault_set(fault, FAULT_INPUT, "there is no parameter '%s' here", request->parameters[i].name);
            return false;
        }
    }
    return true;
}

bool request_read_integer(const struct request *request, const char *name, int64_t least, int64_t most,
                          int64_t fallback, int64_t *number, struct fault *fault)
{
    *number = fallback;
    const char *text = request_parameter(request, name);
    if (!text) {
        return true;
    }
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    bool is_digits = *text == '-' || (*text >= '0' && *text <= '9');
    if (!is_digits || *end || errno || value < least || value > most) {
        fault_set(fault, FAULT_INPUT, "parameter '%s' must be a whole number from %lld to %lld, not '%s'",
                  name, (long long)least, (long long)most, text);
        return false;
    }
    *number = value;
    return true;
}

bool request_has_type(const struct request *request, const char *media_type)
{
    const char *type = request->headers[HEADER_CONTENT_TYPE];
    size_t length = strlen(media_type);
    return type && strncasecmp(type, media_type, length) == 0 && strchr("; \t", type[length]);
}

bool request_tag_matches(const char *header, const char *etag)
{
    size_t length = strlen(etag);
    while (*header) {
        header += strspn(header, " \t,");
        if (*header == '*') {
            return true;
        }
        header += strncmp(header, "W/", 2) == 0 ? 2 : 0;
        if (strncmp(header, etag, length) == 0 && (!header[length] || strchr(" \t,", header[length]))) {
            return true;
        }
        header += strcspn(header, ",");
    }
    return false;
}

const char *request_method_name(enum request_method method)
{
    static const char *const names[METHOD_COUNT] = {"GET", "POST", "PUT", "DELETE", "OPTIONS"};
    assert(method < METHOD_COUNT);
    return names[method];
}
