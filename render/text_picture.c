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
    PangoLayout *layout;
    const struct text_look *look;
    struct point anchor; /* dots: where the text box's corner stands */
    int margin;
    int pixel_ratio;
};

/** Letters, or the blanks between words. Nothing is painted into the margin. */
static void paint(const struct painting *painting, const struct text_mask *mask, bool is_letters)
{
    int margin = painting->margin;
    cairo_surface_t *surface = cairo_image_surface_create_for_data(mask->bytes, CAIRO_FORMAT_A8, mask->width,
                                                                   mask->height, mask->stride);
    cairo_t *cairo = cairo_create(surface);
    struct point corner = text_layout_corner(painting->layout);
    cairo_rectangle(cairo, margin, margin, mask->width - 2 * margin, mask->height - 2 * margin);
    cairo_clip(cairo);
    cairo_translate(cairo, painting->anchor.x, painting->anchor.y);
    cairo_scale(cairo, painting->pixel_ratio, painting->pixel_ratio);
    if (is_letters) {
        cairo_move_to(cairo, -corner.x, -corner.y);
        pango_cairo_show_layout(cairo, painting->layout);
    } else {
        cairo_translate(cairo, -corner.x, -corner.y);
        text_layout_trace_blanks(painting->layout, painting->look, cairo);
        cairo_fill(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
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
    struct painting painting = {layout, look, {-left, -top}, margin, pixel_ratio};
    struct text_mask letters = {0};
    struct text_mask ground = {0};
    if (!bbox_is_empty(ink) && text_mask_init(&letters, width, height)) {
        label->anchor_x = -(int)left;
        label->anchor_y = -(int)top;
        paint(&painting, &letters, true);
        if (text_mask_copy(&ground, &letters)) {
            paint(&painting, &ground, false);
            label->image = text_mask_picture(&letters, &ground, look, pixel_ratio);
        }
    }
    free(ground.bytes);
    free(letters.bytes);
    g_object_unref(layout);
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
