/*
 * symbol_book_index.c - names in the order of the alphabet, without regard to capitals and accents, in three
 * columns; one index for each language of the book. A page holds as many lines as fit, so the pages are known
 * before anything is painted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/folded_text.h"
#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/book/symbol_book_internal.h"
#include "render/text/text.h"

#define COLUMN_COUNT 3
#define COLUMN_GAP_MM 6.0
#define LINE_MM 4.15
#define HEADING_MM 11.0
#define NUMBER_MM 6.0  /* of the page number */
#define INITIAL_MM 4.0 /* beside the names */

static size_t lines_per_column(void)
{
    return (size_t)((BOOK_BOTTOM_MM - BOOK_TOP_MM - HEADING_MM) / LINE_MM);
}

static size_t lines_per_page(void)
{
    return COLUMN_COUNT * lines_per_column();
}

static int compare_lines(const void *a, const void *b)
{
    const struct index_line *line_a = a;
    const struct index_line *line_b = b;
    int by_name = strcmp(line_a->folded, line_b->folded);
    return by_name != 0 ? by_name : strcmp(line_a->id, line_b->id);
}

static struct index_line *lines_in(const struct book *book, enum language language, size_t *count)
{
    struct index_line *lines = memory_new(book->row_count, sizeof *lines);
    *count = 0;
    for (size_t i = 0; i < book->row_count; i++) {
        const struct book_row *row = &book->rows[i];
        if (row->entry) {
            const char *name = multilingual_text(&row->entry->name, language);
            lines[(*count)++] = (struct index_line){name, row->entry->id,
                                                    text_fold(name + strspn(name, "(\"\'- ")), row->page};
        }
    }
    if (*count > 1) {
        qsort(lines, *count, sizeof *lines, compare_lines);
    }
    return lines;
}

void book_plan_index(struct book *book)
{
    for (size_t i = 0; i < book->order->language_count; i++) {
        book->lines[i] = lines_in(book, book->order->languages[i], &book->line_count);
    }
    book->index_pages = (book->line_count + lines_per_page() - 1) / lines_per_page();
}

void book_free_index(struct book *book)
{
    for (size_t i = 0; i < SYMBOL_BOOK_LANGUAGES; i++) {
        for (size_t k = 0; book->lines[i] && k < book->line_count; k++) {
            free(book->lines[i][k].folded);
        }
        free(book->lines[i]);
    }
}

static double width_of(const struct book *book, struct text_look look, const char *text)
{
    struct text_box box = {0, TEXT_LEFT};
    return text_measure(book->pen.engine, text, &look, box).width_px * SCALE_PIXEL_MM;
}

/* A row of fine dots from the name to the number. */
static void paint_leader(const struct book *book, double from_mm, double to_mm, double y_mm)
{
    for (double x = to_mm; x > from_mm; x -= 1.4) {
        pen_fill(&book->pen, (struct bbox){x - 0.12, y_mm - 0.12, x + 0.12, y_mm + 0.12}, pen_rule);
    }
}

/* The letter with which the names from here on begin. */
static void paint_initial(const struct book *book, const struct index_line *line, struct bbox box)
{
    char initial[2] = {line->folded[0], '\0'};
    if (initial[0] >= 'a' && initial[0] <= 'z') {
        initial[0] = (char)(initial[0] - 'a' + 'A');
        book_line(book, book_type(8, true, book_accent), TEXT_LEFT, initial, box);
    }
}

static void paint_line(const struct book *book, const struct index_line *line, struct bbox box)
{
    box.min_x += INITIAL_MM;
    char number[24];
    struct text_look look = book_type(7, false, pen_ink);
    struct bbox name = {box.min_x, box.min_y, box.max_x - NUMBER_MM, box.max_y};
    snprintf(number, sizeof number, "%zu", line->page + 1);
    book_line(book, look, TEXT_LEFT, line->name, name);
    book_line(book, look, TEXT_RIGHT, number, box);
    paint_leader(book, name.min_x + width_of(book, look, line->name) + 1.4,
                 box.max_x - width_of(book, look, number) - 1.2, box.max_y - 1.35);
}

void book_paint_index(struct book *book, size_t page)
{
    size_t language = page / book->index_pages;
    size_t first = page % book->index_pages * lines_per_page();
    const struct index_line *lines = book->lines[language];
    char heading[64];
    const char *code = language_code(book->order->languages[language]);
    snprintf(heading, sizeof heading, "%s", book_words(BOOK_INDEX, book->pen.language));
    book_heading(book, heading, book->order->language_count > 1 ? code : "", BOOK_TOP_MM - 8);
    double width = (BOOK_TEXT_WIDTH_MM - (COLUMN_COUNT - 1) * COLUMN_GAP_MM) / COLUMN_COUNT;
    size_t left_over = book->line_count - first;
    size_t count = left_over < lines_per_page() ? left_over : lines_per_page();
    size_t rows = (count + COLUMN_COUNT - 1) / COLUMN_COUNT;
    for (size_t i = 0; i < count; i++) {
        const struct index_line *line = &lines[first + i];
        double left = BOOK_MARGIN_MM + (double)(i / rows) * (width + COLUMN_GAP_MM);
        double top = BOOK_TOP_MM + HEADING_MM - 6 + (double)(i % rows) * LINE_MM;
        struct bbox box = {left, top, left + width, top + LINE_MM};
        bool is_first = i % rows == 0 || line->folded[0] != line[-1].folded[0];
        if (is_first) {
            paint_initial(book, line, box);
        }
        paint_line(book, line, box);
    }
}
