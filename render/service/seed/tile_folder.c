/*
 * tile_folder.c - a file is written beside and renamed, never changed: its other names would change with it.
 * Before the first file is touched the folder says that it is being changed, so that nobody takes it for
 * whole when the work is broken off and the draft is lost.
 */
#include "render/service/seed/tile_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/encode/gzip.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/seed/seed_facts.h"
#include "render/service/seed/seed_state.h"
#include "render/service/tile/tile_keys.h"

#define METADATA "metadata.json"
#define JSON_MOST_BYTES (4u << 20)
#define TILE_MOST_BYTES (64u << 20)
#define NEW_NAME ".new"

struct tile_folder {
    char *path;
    json_t *facts;
    const struct tile_matrix_set *set;
};

static void close_package(void *package)
{
    struct tile_folder *folder = package;
    json_decref(folder->facts);
    free(folder->path);
    free(folder);
}

static bool is_empty(const char *path)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    size_t count = 0;
    while (directory && (entry = readdir(directory))) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (directory) {
        closedir(directory);
    }
    return directory && count == 0;
}

static json_t *read_facts(const char *path, struct fault *fault)
{
    char name[PATH_MAX];
    size_t length;
    snprintf(name, sizeof(name), "%s/" METADATA, path);
    if (!file_exists(name)) {
        fault_set(fault, FAULT_INPUT, "'%s' holds other things: it is no folder of tiles", path);
        return NULL;
    }
    char *text = file_read(name, JSON_MOST_BYTES, &length, fault);
    json_t *facts = text ? json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (text && !json_is_object(facts)) {
        fault_set(fault, FAULT_INPUT, "'%s' is no JSON object", name);
        json_decref(facts);
        facts = NULL;
    }
    free(text);
    return facts;
}

static void *open_package(const char *path, const struct tile_matrix_set *set, struct fault *fault)
{
    if (is_empty(path)) {
        return NULL;
    }
    json_t *facts = read_facts(path, fault);
    if (!facts) {
        return NULL;
    }
    struct tile_folder *folder = memory_new(1, sizeof(*folder));
    *folder = (struct tile_folder){memory_copy_text(path), facts, set};
    return folder;
}

static const char *fact(const struct tile_folder *folder, const char *name)
{
    const char *value = json_string_value(json_object_get(folder->facts, name));
    return value ? value : "";
}

static char *read_fact(void *package, const char *name, struct fault *fault)
{
    (void)fault;
    return memory_copy_text(fact(package, name));
}

/** The number that a name is, with the end behind it; false when it is anything else. */
static bool read_number(const char *name, const char *end, uint32_t below, uint32_t *number)
{
    char *rest;
    if (name[0] < '0' || name[0] > '9') {
        return false;
    }
    unsigned long value = strtoul(name, &rest, 10);
    *number = (uint32_t)value;
    return value < below && strcmp(rest, end) == 0;
}

/** Where one is in the folders, and whom to tell. */
struct walk {
    const struct tile_matrix_set *set;
    const char *end; /* ".png" */
    struct tile_address address;
    struct tile_visitor visitor;
};

static bool walk_rows(struct walk *walk, const char *path, struct fault *fault)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    bool is_good = true;
    uint32_t height = walk->set->matrices[walk->address.zoom].matrix_height;
    while (is_good && directory && (entry = readdir(directory))) {
        if (read_number(entry->d_name, walk->end, height, &walk->address.row)) {
            is_good = walk->visitor.visit(walk->address, walk->visitor.context, fault);
        }
    }
    if (directory) {
        closedir(directory);
    }
    return is_good;
}

