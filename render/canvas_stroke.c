/*
 * canvas_stroke.c - lines. Of a line only the segments near the window are given to cairo, but those whole
 * and with their corners, so that neighbouring windows stroke the same geometry. Dashes are cut out of the
 * line here, by distance from the line's start, and moved sideways after that: an offset stroke is in phase,
 * too.
 *
 * All pieces of one stroke are one path: where they overlap a translucent colour is not laid on twice.
 */
#include <cairo.h>
#include <math.h>

#include "geo/shape.h"
#include "render/canvas_internal.h"
#include "render/offset_line.h"
#include "render/polyline.h"

/** A segment that reaches further than this out of the window is cut: cairo counts in 1/256 dot with 32 bits.
 */
#define FAR_PX 20000.0

/** Patterns shorter than this are lines to the eye, and would take for ever. */
#define PATTERN_MIN_PX 0.25

/** One stroke on its way into the current path. */
struct stroking {
    cairo_t *cairo;
    const struct stroke *stroke;
    struct bbox near;          /* segments that touch it are painted */
    struct bbox far;           /* and cut to this */
    double pattern_px;         /* length of all dashes and gaps; 0: solid */
    double offset_px;          /* to the right of the line */
    struct polyline run;       /* segments that follow each other */
    double run_start_px;       /* how far along the whole line it begins */
    struct polyline dash;      /* the part of the run that is cut out */
    struct offset_line beside; /* what keeps an offset stroke from making loops */
};

static double reach_of(const struct stroke *stroke)
{
    return stroke->width_px / 2 * STROKE_MITER_LIMIT + fabs(stroke->offset_px) + 2;
}

static void trace(const struct polyline *line, void *context)
{
    cairo_t *cairo = context;
    for (size_t i = 0; i < line->count; i++) {
        if (i == 0) {
            cairo_move_to(cairo, line->points[0].x, line->points[0].y);
        } else {
            cairo_line_to(cairo, line->points[i].x, line->points[i].y);
        }
    }
}

/** Puts a piece that is solid all along into the path. */
static void trace_solid(struct stroking *stroking, const struct polyline *line)
{
    if (stroking->offset_px == 0) {
        trace(line, stroking->cairo);
    } else {
        offset_line_visit(&stroking->beside, line->points, line->count, stroking->offset_px, trace,
                          stroking->cairo);
    }
}

/** Where in its dashes a stroke is. Even numbers are painted, odd ones are gaps. */
struct dash_place {
    int number;
    double left_px;
};

static struct dash_place find_dash(const struct stroking *stroking, double distance_px)
{
    const struct stroke *stroke = stroking->stroke;
    double within = fmod(distance_px + stroke->phase_px, stroking->pattern_px);
    for (int i = 0; i < 2 * stroke->dash_count; i++) {
        double length = stroke->dash_px[i % stroke->dash_count];
        if (within < length) {
            return (struct dash_place){i, length - within};
        }
        within -= length;
    }
    return (struct dash_place){0, stroke->dash_px[0]}; /* rounding: it is just over */
}

static bool is_painted(struct dash_place place)
{
    return place.number % 2 == 0;
}

/** Ends one dash or gap at a point and begins the next. */
static void turn_dash(struct stroking *stroking, struct dash_place *place, struct point point)
{
    const struct stroke *stroke = stroking->stroke;
    if (is_painted(*place)) {
        polyline_add(&stroking->dash, point);
        trace_solid(stroking, &stroking->dash);
    }
    polyline_clear(&stroking->dash);
    /* With an odd count of lengths dashes and gaps change places at each turn of the pattern. */
    place->number = (place->number + 1) % (2 * stroke->dash_count);
    place->left_px = stroke->dash_px[place->number % stroke->dash_count];
    if (is_painted(*place)) {
        polyline_add(&stroking->dash, point);
    }
}

static void trace_dashed_segment(struct stroking *stroking, struct dash_place *place, struct point from,
                                 struct point to)
{
    double length = point_distance(from, to);
    double along = 0;
    while (length - along > place->left_px) {
        along += place->left_px;
        turn_dash(stroking, place, point_between(from, to, along / length));
    }
    place->left_px -= length - along;
    if (is_painted(*place)) {
        polyline_add(&stroking->dash, to);
    }
}

static void trace_dashed(struct stroking *stroking)
{
    const struct polyline *run = &stroking->run;
    struct dash_place place = find_dash(stroking, stroking->run_start_px);
    polyline_clear(&stroking->dash);
    if (is_painted(place)) {
        polyline_add(&stroking->dash, run->points[0]);
    }
    for (size_t i = 0; i + 1 < run->count; i++) {
        trace_dashed_segment(stroking, &place, run->points[i], run->points[i + 1]);
    }
    if (is_painted(place)) {
        trace_solid(stroking, &stroking->dash);
    }
}

