/*
 * canvas.c - the means to paint: targets, groups, symbols, texts, pictures. Fills, strokes and marks stand in
 * canvas_*.c.
 *
 * The cairo context of every target has px of the zoom's pixel space as its unit; the window's corner is
 * taken off in its matrix, in doubles, before cairo rounds to 1/256 dot. Symbols and labels of a picture do
 * not pass through cairo: they are blitted at whole dots, so what lies on an edge is the same on both sides
 * of it.
 */
#include "render/canvas.h"

#include <assert.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas_internal.h"
#include "render/image.h"
#include "render/symbol_internal.h"
#include "render/symbol_picture.h"
#include "render/text_along_internal.h"
#include "render/text_internal.h"

#define PAGE_PIXEL_RATIO 3
#define PLACE_MAX_PX 1e12

static struct canvas_target *target_of(const struct canvas *canvas)
{
    return (struct canvas_target *)&canvas->targets[canvas->is_vector ? 0 : canvas->group_count];
}

cairo_t *canvas_cairo(const struct canvas *canvas)
{
    return target_of(canvas)->cairo;
}

void canvas_set_colour(cairo_t *cairo, struct colour colour)
{
    cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                          colour.alpha / 255.0);
}

bool canvas_is_place(struct point point)
{
    return fabs(point.x) <= PLACE_MAX_PX && fabs(point.y) <= PLACE_MAX_PX; /* false for NaN */
}

bool canvas_sees(const struct canvas *canvas, struct bbox box, double reach_px)
{
    return bbox_intersects(canvas->window, bbox_grow(box, reach_px));
}

/** Fits a cairo context to the target's picture, with (x, y) as the dot at its north-west corner. */
static bool open_target(const struct canvas *canvas, struct canvas_target *target, struct fault *fault)
{
    struct image *image = target->image;
    target->surface = cairo_image_surface_create_for_data((unsigned char *)image->pixels, CAIRO_FORMAT_ARGB32,
                                                          image->width, image->height, image->stride_px * 4);
    target->cairo = cairo_create(target->surface);
    double ratio = canvas->pixel_ratio;
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, ratio, 0, 0, ratio, -canvas->window.min_x * ratio - target->x,
                      -canvas->window.min_y * ratio - target->y);
    cairo_set_matrix(target->cairo, &matrix);
    if (cairo_status(target->cairo) != CAIRO_STATUS_SUCCESS) {
        fault_set(fault, FAULT_MEMORY, "a canvas: %s", cairo_status_to_string(cairo_status(target->cairo)));
        return false;
    }
    return true;
}

static void close_target(struct canvas_target *target)
{
    cairo_destroy(target->cairo);
    cairo_surface_destroy(target->surface);
    target->cairo = NULL;
    target->surface = NULL;
}

struct canvas *canvas_new_picture(struct pixel_box box, int pixel_ratio, struct text_engine *engine,
                                  struct fault *fault)
{
    assert(pixel_ratio >= 1 && pixel_ratio <= 3);
    int64_t width = (int64_t)box.width * pixel_ratio;
    int64_t height = (int64_t)box.height * pixel_ratio;
    struct image *image =
        image_new(width > INT16_MAX ? -1 : (int)width, height > INT16_MAX ? -1 : (int)height, fault);
    if (!image) {
        return NULL;
    }
    struct canvas *canvas = memory_new(1, sizeof *canvas);
    canvas->engine = engine;
    canvas->pixel_ratio = pixel_ratio;
    canvas->window = pixel_box_to_bbox(box);
    canvas->targets[0].image = image;
    if (!open_target(canvas, &canvas->targets[0], fault)) {
        canvas_free(canvas);
        return NULL;
    }
    return canvas;
}

struct canvas *canvas_new_vector(cairo_t *cairo, struct bbox window, struct text_engine *engine)
{
    struct canvas *canvas = memory_new(1, sizeof *canvas);
    canvas->engine = engine;
    canvas->is_vector = true;
    canvas->pixel_ratio = PAGE_PIXEL_RATIO;
    canvas->window = window;
    canvas->targets[0].cairo = cairo_reference(cairo);
    return canvas;
}

