/*
 * layer_paint.c - goes through the windows that the box touches. Where there are several, each is cut to its
 * own place: a tile never meets this, only pictures that are not made of blocks.
 */
#include "render/layer/layer_paint.h"

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/work.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_point.h"
#include "render/layer/layer_window.h"
#include "render/layer/open_layers.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "render/layer/raster_window.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/text/text_along.h"
#include "symbology/style.h"

struct painter {
    struct renderer *renderer;
    const struct map_view *view;
    const struct layer *layer;
    struct canvas *canvas;
    const struct plot_room *room;
    struct report *report;
    struct work *work;
    struct fault *fault;
    struct bbox near; /* px: the box that is painted and the reach around it */
};

bool layer_is_drawn(const struct layer *layer, const struct map_view *view)
{
    return layer->min_denominator <= view->scale_denominator &&
           view->scale_denominator < layer->max_denominator;
}

static void paint_strokes(struct painter *painter, const struct layer_stratum *stratum)
{
    const struct line_look *look = &stratum->rule->look.outline;
    for (int i = 0; i < look->stroke_count; i++) {
        for (size_t j = 0; j < stratum->line_count; j++) {
            const struct layer_line *line = &stratum->lines[j];
            if (bbox_intersects(line->box, painter->near)) {
                canvas_stroke(painter->canvas, line->points, line->count, line->is_closed, line->start_px,
                              &look->strokes[i]);
            }
        }
    }
}

/* Marks and symbols, each rasterised once. */
static bool paint_points(struct painter *painter, const struct layer_stratum *stratum)
{
    struct symbol_picture *picture = NULL;
    double rotation_deg = 0;
    for (size_t i = 0; i < stratum->point_count; i++) {
        const struct layer_point *point = &stratum->points[i];
        if (!bbox_contains_point(painter->near, point->place)) {
            continue;
        }
        if (!picture || point->rotation_deg != rotation_deg) {
            rotation_deg = point->rotation_deg;
            picture = layer_point_picture(painter->renderer, painter->view, stratum->rule, rotation_deg, 1.0,
                                          painter->fault);
        }
        if (!picture) {
            return false;
        }
        canvas_symbol(painter->canvas, picture, point->place);
    }
    return true;
}

static bool paint_stratum(struct painter *painter, const struct layer_stratum *stratum)
{
    for (size_t i = 0; i < stratum->fill_count; i++) {
        if (bbox_intersects(stratum->fills[i].polygon->box, painter->near)) {
            canvas_fill(painter->canvas, stratum->fills[i].polygon, &stratum->rule->look.fill);
        }
    }
    paint_strokes(painter, stratum);
    for (size_t i = 0; i < stratum->whole_count; i++) {
        canvas_line(painter->canvas, stratum->wholes[i], &stratum->rule->look.outline);
    }
    return paint_points(painter, stratum);
}

void layer_paint_label(const struct layer_label *label, const struct layer_label_place *place,
                       struct canvas *canvas)
{
    if (label->along) {
        canvas_text_along(canvas, label->along);
        return;
    }
    struct text_box box = {.wrap_px = label->wrap_px, .align = place->align};
    canvas_text(canvas, label->text, &label->look, box, place->corner);
}

static void report_letters(const struct painter *painter, const struct layer_label *label)
{
    const char *text = label->along ? label->along->text : label->text;
    const struct text_missing *missing =
        painter->report ? text_missing(painter->renderer->text_engine, text) : NULL;
    if (missing) {
        report_add(painter->report, REPORT_LETTERS_MISSING, painter->layer->id,
                   "no font has a letter for %zu characters of a label, and maybe of more labels: %s",
                   missing->count, missing->names);
    }
}

/* Before all that is asked about its places: the other districts of a window need not be known for a tile. */
static bool is_label_near(const struct layer_label *label, struct bbox target)
{
    for (int i = 0; i < label->place_count; i++) {
        if (bbox_intersects(label->places[i].ink, target)) {
            return true;
        }
    }
    return false;
}

static void paint_labels(const struct painter *painter, const struct layer_window *window, struct bbox target)
{
    for (size_t i = 0; i < window->label_count; i++) {
        const struct layer_label *label = &window->labels[i];
        const struct layer_label_place *place =
            is_label_near(label, target) ? layer_label_place(label, painter->room) : NULL;
        if (place && bbox_intersects(place->ink, target)) {
            layer_paint_label(label, place, painter->canvas);
            report_letters(painter, label);
        }
    }
}

static bool paint_vector(struct painter *painter, struct pixel_box window_box, struct bbox target)
{
    const struct layer_window *window =
        layer_window_get(painter->renderer, painter->view, painter->layer, window_box, painter->fault);
    if (!window) {
        return false;
    }
    painter->near = bbox_grow(target, window->reach_px);
    for (size_t i = 0; i < window->stratum_count; i++) {
        struct work stratum = work_part_at(painter->work, i, window->stratum_count);
        if (!work_tell(&stratum, 0, painter->fault) || !paint_stratum(painter, &window->strata[i])) {
            return false;
        }
    }
    paint_labels(painter, window, target);
    return true;
}

