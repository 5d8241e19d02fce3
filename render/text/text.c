/*
 * text.c - the engine and what it keeps. Two things are kept: the size of a text, because placement asks for
 * all labels of a plot, and its picture, because neighbouring tiles and later revisions show the same label
 * again.
 */
#include "render/text/text.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/fonts.h"
#include "render/lru_cache.h"
#include "render/text/text_alphabet.h"
#include "render/text/text_glyphs.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"
#include "render/text/text_typeset.h"

#define SIZES_BYTES_MAX ((size_t)6 << 20) /* some 30,000 labels */
#define KEY_BYTES_MAX ((size_t)4 * TEXT_TOTAL_MAX + 256)

/** Fixed by hand: what the desktop prefers must not change a map. */
static void fix_font_options(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 96);
    pango_context_set_language(context, pango_language_from_string("nl"));
    pango_context_set_round_glyph_positions(context, FALSE);
}

static void find_family(struct text_engine *engine)
{
    PangoFontDescription *wanted = pango_font_description_from_string(FONTS_FAMILIES);
    PangoFont *font = pango_context_load_font(engine->context, wanted);
    PangoFontDescription *found = font ? pango_font_describe(font) : NULL;
    const char *family = found ? pango_font_description_get_family(found) : NULL;
    snprintf(engine->family, sizeof engine->family, "%s", family ? family : "");
    pango_font_description_free(found);
    pango_font_description_free(wanted);
    g_clear_object(&font);
}

struct text_engine *text_engine_new(struct fault *fault)
{
    if (!fonts_use(fault)) {
        return NULL;
    }
    struct text_engine *engine = memory_new(1, sizeof *engine);
    engine->font_map = pango_cairo_font_map_new();
    engine->context = pango_font_map_create_context(engine->font_map);
    engine->sizes = lru_cache_new(SIZES_BYTES_MAX, free);
    engine->pictures = text_pictures_new();
    engine->letters = text_letters_cache_new();
    engine->alphabets = text_alphabets_new();
    engine->glyphs = text_glyphs_new();
    engine->missing = text_missing_cache_new();
    buffer_init(&engine->key, KEY_BYTES_MAX);
    fix_font_options(engine->context);
    find_family(engine);
    return engine;
}

void text_engine_free(struct text_engine *engine)
{
    if (!engine) {
        return;
    }
    lru_cache_free(engine->sizes);
    lru_cache_free(engine->pictures);
    lru_cache_free(engine->letters);
    lru_cache_free(engine->alphabets);
    text_glyphs_free(engine->glyphs);
    text_masks_finish(&engine->masks);
    text_fill_finish(&engine->fill);
    lru_cache_free(engine->missing);
    buffer_finish(&engine->key);
    g_object_unref(engine->context);
    g_object_unref(engine->font_map);
    free(engine);
}

const char *text_engine_family(const struct text_engine *engine)
{
    return engine->family;
}

void text_key(struct text_engine *engine, const char *text, const struct text_look *look, struct text_box box)
{
    double numbers[2] = {look->size_px, box.wrap_px};
    char flags[3] = {(char)box.align, (char)look->is_bold, (char)look->is_italic};
    engine->key.length = 0;
    buffer_append(&engine->key, numbers, sizeof numbers);
    buffer_append(&engine->key, flags, sizeof flags);
    /* No character takes more than four bytes: what text_clean() would cut may be left out here. */
    buffer_append(&engine->key, text, strnlen(text, (size_t)4 * TEXT_TOTAL_MAX));
}

double text_overhang_px(const struct text_look *look)
{
    return TEXT_OVERHANG_EM * text_size_px(look) + TEXT_OVERHANG_DOTS;
}

bool text_look_equals(const struct text_look *a, const struct text_look *b)
{
    return a->size_px == b->size_px && a->halo_px == b->halo_px && a->is_bold == b->is_bold &&
           a->is_italic == b->is_italic && memcmp(&a->colour, &b->colour, sizeof a->colour) == 0 &&
           memcmp(&a->halo, &b->halo, sizeof a->halo) == 0;
}

static struct text_size measure(struct text_engine *engine, const char *text, const struct text_look *look,
                                struct text_box box)
{
    PangoLayout *layout = text_layout_new(engine, text, look, box);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    struct text_size size = {.width_px = (double)logical.width / PANGO_SCALE,
                             .height_px = (double)logical.height / PANGO_SCALE,
                             .baseline_px = (double)pango_layout_get_baseline(layout) / PANGO_SCALE,
                             .line_count = pango_layout_get_line_count(layout)};
    text_alphabet_learn(engine, layout, look);
    g_object_unref(layout);
    return size;
}

bool text_measure_at_once(struct text_engine *engine, const char *text, const struct text_look *look,
                          struct text_box box, struct text_size *size)
{
    if (text_alphabet_measure(engine, text, look, box, size)) {
        return true;
    }
    text_key(engine, text, look, box);
    const struct text_size *kept = lru_cache_find(engine->sizes, engine->key.bytes, engine->key.length);
    *size = kept ? *kept : *size;
    return kept != NULL;
}

struct text_size text_measure(struct text_engine *engine, const char *text, const struct text_look *look,
                              struct text_box box)
{
    struct text_size size;
    if (text_measure_at_once(engine, text, look, box, &size)) {
        return size;
    }
    struct text_size *kept = memory_new(1, sizeof *kept);
    *kept = measure(engine, text, look, box);
    text_key(engine, text, look, box);
    lru_cache_put(engine->sizes, engine->key.bytes, engine->key.length, kept, sizeof *kept);
    size = *kept;
    lru_cache_trim(engine->sizes);
    return size;
}

void text_make_ready(struct text_engine *engine, const struct text_look *look, bool is_along)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    struct text_box box = {.wrap_px = 0};
    struct text_typeset typeset;
    text_measure(engine, letters, look, box);
    text_typeset_init(&typeset, engine, letters, look, box);
    for (size_t i = 0; i < typeset.count; i++) {
        const struct text_typeset_glyph *glyph = &typeset.glyphs[i];
        if (is_along) {
            text_glyph_outline(engine, glyph->font, glyph->glyph, 1);
        } else {
            text_glyph_mask(engine, glyph->font, glyph->glyph, 1);
        }
    }
    text_typeset_finish(&typeset);
    text_glyphs_trim(engine->glyphs);
}
