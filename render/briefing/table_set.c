/*
 * table_set.c - sets a table for a width: how wide each column is, how high each row, which rows are broken.
 *
 * Each column first gets what its longest word, symbol or title needs; what is left of the width goes to the
 * columns whose texts would still be wrapped, by their weight, and when none would, to all. Only where not
 * even the words fit are all columns narrowed alike, and words broken.
 */
#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/briefing/table_internal.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"

#define WORD_MOST_MM 34.0    /* a longer word is broken rather than that its column is as wide; on A4 */
#define NATURAL_MOST_MM 90.0 /* longer texts are wrapped; on A4 */
#define LINE_CHARACTERS 240  /* text.h cuts longer lines, so they are not measured unwrapped */
#define PIECE_BYTES 3000     /* and longer texts, so they are broken into several rows */
#define SYMBOL_MOST 0.62     /* scale of symbols, on A4: 5.5 mm high */
#define SWATCH_WIDTH_MM 11.0
#define SWATCH_HEIGHT_MM 4.6
#define SYMBOL_GAP_MM 1.2 /* to the text in the same cell */

/* What a column asks for, mm. */
struct wish {
    double least;   /* no word broken */
    double natural; /* nothing wrapped */
};

enum pen_style table_cell_style(const struct table_cell_kept *cell)
{
    return cell->is_strong ? PEN_GROUP : PEN_BODY;
}

static bool is_swatch(const struct table_cell_kept *cell)
{
    return cell->entry && cell->entry->geometry != GEOMETRY_POINT;
}

struct symbol_picture *table_symbol(const struct table_block *block, const struct table_cell_kept *cell,
                                    double unit, struct fault *fault)
{
    struct symbol_cache *cache = renderer_symbol_cache(block->renderer);
    double scale = fmin(block->look.symbol_scale, SYMBOL_MOST * unit);
    if (!is_swatch(cell)) {
        return symbol_cache_get(cache, cell->entry, &cell->code, DETAIL_FULL, block->look.palette, scale,
                                fault);
    }
    return symbol_cache_get_swatch(cache, cell->entry, &cell->code, block->look.palette,
                                   SWATCH_WIDTH_MM * unit / SCALE_PIXEL_MM,
                                   SWATCH_HEIGHT_MM * unit / SCALE_PIXEL_MM, fault);
}

struct pen_size table_symbol_size(const struct table_block *block, const struct table_cell_kept *cell,
                                  double unit)
{
    if (!cell->has_symbol) {
        return (struct pen_size){0, 0};
    }
    const struct symbol_picture *picture = table_symbol(block, cell, unit, NULL);
    struct bbox ink = picture ? symbol_picture_ink(picture) : (struct bbox){0, 0, 0, 0};
    return (struct pen_size){bbox_width(ink) * SCALE_PIXEL_MM, bbox_height(ink) * SCALE_PIXEL_MM};
}

double table_text_indent(const struct table_block *block, const struct table_cell_kept *cell, double unit)
{
    return cell->has_symbol ? table_symbol_size(block, cell, unit).width_mm + SYMBOL_GAP_MM * unit : 0;
}

/* ---- columns ---- */

/* How long the word is that a text begins with: lines may be broken at blanks, and behind hyphens and slashes
 * that no digit follows (a date, a plate). */
static size_t word_length(const char *text)
{
    size_t length = strcspn(text, " \n-/");
    while (text[length] && text[length] != ' ' && text[length] != '\n') {
        length++;
        if (!isdigit((unsigned char)text[length])) {
            return length;
        }
        length += strcspn(text + length, " \n-/");
    }
    return length;
}

static double widest_word(const struct pen *pen, enum pen_style style, const char *text)
{
    double widest = 0;
    char word[128];
    while (*text) {
        size_t end = word_length(text);
        if (end >= sizeof word) {
            return WORD_MOST_MM * pen->unit;
        }
        memcpy(word, text, end);
        word[end] = '\0';
        widest = fmax(widest, pen_measure(pen, style, word, 0).width_mm);
        text += end + (text[end] == ' ' || text[end] == '\n');
    }
    return fmin(widest, WORD_MOST_MM * pen->unit);
}

/* A hair more than measured, so that wrapping to that very width breaks nothing. */
static double with_hair(double width_mm)
{
    return width_mm + 0.05;
}

static void wish_for_text(const struct pen *pen, enum pen_style style, const char *text, double indent_mm,
                          struct wish *wish)
{
    double most = NATURAL_MOST_MM * pen->unit;
    if (indent_mm + wish->least < most) {
        wish->least = fmax(wish->least, with_hair(indent_mm + widest_word(pen, style, text)));
    }
    bool is_long = strlen(text) > LINE_CHARACTERS;
    double natural = is_long ? most : fmin(pen_measure(pen, style, text, 0).width_mm, most);
    wish->natural = fmax(wish->natural, with_hair(indent_mm + natural));
}

