/*
 * text_alphabet.c - a table of pairs for each font in use, filled from the texts that were shaped. Digits and
 * signs are kerned by rules of their own where no letter tells their script: lines without one have a table
 * of their own. ASCII letters are numbered as they come; Latin letters with accents get numbers as they are
 * met.
 *
 * Should a pair ever be found with two widths, or a letter with two glyphs, then the font has rules that look
 * further, and nothing of its alphabet is used any more.
 */
#include "render/text/text_alphabet.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/lru_cache.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"
#include "render/text/text_typeset.h"

#define ALPHABETS_BYTES_MAX ((size_t)3 << 20)
#define FIRST ' '
#define ASCII_COUNT ('~' - FIRST + 1)
#define ACCENTED_FIRST 0xC0 /* of Latin letters that are one character with their accent, as text is kept */
#define ACCENTED_LAST 0x17F
#define ACCENTED_MOST 32 /* different ones in the texts of a look */
#define LETTERS (ASCII_COUNT + ACCENTED_MOST)
#define NOTHING LETTERS /* behind the last letter */
#define UNKNOWN INT32_MIN
#define ROW_COUNT (LETTERS + 1) /* letters and nothing that may stand behind one */
#define PLAIN_MOST 200          /* letters; longer texts may be cut */
#define PLAIN_LINES_MOST 32     /* so may those of more lines */
#define NUMBERS_BYTES_MAX 1024
#define NUMBER_TEXTS 2 /* when so many with digits were shaped there will be more */

struct alphabet {
    double size_px; /* of its looks */
    bool is_bold;
    bool is_italic;
    bool is_odd;
    bool has_numbers; /* all pairs of digits were learned */
    int number_texts; /* texts with digits that were shaped */
    int height;       /* of a line; Pango units, as all below; 0: not known yet */
    int baseline;
    PangoFont *font;                                      /* one reference; NULL: not known yet */
    uint8_t accented[ACCENTED_LAST - ACCENTED_FIRST + 1]; /* numbers of letters; 0: none yet */
    int accented_count;
    PangoGlyph glyphs[LETTERS]; /* 0: not known yet */
    PangoRectangle inks[LETTERS];
    /* Of each letter before others, owned; NULL: before none yet. [1]: in lines with a-z or A-Z. */
    int32_t *widths[2][LETTERS];
};

#define ALPHABET_MOST_BYTES (sizeof(struct alphabet) + 2 * LETTERS * ROW_COUNT * sizeof(int32_t))

static void free_alphabet(void *value)
{
    struct alphabet *alphabet = value;
    for (int i = 0; i < LETTERS; i++) {
        free(alphabet->widths[0][i]);
        free(alphabet->widths[1][i]);
    }
    g_clear_object(&alphabet->font);
    free(alphabet);
}

struct lru_cache *text_alphabets_new(void)
{
    return lru_cache_new(ALPHABETS_BYTES_MAX, free_alphabet);
}

static struct alphabet *find_alphabet(struct text_engine *engine, const struct text_look *look)
{
    double key[3] = {round(text_size_px(look) * PANGO_SCALE), look->is_bold, look->is_italic};
    struct alphabet *alphabet = lru_cache_find(engine->alphabets, key, sizeof key);
    if (!alphabet) {
        alphabet = memory_new(1, sizeof *alphabet);
        lru_cache_put(engine->alphabets, key, sizeof key, alphabet, ALPHABET_MOST_BYTES);
        lru_cache_trim(engine->alphabets);
    }
    alphabet->size_px = look->size_px;
    alphabet->is_bold = look->is_bold;
    alphabet->is_italic = look->is_italic;
    return alphabet;
}

/** How wide a letter is in front of another, or at the end of a line; UNKNOWN. */
static int32_t width_of(const struct alphabet *alphabet, int table, int letter, int next)
{
    const int32_t *row = alphabet->widths[table][letter];
    return row ? row[next] : UNKNOWN;
}

/** Where that is kept. */
static int32_t *width_at(struct alphabet *alphabet, int table, int letter, int next)
{
    int32_t **row = &alphabet->widths[table][letter];
    if (!*row) {
        *row = memory_new(ROW_COUNT, sizeof **row);
        for (int i = 0; i < ROW_COUNT; i++) {
            (*row)[i] = UNKNOWN;
        }
    }
    return *row + next;
}

/** Many texts of one look are asked for in a row. */
static struct alphabet *alphabet_of(struct text_engine *engine, const struct text_look *look)
{
    const struct alphabet *latest = engine->alphabet;
    if (!latest || latest->size_px != look->size_px || latest->is_bold != look->is_bold ||
        latest->is_italic != look->is_italic) {
        engine->alphabet = find_alphabet(engine, look);
    }
    return engine->alphabet;
}

