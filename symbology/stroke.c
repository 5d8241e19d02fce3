/*
 * stroke.c - the outlines of marks and ends, drawn in a unit of 1 and scaled; and how far they reach.
 *
 * Everything that paints a line (pictures, pages, swatches) takes them from here, so all agree.
 */
#include "symbology/stroke.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#define GAP_LEAST_PX 2.0 /* between the halos of two dashes */

/* Fills the outline with x, y pairs of a mark of size 1. */
static struct mark_outline outline_of(const double (*pairs)[2], int count, double size_px)
{
    struct mark_outline outline = {.count = count};
    for (int i = 0; i < count; i++) {
        outline.points[i] = (struct point){pairs[i][0] * size_px, pairs[i][1] * size_px};
    }
    return outline;
}

/* Part of a disc of diameter 1: MARK_POINT_MAX points from one angle to another. */
static struct mark_outline arc_outline(double from_rad, double to_rad, bool is_whole, double size_px)
{
    struct mark_outline outline = {.count = MARK_POINT_MAX};
    int steps = is_whole ? MARK_POINT_MAX : MARK_POINT_MAX - 1;
    for (int i = 0; i < MARK_POINT_MAX; i++) {
        double angle = from_rad + (to_rad - from_rad) * i / steps;
        outline.points[i] = (struct point){cos(angle) * size_px / 2, sin(angle) * size_px / 2};
    }
    return outline;
}

static struct mark_outline cross_outline(double size_px)
{
    static const double pairs[][2] = {{-.5, -.34}, {-.34, -.5}, {0, -.16}, {.34, -.5}, {.5, -.34}, {.16, 0},
                                      {.5, .34},   {.34, .5},   {0, .16},  {-.34, .5}, {-.5, .34}, {-.16, 0}};
    return outline_of(pairs, 12, size_px);
}

/* Marks on one side stand on the line with their foot at y = 0 and point to the left (y < 0). */
static struct mark_outline side_outline(enum line_mark mark, double size_px)
{
    static const double triangle[][2] = {{-.5, 0}, {0, -.9}, {.5, 0}};
    static const double square[][2] = {{-.5, 0}, {-.5, -1}, {.5, -1}, {.5, 0}};
    static const double bar[][2] = {{-.12, 0}, {-.12, -1}, {.12, -1}, {.12, 0}};
    switch (mark) {
    case LINE_MARK_TRIANGLE:
        return outline_of(triangle, 3, size_px);
    case LINE_MARK_SQUARE:
        return outline_of(square, 4, size_px);
    case LINE_MARK_BAR:
        return outline_of(bar, 4, size_px);
    case LINE_MARK_HALF_DISC:
        return arc_outline(M_PI, 2 * M_PI, false, size_px);
    default:
        break;
    }
    struct mark_outline outline = line_mark_outline(mark, size_px, LINE_SIDE_CENTRE);
    for (int i = 0; i < outline.count; i++) {
        outline.points[i].y -= size_px / 2;
    }
    return outline;
}

/* Marks on the line point along it. */
static struct mark_outline centre_outline(enum line_mark mark, double size_px)
{
    static const double triangle[][2] = {{-.45, -.5}, {.55, 0}, {-.45, .5}};
    static const double chevron[][2] = {{-.45, -.5}, {-.1, -.5}, {.45, 0}, {-.1, .5}, {-.45, .5}, {.1, 0}};
    static const double square[][2] = {{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}};
    static const double bar[][2] = {{-.12, -.5}, {.12, -.5}, {.12, .5}, {-.12, .5}};
    static const double slash[][2] = {{-.38, .5}, {.16, -.5}, {.38, -.5}, {-.16, .5}};
    switch (mark) {
    case LINE_MARK_CROSS:
        return cross_outline(size_px);
    case LINE_MARK_TRIANGLE:
        return outline_of(triangle, 3, size_px);
    case LINE_MARK_CHEVRON:
        return outline_of(chevron, 6, size_px);
    case LINE_MARK_SQUARE:
        return outline_of(square, 4, size_px);
    case LINE_MARK_BAR:
        return outline_of(bar, 4, size_px);
    case LINE_MARK_DOT:
        return arc_outline(0, 2 * M_PI, true, size_px);
    case LINE_MARK_HALF_DISC:
        return arc_outline(M_PI, 2 * M_PI, false, size_px);
    case LINE_MARK_SLASH:
        return outline_of(slash, 4, size_px);
    case LINE_MARK_NONE:
    case LINE_MARK_GLYPH:
        break;
    }
    return (struct mark_outline){.count = 0};
}

struct mark_outline line_mark_outline(enum line_mark mark, double size_px, enum line_side side)
{
    assert(side != LINE_SIDE_BOTH);
    if (side == LINE_SIDE_CENTRE || mark == LINE_MARK_NONE) {
        return centre_outline(mark, size_px);
    }
    struct mark_outline outline = side_outline(mark, size_px);
    for (int i = 0; side == LINE_SIDE_RIGHT && i < outline.count; i++) {
        outline.points[i].y = -outline.points[i].y;
    }
    return outline;
}

