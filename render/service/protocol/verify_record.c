#include "render/service/protocol/verify_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_check.h"
#include "render/service/config.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/verify_page.h"

/* "12,3" with the names of the map's plots. False: the map has gone, or shows other plots now. */
static bool read_state(const struct config *config, const struct briefing_record *record,
                       struct briefing_state *state)
{
    const struct map *map = maps_find(config->maps, record->map);
    const char *text = record->revisions;
    *state = (struct briefing_state){.moment_ms = record->moment_ms};
    for (size_t i = 0; map && i < map->item_count; i++) {
        const char *plot = map->items[i].plot;
        if (!plot) {
            continue;
        }
        char *end;
        if (state->plot_count == MAP_VIEW_PLOT_MAX || *text < '0' || *text > '9') {
            return false;
        }
        state->revisions[state->plot_count] = strtoull(text, &end, 10);
        snprintf(state->plots[state->plot_count++], sizeof state->plots[0], "%s", plot);
        text = *end == ',' ? end + 1 : end;
    }
    return state->plot_count > 0 && *text == '\0';
}

static void read_news(const struct config *config, struct verify_record *record)
{
    if (!read_state(config, &record->record, &record->state)) {
        fault_set(&record->news_fault, FAULT_NOT_FOUND, "map '%s' is not there any more, or has other plots",
                  record->record.map);
        return;
    }
    record->has_news = briefing_news_read(config->store_path, &record->state, moment_now_ms(), &record->news,
                                          &record->news_fault);
}

bool verify_record_read(const struct config *config, struct briefing_archive *archive, const char *id,
                        struct verify_record *record, struct fault *fault)
{
    *record = (struct verify_record){.has_news = false};
    if (!briefing_archive_find(archive, id, &record->record, fault)) {
        return false;
    }
    if (record->record.status != BRIEFING_SUCCESSFUL) {
        return true;
    }
    read_news(config, record);
    record->knows_newer = briefing_archive_find_newer(archive, &record->record, record->newer_id);
    return true;
}

void verify_record_finish(struct verify_record *record)
{
    briefing_record_finish(&record->record);
}

static void write_revisions(const struct briefing_state *state, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < state->plot_count && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%s %" PRIu64, i ? "; " : "", state->plots[i],
                                 state->revisions[i]);
    }
}

static void add_rows(const struct verify_record *record, struct verify_page *page, struct verify_texts *texts)
{
    const struct briefing_record *made = &record->record;
    write_revisions(&record->state, texts->revision, sizeof texts->revision);
    texts->moment[0] = '\0';
    if (made->moment_ms != MOMENT_NONE) {
        moment_format_local(made->moment_ms, texts->moment);
    }
    verify_page_add(page, VERIFY_LABEL_ID, made->id);
    verify_page_add(page, VERIFY_LABEL_TITLE, made->title);
    verify_page_add(page, VERIFY_LABEL_MAP, made->map);
    verify_page_add(page, VERIFY_LABEL_ACTIVITY, made->activity);
    verify_page_add(page, VERIFY_LABEL_MOMENT, texts->moment);
    verify_page_add(page, VERIFY_LABEL_REVISION, texts->revision);
    verify_page_add(page, VERIFY_LABEL_MADE, moment_format_local(made->created_ms, texts->made));
    verify_page_add(page, VERIFY_LABEL_MARKING, made->marking);
    verify_page_add(page, VERIFY_LABEL_CHECKSUM, made->checksum);
    verify_page_add(page, VERIFY_LABEL_TEMPLATE, made->template_id);
    verify_page_add(page, VERIFY_LABEL_ORGANISATION, made->organisation);
}

void verify_record_describe(const struct verify_record *record, struct verify_page *page,
                            struct verify_texts *texts)
{
    bool is_made = record->record.status == BRIEFING_SUCCESSFUL;
    page->has_answer = true;
    page->level = is_made ? VERIFY_LEVEL_GOOD : VERIFY_LEVEL_DOUBT;
    page->headline = verify_word(is_made ? VERIFY_KNOWN : VERIFY_UNFINISHED, page->language);
    page->sentence = is_made ? verify_word(VERIFY_KNOWN_MORE, page->language) : NULL;
    page->tells_news = is_made;
    page->news = record->has_news ? &record->news : NULL;
    page->newer_id = record->newer_id[0] ? record->newer_id : NULL;
    page->map = record->record.map;
    add_rows(record, page, texts);
}

static void append_field(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, ",\"%s\":", name);
    buffer_append_json(json, text);
}

void verify_record_write_json(const struct verify_record *record, struct buffer *json)
{
    const struct briefing_record *made = &record->record;
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, made->id);
    append_field(json, "status", briefing_status_name(made->status));
    append_field(json, "map", made->map);
    append_field(json, "template", made->template_id);
    append_field(json, "organisation", made->organisation);
    append_field(json, "revisions", made->revisions);
    append_field(json, "sha256", made->sha256);
    append_field(json, "checksum", made->checksum);
    buffer_append_text(json, ",\"moment\":");
    json_append_moment(json, made->moment_ms);
    buffer_append_text(json, ",\"made\":");
    json_append_moment(json, made->created_ms);
    if (record->knows_newer) {
        append_field(json, "newerBriefing", record->newer_id);
    } else {
        buffer_append_text(json, ",\"newerBriefing\":null");
    }
    buffer_append_text(json, ",\"news\":");
    if (record->has_news) {
        briefing_news_write_json(&record->news, json);
    } else {
        buffer_append_text(json, "null");
        append_field(json, "news_unknown", record->news_fault.message);
    }
    buffer_append_text(json, "}\n");
}
