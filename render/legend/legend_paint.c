/*
 * legend_paint.c - paints the rows that legend_set.c set.
 */
#include <math.h>

#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/layer/layer_point.h"
#include "render/legend/legend_internal.h"
#include "render/legend/legend_setting.h"
#include "render/legend/legend_swatch.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/style.h"

/* As on the map; marks larger than a swatch are made to fit. The mark of the row begins at the corner. */
static bool paint_point(const struct legend_setting *setting, const struct legend_row *row,
                        struct point corner, struct canvas *canvas, struct fault *fault)
{
    const struct style_rule *rule = row->item->rule;
    double scale = legend_drawing_scale(setting);
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

/* The drawing stands in the middle of its cell and of the row. */
static bool paint_mark(const struct legend_setting *setting, const struct legend_row *row,
                       struct point corner, struct canvas *canvas, struct fault *fault)
{
    double indent =
        (row->cell_px - LEGEND_TITLE_GAP * setting->layout.text_size_px - bbox_width(row->mark)) / 2;
    double x = round(corner.x + fmax(indent, 0));
    double y = round(corner.y + (row->height_px - bbox_height(row->mark)) / 2);
    if (row->item->rule && row->item->rule_kind == SHAPE_POINT) {
        return paint_point(setting, row, (struct point){x, y}, canvas, fault);
    }
    if (row->item->layer) {
        struct bbox box = {x, y, x + bbox_width(row->mark), y + bbox_height(row->mark)};
        legend_swatch_paint(row->item, box, canvas);
        return true;
    }
    if (row->item->is_badge) {
        struct point place = {x - row->mark.min_x, y - row->mark.min_y};
        legend_badge_paint(setting->renderer, setting->legend, legend_drawing_scale(setting), place, canvas);
        return true;
    }
    if (row->item->is_change) {
        struct point place = {x - row->mark.min_x, y - row->mark.min_y};
        legend_change_paint(setting->legend, row->item->change, legend_drawing_scale(setting), place, canvas);
        return true;
    }
    struct symbol_picture *picture =
        legend_picture(setting->renderer, setting->legend, row->item, legend_drawing_scale(setting), fault);
    if (!picture) {
        return false;
    }
    canvas_symbol(canvas, picture, (struct point){x - row->mark.min_x, y - row->mark.min_y});
    return true;
}

static void paint_headings(const struct legend_setting *setting, const struct legend_row *row,
                           struct point origin, struct canvas *canvas)
{
    double x = origin.x + row->corner.x;
    struct text_look look = legend_heading_look(setting);
    struct text_look second = legend_second_look(setting);
    if (row->heading[0]) {
        canvas_text(canvas, row->heading, &look, legend_heading_box(setting),
                    (struct point){x, origin.y + row->heading_y});
    }
    if (row->heading[0] && row->second_heading[0]) {
        canvas_text(canvas, row->second_heading, &second, legend_heading_box(setting),
                    (struct point){x, origin.y + row->second_heading_y});
    }
}

static void paint_titles(const struct legend_setting *setting, const struct legend_row *row,
                         struct point corner, struct canvas *canvas)
{
    struct text_look look = legend_title_look(setting);
    struct text_look second = legend_second_look(setting);
    struct text_box box = legend_title_box(setting, row->cell_px);
    double titles_px = row->title_height_px + row->second_height_px;
    struct point place = {corner.x + row->cell_px, corner.y + (row->height_px - titles_px) / 2};
    canvas_text(canvas, row->item->title, &look, box, place);
    if (row->item->second_title) {
        place.y += row->title_height_px;
        canvas_text(canvas, row->item->second_title, &second, box, place);
    }
}

static bool paint_row(const struct legend_setting *setting, const struct legend_row *row, struct point origin,
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
static void begin_list(const struct legend_setting *setting, const struct legend_row *row,
                       struct point origin, struct canvas *canvas)
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
    struct legend_setting setting = legend_setting_of(renderer, legend, layout);
    setting.view = view;
    struct legend_row row;
    bool is_painted = true;
    bool has_list = false;
    for (size_t i = layout.first_item; is_painted && i < legend->count && legend_set_row(&setting, i, &row);
         i++) {
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
