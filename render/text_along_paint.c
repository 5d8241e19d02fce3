/*
 * text_along_paint.c - in a picture the outlines of all letters are filled as one path, where the font wants
 * them; on a page they are glyphs with their text, so that it can be found there.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas_internal.h"
#include "render/image.h"
#include "render/text_along_internal.h"
#include "render/text_internal.h"
#include "render/text_letters.h"
#include "render/text_mask.h"

/** A text as Pango has it, and the same letters as groups. */
struct glyphs {
    PangoLayout *layout;
    PangoLayoutLine *line; /* of the layout */
    struct text_letters letters;
    double middle_px;
};

static void glyphs_init(struct glyphs *glyphs, struct text_engine *engine, const struct text_along *text)
{
    glyphs->layout = text_layout_new(engine, text->text, &text->look, (struct text_box){.wrap_px = 0});
    glyphs->line = pango_layout_get_line_readonly(glyphs->layout, 0);
    glyphs->middle_px = text_letters_middle_px(&text->look);
    text_letters_init(&glyphs->letters, glyphs->layout);
}

static void glyphs_finish(struct glyphs *glyphs)
{
    text_letters_finish(&glyphs->letters);
    g_object_unref(glyphs->layout);
}

/** What is done with some glyphs of a font, from cairo's current point on. */
typedef void show_glyphs(cairo_t *cairo, PangoFont *font, PangoGlyphString *glyphs);

/** The glyphs of a run from one to before another, as a string that borrows them. */
static PangoGlyphString part_of(const PangoLayoutRun *run, uint32_t from, uint32_t to)
{
    return (PangoGlyphString){.num_glyphs = (int)(to - from),
                              .glyphs = run->glyphs->glyphs + from,
                              .log_clusters = run->glyphs->log_clusters + from};
}

/** Goes through the runs for what of them belongs to the group: an accent may come from another font. */
static void show_group(cairo_t *cairo, const struct glyphs *glyphs, const struct text_group *group,
                       show_glyphs *show)
{
    uint32_t end = group->first_glyph + group->glyph_count;
    uint32_t first = 0;
    for (GSList *at = glyphs->line->runs; at && first < end; at = at->next) {
        const PangoLayoutRun *run = at->data;
        uint32_t next = first + (uint32_t)run->glyphs->num_glyphs;
        if (next > group->first_glyph) {
            uint32_t from = group->first_glyph > first ? group->first_glyph - first : 0;
            PangoGlyphString part = part_of(run, from, (end < next ? end : next) - first);
            show(cairo, run->item->analysis.font, &part);
            cairo_rel_move_to(cairo, (double)pango_glyph_string_get_width(&part) / PANGO_SCALE, 0);
        }
        first = next;
    }
}

/** Where a group's left end and baseline lie, with the letters' place at (0, 0) and px as unit. */
static void go_to_letter(cairo_t *cairo, const struct glyphs *glyphs, const struct text_group *group,
                         const struct text_letter *letter)
{
    cairo_translate(cairo, letter->x / TEXT_LETTER_UNITS, letter->y / TEXT_LETTER_UNITS);
    cairo_rotate(cairo, letter->turn * 2 * M_PI / TEXT_LETTER_TURNS);
    cairo_move_to(cairo, -group->width_px / 2, glyphs->middle_px);
}

static void trace_letters(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    cairo_new_path(cairo);
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        if (glyphs->letters.is_joined) {
            pango_cairo_layout_line_path(cairo, glyphs->line);
        } else {
            show_group(cairo, glyphs, &glyphs->letters.groups[i], pango_cairo_glyph_string_path);
        }
        cairo_restore(cairo);
    }
}

static void show_letters(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        if (glyphs->letters.is_joined) {
            pango_cairo_show_layout_line(cairo, glyphs->line);
        } else {
            show_group(cairo, glyphs, &glyphs->letters.groups[i], pango_cairo_show_glyph_string);
        }
        cairo_restore(cairo);
    }
}

static void stroke_halo(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    if (text->look.halo.alpha == 0 || !(text->look.halo_px > 0)) {
        return;
    }
    trace_letters(cairo, glyphs, text);
    cairo_set_line_width(cairo, 2 * text->look.halo_px);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    canvas_set_colour(cairo, text->look.halo);
    cairo_stroke(cairo);
}

void text_along_paint_glyphs(struct text_engine *engine, cairo_t *cairo, const struct text_along *text)
{
    struct glyphs glyphs;
    glyphs_init(&glyphs, engine, text);
    cairo_save(cairo);
    cairo_translate(cairo, text->place.x, text->place.y);
    stroke_halo(cairo, &glyphs, text);
    canvas_set_colour(cairo, text->look.colour);
    if (cairo_surface_get_type(cairo_get_target(cairo)) == CAIRO_SURFACE_TYPE_IMAGE) {
        trace_letters(cairo, &glyphs, text);
        cairo_fill(cairo);
    } else {
        show_letters(cairo, &glyphs, text);
    }
    cairo_restore(cairo);
    glyphs_finish(&glyphs);
}

static void paint_mask(const struct text_mask *mask, const struct glyphs *glyphs,
                       const struct text_along *text, struct point anchor, int pixel_ratio)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(mask->bytes, CAIRO_FORMAT_A8, mask->width,
                                                                   mask->height, mask->stride);
    cairo_t *cairo = cairo_create(surface);
    cairo_translate(cairo, anchor.x, anchor.y);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    trace_letters(cairo, glyphs, text);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static struct text_label *label_new(struct text_engine *engine, const struct text_along *text,
                                    int pixel_ratio)
{
    struct text_label *label = memory_new(1, sizeof *label);
    int margin = text_mask_margin(&text->look, pixel_ratio) + 1;
    /* The ink with its overhang has room for all letters, so the margin around it stays empty. */
    int left = (int)floor((text->ink.min_x - text->place.x) * pixel_ratio) - margin;
    int top = (int)floor((text->ink.min_y - text->place.y) * pixel_ratio) - margin;
    double width = ceil((text->ink.max_x - text->place.x) * pixel_ratio) + margin - left;
    double height = ceil((text->ink.max_y - text->place.y) * pixel_ratio) + margin - top;
    struct text_mask letters = {0};
    if (text_mask_init(&letters, width, height)) {
        struct glyphs glyphs;
        glyphs_init(&glyphs, engine, text);
        label->anchor_x = -left;
        label->anchor_y = -top;
        paint_mask(&letters, &glyphs, text, (struct point){-left, -top}, pixel_ratio);
        label->image = text_mask_picture(&letters, &text->look, pixel_ratio);
        glyphs_finish(&glyphs);
    }
    free(letters.bytes);
    return label;
}

const struct image *text_along_picture(struct text_engine *engine, const struct text_along *text,
                                       int pixel_ratio, int *anchor_x, int *anchor_y)
{
    /* A width below zero is no box that other texts have. */
    text_picture_key(engine, text->text, &text->look, (struct text_box){.wrap_px = -1}, pixel_ratio);
    buffer_append(&engine->key, text->letters, text->letter_count * sizeof(*text->letters));
    struct text_label *label = text_pictures_find(engine);
    if (!label) {
        label = label_new(engine, text, pixel_ratio);
        text_pictures_keep(engine, label);
    }
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
