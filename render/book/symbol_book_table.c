/*
 * symbol_book_table.c - a row for each entry: its sizes, black and white beside it, names and code, what
 * others call it, and every status that it accepts. Points have one kind of columns, lines and areas another,
 * so the two never share a page.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/book/symbol_book_internal.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol_words.h"

#define HEADS_MM 9.0 /* the words above the columns */
#define ROW_LEAST_MM 13.4
#define ROW_PADDING_MM 2.6
#define HEADING_MM 11.0
#define CODES_MOST_BYTES 600
#define LINKS_WITH_NAMES 4
#define POINT_SCALE 0.92
#define STATUS_SCALE 0.56
#define SWATCH_HEIGHT_MM 10.0
#define STATUS_FIRST STATUS_PLANNED

/** Columns from the left margin, mm. */
struct columns {
    double picture_mm; /* width of the first, which shows the entry as it is; in a book that is black and
                          white itself it takes the width of the second too */
    double mono_left_mm;
    double mono_mm;
    double words_left_mm;
    double words_mm;
    double codes_left_mm;
    double codes_mm;
    double statuses_left_mm;
    double status_mm;
    enum symbol_status last_status;
};

static const struct columns point_columns = {.picture_mm = 17,
                                             .mono_left_mm = 17,
                                             .mono_mm = 13,
                                             .words_left_mm = 46,
                                             .words_mm = 45,
                                             .codes_left_mm = 93,
                                             .codes_mm = 35,
                                             .statuses_left_mm = 129,
                                             .status_mm = 7.45,
                                             .last_status = STATUS_FULL};

static const struct columns swatch_columns = {.picture_mm = 35,
                                              .mono_left_mm = 37,
                                              .mono_mm = 20,
                                              .words_left_mm = 60,
                                              .words_mm = 40,
                                              .codes_left_mm = 102,
                                              .codes_mm = 29,
                                              .statuses_left_mm = 132.5,
                                              .status_mm = 16.6,
                                              .last_status = STATUS_UNKNOWN};

static bool is_point(const struct symbol_entry *entry)
{
    return entry->geometry == GEOMETRY_POINT;
}

static const struct columns *columns_of(const struct symbol_entry *entry)
{
    return is_point(entry) ? &point_columns : &swatch_columns;
}

static bool has_mono_column(const struct book *book)
{
    return book->order->palette != PALETTE_MONO;
}

static double picture_width(const struct book *book, const struct columns *columns)
{
    return has_mono_column(book) ? columns->picture_mm : columns->mono_left_mm + columns->mono_mm;
}

/* ---- words of a row ---- */

static bool is_same_kind(const struct crosswalk_link *link, const struct crosswalk_link *before)
{
    return link->scheme == before->scheme && link->match == before->match;
}

/*
 * "= IMOOV s0870", a line for each link. Many are told by their codes alone, those of a scheme on one line:
 * "≈ BABS 16, 28, 29".
 */
static void append_links(struct buffer *text, const struct crosswalk_link *links, size_t count)
{
    static const char *const signs[] = {[MATCH_EXACT] = "=", [MATCH_CLOSE] = "≈", [MATCH_BROAD] = ">"};
    char scheme[BOOK_SCHEME_BYTES];
    bool is_brief = count > LINKS_WITH_NAMES;
    for (size_t i = 0; i < count; i++) {
        const struct crosswalk_link *link = &links[i];
        if (is_brief && i > 0 && is_same_kind(link, link - 1)) {
            buffer_append_text(text, ", ");
        } else {
            buffer_appendf(text, "%s%s %s ", text->length ? "\n" : "", signs[link->match],
                           book_scheme_name(link->scheme, scheme));
        }
        buffer_append_text(text, link->code);
        if (link->name[0] && !(is_brief && link->code[0])) {
            buffer_appendf(text, "%s%s", link->code[0] ? " " : "", link->name);
        }
    }
}

/* Is "IM s0870" or "BE isolatieperimeter" among the links? A space is in it. */
static bool is_linked(const char *piece, const struct crosswalk_link *links, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *called = strchr(piece, ' ') + 1; /* "BE isolatieperimeter" */
        bool is_named = strncasecmp(called, links[i].name, strlen(called)) == 0;
        if (is_named || (links[i].code[0] && strstr(piece, links[i].code))) {
            return true;
        }
    }
    return false;
}

/* Of "IM s0870; OIV osp011" what the links do not say; a scheme without a code says nothing to a reader. */
static void append_reference(struct buffer *text, const char *reference, const struct crosswalk_link *links,
                             size_t count)
{
    while (*reference) {
        char piece[80];
        size_t length = strcspn(reference, ";");
        snprintf(piece, sizeof piece, "%.*s", (int)length, reference);
        if (strchr(piece, ' ') && !is_linked(piece, links, count)) {
            buffer_appendf(text, "%s%s", text->length ? "; " : "", piece);
        }
        reference += length;
        reference += strspn(reference, "; ");
    }
}

