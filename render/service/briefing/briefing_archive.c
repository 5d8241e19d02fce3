/*
 * briefing_archive.c - one connection behind one lock, and a lock file for all processes.
 *
 * A document is written and synced before its row says that it is kept, so a row never promises what is not
 * there.
 */
#include "render/service/briefing/briefing_archive.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/pdf/pdf_facts.h"
#include "render/pdf/seal_key.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_page.h"
#include "render/service/briefing/briefing_rows.h"

#define DOCUMENT_MOST_BYTES ((size_t)1 << 30)

/** A register that is damaged is no mistake of who asks. Always false. */
static bool say_damage(struct fault *fault)
{
    if (fault && fault->code == FAULT_INPUT) {
        fault->code = FAULT_UNAVAILABLE;
    }
    return false;
}

static bool is_damaged(const struct briefing_archive *archive)
{
    return archive->file.database && sqlite_file_is_damaged(&archive->file);
}

bool briefing_archive_begin(struct briefing_archive *archive, struct fault *fault)
{
    pthread_mutex_lock(&archive->lock);
    if (!briefing_archive_lock(archive, fault)) {
        pthread_mutex_unlock(&archive->lock);
        return false;
    }
    struct fault why;
    bool has_begun = briefing_archive_renew(archive, &why) && sqlite_file_begin(&archive->file, &why);
    if (!has_begun && is_damaged(archive)) {
        has_begun =
            briefing_archive_mend(archive, why.message, &why) && sqlite_file_begin(&archive->file, &why);
    }
    if (!has_begun) {
        *fault = why;
        briefing_archive_unlock(archive);
        pthread_mutex_unlock(&archive->lock);
        return say_damage(fault);
    }
    return true;
}

bool briefing_archive_end(struct briefing_archive *archive, bool is_good, struct fault *fault)
{
    is_good = is_good && sqlite_file_commit(&archive->file, fault);
    bool was_damaged = !is_good && is_damaged(archive);
    if (!is_good) {
        sqlite_file_give_up(&archive->file);
    }
    if (was_damaged) {
        struct fault ignored;
        briefing_archive_mend(archive, fault->message, &ignored);
    }
    briefing_archive_unlock(archive);
    pthread_mutex_unlock(&archive->lock);
    return is_good || say_damage(fault);
}

/* ---- documents ---- */

void briefing_archive_hash(const char *bytes, size_t length, char digits[static BRIEFING_HASH_BYTES])
{
    unsigned char digest[SEAL_KEY_DIGEST_BYTES] = {0};
    struct seal_key_run run = {bytes, length};
    if (!seal_key_digest(&run, 1, digest)) {
        digits[0] = '\0';
        return;
    }
    for (size_t i = 0; i < sizeof(digest); i++) {
        snprintf(digits + 2 * i, 3, "%02x", digest[i]);
    }
}

void briefing_archive_document_name(const struct briefing_record *record,
                                    char name[static BRIEFING_DOCUMENT_NAME_BYTES])
{
    const char *dot = strrchr(record->file_name, '.');
    snprintf(name, BRIEFING_DOCUMENT_NAME_BYTES, "%.26s.%.8s", record->id, dot ? dot + 1 : "pdf");
}

/** "FOLDER/ID.pdf"; only ever called with ids of our own making. Owned. */
static char *document_path(const struct briefing_archive *archive, const struct briefing_record *record)
{
    char name[BRIEFING_DOCUMENT_NAME_BYTES];
    briefing_archive_document_name(record, name);
    return briefing_archive_path(archive, name);
}

char *briefing_archive_read(struct briefing_archive *archive, const struct briefing_record *record,
                            size_t *length, struct fault *fault)
{
    if (!record->is_kept) {
        fault_set(fault, FAULT_NOT_FOUND, "the document of briefing '%s' is no longer kept", record->id);
        return NULL;
    }
    char *path = document_path(archive, record);
    char *bytes = file_read(path, DOCUMENT_MOST_BYTES, length, fault);
    free(path);
    char digits[BRIEFING_HASH_BYTES];
    if (bytes) {
        briefing_archive_hash(bytes, *length, digits);
    }
    if (bytes && strcmp(digits, record->sha256) != 0) {
        free(bytes);
        bytes = NULL;
    }
    if (!bytes) {
        fault_set(fault, FAULT_NOT_FOUND, "the document of briefing '%s' is damaged or gone", record->id);
    }
    return bytes;
}

