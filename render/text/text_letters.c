/*
 * text_letters.c - Pango has put the runs of a line in the order of the eye, and told of each glyph to which
 * cluster it belongs. A cluster is what is turned: a letter with its accents, a ligature.
 */
#include "render/text/text_letters.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/lru_cache.h"
#include "render/text/text_alphabet.h"
#include "render/text/text_internal.h"

#define LETTERS_BYTES_MAX ((size_t)4 << 20)
#define MIDDLE_EM 0.34

double text_letters_middle_px(const struct text_look *look)
{
    return MIDDLE_EM * text_size_px(look);
}

char *text_letters_one_line(const char *text)
{
    char *line = text_clean(text, (struct text_box){.wrap_px = 0});
    for (char *c = line; *c; c++) {
        *c = *c == '\n' ? ' ' : *c;
    }
    return line;
}

/** Do the letters of a script touch each other, or hang on one stroke? */
static bool is_joined_script(GUnicodeScript script)
{
    switch (script) {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_MONGOLIAN:
    case G_UNICODE_SCRIPT_MANDAIC:
    case G_UNICODE_SCRIPT_PHAGS_PA:
    case G_UNICODE_SCRIPT_MANICHAEAN:
    case G_UNICODE_SCRIPT_ADLAM:
    case G_UNICODE_SCRIPT_SOGDIAN:
    case G_UNICODE_SCRIPT_HANIFI_ROHINGYA:
    case G_UNICODE_SCRIPT_DEVANAGARI:
    case G_UNICODE_SCRIPT_BENGALI:
    case G_UNICODE_SCRIPT_GURMUKHI:
        return true;
    default:
        return false;
    }
}

static double px(int units)
{
    return (double)units / PANGO_SCALE;
}

static struct bbox box_of(PangoRectangle ink)
{
    if (ink.width <= 0 || ink.height <= 0) {
        return bbox_empty();
    }
    return (struct bbox){px(ink.x), px(ink.y), px(ink.x + ink.width), px(ink.y + ink.height)};
}

static struct bbox moved_right(struct bbox box, double px)
{
    return bbox_is_empty(box) ? box : (struct bbox){box.min_x + px, box.min_y, box.max_x + px, box.max_y};
}

/** An accent from a font of its own goes with the letter before it. */
static void add_to_last(struct text_letters *letters, const struct text_group *accent)
{
    struct text_group *last = &letters->groups[letters->count - 1];
    last->ink = bbox_union(last->ink, moved_right(accent->ink, accent->start_px - last->start_px));
    last->width_px = accent->start_px + accent->width_px - last->start_px;
    last->glyph_count += accent->glyph_count;
}

static void add_group(struct text_letters *letters, struct text_group group, bool is_accent)
{
    const struct text_group *last = letters->count > 0 ? &letters->groups[letters->count - 1] : NULL;
    if (is_accent && last && last->first_glyph + last->glyph_count == group.first_glyph) {
        add_to_last(letters, &group);
    } else if (!bbox_is_empty(group.ink)) {
        letters->groups[letters->count++] = group;
    }
}

/** The number of glyphs from one on that form a cluster. */
static int cluster_length(const PangoGlyphString *glyphs, int first)
{
    int end = first + 1;
    while (end < glyphs->num_glyphs && glyphs->log_clusters[end] == glyphs->log_clusters[first]) {
        end++;
    }
    return end - first;
}

/** Does a cluster begin with a combining mark? Only where letters run to the right its letter is before it.
 */
static bool is_accent(const char *text, const PangoLayoutRun *run, int glyph)
{
    const char *at = text + run->item->offset + run->glyphs->log_clusters[glyph];
    return run->item->analysis.level % 2 == 0 && g_unichar_ismark(g_utf8_get_char(at));
}

/** The glyphs of a run as they are, behind those of the runs before it. */
static void add_glyphs(struct text_letters *letters, const PangoLayoutRun *run)
{
    PangoFont *font = run->item->analysis.font;
    letters->fonts[letters->font_count++] = g_object_ref(font);
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        letters->glyphs[letters->glyph_count++] =
            (struct text_letter_glyph){.font = font,
                                       .glyph = info->glyph,
                                       .width = info->geometry.width,
                                       .x_offset = info->geometry.x_offset,
                                       .y_offset = info->geometry.y_offset};
    }
}

