/*
 * tile_archive.c - the table of kinds.
 */
#include "render/service/seed/tile_archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/seed/mbtiles.h"
#include "render/service/seed/pmtiles.h"
#include "render/service/seed/tile_folder.h"

#define MERCATOR "WebMercatorQuad"

struct tile_archive {
    const struct tile_archive_kind *kind;
    char *path;
    void *package; /* NULL: nothing stands there */
};

static bool ends_with(const char *path, const char *end)
{
    size_t length = strlen(path);
    size_t end_length = strlen(end);
    return length > end_length && strcmp(path + length - end_length, end) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const struct tile_archive_kind *tile_archive_kind_of(const char *path, struct fault *fault)
{
    if (ends_with(path, "/") || is_folder(path)) {
        return &tile_folder_kind;
    }
    if (ends_with(path, ".mbtiles")) {
        return &mbtiles_kind;
    }
    if (ends_with(path, ".pmtiles")) {
        return &pmtiles_kind;
    }
    fault_set(fault, FAULT_INPUT,
              "'%.200s' is not MBTiles, PMTiles or a folder: name it x.mbtiles, x.pmtiles or x/", path);
    return NULL;
}

struct tile_archive *tile_archive_open(const char *path, const struct tile_matrix_set *set,
                                       struct fault *fault)
{
    struct stat status;
    const struct tile_archive_kind *kind = tile_archive_kind_of(path, fault);
    if (!kind) {
        return NULL;
    }
    if (kind->is_mercator_only && strcmp(set->id, MERCATOR) != 0) {
        fault_set(fault, FAULT_INPUT, "%s knows " MERCATOR " only, not %s: name the package x.mbtiles or x/",
                  kind->name, set->id);
        return NULL;
    }
    bool is_there = stat(path, &status) == 0;
    if (!is_there && errno != ENOENT) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot open '%s': %s", path, strerror(errno));
        return NULL;
    }
    struct fault why = {.code = FAULT_NONE};
    void *package = is_there ? kind->open(path, set, &why) : NULL;
    if (why.code != FAULT_NONE && !package) {
        *fault = why;
        return NULL;
    }
    struct tile_archive *archive = memory_new(1, sizeof(*archive));
    *archive = (struct tile_archive){kind, memory_copy_text(path), package};
    return archive;
}

void tile_archive_close(struct tile_archive *archive)
{
    if (!archive) {
        return;
    }
    if (archive->package) {
        archive->kind->close(archive->package);
    }
    free(archive->path);
    free(archive);
}

const struct tile_archive_kind *tile_archive_kind(const struct tile_archive *archive)
{
    return archive->kind;
}

bool tile_archive_is_there(const struct tile_archive *archive)
{
    return archive->package != NULL;
}

char *tile_archive_read_fact(struct tile_archive *archive, const char *name, struct fault *fault)
{
    return archive->package ? archive->kind->read_fact(archive->package, name, fault) : memory_copy_text("");
}

bool tile_archive_visit(struct tile_archive *archive, struct tile_visitor visitor, struct fault *fault)
{
    return !archive->package || archive->kind->visit(archive->package, visitor, fault);
}

char *tile_archive_read_tile(struct tile_archive *archive, struct tile_address address, size_t *length,
                             struct fault *fault)
{
    if (archive->package) {
        return archive->kind->read_tile(archive->package, address, length, fault);
    }
    fault_set(fault, FAULT_NOT_FOUND, "'%s' is not there", archive->path);
    return NULL;
}

bool tile_archive_publish(struct tile_archive *archive, struct seed_draft *draft, struct fault *fault)
{
    return archive->kind->publish(archive->package, archive->path, draft, fault);
}
