/*
 * symbol_book_grammar.c - two pages that explain: one large symbol with its parts named, its code taken apart
 * and the texts; then every shape, owner, status, trust, size and palette, each on an entry of the first set.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/briefing/symbol_book_internal.h"
#include "render/briefing/words.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_words.h"

#define EXAMPLE_SCALE 4.8
#define EXAMPLE_X_MM 92.0
#define EXAMPLE_Y_MM 79.0
#define CALLOUT_STEP_MM 14.0
#define SIDE_MAX 4      /* callouts at one side */
#define CALLOUT_MM 46.0 /* width of the words beside the example */
#define CODE_TOP_MM 120.0
#define TEXTS_TOP_MM 164.0
#define TEXT_STEP_MM 18.0
#define CELL_HEIGHT_MM 23.0
#define CELL_SCALE 1.15

/* ---- which entries show it ---- */

static const struct symbol_set *first_set(const struct book *book)
{
    return book->order->sets[0];
}

static const struct symbol_entry *
find_entry(const struct book *book, bool (*fits)(const struct symbol_entry *entry, int value), int value)
{
    const struct symbol_set *set = first_set(book);
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (!entry->is_deprecated && fits(entry, value)) {
            return entry;
        }
    }
    return NULL;
}

static bool is_example(const struct symbol_entry *entry, int value)
{
    (void)value;
    bool is_place = entry->kind == KIND_SITE || entry->kind == KIND_MOBILE;
    return entry->geometry == GEOMETRY_POINT && is_place && entry->tabs != 0 && entry->glyph;
}

static bool is_of_geometry(const struct symbol_entry *entry, int geometry)
{
    return (int)entry->geometry == geometry;
}

static bool is_of_kind(const struct symbol_entry *entry, int kind)
{
    return entry->geometry == GEOMETRY_POINT && (int)entry->kind == kind;
}

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

static const struct symbol_entry *example_of(const struct book *book)
{
    const struct symbol_entry *entry = find_entry(book, is_example, 0);
    return entry ? entry : find_entry(book, is_of_geometry, GEOMETRY_POINT);
}

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

/* Where the composer puts the mark of trust: the first free corner. */
static struct point trust_corner(const struct symbol_entry *entry)
{
    static const int order[] = {1, 7, 3, 5};
    int i = 0;
    while (i < 3 && entry->tabs & 1u << order[i]) {
        i++;
    }
    return symbol_base_of(entry->kind)->tabs[order[i]];
}

static void paint_callout(const struct book *book, const struct callout *callout, bool is_left, double y_mm)
{
    double unit_mm = EXAMPLE_SCALE * SYMBOL_FULL_PX / BASE_HEIGHT * SCALE_PIXEL_MM;
    struct point target = {EXAMPLE_X_MM + callout->target.x * unit_mm,
                           EXAMPLE_Y_MM + callout->target.y * unit_mm};
    double left = is_left ? BOOK_MARGIN_MM : BOOK_WIDTH_MM - BOOK_MARGIN_MM - CALLOUT_MM;
    struct bbox box = {left, y_mm - 3, left + CALLOUT_MM, y_mm + 3};
    double edge = is_left ? box.max_x + 1.5 : box.min_x - 1.5;
    book_line(book, book_type(9, true, pen_ink), is_left ? TEXT_RIGHT : TEXT_LEFT,
              book_words(callout->word, book->pen.language), box);
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
    struct symbol_code code = book_code(first_set(book), entry);
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
    struct bbox below = {left_mm - 1, line.max_y + 2, left_mm + width + 1, line.max_y + 6.5};
    book_line(book, book_type(7.6, false, book_quiet), TEXT_CENTRE, book_words(word, book->pen.language),
              below);
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
    book_heading(book, book_words(BOOK_CODE, book->pen.language), "", CODE_TOP_MM);
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
        return find_entry(book, is_of_kind, KIND_PLATE);
    }
    const struct symbol_entry *example = example_of(book);
    bool draws = example && symbol_base_of(example->kind)->slots & 1u << slot;
    return draws ? example : NULL;
}