struct image *canvas_take_picture(struct canvas *canvas, struct fault *fault)
{
    assert(!canvas->is_vector && canvas->group_count == 0);
    struct canvas_target *target = &canvas->targets[0];
    cairo_status_t status = cairo_status(target->cairo);
    status = canvas->is_out_of_memory ? CAIRO_STATUS_NO_MEMORY : status;
    if (status != CAIRO_STATUS_SUCCESS) {
        fault_set(fault, status == CAIRO_STATUS_NO_MEMORY ? FAULT_MEMORY : FAULT_INTERNAL, "painting: %s",
                  cairo_status_to_string(status));
        return NULL;
    }
    cairo_surface_flush(target->surface);
    struct image *image = target->image;
    target->image = NULL;
    return image;
}

void canvas_lend_symbols(struct canvas *canvas, struct symbol_cache *symbols)
{
    canvas->symbols = symbols;
}

struct symbol_cache *canvas_symbols(struct canvas *canvas)
{
    if (!canvas->symbols && !canvas->own_symbols) {
        canvas->own_symbols = symbol_cache_new();
    }
    return canvas->symbols ? canvas->symbols : canvas->own_symbols;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas) {
        return;
    }
    if (canvas->is_vector) {
        cairo_restore(canvas_cairo(canvas));
    }
    canvas_free_cells(canvas);
    symbol_cache_free(canvas->own_symbols);
    for (int i = 0; i <= CANVAS_GROUP_MAX; i++) {
        close_target(&canvas->targets[i]);
        image_free(canvas->targets[i].image);
    }
    free(canvas);
}

bool canvas_is_vector(const struct canvas *canvas)
{
    return canvas->is_vector;
}

int canvas_pixel_ratio(const struct canvas *canvas)
{
    return canvas->pixel_ratio;
}

struct bbox canvas_window(const struct canvas *canvas)
{
    return canvas->window;
}

static void begin_vector_group(struct canvas *canvas, struct bbox box)
{
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_save(cairo);
    cairo_rectangle(cairo, box.min_x, box.min_y, bbox_width(box), bbox_height(box));
    cairo_clip(cairo);
    cairo_push_group(cairo);
}

/** The dots of the window that a box covers, whole or in part; one dot when it lies out of sight. */
static void find_dots(const struct canvas *canvas, struct bbox box, struct canvas_target *target, int *width,
                      int *height)
{
    struct bbox seen = bbox_intersection(box, canvas->window);
    double ratio = canvas->pixel_ratio;
    bool is_empty = bbox_is_empty(seen);
    target->x = is_empty ? 0 : (int)floor((seen.min_x - canvas->window.min_x) * ratio);
    target->y = is_empty ? 0 : (int)floor((seen.min_y - canvas->window.min_y) * ratio);
    *width = is_empty ? 1 : (int)ceil((seen.max_x - canvas->window.min_x) * ratio) - target->x;
    *height = is_empty ? 1 : (int)ceil((seen.max_y - canvas->window.min_y) * ratio) - target->y;
    *width = *width > 0 ? *width : 1;
    *height = *height > 0 ? *height : 1;
}

/** A group has a picture of its own, no larger than what can be seen of its box. */
static void begin_picture_group(struct canvas *canvas, struct bbox box)
{
    struct canvas_target *target = &canvas->targets[canvas->group_count];
    int width;
    int height;
    find_dots(canvas, box, target, &width, &height);
    target->image = image_new(width, height, NULL);
    if (!target->image) {
        canvas->is_out_of_memory = true; /* the picture will not be given out: any size will do */
        target->image = image_new(1, 1, NULL);
        assert(target->image);
    }
    open_target(canvas, target, NULL);
    cairo_rectangle(target->cairo, box.min_x, box.min_y, bbox_width(box), bbox_height(box));
    cairo_clip(target->cairo);
}

void canvas_begin_group(struct canvas *canvas, struct bbox box)
{
    assert(canvas->group_count < CANVAS_GROUP_MAX);
    canvas->group_count++;
    if (canvas->is_vector) {
        begin_vector_group(canvas, box);
    } else {
        begin_picture_group(canvas, box);
    }
}

static void end_vector_group(struct canvas *canvas, double opacity)
{
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_pop_group_to_source(cairo);
    cairo_paint_with_alpha(cairo, opacity);
    cairo_restore(cairo);
}

