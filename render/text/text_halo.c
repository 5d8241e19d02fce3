/*
 * text_halo.c - in a PDF outlines are kept apart (render/pdf/pdf_halos.h) and cairo strokes a stand-in:
 * a box around the letters, in the units of the page, so that it is cut and left out as they would be. A halo
 * that is seen through stays one stroke, as letters lie over each other's halos; and so does what stands in a
 * group, whose ink is out of reach.
 */
#include "render/text/text_halo.h"

#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "geo/base/buffer.h"
#include "render/canvas/canvas_internal.h"
#include "render/pdf/pdf_halos.h"
#include "render/text/text_internal.h"

#define OUTLINE_BYTES_MAX ((size_t)1 << 20)
#define LETTER_REACH 1.5 /* of the size of its font, all around its place */

/** Where the canvas keeps outlines; NULL: nowhere. */
static struct pdf_halos *halos_of(struct canvas *canvas, const struct text_look *look)
{
    if (!canvas->page || look->halo.alpha < 255) {
        return NULL;
    }
    for (int i = 1; i <= canvas->group_count; i++) {
        if (canvas->targets[i].opacity < 1) {
            return NULL;
        }
    }
    return page_halos(canvas->page);
}

static void append_point(struct pdf_outline *outline, struct buffer *ink, const cairo_path_data_t *data)
{
    int x = (int)lround(data->point.x * PDF_OUTLINE_UNITS);
    int y = (int)lround(data->point.y * PDF_OUTLINE_UNITS);
    outline->box[0] = x < outline->box[0] ? x : outline->box[0];
    outline->box[1] = y < outline->box[1] ? y : outline->box[1];
    outline->box[2] = x > outline->box[2] ? x : outline->box[2];
    outline->box[3] = y > outline->box[3] ? y : outline->box[3];
    buffer_appendf(ink, "%d %d ", x, y);
}

/** What is stroked of a path in units of the font; "": nothing. */
static void append_path(struct pdf_outline *outline, struct buffer *ink, const cairo_path_t *path)
{
    static const char *const operators[] = {[CAIRO_PATH_MOVE_TO] = "m\n",
                                            [CAIRO_PATH_LINE_TO] = "l\n",
                                            [CAIRO_PATH_CURVE_TO] = "c\n",
                                            [CAIRO_PATH_CLOSE_PATH] = "h\n"};
    bool has_line = false;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *part = &path->data[i];
        bool is_last_move =
            part->header.type == CAIRO_PATH_MOVE_TO && i + part->header.length >= path->num_data;
        if (is_last_move) {
            break; /* cairo adds one behind a ring */
        }
        for (int j = 1; j < part->header.length; j++) {
            append_point(outline, ink, &part[j]);
        }
        buffer_append_text(ink, operators[part->header.type]);
        has_line = has_line || part->header.type == CAIRO_PATH_CLOSE_PATH;
    }
    if (has_line) {
        buffer_append_text(ink, "S\n");
    } else {
        buffer_finish(ink);
    }
}

static size_t keep_outline(struct pdf_halos *halos, cairo_scaled_font_t *font, unsigned long glyph)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_scaled_font(cairo, font);
    cairo_glyph_path(cairo, &(cairo_glyph_t){.index = glyph}, 1);
    cairo_path_t *path = cairo_copy_path(cairo);
    struct pdf_outline outline = {.font = cairo_scaled_font_reference(font), .glyph = glyph};
    struct buffer ink;
    buffer_init(&ink, OUTLINE_BYTES_MAX);
    append_path(&outline, &ink, path);
    outline.ink = buffer_take(&ink, NULL);
    cairo_path_destroy(path);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return pdf_halos_add_outline(halos, &outline);
}

static void keep_letter(struct pdf_halos *halos, cairo_t *cairo, cairo_scaled_font_t *font,
                        unsigned long glyph, struct point place)
{
    size_t outline = pdf_halos_find(halos, font, glyph);
    if (outline == PDF_NO_OUTLINE) {
        outline = keep_outline(halos, font, glyph);
    }
    if (halos->outlines[outline].ink[0] == '\0') {
        return;
    }
    cairo_matrix_t matrix;
    cairo_get_matrix(cairo, &matrix);
    cairo_user_to_device(cairo, &place.x, &place.y);
    struct pdf_letter letter = {outline, matrix.xx, matrix.yx, matrix.xy, matrix.yy, place.x, place.y};
    pdf_halos_add_letter(halos, &letter);
}

static bool is_known(const PangoGlyphString *glyphs)
{
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        if (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
            return false;
        }
    }
    return true;
}

void text_halo_add(struct canvas *canvas, const struct text_look *look, PangoFont *font,
                   PangoGlyphString *glyphs)
{
    struct pdf_halos *halos = halos_of(canvas, look);
    if (!halos || !is_known(glyphs)) {
        pango_cairo_glyph_string_path(canvas->cairo, font, glyphs);
        return;
    }
    cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font((PangoCairoFont *)font);
    struct point at;
    cairo_get_current_point(canvas->cairo, &at.x, &at.y);
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &glyphs->glyphs[i];
        if (info->glyph != PANGO_GLYPH_EMPTY) {
            keep_letter(halos, canvas->cairo, scaled, info->glyph,
                        (struct point){at.x + (double)info->geometry.x_offset / PANGO_SCALE,
                                       at.y + (double)info->geometry.y_offset / PANGO_SCALE});
        }
        at.x += (double)info->geometry.width / PANGO_SCALE;
    }
}

/** Around all letters of the halo, in units of the page. */
static struct bbox box_of(const struct pdf_halos *halos, const struct pdf_halo *halo, double size_px)
{
    struct bbox box = bbox_empty();
    double scale = 0;
    for (size_t i = 0; i < halo->letter_count; i++) {
        const struct pdf_letter *letter = &halos->letters[halo->first_letter + i];
        box = bbox_union(box, (struct bbox){letter->x0, letter->y0, letter->x0, letter->y0});
        scale = hypot(letter->xx, letter->yx);
    }
    return bbox_grow(box, scale * LETTER_REACH * size_px);
}

static void stroke_stand_in(cairo_t *cairo, struct bbox box, size_t number)
{
    cairo_save(cairo);
    cairo_identity_matrix(cairo);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, box.min_x, box.min_y, bbox_width(box), bbox_height(box));
    cairo_set_miter_limit(cairo, PDF_HALO_MITER + (double)number);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

void text_halo_end(struct canvas *canvas, const struct text_look *look)
{
    cairo_t *cairo = canvas->cairo;
    struct pdf_halos *halos = halos_of(canvas, look);
    canvas_set_colour(cairo, look->halo);
    cairo_set_line_width(cairo, 2 * look->halo_px);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
    if (halos) {
        size_t number = pdf_halos_add(halos, 2 * look->halo_px);
        const struct pdf_halo *halo = &halos->halos[number];
        if (halo->letter_count > 0) {
            stroke_stand_in(cairo, box_of(halos, halo, text_size_px(look)), number);
        }
    }
}

void text_halo_release_fonts(struct pdf_halos *halos)
{
    for (size_t i = 0; i < halos->outline_count; i++) {
        cairo_scaled_font_destroy(halos->outlines[i].font);
    }
}