static bool walk_columns(struct walk *walk, const char *path, struct fault *fault)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    bool is_good = true;
    uint32_t width = walk->set->matrices[walk->address.zoom].matrix_width;
    while (is_good && directory && (entry = readdir(directory))) {
        char column[PATH_MAX + 16];
        if (read_number(entry->d_name, "", width, &walk->address.column)) {
            snprintf(column, sizeof(column), "%s/%u", path, (unsigned)walk->address.column);
            is_good = walk_rows(walk, column, fault);
        }
    }
    if (directory) {
        closedir(directory);
    }
    return is_good;
}

static bool visit(void *package, struct tile_visitor visitor, struct fault *fault)
{
    const struct tile_folder *folder = package;
    char end[16];
    snprintf(end, sizeof(end), ".%s", fact(folder, "extension"));
    struct walk walk = {.set = folder->set, .end = end, .visitor = visitor};
    for (size_t zoom = 0; zoom < folder->set->matrix_count; zoom++) {
        char path[PATH_MAX];
        walk.address.zoom = (uint32_t)zoom;
        snprintf(path, sizeof(path), "%s/%zu", folder->path, zoom);
        if (!walk_columns(&walk, path, fault)) {
            return false;
        }
    }
    return true;
}

static void name_tile(char name[static PATH_MAX], const char *path, struct tile_address address,
                      const char *extension)
{
    snprintf(name, PATH_MAX, "%s/%u/%u/%u.%s", path, (unsigned)address.zoom, (unsigned)address.column,
             (unsigned)address.row, extension);
}

static char *read_tile(void *package, struct tile_address address, size_t *length, struct fault *fault)
{
    const struct tile_folder *folder = package;
    char name[PATH_MAX];
    name_tile(name, folder->path, address, fact(folder, "extension"));
    return file_read(name, TILE_MOST_BYTES, length, fault);
}

/** What is being changed. */
struct publishing {
    const char *path;
    struct tile_folder *folder; /* NULL: nothing stands there */
    struct seed_draft *draft;
    char *extension;
    struct tile_keys drawn;
    struct tile_address
        *first; /* by number of the image: the first tile with it; zoom UINT32_MAX: none yet */
    size_t first_count;
    uint64_t needed_bytes;
};

static bool fail(const char *verb, const char *name, struct fault *fault)
{
    fault_set(fault, FAULT_UNAVAILABLE, "cannot %s '%s': %s", verb, name, strerror(errno));
    return false;
}

static bool make_folder(const char *path, struct fault *fault)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST || fail("make", path, fault);
}

static bool make_folders_of(const struct publishing *publishing, struct tile_address address,
                            struct fault *fault)
{
    char name[PATH_MAX];
    snprintf(name, sizeof(name), "%s/%u", publishing->path, (unsigned)address.zoom);
    if (!make_folder(name, fault)) {
        return false;
    }
    snprintf(name, sizeof(name), "%s/%u/%u", publishing->path, (unsigned)address.zoom,
             (unsigned)address.column);
    return make_folder(name, fault);
}

static bool count_drawn(struct tile_address address, struct seed_image image, void *context,
                        struct fault *fault)
{
    struct publishing *publishing = context;
    size_t number = (size_t)image.number;
    (void)fault;
    tile_keys_add(&publishing->drawn, address);
    if (number >= publishing->first_count) {
        size_t count = 2 * number + 1024;
        publishing->first = memory_resize(publishing->first, count, sizeof(*publishing->first));
        for (size_t i = publishing->first_count; i < count; i++) {
            publishing->first[i].zoom = UINT32_MAX;
        }
        publishing->first_count = count;
    }
    publishing->needed_bytes += image.length;
    return true;
}

static bool check_room(const struct publishing *publishing, struct fault *fault)
{
    struct statvfs disk;
    if (statvfs(publishing->path, &disk) == 0 &&
        publishing->needed_bytes > (uint64_t)disk.f_bavail * disk.f_frsize) {
        fault_set(fault, FAULT_UNAVAILABLE, "'%s' needs %llu MB more, and the disk has %llu MB left",
                  publishing->path, (unsigned long long)publishing->needed_bytes / 1000000,
                  (unsigned long long)disk.f_bavail * disk.f_frsize / 1000000);
        return false;
    }
    return true;
}

