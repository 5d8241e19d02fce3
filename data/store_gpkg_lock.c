/*
 * store_gpkg_lock.c - flock() beside the store.
 *
 * The store's own file is not locked with flock(): SQLite and other programs keep their own locks on it.
 * The lock file stays when the lock is released: removing it would let two writers lock two files of one
 * name.
 */
#include "data/store_gpkg_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "geo/base/fault.h"

/* Who has it: the process number that stands in the lock file, as far as it can be read. */
static long read_owner(int lock)
{
    char text[24] = "";
    ssize_t length = pread(lock, text, sizeof text - 1, 0);
    return length > 0 ? strtol(text, NULL, 10) : 0;
}

static void write_owner(int lock)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    if (ftruncate(lock, 0) == 0 && pwrite(lock, text, (size_t)length, 0) < 0) {
        return; /* the number only helps people; the lock holds without it */
    }
}

static void refuse(const char *store_path, int lock, struct fault *fault)
{
    if (errno != EWOULDBLOCK) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': cannot lock it: %s", store_path, strerror(errno));
        return;
    }
    long owner = read_owner(lock);
    if (owner > 0) {
        fault_set(fault, FAULT_CONFLICT, "store '%s': process %ld is writing it, and only one may",
                  store_path, owner);
    } else {
        fault_set(fault, FAULT_CONFLICT, "store '%s': another process is writing it, and only one may",
                  store_path);
    }
}

int gpkg_lock_take(const char *store_path, struct fault *fault)
{
    char *path = NULL;
    if (asprintf(&path, "%s.lock", store_path) < 0) {
        fault_set(fault, FAULT_MEMORY, "store '%s': memory ran out", store_path);
        return -1;
    }
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    free(path);
    if (lock < 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "store '%s': cannot open its lock file: %s", store_path,
                  strerror(errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        refuse(store_path, lock, fault);
        close(lock);
        return -1;
    }
    write_owner(lock);
    return lock;
}

void gpkg_lock_release(int lock)
{
    if (lock >= 0) {
        close(lock);
    }
}
