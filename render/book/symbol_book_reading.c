/*
 * symbol_book_reading.c - how to read a symbol: a large one with its parts named, its code taken apart, the
 * texts, and which other sets the tables name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/book/symbol_book_internal.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_words.h"

#define EXAMPLE_SCALE 4.8
#define EXAMPLE_X_MM 92.0
#define EXAMPLE_Y_MM 79.0
#define CALLOUT_STEP_MM 17.0
#define SIDE_MAX 4      /* callouts at one side */
#define CALLOUT_MM 46.0 /* width of the words beside the example */
#define CODE_TOP_MM 120.0
#define TEXTS_TOP_MM 160.0
#define TEXT_STEP_MM 12.6
#define KEY_SCALE 1.0
#define ROTATION_EXAMPLE_DEG 225
#define SCHEMES_TOP_MM 236.0
#define SCHEME_MM 4.6

/* ---- the large example ---- */

/** Words at a side with a line to a place on the symbol. */
struct callout {
    enum book_word word;
    struct point target; /* units of the base */
};

static int first_tab(unsigned tabs)
{
    int tab = 0;
    while (tab < BASE_TAB_COUNT && !(tabs & 1u << tab)) {
        tab++;
    }
    return tab;
}

static struct point trust_corner(const struct symbol_entry *entry)
{
    return symbol_base_of(entry->kind)->tabs[symbol_base_top_corner(entry->tabs, entry->tabs)];
}

static void paint_callout(const struct book *book, const struct callout *callout, bool is_left, double y_mm)
{
    double unit_mm = EXAMPLE_SCALE * SYMBOL_FULL_PX / BASE_HEIGHT * SCALE_PIXEL_MM;
    struct point target = {EXAMPLE_X_MM + callout->target.x * unit_mm,
                           EXAMPLE_Y_MM + callout->target.y * unit_mm};
    double left = is_left ? BOOK_MARGIN_MM : BOOK_WIDTH_MM - BOOK_MARGIN_MM - CALLOUT_MM;
    struct bbox box = {left, y_mm - 3.3, left + CALLOUT_MM, y_mm + 3.3};
    double edge = is_left ? box.max_x + 1.5 : box.min_x - 1.5;
    book_word_pair(book, book_type(9, true, pen_ink), is_left ? TEXT_RIGHT : TEXT_LEFT, callout->word, box);
    pen_stroke(&book->pen, (struct point){edge, y_mm}, target, 0.9, pen_white);
    pen_stroke(&book->pen, (struct point){edge, y_mm}, target, 0.3, book_accent);
    struct bbox end = {target.x - 0.7, target.y - 0.7, target.x + 0.7, target.y + 0.7};
    pen_fill(&book->pen, bbox_grow(end, 0.25), pen_white);
    pen_fill(&book->pen, end, book_accent);
}

static int compare_callouts(const void *a, const void *b)
{
    double y_a = ((const struct callout *)a)->target.y;
    double y_b = ((const struct callout *)b)->target.y;
    return (y_a > y_b) - (y_a < y_b);
}

/* In the order of their targets, so that their lines do not cross. */
static void paint_side(const struct book *book, struct callout *callouts, size_t count, bool is_left)
{
    qsort(callouts, count, sizeof *callouts, compare_callouts);
    double top = EXAMPLE_Y_MM - (double)(count - 1) / 2 * CALLOUT_STEP_MM;
    for (size_t i = 0; i < count; i++) {
        paint_callout(book, &callouts[i], is_left, top + (double)i * CALLOUT_STEP_MM);
    }
}