/** A line of a plain text as numbers of letters. */
struct line {
    size_t count;
    int table; /* of widths */
    uint8_t letters[PLAIN_MOST + 1];
};

/** The Latin letter with an accent that begins at two bytes; 0: there is none. */
static unsigned accented_at(const char *text)
{
    unsigned first = (unsigned char)text[0];
    if (first < 0xC3 || first > 0xC5 || ((unsigned char)text[1] & 0xC0) != 0x80) {
        return 0;
    }
    unsigned character = (first & 0x1F) << 6 | ((unsigned char)text[1] & 0x3F);
    bool is_sign = character == 0xD7 || character == 0xF7;
    return is_sign ? 0 : character;
}

/** The number of an accented letter; a new one when it has none. Negative: there are too many of them. */
static int accented_number(struct alphabet *alphabet, unsigned character, bool is_new_wanted)
{
    uint8_t *number = &alphabet->accented[character - ACCENTED_FIRST];
    if (*number == 0 && is_new_wanted && alphabet->accented_count < ACCENTED_MOST) {
        *number = (uint8_t)(ASCII_COUNT + alphabet->accented_count++);
    }
    return *number != 0 ? *number : -1;
}

/**
 * Reads a line up to its end. False when it is not plain, or has letters that are not known.
 * @param is_new_wanted  unknown letters become known
 * @param text  in: where the line begins; out: where the next one does, NULL behind the last
 */
static bool read_line(struct alphabet *alphabet, const char **text, bool is_new_wanted, struct line *line)
{
    const char *at = *text;
    line->count = 0;
    line->table = 0;
    while (*at && *at != '\n') {
        unsigned accented = accented_at(at);
        int letter = accented != 0 ? accented_number(alphabet, accented, is_new_wanted) : *at - FIRST;
        char small = *at | 0x20;
        bool is_plain = accented != 0 ? letter >= 0 : *at >= FIRST && *at <= '~';
        if (!is_plain || line->count == PLAIN_MOST) {
            return false;
        }
        line->table = accented != 0 || (small >= 'a' && small <= 'z') ? 1 : line->table;
        line->letters[line->count++] = (uint8_t)letter;
        at += accented != 0 ? 2 : 1;
    }
    line->letters[line->count] = NOTHING;
    *text = *at ? at + 1 : NULL;
    return true;
}

/** How wide a line is; UNKNOWN when a pair of it is, or when it is empty. */
static int32_t line_width(const struct alphabet *alphabet, const struct line *line)
{
    int32_t width = 0;
    for (size_t i = 0; i < line->count; i++) {
        int32_t letter = width_of(alphabet, line->table, line->letters[i], line->letters[i + 1]);
        if (letter == UNKNOWN) {
            return UNKNOWN;
        }
        width += letter;
    }
    return line->count > 0 ? width : UNKNOWN;
}

bool text_alphabet_measure(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_box box, struct text_size *size)
{
    struct alphabet *alphabet = alphabet_of(engine, look);
    struct line line;
    int32_t widest = 0;
    int count = 0;
    size_t total = 0;
    if (alphabet->is_odd || alphabet->height == 0) {
        return false;
    }
    while (text) {
        int32_t width = read_line(alphabet, &text, false, &line) ? line_width(alphabet, &line) : UNKNOWN;
        total += line.count + 1;
        if (width == UNKNOWN || total > PLAIN_MOST + 1 || count == PLAIN_LINES_MOST ||
            (box.wrap_px > 0 && width >= box.wrap_px * PANGO_SCALE)) {
            return false;
        }
        widest = width > widest ? width : widest;
        count++;
    }
    *size = (struct text_size){.width_px = (double)widest / PANGO_SCALE,
                               .height_px = (double)(count * alphabet->height) / PANGO_SCALE,
                               .baseline_px = (double)alphabet->baseline / PANGO_SCALE,
                               .line_count = count};
    return true;
}

static struct bbox box_of(PangoRectangle ink)
{
    return (struct bbox){(double)ink.x / PANGO_SCALE, (double)ink.y / PANGO_SCALE,
                         (double)(ink.x + ink.width) / PANGO_SCALE,
                         (double)(ink.y + ink.height) / PANGO_SCALE};
}

