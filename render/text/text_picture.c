/*
 * text_picture.c - labels as pictures: painted once into a mask of coverage, from which the picture is made.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/lru_cache.h"
#include "render/text/text_glyphs.h"
#include "render/text/text_internal.h"
#include "render/text/text_masks.h"
#include "render/text/text_typeset.h"

#define PICTURES_BYTES_MAX ((size_t)4 << 20) /* some 600 labels: those of fifty tiles; of each worker */

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

const struct text_label *text_pictures_find(struct text_engine *engine)
{
    engine->latest.image = NULL;
    return lru_cache_find(engine->pictures, engine->key.bytes, engine->key.length);
}

void text_picture_keep(struct text_engine *engine)
{
    const struct image *image = engine->latest.image;
    struct image *copy = image ? image_cut(image, 0, 0, image->width, image->height, NULL) : NULL;
    if (!copy) {
        return;
    }
    struct text_label *label = memory_new(1, sizeof *label);
    *label = (struct text_label){copy, engine->latest.anchor_x, engine->latest.anchor_y};
    size_t dots = (size_t)copy->width * (size_t)copy->height;
    lru_cache_put(engine->pictures, engine->key.bytes, engine->key.length, label,
                  sizeof *label + dots * sizeof(uint32_t));
    lru_cache_trim(engine->pictures);
    engine->latest.image = NULL;
}

/** A text on its way into the engine's masks. */
struct painting {
    struct text_engine *engine;
    struct text_typeset typeset;
    struct point anchor; /* dots: where the text box's corner stands */
    int pixel_ratio;
};

/** The dot at which a place from the box's corner (px) stands. */
static struct point dot_of(const struct painting *painting, struct point place)
{
    return (struct point){painting->anchor.x + place.x * painting->pixel_ratio,
                          painting->anchor.y + place.y * painting->pixel_ratio};
}

/** Glyphs are laid at whole dots. */
static void lay_letters(const struct painting *painting)
{
    const struct text_masks *masks = &painting->engine->masks;
    for (size_t i = 0; i < painting->typeset.count; i++) {
        const struct text_typeset_glyph *glyph = &painting->typeset.glyphs[i];
        struct point origin = dot_of(painting, glyph->origin);
        const struct text_glyph_mask *dots =
            text_glyph_mask(painting->engine, glyph->font, glyph->glyph, painting->pixel_ratio);
        if (dots->mask.bytes) {
            text_mask_lay(&masks->letters, &dots->mask, (int)floor(origin.x + 0.5) + dots->x,
                          (int)floor(origin.y + 0.5) + dots->y, masks->margin);
        }
    }
}

/** From each word to the next, so that a line below the text cannot be read as a hyphen. */
static void fill_blanks(struct painting *painting)
{
    const struct text_masks *masks = &painting->engine->masks;
    struct path *blanks = &painting->typeset.blanks;
    for (size_t i = 0; i < blanks->count; i++) {
        blanks->points[i] = dot_of(painting, blanks->points[i]);
    }
    text_fill_path(&painting->engine->fill, &masks->ground, blanks, masks->margin);
}

static const struct text_label *make_label(struct text_engine *engine, const char *text,
                                           const struct text_look *look, struct text_box box, int pixel_ratio)
{
    struct text_label *label = &engine->latest;
    int margin = text_masks_margin(look, pixel_ratio);
    struct painting painting = {.engine = engine, .pixel_ratio = pixel_ratio};
    text_typeset_init(&painting.typeset, engine, text, look, box);
    struct bbox ink = painting.typeset.ink;
    if (!bbox_is_empty(ink)) {
        /* One dot on each side for glyphs that are rounded to it. */
        double left = floor(ink.min_x * pixel_ratio) - 1 - margin;
        double top = floor(ink.min_y * pixel_ratio) - 1 - margin;
        double width = ceil(ink.max_x * pixel_ratio) + 1 + margin - left;
        double height = ceil(ink.max_y * pixel_ratio) + 1 + margin - top;
        painting.anchor = (struct point){-left, -top};
        label->anchor_x = -(int)left;
        label->anchor_y = -(int)top;
        if (text_masks_begin(&engine->masks, width, height, look, pixel_ratio)) {
            lay_letters(&painting);
            text_masks_end_letters(&engine->masks);
            fill_blanks(&painting);
            label->image = text_masks_picture(&engine->masks, look);
        }
    }
    text_typeset_finish(&painting.typeset);
    text_glyphs_trim(engine->glyphs);
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
    const struct text_label *label = text_pictures_find(engine);
    label = label ? label : make_label(engine, text, look, box, pixel_ratio);
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