/* Tab and mark of trust are named at the sides where they are, the texts at the right. */
static void paint_callouts(const struct book *book, const struct symbol_entry *entry)
{
    const struct symbol_base *base = symbol_base_of(entry->kind);
    double half = base->width > 0 ? base->width / 2 : BASE_HEIGHT / 2;
    int first = first_tab(entry->tabs);
    struct point tab = first < BASE_TAB_COUNT ? base->tabs[first] : (struct point){-half * 0.5, half * 0.5};
    struct callout owner = {BOOK_PART_OWNER, tab};
    struct callout trust = {BOOK_PART_TRUST, trust_corner(entry)};
    bool is_owner_left = tab.x <= trust.target.x;
    struct callout left[SIDE_MAX] = {
        {BOOK_PART_GLYPH, {base->glyph_centre.x - 2.5, base->glyph_centre.y}},
        {BOOK_PART_STATUS, {-half * 0.45, BASE_HEIGHT / 2}},
        is_owner_left ? owner : trust,
    };
    struct callout right[SIDE_MAX] = {
        {BOOK_PART_VICTIMS, {half + 11, -8}},
        {BOOK_PART_COUNT, {half + 20, 8}},
        {BOOK_PART_KIND, {half * 0.78, BASE_HEIGHT * 0.4}},
        is_owner_left ? trust : owner,
    };
    paint_side(book, left, 3, true);
    paint_side(book, right, 4, false);
}

static char count_text[] = "4";
static char victims_text[] = "3";

static struct symbol_code example_code(const struct book *book, const struct symbol_entry *entry)
{
    struct symbol_code code = book_code(book_first_set(book), entry);
    code.trust = TRUST_VERIFIED;
    code.status = STATUS_PLANNED;
    code.texts[SLOT_COUNT_OF] = count_text;
    code.texts[SLOT_VICTIMS] = victims_text;
    return code;
}

static bool paint_example(struct book *book, const struct symbol_entry *entry, struct fault *fault)
{
    struct symbol_code code = example_code(book, entry);
    struct point middle = {EXAMPLE_X_MM, EXAMPLE_Y_MM};
    struct book_picture picture = {entry, &code, DETAIL_FULL, book->order->palette, EXAMPLE_SCALE};
    if (!book_paint_symbol(book, &picture, middle, fault)) {
        return false;
    }
    paint_callouts(book, entry);
    return true;
}

/* ---- its code ---- */

/* A piece of the code with a bracket and a word below. Returns where the next begins, mm. */
static double paint_piece(const struct book *book, const char *text, enum book_word word, double left_mm)
{
    struct text_look look = book_type(17, true, pen_ink);
    struct text_box box = {0, TEXT_LEFT};
    double width = text_measure(book->pen.engine, text, &look, box).width_px * SCALE_PIXEL_MM;
    struct bbox line = {left_mm, CODE_TOP_MM + 12, left_mm + width, CODE_TOP_MM + 20};
    pen_look_line(&book->pen, &look, TEXT_LEFT, text, line);
    pen_fill(&book->pen,
             (struct bbox){left_mm + 0.6, line.max_y + 0.6, left_mm + width - 0.6, line.max_y + 1.1},
             book_accent);
    struct bbox below = {left_mm - 1, line.max_y + 2, left_mm + width + 1, line.max_y + 7.5};
    book_word_pair(book, book_type(7.6, false, pen_ink), TEXT_CENTRE, word, below);
    return left_mm + width;
}

static void paint_code(const struct book *book, const struct symbol_entry *entry)
{
    struct symbol_code code = example_code(book, entry);
    char set[32];
    char entity[64];
    char status[48];
    char texts[48];
    snprintf(set, sizeof set, "%s@%d/", code.set, code.version);
    snprintf(entity, sizeof entity, "%s", entry->id);
    snprintf(status, sizeof status, ";st=%s", symbol_status_name(code.status));
    snprintf(texts, sizeof texts, ";c=%s;v=%s", count_text, victims_text);
    book_word_heading(book, BOOK_CODE, CODE_TOP_MM);
    double x = BOOK_MARGIN_MM + 4;
    x = paint_piece(book, set, BOOK_CODE_SET, x);
    x = paint_piece(book, entity, BOOK_CODE_ENTITY, x);
    x = paint_piece(book, status, BOOK_CODE_STATUS, x);
    x = paint_piece(book, ";tr=verified", BOOK_CODE_TRUST, x);
    paint_piece(book, texts, BOOK_CODE_TEXTS, x);
}

