/*
 * table_internal.h - what a table is made of, for the files that set and paint it (table_*.c).
 */
#ifndef RENDER_BRIEFING_TABLE_INTERNAL_H
#define RENDER_BRIEFING_TABLE_INTERNAL_H

#include "render/briefing/table_block.h"
#include "symbology/symbol_code.h"

struct symbol_picture;

#define TABLE_GAP_MM 2.4          /* between columns, on A4 */
#define TABLE_PADDING_MM 0.7      /* above and below the cells of a row, on A4 */
#define TABLE_GROUP_ABOVE_MM 1.0  /* white above the name of a group */
#define TABLE_GROUP_INDENT_MM 0.8 /* and at both of its sides */

enum table_row_kind { TABLE_CELLS, TABLE_GROUP, TABLE_NOTE };

struct table_cell_kept {
    char *text; /* owned; NULL: none */
    const struct symbol_entry *entry;
    struct symbol_code code; /* without texts but those that its picture shows, which are borrowed */
    bool has_symbol;
    bool is_strong;
};

struct table_row {
    enum table_row_kind kind;
    struct table_cell_kept *cells; /* owned; of TABLE_CELLS */
    char *text;                    /* owned; of the others */
    bool is_tail;                  /* goes on with the row before it */
    bool goes_on;                  /* in the row behind it */
    size_t group;                  /* which row is its group's; SIZE_MAX: none */
    double height_mm;              /* as it was set */
};

struct table_column_kept {
    char *title; /* owned */
    double weight;
    enum text_align align;
    double left_mm; /* as it was set, from the left of the table */
    double width_mm;
};

struct table_block {
    struct renderer *renderer; /* borrowed */
    struct table_look look;
    char *title; /* owned */
    struct table_column_kept *columns;
    size_t column_count;
    struct table_row *rows;
    size_t row_count;
    size_t row_capacity;
    size_t group; /* of the rows to come */
    double unit;  /* of the pen it was set with; 0: it was not */
    double width_mm;
    double titles_mm;  /* height of the columns' titles, the rule below included */
    double heading_mm; /* of the table's own title */
};

/** Makes room for a row at an index and clears it. Groups of the rows behind it are kept right. */
struct table_row *table_insert_row(struct table_block *block, size_t index);

/** The style of a cell's text. */
enum pen_style table_cell_style(const struct table_cell_kept *cell);

/** "Fire service (continued)", "Features, continued". Owned by the caller. */
char *table_group_words(const struct table_row *group, const struct pen *pen, bool is_continued);
char *table_title_words(const struct table_block *block, const struct pen *pen, bool is_continued);

/** A symbol or swatch in the size it has in this table; borrowed from the cache. NULL: lack of memory. */
struct symbol_picture *table_symbol(const struct table_block *block, const struct table_cell_kept *cell,
                                    double unit, struct fault *fault);

/** Its width and height, mm. */
struct pen_size table_symbol_size(const struct table_block *block, const struct table_cell_kept *cell,
                                  double unit);

/** Where in its cell a text begins: behind the symbol. */
double table_text_indent(const struct table_block *block, const struct table_cell_kept *cell, double unit);

/** What stands above row first when a box begins with it: titles, and the name of a group that goes on. */
double table_heading_mm(const struct table_block *block, size_t first);
bool table_repeats_group(const struct table_block *block, size_t first);

#endif
