/*
 * symbol_book_front.c - the cover: title, all points of the first set as a pattern, editions, contents.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/book/symbol_book_internal.h"
#include "symbology/symbol_words.h"

#define BAND_MM 86.0
#define PATTERN_TOP_MM 95.0
#define PATTERN_COLUMNS 13
#define PATTERN_ROWS 9
#define PATTERN_STEP_MM 14.0
#define PATTERN_SCALE 0.92
#define CONTENTS_TOP_MM 228.0
#define CONTENTS_COLUMNS 3
#define CONTENTS_ROWS 9
#define CONTENTS_GAP_MM 8.0
#define CONTENTS_LINE_MM 5.0

static void paint_title(const struct book *book)
{
    static const struct colour pale = {196, 214, 226, 255};
    const struct symbol_book_order *order = book->order;
    pen_fill(&book->pen, (struct bbox){0, 0, BOOK_WIDTH_MM, BAND_MM}, book_accent);
    struct bbox line = {BOOK_MARGIN_MM + 4, 22, BOOK_WIDTH_MM - BOOK_MARGIN_MM, 40};
    book_line(book, book_type(38, true, pen_white), TEXT_LEFT, book_words(BOOK_TITLE, order->languages[0]),
              line);
    if (order->language_count > 1) {
        struct bbox second = {line.min_x, 40, line.max_x, 48};
        book_line(book, book_type(16, false, pale), TEXT_LEFT, book_words(BOOK_TITLE, order->languages[1]),
                  second);
    }
    struct bbox title = {line.min_x, 50, line.max_x, 58};
    book_line(book, book_type(15, true, pen_white), TEXT_LEFT,
              multilingual_text(symbol_set_title(order->sets[0]), order->languages[0]), title);
}

/* "nl@1 · 155 symbols: …", a line for each set, and the palette. */
static void paint_editions(const struct book *book)
{
    static const struct colour pale = {220, 231, 239, 255};
    double y = 60;
    char counts[160];
    char line[320];
    for (size_t i = 0; i < book->order->set_count && y < BAND_MM - 11; i++) {
        const struct symbol_set *set = book->order->sets[i];
        book_words_format(counts, sizeof counts, BOOK_COUNTS, book->pen.language, symbol_set_count(set),
                          book_count(set, GEOMETRY_POINT), book_count(set, GEOMETRY_LINE),
                          book_count(set, GEOMETRY_AREA));
        snprintf(line, sizeof line, "%s@%d   %s", symbol_set_name(set), symbol_set_version(set), counts);
        struct bbox box = {BOOK_MARGIN_MM + 4, y, BOOK_WIDTH_MM - BOOK_MARGIN_MM, y + 5.4};
        book_line(book, book_type(10.5, false, pen_white), TEXT_LEFT, line, box);
        y += 5.6;
    }
    struct bbox box = {BOOK_MARGIN_MM + 4, BAND_MM - 10, BOOK_WIDTH_MM - BOOK_MARGIN_MM, BAND_MM - 5};
    book_words_format(line, sizeof line, BOOK_PALETTE, book->pen.language,
                      palette_title(book->order->palette, book->pen.language));
    book_line(book, book_type(8.5, false, pale), TEXT_LEFT, line, box);
    book_line(book, book_type(8.5, false, pale), TEXT_RIGHT, "Plottafel " PLOTTAFEL_VERSION, box);
}

/* The points of the first set one after the other, as many as there is room for. */
static bool paint_pattern(struct book *book, struct fault *fault)
{
    const struct symbol_set *set = book->order->sets[0];
    size_t shown = 0;
    for (size_t i = 0; i < symbol_set_count(set) && shown < PATTERN_COLUMNS * PATTERN_ROWS; i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry != GEOMETRY_POINT || entry->is_deprecated) {
            continue;
        }
        struct symbol_code code = book_code(set, entry);
        struct book_picture picture = {entry, &code, DETAIL_FULL, book->order->palette, PATTERN_SCALE};
        struct point middle = {BOOK_MARGIN_MM + ((double)(shown % PATTERN_COLUMNS) + 0.5) * PATTERN_STEP_MM,
                               PATTERN_TOP_MM + ((double)(shown / PATTERN_COLUMNS) + 0.5) * PATTERN_STEP_MM};
        if (!book_paint_symbol(book, &picture, middle, fault)) {
            return false;
        }
        shown++;
    }
    return true;
}

