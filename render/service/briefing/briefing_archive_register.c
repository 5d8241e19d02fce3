/*
 * briefing_archive_register.c - the register is opened, found to be damaged, and begun anew with all that can
 * be told of what it held.
 *
 * A damaged one gets another name and is kept: of two processes the first does that, under the lock of all;
 * the other finds another file in its place and opens that.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive_internal.h"
#include "render/service/briefing/briefing_rows.h"

#define REGISTER "briefings.sqlite"

static bool open_file(struct briefing_archive *archive, struct fault *fault)
{
    struct stat status;
    char *path = briefing_archive_path(archive, REGISTER);
    bool is_open =
        sqlite_file_open(&archive->file, "register of briefings", path, true, fault) &&
        sqlite_file_run(&archive->file, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", fault) &&
        briefing_rows_prepare(&archive->file, fault);
    archive->register_inode = is_open && stat(path, &status) == 0 ? (uint64_t)status.st_ino : 0;
    free(path);
    return is_open;
}

/** Gives the register and what SQLite keeps beside it another name. name: out, of the register. */
static bool set_aside(struct briefing_archive *archive, char name[static 80], struct fault *fault)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    bool is_moved = false;
    snprintf(name, 80, REGISTER ".damaged-%" PRId64, moment_now_ms());
    for (int i = 0; i < 3; i++) {
        char from[100];
        char to[100];
        snprintf(from, sizeof(from), REGISTER "%s", endings[i]);
        snprintf(to, sizeof(to), "%s%s", name, endings[i]);
        char *from_path = briefing_archive_path(archive, from);
        char *to_path = briefing_archive_path(archive, to);
        is_moved = rename(from_path, to_path) == 0 || (i > 0 && is_moved);
        if (!is_moved && i == 0) {
            fault_set(fault, FAULT_UNAVAILABLE, "the damaged '%s' cannot be set aside: %s", from_path,
                      strerror(errno));
        }
        free(from_path);
        free(to_path);
    }
    return is_moved;
}

static bool begin_anew(struct briefing_archive *archive, const char *damaged, struct fault *fault)
{
    if (!open_file(archive, fault) || !sqlite_file_begin(&archive->file, fault)) {
        return false;
    }
    if (!briefing_archive_salvage(archive, damaged, fault) || !sqlite_file_commit(&archive->file, fault)) {
        sqlite_file_give_up(&archive->file);
        return false;
    }
    return true;
}

bool briefing_archive_mend(struct briefing_archive *archive, const char *why, struct fault *fault)
{
    char name[80];
    long long count = 0;
    sqlite_file_close(&archive->file);
    bool is_mended = set_aside(archive, name, fault) && begin_anew(archive, name, fault) &&
                     sqlite_file_number(&archive->file, "SELECT count(*) FROM briefings", &count, fault);
    if (!is_mended) {
        log_write(LOG_ERROR, "briefings.archive", "%s; it cannot be mended: %s", why, fault->message);
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
    struct stat status;
    char *path = briefing_archive_path(archive, REGISTER);
    bool is_another = stat(path, &status) != 0 || (uint64_t)status.st_ino != archive->register_inode;
    free(path);
    return is_another;
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
    if (!archive->file.database || !sqlite_file_is_damaged(&archive->file) ||
        !briefing_archive_lock(archive, &fault)) {
        return false;
    }
    bool is_mended = is_replaced(archive) ? briefing_archive_renew(archive, &fault)
                                          : briefing_archive_mend(archive, why->message, &fault);
    briefing_archive_unlock(archive);
    return is_mended;
}
