/*
 * text_along_paint.c - in a picture the outlines of all letters are filled as one path, where the font wants
 * them; on a page they are glyphs with their text, so that it can be found there.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/canvas_internal.h"
#include "render/image.h"
#include "render/text_along_internal.h"
#include "render/text_internal.h"
#include "render/text_letters.h"
#include "render/text_mask.h"

#define BLANK_LEAST_EM 0.12 /* kerning leaves less */

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
    text_letters_init(&glyphs->letters, glyphs->layout, &text->look);
}

static void glyphs_finish(struct glyphs *glyphs)
{
    text_letters_finish(&glyphs->letters);
    g_object_unref(glyphs->layout);
}

/** What letters are shown with. */
struct pen {
    cairo_t *cairo;
    const char *saying; /* what the next glyphs stand for to whoever searches a page; "": nothing */
};

/** What is done with some glyphs of a font, from cairo's current point on. */
typedef void show_glyphs(struct pen *pen, PangoFont *font, PangoGlyphString *glyphs);

/** The glyphs of a run from one to before another, as a string that borrows them. */
static PangoGlyphString part_of(const PangoLayoutRun *run, uint32_t from, uint32_t to)
{
    return (PangoGlyphString){.num_glyphs = (int)(to - from),
                              .glyphs = run->glyphs->glyphs + from,
                              .log_clusters = run->glyphs->log_clusters + from};
}

/** Goes through the runs for what of them belongs to the group: an accent may come from another font. */
static void show_group(struct pen *pen, const struct glyphs *glyphs, const struct text_group *group,
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
            show(pen, run->item->analysis.font, &part);
            cairo_rel_move_to(pen->cairo, (double)pango_glyph_string_get_width(&part) / PANGO_SCALE, 0);
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

static void trace_part(struct pen *pen, PangoFont *font, PangoGlyphString *part)
{
    pango_cairo_glyph_string_path(pen->cairo, font, part);
}

static void trace_letters(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    struct pen pen = {.cairo = cairo};
    cairo_new_path(cairo);
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        if (glyphs->letters.is_joined) {
            pango_cairo_layout_line_path(cairo, glyphs->line);
        } else {
            show_group(&pen, glyphs, &glyphs->letters.groups[i], trace_part);
        }
        cairo_restore(cairo);
    }
}

/** A place beside the middle of a letter, along its foot and down from there, px. */
static struct point beside(const struct text_letter *letter, double along_px, double down_px)
{
    double angle_rad = letter->turn * 2 * M_PI / TEXT_LETTER_TURNS;
    return (struct point){
        letter->x / TEXT_LETTER_UNITS + along_px * cos(angle_rad) - down_px * sin(angle_rad),
        letter->y / TEXT_LETTER_UNITS + along_px * sin(angle_rad) + down_px * cos(angle_rad)};
}

/** From each word to the next, so that a line below the text cannot be read as a hyphen. */
static void trace_blanks(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    double half_px = TEXT_BLANK_EM * text_size_px(&text->look);
    cairo_new_path(cairo);
    for (size_t i = 0; i + 1 < glyphs->letters.count && i + 1 < text->letter_count; i++) {
        const struct text_group *group = &glyphs->letters.groups[i];
        double blank_px = group[1].start_px - group->start_px - group->width_px;
        if (blank_px <= BLANK_LEAST_EM * text_size_px(&text->look)) {
            continue;
        }
        struct point corners[4] = {beside(&text->letters[i], group->width_px / 2, -half_px),
                                   beside(&text->letters[i + 1], -group[1].width_px / 2, -half_px),
                                   beside(&text->letters[i + 1], -group[1].width_px / 2, half_px),
                                   beside(&text->letters[i], group->width_px / 2, half_px)};
        for (int j = 0; j < 4; j++) {
            cairo_line_to(cairo, corners[j].x, corners[j].y);
        }
        cairo_close_path(cairo);
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
static void say_part(struct pen *pen, PangoFont *font, PangoGlyphString *part)
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

/** The first letter says the whole text, so that it is found however its letters are turned. */
static void show_letters(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    struct pen pen = {.cairo = cairo, .saying = text->text};
    for (size_t i = 0; i < glyphs->letters.count && i < text->letter_count; i++) {
        cairo_save(cairo);
        go_to_letter(cairo, glyphs, &glyphs->letters.groups[i], &text->letters[i]);
        if (glyphs->letters.is_joined) {
            pango_cairo_show_layout_line(cairo, glyphs->line);
        } else {
            show_group(&pen, glyphs, &glyphs->letters.groups[i], say_part);
        }
        cairo_restore(cairo);
    }
}

static void stroke_halo(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text)
{
    if (text->look.halo.alpha == 0 || !(text->look.halo_px > 0)) {
        return;
    }
    canvas_set_colour(cairo, text->look.halo);
    trace_blanks(cairo, glyphs, text);
    cairo_fill(cairo);
    trace_letters(cairo, glyphs, text);
    cairo_set_line_width(cairo, 2 * text->look.halo_px);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
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

/** The dot at the north-west corner of a picture, from the place. The ink has room for the halo. */
static struct point corner_of(const struct text_along *text, int pixel_ratio)
{
    return (struct point){floor((text->ink.min_x - text->place.x) * pixel_ratio),
                          floor((text->ink.min_y - text->place.y) * pixel_ratio)};
}

/** Adds letters or blanks to the path. */
typedef void trace_path(cairo_t *cairo, const struct glyphs *glyphs, const struct text_along *text);

/** Nothing is painted into the margin, which is that of the halo. */
static void paint_mask(const struct text_mask *mask, const struct glyphs *glyphs,
                       const struct text_along *text, int pixel_ratio, trace_path *trace)
{
    struct point corner = corner_of(text, pixel_ratio);
    int margin = text_mask_margin(&text->look, pixel_ratio);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(mask->bytes, CAIRO_FORMAT_A8, mask->width,
                                                                   mask->height, mask->stride);
    cairo_t *cairo = cairo_create(surface);
    cairo_rectangle(cairo, margin, margin, mask->width - 2 * margin, mask->height - 2 * margin);
    cairo_clip(cairo);
    cairo_translate(cairo, -corner.x, -corner.y);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    trace(cairo, glyphs, text);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static struct text_label *label_new(struct text_engine *engine, const struct text_along *text,
                                    int pixel_ratio)
{
    struct text_label *label = memory_new(1, sizeof *label);
    struct point corner = corner_of(text, pixel_ratio);
    double width = ceil((text->ink.max_x - text->place.x) * pixel_ratio) - corner.x;
    double height = ceil((text->ink.max_y - text->place.y) * pixel_ratio) - corner.y;
    struct text_mask letters = {0};
    struct text_mask ground = {0};
    if (text_mask_init(&letters, width, height)) {
        struct glyphs glyphs;
        glyphs_init(&glyphs, engine, text);
        label->anchor_x = -(int)corner.x;
        label->anchor_y = -(int)corner.y;
        paint_mask(&letters, &glyphs, text, pixel_ratio, trace_letters);
        if (text_mask_copy(&ground, &letters)) {
            paint_mask(&ground, &glyphs, text, pixel_ratio, trace_blanks);
            label->image = text_mask_picture(&letters, &ground, &text->look, pixel_ratio);
        }
        glyphs_finish(&glyphs);
    }
    free(ground.bytes);
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
