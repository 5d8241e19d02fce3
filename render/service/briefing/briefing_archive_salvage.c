/*
 * briefing_archive_salvage.c - what can still be told of the briefings of a damaged register: its rows one by
 * one, as far as they can be read, then the documents that none of them speaks of.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_documents.h"
#include "render/service/briefing/briefing_rows.h"
#include "render/service/worker/order.h"

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
static bool has_document(const struct briefing_documents *documents, const struct briefing_record *record)
{
    char name[BRIEFING_DOCUMENT_NAME_BYTES];
    briefing_archive_document_name(record, name);
    const struct briefing_record *document = briefing_documents_find(documents, name);
    return !record->is_kept || (document && document->size_bytes == record->size_bytes &&
                                strcmp(document->sha256, record->sha256) == 0);
}

/** SQLite tells damaged pages by what joins them; what stands on one may be rubbish all the same. */
static bool is_sound(const struct briefing_documents *documents, const struct briefing_record *record)
{
    return briefing_record_is_sound(record) && is_json(record->parts) && is_json(record->notes) &&
           has_order(record) && has_document(documents, record);
}

struct taking {
    struct briefing_archive *archive;
    const struct briefing_documents *documents;
    bool is_good; /* all that is sound could be written */
    struct fault *fault;
};

static bool take_row(const struct briefing_record *record, void *context)
{
    struct taking *taking = context;
    if (is_sound(taking->documents, record)) {
        taking->is_good = briefing_rows_put(&taking->archive->file, record, taking->fault);
    }
    return taking->is_good;
}

static void salvage_rows(struct taking *taking, const char *damaged)
{
    struct sqlite_file old;
    struct briefing_visitor visitor = {take_row, taking};
    char *path = briefing_archive_path(taking->archive, damaged);
    if (sqlite_file_open(&old, "damaged register of briefings", path, false, NULL)) {
        briefing_rows_salvage(&old, visitor);
    }
    sqlite_file_close(&old);
    free(path);
}

/* ---- documents ---- */

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

static bool take_documents(struct briefing_archive *archive, const struct briefing_documents *documents,
                           struct fault *fault)
{
    for (size_t i = 0; i < briefing_documents_count(documents); i++) {
        const struct briefing_record *record = briefing_documents_at(documents, i);
        if (!is_known(archive, record->id) && !briefing_rows_put(&archive->file, record, fault)) {
            return false;
        }
    }
    return true;
}

bool briefing_archive_salvage(struct briefing_archive *archive, const char *damaged,
                              struct briefing_documents *documents, struct fault *fault)
{
    struct taking taking = {archive, documents, true, fault};
    briefing_documents_renew(documents);
    salvage_rows(&taking, damaged);
    return taking.is_good && take_documents(archive, documents, fault);
}
