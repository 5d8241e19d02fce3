/*
 * legend.c - collects: each (entry, status) that a window shows, once, in the order of the symbol set; then
 * the layers. legend_set.c sets and paints it.
 */
#include "render/legend.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "render/legend_internal.h"
#include "render/map_view.h"
#include "render/placement.h"
#include "render/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene.h"
#include "render/symbol_picture.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define SWATCH_WIDTH_PX 46.0
#define SWATCH_HEIGHT_PX 20.0
#define SWATCH_LEAST_PART 0.85 /* of its height */

/* An entry with a status that was seen. */
struct sight {
    const struct symbol_entry *entry; /* NULL: the set lacks it */
    const struct symbol_code *code;   /* of the first feature seen */
    size_t group_rank;                /* place of the first entry of its group in the set */
    size_t rank;                      /* its own place in the set */
};

struct collecting {
    const struct map_view *view;
    struct bbox box; /* px; empty: everything */
    struct sight *sights;
    size_t count;
    size_t capacity;
};

static const char *const status_words[LANGUAGE_COUNT][STATUS_COUNT] = {
    [LANGUAGE_NL] = {"", "gepland", "beëindigd", "onbekend", "gesloten", "beschadigd", "verwoest", "vol"},
    [LANGUAGE_EN] = {"", "planned", "ended", "unknown", "closed", "damaged", "destroyed", "full"},
    [LANGUAGE_FR] = {"", "prévu", "terminé", "inconnu", "fermé", "endommagé", "détruit", "complet"},
    [LANGUAGE_DE] = {"", "geplant", "beendet", "unbekannt", "geschlossen", "beschädigt", "zerstört", "voll"},
};

static const char *const unknown_words[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = "Onbekend symbool",
    [LANGUAGE_EN] = "Unknown symbol",
    [LANGUAGE_FR] = "Symbole inconnu",
    [LANGUAGE_DE] = "Unbekanntes Zeichen",
};

static bool is_same(const struct sight *sight, const struct symbol_entry *entry,
                    const struct symbol_code *code)
{
    bool is_same_entity =
        entry ? sight->entry == entry : !sight->entry && strcmp(sight->code->entity, code->entity) == 0;
    return is_same_entity && sight->code->status == code->status;
}

static void note(struct collecting *collecting, const struct symbol_entry *entry,
                 const struct symbol_code *code)
{
    for (size_t i = 0; i < collecting->count; i++) {
        if (is_same(&collecting->sights[i], entry, code)) {
            return;
        }
    }
    if (collecting->count == collecting->capacity) {
        collecting->capacity = collecting->capacity ? 2 * collecting->capacity : 32;
        collecting->sights =
            memory_resize(collecting->sights, collecting->capacity, sizeof(*collecting->sights));
    }
    collecting->sights[collecting->count++] = (struct sight){.entry = entry, .code = code};
}

static void note_shape(const struct scene_feature *feature, void *context)
{
    struct collecting *collecting = context;
    struct line_look line = feature->feature->shape->kind == SHAPE_LINE
                                ? scene_line_look(feature, collecting->view->palette)
                                : scene_area_look(feature, collecting->view->palette).outline;
    if (bbox_is_empty(collecting->box) ||
        shape_touches_box(feature->shape->shape, collecting->box, line_look_reach_px(&line))) {
        note(collecting, feature->entry, &feature->feature->code);
    }
}

static void note_placed(const struct placed *placed, void *context)
{
    struct collecting *collecting = context;
    bool is_seen = placed->has_symbol && placed->feature->shape->kind == SHAPE_POINT &&
                   (bbox_is_empty(collecting->box) || bbox_intersects(placed->symbol_ink, collecting->box));
    if (is_seen) {
        note(collecting, placed->entry, &placed->feature->code);
    }
}

static void collect_whole(struct collecting *collecting, const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_feature *feature = scene_at(scene, i);
        if (feature->shape->has_image) {
            note(collecting, feature->entry, &feature->feature->code);
        }
    }
}

static void collect(struct collecting *collecting, const struct scene *scene)
{
    if (bbox_is_empty(collecting->box)) {
        collect_whole(collecting, scene);
        return;
    }
    for (uint32_t plot = 0; plot < collecting->view->plot_count; plot++) {
        scene_query(scene, plot, collecting->box, note_shape, collecting);
    }
    placement_query(scene_placement(scene), collecting->box, note_placed, collecting);
}

static const struct symbol_set *set_of(const struct map_view *view, const struct sight *sight)
{
    return symbol_library_find(view->symbols, sight->code->set, sight->code->version);
}

/* How many symbols the sets hold that come before this one. */
static size_t count_before(const struct symbol_library *symbols, const struct symbol_set *set)
{
    size_t count = 0;
    for (size_t i = 0; symbol_library_at(symbols, i) != set; i++) {
        count += symbol_set_count(symbol_library_at(symbols, i));
    }
    return count;
}

