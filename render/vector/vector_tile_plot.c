/*
 * vector_tile_plot.c - the features of plots: their lines and areas, and points where their symbols, labels,
 * names of parts and ends of lines stand.
 */
#include <stdio.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/hash.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "render/vector/mvt_layer.h"
#include "render/placement/placement_parts.h"
#include "render/scene/plot_look.h"
#include "render/scene/plot_shapes.h"
#include "render/canvas/polyline.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/vector/vector_choice.h"
#include "render/vector/vector_ends.h"
#include "render/vector/vector_tile_internal.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code_names.h"

#define MOST_SAFE_ID ((UINT64_C(1) << 53) - 1) /* whole numbers in JavaScript */

enum { AREAS, LINES, POINTS };

/* A part's name is left out where its ring or cell has no room for a word of this size. */
static const struct text_size word_size = {.width_px = 24, .height_px = 12};

/* One feature on its way into the tile. */
struct adding {
    const struct vector_tile *tile;
    struct vector_plot *plot;
    struct plot_look look;
    const struct plot_shape *shape;
    char *shape_name; /* of lines and areas */
    char *label;
    uint64_t id;
    uint32_t crowd;
};

struct vector_plot vector_plot_new(const char *plot_name)
{
    static const char *const names[VECTOR_PLOT_LAYERS] = {"areas", "lines", "points"};
    struct vector_plot plot;
    char name[96];
    for (int i = 0; i < VECTOR_PLOT_LAYERS; i++) {
        snprintf(name, sizeof(name), "%s.%s", plot_name, names[i]);
        plot.layers[i] = mvt_layer_new(name);
    }
    return plot;
}

void vector_plot_free(struct vector_plot *plot)
{
    for (int i = 0; i < VECTOR_PLOT_LAYERS; i++) {
        mvt_layer_free(plot->layers[i]);
    }
}

void vector_plot_write(const struct vector_plot *plot, struct buffer *bytes)
{
    for (int i = 0; i < VECTOR_PLOT_LAYERS; i++) {
        mvt_layer_write(plot->layers[i], bytes);
    }
}

static void say_moment(struct mvt_layer *layer, const char *key, int64_t moment_ms)
{
    char text[32];
    if (moment_ms != MOMENT_NONE && moment_ms != MOMENT_FOREVER) {
        mvt_layer_text(layer, key, moment_format(moment_ms, text));
    }
}

/* Begins a feature of the tile with what all of them say. */
static struct mvt_layer *begin(const struct adding *adding, int number)
{
    struct mvt_layer *layer = adding->plot->layers[number];
    const struct feature *feature = adding->look.feature;
    char *symbol = symbol_code_format(&feature->code, false);
    mvt_layer_begin(layer, adding->id);
    mvt_layer_text(layer, "id", feature->id);
    mvt_layer_text(layer, "symbol", symbol);
    mvt_layer_text(layer, "owner", feature->owner);
    mvt_layer_text(layer, "status", symbol_status_names[feature->code.status]);
    mvt_layer_text(layer, "trust", symbol_trust_names[feature->code.trust]);
    say_moment(layer, "valid_from", feature->valid_from_ms);
    say_moment(layer, "valid_to", feature->valid_to_ms);
    mvt_layer_number(layer, "priority", adding->look.entry ? adding->look.entry->priority : 0);
    if (adding->crowd > 0) {
        mvt_layer_number(layer, "crowd", adding->crowd);
    }
    mvt_layer_text(layer, "look", adding->shape_name);
    free(symbol);
    return layer;
}

static void say_label(const struct adding *adding, struct mvt_layer *layer, const char *label)
{
    char lettering[PLOT_LETTERING_BYTES];
    if (label && *label) {
        mvt_layer_text(layer, "label", label);
        mvt_layer_text(layer, "lettering", plot_look_lettering(&adding->look, lettering));
    }
}

static void add_point(const struct adding *adding, const char *role, const char *label, const char *icon,
                      struct point place)
{
    struct mvt_layer *layer = begin(adding, POINTS);
    mvt_layer_text(layer, "role", role);
    say_label(adding, layer, label);
    mvt_layer_text(layer, "icon", icon);
    mvt_layer_add_point(layer, place, &adding->tile->frame);
}

