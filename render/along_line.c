/*
 * along_line.c - distances are found by halving.
 */
#include "render/along_line.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"
#include "geo/simplify.h"

static bool are_finite(const struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!point_is_finite(points[i])) {
            return false;
        }
    }
    return true;
}

static struct shape *simplified(const struct point *points, size_t count, bool is_closed, double tolerance_px)
{
    struct shape *whole = shape_new(is_closed ? SHAPE_POLYGON : SHAPE_LINE);
    shape_add_part(whole, points, count, false);
    struct shape *simple = simplify_shape(whole, tolerance_px, true);
    shape_free(whole);
    return simple;
}

static void add_point(struct along_line *line, struct point point)
{
    if (line->count > 0) {
        double step = point_distance(line->points[line->count - 1], point);
        if (!(step > 0)) {
            return;
        }
        line->length_px += step;
    }
    line->points[line->count] = point;
    line->before_px[line->count++] = line->length_px;
}

void along_line_init(struct along_line *line, const struct point *points, size_t count, bool is_closed,
                     double tolerance_px)
{
    *line = (struct along_line){.is_closed = is_closed};
    if (count < 2 || !are_finite(points, count)) {
        return;
    }
    struct shape *simple = simplified(points, count, is_closed, tolerance_px);
    if (simple->part_count > 0) {
        line->points = memory_new(simple->point_count, sizeof(*line->points));
        line->before_px = memory_new(simple->point_count, sizeof(*line->before_px));
        for (size_t i = 0; i < simple->point_count; i++) {
            add_point(line, simple->points[i]);
        }
    }
    shape_free(simple);
}

void along_line_finish(struct along_line *line)
{
    free(line->points);
    free(line->before_px);
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
