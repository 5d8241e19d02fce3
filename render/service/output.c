/*
 * output.c - a name that is there and is no plain file (/dev/stdout, a pipe) must not be replaced by one.
 */
#include "render/service/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"

static bool write_to(FILE *file, const char *path, const void *bytes, size_t length, struct fault *fault)
{
    bool is_written = fwrite(bytes, 1, length, file) == length && fflush(file) == 0;
    if (!is_written) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot write '%s': %s", path, strerror(errno));
    }
    return is_written;
}

bool output_write(const char *path, const void *bytes, size_t length, struct fault *fault)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        return write_to(stdout, "standard output", bytes, length, fault);
    }
    if (lstat(path, &status) != 0 || S_ISREG(status.st_mode)) {
        return file_write(path, bytes, length, fault);
    }
    FILE *file = fopen(path, "wbe");
    if (!file) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot open '%s': %s", path, strerror(errno));
        return false;
    }
    bool is_written = write_to(file, path, bytes, length, fault);
    return fclose(file) == 0 && is_written;
}

bool output_has_ending(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot + 1, ending) == 0;
}

bool output_check_png(const char *path, struct fault *fault)
{
    static const char *const others[] = {"jpg", "jpeg", "webp", "gif", "tif", "tiff", "svg", "pdf", NULL};
    for (size_t i = 0; others[i]; i++) {
        if (output_has_ending(path, others[i])) {
            fault_set(fault, FAULT_INPUT, "the picture is a PNG, but '%.200s' is named as %s", path,
                      others[i]);
            return false;
        }
    }
    return true;
}
