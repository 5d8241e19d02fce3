/*
 * legend_set.c - sets a legend in columns and paints it. Both go through the same rows, so what was measured
 * is what is painted. A heading stays with the first line below it, and is repeated when a group goes on in
 * the next column. Titles are broken to the width that is left beside the drawing.
 */
#include <math.h>
#include <string.h>

#include "data/catalogue.h"
#include "render/canvas.h"
#include "render/legend_internal.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/symbol_picture.h"
#include "render/text.h"
#include "symbology/style.h"

#define COLUMN_GAP 0.8 /* times the text size */
#define ROW_GAP 0.35
#define HEADING_GAP 0.6 /* above a heading that is not the first of its column */
#define NO_LIMIT 1e9

struct setting {
    struct renderer *renderer;
    const struct legend *legend;
    struct legend_layout layout;
    double column_px;
    double cell_px; /* room for the drawings, beside the titles */
    int column;
    double y;       /* where the next row begins */
    double used_px; /* of the highest column */
};

/* One item with its place, and the heading above it if it needs one. */
struct row {
    const struct legend_item *item;
    struct bbox mark;
    const char *heading; /* NULL: none */
    double heading_y;
    struct point corner; /* of the row below the heading */
    double height_px;
    double title_height_px;
};

static struct text_look title_look(const struct setting *setting)
{
    return (struct text_look){.size_px = setting->layout.text_size_px, .colour = {0x1A, 0x1A, 0x1A, 0xFF}};
}

static struct text_look heading_look(const struct setting *setting)
{
    struct text_look look = title_look(setting);
    look.is_bold = true;
    return look;
}

static struct text_box title_box(const struct setting *setting)
{
    return (struct text_box){.wrap_px = fmax(setting->column_px - setting->cell_px, 1.0), .align = TEXT_LEFT};
}

static struct text_box heading_box(const struct setting *setting)
{
    return (struct text_box){.wrap_px = setting->column_px, .align = TEXT_LEFT};
}

static struct setting begin(struct renderer *renderer, const struct legend *legend,
                            struct legend_layout layout)
{
    struct setting setting = {.renderer = renderer, .legend = legend, .layout = layout};
    double gaps = (layout.column_count - 1) * COLUMN_GAP * layout.text_size_px;
    setting.column_px = (layout.width_px - gaps) / layout.column_count;
    double widest = 0;
    for (size_t i = 0; i < legend->count; i++) {
        widest = fmax(widest, bbox_width(legend->marks[i]));
    }
    setting.cell_px = fmin(ceil(widest) + 0.5 * layout.text_size_px, setting.column_px / 2);
    return setting;
}

static double text_height(const struct setting *setting, const char *text, struct text_look look,
                          struct text_box box)
{
    return text_measure(setting->renderer->text_engine, text, &look, box).height_px;
}

static const char *heading_of(const struct setting *setting, size_t index)
{
    const char *group = setting->legend->items[index].group;
    bool goes_on = setting->y > 0 && index > 0 && strcmp(group, setting->legend->items[index - 1].group) == 0;
    return group[0] == '\0' || goes_on ? NULL : group;
}

/* How far down the row reaches from setting->y when it is set there. */
static struct row measure(const struct setting *setting, size_t index)
{
    double size = setting->layout.text_size_px;
    struct row row = {.item = &setting->legend->items[index], .mark = setting->legend->marks[index]};
    row.heading = heading_of(setting, index);
    double y = setting->y;
    bool begins_layers = index > 0 && row.item->layer && !setting->legend->items[index - 1].layer;
    if (setting->y > 0 && (row.heading || begins_layers)) {
        y += HEADING_GAP * size;
    }
    row.heading_y = y;
    if (row.heading) {
        y += text_height(setting, row.heading, heading_look(setting), heading_box(setting)) + ROW_GAP * size;
    }
    row.title_height_px = text_height(setting, row.item->title, title_look(setting), title_box(setting));
    row.height_px = ceil(fmax(row.title_height_px, bbox_height(row.mark)));
    row.corner.y = y;
    return row;
}

