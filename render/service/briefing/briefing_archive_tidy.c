/*
 * briefing_archive_tidy.c - what goes to make room, and what a process that was killed left behind. Rows are
 * changed first, files removed after: a file without a row is swept up next time.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_rows.h"

#define STRAY_AGE_S 3600 /* a younger one may be about to get its row */

/** Records that were looked at one after the other, and those of them that are meant. */
struct gathering {
    struct briefing_record *records; /* owned */
    size_t count;
    int64_t bytes;
    int64_t most_bytes;
};

static void gather(struct gathering *gathering, const struct briefing_record *record)
{
    gathering->records = memory_resize(gathering->records, gathering->count + 1, sizeof(*gathering->records));
    briefing_record_copy(&gathering->records[gathering->count++], record);
}

static void gathering_finish(struct gathering *gathering)
{
    for (size_t i = 0; i < gathering->count; i++) {
        briefing_record_finish(&gathering->records[i]);
    }
    free(gathering->records);
}

static bool gather_every(const struct briefing_record *record, void *context)
{
    gather(context, record);
    return true;
}

/** Newest first: the first stays, and the others as long as there is room. */
static bool gather_overflow(const struct briefing_record *record, void *context)
{
    struct gathering *gathering = context;
    bool is_newest = gathering->bytes == 0;
    gathering->bytes += record->size_bytes;
    if (!is_newest && gathering->bytes > gathering->most_bytes) {
        gather(gathering, record);
    }
    return true;
}

/** What is older is forgotten. Its documents are gathered. */
static bool forget_old(struct briefing_archive *archive, int64_t before_ms, struct gathering *gone,
                       struct fault *fault)
{
    char sql[120];
    struct briefing_visitor visitor = {gather_every, gone};
    snprintf(sql, sizeof(sql), "DELETE FROM briefings WHERE status > %d AND created_ms < %lld",
             BRIEFING_RUNNING, (long long)before_ms);
    return briefing_rows_select(&archive->file, "is_kept AND status > 1 AND created_ms < ?", before_ms,
                                visitor, fault) &&
           sqlite_file_run(&archive->file, sql, fault);
}

static bool make_room(struct briefing_archive *archive, int64_t most_bytes, struct gathering *gone,
                      struct fault *fault)
{
    struct gathering overflow = {.most_bytes = most_bytes};
    struct briefing_visitor visitor = {gather_overflow, &overflow};
    bool is_good = briefing_rows_select(&archive->file, "is_kept = ? ORDER BY id DESC", 1, visitor, fault);
    for (size_t i = 0; is_good && i < overflow.count; i++) {
        gather(gone, &overflow.records[i]);
        overflow.records[i].is_kept = false;
        is_good = briefing_rows_put(&archive->file, &overflow.records[i], fault);
    }
    gathering_finish(&overflow);
    return is_good;
}

bool briefing_archive_tidy(struct briefing_archive *archive, const struct briefing_limits *limits,
                           int64_t now_ms, struct fault *fault)
{
    struct gathering gone = {0};
    if (!briefing_archive_begin(archive, fault)) {
        return false;
    }
    bool is_good = limits->age_ms == 0 || forget_old(archive, now_ms - limits->age_ms, &gone, fault);
    is_good = is_good && make_room(archive, limits->document_bytes, &gone, fault);
    is_good = briefing_archive_end(archive, is_good, fault);
    for (size_t i = 0; is_good && i < gone.count; i++) {
        briefing_archive_remove(archive, &gone.records[i]);
    }
    gathering_finish(&gone);
    return is_good;
}

/* ---- what was left behind ---- */

/** A document, or half of one, that no row speaks of. */
static bool is_stray(struct briefing_archive *archive, const char *name)
{
    char id[BRIEFING_ID_BYTES];
    char path[4096];
    struct stat status;
    struct briefing_record record;
    snprintf(id, sizeof(id), "%s", name);
    int length = snprintf(path, sizeof(path), "%s/%s", archive->folder, name);
    if (!briefing_id_is_one(id) || length >= (int)sizeof(path) || stat(path, &status) != 0 ||
        time(NULL) - status.st_mtime < STRAY_AGE_S) {
        return false;
    }
    if (!briefing_archive_find(archive, id, &record, NULL)) {
        return true;
    }
    bool is_kept = record.is_kept;
    briefing_record_finish(&record);
    return !is_kept;
}

static void sweep_strays(struct briefing_archive *archive)
{
    DIR *directory = opendir(archive->folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (is_stray(archive, entry->d_name)) {
            unlinkat(dirfd(directory), entry->d_name, 0);
        }
    }
    if (directory) {
        closedir(directory);
    }
}

bool briefing_archive_end_interrupted(struct briefing_archive *archive, int64_t now_ms, struct fault *fault)
{
    struct gathering open = {0};
    struct briefing_visitor visitor = {gather_every, &open};
    if (!briefing_archive_begin(archive, fault)) {
        return false;
    }
    bool is_good = briefing_rows_select(&archive->file, "is_of_service AND status < ?", BRIEFING_SUCCESSFUL,
                                        visitor, fault);
    for (size_t i = 0; is_good && i < open.count; i++) {
        struct briefing_record *record = &open.records[i];
        record->status = BRIEFING_FAILED;
        record->code = FAULT_UNAVAILABLE;
        record->finished_ms = now_ms;
        record->updated_ms = now_ms;
        briefing_record_set(&record->message, "the service ended while this was waiting or being made");
        is_good = briefing_rows_put(&archive->file, record, fault);
    }
    is_good = briefing_archive_end(archive, is_good, fault);
    gathering_finish(&open);
    sweep_strays(archive);
    return is_good;
}