static void wish_for_cell(const struct table_block *block, const struct pen *pen,
                          const struct table_cell_kept *cell, struct wish *wish)
{
    double symbol = table_symbol_size(block, cell, pen->unit).width_mm;
    wish->least = fmax(wish->least, symbol);
    if (cell->text) {
        double indent = table_text_indent(block, cell, pen->unit);
        wish_for_text(pen, table_cell_style(cell), cell->text, indent, wish);
    }
}

/* Owned by the caller: one for each column. */
static struct wish *wishes_of(const struct table_block *block, const struct pen *pen)
{
    struct wish *wishes = memory_new(block->column_count, sizeof *wishes);
    for (size_t column = 0; column < block->column_count; column++) {
        struct wish *wish = &wishes[column];
        wish_for_text(pen, PEN_LABEL, block->columns[column].title, 0, wish);
        for (size_t i = 0; i < block->row_count; i++) {
            if (block->rows[i].kind == TABLE_CELLS) {
                wish_for_cell(block, pen, &block->rows[i].cells[column], wish);
            }
        }
        wish->natural = fmax(wish->natural, wish->least);
    }
    return wishes;
}

static double gaps_mm(const struct table_block *block, double unit)
{
    return (double)(block->column_count - 1) * TABLE_GAP_MM * unit;
}

double table_block_least_width_mm(struct table_block *block, const struct pen *pen)
{
    struct wish *wishes = wishes_of(block, pen);
    double width = gaps_mm(block, pen->unit);
    for (size_t i = 0; i < block->column_count; i++) {
        width += wishes[i].least;
    }
    free(wishes);
    return width;
}

static double total_weight(const struct table_block *block, const struct wish *wishes, bool wants_only)
{
    double total = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        bool wants = block->columns[i].width_mm < wishes[i].natural;
        total += wants || !wants_only ? block->columns[i].weight : 0;
    }
    return total;
}

/* One round: each column that wants more gets its share, at most what it wants. What is left over comes
 * back. */
static double share_out(struct table_block *block, const struct wish *wishes, double spare)
{
    double total = total_weight(block, wishes, true);
    double left = spare;
    for (size_t i = 0; i < block->column_count && total > 0; i++) {
        struct table_column_kept *column = &block->columns[i];
        double wanted = fmax(wishes[i].natural - column->width_mm, 0);
        double given = wanted > 0 ? fmin(wanted, spare * column->weight / total) : 0;
        column->width_mm += given;
        left -= given;
    }
    return left;
}

static void spread(struct table_block *block, const struct wish *wishes, double spare)
{
    double total = total_weight(block, wishes, false);
    for (size_t i = 0; i < block->column_count && total > 0; i++) {
        block->columns[i].width_mm += spare * block->columns[i].weight / total;
    }
}

static void set_columns(struct table_block *block, const struct pen *pen, double width_mm)
{
    struct wish *wishes = wishes_of(block, pen);
    double room = width_mm - gaps_mm(block, pen->unit);
    double least = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        least += wishes[i].least;
    }
    double part = least > room ? fmax(room, 1) / least : 1;
    double spare = fmax(room - least, 0);
    for (size_t i = 0; i < block->column_count; i++) {
        block->columns[i].width_mm = wishes[i].least * part;
    }
    for (size_t round = 0; round < block->column_count && spare > 1e-3; round++) {
        spare = share_out(block, wishes, spare);
    }
    spread(block, wishes, spare);
    double left = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        block->columns[i].left_mm = left;
        left += block->columns[i].width_mm + TABLE_GAP_MM * pen->unit;
    }
    free(wishes);
}

/* ---- rows ---- */

static double text_width(const struct table_block *block, const struct table_cell_kept *cell, size_t column,
                         double unit)
{
    return fmax(block->columns[column].width_mm - table_text_indent(block, cell, unit), 0.5);
}

/* A group has room for being named again, which takes more words. */
static double spanning_height(const struct table_block *block, const struct pen *pen,
                              const struct table_row *row)
{
    bool is_group = row->kind == TABLE_GROUP;
    char *words = is_group ? table_group_words(row, pen, true) : memory_copy_text(row->text);
    double text = pen_measure(pen, is_group ? PEN_GROUP : PEN_LABEL, words,
                              block->width_mm - 2 * TABLE_GROUP_INDENT_MM * pen->unit)
                      .height_mm;
    free(words);
    return text + 2 * TABLE_PADDING_MM * pen->unit + (is_group ? TABLE_GROUP_ABOVE_MM * pen->unit : 0);
}

static double row_height(const struct table_block *block, const struct pen *pen, const struct table_row *row)
{
    if (row->kind != TABLE_CELLS) {
        return spanning_height(block, pen, row);
    }
    double highest = pen_line_height(pen, PEN_BODY);
    for (size_t i = 0; i < block->column_count; i++) {
        const struct table_cell_kept *cell = &row->cells[i];
        highest = fmax(highest, table_symbol_size(block, cell, pen->unit).height_mm);
        if (cell->text) {
            double width = text_width(block, cell, i, pen->unit);
            highest = fmax(highest, pen_measure(pen, table_cell_style(cell), cell->text, width).height_mm);
        }
    }
    return highest + 2 * TABLE_PADDING_MM * pen->unit;
}

