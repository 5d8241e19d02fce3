/*
 * text_alphabet.c - a table of pairs for each font in use, filled from the texts that were shaped. Digits and
 * signs are kerned by rules of their own where no letter tells their script: lines without one have a table
 * of their own.
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

#define ALPHABETS_BYTES_MAX ((size_t)2 << 20)
#define FIRST ' '
#define LETTERS ('~' - FIRST + 1)
#define NOTHING LETTERS /* behind the last letter */
#define UNKNOWN INT32_MIN
#define PLAIN_MOST 200 /* letters; longer texts may be cut */

struct alphabet {
    double size_px; /* of its looks */
    bool is_bold;
    bool is_italic;
    bool is_odd;
    int height; /* of a line; Pango units, as all below; 0: not known yet */
    int baseline;
    PangoFont *font;            /* one reference; NULL: not known yet */
    PangoGlyph glyphs[LETTERS]; /* 0: not known yet */
    PangoRectangle inks[LETTERS];
    int32_t widths[2][LETTERS][LETTERS + 1]; /* of a letter before another; [1]: in lines with a-z or A-Z */
};

static struct alphabet *alphabet_new(void)
{
    struct alphabet *alphabet = memory_new(1, sizeof(*alphabet));
    for (int table = 0; table < 2; table++) {
        for (int i = 0; i < LETTERS; i++) {
            for (int j = 0; j <= LETTERS; j++) {
                alphabet->widths[table][i][j] = UNKNOWN;
            }
        }
    }
    return alphabet;
}

static void free_alphabet(void *value)
{
    struct alphabet *alphabet = value;
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
        alphabet = alphabet_new();
        lru_cache_put(engine->alphabets, key, sizeof key, alphabet, sizeof *alphabet);
        lru_cache_trim(engine->alphabets);
    }
    alphabet->size_px = look->size_px;
    alphabet->is_bold = look->is_bold;
    alphabet->is_italic = look->is_italic;
    return alphabet;
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

static bool is_plain(const char *text)
{
    size_t length = 0;
    while ((text[length] >= ' ' && text[length] <= '~') || text[length] == '\n') {
        if (++length > PLAIN_MOST) {
            return false;
        }
    }
    return text[length] == '\0';
}

/** Which table of widths a line wants. */
static int table_of(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char small = line[i] | 0x20;
        if (small >= 'a' && small <= 'z') {
            return 1;
        }
    }
    return 0;
}

static int letter_at(const char *line, size_t length, size_t i)
{
    return i < length ? line[i] - FIRST : NOTHING;
}

/** How wide a line is; UNKNOWN when a pair of it is, or when it is empty. */
static int32_t line_width(const struct alphabet *alphabet, const char *line, size_t length)
{
    int table = table_of(line, length);
    int32_t width = 0;
    for (size_t i = 0; i < length; i++) {
        int32_t letter = alphabet->widths[table][line[i] - FIRST][letter_at(line, length, i + 1)];
        if (letter == UNKNOWN) {
            return UNKNOWN;
        }
        width += letter;
    }
    return length > 0 ? width : UNKNOWN;
}