static bool paint_window(struct painter *painter, struct pixel_box window_box, struct bbox target)
{
    if (painter->layer->kind == LAYER_RASTER) {
        return raster_window_paint(painter->renderer, painter->view, painter->layer, window_box, target,
                                   painter->canvas, painter->fault);
    }
    return paint_vector(painter, window_box, target);
}

/* A window of which the picture may have only a part: a raster has just the dots of that anyhow. */
static bool paint_cut(struct painter *painter, struct pixel_box window, struct bbox whole)
{
    struct bbox target = bbox_intersection(whole, pixel_box_to_bbox(window));
    bool is_part = painter->layer->kind != LAYER_RASTER && !bbox_contains(pixel_box_to_bbox(window), whole);
    if (is_part) {
        canvas_begin_group(painter->canvas, target, 1);
    }
    bool is_painted = paint_window(painter, window, target);
    if (is_part) {
        canvas_end_group(painter->canvas);
    }
    return is_painted;
}

/* The windows of a tiled grid that the box touches, row by row. */
static bool paint_windows(struct painter *painter, struct pixel_box box, int32_t size)
{
    int64_t first_x = px_floor_to(box.x, size);
    int64_t first_y = px_floor_to(box.y, size);
    size_t columns = (size_t)((box.x + box.width - first_x + size - 1) / size);
    size_t rows = (size_t)((box.y + box.height - first_y + size - 1) / size);
    struct work *whole = painter->work;
    bool is_painted = true;
    for (size_t i = 0; i < columns * rows && is_painted; i++) {
        struct pixel_box window = {first_x + (int64_t)(i % columns) * size,
                                   first_y + (int64_t)(i / columns) * size, size, size};
        struct work work = work_part_at(whole, i, columns * rows);
        painter->work = &work;
        is_painted =
            work_tell(&work, 0, painter->fault) && paint_cut(painter, window, pixel_box_to_bbox(box));
    }
    painter->work = whole;
    return is_painted;
}

static bool touches_stratum(const struct layer_stratum *stratum, struct bbox near)
{
    for (size_t i = 0; i < stratum->fill_count; i++) {
        if (bbox_intersects(stratum->fills[i].polygon->box, near)) {
            return true;
        }
    }
    for (size_t i = 0; i < stratum->line_count; i++) {
        if (bbox_intersects(stratum->lines[i].box, near)) {
            return true;
        }
    }
    for (size_t i = 0; i < stratum->whole_count; i++) {
        if (bbox_intersects(stratum->wholes[i]->box, near)) {
            return true;
        }
    }
    for (size_t i = 0; i < stratum->point_count; i++) {
        if (bbox_contains_point(near, stratum->points[i].place)) {
            return true;
        }
    }
    return false;
}

/* What is cut to a box that is just outside it has paint in it still: lines have width. */
static bool is_vector_in_sight(const struct layer_window *window, struct bbox near)
{
    for (size_t i = 0; i < window->stratum_count; i++) {
        if (touches_stratum(&window->strata[i], near)) {
            return true;
        }
    }
    return window->label_count > 0;
}

bool layer_is_in_sight(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                       struct pixel_box box)
{
    struct fault ignored = {0}; /* whoever paints the layer reports it */
    if (!layer_is_drawn(layer, view)) {
        return false;
    }
    if (layer->kind == LAYER_RASTER) {
        return raster_window_has_cells(renderer, view, layer, box, &ignored);
    }
    const struct layer_window *window = layer_window_get(renderer, view, layer, box, &ignored);
    return window && is_vector_in_sight(window, bbox_grow(pixel_box_to_bbox(box), window->reach_px));
}

bool layer_paint(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                 const struct layer_target *target, struct fault *fault)
{
    struct pixel_box box = target->box;
    struct painter painter = {.renderer = renderer,
                              .view = view,
                              .layer = layer,
                              .canvas = target->canvas,
                              .room = target->room,
                              .report = target->report,
                              .work = target->work,
                              .fault = fault};
    /* On large paper a raster is too large for one window; a picture is of one size that has been allowed. */
    bool is_large_raster = layer->kind == LAYER_RASTER && canvas_is_vector(target->canvas);
    if (!renderer_is_tiled(renderer, &view->grid) && !is_large_raster) {
        return paint_window(&painter, box, pixel_box_to_bbox(box));
    }
    return paint_windows(&painter, box, layer->kind == LAYER_RASTER ? RASTER_WINDOW_PX : LAYER_WINDOW_PX);
}

void layers_make_ready(struct renderer *renderer, const struct map_view *view, struct point place_px)
{
    struct pixel_box window = {px_floor_to((int64_t)place_px.x, LAYER_WINDOW_PX),
                               px_floor_to((int64_t)place_px.y, LAYER_WINDOW_PX), LAYER_WINDOW_PX,
                               LAYER_WINDOW_PX};
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        struct fault ignored = {0}; /* it shows when it is painted */
        if (layer && layer->kind == LAYER_VECTOR && layer_is_drawn(layer, view) &&
            open_layers_kept(renderer->open_layers, layer, view->grid.crs_code)) {
            layer_window_get(renderer, view, layer, window, &ignored);
        }
    }
}