static double limit(const struct setting *setting)
{
    return setting->layout.height_px > 0 ? setting->layout.height_px : NO_LIMIT;
}

/* Sets the next item: false when there is no room left for it. */
static bool set_row(struct setting *setting, size_t index, struct row *row)
{
    *row = measure(setting, index);
    if (row->corner.y + row->height_px > limit(setting)) {
        if (setting->column + 1 >= setting->layout.column_count) {
            return false;
        }
        setting->column++;
        setting->y = 0;
        *row = measure(setting, index);
        if (row->corner.y + row->height_px > limit(setting)) {
            return false;
        }
    }
    row->corner.x = setting->column * (setting->column_px + COLUMN_GAP * setting->layout.text_size_px);
    double bottom = row->corner.y + row->height_px;
    setting->used_px = fmax(setting->used_px, bottom);
    setting->y = bottom + ROW_GAP * setting->layout.text_size_px;
    return true;
}

double legend_height_px(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        size_t *items_left)
{
    struct setting setting = begin(renderer, legend, layout);
    struct row row;
    size_t set = 0;
    while (set < legend->count && set_row(&setting, set, &row)) {
        set++;
    }
    *items_left = legend->count - set;
    return setting.used_px;
}

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

static void paint_layer(const struct legend_item *item, struct bbox box, struct canvas *canvas)
{
    struct bbox inner = bbox_grow(box, -2.0);
    if (!item->rule) {
        paint_ramp(item->layer->style, inner, canvas);
    } else if (item->rule_kind == SHAPE_POLYGON) {
        paint_area(item->rule, inner, canvas);
    } else if (item->rule_kind == SHAPE_LINE) {
        paint_line(item->rule, inner, canvas);
    } else {
        const struct line_look *outline = &item->rule->look.outline;
        canvas_disc(canvas, bbox_centre(inner), item->rule->point_radius_px, item->rule->look.fill.colour,
                    outline->stroke_count > 0 ? &outline->strokes[0] : NULL);
    }
}

/* The drawing stands in the middle of its cell and of the row. */
static bool paint_mark(const struct setting *setting, const struct row *row, struct point corner,
                       struct canvas *canvas, struct fault *fault)
{
    double indent = (setting->cell_px - 0.5 * setting->layout.text_size_px - bbox_width(row->mark)) / 2;
    double x = round(corner.x + fmax(indent, 0));
    double y = round(corner.y + (row->height_px - bbox_height(row->mark)) / 2);
    if (row->item->layer) {
        struct bbox box = {x, y, x + bbox_width(row->mark), y + bbox_height(row->mark)};
        paint_layer(row->item, box, canvas);
        return true;
    }
    struct symbol_picture *picture = legend_picture(setting->renderer, setting->legend, row->item, fault);
    if (!picture) {
        return false;
    }
    canvas_symbol(canvas, picture, (struct point){x - row->mark.min_x, y - row->mark.min_y});
    return true;
}

static bool paint_row(const struct setting *setting, const struct row *row, struct point origin,
                      struct canvas *canvas, struct fault *fault)
{
    struct point corner = {origin.x + row->corner.x, origin.y + row->corner.y};
    if (row->heading) {
        struct text_look look = heading_look(setting);
        struct point place = {corner.x, origin.y + row->heading_y};
        canvas_text(canvas, row->heading, &look, heading_box(setting), place);
    }
    struct text_look look = title_look(setting);
    struct point place = {corner.x + setting->cell_px,
                          corner.y + (row->height_px - row->title_height_px) / 2};
    canvas_text(canvas, row->item->title, &look, title_box(setting), place);
    return paint_mark(setting, row, corner, canvas, fault);
}

bool legend_paint(struct renderer *renderer, const struct map_view *view, const struct legend *legend,
                  struct legend_layout layout, struct canvas *canvas, struct point place, struct fault *fault)
{
    struct setting setting = begin(renderer, legend, layout);
    struct row row;
    for (size_t i = 0; i < legend->count && set_row(&setting, i, &row); i++) {
        if (!paint_row(&setting, &row, place, canvas, fault)) {
            return false;
        }
    }
    return true;
}