/* ---- texts ---- */

static const char *const slot_examples[SLOT_COUNT] = {
    [SLOT_NAME] = "UGS Noord", [SLOT_COUNT_OF] = "4", [SLOT_TIME] = "14:30", [SLOT_ORGANISATION] = "VRZHZ",
    [SLOT_HAZARD] = "33/1203", [SLOT_VICTIMS] = "3",  [SLOT_REMARK] = "…",
};

/* An entry that draws the slot itself; NULL when none does. */
static const struct symbol_entry *entry_of_slot(const struct book *book, enum text_slot slot)
{
    if (slot == SLOT_HAZARD) {
        return book_find_entry(book, book_is_of_kind, KIND_PLATE);
    }
    const struct symbol_entry *example = book_example(book);
    bool draws = example && symbol_base_of(example->kind)->slots & 1u << slot;
    return draws ? example : NULL;
}

/* The number of a cell, from 0: two in a row. */
static struct bbox key_cell(int number)
{
    double left = BOOK_MARGIN_MM + (number % 2) * BOOK_TEXT_WIDTH_MM / 2;
    double top = TEXTS_TOP_MM + 9.5 + number / 2 * TEXT_STEP_MM;
    return (struct bbox){left, top, left + BOOK_TEXT_WIDTH_MM / 2, top + TEXT_STEP_MM};
}

/* "c=4", what it is in the languages of the book, and a picture; without an entry there is none. */
static bool paint_key(struct book *book, int number, const char *key, const char *words, const char *second,
                      const struct book_picture *picture, struct fault *fault)
{
    struct bbox cell = key_cell(number);
    struct bbox left = {cell.min_x, cell.min_y, cell.min_x + 26, cell.max_y};
    struct bbox middle = {cell.min_x + 27, cell.min_y, cell.min_x + 64, cell.max_y};
    struct point place = {cell.min_x + 72, (cell.min_y + cell.max_y) / 2};
    book_line(book, book_type(8.6, true, pen_ink), TEXT_LEFT, key, left);
    book_pair(book, book_type(8.6, false, pen_ink), TEXT_LEFT, words, second, middle);
    return !picture->entry || book_paint_symbol(book, picture, place, fault);
}

static bool paint_slot(struct book *book, enum text_slot slot, struct fault *fault)
{
    char line[160];
    snprintf(line, sizeof line, "%s=%s", text_slot_key(slot), slot_examples[slot]);
    const struct symbol_entry *entry = entry_of_slot(book, slot);
    struct symbol_code code = {.version = 0};
    struct book_picture picture = {entry, &code, DETAIL_FULL, book->order->palette, KEY_SCALE};
    if (entry) {
        code = book_code(book_first_set(book), entry);
        code.texts[slot] = memory_copy_text(slot_examples[slot]);
    }
    bool is_painted = paint_key(book, (int)slot, line, text_slot_words(slot, book->pen.language),
                                text_slot_words(slot, book_second(book)), &picture, fault);
    free(code.texts[slot]);
    return is_painted;
}

static bool is_turned(const struct symbol_entry *entry, int value)
{
    (void)value;
    return entry->geometry == GEOMETRY_POINT && entry->is_turning;
}

