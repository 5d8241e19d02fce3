/*
 * vector_tile_layer.c - the features of the catalogue's vector layers. Which rules paint a feature is decided
 * here and said by their numbers, so that no client has to have the same opinion of a condition.
 */
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/shape.h"
#include "render/layer/layer_features.h"
#include "render/layer/layer_thin.h"
#include "render/layer/layer_window.h"
#include "render/vector/mvt_layer.h"
#include "render/numbers.h"
#include "render/px_box.h"
#include "render/vector/vector_ends.h"
#include "render/vector/vector_tile_internal.h"
#include "symbology/style.h"

#define RULES_MOST_BYTES 4096

/* A layer on its way into the tile. */
struct adding {
    const struct vector_tile *tile;
    const struct layer *layer;
    struct mvt_layer *added;
    const struct layer_feature *feature; /* at hand */
    struct buffer rules;                 /* that paint it: " 2 5 " */
    struct numbers found;
};

static void note_feature(uint32_t number, void *context)
{
    numbers_add(&((struct adding *)context)->found, number);
}

static const struct style_rule *next_rule(const struct adding *adding, const struct style_rule *after)
{
    return style_next_rule(adding->layer->style, adding->tile->view.scale_denominator,
                           layer_feature_values(adding->feature), after);
}

static size_t number_of(const struct adding *adding, const struct style_rule *rule)
{
    return (size_t)(rule - adding->layer->style->rules);
}

static void find_rules(struct adding *adding)
{
    adding->rules.length = 0;
    for (const struct style_rule *rule = next_rule(adding, NULL); rule; rule = next_rule(adding, rule)) {
        buffer_appendf(&adding->rules, "%s%zu ", adding->rules.length ? "" : " ", number_of(adding, rule));
    }
}

static void say_attributes(const struct adding *adding)
{
    const struct style *style = adding->layer->style;
    for (size_t i = 0; i < style->attribute_count; i++) {
        const struct style_attribute *attribute = &style->attributes[i];
        if (attribute->is_number && adding->feature->numbers) {
            mvt_layer_number(adding->added, attribute->name, adding->feature->numbers[i]);
        } else {
            mvt_layer_text(adding->added, attribute->name, adding->feature->texts[i]);
        }
    }
}

static void say_labels(const struct adding *adding)
{
    for (const struct style_rule *rule = next_rule(adding, NULL); rule; rule = next_rule(adding, rule)) {
        char key[32];
        char *label = style_label_text(&rule->label, layer_feature_values(adding->feature));
        snprintf(key, sizeof(key), "_label%zu", number_of(adding, rule));
        mvt_layer_text(adding->added, key, label);
        free(label);
    }
}

static void begin(const struct adding *adding, const char *role)
{
    mvt_layer_begin(adding->added, 0);
    mvt_layer_text(adding->added, "_rules", adding->rules.bytes);
    mvt_layer_text(adding->added, "_role", role);
}

static bool wants_anchor(const struct adding *adding)
{
    for (const struct style_rule *rule = next_rule(adding, NULL); rule; rule = next_rule(adding, rule)) {
        bool is_along = rule->label.is_along && adding->feature->shape->kind == SHAPE_LINE;
        if (rule->label.part_count > 0 && !is_along) {
            return true;
        }
    }
    return false;
}

static void add_end(const struct vector_end *end, void *context)
{
    const struct adding *adding = context;
    begin(adding, end->is_start ? "start" : "end");
    mvt_layer_number(adding->added, "_turn", end->turn_deg);
    mvt_layer_add_point(adding->added, end->place, &adding->tile->frame);
}

static void add_ends(const struct adding *adding, const struct shape *lines)
{
    const struct style_rule *rule = next_rule(adding, NULL);
    while (rule && rule->look.outline.start == LINE_END_NONE && rule->look.outline.end == LINE_END_NONE) {
        rule = next_rule(adding, rule);
    }
    if (rule) {
        vector_ends_visit(lines, &rule->look.outline, add_end, (void *)(uintptr_t)adding);
    }
}

static void add_thin(const struct adding *adding)
{
    const struct vector_tile *tile = adding->tile;
    struct bbox box = mvt_frame_box_px(&tile->frame);
    struct shape *thin = layer_thin(adding->feature, &tile->view.grid, box, false);
    begin(adding, NULL);
    say_attributes(adding);
    say_labels(adding);
    mvt_layer_add(adding->added, thin, &tile->frame);
    if (thin->kind == SHAPE_LINE) {
        add_ends(adding, thin);
    }
    shape_free(thin);
    if (wants_anchor(adding)) {
        begin(adding, "label");
        say_labels(adding);
        mvt_layer_add_point(adding->added, pixel_grid_to_px(&tile->view.grid, adding->feature->anchor),
                            &tile->frame);
    }
}

static void add_points(const struct adding *adding)
{
    struct shape *points = shape_copy(adding->feature->shape);
    pixel_grid_snap(&adding->tile->view.grid, points->points, points->point_count);
    begin(adding, NULL);
    say_attributes(adding);
    say_labels(adding);
    mvt_layer_add(adding->added, points, &adding->tile->frame);
    shape_free(points);
}

static bool add_found(struct adding *adding, const struct layer_features *features, struct fault *fault)
{
    for (size_t i = 0; i < adding->found.count; i++) {
        adding->feature = &features->items[adding->found.items[i]];
        find_rules(adding);
        if (adding->rules.length == 0) {
            continue;
        }
        if (adding->feature->shape->kind == SHAPE_POINT) {
            add_points(adding);
        } else {
            add_thin(adding);
        }
        if (!vector_tile_check(adding->layer->id, &adding->added, 1, fault)) {
            return false;
        }
    }
    return true;
}

bool vector_layer_add(const struct vector_tile *tile, const struct layer *layer, struct mvt_layer *added,
                      struct fault *fault)
{
    struct layer_reading reading;
    struct bbox box_px = mvt_frame_box_px(&tile->frame);
    struct pixel_box around = {(int64_t)box_px.min_x, (int64_t)box_px.min_y, (int32_t)bbox_width(box_px),
                               (int32_t)bbox_height(box_px)};
    if (!layer_reading_init(&reading, tile->renderer, &tile->view, layer, around, fault)) {
        return false;
    }
    struct adding adding = {.tile = tile, .layer = layer, .added = added};
    buffer_init(&adding.rules, RULES_MOST_BYTES);
    layer_features_query(reading.features, px_box_to_crs(&tile->view.grid, box_px), note_feature, &adding);
    numbers_sort(&adding.found);
    bool is_added = add_found(&adding, reading.features, fault);
    numbers_finish(&adding.found);
    buffer_finish(&adding.rules);
    layer_reading_finish(&reading);
    return is_added;
}