bool text_alphabet_measure(struct text_engine *engine, const char *text, const struct text_look *look,
                           struct text_box box, struct text_size *size)
{
    const struct alphabet *alphabet = alphabet_of(engine, look);
    if (alphabet->is_odd || alphabet->height == 0 || !is_plain(text)) {
        return false;
    }
    int32_t widest = 0;
    int count = 0;
    for (const char *line = text; line; count++) {
        const char *end = strchr(line, '\n');
        int32_t width = line_width(alphabet, line, end ? (size_t)(end - line) : strlen(line));
        if (width == UNKNOWN || (box.wrap_px > 0 && width >= box.wrap_px * PANGO_SCALE)) {
            return false;
        }
        widest = width > widest ? width : widest;
        line = end ? end + 1 : NULL;
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
    const struct alphabet *alphabet = alphabet_of(engine, look);
    size_t length = strlen(text);
    if (alphabet->is_odd || !is_plain(text) || line_width(alphabet, text, length) == UNKNOWN) {
        return false;
    }
    text_letters_reserve(letters, length, 1);
    letters->fonts[letters->font_count++] = g_object_ref(alphabet->font);
    const int32_t(*widths)[LETTERS + 1] = alphabet->widths[table_of(text, length)];
    for (size_t i = 0; i < length; i++) {
        int letter = text[i] - FIRST;
        PangoRectangle ink = alphabet->inks[letter];
        int32_t units = widths[letter][letter_at(text, length, i + 1)];
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
static void set_line(const struct alphabet *alphabet, const char *line, size_t length,
                     const struct text_look *look, int32_t x, int32_t y, struct text_typeset *typeset)
{
    const int32_t(*widths)[LETTERS + 1] = alphabet->widths[table_of(line, length)];
    double baseline_px = (double)y / PANGO_SCALE;
    for (size_t i = 0; i < length; i++) {
        int letter = line[i] - FIRST;
        int32_t width = widths[letter][letter_at(line, length, i + 1)];
        PangoRectangle ink = alphabet->inks[letter];
        ink.x += x;
        ink.y += y;
        struct point origin = {(double)x / PANGO_SCALE, baseline_px};
        text_typeset_add(typeset,
                         (struct text_typeset_glyph){alphabet->font, alphabet->glyphs[letter], origin});
        if (ink.width > 0 && ink.height > 0) {
            typeset->ink = bbox_union(typeset->ink, box_of(ink));
        }
        if (line[i] == ' ' && width > 0) {
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
    const struct alphabet *alphabet = alphabet_of(engine, look);
    int32_t widest = (int32_t)(size.width_px * PANGO_SCALE);
    int32_t y = alphabet->baseline;
    for (const char *line = text; line; y += alphabet->height) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        int32_t x = indent_of(box.align, widest, line_width(alphabet, line, length));
        set_line(alphabet, line, length, look, x, y, typeset);
        line = end ? end + 1 : NULL;
    }
    struct bbox whole = {0, 0, size.width_px, size.height_px};
    typeset->ink = bbox_intersection(typeset->ink, bbox_grow(whole, TEXT_OVERHANG_EM * text_size_px(look)));
    return true;
}

/** All letters must come from one font. */
static void learn_font(struct alphabet *alphabet, PangoFont *font)
{
    if (!alphabet->font) {
        alphabet->font = g_object_ref(font);
    }
    alphabet->is_odd = alphabet->is_odd || alphabet->font != font;
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

/** Is it shaped letter by letter, in one font? */
static bool is_simple(const PangoLayoutLine *line)
{
    if (!line->runs || line->runs->next) {
        return false;
    }
    const PangoLayoutRun *run = line->runs->data;
    bool is_one_by_one = run->glyphs->num_glyphs == line->length && run->item->analysis.level == 0;
    for (int i = 0; i < run->glyphs->num_glyphs && is_one_by_one; i++) {
        const PangoGlyphInfo *glyph = &run->glyphs->glyphs[i];
        is_one_by_one = run->glyphs->log_clusters[i] == i && glyph->geometry.x_offset == 0 &&
                        glyph->geometry.y_offset == 0 && !(glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG);
    }
    return is_one_by_one;
}

static void learn_line(struct alphabet *alphabet, const char *text, const PangoLayoutLine *line)
{
    const char *start = text + line->start_index;
    size_t length = (size_t)line->length;
    const PangoLayoutRun *run = line->runs->data;
    int table = table_of(start, length);
    learn_font(alphabet, run->item->analysis.font);
    for (size_t i = 0; i < length; i++) {
        int letter = start[i] - FIRST;
        int32_t *width = &alphabet->widths[table][letter][letter_at(start, length, i + 1)];
        learn_width(alphabet, width, run->glyphs->glyphs[i].geometry.width);
        learn_letter(alphabet, letter, run->glyphs, (int)i, run->item->analysis.font);
    }
}

/** A line that was broken before its text ended has lost its last blank. */
static bool is_whole(const char *text, const PangoLayoutLine *line)
{
    char before = line->start_index > 0 ? text[line->start_index - 1] : '\n';
    char behind = text[line->start_index + line->length];
    return before == '\n' && (behind == '\n' || behind == '\0');
}

void text_alphabet_learn(struct text_engine *engine, PangoLayout *layout, const struct text_look *look)
{
    const char *text = pango_layout_get_text(layout);
    if (!is_plain(text)) {
        return;
    }
    struct alphabet *alphabet = alphabet_of(engine, look);
    for (GSList *at = pango_layout_get_lines_readonly(layout); at; at = at->next) {
        PangoLayoutLine *line = at->data;
        if (!is_simple(line) || !is_whole(text, line)) {
            continue;
        }
        PangoRectangle logical;
        pango_layout_line_get_extents(line, NULL, &logical);
        alphabet->is_odd = alphabet->is_odd || (alphabet->height != 0 && alphabet->height != logical.height);
        alphabet->height = logical.height;
        alphabet->baseline = -logical.y;
        learn_line(alphabet, text, line);
    }
}
