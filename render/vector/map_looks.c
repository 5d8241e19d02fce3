/*
 * map_looks.c - one pass over the features; what has been seen is found by its name.
 */
#include "render/vector/map_looks.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/shape.h"
#include "render/scene/scene.h"
#include "symbology/symbol_set.h"

struct collecting {
    struct map_looks *looks;
    struct table *seen;
    size_t icon_capacity;
    size_t shape_capacity;
};

/* Is it the first time that a name of a kind is met? */
static bool is_new(struct collecting *collecting, char kind, const char *name)
{
    size_t length = strlen(name);
    char *key = memory_new(length + 2, 1);
    key[0] = kind;
    memcpy(key + 1, name, length + 1);
    bool is_known = table_find(collecting->seen, key) != NULL;
    if (!is_known) {
        table_put(collecting->seen, key, collecting);
    }
    free(key);
    return !is_known;
}

static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity ? 2 * *capacity : 32;
    return memory_resize(items, *capacity, size);
}

static void add_icon(struct collecting *collecting, const struct plot_look *look, enum symbol_detail detail)
{
    struct map_looks *looks = collecting->looks;
    char *name = plot_look_icon(look, detail);
    if (!is_new(collecting, 'i', name)) {
        free(name);
        return;
    }
    looks->icons = grown(looks->icons, looks->icon_count, &collecting->icon_capacity, sizeof(*looks->icons));
    looks->icons[looks->icon_count++] = (struct map_icon){name, *look, detail};
}

/* In each detail in which some scale shows it. */
static void add_symbol(struct collecting *collecting, const struct plot_look *look)
{
    enum symbol_detail forced = look->feature->code.detail;
    if (forced != DETAIL_BY_SCALE) {
        add_icon(collecting, look, forced);
        return;
    }
    for (int detail = DETAIL_FULL; detail <= DETAIL_DOT; detail++) {
        add_icon(collecting, look, (enum symbol_detail)detail);
    }
}

static void add_shape(struct collecting *collecting, const struct plot_look *look)
{
    struct map_looks *looks = collecting->looks;
    bool is_line = look->feature->shape->kind == SHAPE_LINE;
    char *name = plot_look_shape(look);
    if (!is_new(collecting, is_line ? 'l' : 'a', name)) {
        free(name);
        return;
    }
    looks->shapes =
        grown(looks->shapes, looks->shape_count, &collecting->shape_capacity, sizeof(*looks->shapes));
    looks->shapes[looks->shape_count++] = (struct map_shape_look){name, *look, is_line};
}

static void add_lettering(struct collecting *collecting, const struct plot_look *look)
{
    struct map_looks *looks = collecting->looks;
    char name[PLOT_LETTERING_BYTES];
    if (is_new(collecting, 't', plot_look_lettering(look, name))) {
        looks->letterings =
            memory_resize(looks->letterings, looks->lettering_count + 1, sizeof(*looks->letterings));
        looks->letterings[looks->lettering_count++] = *look;
    }
}

static int compare_icons(const void *a, const void *b)
{
    return strcmp(((const struct map_icon *)a)->name, ((const struct map_icon *)b)->name);
}

static int priority_of(const struct map_shape_look *shape)
{
    return shape->look.entry ? shape->look.entry->priority : 0;
}

/* As scenes order features: areas before lines, a higher priority number before a lower one, then the last
 * id first. */
static int compare_shapes(const void *a, const void *b)
{
    const struct map_shape_look *one = a;
    const struct map_shape_look *two = b;
    if (one->is_line != two->is_line) {
        return one->is_line ? 1 : -1;
    }
    if (priority_of(one) != priority_of(two)) {
        return priority_of(one) > priority_of(two) ? -1 : 1;
    }
    return -strcmp(one->look.feature->id, two->look.feature->id); /* each the first of its look */
}

void map_looks_init(struct map_looks *looks, const struct symbol_library *symbols, const struct plot *plot)
{
    *looks = (struct map_looks){.icon_count = 0};
    struct collecting collecting = {.looks = looks, .seen = table_new(NULL)};
    for (size_t i = 0; i < plot_count(plot); i++) {
        struct plot_look look = plot_look_of(symbols, plot_at(plot, i));
        if (look.has_symbol) {
            add_symbol(&collecting, &look);
        }
        if (look.has_shape) {
            add_shape(&collecting, &look);
        }
        add_lettering(&collecting, &look);
    }
    if (looks->icon_count > 0) {
        qsort(looks->icons, looks->icon_count, sizeof(*looks->icons), compare_icons);
    }
    if (looks->shape_count > 0) {
        qsort(looks->shapes, looks->shape_count, sizeof(*looks->shapes), compare_shapes);
    }
    table_free(collecting.seen);
}

void map_looks_finish(struct map_looks *looks)
{
    for (size_t i = 0; i < looks->icon_count; i++) {
        free(looks->icons[i].name);
    }
    for (size_t i = 0; i < looks->shape_count; i++) {
        free(looks->shapes[i].name);
    }
    free(looks->icons);
    free(looks->shapes);
    free(looks->letterings);
    *looks = (struct map_looks){.icon_count = 0};
}

struct area_look map_shape_look_in(const struct map_shape_look *shape, enum palette palette)
{
    struct scene_feature feature = {.feature = shape->look.feature, .entry = shape->look.entry};
    if (shape->is_line) {
        return (struct area_look){.outline = scene_line_look(&feature, palette)};
    }
    return scene_area_look(&feature, palette);
}
