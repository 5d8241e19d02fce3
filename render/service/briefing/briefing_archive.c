/*
 * briefing_archive.c - one connection behind one lock, and a lock file for all processes.
 *
 * A document is written and synced before its row says that it is kept, so a row never promises what is not
 * there. SQLite 3.40 can lose rows when one connection resets the log while another writes to it; therefore
 * whoever writes, checkpoints or closes holds the lock file, and reads need nothing.
 */
#include "render/service/briefing/briefing_archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/pdf/pdf_facts.h"
#include "render/pdf/seal_key.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_rows.h"

#define DOCUMENT_MOST_BYTES ((size_t)1 << 30)
#define LOCK_MOST_MS 5000
#define LOCK_TURN_MS 5

/* ---- who may write ---- */

static bool take_lock_file(const struct briefing_archive *archive, struct fault *fault)
{
    int64_t until_ms = monotonic_now_ms() + LOCK_MOST_MS;
    while (flock(archive->lock_file, LOCK_EX | LOCK_NB) != 0) {
        if (monotonic_now_ms() > until_ms) {
            fault_set(fault, FAULT_CONFLICT, "the archive of briefings '%s' is held by another process",
                      archive->folder);
            return false;
        }
        nanosleep(&(struct timespec){.tv_nsec = LOCK_TURN_MS * 1000000L}, NULL);
    }
    return true;
}

static void give_lock_file(const struct briefing_archive *archive)
{
    flock(archive->lock_file, LOCK_UN);
}

bool briefing_archive_begin(struct briefing_archive *archive, struct fault *fault)
{
    pthread_mutex_lock(&archive->lock);
    if (!take_lock_file(archive, fault)) {
        pthread_mutex_unlock(&archive->lock);
        return false;
    }
    if (!sqlite_file_begin(&archive->file, fault)) {
        give_lock_file(archive);
        pthread_mutex_unlock(&archive->lock);
        return false;
    }
    return true;
}

bool briefing_archive_end(struct briefing_archive *archive, bool is_good, struct fault *fault)
{
    is_good = is_good && sqlite_file_commit(&archive->file, fault);
    if (!is_good) {
        sqlite_file_give_up(&archive->file);
    }
    give_lock_file(archive);
    pthread_mutex_unlock(&archive->lock);
    return is_good;
}

/* ---- opening and closing ---- */

static bool make_folder(const char *path, struct fault *fault)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (slash && slash > path) {
        snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path), path);
        mkdir(parent, 0777); /* whether it is there shows in the next line */
    }
    if (mkdir(path, 0777) == 0 || errno == EEXIST) {
        return true;
    }
    fault_set(fault, FAULT_UNAVAILABLE, "the folder '%s' for briefings cannot be made: %s", path,
              strerror(errno));
    return false;
}

static char *path_in(const struct briefing_archive *archive, const char *name)
{
    size_t length = strlen(archive->folder) + strlen(name) + 2;
    char *path = memory_new(length, 1);
    snprintf(path, length, "%s/%s", archive->folder, name);
    return path;
}

/** A file that is there to be locked only; -1 on fault. */
static int open_lock_file(const struct briefing_archive *archive, const char *name, struct fault *fault)
{
    char *path = path_in(archive, name);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "'%s' cannot be opened: %s", path, strerror(errno));
    }
    free(path);
    return file;
}

bool briefing_archive_lead(struct briefing_archive *archive)
{
    if (archive->lead_file < 0) {
        archive->lead_file = open_lock_file(archive, "lead", NULL);
    }
    return archive->lead_file >= 0 && flock(archive->lead_file, LOCK_EX | LOCK_NB) == 0;
}

static bool open_register(struct briefing_archive *archive, struct fault *fault)
{
    char *path = path_in(archive, "briefings.sqlite");
    bool is_open = take_lock_file(archive, fault);
    if (is_open) {
        is_open =
            sqlite_file_open(&archive->file, "register of briefings", path, true, fault) &&
            sqlite_file_run(&archive->file, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", fault) &&
            briefing_rows_prepare(&archive->file, fault);
        give_lock_file(archive);
    }
    free(path);
    return is_open;
}

struct briefing_archive *briefing_archive_open(const char *folder, struct fault *fault)
{
    struct briefing_archive *archive = memory_new(1, sizeof(*archive));
    archive->folder = memory_copy_text(folder);
    archive->lead_file = -1;
    pthread_mutex_init(&archive->lock, NULL);
    bool is_made = make_folder(folder, fault);
    archive->lock_file = is_made ? open_lock_file(archive, "lock", fault) : -1;
    if (archive->lock_file < 0 || !open_register(archive, fault)) {
        briefing_archive_close(archive);
        return NULL;
    }
    return archive;
}

/** The last one who closes a register checkpoints it, so that needs the lock file too. */
void briefing_archive_close(struct briefing_archive *archive)
{
    if (!archive) {
        return;
    }
    bool is_held = archive->lock_file >= 0 && take_lock_file(archive, NULL);
    sqlite_file_close(&archive->file);
    if (is_held) {
        give_lock_file(archive);
    }
    if (archive->lock_file >= 0) {
        close(archive->lock_file);
    }
    if (archive->lead_file >= 0) {
        close(archive->lead_file);
    }
    pthread_mutex_destroy(&archive->lock);
    free(archive->folder);
    free(archive);
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

/** "FOLDER/ID.pdf"; only ever called with ids of our own making. Owned. */
static char *document_path(const struct briefing_archive *archive, const struct briefing_record *record)
{
    const char *dot = strrchr(record->file_name, '.');
    char name[64];
    snprintf(name, sizeof(name), "%.26s.%.8s", record->id, dot ? dot + 1 : "pdf");
    return path_in(archive, name);
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

bool briefing_archive_put(struct briefing_archive *archive, const struct briefing_record *record,
                          struct fault *fault)
{
    if (!briefing_archive_begin(archive, fault)) {
        return false;
    }
    return briefing_archive_end(archive, briefing_rows_put(&archive->file, record, fault), fault);
}

/** What stands on its pages is known also when the document has gone. Only a PDF says it of itself. */
static void take_facts(struct briefing_record *record, const char *bytes, size_t length)
{
    struct pdf_facts facts;
    pdf_facts_read(bytes, length, &facts);
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

static bool find(struct briefing_archive *archive, const char *where, const char *const texts[],
                 struct briefing_record *record, struct fault *fault)
{
    pthread_mutex_lock(&archive->lock);
    bool is_found = briefing_rows_find(&archive->file, where, texts, record, fault);
    pthread_mutex_unlock(&archive->lock);
    return is_found;
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

bool briefing_archive_last_due(struct briefing_archive *archive, const char *schedule,
                               struct briefing_record *record, struct fault *fault)
{
    const char *const texts[] = {schedule, NULL};
    return find(archive, "schedule = ? ORDER BY due_ms DESC LIMIT 1", texts, record, fault);
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

bool briefing_archive_list(struct briefing_archive *archive, const struct briefing_filter *filter,
                           bool (*visit)(const struct briefing_record *record, void *context), void *context,
                           struct fault *fault)
{
    struct briefing_visitor visitor = {visit, context};
    pthread_mutex_lock(&archive->lock);
    bool is_listed = briefing_rows_list(&archive->file, filter, visitor, fault);
    pthread_mutex_unlock(&archive->lock);
    return is_listed;
}
