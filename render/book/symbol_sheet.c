/*
 * symbol_sheet.c - two columns of rows; a row is as high as the full picture of its symbol.
 *
 * Rows are planned first (which page, column and height each stands at), because the footer of the first page
 * says how many pages there are.
 */
#include "render/book/symbol_sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/scale.h"
#include "render/briefing/marginalia.h"
#include "render/print/paper.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_set.h"

#define MARGIN_MM 12.0
#define HEADER_MM 15.0
#define FOOTER_MM 6.0
#define COLUMN_GAP_MM 8.0
#define COLUMN_COUNT 2
#define ROW_MM 10.4
#define HEADING_MM 7.0
#define PICTURES_MM 26.0 /* full, small and dot beside each other */
#define SWATCH_WIDTH_MM 22.0
#define SWATCH_HEIGHT_MM 7.5
#define SYMBOL_SCALE 0.8

/** A heading (entry NULL) or a symbol, and where it stands. */
struct sheet_row {
    const struct symbol_entry *entry;
    const char *title; /* of a heading; borrowed from the set */
    size_t page;
    struct bbox box_mm;
};

struct sheet {
    struct renderer *renderer;
    const struct symbol_set *set;
    enum palette palette;
    struct pen pen;
    struct sheet_row *rows; /* owned */
    size_t row_count;
    size_t page_count;
};

/** Where the next row goes. */
struct cursor {
    size_t page;
    int column;
    double y;
};

static double body_top(void)
{
    return MARGIN_MM + HEADER_MM;
}

static double body_bottom(void)
{
    return paper_size(PAPER_A4, false).height_mm - MARGIN_MM - FOOTER_MM;
}

static double column_width(void)
{
    double width = paper_size(PAPER_A4, false).width_mm - 2 * MARGIN_MM;
    return (width - (COLUMN_COUNT - 1) * COLUMN_GAP_MM) / COLUMN_COUNT;
}

static void cursor_next_column(struct cursor *cursor)
{
    cursor->y = body_top();
    cursor->column++;
    if (cursor->column == COLUMN_COUNT) {
        cursor->column = 0;
        cursor->page++;
    }
}

/** Adds a row; a heading stays with the symbol below it. */
static void add_row(struct sheet *sheet, struct cursor *cursor, const struct symbol_entry *entry,
                    const char *title)
{
    double height = entry ? ROW_MM : HEADING_MM;
    double needed = entry ? ROW_MM : HEADING_MM + ROW_MM;
    if (cursor->y + needed > body_bottom()) {
        cursor_next_column(cursor);
    }
    double left = MARGIN_MM + cursor->column * (column_width() + COLUMN_GAP_MM);
    struct bbox box = {left, cursor->y, left + column_width(), cursor->y + height};
    sheet->rows[sheet->row_count++] = (struct sheet_row){entry, title, cursor->page, box};
    sheet->page_count = cursor->page + 1;
    cursor->y += height;
}

static void plan_rows(struct sheet *sheet)
{
    size_t count = symbol_set_count(sheet->set);
    sheet->rows = memory_new(2 * count + 1, sizeof *sheet->rows);
    struct cursor cursor = {0, 0, body_top()};
    const char *group = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct symbol_entry *entry = symbol_set_at(sheet->set, i);
        if (!group || strcmp(group, entry->group) != 0) {
            group = entry->group;
            add_row(sheet, &cursor, NULL, symbol_set_group_title(sheet->set, group, sheet->pen.language));
        }
        add_row(sheet, &cursor, entry, NULL);
    }
}

static struct symbol_code code_of(const struct sheet *sheet, const struct symbol_entry *entry)
{
    struct symbol_code code = {.version = symbol_set_version(sheet->set)};
    snprintf(code.set, sizeof code.set, "%s", symbol_set_name(sheet->set));
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    return code;
}

/** Puts the middle of a picture's ink on a place, mm. */
static void paint_centred(const struct pen *pen, struct symbol_picture *picture, struct point middle_mm)
{
    struct point ink = bbox_centre(symbol_picture_ink(picture));
    struct point place = {middle_mm.x / SCALE_PIXEL_MM - ink.x, middle_mm.y / SCALE_PIXEL_MM - ink.y};
    canvas_symbol(pen->canvas, picture, place);
}

