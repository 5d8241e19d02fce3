/*
 * disk_record.c - texts that end with a NUL: content type, tag (without quotes), then name and value of each
 * header until an empty name; then the body.
 */
#include "render/service/tile/disk_record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buffer.h"
#include "render/service/http/answer.h"

#define HEAD_MOST_BYTES 16384
#define TAG_MOST_BYTES 100
#define HEADERS_MOST 12 /* an answer has room for those of the state besides */

static bool is_of_state(const char *name)
{
    static const char *const names[] = {"Plottafel-Revision", "Plottafel-Moment", "Plottafel-Marking",
                                        "Plottafel-Cache"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void append(struct buffer *record, const char *text)
{
    buffer_append(record, text, strlen(text) + 1);
}

static void append_tag(struct buffer *record, const char *quoted)
{
    size_t length = quoted ? strlen(quoted) : 0;
    if (length >= 2) {
        buffer_append(record, quoted + 1, length - 2);
    }
    append(record, "");
}

char *disk_record_write(const struct answer *answer, size_t *length)
{
    struct buffer record;
    size_t body_length;
    const char *body = answer_bytes(answer, &body_length);
    buffer_init(&record, HEAD_MOST_BYTES + body_length);
    append(&record, answer_content_type(answer) ? answer_content_type(answer) : "");
    append_tag(&record, answer_etag(answer));
    for (size_t i = 0; i < answer_header_count(answer); i++) {
        const char *value;
        const char *name = answer_header_at(answer, i, &value);
        if (!is_of_state(name)) {
            append(&record, name);
            append(&record, value);
        }
    }
    append(&record, "");
    buffer_append(&record, body, body_length);
    return buffer_take(&record, length);
}

/** The next text; NULL: the record ends before it does. */
static const char *take_text(const char **next, const char *end)
{
    const char *text = *next;
    const char *nul = memchr(text, '\0', (size_t)(end - text));
    *next = nul ? nul + 1 : end;
    return nul ? text : NULL;
}

/** The headers of a record. False: it is none. */
static bool take_headers(const char **next, const char *end, struct answer *answer)
{
    for (size_t i = 0; i <= HEADERS_MOST; i++) {
        const char *name = take_text(next, end);
        if (!name || !*name) {
            return name != NULL;
        }
        const char *value = take_text(next, end);
        if (!value || i == HEADERS_MOST) {
            return false;
        }
        answer_add_header(answer, name, value);
    }
    return false;
}

/** Where the body begins: behind the first empty name. NULL: it is no record. */
static const char *find_body(const char *record, const char *end)
{
    const char *next = record;
    if (!take_text(&next, end) || !take_text(&next, end)) {
        return NULL;
    }
    for (;;) {
        const char *name = take_text(&next, end);
        if (!name || !*name) {
            return name ? next : NULL;
        }
        if (!take_text(&next, end)) {
            return NULL;
        }
    }
}

struct answer *disk_record_read(const char *record, size_t length)
{
    const char *end = record + length;
    const char *body = find_body(record, end);
    if (!body) {
        return NULL;
    }
    const char *next = record;
    const char *type = take_text(&next, end);
    const char *tag = take_text(&next, end);
    struct answer *answer = answer_new(200, type, body, (size_t)(end - body));
    if (strlen(tag) > TAG_MOST_BYTES || !take_headers(&next, end, answer)) {
        answer_unref(answer);
        return NULL;
    }
    if (*tag) {
        answer_set_etag(answer, tag);
    }
    return answer;
}
