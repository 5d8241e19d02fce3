/*
 * legend_swatch.c - a swatch of a layer: an area, a line, a colour or the colours of a ramp, with its own
 * style.
 */
#include "render/legend/legend_swatch.h"

#include <math.h>

#include "data/catalogue.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend_internal.h"
#include "symbology/style.h"

static void add_corner(struct shape *shape, struct bbox box)
{
    struct point ring[5] = {{box.min_x, box.min_y},
                            {box.max_x, box.min_y},
                            {box.max_x, box.max_y},
                            {box.min_x, box.max_y},
                            {box.min_x, box.min_y}};
    shape_add_part(shape, ring, 5, false);
}

static void paint_area(const struct style_rule *rule, struct bbox box, struct canvas *canvas)
{
    struct shape *shape = shape_new(SHAPE_POLYGON);
    add_corner(shape, box);
    canvas_fill(canvas, shape, &rule->look.fill);
    canvas_line(canvas, shape, &rule->look.outline);
    shape_free(shape);
}

static void paint_line(const struct style_rule *rule, struct bbox box, struct canvas *canvas)
{
    struct shape *shape = shape_new(SHAPE_LINE);
    double third = bbox_width(box) / 3;
    struct point bend[4] = {{box.min_x, box.max_y},
                            {box.min_x + third, box.min_y},
                            {box.min_x + 2 * third, box.max_y},
                            {box.max_x, box.min_y}};
    shape_add_part(shape, bend, 4, false);
    canvas_line(canvas, shape, &rule->look.outline);
    shape_free(shape);
}

static void paint_ramp(const struct style *style, struct bbox box, struct canvas *canvas)
{
    static const struct colour grey = {0x99, 0x99, 0x99, 0xFF};
    double width = bbox_width(box);
    int steps = style->ramp_count > 1 ? (int)width : 1;
    for (int i = 0; i < steps; i++) {
        double part = (i + 0.5) / steps;
        struct colour colour = grey;
        if (style->ramp_count > 0) {
            double least = style->ramp[0].value;
            double most = style->ramp[style->ramp_count - 1].value;
            colour = style_ramp_colour(style, least + part * (most - least));
        }
        colour.alpha = (uint8_t)(colour.alpha * style->opacity + 0.5);
        struct bbox step = {box.min_x + i * width / steps, box.min_y, box.min_x + (i + 1) * width / steps,
                            box.max_y};
        canvas_fill_box(canvas, step, colour);
    }
}

static void paint_class(const struct legend_item *item, struct bbox box, struct canvas *canvas)
{
    struct colour colour = item->value_class->colour;
    colour.alpha = (uint8_t)(colour.alpha * item->layer->style->opacity + 0.5);
    canvas_fill_box(canvas, box, colour);
}

void legend_swatch_paint(const struct legend_item *item, struct bbox box, struct canvas *canvas)
{
    struct bbox inner = bbox_grow(box, -2.0);
    if (item->value_class) {
        paint_class(item, inner, canvas);
    } else if (!item->rule) {
        paint_ramp(item->layer->style, inner, canvas);
    } else if (item->rule_kind == SHAPE_POLYGON) {
        paint_area(item->rule, inner, canvas);
    } else {
        paint_line(item->rule, inner, canvas);
    }
}