static bool paint_slot(struct book *book, enum text_slot slot, struct bbox box, struct fault *fault)
{
    char line[160];
    double middle = (box.min_y + box.max_y) / 2;
    snprintf(line, sizeof line, "%s=%s", text_slot_key(slot), slot_examples[slot]);
    struct bbox key = {box.min_x, box.min_y, box.min_x + 26, box.max_y};
    book_line(book, book_type(8.6, true, pen_ink), TEXT_LEFT, line, key);
    struct bbox words = {box.min_x + 27, box.min_y, box.min_x + 62, box.max_y};
    book_line(book, book_type(8.6, false, pen_ink), TEXT_LEFT, text_slot_words(slot, book->pen.language),
              words);
    const struct symbol_entry *entry = entry_of_slot(book, slot);
    if (!entry) {
        return true;
    }
    struct symbol_code code = book_code(first_set(book), entry);
    code.texts[slot] = memory_copy_text(slot_examples[slot]);
    struct book_picture picture = {entry, &code, DETAIL_FULL, book->order->palette, 1.1};
    bool is_painted = book_paint_symbol(book, &picture, (struct point){box.min_x + 71, middle}, fault);
    free(code.texts[slot]);
    return is_painted;
}

static bool paint_texts(struct book *book, struct fault *fault)
{
    book_heading(book, book_words(BOOK_TEXTS, book->pen.language), "", TEXTS_TOP_MM);
    bool is_painted = true;
    for (int i = 0; i < SLOT_COUNT && is_painted; i++) {
        double left = BOOK_MARGIN_MM + (i % 2) * BOOK_TEXT_WIDTH_MM / 2;
        double top = TEXTS_TOP_MM + 11 + i / 2 * TEXT_STEP_MM;
        is_painted = paint_slot(book, (enum text_slot)i,
                                (struct bbox){left, top, left + BOOK_TEXT_WIDTH_MM / 2, top + 14}, fault);
    }
    return is_painted;
}

bool book_paint_reading(struct book *book, struct fault *fault)
{
    const struct symbol_entry *example = example_of(book);
    double y = BOOK_TOP_MM - 8;
    y += book_heading(book, book_words(BOOK_READING, book->pen.language), "", y) + 2;
    book_text(book, book_type(9.4, false, pen_ink), book_words(BOOK_READING_LEAD, book->pen.language),
              (struct point){BOOK_MARGIN_MM, y}, BOOK_TEXT_WIDTH_MM);
    if (!example) {
        return true; /* a set of lines and areas alone */
    }
    paint_code(book, example);
    return paint_example(book, example, fault) && paint_texts(book, fault);
}

/* ---- all shapes, owners, statuses … ---- */

/** A row of cells, each a symbol with a word below. */
struct gallery {
    struct book *book;
    double top_mm; /* of the current row */
    int columns;
    int column;
};

