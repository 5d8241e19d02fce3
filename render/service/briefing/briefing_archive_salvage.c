/*
 * briefing_archive_salvage.c - what can still be told of the briefings of a damaged register: its rows one by
 * one, as far as they can be read, then the documents that none of them speaks of.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/briefing/briefing.h"
#include "render/pdf/pdf_facts.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_page.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_news.h"
#include "render/service/briefing/briefing_rows.h"
#include "render/service/worker/order.h"

#define DOCUMENT_MOST_BYTES ((size_t)1 << 30)
#define NAME_LENGTH (BRIEFING_ID_LENGTH + 4) /* ID.pdf */

/* ---- rows ---- */

static bool is_json(const char *text)
{
    json_t *json = *text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool is_one = json != NULL || !*text;
    json_decref(json);
    return is_one;
}

static bool has_order(const struct briefing_record *record)
{
    struct order order;
    if (!*record->order) {
        return true; /* it was known by its document only before, too */
    }
    bool is_read = briefing_again_order(record, &order, NULL);
    bool is_of_it =
        is_read && strcmp(order.briefing.id, record->id) == 0 && strcmp(order.view.map, record->map) == 0;
    if (is_read) {
        order_finish(&order);
    }
    return is_of_it;
}

/** Is its document the one that it speaks of? */
static bool has_document(struct briefing_archive *archive, const struct briefing_record *record)
{
    size_t length = 0;
    char *bytes = record->is_kept ? briefing_archive_read(archive, record, &length, NULL) : NULL;
    bool is_right = !record->is_kept || (bytes && (int64_t)length == record->size_bytes);
    free(bytes);
    return is_right;
}

/** SQLite tells damaged pages by what joins them; what stands on one may be rubbish all the same. */
static bool is_sound(struct briefing_archive *archive, const struct briefing_record *record)
{
    return briefing_record_is_sound(record) && is_json(record->parts) && is_json(record->notes) &&
           has_order(record) && has_document(archive, record);
}

struct taking {
    struct briefing_archive *archive;
    bool is_good; /* all that is sound could be written */
    struct fault *fault;
};

static bool take_row(const struct briefing_record *record, void *context)
{
    struct taking *taking = context;
    struct briefing_archive *archive = taking->archive;
    if (is_sound(archive, record)) {
        taking->is_good = briefing_rows_put(&archive->file, record, taking->fault);
    }
    return taking->is_good;
}

static bool salvage_rows(struct briefing_archive *archive, const char *damaged, struct fault *fault)
{
    struct sqlite_file old;
    struct taking taking = {archive, true, fault};
    struct briefing_visitor visitor = {take_row, &taking};
    char *path = briefing_archive_path(archive, damaged);
    if (sqlite_file_open(&old, "damaged register of briefings", path, false, NULL)) {
        briefing_rows_salvage(&old, visitor);
    }
    sqlite_file_close(&old);
    free(path);
    return taking.is_good;
}

/* ---- documents ---- */

static const char *type_of(const char *ending)
{
    enum briefing_format format;
    if (strcmp(ending, "zip") == 0) {
        return "application/zip";
    }
    return briefing_format_parse(ending, &format) ? briefing_format_type(format) : NULL;
}

static void take_state(struct briefing_record *record, const struct pdf_facts *facts)
{
    struct briefing_state state;
    char revisions[MAP_VIEW_PLOT_MAX * 24] = "";
    size_t length = 0;
    if (!briefing_state_parse(facts->texts[PDF_FACT_REVISION], facts->texts[PDF_FACT_MOMENT], &state)) {
        return;
    }
    for (size_t i = 0; i < state.plot_count && length + 24 < sizeof(revisions); i++) {
        length += (size_t)snprintf(revisions + length, sizeof(revisions) - length, "%s%llu", i ? "," : "",
                                   (unsigned long long)state.revisions[i]);
    }
    record->moment_ms = state.moment_ms;
    briefing_record_set(&record->revisions, revisions);
}

/** What a document says of itself. */
static void take_facts(struct briefing_record *record, const char *bytes, size_t length)
{
    struct pdf_facts facts;
    briefing_page_facts(bytes, length, &facts);
    briefing_record_set(&record->title, facts.texts[PDF_FACT_TITLE]);
    briefing_record_set(&record->activity, facts.texts[PDF_FACT_ACTIVITY]);
    briefing_record_set(&record->checksum, facts.texts[PDF_FACT_CHECKSUM]);
    briefing_record_set(&record->template_id, facts.texts[PDF_FACT_TEMPLATE]);
    briefing_record_set(&record->marking, facts.texts[PDF_FACT_MARKING]);
    take_state(record, &facts);
}

static struct briefing_record record_of(const char *name, const char *type, const char *bytes, size_t length)
{
    struct order order;
    struct briefing_record record;
    char digits[BRIEFING_HASH_BYTES];
    order_init(&order, ORDER_BRIEFING);
    snprintf(order.briefing.id, sizeof(order.briefing.id), "%s", name);
    int64_t made_ms = briefing_id_time_ms(order.briefing.id);
    briefing_archive_hash(bytes, length, digits);
    briefing_record_init(&record, &order, made_ms);
    record.status = BRIEFING_SUCCESSFUL;
    record.finished_ms = made_ms;
    record.percent = 100;
    record.is_kept = true;
    record.size_bytes = (int64_t)length;
    if (strcmp(type, "application/pdf") != 0) {
        record.page_count = (int64_t)briefing_page_count(bytes, length);
    }
    briefing_record_set(&record.order, "");
    briefing_record_set(&record.frame, "");
    briefing_record_set(&record.file_name, name);
    briefing_record_set(&record.content_type, type);
    briefing_record_set(&record.sha256, digits);
    briefing_record_set(&record.message, "known by its document only: the register was damaged");
    take_facts(&record, bytes, length);
    order_finish(&order);
    return record;
}

static bool is_known(struct briefing_archive *archive, const char *id)
{
    struct briefing_record record;
    const char *const texts[] = {id, NULL};
    bool is_found = briefing_rows_find(&archive->file, "id = ?", texts, &record, NULL);
    if (is_found) {
        briefing_record_finish(&record);
    }
    return is_found;
}

static bool take_document(struct briefing_archive *archive, const char *name, struct fault *fault)
{
    char id[BRIEFING_ID_BYTES];
    size_t length;
    snprintf(id, sizeof(id), "%s", name);
    bool is_one = strlen(name) == NAME_LENGTH && name[BRIEFING_ID_LENGTH] == '.' && briefing_id_is_one(id);
    const char *type = is_one ? type_of(name + BRIEFING_ID_LENGTH + 1) : NULL;
    if (!type || is_known(archive, id)) {
        return true;
    }
    char *path = briefing_archive_path(archive, name);
    char *bytes = file_read(path, DOCUMENT_MOST_BYTES, &length, NULL);
    free(path);
    if (!bytes) {
        return true; /* it cannot be read any more */
    }
    struct briefing_record record = record_of(name, type, bytes, length);
    bool is_put = briefing_rows_put(&archive->file, &record, fault);
    briefing_record_finish(&record);
    free(bytes);
    return is_put;
}

bool briefing_archive_salvage(struct briefing_archive *archive, const char *damaged, struct fault *fault)
{
    bool is_good = salvage_rows(archive, damaged, fault);
    DIR *directory = opendir(archive->folder);
    for (struct dirent *entry; directory && is_good && (entry = readdir(directory));) {
        is_good = take_document(archive, entry->d_name, fault);
    }
    if (directory) {
        closedir(directory);
    }
    return is_good;
}
