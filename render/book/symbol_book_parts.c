/*
 * symbol_book_parts.c - every shape, owner, status, trust, size and palette, each on an entry of the first
 * set.
 */
#include <stdio.h>

#include "render/book/symbol_book_internal.h"
#include "render/print/words.h"
#include "symbology/symbol_words.h"

#define CELL_HEIGHT_MM 23.0
#define CELL_SCALE 1.15

/* A box or a vehicle where there is one: their colour is that of the owner. */
static bool is_plain_of_owner(const struct symbol_entry *entry, int owner)
{
    bool is_plain = entry->kind == KIND_UNIT || entry->kind == KIND_OBJECT || entry->kind == KIND_MEASURE;
    return entry->geometry == GEOMETRY_POINT && (int)entry->owner == owner && is_plain;
}

static bool is_of_owner(const struct symbol_entry *entry, int owner)
{
    bool has_own_colour = entry->kind == KIND_INCIDENT || entry->kind == KIND_HAZARD ||
                          entry->kind == KIND_NOTE || entry->kind == KIND_PLATE;
    return entry->geometry == GEOMETRY_POINT && (int)entry->owner == owner && !has_own_colour;
}

/** A row of cells, each a symbol with a word below. */
struct gallery {
    struct book *book;
    double top_mm; /* of the current row */
    int columns;
    int column;
};

static struct gallery gallery_begin(struct book *book, enum book_word title, double top_mm, int columns)
{
    double height = book_word_heading(book, title, top_mm);
    return (struct gallery){.book = book, .top_mm = top_mm + height + 1, .columns = columns};
}

/* The box of the next cell. */
static struct bbox next_cell(struct gallery *gallery)
{
    if (gallery->column == gallery->columns) {
        gallery->column = 0;
        gallery->top_mm += CELL_HEIGHT_MM;
    }
    double width = BOOK_TEXT_WIDTH_MM / gallery->columns;
    double left = BOOK_MARGIN_MM + gallery->column++ * width;
    return (struct bbox){left, gallery->top_mm, left + width, gallery->top_mm + CELL_HEIGHT_MM};
}

static double gallery_end(const struct gallery *gallery)
{
    return gallery->top_mm + CELL_HEIGHT_MM + 1.5;
}

/* Titles of a cell: in the first language of the book and in its second. */
static bool paint_cell(struct gallery *gallery, struct book_picture picture, const char *title,
                       const char *second, struct fault *fault)
{
    const struct book *book = gallery->book;
    struct bbox cell = next_cell(gallery);
    struct bbox words = {cell.min_x + 0.5, cell.max_y - 6, cell.max_x - 0.5, cell.max_y - 0.5};
    book_pair(book, book_type(7.4, false, pen_ink), TEXT_CENTRE, title, second, words);
    if (picture.entry->geometry == GEOMETRY_POINT) {
        struct point middle = {(cell.min_x + cell.max_x) / 2, cell.min_y + 8};
        return book_paint_symbol(gallery->book, &picture, middle, fault);
    }
    struct bbox swatch = {cell.min_x + 1.5, cell.min_y + 2, cell.max_x - 1.5, cell.min_y + 14};
    return book_paint_swatch(gallery->book, &picture, swatch, fault);
}

static struct book_picture plain_picture(const struct book *book, const struct symbol_entry *entry,
                                         const struct symbol_code *code)
{
    return (struct book_picture){entry, code, DETAIL_FULL, book->order->palette, CELL_SCALE};
}

static bool paint_kinds(struct book *book, double *y, struct fault *fault)
{
    struct gallery gallery = gallery_begin(book, BOOK_KINDS, *y, 6);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct symbol_entry *entry = book_find_entry(book, book_is_of_kind, kind);
        if (!entry) {
            continue;
        }
        struct symbol_code code = book_code(book_first_set(book), entry);
        const char *title = symbol_kind_title((enum symbol_kind)kind, book->pen.language);
        const char *second = symbol_kind_title((enum symbol_kind)kind, book_second(book));
        if (!paint_cell(&gallery, plain_picture(book, entry, &code), title, second, fault)) {
            return false;
        }
    }
    *y = gallery_end(&gallery);
    return true;
}

static bool paint_owners(struct book *book, double *y, struct fault *fault)
{
    struct gallery gallery = gallery_begin(book, BOOK_OWNERS, *y, 6);
    for (int owner = 0; owner < OWNER_COUNT; owner++) {
        const struct symbol_entry *entry = book_find_entry(book, is_plain_of_owner, owner);
        entry = entry ? entry : book_find_entry(book, is_of_owner, owner);
        if (!entry) {
            continue;
        }
        struct symbol_code code = book_code(book_first_set(book), entry);
        const char *title = symbol_owner_title((enum symbol_owner)owner, book->pen.language);
        const char *second = symbol_owner_title((enum symbol_owner)owner, book_second(book));
        if (!paint_cell(&gallery, plain_picture(book, entry, &code), title, second, fault)) {
            return false;
        }
    }
    *y = gallery_end(&gallery);
    return true;
}