bool text_alphabet_letters(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_letters *letters)
{
    struct alphabet *alphabet = alphabet_of(engine, look);
    struct line line;
    if (alphabet->is_odd || !read_line(alphabet, &text, false, &line) || text ||
        line_width(alphabet, &line) == UNKNOWN) {
        return false;
    }
    text_letters_reserve(letters, line.count, 1);
    letters->fonts[letters->font_count++] = g_object_ref(alphabet->font);
    for (size_t i = 0; i < line.count; i++) {
        int letter = line.letters[i];
        PangoRectangle ink = alphabet->inks[letter];
        int32_t units = width_of(alphabet, line.table, letter, line.letters[i + 1]);
        double width = (double)units / PANGO_SCALE;
        letters->glyphs[letters->glyph_count++] = (struct text_letter_glyph){
            .font = alphabet->font, .glyph = alphabet->glyphs[letter], .width = units};
        if (ink.width > 0 && ink.height > 0) {
            letters->groups[letters->count++] = (struct text_group){.start_px = letters->width_px,
                                                                    .width_px = width,
                                                                    .ink = box_of(ink),
                                                                    .first_glyph = (uint32_t)i,
                                                                    .glyph_count = 1};
        }
        letters->width_px += width;
    }
    text_letters_measure(letters, look);
    return true;
}

/** Where a line begins in a box as wide as the widest one: what Pango rounds is rounded. */
static int32_t indent_of(enum text_align align, int32_t widest, int32_t width)
{
    if (align != TEXT_CENTRE) {
        return align == TEXT_LEFT ? 0 : widest - width;
    }
    bool is_whole = ((widest | width) & (PANGO_SCALE - 1)) == 0;
    return is_whole ? PANGO_UNITS_ROUND((widest - width) / 2) : (widest - width) / 2;
}

/** A line whose pairs are all known. @param x, y  where it begins and its baseline */
static void set_line(const struct alphabet *alphabet, const struct line *line, const struct text_look *look,
                     int32_t x, int32_t y, struct text_typeset *typeset)
{
    double baseline_px = (double)y / PANGO_SCALE;
    for (size_t i = 0; i < line->count; i++) {
        int letter = line->letters[i];
        int32_t width = width_of(alphabet, line->table, letter, line->letters[i + 1]);
        PangoRectangle ink = alphabet->inks[letter];
        ink.x += x;
        ink.y += y;
        struct point origin = {(double)x / PANGO_SCALE, baseline_px};
        text_typeset_add(typeset,
                         (struct text_typeset_glyph){alphabet->font, alphabet->glyphs[letter], origin});
        if (ink.width > 0 && ink.height > 0) {
            typeset->ink = bbox_union(typeset->ink, box_of(ink));
        }
        if (letter == ' ' - FIRST && width > 0) {
            text_add_blank(&typeset->blanks, look, origin.x, (double)(x + width) / PANGO_SCALE, baseline_px);
        }
        x += width;
    }
}

bool text_alphabet_typeset(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_box box, struct text_typeset *typeset)
{
    struct text_size size;
    bool is_indented = box.align != TEXT_LEFT && strchr(text, '\n');
    if ((is_indented && box.wrap_px > 0) || !text_alphabet_measure(engine, text, look, box, &size)) {
        return false;
    }
    struct alphabet *alphabet = alphabet_of(engine, look);
    struct line line;
    int32_t widest = (int32_t)(size.width_px * PANGO_SCALE);
    for (int32_t y = alphabet->baseline; text && read_line(alphabet, &text, false, &line);
         y += alphabet->height) {
        int32_t x = indent_of(box.align, widest, line_width(alphabet, &line));
        set_line(alphabet, &line, look, x, y, typeset);
    }
    struct bbox whole = {0, 0, size.width_px, size.height_px};
    typeset->ink = bbox_intersection(typeset->ink, bbox_grow(whole, TEXT_OVERHANG_EM * text_size_px(look)));
    return true;
}

/** All letters must come from one font, which plain ASCII tells. */
static bool learn_font(struct alphabet *alphabet, PangoFont *font, bool is_ascii)
{
    if (!alphabet->font && is_ascii) {
        alphabet->font = g_object_ref(font);
    }
    alphabet->is_odd = alphabet->is_odd || (is_ascii && alphabet->font != font);
    return alphabet->font == font;
}

static void learn_letter(struct alphabet *alphabet, int letter, PangoGlyphString *glyphs, int i,
                         PangoFont *font)
{
    if (alphabet->glyphs[letter] == 0) {
        alphabet->glyphs[letter] = glyphs->glyphs[i].glyph;
        pango_glyph_string_extents_range(glyphs, i, i + 1, font, &alphabet->inks[letter], NULL);
    }
    alphabet->is_odd = alphabet->is_odd || alphabet->glyphs[letter] != glyphs->glyphs[i].glyph;
}

static void learn_width(struct alphabet *alphabet, int32_t *width, int32_t found)
{
    alphabet->is_odd = alphabet->is_odd || (*width != UNKNOWN && *width != found);
    *width = found;
}