/* After the texts: rot and lod. */
static bool paint_other_keys(struct book *book, struct fault *fault)
{
    const struct symbol_entry *turned = book_find_entry(book, is_turned, 0);
    const struct symbol_entry *small = book_example(book);
    struct symbol_code turned_code = {.version = 0};
    struct symbol_code small_code = book_code(book_first_set(book), small);
    char rotation[24];
    snprintf(rotation, sizeof rotation, "rot=%d", ROTATION_EXAMPLE_DEG);
    if (turned) {
        turned_code = book_code(book_first_set(book), turned);
        turned_code.rotation_deg = ROTATION_EXAMPLE_DEG;
    }
    struct book_picture pictures[] = {{turned, &turned_code, DETAIL_FULL, book->order->palette, KEY_SCALE},
                                      {small, &small_code, DETAIL_SMALL, book->order->palette, KEY_SCALE}};
    enum language first = book->pen.language;
    enum language second = book_second(book);
    return paint_key(book, SLOT_COUNT, rotation, book_words(BOOK_ROTATION, first),
                     book_words(BOOK_ROTATION, second), &pictures[0], fault) &&
           paint_key(book, SLOT_COUNT + 1, "lod=small", book_words(BOOK_DETAIL, first),
                     book_words(BOOK_DETAIL, second), &pictures[1], fault);
}

static bool paint_texts(struct book *book, struct fault *fault)
{
    bool is_painted = true;
    book_word_heading(book, BOOK_TEXTS, TEXTS_TOP_MM);
    for (int i = 0; i < SLOT_COUNT && is_painted; i++) {
        is_painted = paint_slot(book, (enum text_slot)i, fault);
    }
    return is_painted && paint_other_keys(book, fault);
}

/* ---- what others call it ---- */

/* "IMOOV   title, publisher, version": what the tables name by a few letters. */
static void paint_scheme(const struct book *book, const struct crosswalk_scheme *scheme, double top_mm)
{
    char name[BOOK_SCHEME_BYTES];
    char line[400];
    struct bbox key = {BOOK_MARGIN_MM, top_mm, BOOK_MARGIN_MM + 22, top_mm + SCHEME_MM};
    struct bbox words = {key.max_x, top_mm, BOOK_WIDTH_MM - BOOK_MARGIN_MM, top_mm + SCHEME_MM};
    book_line(book, book_type(7.2, true, pen_ink), TEXT_LEFT, book_scheme_name(scheme, name), key);
    snprintf(line, sizeof line, "%s%s%s%s%s", scheme->title, scheme->publisher[0] ? ", " : "",
             scheme->publisher, scheme->version[0] ? ", " : "", scheme->version);
    book_line(book, book_type(7.2, false, pen_ink), TEXT_LEFT, line, words);
}

static void paint_schemes(const struct book *book)
{
    const struct crosswalk *crosswalk = symbol_set_crosswalk(book_first_set(book));
    if (!crosswalk) {
        return;
    }
    double y = SCHEMES_TOP_MM;
    y += book_word_heading(book, BOOK_MATCHES, y) + 1;
    for (size_t i = 0; i < crosswalk_scheme_count(crosswalk) && y + SCHEME_MM < BOOK_BOTTOM_MM; i++) {
        paint_scheme(book, crosswalk_scheme_at(crosswalk, i), y);
        y += SCHEME_MM;
    }
}

bool book_paint_reading(struct book *book, struct fault *fault)
{
    const struct symbol_entry *example = book_example(book);
    double y = BOOK_TOP_MM - 8;
    y += book_word_heading(book, BOOK_READING, y) + 2;
    y += book_text(book, book_type(9.4, false, pen_ink), book_words(BOOK_READING_LEAD, book->pen.language),
                   (struct point){BOOK_MARGIN_MM, y}, BOOK_TEXT_WIDTH_MM);
    if (book->order->language_count > 1) {
        book_text(book, book_type(7.8, false, book_quiet), book_words(BOOK_READING_LEAD, book_second(book)),
                  (struct point){BOOK_MARGIN_MM, y + 1}, BOOK_TEXT_WIDTH_MM);
    }
    if (!example) {
        return true; /* a set of lines and areas alone */
    }
    paint_code(book, example);
    paint_schemes(book);
    return paint_example(book, example, fault) && paint_texts(book, fault);
}
