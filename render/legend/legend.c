/*
 * legend.c - the badge that counts symbols; the marks of what changed; then each (entry, status) that a
 * window shows (legend_sights.c), once, in the order of the symbol set; then the layers. legend_set.c sets
 * and paints it.
 */
#include "render/legend/legend.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/legend/legend_internal.h"
#include "render/legend/legend_names.h"
#include "render/legend/legend_sights.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define SWATCH_WIDTH_PX 46.0
#define SWATCH_HEIGHT_PX 20.0
#define SWATCH_LEAST_PART 0.85 /* of its height */

static const struct symbol_set *set_of(const struct map_view *view, const struct legend_sight *sight)
{
    return symbol_library_find(view->symbols, sight->code->set, sight->code->version);
}

/* What the sets lack comes last. */
static void rank(const struct map_view *view, struct legend_sight *sight)
{
    sight->rank = sight->group_rank = SIZE_MAX;
    if (!sight->entry) {
        return;
    }
    const struct symbol_set *set = set_of(view, sight);
    sight->group_rank = legend_group_rank(view->symbols, sight->entry->group);
    sight->rank = (size_t)(sight->entry - symbol_set_at(set, 0));
}

/* By set, of symbols that stand at the same place in theirs. */
static int compare_sets(const struct symbol_code *a, const struct symbol_code *b)
{
    int by_name = strcmp(a->set, b->set);
    return by_name != 0 ? by_name : a->version - b->version;
}

