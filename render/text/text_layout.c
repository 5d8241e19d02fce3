/*
 * text_layout.c - one text, shaped. Shaping takes some hundred microseconds, so layouts are made only for
 * sizes and pictures that are not kept, and for pages.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/utf8.h"
#include "render/text/text_halo.h"
#include "render/canvas/canvas_internal.h"
#include "render/text/fonts.h"
#include "render/canvas/path.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"

#define SIZE_MIN_PX 1.0
#define SIZE_MAX_PX 400.0
#define LINE_COUNT_MAX 64

/** What text_clean() has seen so far. */
struct cleaning {
    struct buffer clean;
    struct text_box box;
    size_t total;       /* characters written */
    size_t line_length; /* of the current line */
    size_t line_count;  /* line breaks written */
    bool is_cut;        /* the rest of this line is left out */
};

static void clean_line_break(struct cleaning *cleaning)
{
    cleaning->line_length = 0;
    cleaning->is_cut = false;
    cleaning->line_count++;
    buffer_append_text(&cleaning->clean, "\n");
}

static void clean_character(struct cleaning *cleaning, const char *bytes, size_t length)
{
    bool is_too_long = cleaning->line_length >= TEXT_LINE_MAX - 1 && !(cleaning->box.wrap_px > 0);
    if (cleaning->is_cut) {
        return;
    }
    cleaning->is_cut = is_too_long || cleaning->total >= TEXT_TOTAL_MAX - 1;
    cleaning->line_length++;
    cleaning->total++;
    if (cleaning->is_cut) {
        buffer_append_text(&cleaning->clean, "…");
    } else {
        buffer_append(&cleaning->clean, bytes, length);
    }
}

/** Takes one character, valid or not, and returns the bytes it took. */
static size_t clean_next(struct cleaning *cleaning, const char *text)
{
    gunichar character = g_utf8_get_char_validated(text, -1);
    if (character == (gunichar)-1 || character == (gunichar)-2) {
        clean_character(cleaning, "\xEF\xBF\xBD", 3);
        return 1;
    }
    size_t length = (size_t)(g_utf8_next_char(text) - text);
    if (utf8_is_noncharacter(character)) {
        clean_character(cleaning, "\xEF\xBF\xBD", 3);
    } else if (character == '\n' || character == 0x2028 || character == 0x2029) {
        clean_line_break(cleaning);
    } else if (character == '\t') {
        clean_character(cleaning, " ", 1);
    } else if (!g_unichar_iscntrl(character)) {
        clean_character(cleaning, text, length);
    }
    return length;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return *text == '\0';
}

