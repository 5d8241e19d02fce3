/*
 * canvas_line.c - a whole line look along a shape: first the halos of all its parts, then the parts.
 */
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/polyline.h"

/** So many parts of a shape need no memory of their own. */
#define FEW_PARTS 8

static void paint_line(struct canvas *canvas, const struct canvas_part *parts, size_t part_count,
                       const struct line_look *look, bool is_halo)
{
    for (int i = 0; i < look->stroke_count; i++) {
        if (!is_halo) {
            canvas_stroke_parts(canvas, parts, part_count, look, &look->strokes[i]);
        } else if (!stroke_is_covered(look, i)) {
            struct stroke casing = stroke_casing(&look->strokes[i], look->halo, look->halo_px);
            canvas_stroke_parts(canvas, parts, part_count, look, &casing);
        }
    }
    for (size_t i = 0; i < part_count; i++) {
        canvas_marks(canvas, &parts[i], look, &look->marks, is_halo);
        if (!parts[i].is_closed) {
            canvas_ends(canvas, &parts[i], look, is_halo);
        }
        canvas_marks(canvas, &parts[i], look, &look->signs, is_halo);
    }
}

static bool is_one_sided(const struct line_look *look)
{
    bool is_sided = look->marks.side == LINE_SIDE_LEFT || look->marks.side == LINE_SIDE_RIGHT;
    for (int i = 0; i < look->stroke_count; i++) {
        is_sided = is_sided || look->strokes[i].offset_px != 0;
    }
    return is_sided;
}

static struct canvas_part part_of(const struct shape *shape, size_t number, bool is_sided)
{
    const struct shape_part *source = &shape->parts[number];
    struct canvas_part part = {.points = shape->points + source->first,
                               .count = source->count,
                               .is_closed = shape->kind == SHAPE_POLYGON};
    if (part.is_closed && is_sided) {
        bool has_inside_left = polyline_twice_area_px2(part.points, part.count) < 0;
        part.is_flipped = has_inside_left != source->is_hole;
    }
    return part;
}

void canvas_line(struct canvas *canvas, const struct shape *shape, const struct line_look *look)
{
    bool is_seen = canvas_sees(canvas, shape->box, 0) || /* how far paint reaches takes longer to find */
                   canvas_sees(canvas, shape->box, line_look_reach_px(look) + 2);
    if (shape->kind == SHAPE_POINT || !is_seen) {
        return;
    }
    struct canvas_part few[FEW_PARTS];
    struct canvas_part *parts =
        shape->part_count > FEW_PARTS ? memory_new(shape->part_count, sizeof *parts) : few;
    bool is_sided = is_one_sided(look);
    for (size_t i = 0; i < shape->part_count; i++) {
        parts[i] = part_of(shape, i, is_sided);
    }
    if (look->halo.alpha > 0) {
        paint_line(canvas, parts, shape->part_count, look, true);
    }
    paint_line(canvas, parts, shape->part_count, look, false);
    if (parts != few) {
        free(parts);
    }
}
