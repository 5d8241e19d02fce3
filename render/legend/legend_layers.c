/*
 * legend_layers.c - the layers of a map as lines of its legend: of a vector layer each rule that paints
 * something in the box, seen in the same windows the picture is painted from; of a raster its values.
 */
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/print/words.h"
#include "render/layer/layer_paint.h"
#include "render/layer/layer_point.h"
#include "render/layer/layer_window.h"
#include "render/legend/legend_internal.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/style.h"

#define MOST_DECIMALS 6

/* What was seen of one rule. */
struct rule_sight {
    bool is_seen;
    enum shape_kind kind;
};

static void see_rule(struct rule_sight *sight, enum shape_kind kind)
{
    sight->kind = sight->is_seen && sight->kind > kind ? sight->kind : kind;
    sight->is_seen = true;
}

static void see_stratum(const struct layer_stratum *stratum, struct bbox box, struct rule_sight *sight)
{
    for (size_t i = 0; i < stratum->fill_count; i++) {
        if (bbox_intersects(stratum->fills[i].polygon->box, box)) {
            see_rule(sight, SHAPE_POLYGON);
        }
    }
    for (size_t i = 0; i < stratum->line_count; i++) {
        if (bbox_intersects(stratum->lines[i].box, box)) {
            see_rule(sight, SHAPE_LINE);
        }
    }
    for (size_t i = 0; i < stratum->whole_count; i++) {
        if (shape_touches_box(stratum->wholes[i], box, 0.0)) {
            see_rule(sight, stratum->wholes[i]->kind);
        }
    }
    for (size_t i = 0; i < stratum->point_count; i++) {
        if (bbox_contains_point(box, stratum->points[i].place)) {
            see_rule(sight, SHAPE_POINT);
        }
    }
}

/* False when the layer failed. */
static bool see_window(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                       struct pixel_box window_box, struct bbox box, struct rule_sight *sights)
{
    struct fault fault = {0};
    const struct layer_window *window = layer_window_get(renderer, view, layer, window_box, &fault);
    for (size_t i = 0; window && i < window->stratum_count; i++) {
        see_stratum(&window->strata[i], box, &sights[window->strata[i].rule - layer->style->rules]);
    }
    return window != NULL;
}

static bool see_windows(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, struct rule_sight *sights)
{
    struct bbox box_px = pixel_box_to_bbox(box);
    if (!renderer_is_tiled(renderer, &view->grid)) {
        return see_window(renderer, view, layer, box, box_px, sights);
    }
    for (int64_t y = px_floor_to(box.y, LAYER_WINDOW_PX); y < box.y + box.height; y += LAYER_WINDOW_PX) {
        for (int64_t x = px_floor_to(box.x, LAYER_WINDOW_PX); x < box.x + box.width; x += LAYER_WINDOW_PX) {
            struct pixel_box window = {x, y, LAYER_WINDOW_PX, LAYER_WINDOW_PX};
            if (!see_window(renderer, view, layer, window, box_px, sights)) {
                return false;
            }
        }
    }
    return true;
}

/* What a rule is most likely about: a fill may be that of a dot. */
static enum shape_kind likely_kind(const struct style_rule *rule)
{
    if (rule->says_points) {
        return SHAPE_POINT;
    }
    if (rule->look.fill.kind != FILL_NONE) {
        return SHAPE_POLYGON;
    }
    return style_rule_draws_lines(rule) ? SHAPE_LINE : SHAPE_POINT;
}

/* Without a box every rule of the scale is listed. */
static void see_all(const struct map_view *view, const struct layer *layer, struct rule_sight *sights)
{
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        const struct style_rule *rule = &layer->style->rules[i];
        if (style_rule_is_at_scale(rule, view->scale_denominator)) {
            see_rule(&sights[i], likely_kind(rule));
        }
    }
}

/* A layer that draws all alike at this scale needs no word more than its title, wherever one looks. */
static bool draws_all_alike(const struct map_view *view, const struct layer *layer)
{
    size_t count = 0;
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        const struct style_rule *rule = &layer->style->rules[i];
        count += style_rule_is_at_scale(rule, view->scale_denominator) && style_rule_is_seen(rule);
    }
    return count <= 1;
}

/* What a condition lets through, in a word: "motorway", "\u2265 2"; "" of what shuts out. */
static void append_condition(const struct style_condition *condition, enum language language,
                             struct buffer *title)
{
    static const char *const signs[] = {
        [STYLE_MIN] = "\u2265", [STYLE_ABOVE] = ">", [STYLE_MAX] = "\u2264", [STYLE_BELOW] = "<"};
    bool names_texts = condition->test == STYLE_IS || condition->test == STYLE_LIKE;
    for (size_t i = 0; names_texts && i < condition->text_count; i++) {
        buffer_appendf(title, "%s%s", title->length > 0 ? ", " : "", condition->texts[i]);
    }
    if (condition->test >= STYLE_MIN) {
        char number[32];
        words_number(condition->number, MOST_DECIMALS, language, number);
        buffer_appendf(title, "%s%s\u00a0%s", title->length > 0 ? ", " : "", signs[condition->test], number);
    }
}

