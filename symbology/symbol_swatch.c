/*
 * symbol_swatch.c - lines and areas as a small picture: the line goes across with a bend, the area fills the
 * picture. Marks and ends come from the same outlines as on the map (stroke.h).
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/sketch.h"
#include "symbology/symbol.h"

#define MOST_SWATCH_PX 2000.0

static void draw_stroke(struct sketch *sketch, const struct point *points, size_t count, bool is_closed,
                        const struct stroke *stroke)
{
    struct sketch_paint paint = {
        .stroke = stroke->colour, .stroke_px = stroke->width_px, .is_round = stroke->cap == STROKE_CAP_ROUND};
    if (stroke->dash_count > 0) {
        memcpy(paint.dash_px, stroke->dash_px, sizeof stroke->dash_px);
        paint.dash_count = stroke->dash_count;
    }
    if (is_closed) {
        sketch_polygon(sketch, points, count, &paint);
    } else {
        sketch_line(sketch, points, count, &paint);
    }
}

/* Turns and moves an outline from the origin, where the line comes along x, to a place. */
static void draw_outline(struct sketch *sketch, struct mark_outline outline, struct point place,
                         double angle_rad, struct colour colour)
{
    struct sketch_paint paint = {.fill = colour};
    for (int i = 0; i < outline.count; i++) {
        struct point point = outline.points[i];
        outline.points[i] = (struct point){place.x + point.x * cos(angle_rad) - point.y * sin(angle_rad),
                                           place.y + point.x * sin(angle_rad) + point.y * cos(angle_rad)};
    }
    if (outline.count > 0) {
        sketch_polygon(sketch, outline.points, (size_t)outline.count, &paint);
    }
}

static void draw_mark(struct sketch *sketch, const struct line_marks *marks, struct point place,
                      double angle_rad)
{
    enum line_side first = marks->side == LINE_SIDE_BOTH ? LINE_SIDE_LEFT : marks->side;
    draw_outline(sketch, line_mark_outline(marks->mark, marks->size_px, first), place, angle_rad,
                 marks->colour);
    if (marks->side == LINE_SIDE_BOTH) {
        draw_outline(sketch, line_mark_outline(marks->mark, marks->size_px, LINE_SIDE_RIGHT), place,
                     angle_rad, marks->colour);
    }
}

/* Marks along a straight piece whose first point is start_px along the line; last_px is where they stop. */
static void draw_marks(struct sketch *sketch, const struct line_marks *marks, struct point from,
                       struct point to, double start_px, double last_px)
{
    if (marks->mark == LINE_MARK_NONE) {
        return;
    }
    double length_px = point_distance(from, to);
    double angle_rad = atan2(to.y - from.y, to.x - from.x);
    double steps = ceil(fmax(0, start_px - marks->phase_px) / marks->spacing_px);
    double end_px = fmin(start_px + length_px, last_px);
    for (double at = marks->phase_px + steps * marks->spacing_px; at < end_px; at += marks->spacing_px) {
        draw_mark(sketch, marks, point_between(from, to, (at - start_px) / length_px), angle_rad);
    }
}

static struct point towards(struct point from, struct point to, double distance_px)
{
    return point_between(from, to, distance_px / point_distance(from, to));
}

static void draw_line(struct sketch *sketch, const struct line_look *look, struct bbox box)
{
    double y = (box.min_y + box.max_y) / 2;
    struct point points[2] = {{box.min_x, y}, {box.max_x, y}};
    struct point painted[2] = {towards(points[0], points[1], line_end_cut_px(look->start, look->end_size_px)),
                               towards(points[1], points[0], line_end_cut_px(look->end, look->end_size_px))};
    for (int i = 0; i < look->stroke_count; i++) {
        double offset_px = look->strokes[i].offset_px;
        struct point moved[2] = {{painted[0].x, y + offset_px}, {painted[1].x, y + offset_px}};
        draw_stroke(sketch, moved, 2, false, &look->strokes[i]);
    }
    double keep_px = look->end == LINE_END_NONE ? 0 : look->end_size_px;
    draw_marks(sketch, &look->marks, points[0], points[1], 0, bbox_width(box) - keep_px);
    draw_outline(sketch, line_end_outline(look->start, look->end_size_px), points[0], M_PI, look->end_colour);
    draw_outline(sketch, line_end_outline(look->end, look->end_size_px), points[1], 0, look->end_colour);
}

