/*
 * briefing_archive_open.c - the folder, the register in it, and the lock files of all who use it.
 *
 * SQLite 3.40 can lose rows when one connection resets the log while another writes to it; therefore whoever
 * writes, checkpoints or closes holds the lock file, and reads need nothing.
 */
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
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive_internal.h"

#define LOCK_MOST_MS 5000
#define LOCK_TURN_MS 5

char *briefing_archive_path(const struct briefing_archive *archive, const char *name)
{
    size_t length = strlen(archive->folder) + strlen(name) + 2;
    char *path = memory_new(length, 1);
    snprintf(path, length, "%s/%s", archive->folder, name);
    return path;
}

bool briefing_archive_lock(const struct briefing_archive *archive, struct fault *fault)
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

void briefing_archive_unlock(const struct briefing_archive *archive)
{
    flock(archive->lock_file, LOCK_UN);
}

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

/** A file that is there to be locked only; -1 on fault. */
static int open_lock_file(const struct briefing_archive *archive, const char *name, struct fault *fault)
{
    char *path = briefing_archive_path(archive, name);
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

/** Is the folder still the one whose lock is held? Somebody may have moved it meanwhile. */
static bool is_in_place(const struct briefing_archive *archive)
{
    struct stat held, named;
    char *path = briefing_archive_path(archive, "lock");
    bool is_same = fstat(archive->lock_file, &held) == 0 && stat(path, &named) == 0 &&
                   held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    free(path);
    return is_same;
}

/** Under the lock. */
static bool open_register(struct briefing_archive *archive, struct fault *fault)
{
    if (!is_in_place(archive)) {
        fault_set(fault, FAULT_UNAVAILABLE, "the archive of briefings '%s' was just taken away",
                  archive->folder);
        return false;
    }
    return briefing_archive_open_register(archive, fault);
}

struct briefing_archive *briefing_archive_open(const char *folder, struct fault *fault)
{
    struct briefing_archive *archive = memory_new(1, sizeof(*archive));
    archive->folder = memory_copy_text(folder);
    archive->lead_file = -1;
    pthread_mutex_init(&archive->lock, NULL);
    bool is_made = make_folder(folder, fault);
    archive->lock_file = is_made ? open_lock_file(archive, "lock", fault) : -1;
    bool is_locked = archive->lock_file >= 0 && briefing_archive_lock(archive, fault);
    bool is_open = is_locked && open_register(archive, fault);
    if (is_locked) {
        briefing_archive_unlock(archive);
    }
    if (!is_open) {
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
    bool is_held = archive->lock_file >= 0 && briefing_archive_lock(archive, NULL);
    sqlite_file_close(&archive->file);
    if (is_held) {
        briefing_archive_unlock(archive);
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
