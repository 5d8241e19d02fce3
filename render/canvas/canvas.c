/*
 * canvas.c - the means to paint: targets, groups, symbols, texts, pictures. Fills, strokes and marks stand in
 * canvas_*.c: they make paths, which canvas_paint.c paints on a picture and canvas_page.c on a page.
 *
 * Nothing on a picture depends on its window: paths are covered exactly (coverage.h), symbols and labels are
 * blitted at whole dots, and a group that is opaque is a window of the picture, not a layer of its own. So
 * what lies on an edge is the same on both sides of it, to the last bit.
 */
#include "render/canvas/canvas.h"

#include <assert.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_internal.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_internal.h"

#define PAGE_PIXEL_RATIO 3

static struct canvas_target *innermost(struct canvas *canvas)
{
    return &canvas->targets[canvas->group_count];
}

void canvas_settle(struct canvas *canvas)
{
    if (canvas->is_bare) {
        image_fill(canvas->targets[0].image, canvas->bare_pixel);
        canvas->is_bare = false;
    }
}

struct canvas_target *canvas_target(struct canvas *canvas)
{
    canvas_settle(canvas);
    return innermost(canvas);
}

bool canvas_sees(const struct canvas *canvas, struct bbox box, double reach_px)
{
    return bbox_intersects(canvas->window, bbox_grow(box, reach_px));
}

struct canvas *canvas_new_picture(struct pixel_box box, int pixel_ratio, struct text_engine *engine,
                                  struct fault *fault)
{
    assert(pixel_ratio >= 1 && pixel_ratio <= 3);
    int64_t width = (int64_t)box.width * pixel_ratio;
    int64_t height = (int64_t)box.height * pixel_ratio;
    struct image *image =
        image_new_unfilled(width > INT16_MAX ? -1 : (int)width, height > INT16_MAX ? -1 : (int)height, fault);
    if (!image) {
        return NULL;
    }
    struct canvas *canvas = memory_new(1, sizeof *canvas);
    canvas->engine = engine;
    canvas->is_bare = true;
    canvas->pixel_ratio = pixel_ratio;
    canvas->window = pixel_box_to_bbox(box);
    canvas->targets[0] = (struct canvas_target){*image, image, box.x * pixel_ratio, box.y * pixel_ratio, 1};
    return canvas;
}

struct canvas *canvas_new_vector(cairo_t *cairo, struct bbox window, struct text_engine *engine)
{
    struct canvas *canvas = memory_new(1, sizeof *canvas);
    canvas->engine = engine;
    canvas->is_vector = true;
    canvas->pixel_ratio = PAGE_PIXEL_RATIO;
    canvas->window = window;
    canvas->cairo = cairo_reference(cairo);
    return canvas;
}

