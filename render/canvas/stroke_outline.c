/*
 * stroke_outline.c - a body for each segment, as wide as the pen, and a wedge on the outside of each corner.
 *
 * Bodies and wedges lie side by side: at a corner both bodies end at the line from where their inner sides
 * cross to the corner, and the wedge fills what is open on the outside. So nothing is covered twice, and the
 * edges they share cancel; only the outer ones are made. They all turn the same way. Where segments are too
 * short for their inner sides to cross the bodies overlap, and their union is taken.
 *
 * Everything at a corner depends on its two segments alone: a piece of a line has the outline of the whole.
 * Only roots and fractions, no angles: these are the same on every machine.
 */
#include "render/canvas/stroke_outline.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "render/canvas/coverage.h"
#include "render/canvas/path.h"
#include "symbology/stroke.h"

/** A round corner is made of chords that are this near to the arc. */
#define ARC_ERROR_DOTS 0.0625

/** Segments shorter than this have no direction. */
#define SEGMENT_MIN_PX 1e-6

/** Of a turn of nearly 180 degrees: there is no middle between the two directions. */
#define BACK_COSINE (-0.99)

#define ARC_DEPTH_MAX 8

/** A stroke being made. Left and right are seen along the line, y growing downward. */
struct outline {
    struct coverage *coverage;
    const struct stroke *stroke;
    double half_px;
    double flat_cosine;            /* of the half turn up to which a chord is near enough to the arc */
    struct coverage_spot sides[2]; /* where its left and its right side have come */
    bool is_lifted;                /* moves without making edges */
};

enum side { LEFT, RIGHT };

/** Goes on along one side to a place, a distance from the line away. The right one goes forward with the
 * line, the left one back, so that they run around what is covered. */
static void go_to(struct outline *outline, enum side side, struct point place, struct point offset)
{
    double half = outline->half_px;
    struct point to = {place.x + offset.x * half, place.y + offset.y * half};
    struct coverage_spot spot = coverage_spot_of(outline->coverage, to);
    struct coverage_spot *at = &outline->sides[side];
    if (!outline->is_lifted) {
        const struct coverage_spot *ends[] = {&spot, at, &spot}; /* not asked, since it cannot be foretold */
        coverage_edge(outline->coverage, *ends[side], *ends[side + 1]);
    }
    *at = spot;
}

/** Where two segments meet. */
struct corner {
    struct point place;
    struct point before; /* directions of the segments, unit vectors */
    struct point after;
    double shorter_px; /* of the two */
};

static struct point to_side(struct point direction, enum side side)
{
    return side == RIGHT ? (struct point){-direction.y, direction.x}
                         : (struct point){direction.y, -direction.x};
}

/** Chords between two places on a circle around a place, both ends excluded; less than half of it. */
static void go_round(struct outline *outline, enum side side, struct point place, struct point from,
                     struct point to, int depth)
{
    struct point sum = {from.x + to.x, from.y + to.y};
    double length = sqrt(sum.x * sum.x + sum.y * sum.y);
    if (length / 2 >= outline->flat_cosine || depth == 0) {
        return;
    }
    struct point middle = {sum.x / length, sum.y / length};
    go_round(outline, side, place, from, middle, depth - 1);
    go_to(outline, side, place, middle);
    go_round(outline, side, place, middle, to, depth - 1);
}

static void go_round_corner(struct outline *outline, enum side side, const struct corner *corner,
                            double cosine)
{
    struct point from = to_side(corner->before, side);
    struct point to = to_side(corner->after, side);
    if (cosine > BACK_COSINE) {
        go_round(outline, side, corner->place, from, to, ARC_DEPTH_MAX);
        return;
    }
    go_round(outline, side, corner->place, from, corner->before, ARC_DEPTH_MAX);
    go_to(outline, side, corner->place, corner->before);
    go_round(outline, side, corner->place, corner->before, to, ARC_DEPTH_MAX);
}

