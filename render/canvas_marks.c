/*
 * canvas_marks.c - what stands along and at the ends of a line. Places and directions are counted from the
 * start of the whole line, whatever the window, so a mark on an edge is the same on both sides of it.
 */
#include <cairo.h>
#include <math.h>

#include "render/canvas_internal.h"
#include "render/polyline.h"

/** Ends never take more than this share of their line, together. */
#define ENDS_SHARE 0.7

/** Marks closer than this are a mistake in a style, and would take for ever. */
#define SPACING_MIN_PX 1.0

/** Further along a line than this distances can no longer be told apart. */
#define LENGTH_MAX_PX 1e12

/** Where an outline is put: x of it along the direction. */
struct stand {
    struct point place;
    struct point direction; /* unit vector */
};

static void trace_outline(cairo_t *cairo, const struct mark_outline *outline, struct stand stand)
{
    cairo_new_sub_path(cairo);
    for (int i = 0; i < outline->count; i++) {
        struct point point = outline->points[i];
        cairo_line_to(cairo, stand.place.x + point.x * stand.direction.x - point.y * stand.direction.y,
                      stand.place.y + point.x * stand.direction.y + point.y * stand.direction.x);
    }
    cairo_close_path(cairo);
}

static struct point direction_of(struct point from, struct point to)
{
    double length = point_distance(from, to);
    return length > 0 ? (struct point){(to.x - from.x) / length, (to.y - from.y) / length}
                      : (struct point){1, 0};
}

/** Marks being put along one line. */
struct marking {
    cairo_t *cairo;
    struct bbox near;
    const struct point *points;
    size_t count;
    double half_size_px;
    double least_px; /* along the line: marks do not run into its ends */
    double most_px;
    struct mark_outline outlines[2]; /* the second for the other side */
};

/** One mark on a segment, turned by the line a little before and behind it, so that it sits well on bends. */
static void trace_mark(const struct marking *marking, size_t segment, double along_px)
{
    struct stand stand = {.place = polyline_walk(marking->points, marking->count, segment, along_px, 0)};
    if (!bbox_contains_point(marking->near, stand.place)) {
        return;
    }
    double reach = marking->half_size_px;
    stand.direction = direction_of(polyline_walk(marking->points, marking->count, segment, along_px, -reach),
                                   polyline_walk(marking->points, marking->count, segment, along_px, reach));
    trace_outline(marking->cairo, &marking->outlines[0], stand);
    trace_outline(marking->cairo, &marking->outlines[1], stand);
}

/** Which of the distances first, first + step … lie on a segment near the window. */
static void trace_segment_marks(const struct marking *marking, size_t segment, double before_px,
                                double first_px, double step_px)
{
    struct point a = marking->points[segment];
    struct point b = marking->points[segment + 1];
    double length = point_distance(a, b);
    struct bbox box = {fmin(a.x, b.x), fmin(a.y, b.y), fmax(a.x, b.x), fmax(a.y, b.y)};
    bool is_sound = canvas_is_place(a) && canvas_is_place(b) && length > 0 && before_px < LENGTH_MAX_PX;
    if (!is_sound || !bbox_intersects(marking->near, box)) {
        return;
    }
    /* Of a segment that reaches far away only the part around the window is walked. */
    struct point middle = bbox_centre(marking->near);
    double radius = hypot(bbox_width(marking->near), bbox_height(marking->near));
    struct point direction = direction_of(a, b);
    double at = (middle.x - a.x) * direction.x + (middle.y - a.y) * direction.y;
    double from = fmax(marking->least_px, before_px + fmax(0, at - radius));
    double to = fmin(marking->most_px, before_px + fmin(length, at + radius));
    for (double k = fmax(0, ceil((from - first_px) / step_px)); first_px + k * step_px < to; k++) {
        trace_mark(marking, segment, first_px + k * step_px - before_px);
    }
}

