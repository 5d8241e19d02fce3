/*
 * canvas_paint.c - paths on a picture: their exact coverage, then the ink, row by row. On a page they go to
 * cairo (canvas_page.c).
 *
 * A picture with more dots than a band is painted band by band, each from the path anew: that takes less
 * memory, and makes no difference to any dot.
 */
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/ink.h"
#include "render/canvas/pixel.h"
#include "render/canvas/stroke_outline.h"
#include "render/symbol/symbol_picture.h"

/** Dots of a band: a tile of 256 px at 3x is one. */
#define BAND_DOTS 600000

/** A path that has grown larger is not kept: only what was tangled wants it. */
#define PATH_KEPT_POINTS 100000

struct canvas_kit *canvas_kit_new(void)
{
    return memory_new(1, sizeof(struct canvas_kit));
}

void canvas_kit_free(struct canvas_kit *kit)
{
    if (!kit) {
        return;
    }
    path_finish(&kit->path);
    coverage_finish(&kit->coverage);
    for (int i = 0; i < CANVAS_CELL_MAX; i++) {
        image_free(kit->cells[i].image);
    }
    free(kit);
}

struct canvas_kit *canvas_kit(struct canvas *canvas)
{
    return symbol_cache_canvas_kit(canvas_symbols(canvas));
}

struct path *canvas_path(struct canvas *canvas)
{
    struct path *path = &canvas_kit(canvas)->path;
    path_clear(path);
    if (path->capacity > PATH_KEPT_POINTS || path->part_capacity > PATH_KEPT_POINTS) {
        path_finish(path);
    }
    return path;
}

/** A path being painted. */
struct painting {
    struct canvas *canvas;
    const struct path *path;
    const struct stroke *stroke; /* NULL: it is filled */
    enum coverage_rule rule;
    struct colour colour;
    const struct image *cell; /* NULL: in one colour */
};

static void add_rings(struct coverage *coverage, const struct path *path, enum coverage_rule rule)
{
    for (size_t i = 0; i < path->part_count; i++) {
        const struct path_part *part = &path->parts[i];
        if (rule == COVERAGE_UNION && !coverage_wants(coverage, path_part_box(path, part))) {
            continue;
        }
        coverage_ring(coverage, path->points + part->first, part->count, part->is_hole);
    }
}

static const struct ink *ink_of(struct canvas_kit *kit, struct colour colour)
{
    uint32_t pixel = pixel_of(colour);
    struct canvas_colour *kept = &kit->colours[pixel % 8191 % CANVAS_INK_MAX];
    if (kept->pixel != pixel) {
        *kept = (struct canvas_colour){pixel, ink_of_colour(colour)};
    }
    return &kept->ink;
}

static void lay_ink(const struct painting *painting, struct canvas_kit *kit,
                    const struct canvas_target *window)
{
    if (painting->cell) {
        struct ink ink = ink_of_cell(painting->cell, window->x, window->y);
        ink_lay(&ink, &window->view, &kit->coverage, painting->rule);
    } else {
        ink_lay(ink_of(kit, painting->colour), &window->view, &kit->coverage, painting->rule);
    }
}

/**
 * A flat area that hides all of the picture, as land does on most tiles, or colours all of it evenly, leaves
 * it bare. True when that is so: it has been painted then.
 */
static bool stay_bare(const struct painting *painting, struct coverage *coverage,
                      const struct canvas_target *window)
{
    struct canvas *canvas = painting->canvas;
    const struct image *picture = canvas->targets[0].image;
    bool is_plain = !painting->cell && (canvas->is_bare || painting->colour.alpha == 255);
    bool is_all = canvas->group_count == 0 && window->view.width == picture->width &&
                  window->view.height == picture->height;
    if (!is_plain || !is_all || !coverage_take_whole(coverage, painting->rule)) {
        return false;
    }
    canvas->bare_pixel = pixel_over(pixel_of(painting->colour), canvas->bare_pixel);
    canvas->is_bare = true;
    return true;
}

static void paint_window(const struct painting *painting, struct canvas_kit *kit,
                         const struct canvas_target *window)
{
    coverage_begin(&kit->coverage, window->x, window->y, window->view.width, window->view.height,
                   painting->canvas->pixel_ratio);
    if (painting->stroke) {
        stroke_outline_add(&kit->coverage, painting->path, painting->stroke);
    } else {
        add_rings(&kit->coverage, painting->path, painting->rule);
    }
    if (!stay_bare(painting, &kit->coverage, window)) {
        canvas_settle(painting->canvas);
        lay_ink(painting, kit, window);
    }
}

/**
 * Most paths are small, and what they cover is found the faster the smaller the window is in which it is
 * looked for. How large that is makes no difference to any dot.
 */
static void paint(const struct painting *painting)
{
    struct canvas_kit *kit = canvas_kit(painting->canvas);
    struct bbox box = path_box(painting->path);
    if (painting->stroke) {
        box = bbox_grow(box, stroke_outline_reach_px(painting->stroke));
    }
    struct canvas_target window;
    if (!canvas_find_window(painting->canvas, box, &window)) {
        return;
    }
    int rows = BAND_DOTS / window.view.width + 1;
    for (int left = window.view.height; left > 0; left -= rows) {
        window.view.height = rows < left ? rows : left;
        paint_window(painting, kit, &window);
        window.view.pixels += (ptrdiff_t)rows * window.view.stride_px;
        window.y += rows;
    }
}

static enum coverage_rule rule_of(enum canvas_rule rule)
{
    return rule == CANVAS_EVEN_ODD ? COVERAGE_EVEN_ODD : COVERAGE_UNION;
}

void canvas_fill_path(struct canvas *canvas, const struct path *path, enum canvas_rule rule,
                      struct colour colour)
{
    if (canvas->is_vector) {
        canvas_page_fill(canvas, path, rule, colour);
    } else if (colour.alpha > 0) {
        struct painting painting = {.canvas = canvas, .path = path, .rule = rule_of(rule), .colour = colour};
        paint(&painting);
    }
}

void canvas_stroke_path(struct canvas *canvas, const struct path *path, const struct stroke *stroke)
{
    if (canvas->is_vector) {
        canvas_page_stroke(canvas, path, stroke);
    } else if (stroke->colour.alpha > 0 && stroke->width_px > 0) {
        struct painting painting = {
            .canvas = canvas, .path = path, .stroke = stroke, .colour = stroke->colour};
        paint(&painting);
    }
}

void canvas_fill_cells(struct canvas *canvas, const struct path *path, const struct image *cell)
{
    struct painting painting = {.canvas = canvas, .path = path, .rule = COVERAGE_EVEN_ODD, .cell = cell};
    paint(&painting);
}
