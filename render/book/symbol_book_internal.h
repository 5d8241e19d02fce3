/*
 * symbol_book_internal.h - what the parts of the symbol book share: measures, type, pictures.
 *
 * Everything is planned first, page by page; then it is painted, because contents, index and footers name
 * pages.
 */
#ifndef RENDER_BRIEFING_SYMBOL_BOOK_INTERNAL_H
#define RENDER_BRIEFING_SYMBOL_BOOK_INTERNAL_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "render/print/pen.h"
#include "render/book/symbol_book.h"
#include "render/book/symbol_book_words.h"
#include "symbology/symbol_set.h"

struct crosswalk_scheme; /* symbology/crosswalk.h: another symbol set */

#define BOOK_WIDTH_MM 210.0
#define BOOK_HEIGHT_MM 297.0
#define BOOK_MARGIN_MM 14.0
#define BOOK_TEXT_WIDTH_MM (BOOK_WIDTH_MM - 2 * BOOK_MARGIN_MM)
#define BOOK_TOP_MM 22.0     /* of the text, below the running head */
#define BOOK_BOTTOM_MM 281.0 /* of the text, above the footer */
#define BOOK_FRONT_PAGES 3   /* cover, how to read, parts */

/** Of a table: a heading (entry NULL) or an entry, and where it stands. */
struct book_row {
    const struct symbol_set *set;
    const struct symbol_entry *entry;
    const char *group; /* id; borrowed from the set */
    size_t page;       /* from 0 */
    struct bbox box_mm;
};

struct index_line {
    const char *name; /* borrowed from the entry */
    const char *id;
    char *folded; /* the order; owned */
    size_t page;  /* where the entry stands, from 0 */
};

struct book {
    struct renderer *renderer;
    const struct symbol_book_order *order;
    struct pen pen;
    struct book_row *rows; /* owned */
    size_t row_count;
    size_t table_pages;                              /* behind the front */
    struct index_line *lines[SYMBOL_BOOK_LANGUAGES]; /* owned; by name */
    size_t line_count;                               /* of each */
    size_t index_pages;                              /* of each */
    size_t page_count;
};

/** A size of type of its own, points on paper. */
struct text_look book_type(double size_pt, bool is_bold, struct colour colour);

extern const struct colour book_accent; /* headings and cover */
extern const struct colour book_quiet;  /* what is less important */

/** One line in the middle of a box's height; made narrower by smaller type where it is too long. */
void book_line(const struct book *book, struct text_look look, enum text_align align, const char *text,
               struct bbox box_mm);

/** Another language of the book than its first; the first where it has no other. */
enum language book_second(const struct book *book);

/**
 * A line in the middle of a box's height. In a book of two languages it stands higher, and below it in
 * smaller grey what it is in the second, unless both are the same.
 */
void book_pair(const struct book *book, struct text_look look, enum text_align align, const char *text,
               const char *second, struct bbox box_mm);

/** The same of a fixed word. */
void book_word_pair(const struct book *book, struct text_look look, enum text_align align,
                    enum book_word word, struct bbox box_mm);

/** Paints a text wrapped to a width from a place down; the height it takes, mm. Only measures without canvas.
 */
double book_text(const struct book *book, struct text_look look, const char *text, struct point place_mm,
                 double width_mm);

/** The code of an entry, present. No texts; needs no finish. */
struct symbol_code book_code(const struct symbol_set *set, const struct symbol_entry *entry);

/** How a picture is made. */
struct book_picture {
    const struct symbol_entry *entry;
    const struct symbol_code *code;
    enum symbol_detail detail;
    enum palette palette;
    double scale; /* 1: a frame is 8.96 mm high */
};

/** A point symbol with the middle of its frame on a place, or a line's or area's swatch filling a box. */
bool book_paint_symbol(struct book *book, const struct book_picture *picture, struct point middle_mm,
                       struct fault *fault);
bool book_paint_swatch(struct book *book, const struct book_picture *picture, struct bbox box_mm,
                       struct fault *fault);

/** A heading, and behind it in smaller grey what it is in another language, unless that is the same. */
void book_title(const struct book *book, const char *title, const char *second, struct bbox line_mm);

/** A heading across the page at a height, with a rule below; the height it takes. */
double book_heading(const struct book *book, const char *title, const char *second, double top_mm);
double book_word_heading(const struct book *book, enum book_word word, double top_mm);

/** Entries of a set by geometry. */
size_t book_count(const struct symbol_set *set, enum symbol_geometry geometry);

/** How a scheme is called in the tables: "IMOOV", "DV102". Returns text. */
#define BOOK_SCHEME_BYTES 24
char *book_scheme_name(const struct crosswalk_scheme *scheme, char text[static BOOK_SCHEME_BYTES]);

/** symbol_book_front.c */
bool book_paint_cover(struct book *book, struct fault *fault);

/** symbol_book_example.c: the set whose entries explain, and the first of them that fits; NULL: none does. */
const struct symbol_set *book_first_set(const struct book *book);
const struct symbol_entry *book_find_entry(const struct book *book,
                                           bool (*fits)(const struct symbol_entry *entry, int value),
                                           int value);
bool book_is_of_geometry(const struct symbol_entry *entry, int geometry);
bool book_is_of_kind(const struct symbol_entry *entry, int kind);

/** A site of an organisation where there is one, else any point: it has most of what a symbol can say. */
const struct symbol_entry *book_example(const struct book *book);

/** symbol_book_reading.c */
bool book_paint_reading(struct book *book, struct fault *fault);

/** symbol_book_parts.c */
bool book_paint_parts(struct book *book, struct fault *fault);

/** symbol_book_table.c: plans rows and their pages; paints one page of them. */
void book_plan_tables(struct book *book);
bool book_paint_table(struct book *book, size_t page, struct fault *fault);

/** The page of an entry, from 0. */
size_t book_page_of(const struct book *book, const struct symbol_set *set, const struct symbol_entry *entry);

/** symbol_book_index.c */
void book_plan_index(struct book *book);
void book_paint_index(struct book *book, size_t page);
void book_free_index(struct book *book);

#endif