/* The reference, then what others call it, a line each. Owned by the caller. */
static char *codes_text(const struct symbol_set *set, const struct symbol_entry *entry)
{
    struct buffer text;
    size_t count;
    const struct crosswalk_link *links = crosswalk_find(symbol_set_crosswalk(set), entry->id, &count);
    buffer_init(&text, CODES_MOST_BYTES);
    append_reference(&text, entry->reference, links, count);
    append_links(&text, links, count);
    return buffer_take(&text, &(size_t){0});
}

static void write_code_line(const struct symbol_entry *entry, char *text, size_t size)
{
    snprintf(text, size, "%s   %s", entry->id, entry->letters);
}

static void write_deprecation(const struct book *book, const struct symbol_entry *entry, char *text,
                              size_t size)
{
    text[0] = '\0';
    if (entry->is_deprecated && entry->replaced_by) {
        book_words_format(text, size, BOOK_REPLACED_BY, book->pen.language, entry->replaced_by);
    } else if (entry->is_deprecated) {
        snprintf(text, size, "%s", book_words(BOOK_DEPRECATED, book->pen.language));
    }
}

/* Names, code and letters, deprecation: paints them, or only measures without a canvas. The height, mm. */
static double set_words(const struct book *book, const struct symbol_entry *entry, struct point place,
                        double width_mm)
{
    static const struct colour warning = {170, 20, 20, 255};
    char line[160];
    double top = place.y;
    const char *name = multilingual_text(&entry->name, book->order->languages[0]);
    place.y += book_text(book, book_type(7.8, true, pen_ink), name, place, width_mm);
    for (size_t i = 1; i < book->order->language_count; i++) {
        const char *second = multilingual_text(&entry->name, book->order->languages[i]);
        place.y += book_text(book, book_type(7, false, book_quiet), second, place, width_mm);
    }
    write_code_line(entry, line, sizeof line);
    place.y += book_text(book, book_type(7, false, book_accent), line, place, width_mm);
    write_deprecation(book, entry, line, sizeof line);
    if (line[0]) {
        place.y += book_text(book, book_type(6.6, false, warning), line, place, width_mm);
    }
    return place.y - top;
}

static double set_codes(const struct book *book, const struct book_row *row, struct point place,
                        double width_mm)
{
    char *text = codes_text(row->set, row->entry);
    double height = text[0] ? book_text(book, book_type(6.3, false, book_quiet), text, place, width_mm) : 0;
    free(text);
    return height;
}

/* ---- plan ---- */

static double row_height(const struct book *book, const struct book_row *row)
{
    const struct columns *columns = columns_of(row->entry);
    double words = set_words(book, row->entry, (struct point){0, 0}, columns->words_mm);
    double codes = set_codes(book, row, (struct point){0, 0}, columns->codes_mm);
    return fmax(ROW_LEAST_MM, fmax(words, codes) + ROW_PADDING_MM);
}

struct cursor {
    size_t page;
    double y;
};

static void next_page(struct cursor *cursor)
{
    cursor->page++;
    cursor->y = BOOK_TOP_MM + HEADS_MM;
}

static void put_row(struct book *book, struct cursor *cursor, struct book_row row, double height)
{
    row.page = cursor->page;
    row.box_mm = (struct bbox){BOOK_MARGIN_MM, cursor->y, BOOK_WIDTH_MM - BOOK_MARGIN_MM, cursor->y + height};
    book->rows[book->row_count++] = row;
    cursor->y += height;
}

/* An entry, and the heading before it where a group begins. A heading stays with the entry below it. */
static void plan_entry(struct book *book, struct cursor *cursor, struct book_row row, bool begins_group)
{
    double height = row_height(book, &row);
    double heading = begins_group ? HEADING_MM : 0;
    if (cursor->y + heading + height > BOOK_BOTTOM_MM) {
        next_page(cursor);
    }
    if (begins_group) {
        struct book_row head = row;
        head.entry = NULL;
        put_row(book, cursor, head, heading);
    }
    put_row(book, cursor, row, height);
}

/* The set's own order; a page of its own for each set, and where points give way to lines and areas. */
static void plan_set(struct book *book, const struct symbol_set *set, struct cursor *cursor)
{
    const struct symbol_entry *before = NULL;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (!before || is_point(before) != is_point(entry)) {
            next_page(cursor);
        }
        bool begins_group = !before || strcmp(before->group, entry->group) != 0;
        plan_entry(book, cursor, (struct book_row){.set = set, .entry = entry, .group = entry->group},
                   begins_group);
        before = entry;
    }
}

