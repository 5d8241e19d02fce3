/*
 * offset_line.c - the moved line (polyline_offset) is cut by a capsule round each near segment of the line:
 * all places nearer to it than a radius a little below the offset. A capsule is convex, so it takes one
 * interval out of a straight line.
 */
#include "render/offset_line.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"

/** Corners are made of chords, which come nearer to the line than the offset; by less than this. */
#define RADIUS_SHARE 0.97
#define RADIUS_SLACK_PX 0.03

#define CUT_MOST 64       /* intervals taken out of one segment */
#define LEFT_OVER_PX 0.25 /* shorter remains between two cuts are noise */

/** Looking at a box is 1. A line so tangled that it takes more keeps its last loops: which, may then differ
 * from window to window. */
#define WORK_MOST 30000000
#define CAPSULE_WORK 8

void offset_line_finish(struct offset_line *line)
{
    polyline_finish(&line->base);
    polyline_finish(&line->raw);
    polyline_finish(&line->piece);
    free(line->boxes);
    *line = (struct offset_line){.boxes = NULL};
}

void offset_line_clear(struct offset_line *line)
{
    polyline_clear(&line->base);
    line->work = 0;
}

void offset_line_add(struct offset_line *line, struct point a, struct point b)
{
    size_t chunk = line->base.count / 2 / OFFSET_CHUNK;
    if (chunk == line->box_capacity) {
        line->box_capacity = line->box_capacity ? 2 * line->box_capacity : 16;
        line->boxes = memory_resize(line->boxes, line->box_capacity, sizeof *line->boxes);
    }
    bool is_first = line->base.count / 2 % OFFSET_CHUNK == 0;
    line->boxes[chunk] =
        is_first ? polyline_segment_box(a, b) : bbox_union(line->boxes[chunk], polyline_segment_box(a, b));
    polyline_add(&line->base, a);
    polyline_add(&line->base, b);
}

/** A part of a segment, as shares of its length; empty when from >= to. */
struct interval {
    double from;
    double to;
};

static const struct interval nothing = {1, 0};

static struct interval united(struct interval a, struct interval b)
{
    if (a.from >= a.to || b.from >= b.to) {
        return a.from >= a.to ? b : a;
    }
    return (struct interval){fmin(a.from, b.from), fmax(a.to, b.to)};
}

/** Where start + t * change is within a radius of (0, 0). */
static struct interval in_disc(struct point start, struct point change, double radius)
{
    double a = change.x * change.x + change.y * change.y;
    double b = start.x * change.x + start.y * change.y;
    double c = start.x * start.x + start.y * start.y - radius * radius;
    double root = b * b - a * c;
    if (a == 0 || root <= 0) {
        return nothing;
    }
    return (struct interval){(-b - sqrt(root)) / a, (-b + sqrt(root)) / a};
}

/** Narrows to where low <= start + t * change <= high. */
static struct interval narrowed(struct interval interval, double start, double change, double low,
                                double high)
{
    if (change == 0) {
        return start > low && start < high ? interval : nothing;
    }
    double first = (low - start) / change;
    double last = (high - start) / change;
    return (struct interval){fmax(interval.from, fmin(first, last)), fmin(interval.to, fmax(first, last))};
}

/** Where the segment from p to q is within a radius of the segment from a to b. */
static struct interval in_capsule(struct point p, struct point q, struct point a, struct point b,
                                  double radius)
{
    struct point change = {q.x - p.x, q.y - p.y};
    struct point from_a = {p.x - a.x, p.y - a.y};
    struct point from_b = {p.x - b.x, p.y - b.y};
    double length = point_distance(a, b);
    struct interval inside = united(in_disc(from_a, change, radius), in_disc(from_b, change, radius));
    if (length > 0) {
        struct point u = {(b.x - a.x) / length, (b.y - a.y) / length};
        struct interval beside =
            narrowed((struct interval){-INFINITY, INFINITY}, from_a.x * u.x + from_a.y * u.y,
                     change.x * u.x + change.y * u.y, 0, length);
        beside = narrowed(beside, from_a.y * u.x - from_a.x * u.y, change.y * u.x - change.x * u.y, -radius,
                          radius);
        inside = united(inside, beside);
    }
    return (struct interval){fmax(0, inside.from), fmin(1, inside.to)};
}