/** What the contents are made of: filled column by column. */
struct contents {
    const struct book *book;
    size_t count;
    size_t rows; /* of a column; 0: only counted */
};

static void add_line(struct contents *contents, const char *title, size_t page)
{
    size_t index = contents->count++;
    if (index >= CONTENTS_COLUMNS * contents->rows) {
        return;
    }
    double width = (BOOK_TEXT_WIDTH_MM - (CONTENTS_COLUMNS - 1) * CONTENTS_GAP_MM) / CONTENTS_COLUMNS;
    double left = BOOK_MARGIN_MM + (double)(index / contents->rows) * (width + CONTENTS_GAP_MM);
    double top = CONTENTS_TOP_MM + 10 + (double)(index % contents->rows) * CONTENTS_LINE_MM;
    struct bbox box = {left, top, left + width, top + CONTENTS_LINE_MM};
    char number[24];
    snprintf(number, sizeof number, "%zu", page + 1);
    book_line(contents->book, book_type(8.2, false, pen_ink), TEXT_RIGHT, number, box);
    box.max_x -= 7;
    book_line(contents->book, book_type(8.2, false, pen_ink), TEXT_LEFT, title, box);
}

static void add_groups(struct contents *contents, const struct symbol_set *set)
{
    const struct book *book = contents->book;
    const char *group = "";
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (strcmp(group, entry->group) != 0) {
            group = entry->group;
            add_line(contents, symbol_set_group_title(set, group, book->pen.language),
                     book_page_of(book, set, entry));
        }
    }
}

static void add_sets(struct contents *contents)
{
    const struct book *book = contents->book;
    for (size_t i = 0; i < book->order->set_count; i++) {
        const struct symbol_set *set = book->order->sets[i];
        char title[200];
        snprintf(title, sizeof title, "%s@%d  %s", symbol_set_name(set), symbol_set_version(set),
                 multilingual_text(symbol_set_title(set), book->pen.language));
        if (symbol_set_count(set) > 0) {
            add_line(contents, title, book_page_of(book, set, symbol_set_at(set, 0)));
        }
    }
}

static void add_contents(struct contents *contents, bool by_group)
{
    const struct book *book = contents->book;
    add_line(contents, book_words(BOOK_READING, book->pen.language), 1);
    add_line(contents, book_words(BOOK_PARTS, book->pen.language), 2);
    if (by_group) {
        for (size_t i = 0; i < book->order->set_count; i++) {
            add_groups(contents, book->order->sets[i]);
        }
    } else {
        add_sets(contents);
    }
    add_line(contents, book_words(BOOK_INDEX, book->pen.language), BOOK_FRONT_PAGES + book->table_pages);
}

/* By group where all groups have room, else by set. */
static void paint_contents(const struct book *book)
{
    struct contents counted = {.book = book};
    add_contents(&counted, true);
    bool by_group = counted.count <= CONTENTS_COLUMNS * CONTENTS_ROWS;
    size_t rows = by_group ? (counted.count + CONTENTS_COLUMNS - 1) / CONTENTS_COLUMNS : CONTENTS_ROWS;
    struct contents contents = {.book = book, .rows = rows};
    book_heading(book, book_words(BOOK_CONTENTS, book->pen.language), "", CONTENTS_TOP_MM);
    add_contents(&contents, by_group);
}

bool book_paint_cover(struct book *book, struct fault *fault)
{
    paint_title(book);
    paint_editions(book);
    paint_contents(book);
    return paint_pattern(book, fault);
}
