/*
 * text_picture.c - labels as pictures. The letters are painted once into a mask of coverage; the halo is that
 * mask spread by a disc (a dilation), which looks like a stroked outline and takes a twentieth of its time.
 * All is counted in bytes of coverage: the same pixels on every machine with the same fonts.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/image.h"
#include "render/lru_cache.h"
#include "render/text_internal.h"

#define PICTURES_BYTES_MAX ((size_t)16 << 20)
#define SIDE_MAX_DOTS 16384
#define AREA_MAX_DOTS ((int64_t)16 << 20)
#define HALO_MAX_DOTS 32
#define SPREAD_BLOCK 16

/** A label that is kept: its picture (NULL: no ink) and where the text box lies in it. */
struct text_label {
    struct image *image;
    int anchor_x;
    int anchor_y;
};

/** Coverage of letters or halo, a byte for each dot. */
struct mask {
    uint8_t *bytes; /* owned */
    int width;
    int height;
    int stride;
    int margin; /* dots around the letters that stay empty for the halo */
};

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

static double halo_dots(const struct text_look *look, int pixel_ratio)
{
    double dots = look->halo.alpha > 0 && look->halo_px > 0 ? look->halo_px * pixel_ratio : 0;
    return dots < HALO_MAX_DOTS ? dots : HALO_MAX_DOTS;
}

static bool mask_init(struct mask *mask, int width, int height)
{
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, width);
    mask->width = width;
    mask->height = height;
    mask->stride = stride;
    mask->bytes = memory_try_new((size_t)height, (size_t)stride);
    return mask->bytes != NULL;
}

/** Letters, with the text box's corner at the label's anchor. Nothing is painted into the margin. */
static void paint_letters(const struct mask *mask, PangoLayout *layout, const struct text_label *label,
                          int pixel_ratio)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(mask->bytes, CAIRO_FORMAT_A8, mask->width,
                                                                   mask->height, mask->stride);
    cairo_t *cairo = cairo_create(surface);
    struct point corner = text_layout_corner(layout);
    int margin = mask->margin;
    cairo_rectangle(cairo, margin, margin, mask->width - 2 * margin, mask->height - 2 * margin);
    cairo_clip(cairo);
    cairo_translate(cairo, label->anchor_x, label->anchor_y);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    cairo_move_to(cairo, -corner.x, -corner.y);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

/**
 * to = max(to, from weakened to weight / 256). Masks have an empty margin wider than any halo, so one that is
 * moved may be read as one run of bytes: what wraps round at the end of a row is empty. Blocks of fixed
 * length are what compilers turn into vector instructions.
 */
static void spread(uint8_t *restrict to, const uint8_t *restrict from, size_t count, unsigned weight)
{
    size_t i = 0;
    for (; i + SPREAD_BLOCK <= count; i += SPREAD_BLOCK) {
        for (size_t j = i; j < i + SPREAD_BLOCK; j++) {
            uint8_t reached = (uint8_t)((uint16_t)(from[j] * weight) >> 8);
            to[j] = to[j] > reached ? to[j] : reached;
        }
    }
    for (; i < count; i++) {
        uint8_t reached = (uint8_t)((from[i] * weight) >> 8);
        to[i] = to[i] > reached ? to[i] : reached;
    }
}

static void spread_moved(const struct mask *halo, const struct mask *letters, int x, int y, unsigned weight)
{
    ptrdiff_t distance = (ptrdiff_t)y * letters->stride + x;
    size_t count = (size_t)letters->stride * (size_t)letters->height - (size_t)labs(distance);
    spread(halo->bytes + (distance > 0 ? distance : 0), letters->bytes - (distance < 0 ? distance : 0), count,
           weight);
}

/** A thin stroke covers its dots in part only, but the halo around it is to be whole. */
static void harden(const struct mask *source, const struct mask *hard)
{
    size_t count = (size_t)source->stride * (size_t)source->height;
    for (size_t i = 0; i < count; i++) {
        hard->bytes[i] = source->bytes[i] < 128 ? (uint8_t)(source->bytes[i] * 2) : 255;
    }
}

/** The disc's edge is soft: a dot half a dot inside its radius counts whole, half a dot outside not at all.
 */
static void spread_disc(const struct mask *halo, const struct mask *letters, double radius)
{
    int reach = (int)ceil(radius + 0.5);
    for (int y = -reach; y <= reach; y++) {
        for (int x = -reach; x <= reach; x++) {
            double inside = radius + 0.5 - sqrt((double)x * x + (double)y * y);
            if (inside > 0) {
                spread_moved(halo, letters, x, y, (unsigned)lround(256 * fmin(inside, 1)));
            }
        }
    }
}

/** channel * factor / 255, rounded. */
static uint32_t scale_byte(uint32_t channel, uint32_t factor)
{
    uint32_t product = channel * factor + 128;
    return (product + (product >> 8)) >> 8;
}