static bool paint_point(struct sheet *sheet, const struct sheet_row *row, struct fault *fault)
{
    static const enum symbol_detail details[] = {DETAIL_FULL, DETAIL_SMALL, DETAIL_DOT};
    static const double places_mm[] = {6.5, 16.5, 23.0};
    struct symbol_cache *cache = renderer_symbol_cache(sheet->renderer);
    struct symbol_code code = code_of(sheet, row->entry);
    double middle = (row->box_mm.min_y + row->box_mm.max_y) / 2;
    for (int i = 0; i < 3; i++) {
        struct symbol_picture *picture =
            symbol_cache_get(cache, row->entry, &code, details[i], sheet->palette, SYMBOL_SCALE, fault);
        if (!picture) {
            return false;
        }
        paint_centred(&sheet->pen, picture, (struct point){row->box_mm.min_x + places_mm[i], middle});
    }
    return true;
}

static bool paint_swatch(struct sheet *sheet, const struct sheet_row *row, struct fault *fault)
{
    struct symbol_code code = code_of(sheet, row->entry);
    struct symbol_picture *picture =
        symbol_cache_get_swatch(renderer_symbol_cache(sheet->renderer), row->entry, &code, sheet->palette,
                                SWATCH_WIDTH_MM / SCALE_PIXEL_MM, SWATCH_HEIGHT_MM / SCALE_PIXEL_MM, fault);
    if (!picture) {
        return false;
    }
    double middle = (row->box_mm.min_y + row->box_mm.max_y) / 2;
    struct point anchor = symbol_picture_anchor(picture);
    struct point place = {(row->box_mm.min_x + 1) / SCALE_PIXEL_MM + anchor.x,
                          (middle - SWATCH_HEIGHT_MM / 2) / SCALE_PIXEL_MM + anchor.y};
    canvas_symbol(sheet->pen.canvas, picture, place);
    return true;
}

static void paint_line(const struct pen *pen, enum pen_style style, const char *text, struct bbox *box)
{
    double line = pen_line_height(pen, style);
    char *fitting = pen_fit(pen, style, text, bbox_width(*box), line * 1.05, NULL);
    pen_text(pen, style, TEXT_LEFT, fitting, *box);
    free(fitting);
    box->min_y += line;
}

/** Name, the name in a second language, code and reference. */
static void paint_words(const struct sheet *sheet, const struct sheet_row *row)
{
    const struct symbol_entry *entry = row->entry;
    enum language second = sheet->pen.language == LANGUAGE_EN ? LANGUAGE_NL : LANGUAGE_EN;
    struct bbox box = {row->box_mm.min_x + PICTURES_MM, row->box_mm.min_y + 0.7, row->box_mm.max_x,
                       row->box_mm.max_y};
    char code[160];
    bool has_reference = entry->reference && entry->reference[0] && strcmp(entry->reference, "-") != 0;
    snprintf(code, sizeof code, "%s%s%s", entry->id, has_reference ? "  ·  " : "",
             has_reference ? entry->reference : "");
    paint_line(&sheet->pen, PEN_GROUP, multilingual_text(&entry->name, sheet->pen.language), &box);
    paint_line(&sheet->pen, PEN_SMALL, multilingual_text(&entry->name, second), &box);
    paint_line(&sheet->pen, PEN_SMALL, code, &box);
}

static bool paint_row(struct sheet *sheet, const struct sheet_row *row, struct fault *fault)
{
    if (!row->entry) {
        struct bbox line = {row->box_mm.min_x, row->box_mm.max_y - 5, row->box_mm.max_x,
                            row->box_mm.max_y - 1};
        pen_line_of_text(&sheet->pen, PEN_HEADING, TEXT_LEFT, row->title, line);
        double y = row->box_mm.max_y - 0.6;
        pen_stroke(&sheet->pen, (struct point){row->box_mm.min_x, y}, (struct point){row->box_mm.max_x, y},
                   0.2, pen_rule);
        return true;
    }
    paint_words(sheet, row);
    return row->entry->geometry == GEOMETRY_POINT ? paint_point(sheet, row, fault)
                                                  : paint_swatch(sheet, row, fault);
}