static bool has_long_text(const struct table_block *block, const struct table_row *row)
{
    for (size_t i = 0; row->kind == TABLE_CELLS && i < block->column_count; i++) {
        if (row->cells[i].text && strlen(row->cells[i].text) > PIECE_BYTES) {
            return true;
        }
    }
    return false;
}

/* Keeps the beginning of a text that fits; the rest, owned by the caller, or NULL. */
static char *break_text(const struct pen *pen, struct table_cell_kept *cell, double width_mm,
                        double height_mm)
{
    size_t length = strlen(cell->text);
    size_t piece = length;
    if (piece > PIECE_BYTES) {
        piece = PIECE_BYTES;
        while (((unsigned char)cell->text[piece] & 0xC0) == 0x80) {
            piece--;
        }
    }
    char *beginning = memory_copy_bytes(cell->text, piece);
    size_t used = 0;
    char *fitting = pen_fit(pen, table_cell_style(cell), beginning, width_mm, height_mm, &used);
    free(beginning);
    used = used > 0 ? used : piece; /* not even one letter fits: let it stand */
    const char *rest = cell->text + used;
    rest += strspn(rest, " \n");
    char *left = rest[0] ? memory_copy_text(rest) : NULL;
    free(cell->text);
    cell->text = fitting;
    return left;
}

/* The rest of row index becomes the row behind it. False when there is no rest. */
static bool break_row(struct table_block *block, const struct pen *pen, size_t index, double height_mm)
{
    struct table_row *tail = table_insert_row(block, index + 1);
    struct table_row *row = &block->rows[index];
    tail->kind = TABLE_CELLS;
    tail->group = row->group;
    tail->is_tail = true;
    tail->cells = memory_new(block->column_count, sizeof *tail->cells);
    bool has_rest = false;
    for (size_t i = 0; i < block->column_count; i++) {
        struct table_cell_kept *cell = &row->cells[i];
        tail->cells[i].is_strong = cell->is_strong;
        if (cell->text) {
            double inner = height_mm - 2 * TABLE_PADDING_MM * pen->unit;
            double width = text_width(block, cell, i, pen->unit);
            tail->cells[i].text = break_text(pen, cell, width, inner);
            has_rest |= tail->cells[i].text != NULL;
        }
    }
    return has_rest;
}

static void drop_row(struct table_block *block, size_t index)
{
    free(block->rows[index].cells);
    struct table_row *row = &block->rows[index];
    memmove(row, row + 1, (block->row_count - index - 1) * sizeof *row);
    block->row_count--;
    for (size_t i = index; i < block->row_count; i++) {
        bool is_behind = block->rows[i].group != SIZE_MAX && block->rows[i].group > index;
        block->rows[i].group -= is_behind ? 1 : 0;
    }
}

static void set_row(struct table_block *block, const struct pen *pen, size_t index, double most_mm)
{
    double room = fmax(most_mm - table_heading_mm(block, index), 4 * pen_line_height(pen, PEN_BODY));
    double height = row_height(block, pen, &block->rows[index]);
    bool is_breakable = block->rows[index].kind == TABLE_CELLS;
    if (is_breakable && (height > room || has_long_text(block, &block->rows[index]))) {
        bool has_rest = break_row(block, pen, index, room);
        block->rows[index].goes_on = has_rest;
        if (!has_rest) {
            drop_row(block, index + 1);
        }
        height = row_height(block, pen, &block->rows[index]);
    }
    block->rows[index].height_mm = height;
}

static double titles_height(const struct table_block *block, const struct pen *pen)
{
    double highest = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        const struct table_column_kept *column = &block->columns[i];
        if (column->title[0]) {
            highest = fmax(highest, pen_measure(pen, PEN_LABEL, column->title, column->width_mm).height_mm);
        }
    }
    return highest > 0 ? highest + 2 * TABLE_PADDING_MM * pen->unit : 0;
}

void table_block_set_width(struct table_block *block, const struct pen *pen, double width_mm, double most_mm)
{
    assert(width_mm > 0 && pen->unit > 0);
    block->unit = pen->unit;
    block->width_mm = width_mm;
    set_columns(block, pen, width_mm);
    block->titles_mm = titles_height(block, pen);
    char *words = table_title_words(block, pen, true);
    double title = pen_measure(pen, PEN_HEADING, words, width_mm).height_mm + 0.8 * pen->unit;
    block->heading_mm = block->title[0] ? title : 0;
    free(words);
    for (size_t i = 0; i < block->row_count; i++) {
        set_row(block, pen, i, most_mm);
    }
}
