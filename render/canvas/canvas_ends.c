/*
 * canvas_ends.c - what stands at the ends of a line: turned by the stretch of the line that it covers.
 */
#include "render/canvas/canvas_internal.h"
#include "render/canvas/polyline.h"

/** Ends never take more than this share of their line, together. */
#define ENDS_SHARE 0.7

double canvas_end_size_px(const struct line_look *look, const struct point *points, size_t count)
{
    double room = 0;
    double wanted = look->end_size_px / ENDS_SHARE * (look->start && look->end ? 2 : 1);
    for (size_t i = 0; i + 1 < count && room < wanted; i++) {
        room += point_distance(points[i], points[i + 1]);
    }
    return room < wanted ? look->end_size_px * room / wanted : look->end_size_px;
}

static void trace_end(const struct canvas *canvas, struct path *path, enum line_end end, double size_px,
                      struct canvas_stand stand)
{
    struct bbox box = {stand.place.x, stand.place.y, stand.place.x, stand.place.y};
    if (end == LINE_END_NONE || !canvas_is_place(stand.place) || !canvas_sees(canvas, box, 2 * size_px + 8)) {
        return;
    }
    struct mark_outline outline = line_end_outline(end, size_px);
    canvas_trace_outline(path, &outline, stand);
}

void canvas_ends(struct canvas *canvas, const struct canvas_part *part, const struct line_look *look,
                 bool is_halo)
{
    const struct point *points = part->points;
    size_t count = part->count;
    if (count < 2 || look->end_colour.alpha == 0 ||
        (look->start == LINE_END_NONE && look->end == LINE_END_NONE)) {
        return;
    }
    struct path *path = canvas_path(canvas);
    double size = canvas_end_size_px(look, points, count);
    double last = point_distance(points[count - 2], points[count - 1]);
    struct point behind_start = polyline_walk(points, count, 0, 0, size);
    struct point before_end = polyline_walk(points, count, count - 2, last, -size);
    struct canvas_stand start = {points[0], canvas_direction(behind_start, points[0])};
    struct canvas_stand end = {points[count - 1], canvas_direction(before_end, points[count - 1])};
    trace_end(canvas, path, look->start, size, start);
    trace_end(canvas, path, look->end, size, end);
    struct canvas_outline_paint paint = {look, look->end_colour, size, look->has_hollow_ends, is_halo};
    canvas_paint_outlines(canvas, path, &paint);
}