/** Where the sides of both segments cross, from the corner. */
static struct point crossing_of(const struct corner *corner, enum side side, double cosine)
{
    struct point before = to_side(corner->before, side);
    struct point after = to_side(corner->after, side);
    return (struct point){(before.x + after.x) / (1 + cosine), (before.y + after.y) / (1 + cosine)};
}

static void turn_outside(struct outline *outline, enum side side, const struct corner *corner, double cosine)
{
    /* A mitre's length, to the width of the stroke, is one by the cosine of half the turn. */
    bool is_short = (1 + cosine) / 2 * STROKE_MITER_LIMIT * STROKE_MITER_LIMIT >= 1;
    if (outline->stroke->join == STROKE_JOIN_MITER && is_short) {
        go_to(outline, side, corner->place, crossing_of(corner, side, cosine));
        return;
    }
    go_to(outline, side, corner->place, to_side(corner->before, side));
    if (outline->stroke->join == STROKE_JOIN_ROUND) {
        go_round_corner(outline, side, corner, cosine);
    }
    go_to(outline, side, corner->place, to_side(corner->after, side));
}

static void turn(struct outline *outline, const struct corner *corner)
{
    struct point before = corner->before;
    struct point after = corner->after;
    double cosine = before.x * after.x + before.y * after.y;
    double sine = before.x * after.y - before.y * after.x; /* above 0: turns right */
    enum side inside = sine > 0 ? RIGHT : LEFT;
    enum side outside = sine > 0 ? LEFT : RIGHT;
    /* They cross at tan(turn / 2) times half the width along the segments. */
    bool do_cross =
        cosine > BACK_COSINE && fabs(sine) * 2 * outline->half_px <= corner->shorter_px * (1 + cosine);
    bool is_flat = cosine > 0 && sqrt((1 + cosine) / 2) >= outline->flat_cosine;
    if (do_cross) {
        go_to(outline, inside, corner->place, crossing_of(corner, inside, cosine));
    } else {
        go_to(outline, inside, corner->place, to_side(before, inside));
        go_to(outline, inside, corner->place, (struct point){0, 0});
        go_to(outline, inside, corner->place, to_side(after, inside));
    }
    if (do_cross && is_flat) {
        go_to(outline, outside, corner->place, crossing_of(corner, outside, cosine));
    } else {
        turn_outside(outline, outside, corner, cosine);
    }
}

/** Both sides to where a segment with a straight end begins, or to where it ends. */
static void cross_over(struct outline *outline, struct point place, struct point direction, bool is_start)
{
    struct point left = to_side(direction, LEFT);
    struct point right = to_side(direction, RIGHT);
    struct point ahead = is_start ? (struct point){-direction.x, -direction.y} : direction;
    struct point first = is_start ? left : right;
    struct point last = is_start ? right : left;
    if (outline->stroke->cap == STROKE_CAP_ROUND) {
        go_round(outline, RIGHT, place, first, ahead, ARC_DEPTH_MAX);
        go_to(outline, RIGHT, place, ahead);
        go_round(outline, RIGHT, place, ahead, last, ARC_DEPTH_MAX);
    } else if (outline->stroke->cap == STROKE_CAP_SQUARE) {
        go_to(outline, RIGHT, place, (struct point){first.x + ahead.x, first.y + ahead.y});
        go_to(outline, RIGHT, place, (struct point){last.x + ahead.x, last.y + ahead.y});
    }
    go_to(outline, RIGHT, place, last);
}

/** The right side begins on the left and goes round the end of the line. */
static void begin_line(struct outline *outline, struct point place, struct point direction)
{
    outline->is_lifted = true;
    go_to(outline, LEFT, place, to_side(direction, LEFT));
    go_to(outline, RIGHT, place, to_side(direction, LEFT));
    outline->is_lifted = false;
    cross_over(outline, place, direction, true);
}

static void end_line(struct outline *outline, struct point place, struct point direction)
{
    go_to(outline, RIGHT, place, to_side(direction, RIGHT));
    go_to(outline, LEFT, place, to_side(direction, LEFT));
    cross_over(outline, place, direction, false);
}

/** From one point to the next that is not at the same place. */
struct segment {
    size_t to; /* index of its end; the number of points when there is none */
    struct point direction;
    double length_px;
};