/* "Roads: motorway": the rule's own title, else what it asks for. */
static char *rule_title(const struct layer *layer, const struct style_rule *rule, enum language language)
{
    const char *name = multilingual_text(&layer->title, language);
    struct buffer own;
    buffer_init(&own, 512);
    buffer_append_text(&own, multilingual_text(&rule->title, language));
    for (size_t i = 0; !*multilingual_text(&rule->title, language) && i < rule->where.count; i++) {
        append_condition(&rule->where.items[i], language, &own);
    }
    char *said = buffer_take(&own, NULL);
    char title[512];
    snprintf(title, sizeof(title), "%s%s%s", name, *said ? words_colon(language) : "", said);
    free(said);
    return memory_copy_text(title);
}

static void add_rules(struct legend *legend, const struct map_view *view, const struct layer *layer,
                      const struct rule_sight *sights)
{
    bool is_plain = draws_all_alike(view, layer);
    for (size_t i = 0; i < layer->style->rule_count; i++) {
        if (!sights[i].is_seen || !style_rule_is_seen(&layer->style->rules[i])) {
            continue;
        }
        struct legend_item *item = legend_append(legend);
        item->layer = layer;
        item->rule = &layer->style->rules[i];
        item->rule_kind = sights[i].kind;
        item->title = is_plain ? memory_copy_text(multilingual_text(&layer->title, view->language))
                               : rule_title(layer, item->rule, view->language);
        item->group = memory_copy_text("");
    }
}

static void add_vector(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                       struct pixel_box box, struct legend *legend)
{
    struct rule_sight *sights = memory_new(layer->style->rule_count, sizeof(*sights));
    bool has_size = box.width > 0 && box.height > 0;
    if (!has_size) {
        see_all(view, layer, sights);
    }
    if (!has_size || see_windows(renderer, view, layer, box, sights)) {
        add_rules(legend, view, layer, sights);
    }
    free(sights);
}

/* "Flood depth (0.05 – 3 m)" */
static char *raster_title(const struct layer *layer, enum language language)
{
    const struct style *style = layer->style;
    const char *name = multilingual_text(&layer->title, language);
    if (style->ramp_count < 2) {
        return memory_copy_text(name);
    }
    char least[32];
    char most[32];
    words_number(style->ramp[0].value, MOST_DECIMALS, language, least);
    words_number(style->ramp[style->ramp_count - 1].value, MOST_DECIMALS, language, most);
    bool has_unit = style->unit && *style->unit;
    char title[512];
    snprintf(title, sizeof(title), "%s (%s – %s%s%s)", name, least, most, has_unit ? "\u00a0" : "",
             has_unit ? style->unit : "");
    return memory_copy_text(title);
}

/* "Land use: built-up". Which of them are in the box nobody knows without reading all its cells. */
static void add_classes(const struct map_view *view, const struct layer *layer, struct legend *legend)
{
    const char *name = multilingual_text(&layer->title, view->language);
    for (size_t i = 0; i < layer->style->class_count; i++) {
        const struct style_class *class = &layer->style->classes[i];
        const char *own = multilingual_text(&class->title, view->language);
        char title[512];
        snprintf(title, sizeof(title), "%s%s%s", name, words_colon(view->language), own);
        if (*own == '\0') {
            continue;
        }
        struct legend_item *item = legend_append(legend);
        item->layer = layer;
        item->value_class = class;
        item->title = memory_copy_text(title);
        item->group = memory_copy_text("");
    }
}

static void add_raster(const struct map_view *view, const struct layer *layer, struct legend *legend)
{
    if (layer->style->class_count > 0) {
        add_classes(view, layer, legend);
        return;
    }
    struct legend_item *item = legend_append(legend);
    item->layer = layer;
    item->title = raster_title(layer, view->language);
    item->group = memory_copy_text("");
}

struct bbox legend_layer_mark(struct renderer *renderer, const struct map_view *view,
                              const struct legend_item *item, struct fault *fault)
{
    if (!item->rule || item->rule_kind != SHAPE_POINT || !item->rule->symbol.is_given) {
        return bbox_empty();
    }
    struct symbol_picture *picture = layer_point_picture(renderer, view, item->rule, 0.0, 1.0, fault);
    return picture ? symbol_picture_ink(picture) : bbox_empty();
}

/* As in most map legends the layer painted last, on top, is named first. */
void legend_add_layers(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                       struct legend *legend)
{
    for (size_t i = view->map->item_count; i-- > 0;) {
        const struct layer *layer = view->map->items[i].layer;
        if (!layer || !layer_is_drawn(layer, view)) {
            continue;
        }
        if (layer->kind == LAYER_VECTOR) {
            add_vector(renderer, view, layer, box, legend);
        } else {
            add_raster(view, layer, legend);
        }
    }
}
