/*
 * dashes.c - a limit between a dash and a gap is a number of whole patterns and the lengths before it, never
 * a sum along the way: so it does not matter where one begins to look. Of a segment that reaches far out of
 * the box only the part around the box is walked.
 */
#include "render/canvas/dashes.h"

#include <math.h>
#include <stdbool.h>

#include "symbology/stroke.h"

/** Patterns shorter than this are lines to the eye, and would take for ever. */
#define PATTERN_MIN_PX 0.25

double dashes_pattern_px(const struct stroke *stroke)
{
    double length = 0;
    for (int i = 0; i < stroke->dash_count; i++) {
        length += stroke->dash_px[i];
    }
    /* With an odd count of lengths dashes and gaps change places at each turn of the pattern. */
    return length < PATTERN_MIN_PX ? 0 : stroke->dash_count % 2 ? 2 * length : length;
}

/** On the way along a line. */
struct dashing {
    const struct stroke *stroke;
    double pattern_px;
    struct bbox box;
    struct polyline *dash; /* so far */
    void (*visit)(const struct polyline *dash, void *context);
    void *context;
    double turn;  /* of the pattern, from the start of the line */
    int number;   /* of the length in the pattern; even ones are dashes, odd ones are gaps */
    bool is_lost; /* the number is that of another place */
};

static int length_count(const struct dashing *dashing)
{
    return dashing->stroke->dash_count * (1 + dashing->stroke->dash_count % 2);
}

/** How far from the start of the line a length of the present turn begins. */
static double begin_of(const struct dashing *dashing, int number)
{
    double sum = 0;
    for (int i = 0; i < number; i++) {
        sum += dashing->stroke->dash_px[i % dashing->stroke->dash_count];
    }
    return dashing->turn * dashing->pattern_px + sum - dashing->stroke->phase_px;
}

static double end_of(const struct dashing *dashing)
{
    return begin_of(dashing, dashing->number + 1);
}

static bool is_dash(const struct dashing *dashing)
{
    return dashing->number % 2 == 0;
}

static void find(struct dashing *dashing, double distance_px)
{
    dashing->turn = floor((distance_px + dashing->stroke->phase_px) / dashing->pattern_px);
    dashing->number = 0;
    while (dashing->number + 1 < length_count(dashing) && end_of(dashing) <= distance_px) {
        dashing->number++;
    }
}

static void end_dash(struct dashing *dashing)
{
    if (dashing->dash->count > 0) {
        dashing->visit(dashing->dash, dashing->context);
    }
    polyline_clear(dashing->dash);
}

static void begin_next(struct dashing *dashing)
{
    dashing->number++;
    if (dashing->number == length_count(dashing)) {
        dashing->number = 0;
        dashing->turn++;
    }
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

/** The part of the line between two of its points, which are so far from its start. */
static void walk(struct dashing *dashing, struct point a, struct point b, double start_px, double end_px)
{
    double from = 0;
    double to = 1;
    double length = end_px - start_px;
    if (!bbox_contains(dashing->box, polyline_segment_box(a, b))) {
        cut_axis(a.x, b.x - a.x, dashing->box.min_x, dashing->box.max_x, &from, &to);
        cut_axis(a.y, b.y - a.y, dashing->box.min_y, dashing->box.max_y, &from, &to);
    }
    if (dashing->is_lost || from > 0) {
        polyline_clear(dashing->dash);
        find(dashing, start_px + from * length);
        double begin = fmax(begin_of(dashing, dashing->number), start_px);
        if (is_dash(dashing)) {
            polyline_add(dashing->dash, point_between(a, b, (begin - start_px) / length));
        }
    }
    while (end_of(dashing) < start_px + to * length) {
        struct point limit = point_between(a, b, (end_of(dashing) - start_px) / length);
        if (is_dash(dashing)) {
            polyline_add(dashing->dash, limit);
            end_dash(dashing);
        } else {
            polyline_add(dashing->dash, limit);
        }
        begin_next(dashing);
    }
    dashing->is_lost = to < 1;
    if (is_dash(dashing)) {
        polyline_add(dashing->dash, b);
    }
}

void dashes_visit(const struct stroke *stroke, const struct dashed_piece *piece, struct bbox box,
                  struct polyline *dash, void (*visit)(const struct polyline *dash, void *context),
                  void *context)
{
    struct dashing dashing = {.stroke = stroke,
                              .pattern_px = dashes_pattern_px(stroke),
                              .dash = dash,
                              .visit = visit,
                              .context = context,
                              .is_lost = true};
    dashing.box = bbox_grow(box, dashing.pattern_px); /* what begins out of sight may end in it */
    polyline_clear(dash);
    double start_px = piece->start_px;
    for (size_t i = 0; i + 1 < piece->count; i++) {
        double end_px = start_px + point_distance(piece->points[i], piece->points[i + 1]);
        if (end_px > start_px) {
            walk(&dashing, piece->points[i], piece->points[i + 1], start_px, end_px);
        }
        start_px = end_px;
    }
    if (!dashing.is_lost && is_dash(&dashing)) {
        end_dash(&dashing);
    }
}
