/*
 * json_text.h - pieces of JSON that several answers hold.
 */
#ifndef RENDER_SERVICE_JSON_TEXT_H
#define RENDER_SERVICE_JSON_TEXT_H

#include <stdint.h>

#include "geo/bbox.h"

struct answer;
struct buffer;
struct multilingual;

/** {"nl":"…","en":"…"}: the languages that there are. */
void json_append_multilingual(struct buffer *json, const struct multilingual *text);

/** "2026-09-15T10:30:00Z", or null for MOMENT_NONE. */
void json_append_moment(struct buffer *json, int64_t moment_ms);

/** [west,south,east,north] with 6 decimals; null for an empty box. */
void json_append_bbox(struct buffer *json, struct bbox box);

/** {"rel":…,"type":…,"href":base + path}; type NULL: it is not known, and not said. */
void json_append_link(struct buffer *json, const char *rel, const char *type, const char *base,
                      const char *path);

/** 200 with the buffer's bytes (taken over), an ETag of them, and Cache-Control: no-cache. LIMIT when it was
 * full. */
struct answer *json_answer(struct buffer *json, const char *content_type);

#endif
