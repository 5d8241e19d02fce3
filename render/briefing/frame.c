/*
 * frame.c - a px of the map is 0.28 mm of paper, so the grid at scale 1:N has N * 0.00028 m to a px.
 */
#include "render/briefing/frame.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "geo/sphere.h"
#include "render/briefing/number_texts.h"
#include "render/grid/grid_paint.h"
#include "render/grid/sheet_split.h"
#include "render/print/paper.h"
#include "render/placement/box_grid.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/layer/layer_reach.h"
#include "render/picture.h"
#include "render/renderer.h"

#define LEAST_SCALE 100.0
#define MOST_SCALE 1e7
#define PAGE_EDGE_MM 20.0    /* of paper beyond the values of a grid: a line may be half outside */
#define MOST_DISTORTION 0.02 /* of lengths: more than that and a printed scale would be a lie */

static bool check_scale(const struct briefing_order *order, struct fault *fault)
{
    double scale = order->scale_denominator;
    if (!(scale >= LEAST_SCALE && scale <= MOST_SCALE)) {
        fault_set(fault, FAULT_INPUT, "scale 1:%.10g is not possible: from 1:100 to 1:10,000,000", scale);
        return false;
    }
    return true;
}

static bool is_inside(struct bbox area_deg, struct point lon_lat_deg)
{
    struct bbox parts[2];
    size_t count = bbox_split_antimeridian(area_deg, parts);
    for (size_t i = 0; i < count; i++) {
        if (bbox_contains_point(parts[i], lon_lat_deg)) {
            return true;
        }
    }
    return false;
}

/**
 * Web mercator stretches the Netherlands by 1.6: a bar of its "kilometres" would be wrong on paper. Measured
 * along both axes, 100 m each.
 */
static bool check_lengths(struct crs_context *context, const struct crs *lon_lat, const struct crs *crs,
                          struct point centre, struct fault *fault)
{
    double step = 100 / crs->metres_per_unit;
    struct point points[3] = {centre, {centre.x + step, centre.y}, {centre.x, centre.y + step}};
    if (!crs_transform(context, crs, lon_lat, points, 3, fault)) {
        return false;
    }
    double stretch[2] = {100 / sphere_distance_m(points[0], points[1]),
                         100 / sphere_distance_m(points[0], points[2])};
    for (int i = 0; i < 2; i++) {
        if (!(fabs(stretch[i] - 1) <= MOST_DISTORTION)) {
            fault_set(
                fault, FAULT_INPUT,
                "%s stretches lengths here by %.2f, so no printed scale would be true: choose one such as "
                "EPSG:28992 or EPSG:25831",
                crs->code, stretch[i]);
            return false;
        }
    }
    return true;
}

static bool check_centre(struct renderer *renderer, const struct crs *crs, struct point centre,
                         struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", fault);
    struct point place = centre;
    if (!lon_lat || !crs_transform(context, crs, lon_lat, &place, 1, fault)) {
        return false;
    }
    if (!point_is_finite(place) || !is_inside(crs->area_deg, place)) {
        fault_set(fault, FAULT_OUTSIDE, "centre %.10g,%.10g lies outside the area of %s (%s)", centre.x,
                  centre.y, crs->code, crs->name);
        return false;
    }
    return check_lengths(context, lon_lat, crs, centre, fault);
}

bool frame_true_north(struct renderer *renderer, const char *crs_code, struct point centre, double *angle_deg,
                      struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *crs = crs_find(context, crs_code, fault);
    const struct crs *lon_lat = crs ? crs_find(context, "EPSG:4258", fault) : NULL;
    *angle_deg = 0;
    if (!lon_lat) {
        return false;
    }
    return crs->is_geographic || (crs_transform(context, crs, lon_lat, &centre, 1, fault) &&
                                  crs_true_north_deg(context, crs, centre, angle_deg, fault));
}

/** The neat line may end within a px: then that one is painted too, and cut by the page. */
static int32_t px_over(double length_mm)
{
    return (int32_t)ceil(length_mm / SCALE_PIXEL_MM - 1e-6);
}

