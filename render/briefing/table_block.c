/*
 * table_block.c - rows come in, and are dealt out over boxes. What they take is measured by table_set.c for
 * one width; after that all is adding up.
 */
#include "render/briefing/table_block.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/briefing/table_internal.h"
#include "symbology/symbol_set.h"

#define LINE_MOST 60 /* explicit lines of a cell: text.h cuts what has more */

struct table_block *table_block_new(struct renderer *renderer, struct table_look look, const char *title,
                                    const struct table_column *columns, size_t column_count)
{
    assert(column_count > 0);
    struct table_block *block = memory_new(1, sizeof *block);
    *block = (struct table_block){.renderer = renderer,
                                  .look = look,
                                  .title = memory_copy_text(title),
                                  .columns = memory_new(column_count, sizeof *block->columns),
                                  .column_count = column_count,
                                  .group = SIZE_MAX};
    for (size_t i = 0; i < column_count; i++) {
        block->columns[i] = (struct table_column_kept){.title = memory_copy_text(columns[i].title),
                                                       .weight = columns[i].weight,
                                                       .align = columns[i].align};
    }
    return block;
}

static void finish_row(const struct table_block *block, struct table_row *row)
{
    for (size_t i = 0; row->cells && i < block->column_count; i++) {
        free(row->cells[i].text);
    }
    free(row->cells);
    free(row->text);
}

void table_block_free(struct table_block *block)
{
    if (!block) {
        return;
    }
    for (size_t i = 0; i < block->row_count; i++) {
        finish_row(block, &block->rows[i]);
    }
    for (size_t i = 0; i < block->column_count; i++) {
        free(block->columns[i].title);
    }
    free(block->rows);
    free(block->columns);
    free(block->title);
    free(block);
}

struct table_row *table_insert_row(struct table_block *block, size_t index)
{
    if (block->row_count == block->row_capacity) {
        block->row_capacity = 2 * block->row_capacity + 16;
        block->rows = memory_resize(block->rows, block->row_capacity, sizeof *block->rows);
    }
    struct table_row *row = &block->rows[index];
    memmove(row + 1, row, (block->row_count - index) * sizeof *row);
    block->row_count++;
    *row = (struct table_row){.group = SIZE_MAX};
    for (size_t i = index + 1; i < block->row_count; i++) {
        bool is_behind = block->rows[i].group != SIZE_MAX && block->rows[i].group >= index;
        block->rows[i].group += is_behind ? 1 : 0;
    }
    return row;
}

static struct table_row *add_row(struct table_block *block, enum table_row_kind kind)
{
    struct table_row *row = table_insert_row(block, block->row_count);
    row->kind = kind;
    row->group = block->group;
    block->unit = 0;
    return row;
}

/* A copy without blanks around it, in which no line is lost: too many of them are run together. */
static char *copy_lines(const char *text)
{
    text += strspn(text, " \n");
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n')) {
        length--;
    }
    char *copy = memory_copy_bytes(text, length);
    size_t breaks = 0;
    for (const char *at = copy; *at; at++) {
        breaks += *at == '\n';
    }
    for (char *at = copy; breaks >= LINE_MOST && *at; at++) {
        *at = *at == '\n' ? ' ' : *at;
    }
    return copy;
}

/* Names and numbers stand in columns of their own; a plate shows its number inside. */
static struct symbol_code bare_code(const struct symbol_entry *entry, const struct symbol_code *code)
{
    struct symbol_code bare = *code;
    bool is_plate = entry && entry->geometry == GEOMETRY_POINT && entry->kind == KIND_PLATE;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bare.texts[slot] = is_plate && slot == SLOT_HAZARD ? bare.texts[slot] : NULL;
    }
    return bare;
}

void table_block_add_row(struct table_block *block, const struct table_cell *cells)
{
    struct table_row *row = add_row(block, TABLE_CELLS);
    row->cells = memory_new(block->column_count, sizeof *row->cells);
    for (size_t i = 0; i < block->column_count; i++) {
        struct table_cell_kept *kept = &row->cells[i];
        bool has_text = cells[i].text && cells[i].text[0];
        kept->text = has_text ? copy_lines(cells[i].text) : NULL;
        kept->is_strong = cells[i].is_strong;
        kept->has_symbol = cells[i].code != NULL;
        if (kept->has_symbol) {
            kept->entry = cells[i].entry;
            kept->code = bare_code(cells[i].entry, cells[i].code);
        }
    }
}

void table_block_add_group(struct table_block *block, const char *title)
{
    block->group = SIZE_MAX;
    struct table_row *row = add_row(block, TABLE_GROUP);
    row->text = copy_lines(title);
    block->group = block->row_count - 1;
}

void table_block_add_note(struct table_block *block, const char *text)
{
    block->group = SIZE_MAX;
    struct table_row *row = add_row(block, TABLE_NOTE);
    row->text = copy_lines(text);
}

size_t table_block_count(const struct table_block *block)
{
    return block->row_count;
}

bool table_repeats_group(const struct table_block *block, size_t first)
{
    return first < block->row_count && block->rows[first].group != SIZE_MAX;
}

double table_heading_mm(const struct table_block *block, size_t first)
{
    double group = table_repeats_group(block, first) ? block->rows[block->rows[first].group].height_mm : 0;
    return block->heading_mm + block->titles_mm + group;
}

/* A group's name stays with the row that follows. */
static double least_height(const struct table_block *block, size_t index)
{
    const struct table_row *row = &block->rows[index];
    bool has_next = row->kind == TABLE_GROUP && index + 1 < block->row_count;
    return row->height_mm + (has_next ? row[1].height_mm : 0);
}

size_t table_block_column_fit(const struct table_block *block, size_t first, double height_mm)
{
    assert(block->unit > 0);
    const double slack_mm = 1e-6; /* a height that was measured is enough for what it was measured of */
    double used = table_heading_mm(block, first);
    size_t count = 0;
    while (first + count < block->row_count &&
           used + least_height(block, first + count) <= height_mm + slack_mm) {
        used += block->rows[first + count].height_mm;
        count++;
    }
    return count;
}

double table_block_column_height_mm(const struct table_block *block, size_t first, size_t count)
{
    assert(block->unit > 0 && first + count <= block->row_count);
    double height = table_heading_mm(block, first);
    for (size_t i = first; i < first + count; i++) {
        height += block->rows[i].height_mm;
    }
    return height;
}

double table_block_height_mm(const struct table_block *block)
{
    return block->row_count > 0 ? table_block_column_height_mm(block, 0, block->row_count) : 0;
}
