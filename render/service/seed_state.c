/*
 * seed_state.c - a layer's data may be gigabytes, so it is told by size and time; what people write is
 * hashed. Of a symbol set that is its file and the drawings as they were read.
 */
#include "render/service/seed_state.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/service/config.h"
#include "render/service/order.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define STATE_MOST_BYTES 4096
#define FILE_MOST_BYTES (16u << 20)

static uint64_t hash_content(uint64_t hash, const char *path)
{
    struct fault fault;
    size_t length;
    char *bytes = file_read(path, FILE_MOST_BYTES, &length, &fault);
    hash = bytes ? hash_bytes(hash, bytes, length) : hash_text(hash, fault.message);
    free(bytes);
    return hash;
}

static uint64_t hash_file_time(uint64_t hash, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return hash_text(hash, "absent");
    }
    hash = hash_bytes(hash, &status.st_size, sizeof(status.st_size));
    return hash_bytes(hash, &status.st_mtim, sizeof(status.st_mtim));
}

static uint64_t hash_map(uint64_t hash, const struct map *map)
{
    hash = hash_bytes(hash, &map->background, sizeof(map->background));
    hash = hash_bytes(hash, &map->palette, sizeof(map->palette));
    for (size_t i = 0; i < map->item_count; i++) {
        const struct map_item *item = &map->items[i];
        hash = hash_text(hash, item->plot ? item->plot : item->layer->id);
        if (item->layer) {
            hash = hash_content(hash, item->layer->file);
            hash = hash_file_time(hash, item->layer->path);
        }
    }
    return hash;
}

static uint64_t hash_set(uint64_t hash, const struct symbol_library *symbols, const struct symbol_set *set)
{
    const char *folder = symbol_library_folder(symbols, set);
    int version = symbol_set_version(set);
    char path[PATH_MAX];
    hash = hash_text(hash, symbol_set_name(set));
    hash = hash_bytes(hash, &version, sizeof(version));
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        hash = hash_text(hash, entry->is_glyph_lost ? "lost" : entry->glyph);
    }
    snprintf(path, sizeof(path), "%s/set.yaml", folder ? folder : "");
    return folder ? hash_content(hash, path) : hash;
}

static uint64_t hash_look(const struct config *config, const struct map *map)
{
    uint64_t hash = hash_text(HASH_START, PLOTTAFEL_VERSION);
    for (size_t i = 0; i < symbol_library_count(config->symbols); i++) {
        hash = hash_set(hash, config->symbols, symbol_library_at(config->symbols, i));
    }
    return hash_map(hash_content(hash, config->path), map);
}

char *seed_state_text(const struct config *config, const struct map *map, const struct order *order)
{
    struct buffer text;
    char moment[32];
    buffer_init(&text, STATE_MOST_BYTES);
    buffer_appendf(&text, "map=%s tms=%s ratio=%d language=%s palette=%s moment=%s", map->id,
                   order->tile.tile_matrix_set, order->tile.form.pixel_ratio, language_code(order->view.language),
                   palette_name(palette_wish_of(&order->view.palette, map)),
                   moment_format(order->view.as_of_ms, moment));
    for (size_t i = 0; i < order->view.plot_count; i++) {
        buffer_appendf(&text, "%s%" PRIu64, i ? "," : " revisions=", order->view.revisions[i]);
    }
    buffer_appendf(&text, " look=%016" PRIx64, hash_look(config, map));
    size_t length;
    return buffer_take(&text, &length);
}