static void lay_grid(const struct briefing_order *order, struct bbox map_mm, struct frame *frame)
{
    double metres_per_unit = frame->crs->metres_per_unit;
    double units_per_px = scale_units_per_px(order->scale_denominator, metres_per_unit);
    double width = bbox_width(map_mm) / SCALE_PIXEL_MM * units_per_px;
    double height = bbox_height(map_mm) / SCALE_PIXEL_MM * units_per_px;
    struct point corner = {order->centre.x - width / 2, order->centre.y + height / 2};
    frame->grid = (struct pixel_grid){
        .origin = corner, .units_per_px = units_per_px, .metres_per_unit = metres_per_unit};
    snprintf(frame->grid.crs_code, sizeof frame->grid.crs_code, "%s", frame->crs->code);
    frame->box = (struct pixel_box){0, 0, px_over(bbox_width(map_mm)), px_over(bbox_height(map_mm))};
    frame->box_units = (struct bbox){corner.x, corner.y - height, corner.x + width, corner.y};
}

/** Kilometres of the map's own CRS, when nothing else is asked for. */
static void choose_grids(const struct briefing_order *order, struct frame *frame)
{
    frame->grids[0] = grid_of(GRID_MAP);
    frame->grid_count = 1;
    if (order->grids) {
        frame->grid_count = order->grid_count < GRID_MOST ? order->grid_count : GRID_MOST;
        memcpy(frame->grids, order->grids, frame->grid_count * sizeof *frame->grids);
    }
}

struct briefing_order frame_snapped(struct renderer *renderer, const struct briefing_order *order,
                                    struct bbox map_mm, double snap_m)
{
    struct briefing_order snapped = *order;
    struct fault fault;
    const struct crs *crs = crs_find(renderer_crs_context(renderer), order->crs_code, &fault);
    if (snap_m > 0 && crs && !crs->is_geographic) {
        double units_per_mm = order->scale_denominator / 1000 / crs->metres_per_unit;
        snapped.centre = sheet_snap_centre(order->centre, bbox_width(map_mm) * units_per_mm,
                                           bbox_height(map_mm) * units_per_mm, snap_m / crs->metres_per_unit);
    }
    return snapped;
}

bool frame_lacks_rd_grid(struct renderer *renderer, const char *crs_code)
{
    bool is_rd = strcmp(crs_code, "EPSG:28992") == 0 || strcmp(crs_code, "EPSG:7415") == 0;
    return is_rd && !crs_context_has_rd_grid(renderer_crs_context(renderer));
}

bool frame_is_true(struct renderer *renderer, const char *crs_code, struct point centre, struct fault *fault)
{
    const struct crs *crs = crs_find(renderer_crs_context(renderer), crs_code, fault);
    if (!crs) {
        return false;
    }
    if (crs->is_geographic) {
        fault_set(fault, FAULT_INPUT, "%s is in degrees and has no true scale: choose a projected CRS",
                  crs->code);
        return false;
    }
    return check_centre(renderer, crs, centre, fault);
}

bool frame_find(struct renderer *renderer, const struct briefing_order *order, struct bbox map_mm,
                struct frame *frame, struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(renderer);
    bool is_free = briefing_is_plate(order);
    *frame = (struct frame){0};
    frame->crs = is_free || check_scale(order, fault) ? crs_find(context, order->crs_code, fault) : NULL;
    if (!frame->crs) {
        return false;
    }
    bool is_true = is_free || frame_is_true(renderer, order->crs_code, order->centre, fault);
    bool has_north =
        is_true && frame_true_north(renderer, order->crs_code, order->centre, &frame->true_north_deg, fault);
    if (!has_north && !is_free) {
        return false;
    }
    lay_grid(order, map_mm, frame);
    choose_grids(order, frame);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", fault);
    return lon_lat &&
           grid_place_find(context, frame->crs, &frame->grid, bbox_width(map_mm) / SCALE_PIXEL_MM,
                           bbox_height(map_mm) / SCALE_PIXEL_MM, &frame->place, fault) &&
           crs_transform_bbox(context, frame->crs, lon_lat, frame->box_units, &frame->box_deg, fault);
}

