/*
 * canvas_pattern.c - hatches and stipples. In a picture one period is painted once and repeated, anchored to
 * (0, 0) of the zoom's pixel space; on a page the lines and dots themselves are painted, cut to the area.
 */
#include "render/canvas/canvas_internal.h"
#include "render/canvas/hatch.h"

static void add_line(struct point from, struct point to, void *context)
{
    path_add_line(context, (const struct point[]){from, to}, 2);
}

/** A line without length and with round ends. */
static void add_dot(struct point dot, void *context)
{
    add_line(dot, dot, context);
}

static void stroke_lines(struct canvas *canvas, const struct hatch *hatch, struct bbox box,
                         const struct stroke *stroke)
{
    struct path *path = canvas_path(canvas);
    hatch_visit_lines(hatch, box, add_line, path);
    hatch_visit_dots(hatch, box, add_dot, path);
    canvas_stroke_path(canvas, path, stroke);
}

/**
 * In a picture lines that cross are laid down one family after the other: as one path, the soft edges of both
 * would be added where they meet, which makes knots.
 */
static void stroke_families(struct canvas *canvas, const struct hatch *hatch, struct bbox box,
                            const struct stroke *stroke)
{
    struct hatch first = *hatch;
    struct hatch second = *hatch;
    struct stroke opaque = *stroke;
    first.is_rising = first.is_vertical = false;
    second.is_falling = second.is_horizontal = second.is_dotted = false;
    opaque.colour.alpha = 255;
    canvas_begin_group(canvas, canvas->window, stroke->colour.alpha / 255.0);
    stroke_lines(canvas, &first, box, &opaque);
    stroke_lines(canvas, &second, box, &opaque);
    canvas_end_group(canvas);
}

static void stroke_pattern(struct canvas *canvas, const struct fill *fill, struct bbox box)
{
    void (*paint)(struct canvas *, const struct hatch *, struct bbox, const struct stroke *) =
        canvas->is_vector ? stroke_lines : stroke_families;
    struct hatch hatch = hatch_of(fill);
    struct bbox reached = bbox_grow(box, fill->width_px + fill->halo_px);
    struct stroke stroke = {.width_px = fill->width_px + 2 * fill->halo_px,
                            .colour = fill->halo,
                            .cap = hatch.is_dotted ? STROKE_CAP_ROUND : STROKE_CAP_BUTT};
    if (fill->halo.alpha > 0) {
        paint(canvas, &hatch, reached, &stroke);
    }
    stroke.width_px = fill->width_px;
    stroke.colour = fill->colour;
    paint(canvas, &hatch, reached, &stroke);
}

/** One period, from (0, 0). NULL when there is no memory for it. */
static struct image *paint_cell(const struct fill *fill, int pixel_ratio)
{
    struct hatch hatch = hatch_of(fill);
    struct pixel_box box = {0, 0, hatch.width_px, hatch.height_px};
    struct canvas *canvas = canvas_new_picture(box, pixel_ratio, NULL, NULL);
    if (!canvas) {
        return NULL;
    }
    canvas_fill_all(canvas, fill->background);
    stroke_pattern(canvas, fill, canvas->window);
    struct image *image = canvas_take_picture(canvas, NULL);
    canvas_free(canvas);
    return image;
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

/** The cell of a fill; the last ones are kept, since a map has but a few kinds. Borrowed. */
static const struct image *find_cell(struct canvas *canvas, const struct fill *fill)
{
    struct canvas_kit *kit = canvas_kit(canvas);
    for (int i = 0; i < CANVAS_CELL_MAX; i++) {
        const struct canvas_cell *cell = &kit->cells[i];
        if (cell->image && cell->pixel_ratio == canvas->pixel_ratio && is_same_fill(&cell->fill, fill)) {
            return cell->image;
        }
    }
    struct canvas_cell *cell = &kit->cells[kit->next_cell];
    kit->next_cell = (kit->next_cell + 1) % CANVAS_CELL_MAX;
    image_free(cell->image);
    *cell = (struct canvas_cell){*fill, canvas->pixel_ratio, paint_cell(fill, canvas->pixel_ratio)};
    canvas->is_out_of_memory = canvas->is_out_of_memory || !cell->image;
    return cell->image;
}

static void fill_with_lines(struct canvas *canvas, const struct path *path, const struct fill *fill,
                            struct bbox box)
{
    if (fill->background.alpha > 0) {
        canvas_page_fill(canvas, path, CANVAS_EVEN_ODD, fill->background);
    }
    canvas_page_begin_clip(canvas, path, CANVAS_EVEN_ODD);
    stroke_pattern(canvas, fill, bbox_intersection(box, canvas->window));
    canvas_page_end_clip(canvas);
}

void canvas_fill_pattern(struct canvas *canvas, const struct path *path, const struct fill *fill,
                         struct bbox box)
{
    if (canvas->is_vector) {
        fill_with_lines(canvas, path, fill, box);
        return;
    }
    const struct image *cell = find_cell(canvas, fill);
    if (cell) {
        canvas_fill_cells(canvas, path, cell);
    }
}