static void trace_marks(const struct marking *marking, const struct line_marks *marks)
{
    double step = fmax(marks->spacing_px, SPACING_MIN_PX);
    /* A line too short for its first mark gets it in the middle. */
    double middle = (marking->least_px + marking->most_px) / 2;
    double first = marks->phase_px < marking->most_px ? marks->phase_px : middle;
    double before = 0;
    for (size_t i = 0; i + 1 < marking->count; i++) {
        trace_segment_marks(marking, i, before, first, step);
        before += point_distance(marking->points[i], marking->points[i + 1]);
    }
}

/** The stretch of the line that is free of ends. */
static void leave_room(struct marking *marking, const struct line_look *look, bool is_closed)
{
    double total = polyline_length(marking->points, marking->count);
    double room = canvas_end_size_px(look, marking->points, marking->count) + marking->half_size_px;
    marking->least_px = look->start != LINE_END_NONE && !is_closed ? room : 0;
    marking->most_px = look->end != LINE_END_NONE && !is_closed ? total - room : total;
}

void canvas_marks(struct canvas *canvas, const struct point *points, size_t count,
                  const struct line_look *look, bool is_closed)
{
    const struct line_marks *marks = &look->marks;
    if (marks->mark == LINE_MARK_NONE || marks->colour.alpha == 0 || !(marks->size_px > 0) || count < 2) {
        return;
    }
    struct marking marking = {.cairo = canvas_cairo(canvas),
                              .near = bbox_grow(canvas->window, 2 * marks->size_px + 2),
                              .points = points,
                              .count = count,
                              .half_size_px = marks->size_px / 2};
    enum line_side side = marks->side == LINE_SIDE_BOTH ? LINE_SIDE_LEFT : marks->side;
    marking.outlines[0] = line_mark_outline(marks->mark, marks->size_px, side);
    if (marks->side == LINE_SIDE_BOTH) {
        marking.outlines[1] = line_mark_outline(marks->mark, marks->size_px, LINE_SIDE_RIGHT);
    }
    leave_room(&marking, look, is_closed);
    cairo_new_path(marking.cairo);
    cairo_set_fill_rule(marking.cairo, CAIRO_FILL_RULE_WINDING);
    trace_marks(&marking, marks);
    canvas_set_colour(marking.cairo, marks->colour);
    cairo_fill(marking.cairo);
}

double canvas_end_size_px(const struct line_look *look, const struct point *points, size_t count)
{
    double room = 0;
    double wanted = look->end_size_px / ENDS_SHARE * (look->start && look->end ? 2 : 1);
    for (size_t i = 0; i + 1 < count && room < wanted; i++) {
        room += point_distance(points[i], points[i + 1]);
    }
    return room < wanted ? look->end_size_px * room / wanted : look->end_size_px;
}

/** An end at the last point of a line, turned by the stretch of the line that it covers. */
static void paint_end(const struct canvas *canvas, enum line_end end, double size_px, struct stand stand)
{
    struct bbox box = {stand.place.x, stand.place.y, stand.place.x, stand.place.y};
    if (end == LINE_END_NONE || !canvas_is_place(stand.place) || !canvas_sees(canvas, box, 2 * size_px + 2)) {
        return;
    }
    struct mark_outline outline = line_end_outline(end, size_px);
    trace_outline(canvas_cairo(canvas), &outline, stand);
}

void canvas_ends(struct canvas *canvas, const struct point *points, size_t count,
                 const struct line_look *look)
{
    if (count < 2 || look->end_colour.alpha == 0 ||
        (look->start == LINE_END_NONE && look->end == LINE_END_NONE)) {
        return;
    }
    cairo_t *cairo = canvas_cairo(canvas);
    double size = canvas_end_size_px(look, points, count);
    double last = point_distance(points[count - 2], points[count - 1]);
    struct point behind_start = polyline_walk(points, count, 0, 0, size);
    struct point before_end = polyline_walk(points, count, count - 2, last, -size);
    cairo_new_path(cairo);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
    paint_end(canvas, look->start, size, (struct stand){points[0], direction_of(behind_start, points[0])});
    paint_end(canvas, look->end, size,
              (struct stand){points[count - 1], direction_of(before_end, points[count - 1])});
    canvas_set_colour(cairo, look->end_colour);
    cairo_fill(cairo);
}
