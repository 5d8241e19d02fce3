/*
 * map_style_layer.c - the rules of a layer's style, the last one first: the first is painted on top. Which
 * rule paints a feature stands in the tile.
 */
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/layer/layer_point.h"
#include "render/vector/map_style_internal.h"
#include "render/map_view.h"
#include "symbology/style.h"

#define ID_BYTES 160
#define ONCE_SPACING_PX 500 /* once a line cannot be said of one that is cut by tiles */

/* A style layer for lines draws the edges of polygons too; only points must be told from the rest. */
#define IS_POINT "[\"match\",[\"geometry-type\"],[\"Point\",\"MultiPoint\"],true,false]"
#define IS_LINE "[\"match\",[\"geometry-type\"],[\"LineString\",\"MultiLineString\"],true,false]"
#define IS_AREA "[\"match\",[\"geometry-type\"],[\"Polygon\",\"MultiPolygon\"],true,false]"
#define IS_NO_POINT "[\"!\"," IS_POINT "]"

/* One rule on its way into the style. */
struct ruling {
    struct style_writer *writer;
    const struct layer *layer;
    const struct style_rule *rule;
    size_t number;
    struct style_zooms zooms;
    char id[ID_BYTES];
};

static bool is_drawn(const struct ruling *ruling, uint32_t zoom)
{
    double denominator = style_denominator(ruling->writer, zoom);
    return ruling->layer->min_denominator <= denominator && denominator < ruling->layer->max_denominator &&
           style_rule_is_at_scale(ruling->rule, denominator);
}

/* False when no zoom shows the rule. */
static bool find_zooms(struct ruling *ruling)
{
    struct style_zooms all = style_all_zooms(ruling->writer);
    uint32_t zoom = all.first;
    while (zoom < all.end && !is_drawn(ruling, zoom)) {
        zoom++;
    }
    ruling->zooms.first = zoom;
    while (zoom < all.end && is_drawn(ruling, zoom)) {
        zoom++;
    }
    ruling->zooms.end = zoom;
    return ruling->zooms.first < ruling->zooms.end;
}

/* Painted by the rule, and more. */
static const char *filter_of(const struct ruling *ruling, const char *more,
                             char filter[static STYLE_FILTER_BYTES])
{
    snprintf(filter, STYLE_FILTER_BYTES, "[\"all\",[\"in\",\" %zu \",[\"get\",\"_rules\"]],%s]",
             ruling->number, more);
    return filter;
}

static struct style_target target_of(const struct ruling *ruling, const char *filter)
{
    return (struct style_target){ruling->id, ruling->layer->id, filter, ruling->zooms};
}

/* Fills for areas only: MapLibre fills lines too. */
static void write_fill(struct ruling *ruling)
{
    char filter[STYLE_FILTER_BYTES];
    struct area_look fill = {.fill = ruling->rule->look.fill};
    struct style_look written = {.target = target_of(ruling, filter_of(ruling, IS_AREA, filter)),
                                 .image_prefix = ruling->id,
                                 .look = &fill};
    style_write_look(ruling->writer, &written);
}

static void write_shapes(struct ruling *ruling)
{
    char all[STYLE_FILTER_BYTES];
    char starts[STYLE_FILTER_BYTES];
    char ends[STYLE_FILTER_BYTES];
    struct area_look lines = {.outline = ruling->rule->look.outline};
    filter_of(ruling, IS_NO_POINT, all);
    filter_of(ruling, "[\"==\",[\"get\",\"_role\"],\"start\"]", starts);
    filter_of(ruling, "[\"==\",[\"get\",\"_role\"],\"end\"]", ends);
    struct style_look written = {.target = target_of(ruling, all),
                                 .image_prefix = ruling->id,
                                 .ends = {target_of(ruling, starts), target_of(ruling, ends)},
                                 .look = &lines};
    write_fill(ruling);
    style_write_look(ruling->writer, &written);
}

static void write_points(struct ruling *ruling)
{
    const struct style_rule *rule = ruling->rule;
    char filter[STYLE_FILTER_BYTES];
    struct buffer *json = ruling->writer->json;
    if (!style_rule_draws_points(rule)) {
        return;
    }
    filter_of(ruling, IS_POINT ",[\"!\",[\"has\",\"_role\"]]", filter);
    struct style_target target = target_of(ruling, filter);
    style_begin(ruling->writer, &target, "points", "symbol");
    buffer_append_text(json, ",\"layout\":{\"icon-image\":");
    buffer_append_json(json, ruling->id);
    buffer_appendf(json, ",\"icon-allow-overlap\":true,\"icon-padding\":0,\"icon-ignore-placement\":%s",
                   layer_point_has_body(rule) ? "false" : "true");
    if (rule->rotation != STYLE_NO_ATTRIBUTE && !rule->symbol.is_given) {
        buffer_append_text(json, ",\"icon-rotate\":[\"to-number\",[\"get\",");
        buffer_append_json(json, ruling->layer->style->attributes[rule->rotation].name);
        buffer_append_text(json, "],0]");
    }
    buffer_append_text(json, "}");
    style_end(ruling->writer);
}