static void end_run(struct stroking *stroking)
{
    if (stroking->run.count > 1 && stroking->pattern_px > 0) {
        trace_dashed(stroking);
    } else if (stroking->run.count > 1) {
        trace_solid(stroking, &stroking->run);
    }
    polyline_clear(&stroking->run);
}

/** Narrows from … to (shares of a segment) to where low <= start + to * change <= high. */
static void cut_axis(double start, double change, double low, double high, double *from, double *to)
{
    if (change == 0) {
        return;
    }
    double first = ((change > 0 ? low : high) - start) / change;
    double last = ((change > 0 ? high : low) - start) / change;
    *from = fmax(*from, first);
    *to = fmin(*to, last);
}

/** Adds a segment near the window to the run. before_px is the length of the line up to it. */
static void add_segment(struct stroking *stroking, struct point a, struct point b, double before_px)
{
    double from = 0;
    double to = 1;
    if (!bbox_contains(stroking->far, polyline_segment_box(a, b))) {
        cut_axis(a.x, b.x - a.x, stroking->far.min_x, stroking->far.max_x, &from, &to);
        cut_axis(a.y, b.y - a.y, stroking->far.min_y, stroking->far.max_y, &from, &to);
    }
    if (from >= to) {
        end_run(stroking);
        return;
    }
    if (from > 0 || stroking->run.count == 0) {
        end_run(stroking);
        stroking->run_start_px = before_px + from * point_distance(a, b);
        polyline_add(&stroking->run, point_between(a, b, from));
    }
    polyline_add(&stroking->run, to < 1 ? point_between(a, b, to) : b);
    if (to < 1) {
        end_run(stroking);
    }
}

static bool is_near(const struct stroking *stroking, struct point a, struct point b)
{
    return canvas_is_place(a) && canvas_is_place(b) &&
           bbox_intersects(stroking->near, polyline_segment_box(a, b));
}

/** Tells an offset stroke of the line that it must not come too near to. */
static void keep_clear_of(struct stroking *stroking, const struct point *points, size_t count)
{
    offset_line_clear(&stroking->beside);
    for (size_t i = 0; stroking->offset_px != 0 && i + 1 < count; i++) {
        if (is_near(stroking, points[i], points[i + 1])) {
            offset_line_add(&stroking->beside, points[i], points[i + 1]);
        }
    }
}

/** A whole line, of which the runs near the window are traced. */
static void trace_line(struct stroking *stroking, const struct point *points, size_t count, double start_px)
{
    double before_px = start_px;
    for (size_t i = 0; i + 1 < count; i++) {
        if (is_near(stroking, points[i], points[i + 1])) {
            add_segment(stroking, points[i], points[i + 1], before_px);
        } else {
            end_run(stroking);
        }
        before_px += stroking->pattern_px > 0 ? point_distance(points[i], points[i + 1]) : 0;
    }
    end_run(stroking);
}

/** The corner where a ring closes, over its two segments once more. Dashes just begin and end there. */
static void trace_closing_corner(struct stroking *stroking, const struct point *points, size_t count)
{
    if (stroking->pattern_px == 0 && count > 3) {
        struct point corner[] = {points[count - 2], points[0], points[1]};
        trace_line(stroking, corner, 3, 0);
    }
}

static double pattern_length(const struct stroke *stroke)
{
    double length = 0;
    for (int i = 0; i < stroke->dash_count; i++) {
        length += stroke->dash_px[i];
    }
    return length < PATTERN_MIN_PX ? 0 : stroke->dash_count % 2 ? 2 * length : length;
}

static void stroking_init(struct stroking *stroking, const struct canvas *canvas, const struct stroke *stroke)
{
    *stroking = (struct stroking){.cairo = canvas_cairo(canvas),
                                  .stroke = stroke,
                                  .near = bbox_grow(canvas->window, reach_of(stroke)),
                                  .far = bbox_grow(canvas->window, FAR_PX),
                                  .pattern_px = pattern_length(stroke),
                                  .offset_px = stroke->offset_px};
    cairo_new_path(stroking->cairo);
}

/** Paints what was traced. */
static void stroking_finish(struct stroking *stroking)
{
    static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
    static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_MITER,
                                              CAIRO_LINE_JOIN_BEVEL};
    const struct stroke *stroke = stroking->stroke;
    cairo_set_line_width(stroking->cairo, stroke->width_px);
    cairo_set_line_cap(stroking->cairo, caps[stroke->cap]);
    cairo_set_line_join(stroking->cairo, joins[stroke->join]);
    cairo_set_miter_limit(stroking->cairo, STROKE_MITER_LIMIT);
    canvas_set_colour(stroking->cairo, stroke->colour);
    cairo_stroke(stroking->cairo);
    polyline_finish(&stroking->run);
    polyline_finish(&stroking->dash);
    offset_line_finish(&stroking->beside);
}

