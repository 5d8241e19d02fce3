/*
 * map.c - as catalogue.c: all of a record is read, and only maps without any error are handed out.
 */
#include "data/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/record.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "symbology/text_reader.h"

#define CREDITS_MOST_BYTES 16384

struct maps {
    struct map *items; /* owned */
    size_t count;
    struct table *by_id; /* borrows from items */
};

/* What a reader of one file needs beside its nodes. */
struct map_reader {
    const struct catalogue *catalogue;
    const char **layer_ids; /* of the catalogue, NULL-terminated; owned, the texts borrowed */
    struct problems *problems;
};

static void map_finish(struct map *map)
{
    for (size_t i = 0; i < map->item_count; i++) {
        free(map->items[i].plot);
    }
    for (size_t i = 0; i < map->area_count; i++) {
        free(map->areas[i].id);
        multilingual_finish(&map->areas[i].title);
    }
    free(map->areas);
    free(map->items);
    multilingual_finish(&map->title);
    multilingual_finish(&map->place);
    multilingual_finish(&map->disclaimer);
    free(map->id);
    free(map->version);
    free(map->author);
    free(map->organisation);
    free(map->contact);
}

void maps_free(struct maps *maps)
{
    if (!maps) {
        return;
    }
    for (size_t i = 0; i < maps->count; i++) {
        map_finish(&maps->items[i]);
    }
    free(maps->items);
    table_free(maps->by_id);
    free(maps);
}

static const char **layer_ids(const struct catalogue *catalogue)
{
    size_t count = catalogue ? catalogue_count(catalogue) : 0;
    const char **ids = memory_new(count + 1, sizeof *ids);
    for (size_t i = 0; i < count; i++) {
        ids[i] = catalogue_at(catalogue, i)->id;
    }
    return ids;
}

static char *read_plot_name(const struct yaml_node *mapping, struct problems *problems)
{
    const char *name = yaml_read_text(mapping, "plot", NULL, problems);
    if (*name && !record_is_id(name)) {
        yaml_problem(yaml_find(mapping, "plot"), problems,
                     "'%.80s' is no name of a plot: 1 to 64 of the letters a to z, digits and '-'", name);
    }
    return memory_copy_text(name);
}

static bool is_same_item(const struct map_item *a, const struct map_item *b)
{
    if (a->plot || b->plot) {
        return a->plot && b->plot && strcmp(a->plot, b->plot) == 0;
    }
    return a->layer && a->layer == b->layer;
}

static void refuse_repeated_item(const struct map *map, const struct yaml_node *mapping,
                                 struct problems *problems)
{
    const struct map_item *last = &map->items[map->item_count - 1];
    for (const struct map_item *item = map->items; item < last; item++) {
        if (is_same_item(item, last)) {
            yaml_problem(mapping, problems, "is in this map already");
            return;
        }
    }
}

static void read_item(const struct map_reader *reader, const struct yaml_node *mapping, struct map *map)
{
    static const char *const known[] = {"layer", "plot", NULL};
    if (yaml_kind(mapping) != YAML_MAPPING || yaml_count(mapping) != 1) {
        yaml_problem(mapping, reader->problems, "must be either 'layer: ID' or 'plot: NAME'");
        return;
    }
    yaml_check_keys(mapping, known, reader->problems);
    struct map_item *item = &map->items[map->item_count++];
    if (yaml_find(mapping, "plot")) {
        item->plot = read_plot_name(mapping, reader->problems);
    } else if (yaml_find(mapping, "layer") && reader->catalogue) {
        int number = yaml_read_choice(mapping, "layer", reader->layer_ids, -1, reader->problems);
        item->layer = number < 0 ? NULL : catalogue_at(reader->catalogue, (size_t)number);
    }
    refuse_repeated_item(map, mapping, reader->problems);
}

static void read_items(const struct map_reader *reader, const struct yaml_node *mapping, struct map *map)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "items", reader->problems);
    if (!list || yaml_count(list) == 0) {
        yaml_problem(list ? list : mapping, reader->problems,
                     "has no items: what the map shows, bottom first");
        return;
    }
    map->items = memory_new(yaml_count(list), sizeof *map->items);
    for (size_t i = 0; i < yaml_count(list); i++) {
        read_item(reader, yaml_at(list, i), map);
    }
}