static int compare(const void *a, const void *b)
{
    const struct legend_sight *sight_a = a;
    const struct legend_sight *sight_b = b;
    if (sight_a->group_rank != sight_b->group_rank) {
        return sight_a->group_rank < sight_b->group_rank ? -1 : 1;
    }
    if (sight_a->rank != sight_b->rank) {
        return sight_a->rank < sight_b->rank ? -1 : 1;
    }
    int by_entity = sight_a->entry ? 0 : strcmp(sight_a->code->entity, sight_b->code->entity);
    int by_set = by_entity != 0 ? by_entity : compare_sets(sight_a->code, sight_b->code);
    return by_set != 0 ? by_set : (int)sight_a->code->status - (int)sight_b->code->status;
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

static void add_symbol(struct legend *legend, const struct map_view *view, const struct legend_sight *sight)
{
    struct legend_item *item = legend_append(legend);
    item->entry = sight->entry;
    item->title = legend_symbol_name(sight->entry, sight->code, view->language);
    item->group =
        memory_copy_text(legend_group_name(view->symbols, sight->entry, sight->code, view->language));
    memcpy(item->code.set, sight->code->set, sizeof(item->code.set));
    memcpy(item->code.entity, sight->code->entity, sizeof(item->code.entity));
    item->code.version = sight->code->version;
    item->code.status = sight->code->status;
}

/* An unknown symbol is a point's. */
static bool is_symbol(const struct legend_item *item)
{
    return !item->layer && !item->is_badge && !item->is_change &&
           (!item->entry || item->entry->geometry == GEOMETRY_POINT);
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

static void item_finish(struct legend_item *item)
{
    free(item->title);
    free(item->group);
    free(item->second_title);
    free(item->second_group);
    symbol_code_finish(&item->code);
}

/* One symbol of two sets: the same name, and drawn alike. */
static bool are_twins(struct renderer *renderer, const struct legend *legend, const struct legend_item *a,
                      const struct legend_item *b, struct fault *fault)
{
    bool may_be = a->entry && b->entry && a->code.status == b->code.status &&
                  compare_sets(&a->code, &b->code) != 0 && strcmp(a->title, b->title) == 0 &&
                  a->entry->geometry == b->entry->geometry;
    if (!may_be) {
        return false;
    }
    struct symbol_picture *picture_a = legend_picture(renderer, legend, a, 1.0, fault);
    struct symbol_picture *picture_b = picture_a ? legend_picture(renderer, legend, b, 1.0, fault) : NULL;
    return picture_b && strcmp(symbol_picture_svg(picture_a), symbol_picture_svg(picture_b)) == 0;
}

static bool has_twin_before(struct renderer *renderer, const struct legend *legend, size_t kept,
                            const struct legend_item *item, struct fault *fault)
{
    for (size_t i = 0; i < kept; i++) {
        if (are_twins(renderer, legend, &legend->items[i], item, fault)) {
            return true;
        }
    }
    return false;
}

/* What another set has under the same name and look is not shown twice. */
static void drop_twins(struct renderer *renderer, struct legend *legend, struct fault *fault)
{
    size_t kept = 0;
    for (size_t i = 0; i < legend->count; i++) {
        if (has_twin_before(renderer, legend, kept, &legend->items[i], fault)) {
            item_finish(&legend->items[i]);
        } else {
            legend->items[kept++] = legend->items[i];
        }
    }
    legend->count = kept;
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
        if (legend->items[i].is_badge) {
            legend->marks[i] = legend_badge_mark(renderer, legend);
        }
        if (legend->items[i].is_change) {
            legend->marks[i] = legend_change_mark(legend);
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

static void add_symbols(struct legend *legend, const struct map_view *view, struct legend_sights *sights)
{
    for (size_t i = 0; i < sights->count; i++) {
        rank(view, &sights->items[i]);
    }
    if (sights->count > 0) {
        qsort(sights->items, sights->count, sizeof(*sights->items), compare);
    }
    for (size_t i = 0; i < sights->count; i++) {
        add_symbol(legend, view, &sights->items[i]);
    }
}

static struct legend *list_items(struct renderer *renderer, const struct map_view *view,
                                 struct legend_sights *sights, struct pixel_box box)
{
    struct legend *legend = memory_new(1, sizeof(*legend));
    legend->language = view->language;
    legend->palette = view->palette;
    legend->symbol_scale = view->symbol_scale;
    if (sights->has_badges) {
        legend_add_badge(legend, view->language);
    }
    legend_add_changes(renderer, view, box, legend);
    add_symbols(legend, view, sights);
    legend_add_layers(renderer, view, box, legend);
    return legend;
}

/* Moves a text; one that says the same is not said again. */
static char *take_second(char **text, const char *first)
{
    char *second = *text;
    *text = NULL;
    if (strcmp(second, first) == 0) {
        free(second);
        return NULL;
    }
    return second;
}

static bool show_same(const struct legend_item *a, const struct legend_item *b)
{
    return a->entry == b->entry && a->layer == b->layer && a->rule == b->rule && a->is_badge == b->is_badge &&
           a->is_change == b->is_change && a->change == b->change;
}

/* What the same legend says in the second language; a layer that failed only once ends it. */
static void add_second_titles(struct renderer *renderer, const struct map_view *view,
                              struct legend_sights *sights, struct pixel_box box, struct legend *legend)
{
    struct map_view second_view = *view;
    second_view.language = view->second_language;
    struct legend *second = list_items(renderer, &second_view, sights, box);
    legend->second_language = view->second_language;
    for (size_t i = 0; i < legend->count && i < second->count; i++) {
        struct legend_item *item = &legend->items[i];
        if (!show_same(item, &second->items[i])) {
            break;
        }
        item->second_title = take_second(&second->items[i].title, item->title);
        item->second_group = take_second(&second->items[i].group, item->group);
    }
    legend_free(second);
}

struct legend *legend_new(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                          struct fault *fault)
{
    return legend_new_of_two(renderer, view, NULL, box, fault);
}

struct legend *legend_new_of_two(struct renderer *renderer, const struct map_view *view,
                                 const struct map_view *other, struct pixel_box box, struct fault *fault)
{
    symbol_cache_trim(renderer->symbol_cache);
    struct legend_sights sights = {.count = 0};
    bool has_size = box.width > 0 && box.height > 0;
    struct bbox box_px = has_size ? pixel_box_to_bbox(box) : bbox_empty();
    if (!legend_sights_collect(renderer, view, box_px, &sights, fault) ||
        (other && !legend_sights_collect(renderer, other, box_px, &sights, fault))) {
        legend_sights_finish(&sights);
        return NULL;
    }
    struct legend *legend = list_items(renderer, view, &sights, box);
    if (view->has_second_language) {
        add_second_titles(renderer, view, &sights, box, legend);
    }
    legend_sights_finish(&sights);
    drop_twins(renderer, legend, fault);
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
        item_finish(&legend->items[i]);
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
