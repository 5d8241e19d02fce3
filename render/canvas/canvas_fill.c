/*
 * canvas_fill.c - areas. Even-odd, so that a hole is a hole whichever way it turns. For a page rings are cut
 * to its window; in a picture what is out of sight costs next to nothing.
 */
#include "geo/clip.h"
#include "geo/shape.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/ink.h"
#include "render/canvas/pixel.h"

/** The edge of a cut ring lies this far out of sight. */
#define CUT_MARGIN_PX 16.0

static void add_rings(struct path *path, const struct shape *polygon)
{
    for (size_t i = 0; i < polygon->part_count; i++) {
        const struct shape_part *part = &polygon->parts[i];
        const struct point *points = polygon->points + part->first;
        path_begin(path);
        for (uint32_t j = 0; j < part->count; j++) {
            if (canvas_is_place(points[j])) {
                path_add(path, points[j]);
            }
        }
        path_close(path, part->is_hole);
    }
}

/** What can be seen of a polygon. */
static const struct path *path_of(struct canvas *canvas, const struct shape *polygon)
{
    struct path *path = canvas_path(canvas);
    struct bbox near = bbox_grow(canvas->window, CUT_MARGIN_PX);
    if (!canvas->is_vector || bbox_contains(near, polygon->box)) {
        add_rings(path, polygon);
        return path;
    }
    struct shape *cut = clip_polygon(polygon, near);
    add_rings(path, cut);
    shape_free(cut);
    return path;
}

void canvas_fill(struct canvas *canvas, const struct shape *polygon, const struct fill *fill)
{
    if (fill->kind == FILL_NONE || polygon->part_count == 0 || !canvas_sees(canvas, polygon->box, 0)) {
        return;
    }
    const struct path *path = path_of(canvas, polygon);
    if (fill->kind == FILL_FLAT) {
        canvas_fill_path(canvas, path, CANVAS_EVEN_ODD, fill->colour);
    } else {
        canvas_fill_pattern(canvas, path, fill, polygon->box);
    }
}

void canvas_fill_box(struct canvas *canvas, struct bbox box, struct colour colour)
{
    struct bbox seen = bbox_intersection(box, bbox_grow(canvas->window, CUT_MARGIN_PX));
    if (bbox_is_empty(seen)) {
        return;
    }
    struct path *path = canvas_path(canvas);
    const struct point corners[] = {{seen.min_x, seen.min_y},
                                    {seen.max_x, seen.min_y},
                                    {seen.max_x, seen.max_y},
                                    {seen.min_x, seen.max_y}};
    path_add_line(path, corners, 4);
    path_close(path, false);
    canvas_fill_path(canvas, path, CANVAS_UNION, colour);
}

void canvas_fill_all(struct canvas *canvas, struct colour colour)
{
    if (canvas->is_vector) {
        canvas_page_fill_all(canvas, colour);
    } else if (canvas->is_bare) {
        canvas->bare_pixel = pixel_over(pixel_of(colour), canvas->bare_pixel);
    } else {
        struct ink ink = ink_of_colour(colour);
        ink_lay_all(&ink, &canvas_target(canvas)->view);
    }
}