/* What the sets lack comes last. */
static void rank(const struct map_view *view, struct sight *sight)
{
    sight->rank = sight->group_rank = SIZE_MAX;
    const struct symbol_set *set = sight->entry ? set_of(view, sight) : NULL;
    size_t before = set ? count_before(view->symbols, set) : 0;
    for (size_t i = 0; set && i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        bool is_first = sight->group_rank == SIZE_MAX;
        if (is_first && strcmp(entry->group, sight->entry->group) == 0) {
            sight->group_rank = before + i;
        }
        if (entry == sight->entry) {
            sight->rank = before + i;
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct sight *sight_a = a;
    const struct sight *sight_b = b;
    if (sight_a->group_rank != sight_b->group_rank) {
        return sight_a->group_rank < sight_b->group_rank ? -1 : 1;
    }
    if (sight_a->rank != sight_b->rank) {
        return sight_a->rank < sight_b->rank ? -1 : 1;
    }
    int by_entity = strcmp(sight_a->code->entity, sight_b->code->entity);
    return sight_a->entry || by_entity == 0 ? (int)sight_a->code->status - (int)sight_b->code->status
                                            : by_entity;
}

struct legend_item *legend_append(struct legend *legend)
{
    if (legend->count == legend->capacity) {
        legend->capacity = legend->capacity ? 2 * legend->capacity : 32;
        legend->items = memory_resize(legend->items, legend->capacity, sizeof(*legend->items));
    }
    struct legend_item *item = &legend->items[legend->count++];
    *item = (struct legend_item){0};
    return item;
}

static char *title_of(const struct sight *sight, enum language language)
{
    const char *status = status_words[language][sight->code->status];
    const char *name =
        sight->entry ? multilingual_text(&sight->entry->name, language) : unknown_words[language];
    const char *entity = sight->entry ? "" : sight->code->entity;
    char title[512];
    snprintf(title, sizeof(title), "%s%s%s%s%s%s", name, *entity ? ": " : "", entity, *status ? " (" : "",
             status, *status ? ")" : "");
    return memory_copy_text(title);
}

static void add_symbol(struct legend *legend, const struct map_view *view, const struct sight *sight)
{
    struct legend_item *item = legend_append(legend);
    item->entry = sight->entry;
    item->title = title_of(sight, view->language);
    item->group = memory_copy_text(
        sight->entry ? symbol_set_group_title(set_of(view, sight), sight->entry->group, view->language) : "");
    memcpy(item->code.set, sight->code->set, sizeof(item->code.set));
    memcpy(item->code.entity, sight->code->entity, sizeof(item->code.entity));
    item->code.version = sight->code->version;
    item->code.status = sight->code->status;
}

/* An unknown symbol is a point's. */
static bool is_symbol(const struct legend_item *item)
{
    return !item->layer && (!item->entry || item->entry->geometry == GEOMETRY_POINT);
}

struct bbox legend_swatch(const struct legend *legend, double scale)
{
    double half_width = SWATCH_WIDTH_PX / 2 * legend->symbol_scale;
    double half_height = SWATCH_HEIGHT_PX / 2 * legend->symbol_scale * fmax(scale, SWATCH_LEAST_PART);
    return (struct bbox){-half_width, -half_height, half_width, half_height};
}

struct symbol_picture *legend_picture(struct renderer *renderer, const struct legend *legend,
                                      const struct legend_item *item, double scale, struct fault *fault)
{
    if (is_symbol(item)) {
        return symbol_cache_get(renderer->symbol_cache, item->entry, &item->code, DETAIL_FULL,
                                legend->palette, legend->symbol_scale * scale, fault);
    }
    struct bbox swatch = legend_swatch(legend, scale);
    return symbol_cache_get_swatch(renderer->symbol_cache, item->entry, &item->code, legend->palette,
                                   bbox_width(swatch), bbox_height(swatch), fault);
}

static bool measure_marks(struct renderer *renderer, const struct map_view *view, struct legend *legend,
                          struct fault *fault)
{
    legend->marks = memory_new(legend->count, sizeof(*legend->marks));
    for (size_t i = 0; i < legend->count; i++) {
        legend->marks[i] = bbox_empty();
        if (legend->items[i].layer) {
            legend->marks[i] = legend_layer_mark(renderer, view, &legend->items[i], fault);
        }
        if (!is_symbol(&legend->items[i])) {
            continue;
        }
        struct symbol_picture *picture = legend_picture(renderer, legend, &legend->items[i], 1.0, fault);
        if (!picture) {
            return false;
        }
        legend->marks[i] = symbol_picture_ink(picture);
    }
    return true;
}

static void fill_legend(struct legend *legend, const struct map_view *view, const struct scene *scene,
                        struct bbox box_px)
{
    struct collecting collecting = {.view = view, .box = box_px};
    collect(&collecting, scene);
    for (size_t i = 0; i < collecting.count; i++) {
        rank(view, &collecting.sights[i]);
    }
    if (collecting.count > 0) {
        qsort(collecting.sights, collecting.count, sizeof(*collecting.sights), compare);
    }
    for (size_t i = 0; i < collecting.count; i++) {
        add_symbol(legend, view, &collecting.sights[i]);
    }
    free(collecting.sights);
}

struct legend *legend_new(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                          struct fault *fault)
{
    symbol_cache_trim(renderer->symbol_cache);
    struct scene *scene = scene_get(renderer, view, fault);
    if (!scene) {
        return NULL;
    }
    struct legend *legend = memory_new(1, sizeof(*legend));
    legend->language = view->language;
    legend->palette = view->palette;
    legend->symbol_scale = view->symbol_scale;
    bool has_size = box.width > 0 && box.height > 0;
    fill_legend(legend, view, scene, has_size ? pixel_box_to_bbox(box) : bbox_empty());
    scene_unref(scene);
    legend_add_layers(renderer, view, box, legend);
    if (!measure_marks(renderer, view, legend, fault)) {
        legend_free(legend);
        return NULL;
    }
    return legend;
}

void legend_free(struct legend *legend)
{
    if (!legend) {
        return;
    }
    for (size_t i = 0; i < legend->count; i++) {
        free(legend->items[i].title);
        free(legend->items[i].group);
        symbol_code_finish(&legend->items[i].code);
    }
    free(legend->items);
    free(legend->marks);
    free(legend);
}

size_t legend_count(const struct legend *legend)
{
    return legend->count;
}

const struct legend_item *legend_at(const struct legend *legend, size_t index)
{
    assert(index < legend->count);
    return &legend->items[index];
}