static struct bbox read_box(const struct yaml_node *mapping, const char *key, struct problems *problems)
{
    double sides[4] = {0};
    if (!record_read_numbers(mapping, key, 4, sides, problems)) {
        if (yaml_is_null(yaml_find(mapping, key))) {
            yaml_problem(mapping, problems, "has no %s: [west, south, east, north] in degrees", key);
        }
        return bbox_empty();
    }
    struct bbox box = {sides[0], sides[1], sides[2], sides[3]};
    struct bbox world = {-180, -90, 180, 90};
    if (bbox_is_empty(box) || !bbox_contains(world, box) || bbox_width(box) == 0 || bbox_height(box) == 0) {
        yaml_problem(yaml_find(mapping, key), problems,
                     "must be [west, south, east, north] in degrees, not [%g, %g, %g, %g]", sides[0],
                     sides[1], sides[2], sides[3]);
    }
    return box;
}

static void refuse_repeated_area(const struct map *map, const struct yaml_node *mapping,
                                 struct problems *problems)
{
    const struct map_area *last = &map->areas[map->area_count - 1];
    for (const struct map_area *area = map->areas; area < last; area++) {
        if (*last->id && strcmp(area->id, last->id) == 0) {
            yaml_problem(yaml_find(mapping, "id"), problems, "'%s' is already the id of another area",
                         last->id);
        }
    }
}

static void read_areas(const struct yaml_node *mapping, struct map *map, struct problems *problems)
{
    static const char *const known[] = {"id", "title", "bbox", NULL};
    const struct yaml_node *list = yaml_read_sequence(mapping, "areas", problems);
    size_t count = list ? yaml_count(list) : 0;
    map->areas = memory_new(count, sizeof *map->areas);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = yaml_at(list, i);
        if (yaml_kind(node) != YAML_MAPPING) {
            yaml_problem(node, problems, "must be an area: id, title, bbox");
            continue;
        }
        struct map_area *area = &map->areas[map->area_count++];
        yaml_check_keys(node, known, problems);
        area->id = record_read_id(node, problems);
        text_read_multilingual(node, "title", false, &area->title, problems);
        area->box_deg = read_box(node, "bbox", problems);
        refuse_repeated_area(map, node, problems);
    }
}

static struct colour read_background(const struct yaml_node *mapping, struct problems *problems)
{
    struct colour colour = {0xFF, 0xFF, 0xFF, 0xFF};
    struct fault fault = {FAULT_NONE, ""};
    const char *text = yaml_read_text(mapping, "background", "#FFFFFF", problems);
    if (!colour_parse(text, &colour, &fault)) {
        yaml_problem(yaml_find(mapping, "background"), problems, "%s", fault.message);
    }
    return colour;
}

static enum palette read_palette(const struct yaml_node *mapping, struct problems *problems)
{
    const char *names[PALETTE_COUNT + 1] = {NULL};
    for (int i = 0; i < PALETTE_COUNT; i++) {
        names[i] = palette_name((enum palette)i);
    }
    return (enum palette)yaml_read_choice(mapping, "palette", names, PALETTE_DEFAULT, problems);
}

/* In the order of enum map_crowded. */
static const char *const crowded_names[] = {"shrink", "leader", "count", NULL};

const char *map_crowded_name(enum map_crowded crowded)
{
    return crowded_names[crowded];
}

static void read_appearance(const struct yaml_node *mapping, struct map *map, struct problems *problems)
{
    static const char *const statuses[] = {"concept", "established", "expired", NULL};
    map->background = read_background(mapping, problems);
    map->palette = read_palette(mapping, problems);
    map->crowded =
        (enum map_crowded)yaml_read_choice(mapping, "crowded", crowded_names, MAP_CROWDED_SHRINK, problems);
    map->marking = record_read_marking(mapping, "marking", MARKING_CLEAR, problems);
    map->status = (enum map_status)yaml_read_choice(mapping, "status", statuses, MAP_CONCEPT, problems);
    map->extent_deg = read_box(mapping, "extent", problems);
}

