/*
 * briefing_check.h - is a file a briefing of ours, as it left us, and has anything happened since? For
 * `plottafel verify` and the page at /verify.
 */
#ifndef RENDER_SERVICE_BRIEFING_CHECK_H
#define RENDER_SERVICE_BRIEFING_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/fault.h"
#include "render/pdf/pdf_facts.h"
#include "render/pdf/pdf_seal.h"
#include "render/service/briefing/briefing_id.h"
#include "render/service/briefing/briefing_news.h"

struct briefing_archive;
struct buffer;
struct seal_key;

struct briefing_check {
    struct pdf_seal_finding seal;
    struct pdf_facts facts; /* as true as the seal */
    bool has_news;          /* else news_fault says why it is not known */
    struct briefing_news news;
    struct fault news_fault;
    bool knows_newer;                 /* false: no archive was asked, or it does not know the briefing */
    char newer_id[BRIEFING_ID_BYTES]; /* of the same map, template and frame, made later; "": there is none */
};

/** What a file is compared with. */
struct briefing_check_against {
    const struct seal_key *key; /* that is trusted; NULL: none */
    const char *store_path;     /* NULL: not at hand */
    int64_t now_ms;
};

/** News are looked for only where the seal is right: what else a file says is not to be believed. */
void briefing_check_file(const char *bytes, size_t length, const struct briefing_check_against *against,
                         struct briefing_check *check);

/** Looks for a newer briefing; only where the seal is right. In the thread that has the archive. */
void briefing_check_find_newer(struct briefing_check *check, struct briefing_archive *archive);

/** As lines for a terminal, and as a JSON object. */
void briefing_check_write_text(const struct briefing_check *check, struct buffer *text);
void briefing_check_write_json(const struct briefing_check *check, struct buffer *json);

/** A line for a terminal: of the situation (NULL: nobody knows, and the fault says why) and of the briefing
 * (NULL: nobody knows, "": there is none). */
void briefing_news_write_text(const struct briefing_news *news, const struct fault *fault,
                              struct buffer *text);
void briefing_newer_write_text(const char *newer_id, struct buffer *text);

/** "news": null or an object, without the name before it. */
void briefing_news_write_json(const struct briefing_news *news, struct buffer *json);

#endif
