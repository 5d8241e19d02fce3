/*
 * placement_lines.c - puts all lines and edges among the steps of the page (line_steps.h), and asks those.
 */
#include "render/placement/placement_lines.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/canvas/polyline.h"
#include "render/map_view.h"
#include "render/placement/line_steps.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"

#define LOOKED_PX 64.0 /* a line further off is nobody's neighbour */
#define NEARER_PX 3.0  /* by so much its own line is: a reader must see it */

struct placement_lines {
    struct line_steps *steps;
    double scale;
};

double placement_lines_reach_px(struct line_look look)
{
    look.start = LINE_END_NONE;
    look.end = LINE_END_NONE;
    return line_look_reach_px(&look);
}

double placement_lines_stroke_px(struct line_look look)
{
    look.marks.mark = LINE_MARK_NONE;
    look.signs.mark = LINE_MARK_NONE;
    return placement_lines_reach_px(look);
}

/* An end of a line, as it is painted there. */
struct line_head {
    struct point place;
    struct point direction; /* in which the line arrives, of length 1 */
    struct mark_outline outline;
};

static struct point on_head(const struct line_head *head, struct point point)
{
    struct point along = head->direction;
    return (struct point){head->place.x + point.x * along.x - point.y * along.y,
                          head->place.y + point.x * along.y + point.y * along.x};
}

static struct point middle_of(const struct mark_outline *outline)
{
    struct point sum = {0, 0};
    for (int i = 0; i < outline->count; i++) {
        sum = (struct point){sum.x + outline->points[i].x, sum.y + outline->points[i].y};
    }
    return (struct point){sum.x / outline->count, sum.y / outline->count};
}

/* The head of an arrow, or another end: its outline, and what lies inside. */
static void add_head(struct placement_lines *lines, struct line_step step, const struct line_head *head,
                     const struct line_look *look)
{
    const struct mark_outline *outline = &head->outline;
    double halo_px = look->halo.alpha > 0 ? look->halo_px : 0;
    double line_px = look->has_hollow_ends ? mark_outline_px(look->end_size_px) / 2 : 0;
    step.is_sign = true;
    step.reach_px = (float)(halo_px + line_px);
    step.stroke_px = step.reach_px;
    for (int i = 0; i < outline->count; i++) {
        step.from = on_head(head, outline->points[i]);
        step.to = on_head(head, outline->points[(i + 1) % outline->count]);
        line_steps_add(lines->steps, step);
    }
    if (outline->count > 0) {
        step.from = head->place;
        step.to = on_head(head, middle_of(outline));
        line_steps_add(lines->steps, step);
    }
}

static struct point direction_to(struct point from, struct point to)
{
    double length = point_distance(from, to);
    return length > 0 ? (struct point){(to.x - from.x) / length, (to.y - from.y) / length}
                      : (struct point){1, 0};
}

static void add_part(struct placement_lines *lines, struct line_step step, const struct line_look *look,
                     const struct point *points, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        step.from = points[i - 1];
        step.to = points[i];
        line_steps_add(lines->steps, step);
    }
    if (count < 2) {
        return;
    }
    double size = look->end_size_px;
    double last = point_distance(points[count - 2], points[count - 1]);
    struct point behind_start = polyline_walk(points, count, 0, 0, size);
    struct point before_end = polyline_walk(points, count, count - 2, last, -size);
    struct line_head start = {points[0], direction_to(behind_start, points[0]),
                              line_end_outline(look->start, size)};
    struct line_head end = {points[count - 1], direction_to(before_end, points[count - 1]),
                            line_end_outline(look->end, size)};
    add_head(lines, step, &start, look);
    add_head(lines, step, &end, look);
}

/* A line may be nothing but the text along it. */
static bool has_paint(const struct line_look *look)
{
    for (int i = 0; i < look->stroke_count; i++) {
        if (look->strokes[i].colour.alpha > 0) {
            return true;
        }
    }
    return look->marks.mark != LINE_MARK_NONE;
}

static void add_feature(struct placement_lines *lines, const struct scene_feature *feature,
                        enum palette palette)
{
    const struct shape *shape = feature->shape->shape;
    bool is_line = shape->kind == SHAPE_LINE;
    struct line_look look =
        is_line ? scene_line_look(feature, palette) : scene_area_look(feature, palette).outline;
    struct line_step step = {.feature = feature,
                             .reach_px = (float)placement_lines_reach_px(look),
                             .stroke_px = (float)placement_lines_stroke_px(look),
                             .is_painted = has_paint(&look) && !feature->is_beyond_budget,
                             .is_sign = is_line && look.marks.mark == LINE_MARK_GLYPH};
    for (uint32_t part = 0; part < shape->part_count; part++) {
        add_part(lines, step, &look, shape->points + shape->parts[part].first, shape->parts[part].count);
    }
}

struct placement_lines *placement_lines_new(const struct map_view *view, const struct scene *scene)
{
    if (bbox_is_empty(view->frame_px)) {
        return NULL;
    }
    struct placement_lines *lines = memory_new(1, sizeof(*lines));
    lines->steps = line_steps_new(view->frame_px);
    lines->scale = view->symbol_scale;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_feature *feature = scene_at(scene, i);
        bool has_line = !feature->is_point && feature->has_image && feature->shape && feature->shape->shape;
        if (has_line && bbox_intersects(scene_feature_ink(feature), view->frame_px)) {
            add_feature(lines, feature, view->palette);
        }
    }
    line_steps_finish(lines->steps);
    return lines;
}

void placement_lines_free(struct placement_lines *lines)
{
    if (lines) {
        line_steps_free(lines->steps);
        free(lines);
    }
}

bool placement_lines_is_inside(const struct scene_feature *feature, struct bbox box)
{
    const struct shape *shape = feature->shape->shape;
    struct point middle = bbox_centre(box);
    return shape->kind == SHAPE_POLYGON && shape_touches_box(shape, bbox_of_points(&middle, 1), 0);
}

bool placement_lines_are_told_apart(struct placement_lines *lines, const struct scene_feature *feature,
                                    struct bbox room)
{
    if (!lines) {
        return true;
    }
    double looked = LOOKED_PX * lines->scale;
    double nearer = NEARER_PX * lines->scale;
    if (!line_steps_others_are_further(lines->steps, feature, room, nearer, looked)) {
        return false;
    }
    double own = line_steps_own_px(lines->steps, feature, room, looked);
    return own <= 0 || line_steps_others_are_further(lines->steps, feature, room, own + nearer, looked) ||
           (!line_steps_are_spent(lines->steps) && placement_lines_is_inside(feature, room));
}

bool placement_lines_keep_off(struct placement_lines *lines, const struct scene_feature *feature,
                              struct bbox box, double away_px)
{
    return !lines || line_steps_others_keep_off(lines->steps, feature, box, away_px);
}

bool placement_lines_have_no_sign(struct placement_lines *lines, struct bbox box)
{
    return !lines || line_steps_have_no_sign(lines->steps, box);
}

bool placement_lines_have_no_head(struct placement_lines *lines, struct bbox box)
{
    return !lines || line_steps_have_no_sign_stroke(lines->steps, box);
}

bool placement_lines_are_spent(const struct placement_lines *lines)
{
    return lines && line_steps_are_spent(lines->steps);
}
