/*
 * json_text.c - written by hand into buffers: the answers are small and their order of keys is part of them.
 */
#include "render/service/protocol/json_text.h"

#include <inttypes.h>
#include <stdio.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "symbology/language.h"

void json_append_multilingual(struct buffer *json, const struct multilingual *text)
{
    const char *comma = "";
    buffer_append_text(json, "{");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (text->texts[i]) {
            buffer_appendf(json, "%s\"%s\":", comma, language_code((enum language)i));
            buffer_append_json(json, text->texts[i]);
            comma = ",";
        }
    }
    buffer_append_text(json, "}");
}

void json_append_moment(struct buffer *json, int64_t moment_ms)
{
    char text[32];
    if (moment_ms == MOMENT_NONE) {
        buffer_append_text(json, "null");
        return;
    }
    buffer_appendf(json, "\"%s\"", moment_format(moment_ms, text));
}

void json_append_bbox(struct buffer *json, struct bbox box)
{
    if (bbox_is_empty(box)) {
        buffer_append_text(json, "null");
        return;
    }
    buffer_appendf(json, "[%.6f,%.6f,%.6f,%.6f]", box.min_x, box.min_y, box.max_x, box.max_y);
}

void json_append_link(struct buffer *json, const char *rel, const char *type, const char *base,
                      const char *path)
{
    buffer_append_text(json, "{\"rel\":");
    buffer_append_json(json, rel);
    if (type) {
        buffer_append_text(json, ",\"type\":");
        buffer_append_json(json, type);
    }
    struct buffer address;
    buffer_init(&address, 4096);
    buffer_appendf(&address, "%s%s", base, path);
    buffer_append_text(json, ",\"href\":");
    buffer_append_json(json, address.bytes ? address.bytes : "");
    buffer_append_text(json, "}");
    buffer_finish(&address);
}

struct answer *json_answer(struct buffer *json, const char *content_type)
{
    if (json->is_full) {
        struct fault fault;
        buffer_finish(json);
        fault_set(&fault, FAULT_LIMIT, "the answer is too long: ask for less with bbox or limit");
        return answer_of_fault(&fault, NULL);
    }
    size_t length;
    char *bytes = buffer_take(json, &length);
    char tag[24];
    snprintf(tag, sizeof(tag), "%016" PRIx64, hash_bytes(HASH_START, bytes, length));
    struct answer *answer = answer_new_owning(200, content_type, bytes, length);
    answer_set_etag(answer, tag);
    answer_add_header(answer, "Cache-Control", "no-cache");
    return answer;
}
