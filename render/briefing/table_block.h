/*
 * table_block.h - a table that flows over columns and pages: features, differences, whatever has rows.
 *
 * A row is a run of cells (a text, a symbol drawn by the map's renderer, or both), the title of a group that
 * spans all columns, or a note that does. Texts are wrapped, words longer than their column are broken, and
 * nothing is ever cut. Every part of the table begins with its title and the titles of its columns, and a
 * group that goes on is named again.
 *
 * Use: make it, add rows, set its width, then ask how many rows a box has room for and paint them, from row 0
 * on, box by box.
 */
#ifndef RENDER_BRIEFING_TABLE_BLOCK_H
#define RENDER_BRIEFING_TABLE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/print/pen.h"
#include "symbology/symbol.h"

struct fault;
struct renderer;
struct symbol_code;
struct symbol_entry;
struct table_block;

struct table_column {
    const char *title; /* "": none */
    double weight;     /* share of the width that is left when all have what they need at least; 0: none */
    enum text_align align; /* TEXT_RIGHT: numbers, set so that their digits stand below each other */
};

struct table_cell {
    const char *text;                 /* NULL: none; may have line breaks */
    const struct symbol_entry *entry; /* of the symbol; NULL with a code: letters with a "?" */
    const struct symbol_code *code;   /* NULL: no symbol */
    bool is_strong;                   /* bold */
};

/** How its symbols are drawn. */
struct table_look {
    enum palette palette;
    double symbol_scale; /* against tiles; at most as large as rows of a table bear */
};

/**
 * @param renderer  borrowed; must outlive the block
 * @param title     of the table; copied, as are those of the columns
 * Owned, table_block_free().
 */
struct table_block *table_block_new(struct renderer *renderer, struct table_look look, const char *title,
                                    const struct table_column *columns, size_t column_count);
void table_block_free(struct table_block *block);

/** One cell for each column. Texts are copied; entries and the texts of codes must outlive the block. */
void table_block_add_row(struct table_block *block, const struct table_cell *cells);

/** A heading for the rows that follow, never the last of a box. Copied. */
void table_block_add_group(struct table_block *block, const char *title);

/** A sentence over the whole width, such as how many rows are left out. Copied. */
void table_block_add_note(struct table_block *block, const char *text);

/** Rows, groups and notes. Grows when a width is set for which rows must be broken. */
size_t table_block_count(const struct table_block *block);

/**
 * The width below which words would be broken: with it a page decides how many tables stand side by side.
 * Of long texts (codes, addresses) only so much as a reasonable column has room for counts.
 */
double table_block_least_width_mm(struct table_block *block, const struct pen *pen);

/**
 * Sets the table for a width: to be called before all that follows, and again for another width or pen.
 * @param most_mm  the height of an empty column: rows that are higher with the heading above them are broken
 *                 into several
 */
void table_block_set_width(struct table_block *block, const struct pen *pen, double width_mm, double most_mm);

/** Height of all of it in one column, titles included; 0 when it has no rows. */
double table_block_height_mm(const struct table_block *block);

/** How many rows from first on fit in a height; 0 when not even one does (never in an empty column). */
size_t table_block_column_fit(const struct table_block *block, size_t first, double height_mm);

/** The height that so many rows from first on take, titles included. */
double table_block_column_height_mm(const struct table_block *block, size_t first, size_t count);

/** Paints as many rows from first on as fit, from the top of the box, which is as wide as was set. */
bool table_block_paint_column(const struct table_block *block, const struct pen *pen, size_t first,
                              struct bbox box_mm, struct fault *fault);

#endif