void book_plan_tables(struct book *book)
{
    size_t count = 0;
    for (size_t i = 0; i < book->order->set_count; i++) {
        count += symbol_set_count(book->order->sets[i]);
    }
    book->rows = memory_new(2 * count + 1, sizeof *book->rows);
    struct cursor cursor = {.page = BOOK_FRONT_PAGES - 1};
    for (size_t i = 0; i < book->order->set_count; i++) {
        plan_set(book, book->order->sets[i], &cursor);
    }
    book->table_pages = cursor.page - (BOOK_FRONT_PAGES - 1);
}

size_t book_page_of(const struct book *book, const struct symbol_set *set, const struct symbol_entry *entry)
{
    for (size_t i = 0; i < book->row_count; i++) {
        if (book->rows[i].set == set && book->rows[i].entry == entry) {
            return book->rows[i].page;
        }
    }
    return 0;
}

/* ---- paint ---- */

static void paint_group(const struct book *book, const struct book_row *row)
{
    const char *second = "";
    if (book->order->language_count > 1) {
        second = symbol_set_group_title(row->set, row->group, book->order->languages[1]);
    }
    const char *title = symbol_set_group_title(row->set, row->group, book->order->languages[0]);
    book_heading(book, title, second, row->box_mm.min_y + 1.8);
}

static void paint_head(const struct book *book, const char *text, enum text_align align, double left_mm,
                       double width_mm, double bottom_mm)
{
    struct bbox box = {BOOK_MARGIN_MM + left_mm, bottom_mm - 3.2, BOOK_MARGIN_MM + left_mm + width_mm,
                       bottom_mm};
    book_line(book, book_type(6.1, false, book_quiet), align, text, box);
}

/* Heads of the status columns stand in two rows by turns: words are wider than the columns. */
static void paint_status_heads(const struct book *book, const struct columns *columns, double bottom_mm)
{
    bool is_narrow = columns->status_mm < 12;
    for (int i = STATUS_FIRST; i <= (int)columns->last_status; i++) {
        enum symbol_status status = (enum symbol_status)i;
        double left = columns->statuses_left_mm + (i - STATUS_FIRST) * columns->status_mm;
        double spread = is_narrow ? columns->status_mm * 0.46 : 0;
        double lift = is_narrow && (i - STATUS_FIRST) % 2 == 1 ? 3.1 : 0;
        double right = fmin(left + columns->status_mm + spread, BOOK_TEXT_WIDTH_MM + 2);
        paint_head(book, symbol_status_title(status, book->pen.language), TEXT_CENTRE, left - spread,
                   right - left + spread, bottom_mm - lift);
    }
}

static void paint_heads(const struct book *book, const struct symbol_entry *entry)
{
    const struct columns *columns = columns_of(entry);
    enum language language = book->pen.language;
    double bottom = BOOK_TOP_MM + HEADS_MM - 1.6;
    paint_head(book, palette_title(book->order->palette, language), TEXT_CENTRE, 0,
               picture_width(book, columns), bottom);
    if (has_mono_column(book)) {
        paint_head(book, palette_title(PALETTE_MONO, language), TEXT_CENTRE, columns->mono_left_mm - 1,
                   columns->mono_mm + 2, bottom);
    }
    paint_head(book, book_words(BOOK_NAME_AND_CODE, language), TEXT_LEFT, columns->words_left_mm,
               columns->words_mm, bottom);
    paint_head(book, book_words(BOOK_ELSEWHERE, language), TEXT_LEFT, columns->codes_left_mm,
               columns->codes_mm, bottom);
    paint_status_heads(book, columns, bottom);
    pen_stroke(&book->pen, (struct point){BOOK_MARGIN_MM, bottom + 0.9},
               (struct point){BOOK_WIDTH_MM - BOOK_MARGIN_MM, bottom + 0.9}, 0.2, pen_rule);
}

/* What it is drawn with, present or of another status. */
static bool paint_form(struct book *book, const struct book_row *row, struct book_picture picture,
                       double left_mm, double width_mm, struct fault *fault)
{
    double middle = (row->box_mm.min_y + row->box_mm.max_y) / 2;
    double left = BOOK_MARGIN_MM + left_mm;
    picture.entry = row->entry;
    if (is_point(row->entry)) {
        return book_paint_symbol(book, &picture, (struct point){left + width_mm / 2, middle}, fault);
    }
    struct bbox box = {left, middle - SWATCH_HEIGHT_MM / 2, left + width_mm, middle + SWATCH_HEIGHT_MM / 2};
    return book_paint_swatch(book, &picture, box, fault);
}

