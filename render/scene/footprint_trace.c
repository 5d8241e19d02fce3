/*
 * footprint_trace.c - one that lies within the tile touches it; one at an edge, or a line or area, is painted
 * alone on the tile, with the very code of the picture.
 */
#include "render/scene/footprint_trace.h"

#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/layer/layer_paint.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/scene/plot_paint.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/text/text_along.h"

#define RATIO_MAX 3

static bool paint(struct renderer *renderer, const struct footprint_trace *trace, struct canvas *canvas,
                  struct fault *fault)
{
    switch (trace->kind) {
    case TRACE_SYMBOL:
        return plot_paint_symbol(renderer, trace->view, trace->placed, canvas, fault);
    case TRACE_LABEL:
        plot_paint_label(trace->placed, canvas);
        return true;
    case TRACE_LEADER:
        leader_paint(&trace->placed->text->leader, &trace->placed->text->label_look, canvas);
        return true;
    case TRACE_ALONG:
        canvas_text_along(canvas, trace->along);
        return true;
    case TRACE_LAYER_LABEL:
        layer_paint_label(trace->layer_label, trace->layer_label_place, canvas);
        return true;
    case TRACE_SHAPE:
        break;
    }
    plot_paint_feature(trace->view, trace->feature, canvas);
    return true;
}

static bool has_paint(const struct image *image)
{
    for (int row = 0; row < image->height; row++) {
        const uint32_t *dots = image->pixels + (size_t)row * (size_t)image->stride_px;
        for (int column = 0; column < image->width; column++) {
            if (dots[column] != 0) {
                return true;
            }
        }
    }
    return false;
}

/* Paints the trace alone and looks. False on fault. */
static bool look(struct renderer *renderer, const struct footprint_trace *trace, struct pixel_box tile,
                 int pixel_ratio, bool *is_painted, struct fault *fault)
{
    struct canvas *canvas = canvas_new_picture(tile, pixel_ratio, renderer->text_engine, fault);
    struct image *image = NULL;
    if (canvas) {
        canvas_lend_symbols(canvas, renderer->symbol_cache);
    }
    if (canvas && paint(renderer, trace, canvas, fault)) {
        image = canvas_take_picture(canvas, fault);
    }
    canvas_free(canvas);
    *is_painted = image && has_paint(image);
    bool is_good = image != NULL;
    image_free(image);
    return is_good;
}

static bool is_solid(const struct line_look *look)
{
    for (int i = 0; i < look->stroke_count; i++) {
        const struct stroke *stroke = &look->strokes[i];
        if (stroke->dash_count == 0 && stroke->offset_px == 0 && stroke->width_px >= 0.5 &&
            stroke->colour.alpha > 16) {
            return true;
        }
    }
    return false;
}

/* Below the ends of a line its strokes make room, or run straight: not there? */
static bool is_clear_of_ends(const struct line_look *look, const struct shape *line, struct bbox tile)
{
    bool has_ends = look->start != LINE_END_NONE || look->end != LINE_END_NONE;
    struct bbox near = bbox_grow(tile, look->end_size_px);
    for (size_t i = 0; has_ends && i < line->part_count; i++) {
        const struct point *points = line->points + line->parts[i].first;
        if (bbox_contains_point(near, points[0]) ||
            bbox_contains_point(near, points[line->parts[i].count - 1])) {
            return false;
        }
    }
    return true;
}

/*
 * A shape comes well into the tile, and wherever it comes there is paint: a look at the pixels is not needed.
 * Most tiles of a long line or a wide area are of this kind.
 */
static bool is_surely_painted(const struct footprint_trace *trace, struct bbox tile)
{
    const struct scene_feature *feature = trace->feature;
    const struct shape *shape = feature->shape->shape;
    struct bbox inner = bbox_grow(tile, -1.0);
    if (shape->kind == SHAPE_LINE) {
        struct line_look look = scene_line_look(feature, trace->view->palette);
        return is_solid(&look) && is_clear_of_ends(&look, shape, tile) &&
               shape_touches_box(shape, inner, 0.0);
    }
    struct area_look look = scene_area_look(feature, trace->view->palette);
    bool is_filled = look.fill.kind == FILL_FLAT && look.fill.colour.alpha > 16;
    return is_filled && is_solid(&look.outline) && shape_touches_box(shape, inner, 0.0);
}

bool footprint_trace_touches(struct renderer *renderer, const struct footprint_trace *trace,
                             struct pixel_box tile, bool *is_touched, struct fault *fault)
{
    struct bbox box = pixel_box_to_bbox(tile);
    *is_touched = trace->kind == TRACE_SHAPE ? is_surely_painted(trace, box) : bbox_contains(box, trace->ink);
    for (int ratio = 1; ratio <= RATIO_MAX && !*is_touched; ratio++) {
        if (!look(renderer, trace, tile, ratio, is_touched, fault)) {
            return false;
        }
    }
    return true;
}