bool frame_find_box(struct renderer *renderer, struct briefing_order *order, struct bbox box,
                    struct frame *frame, struct fault *fault)
{
    const struct crs *crs = crs_find(renderer_crs_context(renderer), order->crs_code, fault);
    order->centre = bbox_centre(box);
    if (!crs) {
        return false;
    }
    double mm_per_unit = 1000 * crs->metres_per_unit / order->scale_denominator;
    struct bbox map_mm = {0, 0, bbox_width(box) * mm_per_unit, bbox_height(box) * mm_per_unit};
    return frame_find(renderer, order, map_mm, frame, fault);
}

struct map_view frame_view(const struct frame *frame, const struct briefing_order *order)
{
    struct map_view view = map_view_of(order->map, order->symbols, order->plots, order->plot_count,
                                       order->moment_ms, frame->grid);
    view.frame_px = pixel_box_to_bbox(frame->box);
    view.language = order->language;
    view.has_second_language = order->has_second_language;
    view.second_language = order->second_language;
    view.palette = order->palette;
    view.symbol_scale = briefing_is_plate(order) ? 1.0 : paper_symbol_scale(order->paper);
    view.background = order->background;
    view.scale_denominator = order->scale_denominator;
    view.differences = order->differences;
    view.numbers = frame->numbers;
    return view;
}

/** Where on earth the map lies. A page that does not tell is as good: a CRS without words is no fault. */
static void tell_place(struct renderer *renderer, const struct frame *frame, struct page_document *document,
                       struct bbox map_mm)
{
    struct crs_context *context = renderer_crs_context(renderer);
    struct bbox box = frame->box_units;
    struct page_place place = {
        .title = frame->crs->name,
        .crs_code = frame->crs->code,
        .corners_deg = {
            {box.min_x, box.min_y}, {box.min_x, box.max_y}, {box.max_x, box.max_y}, {box.max_x, box.min_y}}};
    char *wkt = crs_wkt(context, frame->crs, NULL);
    if (wkt && crs_to_own_degrees(context, frame->crs, place.corners_deg, 4, NULL)) {
        place.crs_wkt = wkt;
        page_place(document, map_mm, &place);
    }
    free(wkt);
}

bool frame_paint_map(struct renderer *renderer, const struct frame *frame, const struct briefing_order *order,
                     struct page_document *document, struct bbox map_mm, struct report *report,
                     struct fault *fault)
{
    struct canvas *canvas = page_canvas(document, map_mm, (struct point){0, 0}, fault);
    if (!canvas) {
        return false;
    }
    struct map_view view = frame_view(frame, order);
    tell_place(renderer, frame, document, map_mm);
    struct picture_target target = {canvas, report, order->work};
    bool is_painted = picture_paint(renderer, &view, frame->box, &target, fault);
    if (order->format == BRIEFING_PDF) {
        is_painted = is_painted && number_texts_paint(renderer, &view, frame->box, canvas, fault);
    }
    layer_reach_report(renderer, &view, frame->box, true, report);
    canvas_free(canvas);
    return is_painted;
}

bool frame_paint_grid(const struct frame *frame, struct pen *pen, struct page_document *document,
                      struct frame_boxes boxes, struct report *report, struct fault *fault)
{
    struct bbox around = boxes.values_mm;
    struct bbox page = {0, 0, around.max_x + PAGE_EDGE_MM, around.max_y + PAGE_EDGE_MM};
    pen->canvas = page_canvas(document, page, (struct point){0, 0}, fault);
    struct grid_picture picture = {0};
    struct grid_wish wish = {.place = &frame->place,
                             .grids = frame->grids,
                             .count = frame->grid_count,
                             .map_mm = boxes.map_mm,
                             .frame_mm = around,
                             .taken = boxes.taken};
    bool is_painted = pen->canvas && grid_picture_make(&wish, pen, &picture, fault);
    if (is_painted) {
        for (size_t i = 0; i < picture.names.count; i++) {
            box_grid_add(boxes.taken, picture.names.items[i].box_px, 0);
        }
        page_layer_begin(document, "grid", words_text(WORD_GRID, pen->language));
        pen_tag_begin(pen, PAGE_TAG_DECORATION, NULL);
        grid_picture_paint(&picture, pen, boxes.map_mm, around);
        pen_tag_end(pen);
        page_layer_end(document);
        pen_frame(pen, boxes.map_mm, 0.35 * pen->unit, pen_ink);
        grid_picture_report(&picture, pen->language, report);
    }
    grid_picture_finish(&picture);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}