/** Lays the innermost group on the one before it. */
static void end_picture_group(struct canvas *canvas, const struct canvas_target *group, double opacity)
{
    struct canvas_target *below = target_of(canvas);
    cairo_surface_flush(group->surface);
    if (cairo_status(group->cairo) == CAIRO_STATUS_NO_MEMORY) {
        canvas->is_out_of_memory = true;
    }
    cairo_save(below->cairo);
    cairo_identity_matrix(below->cairo);
    cairo_set_source_surface(below->cairo, group->surface, group->x - below->x, group->y - below->y);
    cairo_pattern_set_filter(cairo_get_source(below->cairo), CAIRO_FILTER_NEAREST);
    cairo_paint_with_alpha(below->cairo, opacity);
    cairo_restore(below->cairo);
}

void canvas_end_group(struct canvas *canvas, double opacity)
{
    assert(canvas->group_count > 0);
    struct canvas_target *group = &canvas->targets[canvas->group_count];
    canvas->group_count--;
    if (canvas->is_vector) {
        end_vector_group(canvas, opacity);
        return;
    }
    end_picture_group(canvas, group, opacity);
    close_target(group);
    image_free(group->image);
    group->image = NULL;
}

/** Blits a picture whose dot (anchor_x, anchor_y) stands on a place, rounded to whole px. */
static void blit(struct canvas *canvas, const struct image *image, int anchor_x, int anchor_y,
                 struct point place)
{
    struct canvas_target *target = target_of(canvas);
    double x = (round(place.x) - canvas->window.min_x) * canvas->pixel_ratio - target->x - anchor_x;
    double y = (round(place.y) - canvas->window.min_y) * canvas->pixel_ratio - target->y - anchor_y;
    bool is_near = fabs(x) < 1e6 && fabs(y) < 1e6; /* false for NaN, too */
    if (!is_near) {
        return;
    }
    cairo_surface_flush(target->surface);
    image_blend(target->image, image, (int)floor(x), (int)floor(y));
    cairo_surface_mark_dirty(target->surface);
}

void canvas_symbol(struct canvas *canvas, struct symbol_picture *symbol, struct point place)
{
    struct bbox ink = symbol_picture_ink(symbol);
    if (!canvas_is_place(place) || !canvas_sees(canvas,
                                                (struct bbox){ink.min_x + place.x, ink.min_y + place.y,
                                                              ink.max_x + place.x, ink.max_y + place.y},
                                                2)) {
        return;
    }
    struct point anchor = symbol_picture_anchor(symbol);
    if (canvas->is_vector) {
        symbol_paint_vector(symbol, canvas_cairo(canvas),
                            (struct point){place.x - anchor.x, place.y - anchor.y});
        return;
    }
    const struct image *image = symbol_picture_image(symbol, canvas->pixel_ratio, NULL);
    if (image) {
        blit(canvas, image, (int)ceil(anchor.x) * canvas->pixel_ratio,
             (int)ceil(anchor.y) * canvas->pixel_ratio, place);
    }
}

void canvas_text(struct canvas *canvas, const char *text, const struct text_look *look, struct text_box box,
                 struct point place)
{
    if (!canvas_is_place(place)) {
        return;
    }
    if (canvas->is_vector) {
        text_paint_glyphs(canvas->engine, canvas_cairo(canvas), text, look, box, place);
        return;
    }
    int anchor_x;
    int anchor_y;
    const struct image *image =
        text_picture(canvas->engine, text, look, box, canvas->pixel_ratio, &anchor_x, &anchor_y);
    if (image) {
        blit(canvas, image, anchor_x, anchor_y, place);
    }
}

void canvas_text_along(struct canvas *canvas, const struct text_along *text)
{
    if (!canvas_is_place(text->place) || !canvas_sees(canvas, text->ink, 0)) {
        return;
    }
    if (canvas->is_vector) {
        text_along_paint_glyphs(canvas->engine, canvas_cairo(canvas), text);
        return;
    }
    int anchor_x;
    int anchor_y;
    const struct image *image =
        text_along_picture(canvas->engine, text, canvas->pixel_ratio, &anchor_x, &anchor_y);
    if (image) {
        blit(canvas, image, anchor_x, anchor_y, text->place);
    }
}

void canvas_image(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth)
{
    if (!(bbox_width(box) > 0 && bbox_height(box) > 0) || !canvas_sees(canvas, box, 0)) {
        return;
    }
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_surface_t *source =
        cairo_image_surface_create_for_data((unsigned char *)image->pixels, CAIRO_FORMAT_ARGB32, image->width,
                                            image->height, image->stride_px * 4);
    cairo_save(cairo);
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