static bool is_visible(const struct stroke *stroke)
{
    return stroke->width_px > 0 && stroke->colour.alpha > 0;
}

void canvas_stroke(struct canvas *canvas, const struct point *points, size_t count, bool is_closed,
                   double start_px, const struct stroke *stroke)
{
    if (!is_visible(stroke)) {
        return;
    }
    struct stroking stroking;
    stroking_init(&stroking, canvas, stroke);
    keep_clear_of(&stroking, points, count);
    trace_line(&stroking, points, count, start_px);
    if (is_closed) {
        trace_closing_corner(&stroking, points, count);
    }
    stroking_finish(&stroking);
}

void canvas_stroke_box(struct canvas *canvas, struct bbox box, const struct stroke *stroke)
{
    struct point points[] = {{box.min_x, box.min_y},
                             {box.max_x, box.min_y},
                             {box.max_x, box.max_y},
                             {box.min_x, box.max_y},
                             {box.min_x, box.min_y}};
    canvas_stroke(canvas, points, 5, true, 0, stroke);
}

/** The first point of a line that is cut for an arrow: its last stretch runs straight to the tip. */
static void add_straight_tip(struct polyline *line, struct point tip, struct point behind, double cut_px)
{
    double length = point_distance(behind, tip);
    polyline_add(line, length > 0 ? point_between(tip, behind, cut_px / length) : tip);
}

/** A solid line with arrows: below them it is straight, however the line bends there. */
static void trace_with_arrows(struct stroking *stroking, const struct point *points, size_t count,
                              const struct line_look *look, double size)
{
    double start_cut = line_end_cut_px(look->start, size);
    double end_cut = line_end_cut_px(look->end, size);
    struct polyline middle = {0};
    struct polyline whole = {0};
    polyline_trim(points, count, start_cut > 0 ? size : 0, end_cut > 0 ? size : 0, &middle);
    if (middle.count > 1 && start_cut > 0) {
        add_straight_tip(&whole, points[0], middle.points[0], start_cut);
    }
    for (size_t i = 0; i < middle.count; i++) {
        polyline_add(&whole, middle.points[i]);
    }
    if (middle.count > 1 && end_cut > 0) {
        add_straight_tip(&whole, points[count - 1], middle.points[middle.count - 1], end_cut);
    }
    trace_line(stroking, whole.points, whole.count, 0);
    polyline_finish(&whole);
    polyline_finish(&middle);
}

static void trace_cut(struct stroking *stroking, const struct point *points, size_t count, double start_px,
                      double end_px)
{
    struct polyline trimmed = {0};
    polyline_trim(points, count, start_px, end_px, &trimmed);
    trace_line(stroking, trimmed.points, trimmed.count, start_px);
    polyline_finish(&trimmed);
}

/** An open line is shortened for its ends, when these can be seen. */
static void trace_open_part(struct stroking *stroking, const struct point *points, size_t count,
                            const struct line_look *look)
{
    double size = canvas_end_size_px(look, points, count);
    double start_px = line_end_cut_px(look->start, size);
    double end_px = line_end_cut_px(look->end, size);
    struct bbox around = bbox_grow(stroking->near, size);
    bool is_cut = (start_px > 0 && bbox_contains_point(around, points[0])) ||
                  (end_px > 0 && bbox_contains_point(around, points[count - 1]));
    if (!is_cut) {
        trace_line(stroking, points, count, 0);
    } else if (stroking->pattern_px > 0) {
        trace_cut(stroking, points, count, start_px, end_px);
    } else {
        trace_with_arrows(stroking, points, count, look, size);
    }
}

void canvas_stroke_parts(struct canvas *canvas, const struct canvas_part *parts, size_t part_count,
                         const struct line_look *look, const struct stroke *stroke)
{
    if (!is_visible(stroke)) {
        return;
    }
    struct stroking stroking;
    stroking_init(&stroking, canvas, stroke);
    for (size_t i = 0; i < part_count; i++) {
        const struct canvas_part *part = &parts[i];
        stroking.offset_px = part->is_flipped ? -stroke->offset_px : stroke->offset_px;
        keep_clear_of(&stroking, part->points, part->count);
        if (part->count > 1 && !part->is_closed) {
            trace_open_part(&stroking, part->points, part->count, look);
        } else if (part->count > 1) {
            trace_line(&stroking, part->points, part->count, 0);
            trace_closing_corner(&stroking, part->points, part->count);
        }
    }
    stroking_finish(&stroking);
}
