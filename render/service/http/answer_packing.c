/*
 * answer_packing.c - what is packed is told by its content type, however the answer came to be: drawn now,
 * from memory, from disk.
 */
#include "render/service/http/answer_packing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"
#include "geo/base/number.h"
#include "render/encode/gzip.h"
#include "render/service/http/answer.h"
#include "render/service/http/request.h"
#include "render/encode/tile_form.h"

#define PLAIN_MOST_BYTES ((size_t)64 << 20)
#define TAG_BYTES 64

bool answer_is_packed(const struct answer *answer)
{
    const char *type = answer_content_type(answer);
    return answer_status(answer) == 200 && type && strcmp(type, tile_format_content_type(TILE_MVT)) == 0;
}

/* "gzip;q=0" says no. */
static bool has_weight(const char *parameters, size_t length)
{
    char text[32];
    double weight = 1;
    snprintf(text, sizeof(text), "%.*s", (int)length, parameters);
    const char *mark = strstr(text, "q=");
    const char *number = mark ? mark + 2 : "";
    return !mark || !number_read(&number, &weight) || weight > 0;
}

bool answer_may_be_packed_for(const struct request *request)
{
    const char *at = request->headers[HEADER_ACCEPT_ENCODING];
    while (at && *at) {
        at += strspn(at, " \t,");
        size_t length = strcspn(at, ",");
        size_t name = strcspn(at, " \t,;");
        bool is_gzip = (name == 4 && strncasecmp(at, "gzip", 4) == 0) || (name == 1 && *at == '*');
        if (is_gzip && has_weight(at + name, length - name)) {
            return true;
        }
        at += length;
    }
    return false;
}

/* Packed and plain bytes are two representations: one tag must not stand for both. */
static void set_plain_tag(struct answer *plain, const char *etag)
{
    char tag[TAG_BYTES];
    size_t length = etag ? strlen(etag) : 0;
    if (length > 2 && length < TAG_BYTES - 8) {
        snprintf(tag, sizeof(tag), "%.*s-plain", (int)length - 2, etag + 1);
        answer_set_etag(plain, tag);
    }
}

struct answer *answer_unpacked(const struct answer *answer, const struct request *request)
{
    struct fault fault;
    size_t packed_length;
    size_t length;
    const char *packed = answer_bytes(answer, &packed_length);
    char *bytes = gzip_unpack(packed, packed_length, PLAIN_MOST_BYTES, &length, &fault);
    if (!bytes) {
        fault.code = FAULT_INTERNAL;
        return answer_of_fault(&fault, request);
    }
    struct answer *plain =
        answer_new_owning(answer_status(answer), answer_content_type(answer), bytes, length);
    for (size_t i = 0; i < answer_header_count(answer); i++) {
        const char *value;
        const char *name = answer_header_at(answer, i, &value);
        answer_add_header(plain, name, value);
    }
    set_plain_tag(plain, answer_etag(answer));
    return plain;
}