static void read_words(const struct yaml_node *mapping, struct map *map, struct problems *problems)
{
    map->id = record_read_id(mapping, problems);
    text_read_multilingual(mapping, "title", true, &map->title, problems);
    text_read_multilingual(mapping, "place", false, &map->place, problems);
    text_read_multilingual(mapping, "disclaimer", false, &map->disclaimer, problems);
    map->version = text_read_plain(mapping, "version", problems);
    map->author = text_read_plain(mapping, "author", problems);
    map->organisation = text_read_plain(mapping, "organisation", problems);
    map->contact = text_read_plain(mapping, "contact", problems);
}

static void read_map(const struct map_reader *reader, const struct yaml_node *mapping, struct map *map)
{
    static const char *const known[] = {"id",           "title",   "place",      "items",   "background",
                                        "palette",      "marking", "status",     "version", "author",
                                        "organisation", "contact", "disclaimer", "extent",  "crowded",
                                        "areas",        NULL};
    yaml_check_keys(mapping, known, reader->problems);
    read_words(mapping, map, reader->problems);
    read_appearance(mapping, map, reader->problems);
    read_items(reader, mapping, map);
    read_areas(mapping, map, reader->problems);
}

static void maps_add(const struct map_reader *reader, const struct yaml_node *mapping, struct maps *maps)
{
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, reader->problems, "must be the record of a map: id, title, items, extent");
        return;
    }
    struct map *map = &maps->items[maps->count++];
    read_map(reader, mapping, map);
    if (table_find(maps->by_id, map->id)) {
        yaml_problem(yaml_find(mapping, "id"), reader->problems, "'%s' is already the id of another map",
                     map->id);
    } else if (*map->id) {
        table_put(maps->by_id, map->id, map);
    }
}

static struct maps *maps_of(const struct map_reader *reader, const struct yaml_node *root)
{
    static const char *const known[] = {"maps", NULL};
    yaml_check_keys(root, known, reader->problems);
    const struct yaml_node *list = yaml_read_sequence(root, "maps", reader->problems);
    if (yaml_is_null(yaml_find(root, "maps"))) {
        yaml_problem(root, reader->problems, "has no 'maps': a list of records");
    }
    size_t count = list ? yaml_count(list) : 0;
    struct maps *maps = memory_new(1, sizeof *maps);
    maps->items = memory_new(count, sizeof *maps->items);
    maps->by_id = table_new(NULL);
    for (size_t i = 0; i < count; i++) {
        maps_add(reader, yaml_at(list, i), maps);
    }
    return maps;
}

struct maps *maps_read(const char *path, const struct catalogue *catalogue, struct problems *problems)
{
    size_t errors_before = problems->error_count;
    struct yaml_document *document = yaml_document_read(path, problems);
    if (!document) {
        return NULL;
    }
    struct map_reader reader = {catalogue, layer_ids(catalogue), problems};
    struct maps *maps = maps_of(&reader, yaml_document_root(document));
    free(reader.layer_ids);
    yaml_document_free(document);
    if (!catalogue || problems->error_count > errors_before) {
        maps_free(maps);
        return NULL;
    }
    return maps;
}

size_t maps_count(const struct maps *maps)
{
    return maps->count;
}

const struct map *maps_at(const struct maps *maps, size_t index)
{
    return index < maps->count ? &maps->items[index] : NULL;
}

const struct map *maps_find(const struct maps *maps, const char *id)
{
    return table_find(maps->by_id, id);
}

size_t maps_index(const struct maps *maps, const struct map *map)
{
    assert(map >= maps->items && map < maps->items + maps->count);
    return (size_t)(map - maps->items);
}

enum marking map_marking(const struct map *map)
{
    enum marking highest = map->marking;
    for (size_t i = 0; i < map->item_count; i++) {
        if (map->items[i].layer) {
            highest = marking_higher(highest, map->items[i].layer->marking);
        }
    }
    return highest;
}

char *map_credits(const struct map *map)
{
    struct buffer text;
    struct table *said = table_new(NULL);
    buffer_init(&text, CREDITS_MOST_BYTES);
    for (size_t i = 0; i < map->item_count; i++) {
        const char *credit = map->items[i].layer ? map->items[i].layer->credit : NULL;
        if (credit && *credit && !table_find(said, credit)) {
            table_put(said, credit, said);
            buffer_appendf(&text, "%s%s", text.length ? "; " : "", credit);
        }
    }
    char *credits = memory_copy_text(text.bytes ? text.bytes : "");
    table_free(said);
    buffer_finish(&text);
    return credits;
}
