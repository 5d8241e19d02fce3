/*
 * text_picture.c - labels as pictures: painted once into a mask of coverage, from which the picture is made.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/image.h"
#include "render/lru_cache.h"
#include "render/path.h"
#include "render/text_glyphs.h"
#include "render/text_internal.h"
#include "render/text_mask.h"

#define PICTURES_BYTES_MAX ((size_t)16 << 20)

static void free_label(void *value)
{
    struct text_label *label = value;
    image_free(label->image);
    free(label);
}

struct lru_cache *text_pictures_new(void)
{
    return lru_cache_new(PICTURES_BYTES_MAX, free_label);
}

struct text_label *text_pictures_find(struct text_engine *engine)
{
    return lru_cache_find(engine->pictures, engine->key.bytes, engine->key.length);
}

void text_pictures_keep(struct text_engine *engine, struct text_label *label)
{
    size_t dots = label->image ? (size_t)label->image->width * (size_t)label->image->height : 0;
    lru_cache_put(engine->pictures, engine->key.bytes, engine->key.length, label,
                  sizeof *label + dots * sizeof(uint32_t));
    lru_cache_trim(engine->pictures);
}

/** A layout on its way into masks. */
struct painting {
    struct text_engine *engine;
    PangoLayout *layout;
    const struct text_look *look;
    struct point anchor; /* dots: where the text box's corner stands */
    struct point corner; /* px: of the text box, in the layout */
    int margin;          /* nothing is painted into it */
    int pixel_ratio;
};

/** The dot at which a place of the layout (px) stands. */
static struct point dot_of(const struct painting *painting, double x, double y)
{
    return (struct point){painting->anchor.x + (x - painting->corner.x) * painting->pixel_ratio,
                          painting->anchor.y + (y - painting->corner.y) * painting->pixel_ratio};
}

/** Glyphs are laid at whole dots. @param x, y  Pango units: where the run begins */
static void lay_run(const struct painting *painting, const struct text_mask *mask, const PangoLayoutRun *run,
                    int x, int y)
{
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        struct point origin = dot_of(painting, (double)(x + info->geometry.x_offset) / PANGO_SCALE,
                                     (double)(y + info->geometry.y_offset) / PANGO_SCALE);
        x += info->geometry.width;
        if (!text_glyph_is_seen(info)) {
            continue;
        }
        const struct text_glyph_mask *glyph =
            text_glyph_mask(painting->engine, run->item->analysis.font, info, painting->pixel_ratio);
        if (glyph->mask.bytes) {
            text_mask_lay(mask, &glyph->mask, (int)floor(origin.x + 0.5) + glyph->x,
                          (int)floor(origin.y + 0.5) + glyph->y, painting->margin);
        }
    }
}

static void lay_letters(const struct painting *painting, const struct text_mask *mask)
{
    PangoLayoutIter *at = pango_layout_get_iter(painting->layout);
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(at, NULL, &logical);
        int x = logical.x;
        for (GSList *run = pango_layout_iter_get_line_readonly(at)->runs; run; run = run->next) {
            lay_run(painting, mask, run->data, x, pango_layout_iter_get_baseline(at));
            x += pango_glyph_string_get_width(((PangoLayoutRun *)run->data)->glyphs);
        }
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

/** From each word to the next, so that a line below the text cannot be read as a hyphen. */
static void fill_blanks(const struct painting *painting, const struct text_mask *mask)
{
    struct path blanks = {0};
    text_layout_add_blanks(painting->layout, painting->look, &blanks);
    for (size_t i = 0; i < blanks.count; i++) {
        blanks.points[i] = dot_of(painting, blanks.points[i].x, blanks.points[i].y);
    }
    text_mask_fill(mask, &blanks, painting->margin, &painting->engine->coverage);
    path_finish(&blanks);
}

static struct text_label *label_new(struct text_engine *engine, const char *text,
                                    const struct text_look *look, struct text_box box, int pixel_ratio)
{
    struct text_label *label = memory_new(1, sizeof *label);
    PangoLayout *layout = text_layout_new(engine, text, look, box);
    struct bbox ink = text_layout_ink(layout, TEXT_OVERHANG_EM * text_size_px(look));
    int margin = text_mask_margin(look, pixel_ratio);
    /* One dot on each side for glyphs that are rounded to it. */
    double left = floor(ink.min_x * pixel_ratio) - 1 - margin;
    double top = floor(ink.min_y * pixel_ratio) - 1 - margin;
    double width = ceil(ink.max_x * pixel_ratio) + 1 + margin - left;
    double height = ceil(ink.max_y * pixel_ratio) + 1 + margin - top;
    struct text_mask letters = {0};
    struct text_mask ground = {0};
    if (!bbox_is_empty(ink) && text_mask_init(&letters, width, height)) {
        struct painting painting = {engine, layout,     look, {-left, -top}, text_layout_corner(layout),
                                    margin, pixel_ratio};
        label->anchor_x = -(int)left;
        label->anchor_y = -(int)top;
        lay_letters(&painting, &letters);
        if (text_mask_copy(&ground, &letters)) {
            fill_blanks(&painting, &ground);
            label->image = text_mask_picture(&letters, &ground, look, pixel_ratio);
        }
    }
    free(ground.bytes);
    free(letters.bytes);
    g_object_unref(layout);
    lru_cache_trim(engine->glyphs);
    return label;
}

void text_picture_key(struct text_engine *engine, const char *text, const struct text_look *look,
                      struct text_box box, int pixel_ratio)
{
    const struct colour *ink = &look->colour;
    const struct colour *halo = &look->halo;
    const uint8_t flags[] = {ink->red,    ink->green, ink->blue,   ink->alpha,          halo->red,
                             halo->green, halo->blue, halo->alpha, (uint8_t)pixel_ratio};
    text_key(engine, text, look, box);
    buffer_append(&engine->key, flags, sizeof flags);
    buffer_append(&engine->key, &look->halo_px, sizeof look->halo_px);
}

const struct image *text_picture(struct text_engine *engine, const char *text, const struct text_look *look,
                                 struct text_box box, int pixel_ratio, int *anchor_x, int *anchor_y)
{
    text_picture_key(engine, text, look, box, pixel_ratio);
    struct text_label *label = text_pictures_find(engine);
    if (!label) {
        label = label_new(engine, text, look, box, pixel_ratio);
        text_pictures_keep(engine, label);
    }
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