/* Of a multipoint every part has its symbol and the first one the label. */
static void add_symbol(const struct adding *adding, enum symbol_detail detail)
{
    char *icon = plot_look_icon(&adding->look, detail);
    const char *label = plot_look_has_name_along(&adding->look) ? NULL : adding->label;
    const struct shape *points = adding->look.has_shape ? NULL : adding->shape->shape;
    add_point(adding, "symbol", label, icon, points ? points->points[0] : adding->shape->place);
    for (size_t i = 1; points && i < points->point_count; i++) {
        add_point(adding, "symbol", NULL, icon, points->points[i]);
    }
    free(icon);
}

static void add_shape(const struct adding *adding)
{
    const struct shape *shape = adding->shape->shape;
    struct mvt_layer *layer = begin(adding, shape->kind == SHAPE_LINE ? LINES : AREAS);
    if (plot_look_has_name_along(&adding->look)) {
        say_label(adding, layer, adding->label);
    }
    mvt_layer_add(layer, shape, &adding->tile->frame);
}

static void add_part_names(const struct adding *adding)
{
    struct scene_feature feature = {.feature = adding->look.feature,
                                    .entry = adding->look.entry,
                                    .shape = (struct plot_shape *)(uintptr_t)adding->shape};
    size_t count = placement_parts_count(&feature);
    for (uint32_t part = 0; part < count; part++) {
        if (placement_parts_deserves_name(&feature, part, word_size)) {
            char *name = area_template_part_name(feature.feature->area_template, part);
            add_point(adding, "part", name, NULL, placement_parts_anchor(&feature, part));
            free(name);
        }
    }
}

static void add_end(const struct vector_end *end, void *context)
{
    const struct adding *adding = context;
    struct mvt_layer *layer = begin(adding, POINTS);
    mvt_layer_text(layer, "role", end->is_start ? "start" : "end");
    mvt_layer_number(layer, "turn", end->turn_deg);
    mvt_layer_add_point(layer, end->place, &adding->tile->frame);
}

static void add_ends(const struct adding *adding)
{
    const struct symbol_entry *entry = adding->look.entry;
    bool is_line = entry && entry->geometry == GEOMETRY_LINE && adding->shape->shape->kind == SHAPE_LINE;
    if (is_line) {
        struct line_look look =
            symbol_line_look(entry, &adding->look.feature->code, adding->tile->view.palette);
        vector_ends_visit(adding->shape->shape, &look, add_end, (void *)(uintptr_t)adding);
    }
}

static void add(struct adding *adding)
{
    enum symbol_detail detail = plot_look_detail(&adding->look, adding->tile->view.scale_denominator);
    adding->shape_name = adding->look.has_shape ? plot_look_shape(&adding->look) : NULL;
    adding->label = plot_look_label(&adding->look, detail);
    if (adding->look.has_shape) {
        add_shape(adding);
        add_ends(adding);
        add_part_names(adding);
    }
    if (adding->look.has_symbol) {
        add_symbol(adding, detail);
    } else if (adding->label && !plot_look_has_name_along(&adding->look)) {
        add_point(adding, "label", adding->label, NULL, adding->shape->place);
    }
    free(adding->label);
    free(adding->shape_name);
}

bool vector_plot_add(const struct vector_tile *tile, struct vector_plot *plot,
                     const struct vector_chosen *chosen, bool *has_image, struct fault *fault)
{
    const struct feature *feature = chosen->feature;
    struct plot_shape *shape = plot_shapes_get(tile->renderer->plot_shapes, feature, &tile->view.grid, fault);
    if (!shape) {
        return false;
    }
    *has_image = shape->has_image;
    if (shape->has_image && bbox_intersects(plot_shape_box(shape), mvt_frame_box_px(&tile->frame))) {
        struct adding adding = {.tile = tile, .plot = plot, .shape = shape, .crowd = chosen->crowd};
        adding.look = plot_look_of(tile->view.symbols, feature);
        adding.id = (hash_text(HASH_START, feature->id) & MOST_SAFE_ID) | 1;
        add(&adding);
    }
    plot_shape_unref(shape);
    return true;
}
