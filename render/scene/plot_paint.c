/*
 * plot_paint.c - hands shapes with their looks to the canvas, which leaves out what it does not see.
 */
#include "render/scene/plot_paint.h"

#include "data/feature.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/scene/feature_symbol.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/print/map_layers.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text_along.h"
#include "symbology/stroke.h"

#define PLATE_EDGE_PX 0.7

struct painter {
    struct renderer *renderer;
    const struct map_view *view;
    struct canvas *canvas;
    struct fault *fault;
    struct bbox box;
    const struct placement *pictures; /* has the pictures of its symbols; NULL: the cache is asked */
    bool has_failed;
    bool has_layer; /* of a page: that of plot is open */
    uint32_t plot;
};

/** What stands in a row of the same plot is one stretch of its layer. */
static void enter_plot(struct painter *painter, uint32_t plot)
{
    if (painter->has_layer && painter->plot == plot) {
        return;
    }
    if (painter->has_layer) {
        map_layers_end(painter->canvas);
    }
    map_layers_begin_plot(painter->canvas, painter->view, plot);
    painter->has_layer = true;
    painter->plot = plot;
}

static void leave_plot(struct painter *painter)
{
    if (painter->has_layer) {
        map_layers_end(painter->canvas);
    }
    painter->has_layer = false;
}

void plot_paint_feature(const struct map_view *view, const struct scene_feature *feature,
                        struct canvas *canvas)
{
    const struct shape *shape = feature->shape->shape;
    if (shape->kind == SHAPE_LINE) {
        struct line_look look = scene_line_look(feature, view->palette);
        canvas_line(canvas, shape, &look);
        return;
    }
    struct area_look look = scene_area_look(feature, view->palette);
    canvas_fill(canvas, shape, &look.fill);
    canvas_line(canvas, shape, &look.outline);
}

static void paint_feature(const struct scene_feature *feature, void *context)
{
    const struct painter *painter = context;
    plot_paint_feature(painter->view, feature, painter->canvas);
}

void plot_paint_shapes(const struct map_view *view, const struct scene *scene, uint32_t plot,
                       struct bbox box_px, struct canvas *canvas)
{
    struct painter painter = {.view = view, .canvas = canvas};
    scene_query(scene, plot, box_px, paint_feature, &painter);
}

bool plot_paint_symbol(struct renderer *renderer, const struct map_view *view, const struct placed *placed,
                       struct canvas *canvas, struct fault *fault)
{
    struct symbol_picture *picture = feature_symbol(renderer->symbol_cache, view, placed, fault);
    if (!picture) {
        return false;
    }
    canvas_symbol(canvas, picture, placed->place);
    return true;
}

/* A number beside "×4" of a symbol, or beside another number, would else be read as one with it. */
static void paint_plate(const struct placed_text *text, struct canvas *canvas)
{
    struct stroke edge = {.width_px = PLATE_EDGE_PX, .colour = text->label_look.colour};
    struct bbox plate = bbox_grow(text->label_room, -PLATE_EDGE_PX / 2);
    canvas_fill_box(canvas, plate, (struct colour){0xFF, 0xFF, 0xFF, 0xFF});
    canvas_stroke_box(canvas, plate, &edge);
}

void plot_paint_label(const struct placed *placed, struct canvas *canvas)
{
    if (placed->text->is_number) {
        paint_plate(placed->text, canvas);
    }
    struct text_box box = {.wrap_px = 0, .align = placed->text->label_align};
    canvas_text(canvas, placed->text->label, &placed->text->label_look, box, placed->text->label_place);
}

static bool paint_symbol(const struct painter *painter, const struct placed *placed)
{
    struct symbol_picture *picture = painter->pictures ? placement_picture(painter->pictures, placed) : NULL;
    if (!picture) {
        return plot_paint_symbol(painter->renderer, painter->view, placed, painter->canvas, painter->fault);
    }
    canvas_symbol(painter->canvas, picture, placed->place);
    return true;
}

static void paint_alongs(const struct placed *placed, const struct painter *painter)
{
    for (size_t i = 0; i < placed->text->alongs.count; i++) {
        if (bbox_intersects(placed->text->alongs.items[i]->ink, painter->box)) {
            canvas_text_along(painter->canvas, placed->text->alongs.items[i]);
        }
    }
}

static void paint_placed(const struct placed *placed, void *context)
{
    struct painter *painter = context;
    if (painter->has_failed) {
        return;
    }
    enter_plot(painter, placed->plot);
    if (placed->has_symbol && bbox_intersects(placed_ink(placed), painter->box) &&
        !paint_symbol(painter, placed)) {
        painter->has_failed = true;
        return;
    }
    if (placed->text->label && bbox_intersects(placed->text->label_ink, painter->box)) {
        plot_paint_label(placed, painter->canvas);
    }
    paint_alongs(placed, painter);
}

static void paint_leader(const struct placed *placed, void *context)
{
    struct painter *painter = context;
    if (placed->text->has_leader) {
        enter_plot(painter, placed->plot);
        leader_paint(&placed->text->leader, &placed->text->label_look, painter->canvas);
    }
}

bool plot_paint_placed(struct renderer *renderer, const struct map_view *view, const struct scene *scene,
                       struct bbox box_px, struct canvas *canvas, struct fault *fault)
{
    struct painter painter = {
        .renderer = renderer, .view = view, .canvas = canvas, .fault = fault, .box = box_px};
    const struct placement *placement = scene_placement(scene);
    painter.pictures = placement_has_pictures(placement, renderer->symbol_cache) ? placement : NULL;
    if (placement_has_leaders(placement)) {
        placement_query(placement, box_px, paint_leader, &painter);
    }
    placement_query(placement, box_px, paint_placed, &painter);
    leave_plot(&painter);
    return !painter.has_failed;
}
