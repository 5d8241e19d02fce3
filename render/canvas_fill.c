/*
 * canvas_fill.c - areas. Rings are cut to the window before cairo sees them, since its cost grows with
 * vertices. Even-odd, so that a hole is a hole whichever way it turns.
 */
#include <cairo.h>
#include <math.h>

#include "geo/clip.h"
#include "geo/shape.h"
#include "render/canvas_internal.h"

/** The edge of a cut ring lies this far out of sight. */
#define CUT_MARGIN_PX 16.0

static void trace_rings(cairo_t *cairo, const struct shape *polygon)
{
    for (size_t i = 0; i < polygon->part_count; i++) {
        const struct point *points = polygon->points + polygon->parts[i].first;
        cairo_new_sub_path(cairo);
        for (uint32_t j = 0; j < polygon->parts[i].count; j++) {
            if (canvas_is_place(points[j])) {
                cairo_line_to(cairo, points[j].x, points[j].y);
            }
        }
        cairo_close_path(cairo);
    }
}

/** Makes what can be seen of a polygon the current path. */
static void trace_polygon(struct canvas *canvas, const struct shape *polygon)
{
    cairo_t *cairo = canvas_cairo(canvas);
    struct bbox near = bbox_grow(canvas->window, CUT_MARGIN_PX);
    cairo_new_path(cairo);
    if (bbox_contains(near, polygon->box)) {
        trace_rings(cairo, polygon);
        return;
    }
    struct shape *cut = clip_polygon(polygon, near);
    trace_rings(cairo, cut);
    shape_free(cut);
}

static void fill_path(cairo_t *cairo, struct colour colour)
{
    canvas_set_colour(cairo, colour);
    cairo_fill_preserve(cairo);
}

void canvas_fill(struct canvas *canvas, const struct shape *polygon, const struct fill *fill)
{
    if (fill->kind == FILL_NONE || polygon->part_count == 0 || !canvas_sees(canvas, polygon->box, 0)) {
        return;
    }
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    trace_polygon(canvas, polygon);
    if (fill->kind == FILL_FLAT) {
        fill_path(cairo, fill->colour);
    } else {
        canvas_fill_pattern(canvas, fill, polygon->box);
    }
    cairo_new_path(cairo);
}

void canvas_fill_all(struct canvas *canvas, struct colour colour)
{
    cairo_t *cairo = canvas_cairo(canvas);
    canvas_set_colour(cairo, colour);
    cairo_paint(cairo);
}

void canvas_fill_box(struct canvas *canvas, struct bbox box, struct colour colour)
{
    struct bbox seen = bbox_intersection(box, bbox_grow(canvas->window, CUT_MARGIN_PX));
    if (bbox_is_empty(seen)) {
        return;
    }
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, seen.min_x, seen.min_y, bbox_width(seen), bbox_height(seen));
    canvas_set_colour(cairo, colour);
    cairo_fill(cairo);
}

void canvas_disc(struct canvas *canvas, struct point centre, double radius_px, struct colour fill,
                 const struct stroke *outline)
{
    double reach = radius_px + (outline ? outline->width_px : 0) + 1;
    struct bbox box = {centre.x, centre.y, centre.x, centre.y};
    if (!canvas_is_place(centre) || !canvas_sees(canvas, box, reach)) {
        return;
    }
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_new_path(cairo);
    cairo_arc(cairo, centre.x, centre.y, radius_px, 0, 2 * M_PI);
    if (fill.alpha > 0) {
        fill_path(cairo, fill);
    }
    if (outline && outline->width_px > 0 && outline->colour.alpha > 0) {
        cairo_set_line_width(cairo, outline->width_px);
        canvas_set_colour(cairo, outline->colour);
        cairo_set_dash(cairo, outline->dash_px, outline->dash_count, 0);
        cairo_stroke_preserve(cairo);
        cairo_set_dash(cairo, NULL, 0, 0);
    }
    cairo_new_path(cairo);
}
