/*
 * output.c - a name that is there and is no plain file (/dev/stdout, a pipe) must not be replaced by one.
 */
#include "render/service/command/output.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- before anything is made ---- */

static bool refuse(const char *path, const char *why, struct fault *fault)
{
    fault_set(fault, FAULT_UNAVAILABLE, "cannot write '%s': %s", path, why);
    return false;
}

/** Its folder, in which it is replaced by another. */
static bool check_parent(const char *path, struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX] = ".";
    struct stat status;
    if (slash) {
        int length = slash > path ? (int)(slash - path) : 1;
        snprintf(folder, sizeof(folder), "%.*s", length, path);
    }
    if (stat(folder, &status) != 0) {
        return refuse(path, errno == ENOENT ? "there is no such folder" : strerror(errno), fault);
    }
    if (!S_ISDIR(status.st_mode)) {
        return refuse(path, strerror(ENOTDIR), fault);
    }
    return access(folder, W_OK | X_OK) == 0 || refuse(path, strerror(errno), fault);
}

static bool has_trailing_slash(const char *path)
{
    size_t length = strlen(path);
    return length > 0 && path[length - 1] == '/';
}

bool output_check(const char *path, struct fault *fault)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        return true;
    }
    if (!*path || has_trailing_slash(path)) {
        return refuse(path, "it is no name of a file", fault);
    }
    if (stat(path, &status) != 0 || S_ISREG(status.st_mode)) {
        return check_parent(path, fault);
    }
    if (S_ISDIR(status.st_mode)) {
        return refuse(path, "it is a folder", fault);
    }
    return access(path, W_OK) == 0 || refuse(path, strerror(errno), fault);
}

bool output_check_folder(const char *path, struct fault *fault)
{
    char name[PATH_MAX];
    struct stat status;
    int length = snprintf(name, sizeof(name), "%s", path);
    while (length > 1 && length < (int)sizeof(name) && name[length - 1] == '/') {
        name[--length] = '\0';
    }
    if (stat(name, &status) != 0) {
        return *name ? check_parent(name, fault) : refuse(path, "it is no name of a folder", fault);
    }
    if (!S_ISDIR(status.st_mode)) {
        return refuse(path, "it is no folder", fault);
    }
    return access(name, W_OK | X_OK) == 0 || refuse(path, strerror(errno), fault);
}

bool output_has_ending(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot + 1, ending) == 0;
}

/** What a path is named as; NULL when its ending says nothing of pictures. */
static const char *ending_of(const char *path)
{
    static const char *const endings[] = {"png", "png8", "webp", "jpg", "jpeg", "gif",
                                          "tif", "tiff", "svg",  "pdf", "mvt",  "pbf"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (output_has_ending(path, endings[i])) {
            return endings[i];
        }
    }
    return NULL;
}

bool output_picture_format(const char *path, const char *name, enum tile_format *format, struct fault *fault)
{
    const char *ending = ending_of(path);
    enum tile_format named = TILE_PNG;
    bool is_picture = ending && tile_format_find(ending, &named) && named != TILE_MVT;
    *format = named;
    if (name && (!tile_format_find(name, format) || *format == TILE_MVT)) {
        fault_set(fault, FAULT_INPUT, "--format must be png, png8, webp or jpg, not '%.80s'", name);
        return false;
    }
    if (ending && !is_picture) {
        fault_set(fault, FAULT_INPUT, "a picture is png, webp or jpg, but '%.200s' is named as %s", path,
                  ending);
        return false;
    }
    bool is_same = !ending || strcmp(tile_format_extension(named), tile_format_extension(*format)) == 0;
    if (!is_same) {
        fault_set(fault, FAULT_INPUT, "--format %s, but '%.200s' is named as %s", name, path, ending);
    }
    return is_same;
}
