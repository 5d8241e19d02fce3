/*
 * canvas_pattern.c - hatches and stipples. In a picture one period is painted once and repeated, anchored to
 * (0, 0) of the zoom's pixel space; on a page the lines and dots themselves are painted, cut to the area.
 */
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "render/canvas_internal.h"
#include "render/hatch.h"

static void trace_line(struct point from, struct point to, void *context)
{
    cairo_move_to(context, from.x, from.y);
    cairo_line_to(context, to.x, to.y);
}

/** A line without length and with round ends. */
static void trace_dot(struct point dot, void *context)
{
    trace_line(dot, dot, context);
}

static void stroke_pattern(cairo_t *cairo, const struct fill *fill, struct bbox box)
{
    struct hatch hatch = hatch_of(fill);
    struct bbox reached = bbox_grow(box, fill->width_px + fill->halo_px);
    cairo_new_path(cairo);
    hatch_visit_lines(&hatch, reached, trace_line, cairo);
    hatch_visit_dots(&hatch, reached, trace_dot, cairo);
    cairo_set_line_cap(cairo, hatch.is_dotted ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    if (fill->halo.alpha > 0) {
        cairo_set_line_width(cairo, fill->width_px + 2 * fill->halo_px);
        canvas_set_colour(cairo, fill->halo);
        cairo_stroke_preserve(cairo);
    }
    cairo_set_line_width(cairo, fill->width_px);
    canvas_set_colour(cairo, fill->colour);
    cairo_stroke(cairo);
}

/** One period, from (0, 0). */
static cairo_surface_t *paint_cell(const struct fill *fill, int pixel_ratio)
{
    struct hatch hatch = hatch_of(fill);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, hatch.width_px * pixel_ratio,
                                                          hatch.height_px * pixel_ratio);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    canvas_set_colour(cairo, fill->background);
    cairo_paint(cairo);
    stroke_pattern(cairo, fill, (struct bbox){0, 0, hatch.width_px, hatch.height_px});
    cairo_destroy(cairo);
    return surface;
}

static bool is_same_colour(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

static bool is_same_fill(const struct fill *a, const struct fill *b)
{
    return a->kind == b->kind && is_same_colour(a->colour, b->colour) &&
           is_same_colour(a->background, b->background) && a->angle_deg == b->angle_deg &&
           a->spacing_px == b->spacing_px && a->width_px == b->width_px && is_same_colour(a->halo, b->halo) &&
           a->halo_px == b->halo_px;
}

/** The cell of a fill; the last few are kept, since areas of one kind come together. Borrowed. */
static cairo_surface_t *find_cell(struct canvas *canvas, const struct fill *fill)
{
    for (int i = 0; i < CANVAS_CELL_MAX; i++) {
        if (canvas->cells[i].surface && is_same_fill(&canvas->cells[i].fill, fill)) {
            return canvas->cells[i].surface;
        }
    }
    struct canvas_cell *cell = &canvas->cells[canvas->next_cell];
    canvas->next_cell = (canvas->next_cell + 1) % CANVAS_CELL_MAX;
    cairo_surface_destroy(cell->surface);
    *cell = (struct canvas_cell){*fill, paint_cell(fill, canvas->pixel_ratio)};
    return cell->surface;
}

void canvas_free_cells(struct canvas *canvas)
{
    for (int i = 0; i < CANVAS_CELL_MAX; i++) {
        cairo_surface_destroy(canvas->cells[i].surface);
    }
}

static void fill_with_cell(struct canvas *canvas, const struct fill *fill)
{
    cairo_t *cairo = canvas_cairo(canvas);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(find_cell(canvas, fill));
    struct hatch hatch = hatch_of(fill);
    double ratio = canvas->pixel_ratio;
    /* From px of the zoom to dots of the cell; whole periods are taken off first, to keep the numbers small.
     */
    double columns = floor(canvas->window.min_x / hatch.width_px) * hatch.width_px;
    double rows = floor(canvas->window.min_y / hatch.height_px) * hatch.height_px;
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, ratio, 0, 0, ratio, -columns * ratio, -rows * ratio);
    cairo_pattern_set_matrix(pattern, &matrix);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_set_source(cairo, pattern);
    cairo_fill(cairo);
    cairo_pattern_destroy(pattern);
}

static void fill_with_lines(struct canvas *canvas, const struct fill *fill, struct bbox box)
{
    cairo_t *cairo = canvas_cairo(canvas);
    if (fill->background.alpha > 0) {
        canvas_set_colour(cairo, fill->background);
        cairo_fill_preserve(cairo);
    }
    cairo_save(cairo);
    cairo_clip(cairo);
    stroke_pattern(cairo, fill, bbox_intersection(box, canvas->window));
    cairo_restore(cairo);
}

void canvas_fill_pattern(struct canvas *canvas, const struct fill *fill, struct bbox box)
{
    if (canvas->is_vector) {
        fill_with_lines(canvas, fill, box);
    } else {
        fill_with_cell(canvas, fill);
    }
}