void briefing_archive_remove(struct briefing_archive *archive, const struct briefing_record *record)
{
    char *path = document_path(archive, record);
    unlink(path);
    free(path);
}

static bool put(struct briefing_archive *archive, const struct briefing_record *record, struct fault *fault)
{
    if (!briefing_archive_begin(archive, fault)) {
        return false;
    }
    return briefing_archive_end(archive, briefing_rows_put(&archive->file, record, fault), fault);
}

bool briefing_archive_put(struct briefing_archive *archive, const struct briefing_record *record,
                          struct fault *fault)
{
    unsigned before = archive->mend_count;
    return put(archive, record, fault) || (archive->mend_count != before && put(archive, record, fault));
}

/** What stands on its pages is known also when the document has gone. */
static void take_facts(struct briefing_record *record, const char *bytes, size_t length)
{
    struct pdf_facts facts;
    briefing_page_facts(bytes, length, &facts);
    if (facts.texts[PDF_FACT_TITLE][0]) {
        briefing_record_set(&record->title, facts.texts[PDF_FACT_TITLE]);
    }
    briefing_record_set(&record->activity, facts.texts[PDF_FACT_ACTIVITY]);
    briefing_record_set(&record->checksum, facts.texts[PDF_FACT_CHECKSUM]);
}

bool briefing_archive_keep(struct briefing_archive *archive, struct briefing_record *record,
                           const char *bytes, size_t length, struct fault *fault)
{
    char digits[BRIEFING_HASH_BYTES];
    struct fault why;
    briefing_archive_hash(bytes, length, digits);
    briefing_record_set(&record->sha256, digits);
    record->size_bytes = (int64_t)length;
    take_facts(record, bytes, length);
    char *path = document_path(archive, record);
    record->is_kept = file_write(path, bytes, length, &why);
    free(path);
    if (!record->is_kept) {
        fault_prefix(&why, "the document could not be kept, and is made again when it is asked for: ");
    }
    briefing_record_set(&record->message, record->is_kept ? "" : why.message);
    return briefing_archive_put(archive, record, fault);
}

bool briefing_archive_drop(struct briefing_archive *archive, struct briefing_record *record,
                           struct fault *fault)
{
    record->is_kept = false;
    if (!briefing_archive_put(archive, record, fault)) {
        return false;
    }
    briefing_archive_remove(archive, record);
    return true;
}

/* ---- finding ---- */

/** is_bad: out, it cannot be read because of damage. */
static bool find_once(struct briefing_archive *archive, const char *where, const char *const texts[],
                      struct briefing_record *record, bool *is_bad, struct fault *fault)
{
    bool is_found = briefing_rows_find(&archive->file, where, texts, record, fault);
    *is_bad = is_found ? !briefing_record_is_sound(record) : is_damaged(archive);
    if (is_found && *is_bad) {
        briefing_record_finish(record);
        fault_set(fault, FAULT_UNAVAILABLE, "a row of the register of briefings is damaged");
    }
    return is_found && !*is_bad;
}

static bool find(struct briefing_archive *archive, const char *where, const char *const texts[],
                 struct briefing_record *record, struct fault *fault)
{
    struct fault why;
    bool is_bad = false;
    pthread_mutex_lock(&archive->lock);
    bool is_found = briefing_archive_renew_to_read(archive, &why) &&
                    find_once(archive, where, texts, record, &is_bad, &why);
    if (is_bad && briefing_archive_mend_after(archive, &why)) {
        is_found = find_once(archive, where, texts, record, &is_bad, &why);
    }
    pthread_mutex_unlock(&archive->lock);
    if (!is_found && fault) {
        *fault = why;
    }
    return is_found || say_damage(fault);
}

bool briefing_archive_find(struct briefing_archive *archive, const char *id, struct briefing_record *record,
                           struct fault *fault)
{
    const char *const texts[] = {id, NULL};
    return find(archive, "id = ?", texts, record, fault);
}

bool briefing_archive_by_hash(struct briefing_archive *archive, const char *sha256,
                              struct briefing_record *record, struct fault *fault)
{
    const char *const texts[] = {sha256, NULL};
    return find(archive, "sha256 = ? ORDER BY id LIMIT 1", texts, record, fault);
}