/** Other hands may have taken it away already. */
static bool remove_tile(const struct publishing *publishing, struct tile_address address,
                        const char *extension, struct fault *fault)
{
    char name[PATH_MAX];
    name_tile(name, publishing->path, address, extension);
    return unlink(name) == 0 || errno == ENOENT || fail("remove", name, fault);
}

static bool remove_stale(struct tile_address address, void *context, struct fault *fault)
{
    const struct publishing *publishing = context;
    return tile_keys_has(&publishing->drawn, address) ||
           remove_tile(publishing, address, publishing->extension, fault);
}

/** When nothing of the package stays. */
static bool remove_replaced(struct tile_address address, void *context, struct fault *fault)
{
    const struct publishing *publishing = context;
    const char *extension = fact(publishing->folder, "extension");
    bool is_overwritten = strcmp(extension, publishing->extension) == 0;
    return (is_overwritten && tile_keys_has(&publishing->drawn, address)) ||
           remove_tile(publishing, address, extension, fault);
}

static bool write_bytes(const char *name, const char *bytes, size_t length, struct fault *fault)
{
    FILE *file = fopen(name, "wbe");
    if (!file) {
        return fail("write", name, fault);
    }
    bool is_written = fwrite(bytes, 1, length, file) == length;
    is_written = fclose(file) == 0 && is_written;
    return is_written || fail("write", name, fault);
}

static bool write_image(const struct publishing *publishing, int64_t number, const char *name,
                        struct fault *fault)
{
    size_t length;
    char *bytes = seed_draft_read_image(publishing->draft, number, &length, fault);
    if (bytes && strcmp(publishing->extension, "mvt") == 0) {
        char *packed = bytes;
        bytes = gzip_unpack(packed, length, TILE_MOST_BYTES, &length, fault);
        free(packed);
    }
    bool is_written = bytes && write_bytes(name, bytes, length, fault);
    free(bytes);
    return is_written;
}

static bool place_tile(struct tile_address address, struct seed_image image, void *context,
                       struct fault *fault)
{
    struct publishing *publishing = context;
    struct tile_address *first = &publishing->first[image.number];
    char name[PATH_MAX];
    char new_name[PATH_MAX];
    char first_name[PATH_MAX];
    name_tile(name, publishing->path, address, publishing->extension);
    snprintf(new_name, sizeof(new_name), "%s/" NEW_NAME, publishing->path);
    unlink(new_name); /* an earlier run was broken off, or the renaming did nothing: both had one file */
    if (!make_folders_of(publishing, address, fault)) {
        return false;
    }
    bool is_linked = false;
    if (first->zoom != UINT32_MAX) {
        name_tile(first_name, publishing->path, *first, publishing->extension);
        is_linked = link(first_name, new_name) == 0;
    }
    if (!is_linked && !write_image(publishing, image.number, new_name, fault)) {
        return false;
    }
    *first = address;
    return rename(new_name, name) == 0 || fail("write", name, fault);
}

static bool write_json(const struct publishing *publishing, const char *name, json_t *json,
                       struct fault *fault)
{
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/%s", publishing->path, name);
    char *text = json_dumps(json, JSON_INDENT(1) | JSON_SORT_KEYS | JSON_REAL_PRECISION(10));
    bool is_written = text && file_write(path, text, strlen(text), fault);
    free(text);
    return is_written;
}

