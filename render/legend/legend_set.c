/*
 * legend_set.c - sets a legend in columns and paints it. Both go through the same rows, so what was measured
 * is what is painted. A heading stays with the first line below it, and is repeated when a group goes on in
 * the next column. Titles are broken to the width that is left beside the drawing.
 * Symbols stand in cells as wide as the widest of them, and so do swatches. Symbols grow in proportion to
 * their scale, so they are measured only once.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/catalogue.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/layer/layer_point.h"
#include "render/legend/legend_internal.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"
#include "symbology/style.h"

#define COLUMN_GAP 0.8   /* times the text size */
#define TITLE_GAP 0.4    /* between drawing and title */
#define ROW_GAP 0.35     /* the same, both for drawings as large as on the map */
#define HEADING_GAP 0.6  /* above a heading that is not the first of its column */
#define SECOND_SIZE 0.84 /* of what is said in the second language, times the text size */
#define NO_LIMIT 1e9

struct setting {
    struct renderer *renderer;
    const struct legend *legend;
    const struct map_view *view; /* only while painting */
    struct legend_layout layout;
    double column_px;
    int column;
    double y;       /* where the next row begins */
    double used_px; /* of the highest column */
};

/* One item with its place, and the heading above it if it needs one. */
struct row {
    const struct legend_item *item;
    struct bbox mark;
    double cell_px;           /* room for the drawing, beside the title */
    char heading[256];        /* "": none */
    char second_heading[256]; /* below it, in the second language; "": none */
    double heading_y;
    double second_heading_y;
    struct point corner; /* of the row below the heading */
    double height_px;
    double title_height_px;
    double second_height_px; /* of the title in the second language, below the first */
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

/* What is said a second time, in another language. */
static struct text_look second_look(const struct setting *setting)
{
    struct text_look look = title_look(setting);
    look.size_px *= SECOND_SIZE;
    look.colour = (struct colour){0x54, 0x61, 0x6D, 0xFF};
    return look;
}

static struct text_box title_box(const struct setting *setting, double cell_px)
{
    return (struct text_box){.wrap_px = fmax(setting->column_px - cell_px, 1.0), .align = TEXT_LEFT};
}

static struct text_box heading_box(const struct setting *setting)
{
    return (struct text_box){.wrap_px = setting->column_px, .align = TEXT_LEFT};
}

static double drawing_scale(const struct setting *setting)
{
    return setting->layout.symbol_scale > 0 ? setting->layout.symbol_scale : 1.0;
}

/* White between rows. Where drawings are small because there are many, they stand close: each has its halo.
 */
static double row_gap(const struct setting *setting)
{
    return ROW_GAP * setting->layout.text_size_px * pow(drawing_scale(setting), 4);
}

/* What titles that are higher than their drawing need besides, so that they do not run into one text. */
static double title_space(const struct setting *setting)
{
    return ROW_GAP * setting->layout.text_size_px * drawing_scale(setting) - row_gap(setting);
}

static double heading_gap(const struct setting *setting)
{
    return HEADING_GAP * setting->layout.text_size_px * drawing_scale(setting);
}

static bool is_swatch(const struct setting *setting, size_t index)
{
    return bbox_is_empty(setting->legend->marks[index]);
}

/* How much room the drawing of an item takes. */
static struct bbox mark_of(const struct setting *setting, size_t index)
{
    struct bbox mark = setting->legend->marks[index];
    double scale = drawing_scale(setting);
    if (is_swatch(setting, index)) {
        mark = legend_swatch(setting->legend, scale);
        scale = 1.0;
    }
    return (struct bbox){mark.min_x * scale, mark.min_y * scale, mark.max_x * scale, mark.max_y * scale};
}

/* The widest of the legend's symbols, or its swatches, and the gap to the title. */
static double cell_of(const struct setting *setting, size_t index)
{
    double widest = 0;
    for (size_t i = 0; i < setting->legend->count; i++) {
        if (is_swatch(setting, i) == is_swatch(setting, index)) {
            widest = fmax(widest, bbox_width(mark_of(setting, i)));
        }
    }
    double gap = TITLE_GAP * setting->layout.text_size_px;
    return fmin(ceil(widest) + gap, setting->column_px / 2);
}

static struct setting begin(struct renderer *renderer, const struct legend *legend,
                            struct legend_layout layout)
{
    struct setting setting = {.renderer = renderer, .legend = legend, .layout = layout};
    double gaps = (layout.column_count - 1) * COLUMN_GAP * layout.text_size_px;
    setting.column_px = (layout.width_px - gaps) / layout.column_count;
    return setting;
}

static double text_height(const struct setting *setting, const char *text, struct text_look look,
                          struct text_box box)
{
    return text_measure(setting->renderer->text_engine, text, &look, box).height_px;
}

/* The group's title above its first item and, when it goes on, at the top of a column. */
static void write_heading(const struct setting *setting, size_t index, const char *group,
                          enum language language, char heading[static 256])
{
    static const char *const continued[LANGUAGE_COUNT] = {
        [LANGUAGE_NL] = "vervolg",
        [LANGUAGE_EN] = "continued",
        [LANGUAGE_FR] = "suite",
        [LANGUAGE_DE] = "Fortsetzung",
    };
    const struct legend_item *items = setting->legend->items;
    bool goes_on = index > 0 && strcmp(items[index].group, items[index - 1].group) == 0;
    heading[0] = '\0';
    if (group && group[0] != '\0' && !goes_on) {
        snprintf(heading, 256, "%s", group);
    } else if (group && group[0] != '\0' && setting->y == 0) {
        snprintf(heading, 256, "%s (%s)", group, continued[language]);
    }
}

/* Heading and second heading from row->heading_y on; where they end. */
static double measure_headings(const struct setting *setting, struct row *row)
{
    double y = row->heading_y;
    if (!row->heading[0]) {
        return y;
    }
    y += text_height(setting, row->heading, heading_look(setting), heading_box(setting));
    row->second_heading_y = y;
    if (row->second_heading[0]) {
        y += text_height(setting, row->second_heading, second_look(setting), heading_box(setting));
    }
    return y + row_gap(setting);
}

/* How far down the row reaches from setting->y when it is set there. */
static struct row measure(const struct setting *setting, size_t index)
{
    struct row row = {.item = &setting->legend->items[index], .mark = mark_of(setting, index)};
    row.cell_px = cell_of(setting, index);
    write_heading(setting, index, row.item->group, setting->legend->language, row.heading);
    write_heading(setting, index, row.item->second_group, setting->legend->second_language,
                  row.second_heading);
    double y = setting->y;
    bool begins_layers = index > 0 && row.item->layer && !setting->legend->items[index - 1].layer;
    if (setting->y > 0 && (row.heading[0] || begins_layers)) {
        y += heading_gap(setting);
    }
    row.heading_y = y;
    y = measure_headings(setting, &row);
    row.title_height_px =
        text_height(setting, row.item->title, title_look(setting), title_box(setting, row.cell_px));
    if (row.item->second_title) {
        row.second_height_px = text_height(setting, row.item->second_title, second_look(setting),
                                           title_box(setting, row.cell_px));
    }
    double titles_px = row.title_height_px + row.second_height_px;
    row.height_px = ceil(fmax(titles_px + title_space(setting), bbox_height(row.mark)));
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
    setting->y = bottom + row_gap(setting);
    return true;
}

double legend_height_px(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        size_t *items_left)
{
    struct setting setting = begin(renderer, legend, layout);
    struct row row;
    size_t next = layout.first_item;
    while (next < legend->count && set_row(&setting, next, &row)) {
        next++;
    }
    *items_left = next < legend->count ? legend->count - next : 0;
    return setting.used_px;
}

/* The widest word, px: what stands between blanks, hyphens and slashes. */
static double widest_word(const struct setting *setting, const char *text, struct text_look look)
{
    double widest = 0;
    char word[256];
    while (*text) {
        size_t length = strcspn(text, " -/");
        length += text[length] == '-' || text[length] == '/';
        snprintf(word, sizeof(word), "%.*s", (int)length, text);
        struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
        widest = fmax(widest, text_measure(setting->renderer->text_engine, word, &look, box).width_px);
        text += length + (text[length] == ' ');
    }
    return widest;
}

/* The narrowest column in which no word is broken. */
static double least_column(const struct setting *setting)
{
    double least = 0;
    for (size_t i = setting->layout.first_item; i < setting->legend->count; i++) {
        const struct legend_item *item = &setting->legend->items[i];
        double title = widest_word(setting, item->title, title_look(setting));
        double second =
            item->second_title ? widest_word(setting, item->second_title, second_look(setting)) : 0;
        least = fmax(least, cell_of(setting, i) + fmax(title, second));
        least = fmax(least, widest_word(setting, item->group, heading_look(setting)));
        if (item->second_group) {
            least = fmax(least, widest_word(setting, item->second_group, second_look(setting)));
        }
    }
    return ceil(least);
}

int legend_column_count(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        int most)
{
    layout.column_count = 1;
    struct setting setting = begin(renderer, legend, layout);
    double gap = COLUMN_GAP * layout.text_size_px;
    double count = floor((layout.width_px + gap) / (least_column(&setting) + gap));
    return (int)fmin(fmax(count, 1), most);
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

/* As on the map; marks larger than a swatch are made to fit. The mark of the row begins at the corner. */
static bool paint_point(const struct setting *setting, const struct row *row, struct point corner,
                        struct canvas *canvas, struct fault *fault)
{
    const struct style_rule *rule = row->item->rule;
    double scale = drawing_scale(setting);
    if (!rule->symbol.is_given) {
        scale = fmin(bbox_height(row->mark) / (2 * layer_point_reach_px(rule)), 1.0);
    }
    struct symbol_picture *picture =
        layer_point_picture(setting->renderer, setting->view, rule, 0.0, scale, fault);
    if (picture) {
        canvas_symbol(canvas, picture,
                      (struct point){corner.x - row->mark.min_x, corner.y - row->mark.min_y});
    }
    return picture != NULL;
}

static void paint_class(const struct legend_item *item, struct bbox box, struct canvas *canvas)
{
    struct colour colour = item->value_class->colour;
    colour.alpha = (uint8_t)(colour.alpha * item->layer->style->opacity + 0.5);
    canvas_fill_box(canvas, box, colour);
}

static void paint_layer(const struct legend_item *item, struct bbox box, struct canvas *canvas)
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

/* The drawing stands in the middle of its cell and of the row. */
static bool paint_mark(const struct setting *setting, const struct row *row, struct point corner,
                       struct canvas *canvas, struct fault *fault)
{
    double indent = (row->cell_px - TITLE_GAP * setting->layout.text_size_px - bbox_width(row->mark)) / 2;
    double x = round(corner.x + fmax(indent, 0));
    double y = round(corner.y + (row->height_px - bbox_height(row->mark)) / 2);
    if (row->item->rule && row->item->rule_kind == SHAPE_POINT) {
        return paint_point(setting, row, (struct point){x, y}, canvas, fault);
    }
    if (row->item->layer) {
        struct bbox box = {x, y, x + bbox_width(row->mark), y + bbox_height(row->mark)};
        paint_layer(row->item, box, canvas);
        return true;
    }
    if (row->item->is_change) {
        struct point place = {x - row->mark.min_x, y - row->mark.min_y};
        legend_change_paint(setting->legend, row->item->change, drawing_scale(setting), place, canvas);
        return true;
    }
    struct symbol_picture *picture =
        legend_picture(setting->renderer, setting->legend, row->item, drawing_scale(setting), fault);
    if (!picture) {
        return false;
    }
    canvas_symbol(canvas, picture, (struct point){x - row->mark.min_x, y - row->mark.min_y});
    return true;
}

static void paint_headings(const struct setting *setting, const struct row *row, struct point origin,
                           struct canvas *canvas)
{
    double x = origin.x + row->corner.x;
    struct text_look look = heading_look(setting);
    struct text_look second = second_look(setting);
    if (row->heading[0]) {
        canvas_text(canvas, row->heading, &look, heading_box(setting),
                    (struct point){x, origin.y + row->heading_y});
    }
    if (row->heading[0] && row->second_heading[0]) {
        canvas_text(canvas, row->second_heading, &second, heading_box(setting),
                    (struct point){x, origin.y + row->second_heading_y});
    }
}

static void paint_titles(const struct setting *setting, const struct row *row, struct point corner,
                         struct canvas *canvas)
{
    struct text_look look = title_look(setting);
    struct text_look second = second_look(setting);
    struct text_box box = title_box(setting, row->cell_px);
    double titles_px = row->title_height_px + row->second_height_px;
    struct point place = {corner.x + row->cell_px, corner.y + (row->height_px - titles_px) / 2};
    canvas_text(canvas, row->item->title, &look, box, place);
    if (row->item->second_title) {
        place.y += row->title_height_px;
        canvas_text(canvas, row->item->second_title, &second, box, place);
    }
}

static bool paint_row(const struct setting *setting, const struct row *row, struct point origin,
                      struct canvas *canvas, struct fault *fault)
{
    struct point corner = {origin.x + row->corner.x, origin.y + row->corner.y};
    page_tag_begin(page_of_canvas(canvas), PAGE_TAG_LIST_ITEM, NULL);
    paint_titles(setting, row, corner, canvas);
    bool is_painted = paint_mark(setting, row, corner, canvas, fault);
    page_tag_end(page_of_canvas(canvas));
    return is_painted;
}

/* What is read aloud is a list below each heading. */
static void begin_list(const struct setting *setting, const struct row *row, struct point origin,
                       struct canvas *canvas)
{
    struct page_document *page = page_of_canvas(canvas);
    if (row->heading[0]) {
        page_tag_begin(page, PAGE_TAG_SUBHEADING, NULL);
        paint_headings(setting, row, origin, canvas);
        page_tag_end(page);
    }
    page_tag_begin(page, PAGE_TAG_LIST, NULL);
}

bool legend_paint(struct renderer *renderer, const struct map_view *view, const struct legend *legend,
                  struct legend_layout layout, struct canvas *canvas, struct point place, struct fault *fault)
{
    struct setting setting = begin(renderer, legend, layout);
    setting.view = view;
    struct row row;
    bool is_painted = true;
    bool has_list = false;
    for (size_t i = layout.first_item; is_painted && i < legend->count && set_row(&setting, i, &row); i++) {
        if (has_list && row.heading[0]) {
            page_tag_end(page_of_canvas(canvas));
            has_list = false;
        }
        if (!has_list) {
            begin_list(&setting, &row, place, canvas);
            has_list = true;
        }
        is_painted = paint_row(&setting, &row, place, canvas, fault);
    }
    if (has_list) {
        page_tag_end(page_of_canvas(canvas));
    }
    return is_painted;
}
