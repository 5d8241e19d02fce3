/*
 * look_image.c - painted by the canvas that paints tiles: a period of the fill as an area, a mark as a line
 * so short that only one has room.
 */
#include "render/symbol/look_image.h"

#include <assert.h>
#include <math.h>

#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/hatch.h"
#include "render/canvas/image.h"
#include "render/renderer.h"

#define SHORT_PX 1.0

const char *look_image_name(enum look_image part)
{
    static const char *const names[LOOK_IMAGE_COUNT] = {"fill", "marks", "signs", "start", "end"};
    assert(part < LOOK_IMAGE_COUNT);
    return names[part];
}

bool look_has_image(const struct area_look *look, enum look_image part)
{
    const struct line_look *line = &look->outline;
    switch (part) {
    case LOOK_IMAGE_FILL:
        return look->fill.kind != FILL_NONE && look->fill.kind != FILL_FLAT;
    case LOOK_IMAGE_MARKS:
        return line->marks.mark != LINE_MARK_NONE;
    case LOOK_IMAGE_SIGNS:
        return line->signs.mark != LINE_MARK_NONE;
    case LOOK_IMAGE_START:
        return line->start != LINE_END_NONE;
    case LOOK_IMAGE_END:
        return line->end != LINE_END_NONE;
    case LOOK_IMAGE_COUNT:
        break;
    }
    return false;
}

/* The line without its strokes, and of what stands on it only the part. */
static struct line_look only(const struct line_look *line, enum look_image part)
{
    struct line_look look = *line;
    look.stroke_count = 0;
    look.marks.mark = LINE_MARK_NONE;
    look.signs.mark = LINE_MARK_NONE;
    look.start = look.end = LINE_END_NONE;
    if (part == LOOK_IMAGE_MARKS || part == LOOK_IMAGE_SIGNS) {
        look.marks = part == LOOK_IMAGE_MARKS ? line->marks : line->signs;
    } else {
        look.end = part == LOOK_IMAGE_END ? line->end : line->start;
    }
    return look;
}

static struct canvas *new_canvas(struct renderer *renderer, struct pixel_box box, int pixel_ratio,
                                 struct fault *fault)
{
    struct canvas *canvas = canvas_new_picture(box, pixel_ratio, renderer_text_engine(renderer), fault);
    if (canvas) {
        canvas_lend_symbols(canvas, renderer_symbol_cache(renderer));
    }
    return canvas;
}

static struct image *take(struct canvas *canvas, struct fault *fault)
{
    struct image *image = canvas_take_picture(canvas, fault);
    canvas_free(canvas);
    return image;
}

static struct image *paint_fill(struct renderer *renderer, const struct fill *fill, int pixel_ratio,
                                struct fault *fault)
{
    struct hatch hatch = hatch_of(fill);
    double x = 2.0 * hatch.width_px;
    double y = 2.0 * hatch.height_px;
    struct point ring[5] = {{-x, -y}, {x, -y}, {x, y}, {-x, y}, {-x, -y}};
    struct pixel_box period = {0, 0, hatch.width_px, hatch.height_px};
    struct canvas *canvas = new_canvas(renderer, period, pixel_ratio, fault);
    if (!canvas) {
        return NULL;
    }
    struct shape *area = shape_new(SHAPE_POLYGON);
    shape_add_part(area, ring, 5, false);
    canvas_fill(canvas, area, fill);
    shape_free(area);
    return take(canvas, fault);
}

/* The line ends in the middle; a mark has it in its own middle. */
static struct image *paint_line(struct renderer *renderer, const struct line_look *look, int pixel_ratio,
                                struct fault *fault)
{
    int reach = (int)ceil(line_look_reach_px(look)) + 1;
    bool is_end = look->end != LINE_END_NONE;
    struct point line[2] = {{is_end ? -4.0 * reach : -SHORT_PX, 0}, {is_end ? 0 : SHORT_PX, 0}};
    struct pixel_box box = {-reach, -reach, 2 * reach, 2 * reach};
    struct canvas *canvas = new_canvas(renderer, box, pixel_ratio, fault);
    if (!canvas) {
        return NULL;
    }
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, line, 2, false);
    canvas_line(canvas, shape, look);
    shape_free(shape);
    return take(canvas, fault);
}

struct image *look_image_paint(struct renderer *renderer, const struct area_look *look, enum look_image part,
                               int pixel_ratio, struct fault *fault)
{
    assert(look_has_image(look, part));
    if (part == LOOK_IMAGE_FILL) {
        return paint_fill(renderer, &look->fill, pixel_ratio, fault);
    }
    struct line_look line = only(&look->outline, part);
    return paint_line(renderer, &line, pixel_ratio, fault);
}