static json_t *tilejson_of(json_t *facts, const struct seed_place *place, const char *extension)
{
    static const char *const taken[] = {"name", "description", "attribution", "crs", "vector_layers"};
    struct bbox box = place->bounds_deg;
    char tiles[40];
    snprintf(tiles, sizeof(tiles), "{z}/{x}/{y}.%s", extension);
    json_t *json = json_pack("{s:s,s:s,s:[s],s:i,s:i,s:[f,f,f,f],s:[f,f,i]}", "tilejson", "3.0.0", "scheme",
                             "xyz", "tiles", tiles, "minzoom", (int)place->first_zoom, "maxzoom",
                             (int)place->last_zoom, "bounds", box.min_x, box.min_y, box.max_x, box.max_y,
                             "center", place->centre_deg.x, place->centre_deg.y, (int)place->centre_zoom);
    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
        json_t *value = json_object_get(facts, taken[i]);
        if (value) {
            json_object_set(json, taken[i], value);
        }
    }
    return json;
}

/** The facts, and that they do not hold yet. */
static bool write_unfinished(const struct publishing *publishing, json_t *facts, struct fault *fault)
{
    json_t *unfinished = json_copy(facts);
    json_object_set_new(unfinished, SEED_STATE_FACT, json_string(SEED_STATE_UNFINISHED));
    bool is_written = write_json(publishing, METADATA, unfinished, fault);
    json_decref(unfinished);
    return is_written;
}

static bool change_tiles(struct publishing *publishing, struct fault *fault)
{
    bool replaces_all = seed_draft_replaces_all(publishing->draft);
    if (publishing->folder && replaces_all &&
        !visit(publishing->folder, (struct tile_visitor){remove_replaced, publishing}, fault)) {
        return false;
    }
    return seed_draft_visit_stale(publishing->draft, (struct tile_visitor){remove_stale, publishing},
                                  fault) &&
           seed_draft_visit(publishing->draft, place_tile, publishing, fault);
}

static bool sync_all(const char *path, struct fault *fault)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = descriptor >= 0 && syncfs(descriptor) == 0;
    if (!is_synced) {
        fail("write", path, fault);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return is_synced;
}

static bool finish_folder(struct publishing *publishing, json_t *facts, struct fault *fault)
{
    char new_name[PATH_MAX];
    struct seed_place place;
    if (!seed_facts_read_place(publishing->draft, &place, fault)) {
        return false;
    }
    snprintf(new_name, sizeof(new_name), "%s/" NEW_NAME, publishing->path);
    unlink(new_name);
    json_t *tilejson = tilejson_of(facts, &place, publishing->extension);
    bool is_done = sync_all(publishing->path, fault) &&
                   write_json(publishing, "tilejson.json", tilejson, fault) &&
                   write_json(publishing, METADATA, facts, fault);
    json_decref(tilejson);
    return is_done;
}

static bool change(struct publishing *publishing, struct fault *fault)
{
    publishing->extension = seed_draft_read_fact(publishing->draft, "extension", fault);
    char *text = publishing->extension ? seed_facts_json(publishing->draft, fault) : NULL;
    json_t *facts = text ? json_loads(text, 0, NULL) : NULL;
    free(text);
    bool is_done = facts && make_folder(publishing->path, fault) &&
                   seed_draft_visit(publishing->draft, count_drawn, publishing, fault);
    tile_keys_sort(&publishing->drawn);
    is_done = is_done && check_room(publishing, fault) && write_unfinished(publishing, facts, fault) &&
              change_tiles(publishing, fault) && finish_folder(publishing, facts, fault);
    json_decref(facts);
    return is_done;
}

static bool publish(void *package, const char *path, struct seed_draft *draft, struct fault *fault)
{
    struct publishing publishing = {.path = path, .folder = package, .draft = draft};
    bool is_done =
        seed_draft_commit(draft, fault) && change(&publishing, fault) && seed_draft_remove(draft, fault);
    tile_keys_finish(&publishing.drawn);
    free(publishing.first);
    free(publishing.extension);
    return is_done;
}

const struct tile_archive_kind tile_folder_kind = {
    .name = "folder",
    .open = open_package,
    .close = close_package,
    .read_fact = read_fact,
    .visit = visit,
    .read_tile = read_tile,
    .publish = publish,
};
