/*
 * text_glyphs.c - cairo is asked for each glyph once. A glyph's key has the address of its font; what is kept
 * holds a reference to the font, so that no other one can come to that address.
 */
#include "render/text/text_glyphs.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/lru_cache.h"
#include "render/text/text_internal.h"

#define GLYPHS_BYTES_MAX ((size_t)4 << 20) /* some 5,000 of usual size */
#define FLAT_DOTS 0.05                     /* so near to the curve are the chords of an outline */

enum glyph_kind { GLYPH_MASK, GLYPH_OUTLINE };

struct glyph_key {
    PangoFont *font;
    PangoGlyph glyph;
    uint16_t kind; /* enum glyph_kind */
    uint16_t pixel_ratio;
};

struct glyph {
    PangoFont *font; /* one reference */
    struct text_glyph_mask dots;
    struct path outline;
};

static void free_glyph(void *value)
{
    struct glyph *glyph = value;
    g_object_unref(glyph->font);
    free(glyph->dots.mask.bytes);
    path_finish(&glyph->outline);
    free(glyph);
}

struct lru_cache *text_glyphs_new(void)
{
    return lru_cache_new(GLYPHS_BYTES_MAX, free_glyph);
}

/** Makes the glyph a text of its own. A box for a letter that no font has is as wide as it says. */
static PangoGlyphString alone(PangoGlyphInfo *info, PangoFont *font, PangoGlyph glyph)
{
    static int cluster = 0;
    PangoRectangle logical;
    pango_font_get_glyph_extents(font, glyph, NULL, &logical);
    *info = (PangoGlyphInfo){.glyph = glyph, .geometry = {.width = logical.width}};
    return (PangoGlyphString){.num_glyphs = 1, .glyphs = info, .log_clusters = &cluster};
}

/** The dots that a glyph may touch. */
static bool mask_init(struct text_glyph_mask *dots, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
    PangoRectangle ink;
    double ratio = (double)pixel_ratio / PANGO_SCALE;
    pango_font_get_glyph_extents(font, glyph, &ink, NULL);
    double left = floor(ink.x * ratio) - 1;
    double top = floor(ink.y * ratio) - 1;
    double right = ceil((ink.x + ink.width) * ratio) + 1;
    double bottom = ceil((ink.y + ink.height) * ratio) + 1;
    bool has_ink = ink.width > 0 && ink.height > 0;
    dots->x = (int)left;
    dots->y = (int)top;
    return has_ink && text_mask_init(&dots->mask, right - left, bottom - top);
}

static void make_mask(struct text_glyph_mask *dots, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
    if (!mask_init(dots, font, glyph, pixel_ratio)) {
        return;
    }
    PangoGlyphInfo info;
    PangoGlyphString string = alone(&info, font, glyph);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        dots->mask.bytes, CAIRO_FORMAT_A8, dots->mask.width, dots->mask.height, dots->mask.stride);
    cairo_t *cairo = cairo_create(surface);
    cairo_translate(cairo, -dots->x, -dots->y);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    cairo_move_to(cairo, 0, 0);
    pango_cairo_show_glyph_string(cairo, font, &string);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

/** Rings without curves. */
static void add_rings(struct path *outline, const cairo_path_t *flat)
{
    for (int i = 0; i < flat->num_data; i += flat->data[i].header.length) {
        const cairo_path_data_t *data = &flat->data[i];
        if (data->header.type == CAIRO_PATH_MOVE_TO) {
            path_begin(outline);
        }
        if (data->header.type == CAIRO_PATH_CLOSE_PATH) {
            path_close(outline, false);
        } else {
            path_add(outline, (struct point){data[1].point.x, data[1].point.y});
        }
    }
}

/** Fonts of one format turn their outlines right, those of another left: where letters of both overlap they
 * would cancel out. */
static void turn_right(struct path *outline)
{
    double twice_area = 0;
    for (size_t i = 0; i < outline->part_count; i++) {
        const struct path_part *part = &outline->parts[i];
        for (size_t j = 0; j < part->count; j++) {
            struct point a = outline->points[part->first + j];
            struct point b = outline->points[part->first + (j + 1) % part->count];
            twice_area += a.x * b.y - b.x * a.y;
        }
    }
    for (size_t i = 0; i < outline->part_count && twice_area < 0; i++) {
        struct point *points = outline->points + outline->parts[i].first;
        for (size_t j = 0, k = outline->parts[i].count; j + 1 < k; j++) {
            struct point last = points[--k];
            points[k] = points[j];
            points[j] = last;
        }
    }
}

static void make_outline(struct path *outline, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
    PangoGlyphInfo info;
    PangoGlyphString string = alone(&info, font, glyph);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, pixel_ratio, pixel_ratio);
    cairo_set_tolerance(cairo, FLAT_DOTS);
    cairo_move_to(cairo, 0, 0);
    pango_cairo_glyph_string_path(cairo, font, &string);
    cairo_identity_matrix(cairo);
    cairo_path_t *flat = cairo_copy_path_flat(cairo);
    add_rings(outline, flat);
    turn_right(outline);
    cairo_path_destroy(flat);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static size_t bytes_of(const struct glyph *glyph)
{
    const struct text_mask *mask = &glyph->dots.mask;
    return sizeof *glyph + (size_t)mask->stride * (size_t)mask->height +
           glyph->outline.capacity * sizeof(struct point) +
           glyph->outline.part_capacity * sizeof(struct path_part);
}

/** The glyph that is kept, or made now. */
static const struct glyph *find(struct text_engine *engine, PangoFont *font, PangoGlyph number,
                                int pixel_ratio, enum glyph_kind kind)
{
    struct glyph_key key = {font, number, (uint16_t)kind, (uint16_t)pixel_ratio};
    struct glyph *glyph = lru_cache_find(engine->glyphs, &key, sizeof key);
    if (glyph) {
        return glyph;
    }
    glyph = memory_new(1, sizeof *glyph);
    glyph->font = g_object_ref(font);
    if (kind == GLYPH_MASK) {
        make_mask(&glyph->dots, font, number, pixel_ratio);
    } else {
        make_outline(&glyph->outline, font, number, pixel_ratio);
    }
    lru_cache_put(engine->glyphs, &key, sizeof key, glyph, bytes_of(glyph));
    return glyph;
}

const struct text_glyph_mask *text_glyph_mask(struct text_engine *engine, PangoFont *font, uint32_t glyph,
                                              int pixel_ratio)
{
    return &find(engine, font, glyph, pixel_ratio, GLYPH_MASK)->dots;
}

const struct path *text_glyph_outline(struct text_engine *engine, PangoFont *font, uint32_t glyph,
                                      int pixel_ratio)
{
    return &find(engine, font, glyph, pixel_ratio, GLYPH_OUTLINE)->outline;
}
