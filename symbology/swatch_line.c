/*
 * swatch_line.c - marks, ends and their places come from the same functions as on the map (stroke.h,
 * mark_row.h, line_glyph.h).
 */
#include "symbology/swatch_line.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "symbology/line_glyph.h"
#include "symbology/mark_row.h"
#include "symbology/sketch.h"

#define BOX_POINT_COUNT 5

static const struct colour white = {255, 255, 255, 255};
static const struct colour none = {0, 0, 0, 0};

struct drawing {
    struct sketch *sketch;
    const struct line_look *look;
    const struct point *points; /* the last one of a closed line repeats the first */
    size_t count;
    bool is_closed;
    bool is_halo; /* only what lies below all parts */
};

static struct line_marks scaled_marks(struct line_marks marks, double factor)
{
    marks.size_px *= factor;
    marks.spacing_px *= factor;
    marks.phase_px *= factor;
    return marks;
}

struct line_look swatch_line_scaled(const struct line_look *look, double factor)
{
    struct line_look scaled = *look;
    for (int i = 0; i < look->stroke_count; i++) {
        struct stroke *stroke = &scaled.strokes[i];
        stroke->width_px *= factor;
        stroke->offset_px *= factor;
        stroke->phase_px *= factor;
        for (int j = 0; j < stroke->dash_count; j++) {
            stroke->dash_px[j] *= factor;
        }
    }
    scaled.marks = scaled_marks(look->marks, factor);
    scaled.signs = scaled_marks(look->signs, factor);
    scaled.end_size_px *= factor;
    return scaled;
}

/* The unit vector from one point to another. */
static struct point direction_of(struct point from, struct point to)
{
    double length_px = point_distance(from, to);
    return (struct point){(to.x - from.x) / length_px, (to.y - from.y) / length_px};
}

/* A corner of a box moved sideways: both its sides move. */
static struct point moved_corner(const struct drawing *drawing, size_t i, double offset_px)
{
    size_t last = drawing->count - 1;
    size_t before = i == 0 ? last - 1 : i - 1;
    size_t after = i == last ? 1 : i + 1;
    struct point in = direction_of(drawing->points[before], drawing->points[i]);
    struct point out = direction_of(drawing->points[i], drawing->points[after]);
    return (struct point){drawing->points[i].x - (in.y + out.y) * offset_px,
                          drawing->points[i].y + (in.x + out.x) * offset_px};
}

/* The points that a stroke goes through: moved sideways, and shortened for the ends. */
static void find_stroke_points(const struct drawing *drawing, const struct stroke *stroke,
                               struct point points[BOX_POINT_COUNT])
{
    const struct line_look *look = drawing->look;
    if (drawing->is_closed) {
        for (size_t i = 0; i < drawing->count; i++) {
            points[i] = moved_corner(drawing, i, stroke->offset_px);
        }
        return;
    }
    struct point along = direction_of(drawing->points[0], drawing->points[1]);
    double cuts[2] = {line_end_cut_px(look->start, look->end_size_px),
                      -line_end_cut_px(look->end, look->end_size_px)};
    for (int i = 0; i < 2; i++) {
        points[i] = (struct point){drawing->points[i].x + along.x * cuts[i] - along.y * stroke->offset_px,
                                   drawing->points[i].y + along.y * cuts[i] + along.x * stroke->offset_px};
    }
}

static void draw_stroke(const struct drawing *drawing, const struct stroke *stroke)
{
    struct point points[BOX_POINT_COUNT];
    struct sketch_paint paint = {.stroke = stroke->colour,
                                 .stroke_px = stroke->width_px,
                                 .dash_count = stroke->dash_count,
                                 .dash_phase_px = stroke->phase_px,
                                 .is_round = stroke->cap == STROKE_CAP_ROUND};
    memcpy(paint.dash_px, stroke->dash_px, sizeof stroke->dash_px);
    find_stroke_points(drawing, stroke, points);
    if (drawing->is_closed) {
        sketch_polygon(drawing->sketch, points, drawing->count - 1, &paint);
    } else {
        sketch_line(drawing->sketch, points, drawing->count, &paint);
    }
}

