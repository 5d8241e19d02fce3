/*
 * pmtiles_write.c - first it is worked out which tiles the file will have, in the order of their ids, and
 * where the bytes of each will stand; then header, directories and metadata are known and all is written from
 * front to end. Bytes are read twice at most and never all at once.
 */
#include "render/service/seed/pmtiles_internal.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/encode/gzip.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/seed/seed_facts.h"
#include "render/service/tile/tile_keys.h"

#define OLD (UINT64_C(1) << 63) /* in a source: the offset of bytes in the old file; else a draft's image */
#define SMALL_BYTES 4096        /* blank tiles are: only such are looked for in both */
#define LEAF_ENTRIES 4096
#define DIRECTORY_MOST_BYTES (1u << 30)

/** A tile and where its bytes come from. */
struct placed {
    uint64_t id;
    uint64_t source;
    uint32_t length;
};

/** Bytes that one or more tiles have. */
struct content {
    uint64_t source;
    uint64_t hash; /* of small ones */
    uint64_t offset;
    uint32_t length;
    uint32_t same; /* index of the content with the same bytes that stands for it; its own */
    bool is_placed;
};

struct writing {
    const struct pmtiles *old; /* may be NULL */
    struct seed_draft *draft;
    struct tile_keys hidden; /* tiles of the old file that the draft has or that are stale */
    struct placed *tiles;
    size_t tile_count;
    size_t tile_capacity;
    struct content *contents; /* by source */
    size_t content_count;
    uint32_t *order; /* contents in the order in which they are written */
    size_t order_count;
    struct pmtiles_entry *entries;
    size_t entry_count;
    struct pmtiles_header header;
    struct buffer root;   /* compressed */
    struct buffer leaves; /* compressed each */
    char *metadata;       /* compressed */
};

static void finish(struct writing *writing)
{
    tile_keys_finish(&writing->hidden);
    free(writing->tiles);
    free(writing->contents);
    free(writing->order);
    free(writing->entries);
    buffer_finish(&writing->root);
    buffer_finish(&writing->leaves);
    free(writing->metadata);
}

static void add_tile(struct writing *writing, struct placed tile)
{
    if (writing->tile_count == writing->tile_capacity) {
        writing->tile_capacity = writing->tile_capacity ? 2 * writing->tile_capacity : 1024;
        writing->tiles = memory_resize(writing->tiles, writing->tile_capacity, sizeof(*writing->tiles));
    }
    writing->tiles[writing->tile_count++] = tile;
}

static bool add_drawn(struct tile_address address, struct seed_image image, void *context,
                      struct fault *fault)
{
    struct writing *writing = context;
    if (address.zoom > PMTILES_ZOOM_MOST || image.length > UINT32_MAX) {
        fault_set(fault, FAULT_LIMIT, "PMTiles have zooms 0 to %d, and tiles below 4 GiB", PMTILES_ZOOM_MOST);
        return false;
    }
    add_tile(writing, (struct placed){pmtiles_id(address), (uint64_t)image.number, (uint32_t)image.length});
    tile_keys_add(&writing->hidden, address);
    return true;
}

static bool hide(struct tile_address address, void *context, struct fault *fault)
{
    struct writing *writing = context;
    (void)fault;
    tile_keys_add(&writing->hidden, address);
    return true;
}

static void add_old(struct writing *writing)
{
    for (size_t i = 0; i < writing->old->entry_count; i++) {
        const struct pmtiles_entry *entry = &writing->old->entries[i];
        for (uint32_t run = 0; run < entry->run; run++) {
            uint64_t id = entry->tile_id + run;
            if (!tile_keys_has(&writing->hidden, pmtiles_address(id))) {
                add_tile(writing, (struct placed){id, OLD | entry->offset, entry->length});
            }
        }
    }
}

static int compare_ids(const void *a, const void *b)
{
    const struct placed *first = a;
    const struct placed *second = b;
    return (first->id > second->id) - (first->id < second->id);
}

static int compare_sources(const void *a, const void *b)
{
    const struct content *first = a;
    const struct content *second = b;
    return (first->source > second->source) - (first->source < second->source);
}