/* 2 is BRIEFING_SUCCESSFUL. */
bool briefing_archive_previous(struct briefing_archive *archive, const struct briefing_series *series,
                               const char *before, struct briefing_record *record, struct fault *fault)
{
    const char *const texts[] = {series->map, series->template_id, series->frame, before, NULL};
    _Static_assert(BRIEFING_SUCCESSFUL == 2, "the number in the words of SQL");
    return find(archive,
                "map = ? AND template = ? AND frame = ?3 AND (?4 = '' OR id < ?4) AND status = 2 "
                "ORDER BY id DESC LIMIT 1",
                texts, record, fault);
}

void briefing_archive_find_predecessor(struct briefing_archive *archive, struct briefing_record *record)
{
    struct briefing_record before;
    struct briefing_series series = {record->map, record->template_id, record->frame};
    if (briefing_archive_previous(archive, &series, record->id, &before, NULL)) {
        briefing_record_set(&record->predecessor, before.id);
        briefing_record_finish(&before);
    }
}

bool briefing_archive_find_newer(struct briefing_archive *archive, const struct briefing_record *record,
                                 char newer_id[static BRIEFING_ID_BYTES])
{
    struct briefing_record last;
    struct briefing_series series = {record->map, record->template_id, record->frame};
    bool is_known = record->frame[0] && briefing_archive_previous(archive, &series, "", &last, NULL);
    newer_id[0] = '\0';
    if (!is_known) {
        return false;
    }
    if (strcmp(last.id, record->id) > 0) {
        snprintf(newer_id, BRIEFING_ID_BYTES, "%s", last.id);
    }
    briefing_record_finish(&last);
    return true;
}

bool briefing_archive_last_due(struct briefing_archive *archive, const char *schedule, int64_t until_ms,
                               struct briefing_record *record, struct fault *fault)
{
    char until[24];
    snprintf(until, sizeof(until), "%" PRId64, until_ms);
    const char *const texts[] = {schedule, until, NULL};
    return find(archive, "schedule = ? AND due_ms <= CAST(? AS INTEGER) ORDER BY due_ms DESC LIMIT 1", texts,
                record, fault);
}

void briefing_filter_init(struct briefing_filter *filter, int64_t now_ms)
{
    *filter = (struct briefing_filter){.statuses = (1u << BRIEFING_STATUS_COUNT) - 1,
                                       .created_from_ms = INT64_MIN,
                                       .created_until_ms = INT64_MAX,
                                       .most_duration_ms = INT64_MAX,
                                       .now_ms = now_ms,
                                       .limit = INT_MAX};
}

/* How far a list came, so that it can go on where the register was found to be damaged. */
struct listing {
    const struct briefing_filter *filter;
    struct briefing_visitor visitor;
    int count;
    char last_id[BRIEFING_ID_BYTES]; /* that was visited; "": none */
    bool is_bad;                     /* a row ended in rubbish */
};

static bool visit_sound(const struct briefing_record *record, void *context)
{
    struct listing *listing = context;
    listing->is_bad = !briefing_record_is_sound(record);
    if (listing->is_bad) {
        return false;
    }
    listing->count++;
    snprintf(listing->last_id, sizeof(listing->last_id), "%s", record->id);
    return listing->visitor.visit(record, listing->visitor.context);
}

/** Those that were not visited yet. */
static bool list_rest(struct briefing_archive *archive, struct listing *listing, struct fault *fault)
{
    struct briefing_filter rest = *listing->filter;
    struct briefing_visitor visitor = {visit_sound, listing};
    if (listing->last_id[0]) {
        rest.before = listing->last_id;
        rest.limit -= listing->count;
    }
    listing->is_bad = false;
    if (!briefing_rows_list(&archive->file, &rest, visitor, fault)) {
        return false;
    }
    if (listing->is_bad) {
        fault_set(fault, FAULT_UNAVAILABLE, "a row of the register of briefings is damaged");
    }
    return !listing->is_bad;
}

bool briefing_archive_list(struct briefing_archive *archive, const struct briefing_filter *filter,
                           bool (*visit)(const struct briefing_record *record, void *context), void *context,
                           struct fault *fault)
{
    struct listing listing = {.filter = filter, .visitor = {visit, context}};
    struct fault why;
    pthread_mutex_lock(&archive->lock);
    bool is_listed = briefing_archive_renew_to_read(archive, &why) && list_rest(archive, &listing, &why);
    bool is_bad = !is_listed && (listing.is_bad || is_damaged(archive));
    if (is_bad && briefing_archive_mend_after(archive, &why)) {
        is_listed = list_rest(archive, &listing, &why);
    }
    pthread_mutex_unlock(&archive->lock);
    if (!is_listed && fault) {
        *fault = why;
    }
    return is_listed || say_damage(fault);
}