/** "u" and a combining "¨" become one "ü": B612 has the letter but not the mark. */
static char *compose(char *clean)
{
    if (is_ascii(clean)) {
        return clean;
    }
    char *composed = g_utf8_normalize(clean, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    char *copy = memory_copy_text(composed);
    g_free(composed);
    free(clean);
    return copy;
}

char *text_clean(const char *text, struct text_box box)
{
    struct cleaning cleaning = {.box = box};
    buffer_init(&cleaning.clean, (size_t)4 * (TEXT_TOTAL_MAX + LINE_COUNT_MAX));
    while (*text && cleaning.total < TEXT_TOTAL_MAX && cleaning.line_count < LINE_COUNT_MAX) {
        text += clean_next(&cleaning, text);
    }
    return compose(buffer_take(&cleaning.clean, NULL));
}

double text_size_px(const struct text_look *look)
{
    double size_px = look->size_px < SIZE_MAX_PX ? look->size_px : SIZE_MAX_PX;
    return size_px > SIZE_MIN_PX ? size_px : SIZE_MIN_PX;
}

static void set_font(PangoLayout *layout, const struct text_look *look)
{
    PangoFontDescription *font = pango_font_description_from_string(FONTS_FAMILIES);
    pango_font_description_set_absolute_size(font, round(text_size_px(look) * PANGO_SCALE));
    pango_font_description_set_weight(font, look->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, look->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/** Lines are broken at the width that was asked for; then the box closes round what came out of it. */
static void set_box(PangoLayout *layout, struct text_box box)
{
    static const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    pango_layout_set_alignment(layout, alignments[box.align]);
    if (!(box.wrap_px > 0)) {
        return;
    }
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, (int)(fmin(box.wrap_px, 1e5) * PANGO_SCALE));
}

PangoLayout *text_layout_new(struct text_engine *engine, const char *text, const struct text_look *look,
                             struct text_box box)
{
    char *clean = text_clean(text, box);
    PangoLayout *layout = pango_layout_new(engine->context);
    set_font(layout, look);
    set_box(layout, box);
    pango_layout_set_text(layout, clean, -1);
    free(clean);
    return layout;
}

struct point text_layout_corner(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (struct point){(double)logical.x / PANGO_SCALE, (double)logical.y / PANGO_SCALE};
}

struct bbox text_layout_ink(PangoLayout *layout, double overhang_px)
{
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(layout, &ink, &logical);
    if (ink.width <= 0 || ink.height <= 0) {
        return bbox_empty();
    }
    double left = (double)(ink.x - logical.x) / PANGO_SCALE;
    double top = (double)(ink.y - logical.y) / PANGO_SCALE;
    struct bbox letters = {left, top, left + (double)ink.width / PANGO_SCALE,
                           top + (double)ink.height / PANGO_SCALE};
    struct bbox box = {0, 0, (double)logical.width / PANGO_SCALE, (double)logical.height / PANGO_SCALE};
    return bbox_intersection(letters, bbox_grow(box, overhang_px));
}

void text_add_blank(struct path *path, const struct text_look *look, double left_px, double right_px,
                    double baseline_px)
{
    double middle = baseline_px - text_letters_middle_px(look);
    double half_px = TEXT_BLANK_EM * text_size_px(look);
    const struct point corners[] = {{left_px, middle - half_px},
                                    {right_px, middle - half_px},
                                    {right_px, middle + half_px},
                                    {left_px, middle + half_px}};
    path_add_line(path, corners, 4);
    path_close(path, false);
}

void text_layout_add_blanks(PangoLayout *layout, const struct text_look *look, struct path *path)
{
    const char *text = pango_layout_get_text(layout);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoRectangle blank;
        pango_layout_iter_get_char_extents(at, &blank);
        if (blank.width > 0 && g_unichar_isspace(g_utf8_get_char(text + pango_layout_iter_get_index(at)))) {
            double left = (double)blank.x / PANGO_SCALE;
            text_add_blank(path, look, left, left + (double)blank.width / PANGO_SCALE,
                           (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE);
        }
    } while (pango_layout_iter_next_char(at));
    pango_layout_iter_free(at);
}

/** Adds the glyphs of the run at which the iterator stands. */
static void add_run(struct canvas *canvas, const struct text_look *look, PangoLayoutIter *at)
{
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
    if (!run) {
        return; /* the end of a line */
    }
    PangoRectangle logical;
    pango_layout_iter_get_run_extents(at, NULL, &logical);
    cairo_move_to(canvas->cairo, (double)logical.x / PANGO_SCALE,
                  (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE);
    text_halo_add(canvas, look, run->item->analysis.font, run->glyphs);
}

static void paint_halo(struct canvas *canvas, PangoLayout *layout, const struct text_look *look)
{
    cairo_t *cairo = canvas->cairo;
    struct path blanks = {0};
    text_layout_add_blanks(layout, look, &blanks);
    canvas_set_colour(cairo, look->halo);
    canvas_page_trace(cairo, &blanks);
    cairo_fill(cairo);
    path_finish(&blanks);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        add_run(canvas, look, at);
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    text_halo_end(canvas, look);
}

/** Gives the blanks of a run at which its line was broken their glyph back, which takes no room. */
static void put_blanks_back(const char *text, PangoLayoutRun *run)
{
    hb_codepoint_t blank;
    if (!hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ', &blank)) {
        return;
    }
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        bool is_blank = text[run->item->offset + run->glyphs->log_clusters[i]] == ' ';
        if (is_blank && run->glyphs->glyphs[i].glyph == PANGO_GLYPH_EMPTY) {
            run->glyphs->glyphs[i].glyph = blank;
        }
    }
}

/** In a PDF words stay apart for those who listen; without a glyph some readers lose the lines that follow.
 */
static void part_lines(PangoLayout *layout)
{
    const char *text = pango_layout_get_text(layout);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *run = pango_layout_iter_get_run(at);
        if (run) {
            put_blanks_back(text, run);
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
}

/**
 * A PDF holds glyphs, so that their text can be found. In a picture cairo 1.16 would put each glyph at a
 * whole dot, which leaves gaps in small letters; filled outlines stand where the font wants them.
 */
static void paint_letters(cairo_t *cairo, PangoLayout *layout)
{
    cairo_surface_type_t kind = cairo_surface_get_type(cairo_get_target(cairo));
    if (kind == CAIRO_SURFACE_TYPE_IMAGE) {
        pango_cairo_layout_path(cairo, layout);
        cairo_fill(cairo);
        return;
    }
    if (kind == CAIRO_SURFACE_TYPE_PDF && pango_layout_get_line_count(layout) > 1) {
        part_lines(layout);
    }
    pango_cairo_show_layout(cairo, layout);
}

void text_paint_glyphs(struct canvas *canvas, const char *text, const struct text_look *look,
                       struct text_box box, struct point place)
{
    cairo_t *cairo = canvas_ink(canvas);
    PangoLayout *layout = text_layout_new(canvas->engine, text, look, box);
    struct point corner = text_layout_corner(layout);
    cairo_save(cairo);
    cairo_translate(cairo, place.x - corner.x, place.y - corner.y);
    cairo_move_to(cairo, 0, 0);
    if (look->halo.alpha > 0 && look->halo_px > 0) {
        paint_halo(canvas, layout, look);
        cairo_move_to(cairo, 0, 0);
    }
    canvas_set_colour(cairo, look->colour);
    paint_letters(cairo, layout);
    cairo_restore(cairo);
    g_object_unref(layout);
}