/** @param number  of the run's first glyph among those of all runs */
static void add_run(struct text_letters *letters, const char *text, PangoLayoutRun *run, uint32_t number)
{
    PangoGlyphString *glyphs = run->glyphs;
    for (int first = 0, length; first < glyphs->num_glyphs; first += length) {
        length = cluster_length(glyphs, first);
        PangoRectangle ink;
        PangoRectangle logical;
        pango_glyph_string_extents_range(glyphs, first, first + length, run->item->analysis.font, &ink,
                                         &logical);
        struct text_group group = {.start_px = letters->width_px,
                                   .width_px = px(logical.width),
                                   .ink = box_of(ink),
                                   .first_glyph = number + (uint32_t)first,
                                   .glyph_count = (uint32_t)length};
        add_group(letters, group, is_accent(text, run, first));
        letters->width_px += px(logical.width);
    }
}

/** The whole line as one group of so many glyphs. */
static void join(struct text_letters *letters, PangoLayoutLine *line, uint32_t glyph_count)
{
    PangoRectangle ink;
    pango_layout_line_get_extents(line, &ink, NULL);
    letters->count = 0;
    letters->is_joined = true;
    struct text_group all = {.width_px = letters->width_px, .ink = box_of(ink), .glyph_count = glyph_count};
    add_group(letters, all, false);
}

void text_letters_measure(struct text_letters *letters, const struct text_look *look)
{
    double middle = text_letters_middle_px(look);
    for (size_t i = 0; i < letters->count; i++) {
        struct bbox ink = letters->groups[i].ink;
        letters->reach_px = fmax(letters->reach_px, fmax(-ink.min_y - middle, ink.max_y + middle));
    }
}

void text_letters_reserve(struct text_letters *letters, size_t glyph_count, size_t font_count)
{
    *letters = (struct text_letters){.groups = memory_new(glyph_count, sizeof(*letters->groups)),
                                     .glyphs = memory_new(glyph_count, sizeof(*letters->glyphs)),
                                     .fonts = memory_new(font_count, sizeof(*letters->fonts))};
}

void text_letters_init(struct text_letters *letters, PangoLayout *layout, const struct text_look *look)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    size_t glyph_count = 1;
    size_t run_count = 1;
    bool is_joined = false;
    for (GSList *at = line->runs; at; at = at->next, run_count++) {
        PangoLayoutRun *run = at->data;
        glyph_count += (size_t)run->glyphs->num_glyphs;
        is_joined = is_joined || is_joined_script((GUnicodeScript)run->item->analysis.script);
    }
    text_letters_reserve(letters, glyph_count, run_count);
    for (GSList *at = line->runs; at; at = at->next) {
        add_run(letters, pango_layout_get_text(layout), at->data, (uint32_t)letters->glyph_count);
        add_glyphs(letters, at->data);
    }
    if (is_joined) {
        join(letters, line, (uint32_t)letters->glyph_count);
    }
    text_letters_measure(letters, look);
}

void text_letters_finish(struct text_letters *letters)
{
    for (size_t i = 0; i < letters->font_count; i++) {
        g_object_unref(letters->fonts[i]);
    }
    free(letters->groups);
    free(letters->glyphs);
    free(letters->fonts);
    *letters = (struct text_letters){.count = 0};
}

static void free_letters(void *value)
{
    text_letters_finish(value);
    free(value);
}

struct lru_cache *text_letters_cache_new(void)
{
    return lru_cache_new(LETTERS_BYTES_MAX, free_letters);
}

const struct text_letters *text_letters_get(struct text_engine *engine, const char *text,
                                            const struct text_look *look)
{
    struct text_box box = {.wrap_px = 0};
    text_key(engine, text, look, box);
    struct text_letters *letters = lru_cache_find(engine->letters, engine->key.bytes, engine->key.length);
    if (letters) {
        return letters;
    }
    letters = memory_new(1, sizeof(*letters));
    if (!text_alphabet_letters(engine, text, look, letters)) {
        PangoLayout *layout = text_layout_new(engine, text, look, box);
        text_letters_init(letters, layout, look);
        text_alphabet_learn(engine, layout, look);
        g_object_unref(layout);
    }
    lru_cache_put(engine->letters, engine->key.bytes, engine->key.length, letters,
                  sizeof(*letters) + letters->font_count * sizeof(*letters->fonts) +
                      letters->glyph_count * (sizeof(*letters->groups) + sizeof(*letters->glyphs)));
    lru_cache_trim(engine->letters);
    return letters;
}