static bool gather_tiles(struct writing *writing, struct fault *fault)
{
    if (!seed_draft_visit(writing->draft, add_drawn, writing, fault) ||
        !seed_draft_visit_stale(writing->draft, (struct tile_visitor){hide, writing}, fault)) {
        return false;
    }
    tile_keys_sort(&writing->hidden);
    if (writing->old) {
        add_old(writing);
    }
    qsort(writing->tiles, writing->tile_count, sizeof(*writing->tiles), compare_ids);
    return true;
}

/** One for each source. */
static void gather_contents(struct writing *writing)
{
    struct content *contents = memory_new(writing->tile_count + 1, sizeof(*contents));
    for (size_t i = 0; i < writing->tile_count; i++) {
        contents[i] =
            (struct content){.source = writing->tiles[i].source, .length = writing->tiles[i].length};
    }
    qsort(contents, writing->tile_count, sizeof(*contents), compare_sources);
    size_t count = 0;
    for (size_t i = 0; i < writing->tile_count; i++) {
        if (i == 0 || contents[i].source != contents[count - 1].source) {
            contents[count++] = contents[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        contents[i].same = (uint32_t)i;
    }
    writing->contents = contents;
    writing->content_count = count;
}

static char *read_content(const struct writing *writing, const struct content *content, struct fault *fault)
{
    size_t length = content->length;
    if (content->source & OLD) {
        return pmtiles_read_content(writing->old, content->source & ~OLD, content->length, fault);
    }
    return seed_draft_read_image(writing->draft, (int64_t)content->source, &length, fault);
}

static bool hash_small(const struct writing *writing, struct content *content, struct fault *fault)
{
    char *bytes = read_content(writing, content, fault);
    content->hash = bytes ? hash_bytes(HASH_START, bytes, content->length) : 0;
    free(bytes);
    return bytes != NULL;
}

static bool is_same(const struct writing *writing, const struct content *a, const struct content *b,
                    bool *same, struct fault *fault)
{
    char *first = read_content(writing, a, fault);
    char *second = first ? read_content(writing, b, fault) : NULL;
    *same = second && memcmp(first, second, a->length) == 0;
    bool is_read = second != NULL;
    free(first);
    free(second);
    return is_read;
}

static int compare_hashes(const void *a, const void *b)
{
    const struct content *first = *(struct content *const *)a;
    const struct content *second = *(struct content *const *)b;
    if (first->hash != second->hash) {
        return first->hash < second->hash ? -1 : 1;
    }
    return (first->source > second->source) - (first->source < second->source);
}

/** Small contents with the same bytes become one. sorted has them side by side. */
static bool join_sorted(const struct writing *writing, struct content **sorted, size_t count,
                        struct fault *fault)
{
    for (size_t i = 1; i < count; i++) {
        const struct content *before = sorted[i - 1];
        bool same = false;
        if (before->hash != sorted[i]->hash || before->length != sorted[i]->length) {
            continue;
        }
        if (!is_same(writing, before, sorted[i], &same, fault)) {
            return false;
        }
        sorted[i]->same = same ? before->same : sorted[i]->same;
    }
    return true;
}

/** The draft and the old file each have equal tiles once, but both may have the same. */
static bool join_contents(struct writing *writing, struct fault *fault)
{
    if (!writing->old) {
        return true;
    }
    struct content **sorted = memory_new(writing->content_count + 1, sizeof(struct content *));
    size_t count = 0;
    bool is_good = true;
    for (size_t i = 0; is_good && i < writing->content_count; i++) {
        if (writing->contents[i].length <= SMALL_BYTES) {
            is_good = hash_small(writing, &writing->contents[i], fault);
            sorted[count++] = &writing->contents[i];
        }
    }
    qsort(sorted, count, sizeof(struct content *), compare_hashes);
    is_good = is_good && join_sorted(writing, sorted, count, fault);
    free(sorted);
    return is_good;
}

static uint32_t find_content(const struct writing *writing, uint64_t source)
{
    struct content key = {.source = source};
    const struct content *found =
        bsearch(&key, writing->contents, writing->content_count, sizeof(*writing->contents), compare_sources);
    assert(found);
    return found->same;
}

/** Gives each content its offset and joins neighbours that look the same. */
static void make_entries(struct writing *writing)
{
    writing->entries = memory_new(writing->tile_count + 1, sizeof(*writing->entries));
    writing->order = memory_new(writing->content_count + 1, sizeof(*writing->order));
    uint64_t offset = 0;
    for (size_t i = 0; i < writing->tile_count; i++) {
        uint32_t index = find_content(writing, writing->tiles[i].source);
        struct content *content = &writing->contents[index];
        struct pmtiles_entry *last =
            writing->entry_count ? &writing->entries[writing->entry_count - 1] : NULL;
        if (!content->is_placed) {
            content->is_placed = true;
            content->offset = offset;
            offset += content->length;
            writing->order[writing->order_count++] = index;
        }
        if (last && last->offset == content->offset && last->tile_id + last->run == writing->tiles[i].id) {
            last->run++;
        } else {
            writing->entries[writing->entry_count++] =
                (struct pmtiles_entry){writing->tiles[i].id, content->offset, content->length, 1};
        }
    }
    writing->header.tiles.length = offset;
}

/** Appends a directory, compressed; its length in *length. */
static bool pack_directory(const struct pmtiles_entry *entries, size_t count, struct buffer *out,
                           size_t *length, struct fault *fault)
{
    struct buffer plain;
    buffer_init(&plain, DIRECTORY_MOST_BYTES);
    pmtiles_directory_write(entries, count, &plain);
    char *packed = gzip_pack(plain.bytes, plain.length, length, fault);
    buffer_finish(&plain);
    if (packed) {
        buffer_append(out, packed, *length);
    }
    free(packed);
    return packed != NULL;
}

/** Leaves of so many entries, and the root that lists them. */
static bool pack_leaves(struct writing *writing, size_t each, struct fault *fault)
{
    size_t leaf_count = (writing->entry_count + each - 1) / each;
    struct pmtiles_entry *roots = memory_new(leaf_count, sizeof(*roots));
    size_t length;
    bool is_good = true;
    for (size_t i = 0; is_good && i < leaf_count; i++) {
        const struct pmtiles_entry *first = &writing->entries[i * each];
        size_t rest = writing->entry_count - i * each;
        uint64_t offset = writing->leaves.length;
        is_good = pack_directory(first, rest < each ? rest : each, &writing->leaves, &length, fault);
        roots[i] = (struct pmtiles_entry){first->tile_id, offset, is_good ? (uint32_t)length : 0, 0};
    }
    is_good = is_good && pack_directory(roots, leaf_count, &writing->root, &length, fault);
    free(roots);
    return is_good;
}

static bool pack_directories(struct writing *writing, struct fault *fault)
{
    size_t length;
    if (!pack_directory(writing->entries, writing->entry_count, &writing->root, &length, fault)) {
        return false;
    }
    for (size_t each = LEAF_ENTRIES; writing->root.length > PMTILES_ROOT_MOST_BYTES; each *= 2) {
        writing->root.length = 0;
        writing->leaves.length = 0;
        if (!pack_leaves(writing, each, fault)) {
            return false;
        }
    }
    return true;
}

static bool pack_metadata(struct writing *writing, struct fault *fault)
{
    size_t length;
    char *json = seed_facts_json(writing->draft, fault);
    writing->metadata = json ? gzip_pack(json, strlen(json), &length, fault) : NULL;
    writing->header.metadata.length = writing->metadata ? length : 0;
    free(json);
    return writing->metadata != NULL;
}

static uint8_t type_of(const char *format)
{
    static const struct {
        const char *format;
        enum pmtiles_type type;
    } types[] = {{"png", PMTILES_PNG}, {"jpg", PMTILES_JPEG}, {"webp", PMTILES_WEBP}, {"pbf", PMTILES_MVT}};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(types[i].format, format) == 0) {
            return types[i].type;
        }
    }
    return 0;
}