static void paint_furniture(const struct sheet *sheet, size_t page)
{
    const struct pen *pen = &sheet->pen;
    struct paper_size size = paper_size(PAPER_A4, false);
    struct bbox header = {MARGIN_MM, MARGIN_MM - 2, size.width_mm - MARGIN_MM, MARGIN_MM + HEADER_MM};
    char text[160];
    snprintf(text, sizeof text, "%s %s@%d", words_text(WORD_SYMBOL_SHEET, pen->language),
             symbol_set_name(sheet->set), symbol_set_version(sheet->set));
    pen_text(pen, PEN_TITLE, TEXT_LEFT, text, header);
    header.min_y += pen_line_height(pen, PEN_TITLE);
    char count[64];
    words_format(count, sizeof count, WORD_SYMBOLS, pen->language, symbol_set_count(sheet->set));
    snprintf(text, sizeof text, "%s · %s / %s / %s · %s", count, words_text(WORD_FULL, pen->language),
             words_text(WORD_SMALL, pen->language), words_text(WORD_DOT, pen->language),
             palette_name(sheet->palette));
    pen_text(pen, PEN_SUBTITLE, TEXT_LEFT, text, header);
    struct bbox footer = {MARGIN_MM, size.height_mm - MARGIN_MM - 4, size.width_mm - MARGIN_MM,
                          size.height_mm - MARGIN_MM};
    marginalia_paint_footer(pen, footer, "Plottafel " PLOTTAFEL_VERSION, page + 1, sheet->page_count);
}

static bool paint_page(struct sheet *sheet, size_t page, struct page_document *document, struct fault *fault)
{
    struct paper_size size = paper_size(PAPER_A4, false);
    struct bbox whole = {0, 0, size.width_mm, size.height_mm};
    sheet->pen.canvas = page_canvas(document, whole, (struct point){0, 0}, fault);
    if (!sheet->pen.canvas) {
        return false;
    }
    paint_furniture(sheet, page);
    bool is_painted = true;
    for (size_t i = 0; i < sheet->row_count && is_painted; i++) {
        is_painted = sheet->rows[i].page != page || paint_row(sheet, &sheet->rows[i], fault);
    }
    canvas_free(sheet->pen.canvas);
    sheet->pen.canvas = NULL;
    return is_painted;
}

static bool paint_pages(struct sheet *sheet, struct page_document *document, struct fault *fault)
{
    for (size_t page = 0; page < sheet->page_count; page++) {
        if (page > 0 && !page_next(document, fault)) {
            return false;
        }
        if (!paint_page(sheet, page, document, fault)) {
            return false;
        }
    }
    return true;
}

char *symbol_sheet_make(struct renderer *renderer, const struct symbol_set *set, enum language language,
                        enum palette palette, size_t *length, struct fault *fault)
{
    struct text_engine *engine = renderer_text_engine(renderer);
    struct sheet sheet = {.renderer = renderer, .set = set, .palette = palette, .page_count = 1};
    sheet.pen = (struct pen){engine, NULL, paper_unit(PAPER_A4), language, .colours = NULL};
    char title[96];
    snprintf(title, sizeof title, "%s %s@%d", words_text(WORD_SYMBOL_SHEET, language), symbol_set_name(set),
             symbol_set_version(set));
    struct page_metadata metadata = {.title = title, .author = "Plottafel", .made_ms = MOMENT_NONE};
    struct paper_size size = paper_size(PAPER_A4, false);
    plan_rows(&sheet);
    struct page_document *document =
        page_document_new(PAGE_PDF, size.width_mm, size.height_mm, 0, engine, &metadata, fault);
    bool is_painted = document && paint_pages(&sheet, document, fault);
    char *bytes = is_painted ? page_document_take(document, length, fault) : NULL;
    page_document_free(document);
    free(sheet.rows);
    return bytes;
}