static struct gallery gallery_begin(struct book *book, enum book_word title, double top_mm, int columns)
{
    double height = book_heading(book, book_words(title, book->pen.language), "", top_mm);
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

static bool paint_cell(struct gallery *gallery, struct book_picture picture, const char *title,
                       struct fault *fault)
{
    const struct book *book = gallery->book;
    struct bbox cell = next_cell(gallery);
    struct bbox words = {cell.min_x + 0.5, cell.max_y - 5.5, cell.max_x - 0.5, cell.max_y - 1};
    book_line(book, book_type(7.4, false, pen_ink), TEXT_CENTRE, title, words);
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
        const struct symbol_entry *entry = find_entry(book, is_of_kind, kind);
        if (!entry) {
            continue;
        }
        struct symbol_code code = book_code(first_set(book), entry);
        const char *title = symbol_kind_title((enum symbol_kind)kind, book->pen.language);
        if (!paint_cell(&gallery, plain_picture(book, entry, &code), title, fault)) {
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
        const struct symbol_entry *entry = find_entry(book, is_plain_of_owner, owner);
        entry = entry ? entry : find_entry(book, is_of_owner, owner);
        if (!entry) {
            continue;
        }
        struct symbol_code code = book_code(first_set(book), entry);
        const char *title = symbol_owner_title((enum symbol_owner)owner, book->pen.language);
        if (!paint_cell(&gallery, plain_picture(book, entry, &code), title, fault)) {
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
    struct symbol_code code = book_code(first_set(book), entry);
    for (int i = 0; i <= (int)last; i++) {
        code.status = (enum symbol_status)i;
        const char *title = symbol_status_title(code.status, book->pen.language);
        if (!symbol_refusal(entry, &code) &&
            !paint_cell(gallery, plain_picture(book, entry, &code), title, fault)) {
            return false;
        }
    }
    return true;
}

static bool paint_point_statuses(struct book *book, double *y, struct fault *fault)
{
    struct gallery gallery = gallery_begin(book, BOOK_STATUSES, *y, STATUS_COUNT);
    bool is_painted = paint_statuses(&gallery, example_of(book), STATUS_FULL, fault);
    *y = gallery_end(&gallery);
    return is_painted;
}

static bool paint_shape_statuses(struct book *book, double *y, struct fault *fault)
{
    const struct symbol_entry *line = find_entry(book, is_of_geometry, GEOMETRY_LINE);
    const struct symbol_entry *area = find_entry(book, is_of_geometry, GEOMETRY_AREA);
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
    const struct symbol_entry *entry = example_of(book);
    struct symbol_code code = book_code(first_set(book), entry);
    enum language language = book->pen.language;
    char title[120];
    snprintf(title, sizeof title, "%s", book_words(BOOK_DETAILS, language));
    struct gallery gallery = gallery_begin(book, BOOK_TRUSTS, *y, 6);
    struct bbox right = {BOOK_WIDTH_MM / 2, *y, BOOK_WIDTH_MM - BOOK_MARGIN_MM, *y + 6.5};
    book_line(book, book_type(12.5, true, book_accent), TEXT_LEFT, title, right);
    bool is_painted = true;
    for (int i = 0; i < TRUST_COUNT && is_painted; i++) {
        code.trust = (enum symbol_trust)i;
        is_painted = paint_cell(&gallery, plain_picture(book, entry, &code),
                                symbol_trust_title(code.trust, language), fault);
    }
    code.trust = TRUST_REPORTED;
    for (int i = DETAIL_FULL; i <= DETAIL_DOT && is_painted; i++) {
        struct book_picture picture = plain_picture(book, entry, &code);
        picture.detail = (enum symbol_detail)i;
        is_painted = paint_cell(&gallery, picture, words_text(sizes[i], language), fault);
    }
    *y = gallery_end(&gallery);
    return is_painted;
}

static bool paint_palettes(struct book *book, double *y, struct fault *fault)
{
    const struct symbol_entry *entry = example_of(book);
    struct symbol_code code = book_code(first_set(book), entry);
    struct gallery gallery = gallery_begin(book, BOOK_PALETTES, *y, PALETTE_COUNT);
    bool is_painted = true;
    for (int i = 0; i < PALETTE_COUNT && is_painted; i++) {
        struct book_picture picture = plain_picture(book, entry, &code);
        picture.palette = (enum palette)i;
        is_painted = paint_cell(&gallery, picture, palette_title(picture.palette, book->pen.language), fault);
    }
    *y = gallery_end(&gallery);
    return is_painted;
}

bool book_paint_parts(struct book *book, struct fault *fault)
{
    double y = BOOK_TOP_MM - 8;
    if (!example_of(book)) {
        return paint_shape_statuses(book, &y, fault);
    }
    return paint_kinds(book, &y, fault) && paint_owners(book, &y, fault) &&
           paint_point_statuses(book, &y, fault) && paint_trusts_and_details(book, &y, fault) &&
           paint_palettes(book, &y, fault) && paint_shape_statuses(book, &y, fault);
}
