/*
 * symbol_book.c - cover, two pages of explanation, tables, index; and the tools that they share.
 */
#include "render/book/symbol_book.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/moment.h"
#include "geo/scale.h"
#include "render/briefing/marginalia.h"
#include "render/book/symbol_book_internal.h"
#include "render/print/words.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol_base.h"

#define PX_PER_POINT (25.4 / 72.0 / SCALE_PIXEL_MM)
#define TYPE_UNIT 1.15   /* of the briefing's type: a book is read from nearer than a map, but all of it */
#define LEAST_TYPE 0.6   /* of its size: what a line that is too long may be set in */
#define SECOND_TYPE 0.86 /* of the first language's size */
#define PAIR_LINE_MM 3.3

const struct colour book_accent = {14, 62, 98, 255};
const struct colour book_quiet = {84, 97, 109, 255};

struct text_look book_type(double size_pt, bool is_bold, struct colour colour)
{
    return (struct text_look){.size_px = size_pt * PX_PER_POINT, .is_bold = is_bold, .colour = colour};
}

void book_line(const struct book *book, struct text_look look, enum text_align align, const char *text,
               struct bbox box_mm)
{
    struct text_box box = {0, TEXT_LEFT};
    double width_px = text_measure(book->pen.engine, text, &look, box).width_px;
    double room_px = bbox_width(box_mm) / SCALE_PIXEL_MM;
    if (width_px > room_px) {
        look.size_px *= fmax(room_px / width_px, LEAST_TYPE);
    }
    pen_look_line(&book->pen, &look, align, text, box_mm);
}

enum language book_second(const struct book *book)
{
    return book->order->languages[book->order->language_count - 1];
}

void book_pair(const struct book *book, struct text_look look, enum text_align align, const char *text,
               const char *second, struct bbox box_mm)
{
    if (book->order->language_count == 1) {
        book_line(book, look, align, text, box_mm);
        return;
    }
    double middle = (box_mm.min_y + box_mm.max_y) / 2;
    struct bbox above = {box_mm.min_x, middle - PAIR_LINE_MM, box_mm.max_x, middle};
    struct bbox below = {box_mm.min_x, middle, box_mm.max_x, middle + PAIR_LINE_MM};
    book_line(book, look, align, text, above);
    if (strcmp(text, second) == 0) {
        return;
    }
    look.size_px *= SECOND_TYPE;
    look.is_bold = false;
    look.colour = book_quiet;
    book_line(book, look, align, second, below);
}

void book_word_pair(const struct book *book, struct text_look look, enum text_align align,
                    enum book_word word, struct bbox box_mm)
{
    book_pair(book, look, align, book_words(word, book->pen.language), book_words(word, book_second(book)),
              box_mm);
}

double book_text(const struct book *book, struct text_look look, const char *text, struct point place_mm,
                 double width_mm)
{
    struct text_box box = {width_mm / SCALE_PIXEL_MM, TEXT_LEFT};
    if (book->pen.canvas) {
        struct point place = {place_mm.x / SCALE_PIXEL_MM, place_mm.y / SCALE_PIXEL_MM};
        canvas_text(book->pen.canvas, text, &look, box, place);
    }
    return text_measure(book->pen.engine, text, &look, box).height_px * SCALE_PIXEL_MM;
}

struct symbol_code book_code(const struct symbol_set *set, const struct symbol_entry *entry)
{
    struct symbol_code code = {.version = symbol_set_version(set)};
    snprintf(code.set, sizeof code.set, "%s", symbol_set_name(set));
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    return code;
}

bool book_paint_symbol(struct book *book, const struct book_picture *picture, struct point middle_mm,
                       struct fault *fault)
{
    struct symbol_picture *drawing =
        symbol_cache_get(renderer_symbol_cache(book->renderer), picture->entry, picture->code,
                         picture->detail, picture->palette, picture->scale, fault);
    if (!drawing) {
        return false;
    }
    double unit_px = picture->scale * SYMBOL_FULL_PX / BASE_HEIGHT;
    struct point anchor =
        picture->detail == DETAIL_FULL ? symbol_base_of(picture->entry->kind)->anchor : (struct point){0, 0};
    struct point place = {middle_mm.x / SCALE_PIXEL_MM + anchor.x * unit_px,
                          middle_mm.y / SCALE_PIXEL_MM + anchor.y * unit_px};
    if (picture->detail != DETAIL_FULL) {
        struct point ink = bbox_centre(symbol_picture_ink(drawing));
        place = (struct point){place.x - ink.x, place.y - ink.y};
    }
    canvas_symbol(book->pen.canvas, drawing, place);
    return true;
}

bool book_paint_swatch(struct book *book, const struct book_picture *picture, struct bbox box_mm,
                       struct fault *fault)
{
    struct symbol_picture *drawing = symbol_cache_get_swatch(
        renderer_symbol_cache(book->renderer), picture->entry, picture->code, picture->palette,
        bbox_width(box_mm) / SCALE_PIXEL_MM, bbox_height(box_mm) / SCALE_PIXEL_MM, fault);
    if (!drawing) {
        return false;
    }
    struct point anchor = symbol_picture_anchor(drawing);
    struct point corner = pen_corner(box_mm);
    canvas_symbol(book->pen.canvas, drawing, (struct point){corner.x + anchor.x, corner.y + anchor.y});
    return true;
}

