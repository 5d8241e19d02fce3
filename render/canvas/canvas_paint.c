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
    free(kit->spans);
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
    struct ink ink;
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

static void lay_ink(const struct painting *painting, struct canvas_kit *kit, int first_row)
{
    struct coverage *coverage = &kit->coverage;
    struct image *view = &canvas_target(painting->canvas)->view;
    for (int row = coverage->first_row; row < coverage->end_row; row++) {
        size_t count = coverage_take_row(coverage, row, painting->rule, kit->spans);
        ink_lay(&painting->ink, view, first_row + row, kit->spans, count);
    }
}

static void make_room_for_spans(struct canvas_kit *kit, int width)
{
    if (width >= kit->span_capacity) {
        free(kit->spans);
        kit->span_capacity = width + 1;
        kit->spans = memory_new((size_t)kit->span_capacity, sizeof *kit->spans);
    }
}

static void paint(const struct painting *painting)
{
    struct canvas_kit *kit = canvas_kit(painting->canvas);
    const struct canvas_target *target = canvas_target(painting->canvas);
    int width = target->view.width;
    int rows = BAND_DOTS / width + 1;
    make_room_for_spans(kit, width);
    for (int first = 0; first < target->view.height; first += rows) {
        int left = target->view.height - first;
        coverage_begin(&kit->coverage, target->x, target->y + first, width, rows < left ? rows : left,
                       painting->canvas->pixel_ratio);
        if (painting->stroke) {
            stroke_outline_add(&kit->coverage, painting->path, painting->stroke);
        } else {
            add_rings(&kit->coverage, painting->path, painting->rule);
        }
        lay_ink(painting, kit, first);
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
        struct painting painting = {
            .canvas = canvas, .path = path, .rule = rule_of(rule), .ink = ink_of_colour(colour)};
        paint(&painting);
    }
}

void canvas_stroke_path(struct canvas *canvas, const struct path *path, const struct stroke *stroke)
{
    if (canvas->is_vector) {
        canvas_page_stroke(canvas, path, stroke);
    } else if (stroke->colour.alpha > 0 && stroke->width_px > 0) {
        struct painting painting = {
            .canvas = canvas, .path = path, .stroke = stroke, .ink = ink_of_colour(stroke->colour)};
        paint(&painting);
    }
}

void canvas_fill_cells(struct canvas *canvas, const struct path *path, const struct image *cell)
{
    const struct canvas_target *target = canvas_target(canvas);
    struct painting painting = {.canvas = canvas,
                                .path = path,
                                .rule = COVERAGE_EVEN_ODD,
                                .ink = ink_of_cell(cell, target->x, target->y)};
    paint(&painting);
}