struct mark_outline line_end_outline(enum line_end end, double size_px)
{
    static const double arrow[][2] = {{-1, -.5}, {0, 0}, {-1, .5}};
    static const double open_arrow[][2] = {{-.8, -.6}, {-.55, -.6}, {0, 0}, {-.55, .6}, {-.8, .6}, {-.3, 0}};
    static const double bar[][2] = {{-.12, -.5}, {.12, -.5}, {.12, .5}, {-.12, .5}};
    switch (end) {
    case LINE_END_ARROW:
        return outline_of(arrow, 3, size_px);
    case LINE_END_OPEN_ARROW:
        return outline_of(open_arrow, 6, size_px);
    case LINE_END_BAR:
        return outline_of(bar, 4, size_px);
    case LINE_END_DOT:
        return arc_outline(0, 2 * M_PI, true, size_px);
    case LINE_END_NONE:
        break;
    }
    return (struct mark_outline){.count = 0};
}

double line_end_cut_px(enum line_end end, double size_px)
{
    return end == LINE_END_ARROW ? size_px * 0.8 : end == LINE_END_OPEN_ARROW ? size_px * 0.25 : 0;
}

double mark_outline_px(double size_px)
{
    return fmax(1, fmin(2, size_px * 0.14));
}

/* Round and square ends of dashes grow with the width; straight ones have to be made longer. */
static void widen_dashes(struct stroke *casing, double halo_px)
{
    casing->phase_px += halo_px;
    for (int i = 0; i < casing->dash_count; i++) {
        casing->dash_px[i] += i % 2 == 0 ? 2 * halo_px : -2 * halo_px;
        if (casing->dash_px[i] < GAP_LEAST_PX) {
            casing->dash_count = 0; /* gaps too narrow to be seen between two halos */
        }
    }
}

struct stroke stroke_casing(const struct stroke *stroke, struct colour halo, double halo_px)
{
    struct stroke casing = *stroke;
    casing.colour = halo;
    casing.width_px += 2 * halo_px;
    if (casing.dash_count > 0 && casing.cap == STROKE_CAP_BUTT) {
        widen_dashes(&casing, halo_px);
    }
    if (casing.dash_count == 0) {
        casing.cap = STROKE_CAP_ROUND;
    }
    return casing;
}

bool stroke_is_upon(const struct line_look *look, int number, int other_number)
{
    const struct stroke *stroke = &look->strokes[number];
    const struct stroke *other = &look->strokes[other_number];
    bool is_as_wide = other->width_px == stroke->width_px;
    bool is_wider = other->width_px > stroke->width_px || (is_as_wide && other_number < number);
    return is_wider && other->offset_px == stroke->offset_px;
}

bool stroke_is_covered(const struct line_look *look, int number)
{
    for (int i = 0; i < look->stroke_count; i++) {
        if (look->strokes[i].dash_count == 0 && stroke_is_upon(look, number, i)) {
            return true;
        }
    }
    return false;
}

static double outline_reach(struct mark_outline outline)
{
    double reach = 0;
    for (int i = 0; i < outline.count; i++) {
        reach = fmax(reach, hypot(outline.points[i].x, outline.points[i].y));
    }
    return reach;
}

static double marks_reach(const struct line_marks *marks)
{
    if (marks->mark == LINE_MARK_GLYPH) {
        return marks->size_px * (marks->side == LINE_SIDE_CENTRE ? 1 : 1.5) + 2; /* at whole px */
    }
    enum line_side side = marks->side == LINE_SIDE_BOTH ? LINE_SIDE_LEFT : marks->side;
    double reach = outline_reach(line_mark_outline(marks->mark, marks->size_px, side));
    reach += marks->orient == MARK_UPRIGHT && side != LINE_SIDE_CENTRE ? marks->size_px / 2 : 0;
    return reach + (marks->is_hollow ? mark_outline_px(marks->size_px) : 0);
}

static double stroke_reach(const struct stroke *stroke)
{
    double half = stroke->width_px / 2;
    double corner = stroke->cap == STROKE_CAP_SQUARE ? M_SQRT2 : 1;
    corner = stroke->join == STROKE_JOIN_MITER ? STROKE_MITER_LIMIT : corner;
    return half * corner + fabs(stroke->offset_px);
}

double line_look_reach_px(const struct line_look *look)
{
    double reach = 0;
    for (int i = 0; i < look->stroke_count; i++) {
        reach = fmax(reach, stroke_reach(&look->strokes[i]));
    }
    reach = fmax(reach, fmax(marks_reach(&look->marks), marks_reach(&look->signs)));
    double end_px = fmax(outline_reach(line_end_outline(look->start, look->end_size_px)),
                         outline_reach(line_end_outline(look->end, look->end_size_px)));
    end_px += look->has_hollow_ends ? mark_outline_px(look->end_size_px) : 0;
    double halo_px = look->halo.alpha > 0 ? look->halo_px * STROKE_MITER_LIMIT : 0;
    return fmax(reach, end_px) + halo_px;
}

bool line_look_has_signs_between(const struct line_look *look)
{
    return look->signs.mark == LINE_MARK_GLYPH && look->marks.mark != LINE_MARK_NONE;
}
