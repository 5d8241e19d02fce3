/*
 * canvas_stroke.c - lines. Of a line only the segments near the window go into the path, but those whole and
 * with their corners, so that neighbouring windows stroke the same geometry. Dashes are cut out of the line
 * first, by distance from the line's start, and moved sideways after that: an offset stroke is in phase, too.
 *
 * All pieces of one stroke are one path: where they overlap a translucent colour is not laid on twice.
 */
#include <math.h>

#include "geo/shape.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/dashes.h"
#include "render/canvas/offset_line.h"
#include "render/canvas/polyline.h"

/** So many segments before and after those near the window go into the path, too. */
#define NEIGHBOURS 2

/** One stroke on its way into the path. */
struct stroking {
    struct canvas *canvas;
    struct path *path;
    const struct stroke *stroke;
    struct bbox near;          /* segments that touch it are painted */
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

static void trace_piece(const struct polyline *piece, void *path)
{
    path_add_line(path, piece->points, piece->count);
}

/** Puts a piece that is solid all along into the path. */
static void trace_solid(struct stroking *stroking, const struct point *points, size_t count)
{
    if (stroking->offset_px == 0) {
        path_add_line(stroking->path, points, count);
    } else {
        offset_line_visit(&stroking->beside, points, count, stroking->offset_px, trace_piece, stroking->path);
    }
}

static void trace_dash(const struct polyline *dash, void *stroking)
{
    trace_solid(stroking, dash->points, dash->count);
}

/** Segments that follow each other, all of them near the window; they begin so far along the whole line. */
static void trace_run(struct stroking *stroking, const struct point *points, size_t count, double start_px)
{
    if (stroking->pattern_px > 0) {
        struct dashed_piece piece = {points, count, start_px};
        dashes_visit(stroking->stroke, &piece, stroking->near, &stroking->dash, trace_dash, stroking);
    } else {
        trace_solid(stroking, points, count);
    }
}

static void end_run(struct stroking *stroking)
{
    if (stroking->run.count > 1) {
        trace_run(stroking, stroking->run.points, stroking->run.count, stroking->run_start_px);
    }
    polyline_clear(&stroking->run);
}

/** Adds a segment near the window to the run. before_px is the length of the line up to it. */
static void add_segment(struct stroking *stroking, struct point a, struct point b, double before_px)
{
    if (stroking->run.count == 0) {
        stroking->run_start_px = before_px;
        polyline_add(&stroking->run, a);
    }
    polyline_add(&stroking->run, b);
}

static bool is_near(const struct stroking *stroking, struct point a, struct point b)
{
    const struct bbox *near = &stroking->near;
    bool is_beside = (a.x < near->min_x && b.x < near->min_x) || (a.x > near->max_x && b.x > near->max_x) ||
                     (a.y < near->min_y && b.y < near->min_y) || (a.y > near->max_y && b.y > near->max_y);
    return !is_beside && canvas_is_place(a) && canvas_is_place(b);
}

/** As most lines are: then each of their segments is near, and need not be asked about. */
static bool are_all_near(const struct stroking *stroking, const struct point *points, size_t count)
{
    struct bbox near = stroking->near;
    size_t i = 0;
    while (i < count && points[i].x >= near.min_x && points[i].x <= near.max_x && points[i].y >= near.min_y &&
           points[i].y <= near.max_y) { /* false for NaN */
        i++;
    }
    return i == count;
}

/** Segments of a line, one after another; those of a ring go round. */
struct stretch {
    const struct point *points;
    size_t segment_count;
    bool is_ring;
};

/**
 * Which segments are wanted: those that come near, and their neighbours, because where a side of a segment
 * ends depends on the corner there, and so does, by a hair, where it runs. They are asked about one after
 * another, and each is looked at once.
 */
struct wanting {
    const struct stroking *stroking;
    const struct stretch *stretch;
    size_t next;   /* segment to be looked at */
    unsigned near; /* a bit for each that was looked at, the last one lowest */
};

#define NEIGHBOUR_BITS ((1u << (2 * NEIGHBOURS + 1)) - 1)

static void look_ahead(struct wanting *wanting)
{
    const struct stretch *stretch = wanting->stretch;
    size_t i = wanting->next++;
    bool is_last = wanting->next == stretch->segment_count;
    wanting->next = is_last && stretch->is_ring ? 0 : wanting->next;
    bool is_there = i < stretch->segment_count;
    wanting->near = wanting->near << 1 |
                    (is_there && is_near(wanting->stroking, stretch->points[i], stretch->points[i + 1]));
}

/** To ask about a segment and those that follow it; of a line the segment is the first. */
static struct wanting wanting_from(const struct stroking *stroking, const struct stretch *stretch,
                                   size_t segment)
{
    struct wanting wanting = {.stroking = stroking, .stretch = stretch};
    size_t count = stretch->segment_count;
    size_t before = stretch->is_ring ? NEIGHBOURS : 0;
    wanting.next = before > 0 ? (segment + before * (count - 1)) % count : segment;
    for (size_t i = 0; i < before + NEIGHBOURS; i++) {
        look_ahead(&wanting);
    }
    return wanting;
}

/** Is the segment wanted whose turn it is? */
static bool is_wanted(struct wanting *wanting, size_t segment)
{
    const struct point *points = wanting->stretch->points;
    look_ahead(wanting);
    return (wanting->near & NEIGHBOUR_BITS) != 0 && canvas_is_place(points[segment]) &&
           canvas_is_place(points[segment + 1]);
}

/** A whole line, of which the runs near the window are traced. */
static void trace_line(struct stroking *stroking, const struct point *points, size_t count, double start_px)
{
    if (count > 1 && are_all_near(stroking, points, count)) {
        trace_run(stroking, points, count, start_px);
        return;
    }
    struct stretch stretch = {points, count > 0 ? count - 1 : 0, false};
    struct wanting wanting = wanting_from(stroking, &stretch, 0);
    double before_px = start_px;
    for (size_t i = 0; i < stretch.segment_count; i++) {
        if (is_wanted(&wanting, i)) {
            add_segment(stroking, points[i], points[i + 1], before_px);
        } else {
            end_run(stroking);
        }
        before_px += stroking->pattern_px > 0 ? point_distance(points[i], points[i + 1]) : 0;
    }
    end_run(stroking);
}

/** Index of the first segment of a ring from one on that can be told from a point; segment_count: none. */
static size_t find_segment(const struct point *ring, size_t segment_count)
{
    size_t i = 0;
    while (i < segment_count && !(point_distance(ring[i], ring[i + 1]) > 0)) {
        i++;
    }
    return i;
}

/**
 * Beside a ring, from the middle of a segment round to it again: with straight ends these fit without a seam.
 */
static void trace_beside_ring(struct stroking *stroking, const struct point *ring, size_t segment_count)
{
    struct polyline line = {0};
    size_t first = find_segment(ring, segment_count);
    if (first == segment_count) {
        return;
    }
    struct point middle = point_between(ring[first], ring[first + 1], 0.5);
    polyline_add(&line, middle);
    for (size_t i = 1; i <= segment_count; i++) {
        polyline_add(&line, ring[(first + i) % segment_count]);
    }
    polyline_add(&line, middle);
    trace_line(stroking, line.points, line.count, 0);
    polyline_finish(&line);
}

static void trace_whole_ring(struct stroking *stroking, const struct stretch *ring)
{
    path_add_line(stroking->path, ring->points, ring->segment_count);
    path_close(stroking->path, false);
}

/** A ring, begun where it is out of sight; one that is nowhere so is a ring in the path, too. */
static void trace_along_ring(struct stroking *stroking, const struct stretch *ring)
{
    size_t count = ring->segment_count;
    if (are_all_near(stroking, ring->points, count + 1)) {
        trace_whole_ring(stroking, ring);
        return;
    }
    size_t first = 0;
    struct wanting wanting = wanting_from(stroking, ring, 0);
    while (first < count && is_wanted(&wanting, first)) {
        first++;
    }
    if (first == count) {
        trace_whole_ring(stroking, ring);
        return;
    }
    for (size_t i = 1; i <= count; i++) {
        size_t k = (first + i) % count;
        if (is_wanted(&wanting, k)) {
            add_segment(stroking, ring->points[k], ring->points[k + 1], 0);
        } else {
            end_run(stroking);
        }
    }
    end_run(stroking);
}

/** Dashes begin and end where the ring does. */
static void trace_ring(struct stroking *stroking, const struct point *ring, size_t count)
{
    struct stretch stretch = {ring, count - 1, true};
    if (stroking->pattern_px > 0 || count < 4) {
        trace_line(stroking, ring, count, 0);
    } else if (stroking->offset_px != 0) {
        trace_beside_ring(stroking, ring, count - 1);
    } else {
        trace_along_ring(stroking, &stretch);
    }
}

static void stroking_init(struct stroking *stroking, struct canvas *canvas, const struct stroke *stroke)
{
    *stroking = (struct stroking){.canvas = canvas,
                                  .path = canvas_path(canvas),
                                  .stroke = stroke,
                                  .near = bbox_grow(canvas->window, reach_of(stroke)),
                                  .pattern_px = dashes_pattern_px(stroke),
                                  .offset_px = stroke->offset_px};
}

/** Paints what was traced. */
static void stroking_finish(struct stroking *stroking, bool is_closed)
{
    struct stroke pen = *stroking->stroke;
    bool is_beside_ring = is_closed && pen.offset_px != 0 && stroking->pattern_px == 0;
    pen.cap = is_beside_ring ? STROKE_CAP_BUTT : pen.cap;
    canvas_stroke_path(stroking->canvas, stroking->path, &pen);
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
    if (!is_visible(stroke) || count < 2) {
        return;
    }
    struct stroking stroking;
    stroking_init(&stroking, canvas, stroke);
    offset_line_begin(&stroking.beside, points, count);
    if (is_closed) {
        trace_ring(&stroking, points, count);
    } else {
        trace_line(&stroking, points, count, start_px);
    }
    stroking_finish(&stroking, is_closed);
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

/** An open line is shortened for its ends. */
static void trace_open_part(struct stroking *stroking, const struct point *points, size_t count,
                            const struct line_look *look)
{
    bool has_ends = look->start != LINE_END_NONE || look->end != LINE_END_NONE;
    double size = has_ends ? canvas_end_size_px(look, points, count) : 0;
    double start_px = line_end_cut_px(look->start, size);
    double end_px = line_end_cut_px(look->end, size);
    if (start_px <= 0 && end_px <= 0) {
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
        if (part->count < 2) {
            continue;
        }
        stroking.offset_px = part->is_flipped ? -stroke->offset_px : stroke->offset_px;
        offset_line_begin(&stroking.beside, part->points, part->count);
        if (part->is_closed) {
            trace_ring(&stroking, part->points, part->count);
        } else {
            trace_open_part(&stroking, part->points, part->count, look);
        }
    }
    stroking_finish(&stroking, part_count > 0 && parts[0].is_closed);
}
