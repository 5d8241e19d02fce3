/*
 * pmtiles.c - all directories are read when the file is opened: a package that is to be changed is gone
 * through from end to end anyway. What is read comes from a file that anybody may have made.
 */
#include "render/service/seed/pmtiles.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/encode/gzip.h"
#include "render/service/seed/pmtiles_internal.h"
#include "render/service/seed/seed_draft.h"

#define DIRECTORY_MOST_BYTES (64u << 20)
#define METADATA_MOST_BYTES (8u << 20)

static void close_package(void *package)
{
    struct pmtiles *pmtiles = package;
    if (pmtiles->descriptor >= 0) {
        close(pmtiles->descriptor);
    }
    free(pmtiles->entries);
    free(pmtiles->metadata);
    free(pmtiles->path);
    free(pmtiles);
}

static bool read_at(const struct pmtiles *pmtiles, void *bytes, size_t length, uint64_t offset,
                    struct fault *fault)
{
    char *next = bytes;
    while (length > 0) {
        ssize_t got = pread(pmtiles->descriptor, next, length, (off_t)offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            fault_set(fault, got < 0 ? FAULT_UNAVAILABLE : FAULT_INPUT, "cannot read on: %s",
                      got < 0 ? strerror(errno) : "the file is cut off");
            return false;
        }
        next += got;
        length -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

static char *read_piece(const struct pmtiles *pmtiles, uint64_t offset, uint64_t length, struct fault *fault)
{
    char *bytes = memory_try_new((size_t)length + 1, 1);
    if (!bytes) {
        fault_set(fault, FAULT_MEMORY, "no memory for %llu bytes", (unsigned long long)length);
        return NULL;
    }
    if (read_at(pmtiles, bytes, (size_t)length, offset, fault)) {
        return bytes;
    }
    free(bytes);
    return NULL;
}

/** A compressed piece, unpacked. */
static char *unpack_piece(const struct pmtiles *pmtiles, struct pmtiles_piece piece, size_t most_bytes,
                          size_t *length, struct fault *fault)
{
    if (piece.length > most_bytes) {
        fault_set(fault, FAULT_LIMIT, "a directory or the metadata are too long");
        return NULL;
    }
    char *packed = read_piece(pmtiles, piece.offset, piece.length, fault);
    char *bytes = packed ? gzip_unpack(packed, (size_t)piece.length, most_bytes, length, fault) : NULL;
    free(packed);
    return bytes;
}

static struct pmtiles_entry *read_directory(const struct pmtiles *pmtiles, struct pmtiles_piece piece,
                                            size_t *count, struct fault *fault)
{
    size_t length;
    char *bytes = unpack_piece(pmtiles, piece, DIRECTORY_MOST_BYTES, &length, fault);
    struct pmtiles_entry *entries = bytes ? pmtiles_directory_read(bytes, length, count, fault) : NULL;
    free(bytes);
    return entries;
}

/** Do the entries go on from those that there are, within the tiles' bytes and what can be read? */
static bool check_entries(const struct pmtiles *pmtiles, const struct pmtiles_entry *entries, size_t count,
                          uint64_t *tile_count, struct fault *fault)
{
    uint64_t last = 0;
    if (pmtiles->entry_count > 0) {
        const struct pmtiles_entry *entry = &pmtiles->entries[pmtiles->entry_count - 1];
        last = entry->tile_id + entry->run;
    }
    for (size_t i = 0; i < count; i++) {
        const struct pmtiles_entry *entry = &entries[i];
        *tile_count += entry->run;
        if (entry->run == 0 || entry->tile_id < last || entry->offset > pmtiles->header.tiles.length ||
            entry->length > pmtiles->header.tiles.length - entry->offset) {
            fault_set(fault, FAULT_INPUT, "a directory is damaged");
            return false;
        }
        last = entry->tile_id + entry->run;
    }
    if (*tile_count > PMTILES_TILE_MOST) {
        fault_set(fault, FAULT_LIMIT, "it has more than %u tiles", PMTILES_TILE_MOST);
        return false;
    }
    return true;
}

static bool append_entries(struct pmtiles *pmtiles, const struct pmtiles_entry *entries, size_t count,
                           uint64_t *tile_count, struct fault *fault)
{
    if (!check_entries(pmtiles, entries, count, tile_count, fault)) {
        return false;
    }
    pmtiles->entries =
        memory_resize(pmtiles->entries, pmtiles->entry_count + count, sizeof(*pmtiles->entries));
    memcpy(pmtiles->entries + pmtiles->entry_count, entries, count * sizeof(*entries));
    pmtiles->entry_count += count;
    return true;
}

static bool read_leaf(struct pmtiles *pmtiles, const struct pmtiles_entry *at, uint64_t *tile_count,
                      struct fault *fault)
{
    const struct pmtiles_piece *leaves = &pmtiles->header.leaves;
    if (at->offset > leaves->length || at->length > leaves->length - at->offset) {
        fault_set(fault, FAULT_INPUT, "a directory is damaged");
        return false;
    }
    size_t count;
    struct pmtiles_piece piece = {leaves->offset + at->offset, at->length};
    struct pmtiles_entry *entries = read_directory(pmtiles, piece, &count, fault);
    bool is_good = entries && append_entries(pmtiles, entries, count, tile_count, fault);
    free(entries);
    return is_good;
}

static bool read_entries(struct pmtiles *pmtiles, struct fault *fault)
{
    size_t count;
    uint64_t tile_count = 0;
    struct pmtiles_entry *root = read_directory(pmtiles, pmtiles->header.root, &count, fault);
    bool is_good = root != NULL;
    for (size_t i = 0; is_good && i < count; i++) {
        is_good = root[i].run == 0 ? read_leaf(pmtiles, &root[i], &tile_count, fault)
                                   : append_entries(pmtiles, &root[i], 1, &tile_count, fault);
    }
    free(root);
    return is_good;
}

static bool read_all(struct pmtiles *pmtiles, struct fault *fault)
{
    struct stat status;
    unsigned char header[PMTILES_HEADER_BYTES];
    size_t length;
    pmtiles->descriptor = open(pmtiles->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (pmtiles->descriptor < 0 || fstat(pmtiles->descriptor, &status) != 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot open it: %s", strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode) || status.st_size < PMTILES_HEADER_BYTES) {
        fault_set(fault, FAULT_INPUT, "it is another kind of file, not PMTiles");
        return false;
    }
    if (!read_at(pmtiles, header, sizeof(header), 0, fault) ||
        !pmtiles_header_read(header, (uint64_t)status.st_size, &pmtiles->header, fault)) {
        return false;
    }
    pmtiles->metadata = unpack_piece(pmtiles, pmtiles->header.metadata, METADATA_MOST_BYTES, &length, fault);
    return pmtiles->metadata && read_entries(pmtiles, fault);
}

static void *open_package(const char *path, const struct tile_matrix_set *set, struct fault *fault)
{
    struct pmtiles *pmtiles = memory_new(1, sizeof(*pmtiles));
    *pmtiles = (struct pmtiles){.path = memory_copy_text(path), .descriptor = -1};
    (void)set;
    if (read_all(pmtiles, fault)) {
        return pmtiles;
    }
    fault_prefix(fault, "PMTiles file '%s': ", path);
    close_package(pmtiles);
    return NULL;
}

static char *read_fact(void *package, const char *name, struct fault *fault)
{
    const struct pmtiles *pmtiles = package;
    json_t *metadata = json_loads(pmtiles->metadata, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(metadata)) {
        fault_set(fault, FAULT_INPUT, "PMTiles file '%s': its metadata are no JSON object", pmtiles->path);
        json_decref(metadata);
        return NULL;
    }
    const char *value = json_string_value(json_object_get(metadata, name));
    char *copy = memory_copy_text(value ? value : "");
    json_decref(metadata);
    return copy;
}

static bool visit(void *package, struct tile_visitor visitor, struct fault *fault)
{
    const struct pmtiles *pmtiles = package;
    for (size_t i = 0; i < pmtiles->entry_count; i++) {
        for (uint32_t run = 0; run < pmtiles->entries[i].run; run++) {
            struct tile_address address = pmtiles_address(pmtiles->entries[i].tile_id + run);
            if (!visitor.visit(address, visitor.context, fault)) {
                return false;
            }
        }
    }
    return true;
}

char *pmtiles_read_content(const struct pmtiles *pmtiles, uint64_t offset, uint32_t length,
                           struct fault *fault)
{
    char *bytes = read_piece(pmtiles, pmtiles->header.tiles.offset + offset, length, fault);
    if (!bytes) {
        fault_prefix(fault, "PMTiles file '%s': ", pmtiles->path);
    }
    return bytes;
}

static char *read_tile(void *package, struct tile_address address, size_t *length, struct fault *fault)
{
    const struct pmtiles *pmtiles = package;
    uint64_t id = pmtiles_id(address);
    size_t low = 0;
    size_t high = pmtiles->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pmtiles->entries[middle].tile_id + pmtiles->entries[middle].run <= id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == pmtiles->entry_count || pmtiles->entries[low].tile_id > id) {
        fault_set(fault, FAULT_NOT_FOUND, "PMTiles file '%s' has no such tile", pmtiles->path);
        return NULL;
    }
    *length = pmtiles->entries[low].length;
    return pmtiles_read_content(pmtiles, pmtiles->entries[low].offset, pmtiles->entries[low].length, fault);
}

static bool publish(void *package, const char *path, struct seed_draft *draft, struct fault *fault)
{
    const struct pmtiles *old = seed_draft_replaces_all(draft) ? NULL : package;
    return seed_draft_commit(draft, fault) && pmtiles_write(old, path, draft, fault) &&
           seed_draft_remove(draft, fault);
}

const struct tile_archive_kind pmtiles_kind = {
    .name = "PMTiles",
    .is_mercator_only = true,
    .open = open_package,
    .close = close_package,
    .read_fact = read_fact,
    .visit = visit,
    .read_tile = read_tile,
    .publish = publish,
};