static bool fill_header(struct writing *writing, struct fault *fault)
{
    struct pmtiles_header *header = &writing->header;
    struct seed_place place;
    char *format = seed_draft_read_fact(writing->draft, "format", fault);
    if (!format || !seed_facts_read_place(writing->draft, &place, fault)) {
        free(format);
        return false;
    }
    header->tile_type = type_of(format);
    free(format);
    header->tile_compression = header->tile_type == PMTILES_MVT ? PMTILES_GZIP : PMTILES_NOT_COMPRESSED;
    header->inner_compression = PMTILES_GZIP;
    header->is_clustered = true;
    header->bounds_deg = place.bounds_deg;
    header->centre_deg = place.centre_deg;
    header->centre_zoom = (uint8_t)place.centre_zoom;
    header->first_zoom = (uint8_t)place.first_zoom;
    header->last_zoom = (uint8_t)place.last_zoom;
    header->addressed_count = writing->tile_count;
    header->entry_count = writing->entry_count;
    header->content_count = writing->order_count;
    header->root = (struct pmtiles_piece){PMTILES_HEADER_BYTES, writing->root.length};
    header->metadata.offset = header->root.offset + header->root.length;
    header->leaves =
        (struct pmtiles_piece){header->metadata.offset + header->metadata.length, writing->leaves.length};
    header->tiles.offset = header->leaves.offset + header->leaves.length;
    return true;
}