static void append_place(const struct ruling *ruling)
{
    static const char *const anchors[] = {[STYLE_PLACE_ABOVE] = "\"bottom\",\"top\"",
                                          [STYLE_PLACE_BELOW] = "\"top\",\"bottom\"",
                                          [STYLE_PLACE_LEFT] = "\"right\",\"left\"",
                                          [STYLE_PLACE_RIGHT] = "\"left\",\"right\"",
                                          [STYLE_PLACE_CENTRE] = "\"center\""};
    const struct style_label *label = &ruling->rule->label;
    double body_px = layer_point_has_body(ruling->rule) ? layer_point_body_px(ruling->rule, 1.0) : 0;
    buffer_appendf(ruling->writer->json, ",\"text-variable-anchor\":[%s],\"text-radial-offset\":%.3g",
                   anchors[label->place],
                   label->place == STYLE_PLACE_CENTRE ? 0
                                                      : (body_px + label->offset_px) / label->look.size_px);
}

/* One style layer: along lines; beside points; or where labels of lines and areas belong. */
static void write_text(struct ruling *ruling, const char *suffix, const char *more, bool is_along,
                       bool is_point)
{
    const struct style_label *label = &ruling->rule->label;
    struct buffer *json = ruling->writer->json;
    char filter[STYLE_FILTER_BYTES];
    filter_of(ruling, more, filter);
    struct style_target target = target_of(ruling, filter);
    style_begin(ruling->writer, &target, suffix, "symbol");
    buffer_appendf(json, ",\"layout\":{\"text-field\":[\"get\",\"_label%zu\"],", ruling->number);
    style_append_font(json, &label->look);
    buffer_appendf(json, ",\"text-max-width\":%.4g,\"text-padding\":1",
                   label->max_width_px / label->look.size_px);
    if (is_along) {
        buffer_appendf(json, ",\"symbol-placement\":\"line\",\"symbol-spacing\":%.4g,\"text-max-angle\":35",
                       label->spacing_px > 0 ? label->spacing_px : ONCE_SPACING_PX);
    } else if (is_point) {
        append_place(ruling);
    }
    buffer_append_text(json, "},\"paint\":{");
    style_append_ink(json, &label->look);
    buffer_append_text(json, "}");
    style_end(ruling->writer);
}

static void write_label(struct ruling *ruling)
{
    const struct style_label *label = &ruling->rule->label;
    if (label->part_count == 0) {
        return;
    }
    if (label->is_along) {
        write_text(ruling, "along", IS_LINE, true, false);
    }
    write_text(ruling, "name", "[\"==\",[\"get\",\"_role\"],\"label\"]", false, false);
    write_text(ruling, "label", IS_POINT ",[\"!\",[\"has\",\"_role\"]]", false, true);
}

static bool begin_rule(struct ruling *ruling, struct style_writer *writer, const struct layer *layer,
                       size_t number)
{
    *ruling = (struct ruling){
        .writer = writer, .layer = layer, .rule = &layer->style->rules[number], .number = number};
    snprintf(ruling->id, sizeof(ruling->id), "%s/%zu", layer->id, number);
    return find_zooms(ruling);
}

static int priority_of(const struct layer *layer, size_t number)
{
    return layer->style->rules[number].label.priority;
}

/* The lowest priority first, which is placed last; then the last rule. */
static size_t *order_of_labels(const struct layer *layer)
{
    size_t count = layer->style->rule_count;
    size_t *order = memory_new(count + 1, sizeof(*order));
    for (size_t i = 0; i < count; i++) {
        size_t number = count - 1 - i;
        size_t at = i;
        for (; at > 0 && priority_of(layer, order[at - 1]) > priority_of(layer, number); at--) {
            order[at] = order[at - 1];
        }
        order[at] = number;
    }
    return order;
}

void style_write_layer(struct style_writer *writer, const struct layer *layer)
{
    struct ruling ruling;
    size_t count = layer->style->rule_count;
    for (size_t i = count; i-- > 0;) {
        if (begin_rule(&ruling, writer, layer, i)) {
            write_shapes(&ruling);
            write_points(&ruling);
        }
    }
    size_t *order = order_of_labels(layer);
    for (size_t i = 0; i < count; i++) {
        if (begin_rule(&ruling, writer, layer, order[i])) {
            write_label(&ruling);
        }
    }
    free(order);
}
