/*
 * verify_record.h - what is known of a briefing by its id, for whoever holds it on paper.
 */
#ifndef RENDER_SERVICE_VERIFY_RECORD_H
#define RENDER_SERVICE_VERIFY_RECORD_H

#include <stdbool.h>

#include "geo/base/fault.h"
#include "render/service/briefing/briefing_news.h"
#include "render/service/briefing/briefing_record.h"

struct briefing_archive;
struct buffer;
struct config;
struct verify_page;

struct verify_record {
    struct briefing_record record;
    struct briefing_state state;
    bool has_news; /* else news_fault says why it is not known */
    struct briefing_news news;
    struct fault news_fault;
    bool knows_newer;
    char newer_id[BRIEFING_ID_BYTES]; /* the last one of the same map, template and frame; "": this is it */
};

/** In the thread that has the archive. NOT_FOUND: there is no such id. */
bool verify_record_read(const struct config *config, struct briefing_archive *archive, const char *id,
                        struct verify_record *record, struct fault *fault);
void verify_record_finish(struct verify_record *record);

/** Room for texts of a page. */
struct verify_texts {
    char moment[32];
    char made[32];
    char revision[MAP_VIEW_PLOT_MAX * 96];
};

/** Fills in the page, which borrows from record and texts. */
void verify_record_describe(const struct verify_record *record, struct verify_page *page,
                            struct verify_texts *texts);
void verify_record_write_json(const struct verify_record *record, struct buffer *json);

#endif
