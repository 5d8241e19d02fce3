/*
 * text_missing.c - most texts are told by looking at the fonts letter by letter. Where one seems to be
 * lacking the text is shaped: some letters are drawn as another with an accent, and some take no ink at all.
 */
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/fonts.h"
#include "render/lru_cache.h"
#include "render/text/text_internal.h"

#define MISSING_BYTES_MAX ((size_t)1 << 20)
#define NAMED_MOST 4 /* characters */
#define FIRST_NOT_ASCII 0x80

struct lru_cache *text_missing_cache_new(void)
{
    return lru_cache_new(MISSING_BYTES_MAX, free);
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < FIRST_NOT_ASCII) {
        text++;
    }
    return *text == '\0';
}

static bool font_has(PangoFontset *fonts, gunichar character)
{
    PangoFont *font = pango_fontset_get_font(fonts, character);
    bool has = font && pango_font_has_char(font, character);
    g_clear_object(&font);
    return has;
}

/* Every letter of the text has one in the fonts; false: it takes a closer look. */
static bool fonts_have(struct text_engine *engine, const char *clean)
{
    PangoFontDescription *wanted = pango_font_description_from_string(FONTS_FAMILIES);
    PangoFontset *fonts = pango_font_map_load_fontset(engine->font_map, engine->context, wanted,
                                                      pango_context_get_language(engine->context));
    bool have_all = true;
    for (const char *at = clean; *at && have_all; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        have_all = character < FIRST_NOT_ASCII || font_has(fonts, character);
    }
    g_clear_object(&fonts);
    pango_font_description_free(wanted);
    return have_all;
}

/* Names a character, unless it is named already or enough are. */
static void name(struct text_missing *missing, gunichar character)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04X", character);
    size_t length = strlen(missing->names);
    if (strstr(missing->names, name)) {
        return;
    }
    if (missing->named_count < NAMED_MOST) {
        snprintf(missing->names + length, sizeof missing->names - length, "%s%s", length > 0 ? ", " : "",
                 name);
    } else if (missing->named_count == NAMED_MOST) {
        snprintf(missing->names + length, sizeof missing->names - length, " …");
    }
    missing->named_count++;
}

static void note_run(struct text_missing *missing, const PangoGlyphString *glyphs)
{
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if (glyph != PANGO_GLYPH_EMPTY && (glyph & PANGO_GLYPH_UNKNOWN_FLAG)) {
            missing->count++;
            name(missing, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
        }
    }
}

static void look_closely(struct text_engine *engine, const char *clean, struct text_missing *missing)
{
    static const struct text_look look = {.size_px = 12};
    PangoLayout *layout = text_layout_new(engine, clean, &look, (struct text_box){.align = TEXT_LEFT});
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (run) {
            note_run(missing, run->glyphs);
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    g_object_unref(layout);
}

static struct text_missing *find_missing(struct text_engine *engine, const char *text)
{
    struct text_missing *missing = memory_new(1, sizeof *missing);
    char *clean = text_clean(text, (struct text_box){.align = TEXT_LEFT});
    if (!fonts_have(engine, clean)) {
        look_closely(engine, clean, missing);
    }
    free(clean);
    return missing;
}

const struct text_missing *text_missing(struct text_engine *engine, const char *text)
{
    if (is_ascii(text)) {
        return NULL;
    }
    size_t length = strnlen(text, (size_t)4 * TEXT_TOTAL_MAX);
    struct text_missing *kept = lru_cache_find(engine->missing, text, length);
    if (!kept) {
        kept = find_missing(engine, text);
        lru_cache_put(engine->missing, text, length, kept, sizeof *kept);
        lru_cache_trim(engine->missing);
    }
    return kept->count > 0 ? kept : NULL;
}