void book_title(const struct book *book, const char *title, const char *second, struct bbox line_mm)
{
    struct text_look look = book_type(12.5, true, book_accent);
    book_line(book, look, TEXT_LEFT, title, line_mm);
    if (second[0] && strcmp(title, second) != 0) {
        struct text_box box = {0, TEXT_LEFT};
        line_mm.min_x += text_measure(book->pen.engine, title, &look, box).width_px * SCALE_PIXEL_MM + 3;
        line_mm.min_y += 0.7;
        book_line(book, book_type(9, false, book_quiet), TEXT_LEFT, second, line_mm);
    }
}

double book_heading(const struct book *book, const char *title, const char *second, double top_mm)
{
    struct bbox line = {BOOK_MARGIN_MM, top_mm, BOOK_WIDTH_MM - BOOK_MARGIN_MM, top_mm + 6.5};
    book_title(book, title, second, line);
    double rule = top_mm + 7.4;
    pen_stroke(&book->pen, (struct point){BOOK_MARGIN_MM, rule},
               (struct point){BOOK_WIDTH_MM - BOOK_MARGIN_MM, rule}, 0.35, book_accent);
    return 8.6;
}

double book_word_heading(const struct book *book, enum book_word word, double top_mm)
{
    return book_heading(book, book_words(word, book->pen.language), book_words(word, book_second(book)),
                        top_mm);
}

size_t book_count(const struct symbol_set *set, enum symbol_geometry geometry)
{
    size_t count = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        count += symbol_set_at(set, i)->geometry == geometry;
    }
    return count;
}

char *book_scheme_name(const struct crosswalk_scheme *scheme, char text[static BOOK_SCHEME_BYTES])
{
    size_t length = 0;
    for (; scheme->id[length] && length + 1 < BOOK_SCHEME_BYTES; length++) {
        char letter = scheme->id[length];
        text[length] = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    }
    text[length] = '\0';
    return text;
}

/* "nl@1", or "haven@1, nl@1". */
static void write_sets(const struct book *book, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < book->order->set_count && used < size; i++) {
        const struct symbol_set *set = book->order->sets[i];
        used += (size_t)snprintf(text + used, size - used, "%s%s@%d", i ? ", " : "", symbol_set_name(set),
                                 symbol_set_version(set));
    }
}

static void paint_footer(const struct book *book, size_t page)
{
    char sets[160];
    char identity[240];
    write_sets(book, sets, sizeof sets);
    snprintf(identity, sizeof identity, "%s %s · Plottafel " PLOTTAFEL_VERSION,
             book_words(BOOK_TITLE, book->pen.language), sets);
    struct bbox footer = {BOOK_MARGIN_MM, BOOK_HEIGHT_MM - 12, BOOK_WIDTH_MM - BOOK_MARGIN_MM,
                          BOOK_HEIGHT_MM - 8};
    marginalia_paint_footer(&book->pen, footer, identity, page + 1, book->page_count);
}

static bool paint_content(struct book *book, size_t page, struct fault *fault)
{
    size_t tables_end = BOOK_FRONT_PAGES + book->table_pages;
    switch (page) {
    case 0:
        return book_paint_cover(book, fault);
    case 1:
        return book_paint_reading(book, fault);
    case 2:
        return book_paint_parts(book, fault);
    default:
        break;
    }
    if (page < tables_end) {
        return book_paint_table(book, page, fault);
    }
    book_paint_index(book, page - tables_end);
    return true;
}

static bool paint_page(struct book *book, size_t page, struct page_document *document, struct fault *fault)
{
    struct bbox whole = {0, 0, BOOK_WIDTH_MM, BOOK_HEIGHT_MM};
    symbol_cache_trim(renderer_symbol_cache(book->renderer));
    book->pen.canvas = page_canvas(document, whole, (struct point){0, 0}, fault);
    if (!book->pen.canvas) {
        return false;
    }
    bool is_painted = paint_content(book, page, fault);
    if (page > 0) {
        paint_footer(book, page);
    }
    canvas_free(book->pen.canvas);
    book->pen.canvas = NULL;
    return is_painted;
}

static bool paint_pages(struct book *book, struct page_document *document, struct fault *fault)
{
    for (size_t page = 0; page < book->page_count; page++) {
        if (page > 0 && !page_next(document, fault)) {
            return false;
        }
        if (!paint_page(book, page, document, fault)) {
            return false;
        }
    }
    return true;
}

static char *make(struct book *book, size_t *length, struct fault *fault)
{
    char sets[160];
    char title[240];
    write_sets(book, sets, sizeof sets);
    snprintf(title, sizeof title, "%s %s", book_words(BOOK_TITLE, book->pen.language), sets);
    struct page_metadata metadata = {.title = title, .author = "Plottafel", .made_ms = MOMENT_NONE};
    struct page_document *document =
        page_document_new(PAGE_PDF, BOOK_WIDTH_MM, BOOK_HEIGHT_MM, 0, book->pen.engine, &metadata, fault);
    bool is_painted = document && paint_pages(book, document, fault);
    char *bytes = is_painted ? page_document_take(document, length, fault) : NULL;
    page_document_free(document);
    return bytes;
}

char *symbol_book_make(struct renderer *renderer, const struct symbol_book_order *order, size_t *length,
                       struct fault *fault)
{
    assert(order->set_count > 0 && order->language_count > 0 &&
           order->language_count <= SYMBOL_BOOK_LANGUAGES);
    struct book book = {.renderer = renderer, .order = order};
    book.pen =
        (struct pen){renderer_text_engine(renderer), NULL, TYPE_UNIT, order->languages[0], .colours = NULL};
    book_plan_tables(&book);
    book_plan_index(&book);
    book.page_count = BOOK_FRONT_PAGES + book.table_pages + book.index_pages * book.order->language_count;
    char *bytes = make(&book, length, fault);
    book_free_index(&book);
    free(book.rows);
    return bytes;
}