/* On one entry, those that it accepts. */
static bool paint_statuses(struct gallery *gallery, const struct symbol_entry *entry, enum symbol_status last,
                           struct fault *fault)
{
    struct book *book = gallery->book;
    struct symbol_code code = book_code(book_first_set(book), entry);
    for (int i = 0; i <= (int)last; i++) {
        code.status = (enum symbol_status)i;
        const char *title = symbol_status_title(code.status, book->pen.language);
        const char *second = symbol_status_title(code.status, book_second(book));
        if (symbol_accepts(entry, &code, NULL) &&
            !paint_cell(gallery, plain_picture(book, entry, &code), title, second, fault)) {
            return false;
        }
    }
    return true;
}

static bool paint_point_statuses(struct book *book, double *y, struct fault *fault)
{
    struct gallery gallery = gallery_begin(book, BOOK_STATUSES, *y, STATUS_COUNT);
    bool is_painted = paint_statuses(&gallery, book_example(book), STATUS_FULL, fault);
    *y = gallery_end(&gallery);
    return is_painted;
}

static bool paint_shape_statuses(struct book *book, double *y, struct fault *fault)
{
    const struct symbol_entry *line = book_find_entry(book, book_is_of_geometry, GEOMETRY_LINE);
    const struct symbol_entry *area = book_find_entry(book, book_is_of_geometry, GEOMETRY_AREA);
    if (!line && !area) {
        return true;
    }
    struct gallery gallery = gallery_begin(book, BOOK_LINES_AND_AREAS, *y, 8);
    bool is_painted = (!line || paint_statuses(&gallery, line, STATUS_UNKNOWN, fault)) &&
                      (!area || paint_statuses(&gallery, area, STATUS_UNKNOWN, fault));
    *y = gallery_end(&gallery);
    return is_painted;
}

/* Three of trust at the left, three sizes at the right. */
static bool paint_trusts_and_details(struct book *book, double *y, struct fault *fault)
{
    static const enum word sizes[] = {
        [DETAIL_FULL] = WORD_FULL, [DETAIL_SMALL] = WORD_SMALL, [DETAIL_DOT] = WORD_DOT};
    const struct symbol_entry *entry = book_example(book);
    struct symbol_code code = book_code(book_first_set(book), entry);
    enum language language = book->pen.language;
    struct gallery gallery = gallery_begin(book, BOOK_TRUSTS, *y, 6);
    struct bbox right = {BOOK_WIDTH_MM / 2, *y, BOOK_WIDTH_MM - BOOK_MARGIN_MM, *y + 6.5};
    book_title(book, book_words(BOOK_DETAILS, language), book_words(BOOK_DETAILS, book_second(book)), right);
    bool is_painted = true;
    for (int i = 0; i < TRUST_COUNT && is_painted; i++) {
        code.trust = (enum symbol_trust)i;
        is_painted =
            paint_cell(&gallery, plain_picture(book, entry, &code), symbol_trust_title(code.trust, language),
                       symbol_trust_title(code.trust, book_second(book)), fault);
    }
    code.trust = TRUST_REPORTED;
    for (int i = DETAIL_FULL; i <= DETAIL_DOT && is_painted; i++) {
        struct book_picture picture = plain_picture(book, entry, &code);
        picture.detail = (enum symbol_detail)i;
        is_painted = paint_cell(&gallery, picture, words_text(sizes[i], language),
                                words_text(sizes[i], book_second(book)), fault);
    }
    *y = gallery_end(&gallery);
    return is_painted;
}

static bool paint_palettes(struct book *book, double *y, struct fault *fault)
{
    const struct symbol_entry *entry = book_example(book);
    struct symbol_code code = book_code(book_first_set(book), entry);
    struct gallery gallery = gallery_begin(book, BOOK_PALETTES, *y, PALETTE_COUNT);
    bool is_painted = true;
    for (int i = 0; i < PALETTE_COUNT && is_painted; i++) {
        struct book_picture picture = plain_picture(book, entry, &code);
        picture.palette = (enum palette)i;
        is_painted = paint_cell(&gallery, picture, palette_title(picture.palette, book->pen.language),
                                palette_title(picture.palette, book_second(book)), fault);
    }
    *y = gallery_end(&gallery);
    return is_painted;
}

bool book_paint_parts(struct book *book, struct fault *fault)
{
    double y = BOOK_TOP_MM - 8;
    if (!book_example(book)) {
        return paint_shape_statuses(book, &y, fault);
    }
    return paint_kinds(book, &y, fault) && paint_owners(book, &y, fault) &&
           paint_point_statuses(book, &y, fault) && paint_trusts_and_details(book, &y, fault) &&
           paint_palettes(book, &y, fault) && paint_shape_statuses(book, &y, fault);
}
