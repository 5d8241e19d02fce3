#include "geo/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

static void set_fault(struct fault *fault, const char *verb, const char *path)
{
    bool is_missing = errno == ENOENT || errno == ENOTDIR;
    bool is_denied = errno == EACCES || errno == EPERM;
    enum fault_code code = is_missing ? FAULT_NOT_FOUND : is_denied ? FAULT_DENIED : FAULT_UNAVAILABLE;
    fault_set(fault, code, "cannot %s '%s': %s", verb, path, strerror(errno));
}

/* The size may change under us: read until the end or one byte past the limit. */
static char *read_all(int descriptor, size_t size_hint, size_t most_bytes, size_t *length)
{
    size_t capacity = (size_hint < most_bytes ? size_hint : most_bytes) + 1;
    char *bytes = memory_try_new(capacity + 1, 1);
    size_t filled = 0;
    ssize_t got = 0;
    while (bytes && (got = read(descriptor, bytes + filled, capacity - filled)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            break;
        }
        filled += (size_t)got;
        if (filled > most_bytes) {
            break;
        }
        if (filled == capacity) {
            capacity = capacity * 2 < most_bytes + 1 ? capacity * 2 : most_bytes + 1;
            bytes = memory_resize(bytes, capacity + 1, 1);
        }
    }
    if (got < 0) {
        free(bytes);
        return NULL;
    }
    *length = filled;
    return bytes;
}

static char *read_regular(int descriptor, const char *path, size_t most_bytes, size_t *length,
                          struct fault *fault)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        set_fault(fault, "read", path);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        fault_set(fault, FAULT_INPUT, "'%s' is not a file", path);
        return NULL;
    }
    errno = ENOMEM;
    char *bytes = read_all(descriptor, (size_t)status.st_size, most_bytes, length);
    if (!bytes) {
        set_fault(fault, "read", path);
        return NULL;
    }
    if (*length > most_bytes) {
        fault_set(fault, FAULT_LIMIT, "'%s' is larger than %zu bytes", path, most_bytes);
        free(bytes);
        return NULL;
    }
    bytes[*length] = '\0';
    return bytes;
}

char *file_read(const char *path, size_t most_bytes, size_t *length, struct fault *fault)
{
    /* Non-blocking: a named pipe must not hold us before we see that it is none of our files. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        set_fault(fault, "open", path);
        return NULL;
    }
    size_t filled = 0;
    char *bytes = read_regular(descriptor, path, most_bytes, &filled, fault);
    close(descriptor);
    if (bytes && length) {
        *length = filled;
    }
    return bytes;
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* The name is in the folder: without this, power loss can bring the old file back. */
static void sync_folder_of(const char *path)
{
    char *folder = file_path_beside(path, ".");
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(folder);
}

/* A name that no other thread or process uses now; the usual mode comes from the umask. Owned. */
static char *name_beside(const char *path)
{
    char *beside = NULL;
    int length = asprintf(&beside, "%s.%d-%" PRId64 ".new", path, (int)gettid(), monotonic_now_us());
    return length < 0 ? NULL : beside;
}

static bool write_new(const char *path, const void *bytes, size_t length)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return false;
    }
    bool is_whole = write_all(descriptor, bytes, length) && fsync(descriptor) == 0;
    int reason = errno;
    is_whole = close(descriptor) == 0 && is_whole;
    errno = reason;
    return is_whole;
}

bool file_write(const char *path, const void *bytes, size_t length, struct fault *fault)
{
    char *beside = name_beside(path);
    bool is_written = beside && write_new(beside, bytes, length) && rename(beside, path) == 0;
    if (is_written) {
        sync_folder_of(path);
    } else {
        set_fault(fault, "write", path);
    }
    if (beside && !is_written) {
        unlink(beside);
    }
    free(beside);
    return is_written;
}

bool file_replace(const char *from, const char *path, struct fault *fault)
{
    if (rename(from, path) != 0) {
        set_fault(fault, "replace", path);
        return false;
    }
    sync_folder_of(path);
    return true;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_make_folder_of(const char *path, struct fault *fault)
{
    char *copy = memory_copy_text(path);
    const char *folder = dirname(copy);
    bool is_there = file_exists(folder);
    bool is_made = !is_there && mkdir(folder, 0777) == 0;
    bool is_good = is_there || is_made || errno == EEXIST;
    if (is_made) {
        sync_folder_of(folder);
    }
    if (!is_good) {
        fault_set(fault, FAULT_UNAVAILABLE, "the folder '%s' cannot be made: %s", folder,
                  errno == ENOENT ? "the one above it is not there either" : strerror(errno));
    }
    free(copy);
    return is_good;
}

char *file_path_beside(const char *base, const char *path)
{
    const char *slash = strrchr(base, '/');
    if (path[0] == '/' || !slash) {
        return memory_copy_text(path);
    }
    int folder_length = (int)(slash - base);
    size_t capacity = (size_t)folder_length + 1 + strlen(path) + 1;
    char *whole = memory_new(capacity, 1);
    snprintf(whole, capacity, "%.*s/%s", folder_length, base, path);
    return whole;
}