static bool plan_file(struct writing *writing, struct fault *fault)
{
    if (!gather_tiles(writing, fault)) {
        return false;
    }
    gather_contents(writing);
    if (!join_contents(writing, fault)) {
        return false;
    }
    make_entries(writing);
    return pack_directories(writing, fault) && pack_metadata(writing, fault) && fill_header(writing, fault);
}

static bool check_room(const struct writing *writing, const char *path, struct fault *fault)
{
    struct statvfs disk;
    uint64_t needed = writing->header.tiles.offset + writing->header.tiles.length;
    char *folder = file_path_beside(path, ".");
    bool is_known = statvfs(folder, &disk) == 0;
    free(folder);
    if (is_known && needed > (uint64_t)disk.f_bavail * disk.f_frsize) {
        fault_set(fault, FAULT_UNAVAILABLE, "'%s' needs %llu MB beside it, and the disk has %llu MB left",
                  path, (unsigned long long)needed / 1000000,
                  (unsigned long long)disk.f_bavail * disk.f_frsize / 1000000);
        return false;
    }
    return true;
}

static bool write_contents(const struct writing *writing, FILE *file, struct fault *fault)
{
    for (size_t i = 0; i < writing->order_count; i++) {
        const struct content *content = &writing->contents[writing->order[i]];
        char *bytes = read_content(writing, content, fault);
        bool is_written = bytes && fwrite(bytes, 1, content->length, file) == content->length;
        if (bytes && !is_written) {
            fault_set(fault, FAULT_UNAVAILABLE, "%s", strerror(errno));
        }
        free(bytes);
        if (!is_written) {
            return false;
        }
    }
    return true;
}

static bool write_file(const struct writing *writing, FILE *file, struct fault *fault)
{
    unsigned char header[PMTILES_HEADER_BYTES];
    pmtiles_header_write(&writing->header, header);
    fwrite(header, 1, sizeof(header), file);
    fwrite(writing->root.bytes, 1, writing->root.length, file);
    fwrite(writing->metadata, 1, writing->header.metadata.length, file);
    fwrite(writing->leaves.bytes ? writing->leaves.bytes : "", 1, writing->leaves.length, file);
    if (!write_contents(writing, file, fault)) {
        return false;
    }
    if (fflush(file) != 0 || ferror(file) || fsync(fileno(file)) != 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s", strerror(errno));
        return false;
    }
    return true;
}

static bool write_beside(const struct writing *writing, const char *beside, struct fault *fault)
{
    FILE *file = fopen(beside, "wbe");
    if (!file) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s", strerror(errno));
        return false;
    }
    bool is_written = write_file(writing, file, fault);
    fclose(file);
    return is_written;
}

bool pmtiles_write(const struct pmtiles *old, const char *path, struct seed_draft *draft, struct fault *fault)
{
    struct writing writing = {.old = old, .draft = draft};
    size_t name_length = strlen(path) + sizeof(".new");
    char *beside = memory_new(name_length, 1);
    snprintf(beside, name_length, "%s.new", path);
    buffer_init(&writing.root, DIRECTORY_MOST_BYTES);
    buffer_init(&writing.leaves, DIRECTORY_MOST_BYTES);
    bool is_planned = plan_file(&writing, fault) && check_room(&writing, path, fault);
    bool is_written = is_planned && write_beside(&writing, beside, fault);
    if (is_planned && !is_written) {
        fault_prefix(fault, "cannot write '%s': ", beside);
    }
    bool is_done = is_written && file_replace(beside, path, fault);
    if (is_planned && !is_done) {
        unlink(beside);
    }
    free(beside);
    finish(&writing);
    return is_done;
}
