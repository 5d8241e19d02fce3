/*
 * briefing_parts.c - the parts of a tile (look_hash.h), and what only a page shows: the words of map and
 * plots, and the template.
 */
#include "render/service/briefing/briefing_parts.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/hash.h"
#include "render/briefing/template.h"
#include "render/service/config.h"
#include "render/service/tile/look_hash.h"

#define PARTS_MOST_BYTES (1u << 20)
#define NAMES_MOST_BYTES 400

static void append_part(const char *kind, const char *name, uint64_t hash, void *context)
{
    struct buffer *json = context;
    struct buffer key;
    buffer_init(&key, 512);
    buffer_appendf(&key, "%s%s%s", kind, *name ? " " : "", name);
    buffer_append_text(json, json->length > 1 ? ",\n" : "");
    buffer_append_json(json, key.bytes ? key.bytes : "");
    buffer_appendf(json, ":\"%016" PRIx64 "\"", hash);
    buffer_finish(&key);
}

static uint64_t hash_multilingual(uint64_t hash, const struct multilingual *text)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        hash = hash_text(hash, text->texts[i]);
    }
    return hash;
}

/** What a page says of its map, and a tile does not. */
static uint64_t hash_words(const struct map *map)
{
    const char *const texts[] = {map->version, map->author, map->organisation, map->contact};
    const int choices[] = {map->status, map_marking(map), map->crowded, map->palette};
    uint64_t hash = hash_multilingual(HASH_START, &map->title);
    hash = hash_multilingual(hash_multilingual(hash, &map->place), &map->disclaimer);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        hash = hash_text(hash, texts[i]);
    }
    hash = hash_bytes(hash, &map->extent_deg, sizeof(map->extent_deg));
    return hash_bytes(hash, choices, sizeof(choices));
}

static void append_plot_titles(const struct config *config, const struct map *map, struct buffer *json)
{
    for (size_t i = 0; i < map->item_count; i++) {
        const char *name = map->items[i].plot;
        const struct plot_title *title = name ? config_find_plot(config, name) : NULL;
        if (title) {
            uint64_t hash = hash_text(hash_text(HASH_START, title->title), title->activity);
            hash = hash_bytes(hash, &title->is_exercise, sizeof(title->is_exercise));
            append_part("title of plot", name, hash, json);
        }
    }
}

char *briefing_parts_now(const struct config *config, const struct map *map, const struct template *template)
{
    struct buffer json;
    buffer_init(&json, PARTS_MOST_BYTES);
    buffer_append_text(&json, "{");
    look_visit(config, map, (struct look_visitor){append_part, &json});
    append_part("words of map", map->id, hash_words(map), &json);
    append_plot_titles(config, map, &json);
    if (template) {
        append_part("template", template->id, template->hash, &json);
    }
    buffer_append_text(&json, "}");
    return buffer_take(&json, &(size_t){0});
}

/** Names what is in some, but not the same in others. */
static void append_differing(json_t *some, json_t *others, bool is_gone_only, struct buffer *names)
{
    const char *name;
    json_t *value;
    json_object_foreach(some, name, value)
    {
        json_t *other = json_object_get(others, name);
        if (!other || (!is_gone_only && !json_equal(value, other))) {
            buffer_appendf(names, "%s%s", names->length ? ", " : "", name);
        }
    }
}

char *briefing_parts_difference(const char *before, const char *now)
{
    json_t *old = json_loads(before, 0, NULL);
    json_t *new = json_loads(now, 0, NULL);
    struct buffer names;
    buffer_init(&names, NAMES_MOST_BYTES);
    append_differing(old, new, false, &names);
    append_differing(new, old, true, &names);
    json_decref(old);
    json_decref(new);
    return buffer_take(&names, &(size_t){0});
}