static bool paint_sizes(struct book *book, const struct book_row *row, struct symbol_code *code,
                        struct fault *fault)
{
    enum palette palette = book->order->palette;
    struct book_picture small = {NULL, code, DETAIL_SMALL, palette, POINT_SCALE};
    struct book_picture dot = {NULL, code, DETAIL_DOT, palette, POINT_SCALE};
    return paint_form(book, row, small, 30, 9, fault) && paint_form(book, row, dot, 38.5, 6, fault);
}

static void paint_dash(const struct book *book, struct point middle)
{
    pen_stroke(&book->pen, (struct point){middle.x - 0.8, middle.y}, (struct point){middle.x + 0.8, middle.y},
               0.25, pen_rule);
}

static bool paint_statuses(struct book *book, const struct book_row *row, struct symbol_code *code,
                           struct fault *fault)
{
    const struct columns *columns = columns_of(row->entry);
    double gap = is_point(row->entry) ? 0 : 1.6;
    bool is_painted = true;
    for (int i = STATUS_FIRST; i <= (int)columns->last_status && is_painted; i++) {
        double left = columns->statuses_left_mm + (i - STATUS_FIRST) * columns->status_mm;
        code->status = (enum symbol_status)i;
        if (!symbol_accepts(row->entry, code, NULL)) {
            paint_dash(book, (struct point){BOOK_MARGIN_MM + left + columns->status_mm / 2,
                                            (row->box_mm.min_y + row->box_mm.max_y) / 2});
            continue;
        }
        struct book_picture picture = {NULL, code, DETAIL_FULL, book->order->palette, STATUS_SCALE};
        is_painted = paint_form(book, row, picture, left, columns->status_mm - gap, fault);
    }
    code->status = STATUS_PRESENT;
    return is_painted;
}

static void paint_texts(const struct book *book, const struct book_row *row)
{
    const struct columns *columns = columns_of(row->entry);
    struct book measure = *book;
    measure.pen.canvas = NULL;
    double middle = (row->box_mm.min_y + row->box_mm.max_y) / 2;
    double words = set_words(&measure, row->entry, (struct point){0, 0}, columns->words_mm);
    double codes = set_codes(&measure, row, (struct point){0, 0}, columns->codes_mm);
    set_words(book, row->entry, (struct point){BOOK_MARGIN_MM + columns->words_left_mm, middle - words / 2},
              columns->words_mm);
    set_codes(book, row, (struct point){BOOK_MARGIN_MM + columns->codes_left_mm, middle - codes / 2},
              columns->codes_mm);
}

static bool paint_entry(struct book *book, const struct book_row *row, struct fault *fault)
{
    const struct columns *columns = columns_of(row->entry);
    struct symbol_code code = book_code(row->set, row->entry);
    struct book_picture whole = {NULL, &code, DETAIL_FULL, book->order->palette, POINT_SCALE};
    struct book_picture mono = {NULL, &code, DETAIL_FULL, PALETTE_MONO, POINT_SCALE * 0.8};
    pen_stroke(&book->pen, (struct point){row->box_mm.min_x, row->box_mm.max_y},
               (struct point){row->box_mm.max_x, row->box_mm.max_y}, 0.1, pen_rule);
    paint_texts(book, row);
    return paint_form(book, row, whole, 0, picture_width(book, columns), fault) &&
           (!has_mono_column(book) ||
            paint_form(book, row, mono, columns->mono_left_mm, columns->mono_mm, fault)) &&
           (!is_point(row->entry) || paint_sizes(book, row, &code, fault)) &&
           paint_statuses(book, row, &code, fault);
}

/* The set at the left, at the right how the codes of others match. */
static void paint_running_head(const struct book *book, const struct book_row *row)
{
    char title[200];
    struct bbox line = {BOOK_MARGIN_MM, 11, BOOK_WIDTH_MM - BOOK_MARGIN_MM, 16};
    snprintf(title, sizeof title, "%s   %s@%d",
             multilingual_text(symbol_set_title(row->set), book->pen.language), symbol_set_name(row->set),
             symbol_set_version(row->set));
    book_line(book, book_type(7.2, true, book_accent), TEXT_LEFT, title, line);
    if (symbol_set_crosswalk(row->set)) {
        book_line(book, book_type(6.3, false, book_quiet), TEXT_RIGHT,
                  book_words(BOOK_MATCHES, book->pen.language), line);
    }
}

bool book_paint_table(struct book *book, size_t page, struct fault *fault)
{
    bool is_first = true;
    for (size_t i = 0; i < book->row_count; i++) {
        const struct book_row *row = &book->rows[i];
        if (row->page != page) {
            continue;
        }
        if (!row->entry) {
            paint_group(book, row);
            continue;
        }
        if (is_first) {
            paint_running_head(book, row);
            paint_heads(book, row->entry);
            is_first = false;
        }
        if (!paint_entry(book, row, fault)) {
            return false;
        }
    }
    return true;
}
