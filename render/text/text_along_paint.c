/*
 * text_along_paint.c - on a page the letters are glyphs with their text, so that it can be found there. On a
 * page that is a picture they are outlines, where the font wants them.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/text_halo.h"
#include "render/canvas/canvas_internal.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_internal.h"

/** What letters are shown with. */
struct pen {
    cairo_t *cairo;
    const char *saying; /* what the next glyphs stand for to whoever searches a page; "": nothing */
};

/** To where a group's left end and baseline lie, with the letters' place at (0, 0) and px as unit. */
static void go_to_letter(cairo_t *cairo, const struct along_glyphs *glyphs, const struct text_group *group,
                         const struct text_letter *letter)
{
    cairo_translate(cairo, letter->x / TEXT_LETTER_UNITS, letter->y / TEXT_LETTER_UNITS);
    cairo_rotate(cairo, letter->turn * 2 * M_PI / TEXT_LETTER_TURNS);
    cairo_move_to(cairo, -group->width_px / 2, glyphs->middle_px);
}

/** To where the glyphs behind a part stand. */
static void go_on(cairo_t *cairo, PangoGlyphString *part)
{
    cairo_rel_move_to(cairo, (double)pango_glyph_string_get_width(part) / PANGO_SCALE, 0);
}

/** What a halo is added to. */
struct halo {
    struct canvas *canvas;
    const struct text_look *look;
};

static void add_part(PangoFont *font, PangoGlyphString *part, void *context)
{
    const struct halo *halo = context;
    text_halo_add(halo->canvas, halo->look, font, part);
    go_on(halo->canvas->cairo, part);
}

static void trace_part(PangoFont *font, PangoGlyphString *part, void *context)
{
    cairo_t *cairo = context;
    pango_cairo_glyph_string_path(cairo, font, part);
    go_on(cairo, part);
}

/** Visits the glyphs of all letters, with cairo's current point where they stand. */
static void visit_letters(cairo_t *cairo, const struct along_glyphs *glyphs, const struct text_along *text,
                          void (*visit)(PangoFont *, PangoGlyphString *, void *), void *context)
{
    cairo_new_path(cairo);
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        along_glyphs_visit(glyphs, &glyphs->letters.groups[i], visit, context);
        cairo_restore(cairo);
    }
}

/** The glyphs of a part as cairo wants them, from its current point on. Owned by the caller, free(). */
static cairo_glyph_t *cairo_glyphs(cairo_t *cairo, const PangoGlyphString *part, int spare)
{
    double x;
    double y;
    cairo_get_current_point(cairo, &x, &y);
    cairo_glyph_t *glyphs = memory_new((size_t)(part->num_glyphs + spare), sizeof(*glyphs));
    for (int i = 0; i < part->num_glyphs; i++) {
        const PangoGlyphGeometry *geometry = &part->glyphs[i].geometry;
        glyphs[i] = (cairo_glyph_t){.index = part->glyphs[i].glyph,
                                    .x = x + (double)geometry->x_offset / PANGO_SCALE,
                                    .y = y + (double)geometry->y_offset / PANGO_SCALE};
        x += (double)geometry->width / PANGO_SCALE;
    }
    return glyphs;
}

static bool has_unknown(const PangoGlyphString *part)
{
    for (int i = 0; i < part->num_glyphs; i++) {
        if (part->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
            return true;
        }
    }
    return false;
}

/**
 * Shows glyphs as one cluster that stands for what the pen is to say. A blank behind them keeps cairo from
 * taking that for what a glyph alone means.
 */
static void say_glyphs(struct pen *pen, PangoFont *font, PangoGlyphString *part)
{
    hb_codepoint_t blank;
    bool has_blank = hb_font_get_nominal_glyph(pango_font_get_hb_font(font), ' ', &blank);
    if (!has_blank || part->num_glyphs == 0 || has_unknown(part)) {
        pango_cairo_show_glyph_string(pen->cairo, font, part);
        return;
    }
    int count = part->num_glyphs;
    cairo_glyph_t *glyphs = cairo_glyphs(pen->cairo, part, 1);
    glyphs[count] = (cairo_glyph_t){.index = blank, .x = glyphs[count - 1].x, .y = glyphs[count - 1].y};
    cairo_text_cluster_t cluster = {.num_bytes = (int)strlen(pen->saying), .num_glyphs = count + 1};
    cairo_set_scaled_font(pen->cairo, pango_cairo_font_get_scaled_font((PangoCairoFont *)font));
    cairo_show_text_glyphs(pen->cairo, pen->saying, -1, glyphs, count + 1, &cluster, 1, 0);
    free(glyphs);
    pen->saying = "";
}

static void show_part(PangoFont *font, PangoGlyphString *part, void *context)
{
    struct pen *pen = context;
    say_glyphs(pen, font, part);
    go_on(pen->cairo, part);
}

/** The first letter says the whole text, so that it is found however its letters are turned. */
static void show_letters(cairo_t *cairo, const struct along_glyphs *glyphs, const struct text_along *text)
{
    struct pen pen = {.cairo = cairo, .saying = text->text};
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        if (glyphs->letters.is_joined) {
            pango_cairo_show_layout_line(cairo, glyphs->line);
        } else {
            along_glyphs_visit(glyphs, &glyphs->letters.groups[i], show_part, &pen);
        }
        cairo_restore(cairo);
    }
}

static void stroke_halo(struct canvas *canvas, const struct along_glyphs *glyphs,
                        const struct text_along *text)
{
    cairo_t *cairo = canvas->cairo;
    if (text->look.halo.alpha == 0 || !(text->look.halo_px > 0)) {
        return;
    }
    struct path blanks = {0};
    along_glyphs_add_blanks(&glyphs->letters, text, &blanks);
    canvas_set_colour(cairo, text->look.halo);
    canvas_page_trace(cairo, &blanks);
    cairo_fill(cairo);
    path_finish(&blanks);
    struct halo halo = {canvas, &text->look};
    visit_letters(cairo, glyphs, text, add_part, &halo);
    text_halo_end(canvas, &text->look);
}

void text_along_paint_glyphs(struct canvas *canvas, const struct text_along *text)
{
    cairo_t *cairo = canvas_ink(canvas);
    struct along_glyphs glyphs;
    along_glyphs_init(&glyphs, canvas->engine, text);
    cairo_save(cairo);
    cairo_translate(cairo, text->place.x, text->place.y);
    stroke_halo(canvas, &glyphs, text);
    canvas_set_colour(cairo, text->look.colour);
    if (cairo_surface_get_type(cairo_get_target(cairo)) == CAIRO_SURFACE_TYPE_IMAGE) {
        visit_letters(cairo, &glyphs, text, trace_part, cairo);
        cairo_fill(cairo);
    } else {
        show_letters(cairo, &glyphs, text);
    }
    cairo_restore(cairo);
    along_glyphs_finish(&glyphs);
}