struct image *canvas_take_picture(struct canvas *canvas, struct fault *fault)
{
    assert(!canvas->is_vector && canvas->group_count == 0);
    if (canvas->is_out_of_memory) {
        fault_set(fault, FAULT_MEMORY, "painting: no memory");
        return NULL;
    }
    canvas_settle(canvas);
    struct image *image = canvas->targets[0].image;
    canvas->targets[0].image = NULL;
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
        cairo_restore(canvas->cairo);
        cairo_destroy(canvas->cairo);
    }
    symbol_cache_free(canvas->own_symbols);
    for (int i = 0; i <= CANVAS_GROUP_MAX; i++) {
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

double canvas_image_ratio(const struct canvas *canvas)
{
    return canvas->page ? page_dots_per_px(canvas->page) : canvas->pixel_ratio;
}

struct bbox canvas_window(const struct canvas *canvas)
{
    return canvas->window;
}

/** Whole dots of one axis of a target that a stretch of it covers, px. False when it covers none. */
static bool find_dots(double from_px, double to_px, double ratio, int64_t origin, int size, int *first,
                      int *count)
{
    double from = fmax(0, floor(from_px * ratio) - (double)origin);
    double to = fmin(size, ceil(to_px * ratio) - (double)origin);
    bool is_found = from < to; /* false for NaN, too */
    *first = is_found ? (int)from : 0;
    *count = is_found ? (int)(to - from) : 0;
    return is_found;
}

bool canvas_find_window(struct canvas *canvas, struct bbox box, struct canvas_target *window)
{
    const struct canvas_target *target = innermost(canvas);
    double ratio = canvas->pixel_ratio;
    int left;
    int top;
    *window = (struct canvas_target){.view = target->view};
    bool is_found =
        find_dots(box.min_x, box.max_x, ratio, target->x, target->view.width, &left, &window->view.width) &&
        find_dots(box.min_y, box.max_y, ratio, target->y, target->view.height, &top, &window->view.height);
    if (is_found) {
        window->x = target->x + left;
        window->y = target->y + top;
        window->view.pixels += (ptrdiff_t)top * target->view.stride_px + left;
    }
    return is_found;
}

/** A group has a picture of its own, no larger than what can be seen of its box, unless it is opaque. */
static void begin_picture_group(struct canvas *canvas, struct bbox box, double opacity)
{
    struct canvas_target target;
    canvas_settle(canvas);
    bool is_seen = canvas_find_window(canvas, bbox_intersection(box, canvas->window), &target);
    target.opacity = is_seen ? opacity : 0;
    if (!is_seen) { /* one dot that is not laid down */
        target.view.width = target.view.height = 1;
    }
    if (target.opacity < 1) {
        target.image = image_new(target.view.width, target.view.height, NULL);
        if (!target.image) {
            canvas->is_out_of_memory = true; /* the picture will not be given out: paint what there is */
        } else {
            target.view = *target.image;
        }
    }
    canvas->targets[++canvas->group_count] = target;
}

void canvas_begin_group(struct canvas *canvas, struct bbox box, double opacity)
{
    assert(canvas->group_count < CANVAS_GROUP_MAX);
    if (!canvas->is_vector) {
        begin_picture_group(canvas, box, opacity);
        return;
    }
    canvas_page_begin_group(canvas, box, opacity);
    canvas->targets[++canvas->group_count] = (struct canvas_target){.opacity = opacity};
}

void canvas_end_group(struct canvas *canvas)
{
    assert(canvas->group_count > 0);
    struct canvas_target *group = canvas_target(canvas);
    canvas->group_count--;
    if (canvas->is_vector) {
        canvas_page_end_group(canvas, group->opacity);
    } else if (group->image) {
        struct canvas_target *below = canvas_target(canvas);
        image_blend_share(&below->view, group->image, (int)(group->x - below->x), (int)(group->y - below->y),
                          group->opacity);
        image_free(group->image);
        group->image = NULL;
    }
}

/**
 * Blits a picture whose dot (anchor_x, anchor_y) stands on a place, rounded to whole px. True: some of it
 * lies outside.
 */
static bool blit(struct canvas *canvas, const struct image *image, int anchor_x, int anchor_y,
                 struct point place)
{
    struct canvas_target *target = canvas_target(canvas);
    double x = round(place.x) * canvas->pixel_ratio - (double)target->x - anchor_x;
    double y = round(place.y) * canvas->pixel_ratio - (double)target->y - anchor_y;
    bool is_near = fabs(x) < 1e6 && fabs(y) < 1e6; /* false for NaN, too */
    if (is_near) {
        image_blend(&target->view, image, (int)floor(x), (int)floor(y));
    }
    return x < 0 || y < 0 || x + image->width > target->view.width || y + image->height > target->view.height;
}

/** A label that lies on more than one tile is kept for the next one; most lie on one. */
static void blit_text(struct canvas *canvas, const struct image *image, int anchor_x, int anchor_y,
                      struct point place)
{
    if (image && blit(canvas, image, anchor_x, anchor_y, place)) {
        text_picture_keep(canvas->engine);
    }
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
        symbol_paint_vector(symbol, canvas_ink(canvas),
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
        text_paint_glyphs(canvas, text, look, box, place);
        return;
    }
    int anchor_x;
    int anchor_y;
    const struct image *image =
        text_picture(canvas->engine, text, look, box, canvas->pixel_ratio, &anchor_x, &anchor_y);
    blit_text(canvas, image, anchor_x, anchor_y, place);
}

void canvas_text_along(struct canvas *canvas, const struct text_along *text)
{
    if (!canvas_is_place(text->place) || !canvas_sees(canvas, text->ink, 0)) {
        return;
    }
    if (canvas->is_vector) {
        text_along_paint_glyphs(canvas, text);
        return;
    }
    int anchor_x;
    int anchor_y;
    const struct image *image =
        text_along_picture(canvas->engine, text, canvas->pixel_ratio, &anchor_x, &anchor_y);
    blit_text(canvas, image, anchor_x, anchor_y, text->place);
}

static void stretch_image(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth)
{
    const struct canvas_target *target = canvas_target(canvas);
    const struct image *view = &target->view;
    double ratio = canvas->pixel_ratio;
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)view->pixels, CAIRO_FORMAT_ARGB32, view->width, view->height, view->stride_px * 4);
    cairo_t *cairo = cairo_create(surface);
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, ratio, 0, 0, ratio, -(double)target->x, -(double)target->y);
    cairo_set_matrix(cairo, &matrix);
    canvas_page_image(cairo, image, box, is_smooth);
    canvas->is_out_of_memory = canvas->is_out_of_memory || cairo_status(cairo) != CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

/** A picture that has just the dots of its box is laid down as it is. */
static void lay_image(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth)
{
    double ratio = canvas->pixel_ratio;
    struct canvas_target *target = canvas_target(canvas);
    double x = box.min_x * ratio - (double)target->x;
    double y = box.min_y * ratio - (double)target->y;
    bool is_fitting = bbox_width(box) * ratio == image->width && bbox_height(box) * ratio == image->height &&
                      x == floor(x) && y == floor(y) && fabs(x) < 1e6 && fabs(y) < 1e6;
    if (is_fitting) {
        image_blend(&target->view, image, (int)x, (int)y);
    } else {
        stretch_image(canvas, image, box, is_smooth);
    }
}

void canvas_image(struct canvas *canvas, const struct image *image, struct bbox box, bool is_smooth)
{
    if (!(bbox_width(box) > 0 && bbox_height(box) > 0) || !canvas_sees(canvas, box, 0)) {
        return;
    }
    if (canvas->is_vector) {
        canvas_page_picture(canvas, image, box, is_smooth);
    } else {
        lay_image(canvas, image, box, is_smooth);
    }
}