static void draw_strokes(const struct drawing *drawing)
{
    const struct line_look *look = drawing->look;
    for (int i = 0; i < look->stroke_count; i++) {
        if (!drawing->is_halo) {
            draw_stroke(drawing, &look->strokes[i]);
        } else if (!stroke_is_covered(look, i)) {
            struct stroke casing = stroke_casing(&look->strokes[i], look->halo, look->halo_px);
            draw_stroke(drawing, &casing);
        }
    }
}

/* How an outline of a mark or end is painted. */
struct ink {
    struct colour colour;
    double size_px;
    bool is_hollow;
};

/* Turns and moves an outline from the origin, where the line comes along x, to a place. */
static void draw_outline(const struct drawing *drawing, struct mark_outline outline, struct point place,
                         struct point direction, const struct ink *ink)
{
    double edge_px = ink->is_hollow ? mark_outline_px(ink->size_px) : 0;
    struct sketch_paint paint = {.fill = ink->is_hollow ? white : ink->colour,
                                 .stroke = ink->is_hollow ? ink->colour : none,
                                 .stroke_px = edge_px};
    if (drawing->is_halo) {
        paint = (struct sketch_paint){.fill = drawing->look->halo,
                                      .stroke = drawing->look->halo,
                                      .stroke_px = edge_px + 2 * drawing->look->halo_px};
    }
    for (int i = 0; i < outline.count; i++) {
        struct point point = outline.points[i];
        outline.points[i] = (struct point){place.x + point.x * direction.x - point.y * direction.y,
                                           place.y + point.x * direction.y + point.y * direction.x};
    }
    if (outline.count > 0) {
        sketch_polygon(drawing->sketch, outline.points, (size_t)outline.count, &paint);
    }
}

static void draw_side_mark(const struct drawing *drawing, const struct line_marks *marks, struct point place,
                           struct point direction, enum line_side side)
{
    double shift_px = side == LINE_SIDE_CENTRE ? 0 : marks->size_px / 2;
    shift_px = side == LINE_SIDE_LEFT ? -shift_px : shift_px;
    struct point beside = {place.x - direction.y * shift_px, place.y + direction.x * shift_px};
    struct ink ink = {marks->colour, marks->size_px, marks->is_hollow};
    if (marks->mark == LINE_MARK_GLYPH && !drawing->is_halo && marks->glyph) {
        line_glyph_sketch(marks, drawing->look, beside, line_glyph_turn_deg(marks, direction),
                          drawing->sketch);
    } else if (marks->orient == MARK_UPRIGHT) {
        struct mark_outline outline = line_mark_outline(marks->mark, marks->size_px, LINE_SIDE_CENTRE);
        draw_outline(drawing, outline, beside, (struct point){1, 0}, &ink);
    } else {
        draw_outline(drawing, line_mark_outline(marks->mark, marks->size_px, side), place, direction, &ink);
    }
}

static void draw_mark(const struct drawing *drawing, const struct line_marks *marks, struct point place,
                      struct point direction)
{
    if (marks->side == LINE_SIDE_BOTH) {
        draw_side_mark(drawing, marks, place, direction, LINE_SIDE_LEFT);
        draw_side_mark(drawing, marks, place, direction, LINE_SIDE_RIGHT);
    } else {
        draw_side_mark(drawing, marks, place, direction, marks->side);
    }
}

