/*
 * text_glyphs.c - cairo is asked for each glyph once. A glyph's key has the address of its font; what is kept
 * holds a reference to the font, so that no other one can come to that address. In front of what is kept
 * stands a small table of those found last: a text asks for a dozen.
 */
#include "render/text/text_glyphs.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/lru_cache.h"
#include "render/text/text_internal.h"

#define GLYPHS_BYTES_MAX ((size_t)4 << 20) /* some 5,000 of usual size */
#define SIDE_MAX_DOTS 16384
#define FLAT_DOTS 0.05 /* so near to the curve are the chords of an outline */

#define RECENT_COUNT 256 /* a power of two */

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

/** A glyph that was found. */
struct recent {
    struct glyph_key key;
    const struct glyph *glyph; /* borrowed; NULL: none */
};

struct text_glyphs {
    struct lru_cache *kept; /* struct glyph by struct glyph_key */
    uint64_t dropped;       /* so many had been let go when the recent ones were found */
    struct recent recent[RECENT_COUNT];
};

static void free_glyph(void *value)
{
    struct glyph *glyph = value;
    g_object_unref(glyph->font);
    free(glyph->dots.mask.bytes);
    path_finish(&glyph->outline);
    free(glyph);
}

struct text_glyphs *text_glyphs_new(void)
{
    struct text_glyphs *glyphs = memory_new(1, sizeof *glyphs);
    glyphs->kept = lru_cache_new(GLYPHS_BYTES_MAX, free_glyph);
    return glyphs;
}

void text_glyphs_free(struct text_glyphs *glyphs)
{
    if (glyphs) {
        lru_cache_free(glyphs->kept);
        free(glyphs);
    }
}

void text_glyphs_trim(struct text_glyphs *glyphs)
{
    lru_cache_trim(glyphs->kept);
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

/** The dots that a glyph may touch. False: it has no ink, or is larger than any letter. */
static bool frame(struct text_glyph_mask *dots, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
    PangoRectangle ink;
    double ratio = (double)pixel_ratio / PANGO_SCALE;
    pango_font_get_glyph_extents(font, glyph, &ink, NULL);
    double left = floor(ink.x * ratio) - 1;
    double top = floor(ink.y * ratio) - 1;
    double width = ceil((ink.x + ink.width) * ratio) + 1 - left;
    double height = ceil((ink.y + ink.height) * ratio) + 1 - top;
    if (ink.width <= 0 || ink.height <= 0 || width > SIDE_MAX_DOTS || height > SIDE_MAX_DOTS) {
        return false;
    }
    dots->mask = text_mask_of((int)width, (int)height);
    dots->x = (int)left;
    dots->y = (int)top;
    return true;
}

static void paint(const struct text_glyph_mask *dots, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
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

/** Dots of a mask from one corner to before another. */
struct dot_box {
    int left;
    int top;
    int right;
    int bottom;
};

/** Around the dots that have ink; empty without. */
static struct dot_box ink_of(const struct text_mask *mask)
{
    struct dot_box box = {mask->width, mask->height, 0, 0};
    for (int y = 0; y < mask->height; y++) {
        for (int x = 0; x < mask->width; x++) {
            if (mask->bytes[(ptrdiff_t)y * mask->stride + x] != 0) {
                box = (struct dot_box){x < box.left ? x : box.left, y < box.top ? y : box.top,
                                       x >= box.right ? x + 1 : box.right, y + 1};
            }
        }
    }
    return box;
}

/** The same without rows and columns that are empty: it is laid often. */
static void crop(struct text_glyph_mask *dots, const struct text_glyph_mask *whole)
{
    struct dot_box box = ink_of(&whole->mask);
    *dots = (struct text_glyph_mask){.x = whole->x + box.left, .y = whole->y + box.top};
    if (box.right <= box.left) {
        return;
    }
    dots->mask = text_mask_of(box.right - box.left, box.bottom - box.top);
    dots->mask.bytes = memory_new(text_mask_bytes(&dots->mask), 1);
    for (int y = 0; y < dots->mask.height; y++) {
        memcpy(dots->mask.bytes + (ptrdiff_t)y * dots->mask.stride,
               whole->mask.bytes + (ptrdiff_t)(y + box.top) * whole->mask.stride + box.left,
               (size_t)dots->mask.width);
    }
}

static void make_mask(struct text_glyph_mask *dots, PangoFont *font, PangoGlyph glyph, int pixel_ratio)
{
    struct text_glyph_mask whole;
    if (!frame(&whole, font, glyph, pixel_ratio)) {
        return;
    }
    whole.mask.bytes = memory_try_new(text_mask_bytes(&whole.mask), 1);
    if (whole.mask.bytes) {
        paint(&whole, font, glyph, pixel_ratio);
        crop(dots, &whole);
        free(whole.mask.bytes);
    }
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
    return sizeof *glyph + (mask->bytes ? text_mask_bytes(mask) : 0) +
           glyph->outline.capacity * sizeof(struct point) +
           glyph->outline.part_capacity * sizeof(struct path_part);
}

/** The glyph that is kept, or made now. */
static const struct glyph *find_kept(struct lru_cache *kept, struct glyph_key key)
{
    struct glyph *glyph = lru_cache_find(kept, &key, sizeof key);
    if (glyph) {
        return glyph;
    }
    glyph = memory_new(1, sizeof *glyph);
    glyph->font = g_object_ref(key.font);
    if (key.kind == GLYPH_MASK) {
        make_mask(&glyph->dots, key.font, key.glyph, key.pixel_ratio);
    } else {
        make_outline(&glyph->outline, key.font, key.glyph, key.pixel_ratio);
    }
    lru_cache_put(kept, &key, sizeof key, glyph, bytes_of(glyph));
    return glyph;
}

static bool is_same(const struct glyph_key *a, const struct glyph_key *b)
{
    return a->font == b->font && a->glyph == b->glyph && a->kind == b->kind &&
           a->pixel_ratio == b->pixel_ratio;
}

static const struct glyph *find(struct text_glyphs *glyphs, struct glyph_key key)
{
    if (glyphs->dropped != lru_cache_dropped(glyphs->kept)) {
        memset(glyphs->recent, 0, sizeof glyphs->recent);
        glyphs->dropped = lru_cache_dropped(glyphs->kept);
    }
    size_t place = key.glyph + 64 * key.kind + 128 * key.pixel_ratio + ((uintptr_t)key.font >> 5);
    struct recent *recent = &glyphs->recent[place % RECENT_COUNT];
    if (!recent->glyph || !is_same(&recent->key, &key)) {
        *recent = (struct recent){key, find_kept(glyphs->kept, key)};
    }
    return recent->glyph;
}

const struct text_glyph_mask *text_glyph_mask(struct text_engine *engine, PangoFont *font, uint32_t glyph,
                                              int pixel_ratio)
{
    struct glyph_key key = {font, glyph, GLYPH_MASK, (uint16_t)pixel_ratio};
    return &find(engine->glyphs, key)->dots;
}

const struct path *text_glyph_outline(struct text_engine *engine, PangoFont *font, uint32_t glyph,
                                      int pixel_ratio)
{
    struct glyph_key key = {font, glyph, GLYPH_OUTLINE, (uint16_t)pixel_ratio};
    return &find(engine->glyphs, key)->outline;
}
