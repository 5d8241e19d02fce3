/*
 * along_line.c - distances are found by halving.
 */
#include "render/text/along_line.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"

/** On which sides of a box a place lies, a bit for each. */
static unsigned sides_of(struct bbox box, struct point place)
{
    return (unsigned)(place.x < box.min_x) | (unsigned)(place.x > box.max_x) << 1 |
           (unsigned)(place.y < box.min_y) << 2 | (unsigned)(place.y > box.max_y) << 3;
}

/** How many of some steps come near the box, or stay away, before one does not. Only what lies wholly on one
 * side of it stays away for sure. */
static size_t count_steps(const struct point *points, size_t count, struct bbox box, bool is_near)
{
    unsigned sides = sides_of(box, points[0]);
    for (size_t i = 0; i < count; i++) {
        unsigned next = sides_of(box, points[i + 1]);
        if (((sides & next) == 0) != is_near) {
            return i;
        }
        sides = next;
    }
    return count;
}

static size_t step_number(const struct along_walk *walk, size_t behind_start)
{
    size_t number = walk->start + behind_start;
    return number + 1 < walk->count ? number : number + 1 - walk->count;
}

/** Goes on as long as steps come near the box, or stay away. */
static void go_on(struct along_walk *walk, size_t steps, bool is_near)
{
    while (walk->at < steps) {
        size_t number = step_number(walk, walk->at);
        size_t left = steps - walk->at;
        size_t count = steps - number < left ? steps - number : left; /* as far as the ring's first point */
        size_t gone = count_steps(walk->points + number, count, walk->box, is_near);
        walk->at += gone;
        if (gone < count) {
            return;
        }
    }
}

/** Round a ring a walk begins away from the box, so that no piece is cut in two where the ring starts. */
static size_t start_of(const struct along_walk *walk, size_t steps)
{
    size_t near = count_steps(walk->points, steps, walk->box, true);
    return near < steps ? near : 0;
}

bool along_walk_next(struct along_walk *walk, struct along_piece *piece)
{
    size_t steps = walk->count > 0 ? walk->count - 1 : 0;
    if (walk->at >= steps) {
        return false;
    }
    if (bbox_is_empty(walk->box)) {
        *piece = (struct along_piece){0, steps};
        walk->at = steps;
        return true;
    }
    walk->start = walk->at == 0 && walk->is_closed ? start_of(walk, steps) : walk->start;
    go_on(walk, steps, false);
    size_t first = walk->at;
    go_on(walk, steps, true);
    *piece = (struct along_piece){step_number(walk, first), walk->at - first};
    return piece->count > 0;
}

static double distance_squared(struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/** Adds a point that is further from the last than so much. False when it is not finite. */
static bool add_point(struct along_line *line, struct point point, double apart_squared)
{
    double step_squared = distance_squared(line->points[line->count - 1], point);
    if (step_squared > apart_squared) {
        line->length_px += sqrt(step_squared);
        line->points[line->count] = point;
        line->before_px[line->count++] = line->length_px;
    }
    return isfinite(step_squared);
}

void along_line_init(struct along_line *line, const struct along_walk *walk, struct along_piece piece,
                     double apart_px)
{
    bool is_whole = piece.count + 1 == walk->count;
    bool is_finite = true;
    *line = (struct along_line){.count = 1, .is_closed = walk->is_closed && is_whole};
    line->points = memory_new(piece.count + 1, sizeof(*line->points) + sizeof(*line->before_px));
    line->before_px = (double *)(line->points + piece.count + 1);
    line->points[0] = walk->points[piece.first];
    for (size_t i = 1, at = piece.first; i <= piece.count && is_finite; i++) {
        at = at + 1 < walk->count ? at + 1 : 1;
        is_finite = add_point(line, walk->points[at], i < piece.count ? apart_px * apart_px : 0);
    }
    line->length_px = is_finite ? line->length_px : 0;
}

void along_line_finish(struct along_line *line)
{
    free(line->points);
    *line = (struct along_line){.length_px = 0};
}

/** The segment on which a distance lies. */
static size_t segment_at(const struct along_line *line, double distance_px)
{
    size_t low = 0;
    size_t high = line->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (line->before_px[middle] <= distance_px) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

struct point along_line_at(const struct along_line *line, double distance_px)
{
    double length = line->length_px;
    double distance = line->is_closed ? distance_px - length * floor(distance_px / length)
                                      : fmax(0, fmin(length, distance_px));
    size_t i = segment_at(line, distance);
    double step = line->before_px[i + 1] - line->before_px[i];
    return point_between(line->points[i], line->points[i + 1],
                         fmin(1, (distance - line->before_px[i]) / step));
}

static size_t number_on_ring(const struct along_line *line, double step_px, ptrdiff_t number, size_t *round)
{
    ptrdiff_t count = (ptrdiff_t)floor(line->length_px / step_px + 0.5);
    *round = (size_t)count;
    return (size_t)((number % count + count) % count);
}

/** How far a segment leads right and down for each px along it. */
struct slope {
    double x;
    double y;
};

static struct slope slope_of(const struct along_line *line, size_t i)
{
    double share = 1 / (line->before_px[i + 1] - line->before_px[i]);
    return (struct slope){(line->points[i + 1].x - line->points[i].x) * share,
                          (line->points[i + 1].y - line->points[i].y) * share};
}

void along_line_sample(const struct along_line *line, double step_px, ptrdiff_t first, size_t count,
                       struct point *places)
{
    size_t round = SIZE_MAX;
    size_t number = line->is_closed ? number_on_ring(line, step_px, first, &round) : (size_t)first;
    size_t i = segment_at(line, (double)number * step_px);
    struct slope slope = slope_of(line, i);
    for (size_t j = 0; j < count; j++, number++) {
        if (number == round) {
            number = 0;
            i = 0;
            slope = slope_of(line, i);
        }
        double distance = (double)number * step_px;
        while (i + 2 < line->count && line->before_px[i + 1] <= distance) {
            slope = slope_of(line, ++i);
        }
        distance -= line->before_px[i];
        places[j] =
            (struct point){line->points[i].x + slope.x * distance, line->points[i].y + slope.y * distance};
    }
}

/** The part of a segment within a box, as a stretch of the line. */
static bool clip_segment(const struct along_line *line, size_t i, struct bbox box, struct along_stretch *part)
{
    double enter;
    double leave;
    if (!segment_clip(line->points[i], line->points[i + 1], box, &enter, &leave)) {
        return false;
    }
    double step = line->before_px[i + 1] - line->before_px[i];
    *part = (struct along_stretch){line->before_px[i] + enter * step, line->before_px[i] + leave * step};
    return true;
}

bool along_line_stretch(const struct along_line *line, struct bbox box, double from_px,
                        struct along_stretch *stretch)
{
    const double touch_px = 1e-6;
    bool is_found = false;
    if (bbox_is_empty(box)) {
        *stretch = (struct along_stretch){0, line->length_px};
        return from_px <= 0 && line->length_px > 0;
    }
    for (size_t i = from_px > 0 ? segment_at(line, from_px) : 0; i + 1 < line->count; i++) {
        struct along_stretch part;
        if (!clip_segment(line, i, box, &part) || part.from_px < from_px) {
            if (is_found) {
                return true;
            }
            continue;
        }
        if (is_found && part.from_px > stretch->to_px + touch_px) {
            return true;
        }
        *stretch = (struct along_stretch){is_found ? stretch->from_px : part.from_px, part.to_px};
        is_found = true;
    }
    return is_found;
}
