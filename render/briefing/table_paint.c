/*
 * table_paint.c - paints a box of a table as it was set: what is measured in table_set.c stands here in the
 * same places. Thin rules between the rows, none at the sides: they print on any printer and copy well.
 * Who listens hears a table: its rows with their cells, empty ones too, so that columns can be told apart.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/briefing/table_internal.h"
#include "render/canvas/canvas.h"
#include "render/print/words.h"
#include "render/symbol/symbol_picture.h"

#define RULE_MM 0.1
#define HEAVY_RULE_MM 0.3

static const struct colour group_colour = {236, 241, 245, 255};

char *table_group_words(const struct table_row *group, const struct pen *pen, bool is_continued)
{
    char continued[160];
    words_pair(WORD_CONTINUED, pen_languages(pen), continued);
    size_t size = strlen(group->text) + strlen(continued) + 4;
    char *words = memory_new(size, 1);
    snprintf(words, size, is_continued ? "%s (%s)" : "%s", group->text, continued);
    return words;
}

char *table_title_words(const struct table_block *block, const struct pen *pen, bool is_continued)
{
    char continued[160];
    words_pair(WORD_CONTINUED, pen_languages(pen), continued);
    size_t size = strlen(block->title) + strlen(continued) + 4;
    char *words = memory_new(size, 1);
    snprintf(words, size, is_continued ? "%s, %s" : "%s", block->title, continued);
    return words;
}

static void paint_rule(const struct pen *pen, struct bbox row, double width_mm, struct colour colour)
{
    struct point from = {row.min_x, row.max_y};
    struct point to = {row.max_x, row.max_y};
    pen_stroke(pen, from, to, width_mm * pen->unit, colour);
}

static void paint_titles(const struct table_block *block, const struct pen *pen, struct bbox row)
{
    pen_tag_begin(pen, PAGE_TAG_ROW, NULL);
    for (size_t i = 0; i < block->column_count; i++) {
        const struct table_column_kept *column = &block->columns[i];
        pen_tag_begin(pen, PAGE_TAG_HEADER_CELL, NULL);
        if (column->title[0]) {
            double height = pen_measure(pen, PEN_LABEL, column->title, column->width_mm).height_mm;
            double left = row.min_x + column->left_mm;
            double bottom = row.max_y - TABLE_PADDING_MM * pen->unit;
            pen_text(pen, PEN_LABEL, column->align, column->title,
                     (struct bbox){left, bottom - height, left + column->width_mm, bottom});
        }
        pen_tag_end(pen);
    }
    pen_tag_end(pen);
    paint_rule(pen, row, HEAVY_RULE_MM, pen_ink);
}

static void paint_group(const struct pen *pen, const struct table_row *group, struct bbox row,
                        bool is_continued)
{
    row.min_y += TABLE_GROUP_ABOVE_MM * pen->unit;
    pen_fill(pen, row, group_colour);
    char *words = table_group_words(group, pen, is_continued);
    pen_tag_begin(pen, PAGE_TAG_ROW, NULL);
    pen_tag_begin(pen, PAGE_TAG_HEADER_CELL, NULL);
    double indent = TABLE_GROUP_INDENT_MM * pen->unit;
    struct bbox inner = {row.min_x + indent, row.min_y + TABLE_PADDING_MM * pen->unit, row.max_x - indent,
                         row.max_y};
    pen_text(pen, PEN_GROUP, TEXT_LEFT, words, inner);
    pen_tag_end(pen);
    pen_tag_end(pen);
    free(words);
}

static void paint_note(const struct pen *pen, const struct table_row *note, struct bbox row)
{
    row.min_y += TABLE_PADDING_MM * pen->unit;
    pen_tag_begin(pen, PAGE_TAG_ROW, NULL);
    pen_tag_begin(pen, PAGE_TAG_CELL, NULL);
    pen_text(pen, PEN_LABEL, TEXT_LEFT, note->text, row);
    pen_tag_end(pen);
    pen_tag_end(pen);
}

/* Where something that high begins in its cell: in the middle. What a row of more boxes says goes from the
 * top.
 */
static double top_of(const struct table_row *row, struct bbox inner, double height_mm)
{
    double spare = fmax(bbox_height(inner) - height_mm, 0);
    return inner.min_y + (row->is_tail || row->goes_on ? 0 : spare / 2);
}

static bool paint_symbol(const struct table_block *block, const struct pen *pen, const struct table_row *row,
                         const struct table_cell_kept *cell, struct bbox inner, struct fault *fault)
{
    struct symbol_picture *picture = table_symbol(block, cell, pen->unit, fault);
    if (!picture) {
        return false;
    }
    struct bbox ink = symbol_picture_ink(picture);
    struct pen_size size = table_symbol_size(block, cell, pen->unit);
    double left = inner.min_x;
    if (!cell->text) { /* alone in its cell: in the middle, so that symbols of all widths stand in line */
        left += (bbox_width(inner) - size.width_mm) / 2;
    }
    struct point corner = {left / SCALE_PIXEL_MM, top_of(row, inner, size.height_mm) / SCALE_PIXEL_MM};
    canvas_symbol(pen->canvas, picture, (struct point){corner.x - ink.min_x, corner.y - ink.min_y});
    return true;
}