static uint32_t premultiply(struct colour colour, uint32_t coverage)
{
    uint32_t alpha = scale_byte(colour.alpha, coverage);
    return alpha << 24 | scale_byte(colour.red, alpha) << 16 | scale_byte(colour.green, alpha) << 8 |
           scale_byte(colour.blue, alpha);
}

static uint32_t over(uint32_t source, uint32_t target)
{
    uint32_t rest = 255 - (source >> 24);
    uint32_t result = source;
    if (rest == 0 || target == 0) {
        return source;
    }
    for (int shift = 0; shift < 32; shift += 8) {
        result += scale_byte(target >> shift & 0xff, rest) << shift;
    }
    return result;
}

/** The colours of ink and halo by coverage. */
struct inks {
    uint32_t ink[256];
    uint32_t halo[256];
};

static void colour_row(uint32_t *row, int width, const uint8_t *letters, const uint8_t *halo,
                       const struct inks *inks)
{
    for (int x = 0; x < width; x++) {
        uint32_t below = halo ? inks->halo[halo[x]] : 0;
        row[x] = letters[x] ? over(inks->ink[letters[x]], below) : below;
    }
}

static void colour_in(struct image *image, const struct mask *letters, const struct mask *halo,
                      const struct text_look *look)
{
    struct inks inks;
    for (uint32_t coverage = 0; coverage < 256; coverage++) {
        inks.ink[coverage] = premultiply(look->colour, coverage);
        inks.halo[coverage] = premultiply(look->halo, coverage);
    }
    for (int y = 0; y < image->height; y++) {
        colour_row(image->pixels + (ptrdiff_t)y * image->stride_px, image->width,
                   letters->bytes + (ptrdiff_t)y * letters->stride,
                   halo->bytes ? halo->bytes + (ptrdiff_t)y * halo->stride : NULL, &inks);
    }
}

/** The halo of letters, in a mask of the same size. Without memory for it: a label without a halo. */
static void paint_halo(struct mask *halo, const struct mask *letters, double radius)
{
    struct mask hard = {0};
    if (radius > 0 && mask_init(halo, letters->width, letters->height) &&
        mask_init(&hard, letters->width, letters->height)) {
        harden(letters, &hard);
        spread_disc(halo, &hard, radius);
    }
    free(hard.bytes);
}

/** Paints the label into masks and those into a picture; no picture when there is no memory for it. */
static void paint_label(struct text_label *label, PangoLayout *layout, const struct text_look *look,
                        int pixel_ratio, struct mask letters)
{
    struct mask halo = {0};
    paint_letters(&letters, layout, label, pixel_ratio);
    paint_halo(&halo, &letters, halo_dots(look, pixel_ratio));
    label->image = image_new(letters.width, letters.height, NULL);
    if (label->image) {
        colour_in(label->image, &letters, &halo, look);
    }
    free(halo.bytes);
}

static struct text_label *label_new(struct text_engine *engine, const char *text,
                                    const struct text_look *look, struct text_box box, int pixel_ratio)
{
    struct text_label *label = memory_new(1, sizeof *label);
    PangoLayout *layout = text_layout_new(engine, text, look, box);
    struct bbox ink = text_layout_ink(layout, TEXT_OVERHANG_EM * text_size_px(look));
    int margin = (int)ceil(halo_dots(look, pixel_ratio) + 0.5);
    /* One dot on each side for glyphs that are rounded to it. */
    double left = floor(ink.min_x * pixel_ratio) - 1 - margin;
    double top = floor(ink.min_y * pixel_ratio) - 1 - margin;
    double width = ceil(ink.max_x * pixel_ratio) + 1 + margin - left;
    double height = ceil(ink.max_y * pixel_ratio) + 1 + margin - top;
    bool is_paintable = !bbox_is_empty(ink) && width <= SIDE_MAX_DOTS && height <= SIDE_MAX_DOTS &&
                        width * height <= (double)AREA_MAX_DOTS;
    struct mask letters = {.margin = margin};
    if (is_paintable && mask_init(&letters, (int)width, (int)height)) {
        label->anchor_x = -(int)left;
        label->anchor_y = -(int)top;
        paint_label(label, layout, look, pixel_ratio, letters);
    }
    free(letters.bytes);
    g_object_unref(layout);
    return label;
}

static void picture_key(struct text_engine *engine, const char *text, const struct text_look *look,
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
    picture_key(engine, text, look, box, pixel_ratio);
    struct text_label *label = lru_cache_find(engine->pictures, engine->key.bytes, engine->key.length);
    if (!label) {
        label = label_new(engine, text, look, box, pixel_ratio);
        size_t dots = label->image ? (size_t)label->image->width * (size_t)label->image->height : 0;
        lru_cache_put(engine->pictures, engine->key.bytes, engine->key.length, label,
                      sizeof *label + dots * sizeof(uint32_t));
        lru_cache_trim(engine->pictures);
    }
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