/** What is taken out of one segment, ordered and apart. */
struct cuts {
    struct interval intervals[CUT_MOST];
    int count;
};

/** Takes one more out; those that it touches are joined with it. When there are too many it is left out. */
static void add_cut(struct cuts *cuts, struct interval cut)
{
    int kept = 0;
    for (int i = 0; i < cuts->count; i++) {
        struct interval other = cuts->intervals[i];
        bool do_touch = other.from <= cut.to && cut.from <= other.to;
        if (do_touch) {
            cut = united(cut, other);
        } else {
            cuts->intervals[kept++] = other;
        }
    }
    cuts->count = kept;
    if (kept == CUT_MOST) {
        return;
    }
    int place = cuts->count++;
    for (; place > 0 && cuts->intervals[place - 1].from > cut.from; place--) {
        cuts->intervals[place] = cuts->intervals[place - 1];
    }
    cuts->intervals[place] = cut;
}

static bool is_all_cut(const struct cuts *cuts)
{
    return cuts->count == 1 && cuts->intervals[0].from <= 0 && cuts->intervals[0].to >= 1;
}

static void find_cuts(struct offset_line *line, struct point p, struct point q, double radius,
                      struct cuts *cuts)
{
    struct bbox reach = bbox_grow(polyline_segment_box(p, q), radius);
    size_t segments = line->base.count / 2;
    cuts->count = 0;
    for (size_t first = 0; first < segments && line->work < WORK_MOST; first += OFFSET_CHUNK) {
        line->work++;
        if (!bbox_intersects(line->boxes[first / OFFSET_CHUNK], reach)) {
            continue;
        }
        size_t end = first + OFFSET_CHUNK < segments ? first + OFFSET_CHUNK : segments;
        for (size_t i = first; i < end; i++) {
            struct point a = line->base.points[2 * i];
            struct point b = line->base.points[2 * i + 1];
            struct interval cut =
                bbox_intersects(polyline_segment_box(a, b), reach) ? in_capsule(p, q, a, b, radius) : nothing;
            line->work += CAPSULE_WORK;
            if (cut.from < cut.to) {
                add_cut(cuts, cut);
            }
            if (is_all_cut(cuts)) {
                return; /* in a tangle: soon */
            }
        }
    }
}

/** Tells of the piece so far and begins the next. */
static void end_piece(struct offset_line *line, void (*visit)(const struct polyline *piece, void *context),
                      void *context)
{
    if (line->piece.count > 1) {
        visit(&line->piece, context);
    }
    polyline_clear(&line->piece);
}

/** Adds what lies between two cuts of a segment to the piece. */
static void add_rest(struct offset_line *line, struct point p, struct point q, struct interval rest)
{
    bool is_between_cuts = rest.from > 0 && rest.to < 1;
    bool is_noise = is_between_cuts && (rest.to - rest.from) * point_distance(p, q) < LEFT_OVER_PX;
    if (rest.from >= rest.to || is_noise) {
        return;
    }
    if (line->piece.count == 0) {
        polyline_add(&line->piece, point_between(p, q, rest.from));
    }
    polyline_add(&line->piece, point_between(p, q, rest.to));
}

void offset_line_visit(struct offset_line *line, const struct point *points, size_t count, double offset_px,
                       void (*visit)(const struct polyline *piece, void *context), void *context)
{
    double radius = fabs(offset_px) * RADIUS_SHARE - RADIUS_SLACK_PX;
    struct cuts cuts;
    polyline_clear(&line->raw);
    polyline_clear(&line->piece);
    polyline_offset(points, count, offset_px, &line->raw);
    for (size_t i = 0; i + 1 < line->raw.count; i++) {
        struct point p = line->raw.points[i];
        struct point q = line->raw.points[i + 1];
        double from = 0;
        find_cuts(line, p, q, radius, &cuts);
        for (int k = 0; k < cuts.count; k++) {
            add_rest(line, p, q, (struct interval){from, cuts.intervals[k].from});
            end_piece(line, visit, context);
            from = cuts.intervals[k].to;
        }
        add_rest(line, p, q, (struct interval){from, 1});
    }
    end_piece(line, visit, context);
}