/** Is it shaped letter by letter, in one font? @param text  of the line */
static bool is_simple(const PangoLayoutLine *line, const char *text)
{
    if (!line->runs || line->runs->next) {
        return false;
    }
    const PangoLayoutRun *run = line->runs->data;
    bool is_one_by_one = run->item->analysis.level == 0;
    const char *at = text;
    for (int i = 0; i < run->glyphs->num_glyphs && is_one_by_one; i++) {
        const PangoGlyphInfo *glyph = &run->glyphs->glyphs[i];
        is_one_by_one = run->glyphs->log_clusters[i] == at - text && at - text < line->length &&
                        glyph->geometry.x_offset == 0 && glyph->geometry.y_offset == 0 &&
                        !(glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG);
        at = g_utf8_next_char(at);
    }
    return is_one_by_one && at - text == line->length;
}

/** A line that was broken before its text ended has lost its last blank. */
static bool is_whole(const char *text, const PangoLayoutLine *line)
{
    char before = line->start_index > 0 ? text[line->start_index - 1] : '\n';
    char behind = text[line->start_index + line->length];
    return before == '\n' && (behind == '\n' || behind == '\0');
}

static void learn_height(struct alphabet *alphabet, PangoLayoutLine *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    alphabet->is_odd = alphabet->is_odd || (alphabet->height != 0 && alphabet->height != logical.height);
    alphabet->height = logical.height;
    alphabet->baseline = -logical.y;
}

/** @param text  of the line */
static void learn_line(struct alphabet *alphabet, const char *text, PangoLayoutLine *found)
{
    struct line line;
    const PangoLayoutRun *run = found->runs->data;
    PangoFont *font = run->item->analysis.font;
    bool is_ascii = run->glyphs->num_glyphs == found->length;
    if (!learn_font(alphabet, font, is_ascii) || !read_line(alphabet, &text, true, &line)) {
        return;
    }
    learn_height(alphabet, found);
    for (size_t i = 0; i < line.count; i++) {
        int32_t *width = width_at(alphabet, line.table, line.letters[i], line.letters[i + 1]);
        learn_width(alphabet, width, run->glyphs->glyphs[i].geometry.width);
        learn_letter(alphabet, line.letters[i], run->glyphs, (int)i, font);
    }
}

static void learn_lines(struct alphabet *alphabet, PangoLayout *layout)
{
    const char *text = pango_layout_get_text(layout);
    for (GSList *at = pango_layout_get_lines_readonly(layout); at; at = at->next) {
        PangoLayoutLine *line = at->data;
        if (is_simple(line, text + line->start_index) && is_whole(text, line)) {
            learn_line(alphabet, text + line->start_index, line);
        }
    }
}

/** Every digit before every other, behind and before a blank, and at the end of a line. */
static void write_numbers(struct buffer *text, const char *before)
{
    buffer_append_text(text, before);
    for (int i = 0; i < 10; i++) {
        buffer_appendf(text, "%d%d", i, i);
        for (int j = i + 1; j < 10; j++) {
            buffer_appendf(text, "%d%d", j, i);
        }
    }
    buffer_append_text(text, " 0 1 2 3 4 5 6 7 8 9\n");
    for (int i = 0; i < 10; i++) {
        buffer_appendf(text, "%s%d\n", before, i);
    }
}

/** Labels of features differ in their numbers: from the second on all pairs of digits are known. */
static void learn_numbers(struct text_engine *engine, struct alphabet *alphabet, const struct text_look *look)
{
    struct buffer text;
    buffer_init(&text, NUMBERS_BYTES_MAX);
    write_numbers(&text, "a");
    write_numbers(&text, "");
    buffer_append(&text, "", 1);
    PangoLayout *layout = text_layout_new(engine, text.bytes, look, (struct text_box){.wrap_px = 0});
    learn_lines(alphabet, layout);
    alphabet->has_numbers = true;
    g_object_unref(layout);
    buffer_finish(&text);
}

void text_alphabet_learn(struct text_engine *engine, PangoLayout *layout, const struct text_look *look)
{
    struct alphabet *alphabet = alphabet_of(engine, look);
    const char *text = pango_layout_get_text(layout);
    if (alphabet->is_odd || strlen(text) > PLAIN_MOST) {
        return;
    }
    learn_lines(alphabet, layout);
    alphabet->number_texts += text[strcspn(text, "0123456789")] != '\0';
    if (alphabet->number_texts == NUMBER_TEXTS && !alphabet->has_numbers) {
        learn_numbers(engine, alphabet, look);
    }
}