/* Parallel lines at an angle over the whole box, the middle one through its middle. */
static void draw_hatch(struct sketch *sketch, const struct fill *fill, struct bbox box, double angle_deg)
{
    struct sketch_paint paint = {.stroke = fill->colour, .stroke_px = fill->width_px};
    struct point middle = bbox_centre(box);
    double half_px = hypot(bbox_width(box), bbox_height(box)) / 2;
    double angle_rad = angle_deg * M_PI / 180;
    struct point along = {cos(angle_rad), sin(angle_rad)};
    int count = (int)(half_px / fill->spacing_px);
    for (int i = -count; i <= count; i++) {
        struct point foot = {middle.x - along.y * i * fill->spacing_px,
                             middle.y + along.x * i * fill->spacing_px};
        struct point ends[2] = {{foot.x - along.x * half_px, foot.y - along.y * half_px},
                                {foot.x + along.x * half_px, foot.y + along.y * half_px}};
        sketch_line(sketch, ends, 2, &paint);
    }
}

static void draw_stipple(struct sketch *sketch, const struct fill *fill, struct bbox box)
{
    struct sketch_paint paint = {.fill = fill->colour};
    int rows = (int)(bbox_height(box) / fill->spacing_px) + 1;
    int columns = (int)(bbox_width(box) / fill->spacing_px) + 1;
    for (int row = 0; row < rows && !sketch->svg.is_full; row++) {
        for (int column = 0; column < columns; column++) {
            double shift = row % 2 == 1 ? 1 : 0.5; /* every second row is moved by half a step */
            struct point dot = {box.min_x + (column + shift) * fill->spacing_px,
                                box.min_y + (row + 0.5) * fill->spacing_px};
            sketch_disc(sketch, dot, fill->width_px / 2, &paint);
        }
    }
}

static void draw_fill(struct sketch *sketch, const struct fill *fill, struct bbox box)
{
    bool is_flat = fill->kind == FILL_FLAT;
    struct sketch_paint paint = {.fill = is_flat ? fill->colour : fill->background};
    if (fill->kind == FILL_NONE) {
        return;
    }
    if (paint.fill.alpha > 0) {
        sketch_box(sketch, box, 0, &paint);
    }
    if (is_flat) {
        return;
    }
    sketch_begin_clip(sketch, box);
    if (fill->kind == FILL_STIPPLE) {
        draw_stipple(sketch, fill, box);
    } else {
        draw_hatch(sketch, fill, box, fill->angle_deg);
    }
    if (fill->kind == FILL_CROSS) {
        draw_hatch(sketch, fill, box, fill->angle_deg + 90);
    }
    sketch_end_clip(sketch, box);
}

static void draw_area(struct sketch *sketch, const struct area_look *look, struct bbox box)
{
    struct point corners[5] = {{box.min_x, box.min_y},
                               {box.max_x, box.min_y},
                               {box.max_x, box.max_y},
                               {box.min_x, box.max_y},
                               {box.min_x, box.min_y}};
    draw_fill(sketch, &look->fill, box);
    for (int i = 0; i < look->outline.stroke_count; i++) {
        draw_stroke(sketch, corners, 4, true, &look->outline.strokes[i]);
    }
    double start_px = 0;
    for (int i = 0; i < 4; i++) {
        draw_marks(sketch, &look->outline.marks, corners[i], corners[i + 1], start_px, INFINITY);
        start_px += point_distance(corners[i], corners[i + 1]);
    }
}

bool symbol_compose_swatch(const struct symbol_entry *entry, const struct symbol_code *code,
                           enum palette palette, double width_px, double height_px,
                           struct symbol_drawing *drawing, struct fault *fault)
{
    assert(entry->geometry != GEOMETRY_POINT);
    if (!(width_px >= 8 && height_px >= 8 && width_px <= MOST_SWATCH_PX && height_px <= MOST_SWATCH_PX)) {
        fault_set(fault, FAULT_LIMIT, "a swatch must have 8 to %g px on each side", MOST_SWATCH_PX);
        return false;
    }
    struct sketch sketch;
    sketch_init(&sketch);
    struct bbox page = {0, 0, width_px, height_px};
    sketch_begin_clip(&sketch, page);
    if (entry->geometry == GEOMETRY_LINE) {
        struct line_look look = symbol_line_look(entry, code, palette);
        double margin_px = fmin(width_px / 4, 2);
        draw_line(&sketch, &look, (struct bbox){margin_px, 0, width_px - margin_px, height_px});
    } else {
        struct area_look look = symbol_area_look(entry, code, palette);
        double margin_px = fmin(height_px / 4, fmin(5, line_look_reach_px(&look.outline)));
        draw_area(&sketch, &look, bbox_grow(page, -margin_px));
    }
    sketch_end_clip(&sketch, page);
    return sketch_take(&sketch, page, bbox_centre(page), 1, drawing, fault);
}
