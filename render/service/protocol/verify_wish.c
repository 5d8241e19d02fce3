#include "render/service/protocol/verify_wish.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/http/request.h"

#define BOUNDARY_MOST 70 /* RFC 2046 5.1.1 */

/* How much one entry of Accept-Language is wanted, 0 … 1; its text begins behind the code. */
static double weight_of(const char *entry, size_t length)
{
    const char *weight = memmem(entry, length, "q=", 2);
    double value = weight ? strtod(weight + 2, NULL) : 1;
    return value >= 0 && value <= 1 ? value : 0;
}

static enum language best_of(const char *header)
{
    enum language best = LANGUAGE_NL;
    double most = 0;
    for (const char *entry = header; entry && *entry;) {
        size_t length = strcspn(entry, ",");
        size_t blanks = strspn(entry, " ");
        char code[3] = "";
        enum language language;
        snprintf(code, sizeof code, "%.2s", entry + (blanks < length ? blanks : 0));
        code[0] = (char)tolower((unsigned char)code[0]);
        code[1] = (char)tolower((unsigned char)code[1]);
        bool is_code = blanks + 2 <= length && !isalpha((unsigned char)entry[blanks + 2]);
        if (is_code && language_parse(code, &language) && weight_of(entry, length) > most) {
            best = language;
            most = weight_of(entry, length);
        }
        entry += length + (entry[length] == ',');
    }
    return best;
}

enum language verify_wish_language(const struct request *request)
{
    enum language language;
    const char *asked = request_parameter(request, "language");
    if (asked && language_parse(asked, &language)) {
        return language;
    }
    return best_of(request->headers[HEADER_ACCEPT_LANGUAGE]);
}

bool verify_wish_is_json(const struct request *request)
{
    const char *form = request_parameter(request, "f");
    const char *accept = request->headers[HEADER_ACCEPT];
    if (form) {
        return strcmp(form, "json") == 0;
    }
    return accept && strstr(accept, "application/json") && !strstr(accept, "text/html");
}

/* The words between the parts: "--" and the boundary. */
static bool read_boundary(const char *type, char boundary[static BOUNDARY_MOST + 4])
{
    const char *start = strcasestr(type, "boundary=");
    if (!start) {
        return false;
    }
    start += strlen("boundary=");
    bool is_quoted = *start == '"';
    start += is_quoted;
    size_t length = strcspn(start, is_quoted ? "\"" : "; \t");
    if (length == 0 || length > BOUNDARY_MOST) {
        return false;
    }
    snprintf(boundary, BOUNDARY_MOST + 4, "--%.*s", (int)length, start);
    return true;
}

/* What stands in the first part that has a file name. */
static const char *find_part(const char *body, size_t body_length, const char *boundary, size_t *length)
{
    const char *end = body + body_length;
    const char *part = memmem(body, body_length, boundary, strlen(boundary));
    while (part) {
        part += strlen(boundary);
        const char *content = memmem(part, (size_t)(end - part), "\r\n\r\n", 4);
        char closing[BOUNDARY_MOST + 8];
        snprintf(closing, sizeof closing, "\r\n%s", boundary);
        const char *next =
            content ? memmem(content, (size_t)(end - content), closing, strlen(closing)) : NULL;
        if (!next) {
            return NULL;
        }
        if (memmem(part, (size_t)(content - part), "filename=", strlen("filename="))) {
            bool is_empty = next < content + 4;
            *length = is_empty ? 0 : (size_t)(next - content - 4);
            return content + 4;
        }
        part = next + 2;
    }
    return NULL;
}

const char *verify_wish_file(const struct request *request, size_t *length, struct fault *fault)
{
    char boundary[BOUNDARY_MOST + 4];
    if (!request_has_type(request, "multipart/form-data")) {
        *length = request->body_length;
        return request->body;
    }
    const char *file = read_boundary(request->headers[HEADER_CONTENT_TYPE], boundary)
                           ? find_part(request->body, request->body_length, boundary, length)
                           : NULL;
    if (!file) {
        fault_set(fault, FAULT_INPUT, "the form holds no file");
    }
    return file;
}