static void paint_text(const struct table_block *block, const struct pen *pen, const struct table_row *row,
                       struct bbox inner, size_t column)
{
    const struct table_cell_kept *cell = &row->cells[column];
    enum pen_style style = table_cell_style(cell);
    double indent = table_text_indent(block, cell, pen->unit);
    double width = fmax(block->columns[column].width_mm - indent, 0.5);
    double height = pen_measure(pen, style, cell->text, width).height_mm;
    inner.min_x += indent;
    inner.max_x = inner.min_x + width;
    inner.min_y = top_of(row, inner, height);
    pen_text(pen, style, block->columns[column].align, cell->text, inner);
}

static bool paint_cell(const struct table_block *block, const struct pen *pen, const struct table_row *row,
                       struct bbox inner, size_t column, struct fault *fault)
{
    const struct table_cell_kept *cell = &row->cells[column];
    pen_tag_begin(pen, PAGE_TAG_CELL, NULL);
    bool is_painted = !cell->has_symbol || paint_symbol(block, pen, row, cell, inner, fault);
    if (cell->text) {
        paint_text(block, pen, row, inner, column);
    }
    pen_tag_end(pen);
    return is_painted;
}

static bool paint_cells(const struct table_block *block, const struct pen *pen, const struct table_row *row,
                        struct bbox box, struct fault *fault)
{
    bool is_painted = true;
    pen_tag_begin(pen, PAGE_TAG_ROW, NULL);
    for (size_t i = 0; i < block->column_count && is_painted; i++) {
        double left = box.min_x + block->columns[i].left_mm;
        struct bbox inner = {left, box.min_y + TABLE_PADDING_MM * pen->unit,
                             left + block->columns[i].width_mm, box.max_y - TABLE_PADDING_MM * pen->unit};
        is_painted = paint_cell(block, pen, row, inner, i, fault);
    }
    pen_tag_end(pen);
    return is_painted;
}

static bool paint_row(const struct table_block *block, const struct pen *pen, size_t index, struct bbox box,
                      struct fault *fault)
{
    const struct table_row *row = &block->rows[index];
    if (row->kind == TABLE_GROUP) {
        paint_group(pen, row, box, false);
        return true;
    }
    if (row->kind == TABLE_NOTE) {
        paint_note(pen, row, box);
        return true;
    }
    if (!row->goes_on) {
        paint_rule(pen, box, RULE_MM, pen_rule);
    }
    return paint_cells(block, pen, row, box, fault);
}

/* A box that begins at y and is as high as that. */
static struct bbox band(struct bbox box_mm, double y, double height_mm)
{
    return (struct bbox){box_mm.min_x, y, box_mm.max_x, y + height_mm};
}

/* Returns where the first row begins; the table is open for those who listen. */
static double paint_headings(const struct table_block *block, const struct pen *pen, size_t first,
                             struct bbox box_mm)
{
    double y = box_mm.min_y;
    if (block->heading_mm > 0) {
        char *words = table_title_words(block, pen, first > 0);
        pen_text(pen, PEN_HEADING, TEXT_LEFT, words, band(box_mm, y, block->heading_mm));
        free(words);
        y += block->heading_mm;
    }
    pen_tag_begin(pen, PAGE_TAG_TABLE, NULL);
    if (block->titles_mm > 0) {
        paint_titles(block, pen, band(box_mm, y, block->titles_mm));
        y += block->titles_mm;
    }
    if (table_repeats_group(block, first)) {
        const struct table_row *group = &block->rows[block->rows[first].group];
        paint_group(pen, group, band(box_mm, y, group->height_mm), true);
        y += group->height_mm;
    }
    return y;
}

bool table_block_paint_column(const struct table_block *block, const struct pen *pen, size_t first,
                              struct bbox box_mm, struct fault *fault)
{
    assert(block->unit == pen->unit);
    box_mm.max_x = box_mm.min_x + block->width_mm;
    size_t count = table_block_column_fit(block, first, bbox_height(box_mm));
    double y = paint_headings(block, pen, first, box_mm);
    bool is_painted = true;
    for (size_t i = first; i < first + count && is_painted; i++) {
        double height = block->rows[i].height_mm;
        is_painted = paint_row(block, pen, i, band(box_mm, y, height), fault);
        y += height;
    }
    pen_tag_end(pen);
    return is_painted;
}
