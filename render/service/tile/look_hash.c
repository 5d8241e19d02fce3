/*
 * look_hash.c - a layer's data may be gigabytes, so it is told by size and time of its files; what people
 * write is hashed. Of the catalogue that is the whole file: a record has no text of its own, and drawing too
 * much again is no mistake. Where order depends on the file system, hashes are added up.
 */
#include "render/service/tile/look_hash.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "geo/base/resource.h"
#include "render/service/config.h"
#include "render/service/tile/program_hash.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define FILE_MOST_BYTES (16u << 20)

extern const struct resource *render_resources;

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return hash_bytes(hash, &number, sizeof(number));
}

static uint64_t hash_content(uint64_t hash, const char *path)
{
    struct fault fault;
    size_t length;
    char *bytes = file_read(path, FILE_MOST_BYTES, &length, &fault);
    hash = bytes ? hash_bytes(hash_number(hash, length), bytes, length) : hash_text(hash, fault.message);
    free(bytes);
    return hash;
}

/** Name, size and time; 0 of what is not there. */
static uint64_t hash_file_time(const char *path, const char *name)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return 0;
    }
    uint64_t hash = hash_number(hash_text(HASH_START, name), (uint64_t)status.st_size);
    hash = hash_number(hash, (uint64_t)status.st_mtim.tv_sec);
    return hash_number(hash, (uint64_t)status.st_mtim.tv_nsec);
}

/** SQLite touches these when it only reads; an empty log holds no change. */
static bool is_only_touched(const char *path, const char *name)
{
    size_t length = strlen(name);
    struct stat status;
    if (length < 4) {
        return false;
    }
    bool is_empty_log =
        strcmp(name + length - 4, "-wal") == 0 && stat(path, &status) == 0 && status.st_size == 0;
    return is_empty_log || strcmp(name + length - 4, "-shm") == 0;
}

/** The sum over the files of a folder whose names begin so. */
static uint64_t hash_folder(const char *folder, const char *beginning, size_t beginning_length)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    uint64_t sum = 0;
    while (directory && (entry = readdir(directory))) {
        char path[PATH_MAX];
        int length = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        bool is_of_it = strncmp(entry->d_name, beginning, beginning_length) == 0 && entry->d_name[0] != '.';
        if (is_of_it && length < (int)sizeof(path) && !is_only_touched(path, entry->d_name)) {
            sum += hash_file_time(path, entry->d_name);
        }
    }
    if (directory) {
        closedir(directory);
    }
    return sum;
}

/** A file and those beside it that belong to it: roads.shp, roads.dbf; depth.tif, depth.tif.ovr. */
static uint64_t hash_data(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    int folder_length = slash ? (int)(slash - path) : 0;
    snprintf(folder, sizeof(folder), "%.*s", folder_length, path);
    return hash_folder(slash ? folder : ".", name, dot ? (size_t)(dot - name) + 1 : strlen(name));
}

static uint64_t hash_layer(uint64_t hash, const struct layer *layer)
{
    return hash_number(hash_content(hash_text(hash, layer->id), layer->file), hash_data(layer->path));
}

static uint64_t hash_plot(uint64_t hash, const struct config *config, const char *name)
{
    const struct plot_title *title = config_find_plot(config, name);
    hash = hash_text(hash, name);
    return title ? hash_number(hash_text(hash, title->symbols.set), (uint64_t)title->symbols.version) : hash;
}

static uint64_t hash_set(uint64_t hash, const struct symbol_library *symbols, const struct symbol_set *set)
{
    const char *folder = symbol_library_folder(symbols, set);
    char path[PATH_MAX];
    hash = hash_number(hash_text(hash, symbol_set_name(set)), (uint64_t)symbol_set_version(set));
    if (!folder) {
        return hash; /* part of the program */
    }
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        hash = hash_text(hash, entry->is_glyph_lost ? "lost" : entry->glyph);
    }
    snprintf(path, sizeof(path), "%s/set.yaml", folder);
    return hash_content(hash, path);
}

/** Which set is the default counts as a thing of its own. */
static void visit_symbols(const struct symbol_library *symbols, struct look_visitor visitor)
{
    const struct symbol_set *usual = symbol_library_default(symbols);
    uint64_t hash = hash_text(HASH_START, symbol_set_name(usual));
    visitor.visit("symbols", "", hash_number(hash, (uint64_t)symbol_set_version(usual)), visitor.context);
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        const struct symbol_set *set = symbol_library_at(symbols, i);
        char name[120];
        snprintf(name, sizeof(name), "%.80s@%d", symbol_set_name(set), symbol_set_version(set));
        visitor.visit("symbols", name, hash_set(HASH_START, symbols, set), visitor.context);
    }
}

/** The folders that the program's configuration of fonts names. */
static uint64_t hash_fonts(uint64_t hash)
{
    static const char mark[] = "<dir>";
    const struct resource *text = resource_find(render_resources, "fonts/fonts.conf");
    const char *next = text ? (const char *)text->bytes : "";
    while ((next = strstr(next, mark))) {
        char folder[PATH_MAX];
        next += sizeof(mark) - 1;
        snprintf(folder, sizeof(folder), "%.*s", (int)strcspn(next, "<"), next);
        hash = hash_number(hash, hash_folder(folder, "", 0));
    }
    return hash;
}

/** A hash of its own for each thing, so that it can be told which of them changed. */
void look_visit(const struct config *config, const struct map *map, struct look_visitor visitor)
{
    const char *folder = config->grid_folder;
    visitor.visit("program", "", program_hash(), visitor.context);
    visitor.visit("fonts", "", hash_fonts(HASH_START), visitor.context);
    visitor.visit("grids", "", folder ? hash_folder(folder, "", 0) : 0, visitor.context);
    visit_symbols(config->symbols, visitor);
    visitor.visit("map", map->id, hash_bytes(HASH_START, &map->background, sizeof(map->background)),
                  visitor.context);
    for (size_t i = 0; i < map->item_count; i++) {
        const struct map_item *item = &map->items[i];
        const char *name = item->plot ? item->plot : item->layer->id;
        uint64_t hash =
            item->plot ? hash_plot(HASH_START, config, name) : hash_layer(HASH_START, item->layer);
        visitor.visit(item->plot ? "plot" : "layer", name, hash, visitor.context);
    }
}

static void add_part(const char *kind, const char *name, uint64_t hash, void *context)
{
    uint64_t *sum = context;
    *sum = hash_number(hash_text(hash_text(*sum, kind), name), hash);
}

uint64_t look_hash(const struct config *config, const struct map *map)
{
    uint64_t hash = HASH_START;
    look_visit(config, map, (struct look_visitor){add_part, &hash});
    return hash;
}