static struct mark_row row_of(const struct drawing *drawing, const struct line_marks *marks)
{
    double total_px = 0;
    for (size_t i = 0; i + 1 < drawing->count; i++) {
        total_px += point_distance(drawing->points[i], drawing->points[i + 1]);
    }
    double room_px = drawing->look->end_size_px + marks->size_px / 2;
    double least_px = drawing->look->start != LINE_END_NONE && !drawing->is_closed ? room_px : 0;
    double cut_px = drawing->look->end != LINE_END_NONE && !drawing->is_closed ? room_px : 0;
    return mark_row_of(marks, least_px, total_px - cut_px, drawing->is_closed);
}

static struct mark_row find_row(const struct drawing *drawing, const struct line_marks *marks)
{
    const struct line_look *look = drawing->look;
    bool is_sign_among_marks = marks == &look->signs && line_look_has_signs_between(look);
    return is_sign_among_marks && !drawing->is_closed
               ? mark_row_between(row_of(drawing, &look->marks), look->signs.spacing_px)
               : row_of(drawing, marks);
}

static void draw_row(const struct drawing *drawing, const struct line_marks *marks, struct mark_row row)
{
    double before_px = 0;
    double k = 0;
    for (size_t i = 0; i + 1 < drawing->count; i++) {
        struct point from = drawing->points[i];
        struct point to = drawing->points[i + 1];
        double length_px = point_distance(from, to);
        for (; k < row.count && row.first_px + k * row.step_px <= before_px + length_px; k++) {
            double share = (row.first_px + k * row.step_px - before_px) / length_px;
            draw_mark(drawing, marks, point_between(from, to, share), direction_of(from, to));
        }
        before_px += length_px;
    }
}

/* Along each side of a box for itself: corners stay free. */
static void draw_box_marks(const struct drawing *drawing, const struct line_marks *marks)
{
    struct line_marks spread = *marks;
    spread.phase_px = marks->spacing_px / 2;
    for (size_t i = 0; i + 1 < drawing->count; i++) {
        struct drawing side = *drawing;
        side.points = &drawing->points[i];
        side.count = 2;
        double length_px = point_distance(side.points[0], side.points[1]);
        draw_row(&side, &spread, mark_row_of(&spread, 0, length_px, false));
    }
}

static void draw_marks(const struct drawing *drawing)
{
    const struct line_marks *marks = &drawing->look->marks;
    if (marks->mark != LINE_MARK_NONE && drawing->is_closed) {
        draw_box_marks(drawing, marks);
    } else if (marks->mark != LINE_MARK_NONE) {
        draw_row(drawing, marks, find_row(drawing, marks));
    }
}

static void draw_signs(const struct drawing *drawing)
{
    const struct line_marks *signs = &drawing->look->signs;
    if (signs->mark != LINE_MARK_NONE) {
        draw_row(drawing, signs, find_row(drawing, signs));
    }
}

static void draw_ends(const struct drawing *drawing)
{
    const struct line_look *look = drawing->look;
    struct ink ink = {look->end_colour, look->end_size_px, look->has_hollow_ends};
    struct point forth = direction_of(drawing->points[0], drawing->points[1]);
    struct point back = {-forth.x, -forth.y};
    draw_outline(drawing, line_end_outline(look->start, look->end_size_px), drawing->points[0], back, &ink);
    draw_outline(drawing, line_end_outline(look->end, look->end_size_px), drawing->points[1], forth, &ink);
}

static void draw_all(const struct drawing *drawing)
{
    draw_strokes(drawing);
    draw_marks(drawing);
    if (!drawing->is_closed) {
        draw_ends(drawing);
    }
    draw_signs(drawing);
}

void swatch_line_draw(struct sketch *sketch, const struct line_look *look, const struct point *points,
                      size_t count, bool is_closed)
{
    assert(count == (is_closed ? BOX_POINT_COUNT : 2));
    struct drawing drawing = {
        .sketch = sketch, .look = look, .points = points, .count = count, .is_closed = is_closed};
    if (look->halo.alpha > 0) {
        drawing.is_halo = true;
        draw_all(&drawing);
        drawing.is_halo = false;
    }
    draw_all(&drawing);
}