static struct segment segment_from(const struct point *points, size_t count, size_t from)
{
    for (size_t to = from + 1; to < count; to++) {
        struct point change = {points[to].x - points[from].x, points[to].y - points[from].y};
        double length = sqrt(change.x * change.x + change.y * change.y);
        if (length > SEGMENT_MIN_PX) {
            return (struct segment){to, {change.x / length, change.y / length}, length};
        }
    }
    return (struct segment){.to = count};
}

static struct corner corner_between(struct point place, const struct segment *before,
                                    const struct segment *after)
{
    return (struct corner){place, before->direction, after->direction,
                           before->length_px < after->length_px ? before->length_px : after->length_px};
}

/** A dot: a line without length and with ends. */
static void add_dot(struct outline *outline, struct point place)
{
    if (outline->stroke->cap != STROKE_CAP_BUTT) {
        begin_line(outline, place, (struct point){1, 0});
        end_line(outline, place, (struct point){1, 0});
    }
}

/** All corners from the end of a segment on. Returns the last segment. */
static struct segment turn_corners(struct outline *outline, const struct point *points, size_t count,
                                   struct segment segment)
{
    struct segment next;
    while ((next = segment_from(points, count, segment.to)).to < count) {
        struct corner corner = corner_between(points[segment.to], &segment, &next);
        turn(outline, &corner);
        segment = next;
    }
    return segment;
}

static void add_line(struct outline *outline, const struct point *points, size_t count)
{
    struct segment segment = segment_from(points, count, 0);
    if (segment.to == count) {
        add_dot(outline, points[0]);
        return;
    }
    begin_line(outline, points[0], segment.direction);
    segment = turn_corners(outline, points, count, segment);
    end_line(outline, points[segment.to], segment.direction);
}

/** The sides start behind the first corner, and come to it again as the last. */
static void add_ring(struct outline *outline, const struct point *points, size_t count)
{
    while (count > 1 && fabs(points[count - 1].x - points[0].x) <= SEGMENT_MIN_PX &&
           fabs(points[count - 1].y - points[0].y) <= SEGMENT_MIN_PX) {
        count--;
    }
    struct segment first = segment_from(points, count, 0);
    if (first.to == count) {
        add_dot(outline, points[0]);
        return;
    }
    struct point closing[] = {points[count - 1], points[0]};
    struct segment last = segment_from(closing, 2, 0);
    struct corner closure = corner_between(points[0], &last, &first);
    outline->is_lifted = true;
    turn(outline, &closure);
    outline->is_lifted = false;
    struct segment before = turn_corners(outline, points, count, first);
    struct corner corner = corner_between(points[before.to], &before, &last);
    turn(outline, &corner);
    turn(outline, &closure);
}

double stroke_outline_reach_px(const struct stroke *stroke)
{
    return stroke->width_px / 2 * (stroke->join == STROKE_JOIN_MITER ? STROKE_MITER_LIMIT : M_SQRT2) + 1;
}

void stroke_outline_add(struct coverage *coverage, const struct path *path, const struct stroke *stroke)
{
    struct outline outline = {.coverage = coverage, .stroke = stroke, .half_px = stroke->width_px / 2};
    double reach_px = stroke_outline_reach_px(stroke);
    double half_dots = outline.half_px * coverage->scale / COVERAGE_SUBDOTS;
    outline.flat_cosine = half_dots > ARC_ERROR_DOTS ? 1 - ARC_ERROR_DOTS / half_dots : 0;
    for (size_t i = 0; i < path->part_count; i++) {
        const struct path_part *part = &path->parts[i];
        const struct point *points = path->points + part->first;
        bool may_be_hidden = path->part_count > 1; /* else the window is where it is */
        if (may_be_hidden && !coverage_wants(coverage, bbox_grow(path_part_box(path, part), reach_px))) {
            continue;
        }
        if (part->count > 0 && part->is_closed) {
            add_ring(&outline, points, part->count);
        } else if (part->count > 0) {
            add_line(&outline, points, part->count);
        }
    }
}
