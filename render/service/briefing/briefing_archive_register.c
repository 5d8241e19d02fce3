/*
 * briefing_archive_register.c - the register is opened, found to be damaged, and begun anew with all that can
 * be told of what it held.
 *
 * The new one is written beside the damaged one and takes its place when it is whole: where that fails, for
 * want of room on the disk, nothing is lost and it is tried again. The damaged one gets another name and is
 * kept. All documents are read and hashed first, without the lock of all processes. Of two processes the
 * first that has it does the rest; the other finds another file in its place and opens that.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_documents.h"
#include "render/service/briefing/briefing_rows.h"

#define REGISTER "briefings.sqlite"
#define MENDED REGISTER ".mended"

/** Which file has the name of the register; 0: none. */
static uint64_t inode_of_register(const struct briefing_archive *archive)
{
    struct stat status;
    char *path = briefing_archive_path(archive, REGISTER);
    bool is_there = stat(path, &status) == 0;
    free(path);
    return is_there ? (uint64_t)status.st_ino : 0;
}

static bool open_file(struct briefing_archive *archive, struct fault *fault)
{
    char *path = briefing_archive_path(archive, REGISTER);
    bool is_open =
        sqlite_file_open(&archive->file, "register of briefings", path, true, fault) &&
        sqlite_file_run(&archive->file, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", fault) &&
        briefing_rows_prepare(&archive->file, fault);
    archive->register_inode = is_open ? inode_of_register(archive) : 0;
    free(path);
    return is_open;
}

/** The damaged one gets another name, name, with what SQLite keeps beside it, and the mended one its name. */
static bool replace(struct briefing_archive *archive, const char *mended_path, const char *name,
                    struct fault *fault)
{
    static const char *const endings[] = {"-wal", "-shm"};
    char *register_path = briefing_archive_path(archive, REGISTER);
    char *aside_path = briefing_archive_path(archive, name);
    bool is_aside = link(register_path, aside_path) == 0 || rename(register_path, aside_path) == 0;
    for (int i = 0; is_aside && i < 2; i++) {
        char from[PATH_MAX];
        char to[PATH_MAX];
        snprintf(from, sizeof(from), "%s%s", register_path, endings[i]);
        snprintf(to, sizeof(to), "%s%s", aside_path, endings[i]);
        rename(from, to); /* not always there */
    }
    bool is_replaced = is_aside && rename(mended_path, register_path) == 0;
    if (!is_replaced) {
        fault_set(fault, FAULT_UNAVAILABLE, "the damaged '%s' cannot be set aside: %s", register_path,
                  strerror(errno));
    }
    free(register_path);
    free(aside_path);
    return is_replaced;
}

/** A whole register beside the damaged one, closed again; count: out, its briefings. None of it on fault. */
static bool write_mended(struct briefing_archive *archive, const char *path,
                         struct briefing_documents *documents, long long *count, struct fault *fault)
{
    unlink(path); /* of a process that was ended */
    bool is_written = sqlite_file_open(&archive->file, "register of briefings", path, true, fault) &&
                      sqlite_file_run(&archive->file, "PRAGMA synchronous = FULL", fault) &&
                      briefing_rows_prepare(&archive->file, fault) &&
                      sqlite_file_begin(&archive->file, fault) &&
                      briefing_archive_salvage(archive, REGISTER, documents, fault) &&
                      sqlite_file_number(&archive->file, "SELECT count(*) FROM briefings", count, fault) &&
                      sqlite_file_commit(&archive->file, fault);
    sqlite_file_close(&archive->file);
    if (!is_written) {
        unlink(path);
    }
    return is_written;
}

/** Under the lock. */
static bool mend(struct briefing_archive *archive, const char *why, struct briefing_documents *documents,
                 struct fault *fault)
{
    char name[80];
    long long count = 0;
    char *mended_path = briefing_archive_path(archive, MENDED);
    snprintf(name, sizeof(name), REGISTER ".damaged-%" PRId64, moment_now_ms());
    bool is_mended = write_mended(archive, mended_path, documents, &count, fault) &&
                     replace(archive, mended_path, name, fault) && open_file(archive, fault);
    free(mended_path);
    if (!is_mended) {
        log_write(LOG_ERROR, "briefings.archive", "%s; it cannot be mended now: %s", why, fault->message);
        return false;
    }
    archive->mend_count++;
    log_write(
        LOG_ERROR, "briefings.archive",
        "%s; it was set aside as '%s', and %lld briefings were taken over from it and from their documents: "
        "of any others nothing is known any more",
        why, name, count);
    return true;
}

bool briefing_archive_mend(struct briefing_archive *archive, const char *why, struct fault *fault)
{
    uint64_t damaged = inode_of_register(archive);
    sqlite_file_close(&archive->file);
    briefing_archive_unlock(archive);
    struct briefing_documents *documents = briefing_documents_read(archive->folder);
    bool is_locked = briefing_archive_lock(archive, fault);
    bool is_mended = false;
    if (is_locked && inode_of_register(archive) == damaged) {
        is_mended = mend(archive, why, documents, fault);
    } else if (is_locked) { /* by another process */
        is_mended = open_file(archive, fault);
        archive->mend_count += is_mended;
    }
    briefing_documents_free(documents);
    return is_mended;
}

bool briefing_archive_open_register(struct briefing_archive *archive, struct fault *fault)
{
    struct fault why;
    bool is_open = open_file(archive, &why);
    bool is_damaged = !is_open && archive->file.database && sqlite_file_is_damaged(&archive->file);
    if (is_open && briefing_rows_check(&archive->file, &is_damaged, &why)) {
        return true;
    }
    if (is_damaged) {
        return briefing_archive_mend(archive, why.message, fault);
    }
    *fault = why;
    return false;
}

static bool is_replaced(const struct briefing_archive *archive)
{
    uint64_t inode = inode_of_register(archive);
    return inode == 0 || inode != archive->register_inode;
}

bool briefing_archive_renew(struct briefing_archive *archive, struct fault *fault)
{
    if (archive->file.database && !is_replaced(archive)) {
        return true;
    }
    sqlite_file_close(&archive->file);
    return briefing_archive_open_register(archive, fault);
}

bool briefing_archive_renew_to_read(struct briefing_archive *archive, struct fault *fault)
{
    if (archive->file.database && !is_replaced(archive)) {
        return true;
    }
    if (!briefing_archive_lock(archive, fault)) {
        return false;
    }
    bool is_open = briefing_archive_renew(archive, fault);
    briefing_archive_unlock(archive);
    return is_open;
}

bool briefing_archive_mend_after(struct briefing_archive *archive, const struct fault *why)
{
    struct fault fault;
    if (!briefing_archive_lock(archive, &fault)) {
        return false;
    }
    bool is_mended = is_replaced(archive) ? briefing_archive_renew(archive, &fault)
                                          : briefing_archive_mend(archive, why->message, &fault);
    briefing_archive_unlock(archive);
    return is_mended;
}
