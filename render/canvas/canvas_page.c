/*
 * canvas_page.c - paths, groups and pictures with cairo, which stay vector on a page.
 */
#include <cairo.h>

#include "render/canvas/canvas_internal.h"
#include "render/canvas/image.h"

void canvas_set_colour(cairo_t *cairo, struct colour colour)
{
    cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                          colour.alpha / 255.0);
}

cairo_t *canvas_ink(struct canvas *canvas)
{
    if (canvas->page) {
        page_ink(canvas->page);
    }
    return canvas->cairo;
}

void canvas_page_trace(cairo_t *cairo, const struct path *path)
{
    cairo_new_path(cairo);
    for (size_t i = 0; i < path->part_count; i++) {
        const struct path_part *part = &path->parts[i];
        const struct point *points = path->points + part->first;
        cairo_new_sub_path(cairo);
        for (size_t j = 0; j < part->count; j++) {
            cairo_line_to(cairo, points[j].x, points[j].y);
        }
        if (part->is_closed) {
            cairo_close_path(cairo);
        }
    }
}

static void set_rule(cairo_t *cairo, enum canvas_rule rule)
{
    cairo_set_fill_rule(cairo, rule == CANVAS_EVEN_ODD ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
}

void canvas_page_fill_all(struct canvas *canvas, struct colour colour)
{
    cairo_t *cairo = canvas_ink(canvas);
    canvas_set_colour(cairo, colour);
    cairo_paint(cairo);
}

void canvas_page_fill(struct canvas *canvas, const struct path *path, enum canvas_rule rule,
                      struct colour colour)
{
    cairo_t *cairo = canvas_ink(canvas);
    canvas_page_trace(cairo, path);
    set_rule(cairo, rule);
    canvas_set_colour(cairo, colour);
    cairo_fill(cairo);
}

void canvas_page_stroke(struct canvas *canvas, const struct path *path, const struct stroke *stroke)
{
    static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
    static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_MITER,
                                              CAIRO_LINE_JOIN_BEVEL};
    cairo_t *cairo = canvas_ink(canvas);
    canvas_page_trace(cairo, path);
    cairo_set_line_width(cairo, stroke->width_px);
    cairo_set_line_cap(cairo, caps[stroke->cap]);
    cairo_set_line_join(cairo, joins[stroke->join]);
    cairo_set_miter_limit(cairo, STROKE_MITER_LIMIT);
    canvas_set_colour(cairo, stroke->colour);
    cairo_stroke(cairo);
}

void canvas_page_begin_clip(struct canvas *canvas, const struct path *path, enum canvas_rule rule)
{
    cairo_save(canvas->cairo);
    canvas_page_trace(canvas->cairo, path);
    set_rule(canvas->cairo, rule);
    cairo_clip(canvas->cairo);
}

void canvas_page_end_clip(struct canvas *canvas)
{
    cairo_restore(canvas->cairo);
}

void canvas_page_begin_group(struct canvas *canvas, struct bbox box, double opacity)
{
    cairo_t *cairo = opacity < 1 ? canvas_ink(canvas) : canvas->cairo; /* marks in a group are lost */
    cairo_save(cairo);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, box.min_x, box.min_y, bbox_width(box), bbox_height(box));
    cairo_clip(cairo);
    if (opacity < 1) {
        cairo_push_group(cairo);
    }
}

void canvas_page_end_group(struct canvas *canvas, double opacity)
{
    if (opacity < 1) {
        cairo_pop_group_to_source(canvas->cairo);
        cairo_paint_with_alpha(canvas->cairo, opacity);
    }
    cairo_restore(canvas->cairo);
}

void canvas_page_image(cairo_t *cairo, const struct image *image, struct bbox box, bool is_smooth)
{
    cairo_surface_t *source =
        cairo_image_surface_create_for_data((unsigned char *)image->pixels, CAIRO_FORMAT_ARGB32, image->width,
                                            image->height, image->stride_px * 4);
    cairo_save(cairo);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, box.min_x, box.min_y, bbox_width(box), bbox_height(box));
    cairo_clip(cairo);
    cairo_translate(cairo, box.min_x, box.min_y);
    cairo_scale(cairo, bbox_width(box) / image->width, bbox_height(box) / image->height);
    cairo_set_source_surface(cairo, source, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), is_smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_paint(cairo);
    cairo_restore(cairo);
    /* What was recorded of the pixels (a page) is copied now: they are only borrowed. */
    cairo_surface_finish(source);
    cairo_surface_destroy(source);
}

/** Just the box, whatever stands in: what is painted here is exchanged later. */
static void paint_stand_in(cairo_t *cairo, const struct image *stand_in, struct bbox box)
{
    cairo_surface_t *source =
        cairo_image_surface_create_for_data((unsigned char *)stand_in->pixels, CAIRO_FORMAT_RGB24,
                                            stand_in->width, stand_in->height, stand_in->stride_px * 4);
    cairo_save(cairo);
    cairo_translate(cairo, box.min_x, box.min_y);
    cairo_scale(cairo, bbox_width(box) / stand_in->width, bbox_height(box) / stand_in->height);
    cairo_set_source_surface(cairo, source, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_surface_finish(source);
    cairo_surface_destroy(source);
}

void canvas_page_picture(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth)
{
    uint32_t dots[PAGE_STAND_IN_DOTS];
    struct image stand_in = {
        .width = PAGE_STAND_IN_DOTS, .height = 1, .stride_px = PAGE_STAND_IN_DOTS, .pixels = dots};
    enum page_image answer = page_keep_image(canvas->page, image, &stand_in);
    if (answer == PAGE_IMAGE_KEPT) {
        paint_stand_in(canvas_ink(canvas), &stand_in, box);
    } else if (answer == PAGE_IMAGE_NOT_KEPT) {
        canvas_page_image(canvas_ink(canvas), image, box, is_smooth);
    }
}
