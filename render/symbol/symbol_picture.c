/*
 * symbol_picture.c - symbols are composed once as SVG, rasterised once for each pixel ratio, and recorded
 * once for pages: a PDF then holds each symbol once, however often it stands on the page.
 *
 * A picture is made so that its anchor falls on a whole dot: it is moved right and down by the part of a px
 * that the anchor lacks.
 */
#include "render/symbol/symbol_picture.h"

#include <assert.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/canvas_internal.h"
#include "render/canvas/image.h"
#include "render/lru_cache.h"
#include "render/symbol/few_shades.h"
#include "render/symbol/svg.h"
#include "render/symbol/symbol_internal.h"
#include "symbology/line_glyph.h"
#include "symbology/point_mark.h"
#include "symbology/symbol_base.h"

#define KEY_BYTES_MAX 65536
#define RATIO_MAX 3

struct symbol_picture {
    struct symbol_drawing drawing;
    struct image *images[RATIO_MAX]; /* by ratio - 1; NULL until asked for */
    cairo_surface_t *recording;      /* NULL until it stands on a page */
};

struct symbol_cache {
    struct lru_cache *pictures;
    struct buffer key; /* kept for its memory */
    struct canvas_kit *kit;
};

static void free_picture(void *value)
{
    struct symbol_picture *picture = value;
    for (int i = 0; i < RATIO_MAX; i++) {
        image_free(picture->images[i]);
    }
    cairo_surface_destroy(picture->recording);
    symbol_drawing_finish(&picture->drawing);
    free(picture);
}

struct symbol_cache *symbol_cache_new(void)
{
    struct symbol_cache *cache = memory_new(1, sizeof *cache);
    cache->pictures = lru_cache_new(SYMBOL_CACHE_BYTES_MAX, free_picture);
    buffer_init(&cache->key, KEY_BYTES_MAX);
    cache->kit = canvas_kit_new();
    return cache;
}

void symbol_cache_free(struct symbol_cache *cache)
{
    if (cache) {
        lru_cache_free(cache->pictures);
        buffer_finish(&cache->key);
        canvas_kit_free(cache->kit);
        free(cache);
    }
}

struct canvas_kit *symbol_cache_canvas_kit(struct symbol_cache *cache)
{
    return cache->kit;
}

void symbol_cache_trim(struct symbol_cache *cache)
{
    lru_cache_trim(cache->pictures);
}

size_t symbol_cache_bytes(const struct symbol_cache *cache)
{
    return lru_cache_bytes(cache->pictures);
}

uint64_t symbol_cache_dropped(const struct symbol_cache *cache)
{
    return lru_cache_dropped(cache->pictures);
}

static void key_number(struct symbol_cache *cache, double number)
{
    buffer_append(&cache->key, &number, sizeof number);
}

static void key_text(struct symbol_cache *cache, const char *text)
{
    buffer_append(&cache->key, text ? text : "", text ? strlen(text) + 1 : 1);
}

/** All of a code that decides what its symbol looks like, and of the entry what tells it from others. */
static void begin_key(struct symbol_cache *cache, const struct symbol_entry *entry,
                      const struct symbol_code *code, enum palette palette)
{
    cache->key.length = 0;
    key_text(cache, entry ? entry->id : code->entity);
    key_number(cache, entry != NULL);
    key_text(cache, code->set);
    key_number(cache, code->version);
    key_number(cache, code->status);
    key_number(cache, code->trust);
    key_number(cache, code->rotation_deg);
    key_number(cache, palette);
}

/** Texts count only where the symbol shows them: the same symbol with other names is one picture. */
static void key_slots(struct symbol_cache *cache, const struct symbol_entry *entry,
                      const struct symbol_code *code)
{
    unsigned shown = entry ? symbol_base_of(entry->kind)->slots : 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (shown & 1u << slot) {
            key_text(cache, code->texts[slot]);
        }
    }
}

/** What stands where nothing can be composed: the letters in a plain box, and a question mark. */
static void compose_letters(const char *letters, double scale, struct symbol_drawing *drawing)
{
    double side = SYMBOL_FULL_PX * scale;
    struct buffer svg;
    buffer_init(&svg, 4096);
    buffer_appendf(
        &svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" viewBox=\"0 0 32 32\">"
        "<rect x=\"1.5\" y=\"1.5\" width=\"29\" height=\"29\" fill=\"#FFFFFF\" stroke=\"#000000\"/>"
        "<text x=\"16\" y=\"17\" font-family=\"B612\" font-size=\"10\" text-anchor=\"middle\">",
        side, side);
    buffer_append_xml(&svg, letters);
    buffer_append_text(&svg, "</text><text x=\"16\" y=\"28\" font-family=\"B612\" font-size=\"10\" "
                             "font-weight=\"bold\" text-anchor=\"middle\">?</text></svg>");
    *drawing = (struct symbol_drawing){.svg = buffer_take(&svg, NULL),
                                       .width_px = side,
                                       .height_px = side,
                                       .anchor = {side / 2, side / 2},
                                       .ink = {-side / 2, -side / 2, side / 2, side / 2}};
}

static void compose_fallback(const struct symbol_entry *entry, const struct symbol_code *code, double scale,
                             struct symbol_drawing *drawing)
{
    char letters[SYMBOL_LETTERS_BYTES];
    symbol_code_letters(code, letters);
    compose_letters(entry && entry->letters ? entry->letters : letters, scale, drawing);
}

/** The bytes that a picture may come to take: it is not known yet which ratios will be asked for. */
static size_t bytes_of(const struct symbol_drawing *drawing)
{
    double dots = (drawing->width_px + 2) * (drawing->height_px + 2) * (1 + 4);
    return sizeof(struct symbol_picture) + strlen(drawing->svg) + (size_t)dots * sizeof(uint32_t);
}

static struct symbol_picture *keep(struct symbol_cache *cache, struct symbol_drawing drawing)
{
    struct symbol_picture *picture = memory_new(1, sizeof *picture);
    picture->drawing = drawing;
    lru_cache_put(cache->pictures, cache->key.bytes, cache->key.length, picture, bytes_of(&drawing));
    return picture;
}

struct symbol_picture *symbol_cache_get(struct symbol_cache *cache, const struct symbol_entry *entry,
                                        const struct symbol_code *code, enum symbol_detail detail,
                                        enum palette palette, double scale, struct fault *fault)
{
    begin_key(cache, entry, code, palette);
    key_number(cache, detail);
    key_number(cache, scale);
    key_slots(cache, entry, code);
    struct symbol_picture *picture = lru_cache_find(cache->pictures, cache->key.bytes, cache->key.length);
    if (picture) {
        return picture;
    }
    struct symbol_drawing drawing = {0};
    if (!entry || !symbol_compose(entry, code, detail, palette, scale, &drawing, NULL)) {
        compose_fallback(entry, code, scale, &drawing);
    }
    return keep(cache, drawing);
}

struct symbol_picture *symbol_cache_get_swatch(struct symbol_cache *cache, const struct symbol_entry *entry,
                                               const struct symbol_code *code, enum palette palette,
                                               double width_px, double height_px, struct fault *fault)
{
    begin_key(cache, entry, code, palette);
    key_number(cache, width_px);
    key_number(cache, height_px);
    key_text(cache, "swatch");
    struct symbol_picture *picture = lru_cache_find(cache->pictures, cache->key.bytes, cache->key.length);
    if (picture) {
        return picture;
    }
    struct symbol_drawing drawing = {0};
    if (!entry || !symbol_compose_swatch(entry, code, palette, width_px, height_px, &drawing, NULL)) {
        compose_fallback(entry, code, height_px / SYMBOL_FULL_PX, &drawing);
    }
    return keep(cache, drawing);
}

static void key_colour(struct symbol_cache *cache, struct colour colour)
{
    buffer_append(&cache->key, &colour, sizeof colour);
}

struct symbol_picture *symbol_cache_get_mark(struct symbol_cache *cache, const struct line_marks *marks,
                                             const struct line_look *look, double turn_deg)
{
    cache->key.length = 0;
    key_text(cache, "mark");
    key_text(cache, marks->glyph);
    key_number(cache, marks->size_px);
    key_number(cache, turn_deg);
    key_colour(cache, marks->colour);
    key_colour(cache, marks->background);
    key_colour(cache, look->halo);
    key_number(cache, look->halo_px);
    struct symbol_picture *picture = lru_cache_find(cache->pictures, cache->key.bytes, cache->key.length);
    if (picture) {
        return picture;
    }
    struct symbol_drawing drawing = {0};
    if (!line_glyph_compose(marks, look, turn_deg, &drawing)) {
        compose_letters("", marks->size_px / SYMBOL_FULL_PX, &drawing);
    }
    return keep(cache, drawing);
}

struct symbol_picture *symbol_cache_get_point_mark(struct symbol_cache *cache, const struct point_mark *mark)
{
    cache->key.length = 0;
    key_text(cache, "point mark");
    key_number(cache, mark->shape);
    key_number(cache, mark->size_px);
    key_number(cache, mark->stroke_px);
    key_number(cache, mark->rotation_deg);
    buffer_append(&cache->key, &mark->fill, sizeof mark->fill);
    buffer_append(&cache->key, &mark->stroke, sizeof mark->stroke);
    struct symbol_picture *picture = lru_cache_find(cache->pictures, cache->key.bytes, cache->key.length);
    if (picture) {
        return picture;
    }
    struct symbol_drawing drawing = {0};
    point_mark_compose(mark, &drawing);
    return keep(cache, drawing);
}

struct bbox symbol_picture_ink(const struct symbol_picture *picture)
{
    return picture->drawing.ink;
}

struct point symbol_picture_anchor(const struct symbol_picture *picture)
{
    return picture->drawing.anchor;
}

const char *symbol_picture_svg(const struct symbol_picture *picture)
{
    return picture->drawing.svg;
}

static struct image *rasterise(const struct symbol_drawing *drawing, int pixel_ratio, struct fault *fault)
{
    struct svg *svg = svg_new(drawing->svg, strlen(drawing->svg), fault);
    if (!svg) {
        return NULL;
    }
    double right = ceil(drawing->anchor.x) - drawing->anchor.x;
    double down = ceil(drawing->anchor.y) - drawing->anchor.y;
    struct bbox box = {right * pixel_ratio, down * pixel_ratio, (right + drawing->width_px) * pixel_ratio,
                       (down + drawing->height_px) * pixel_ratio};
    struct image *image = svg_rasterise(svg, (int)ceil(right + drawing->width_px) * pixel_ratio,
                                        (int)ceil(down + drawing->height_px) * pixel_ratio, box, fault);
    svg_free(svg);
    if (image) {
        few_shades(image);
    }
    return image;
}

const struct image *symbol_picture_image(struct symbol_picture *picture, int pixel_ratio, struct fault *fault)
{
    assert(pixel_ratio >= 1 && pixel_ratio <= RATIO_MAX);
    struct image **image = &picture->images[pixel_ratio - 1];
    if (!*image) {
        *image = rasterise(&picture->drawing, pixel_ratio, fault);
    }
    return *image;
}

static cairo_surface_t *record(const struct symbol_drawing *drawing)
{
    cairo_rectangle_t extents = {0, 0, drawing->width_px, drawing->height_px};
    cairo_surface_t *recording = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cairo = cairo_create(recording);
    struct svg *svg = svg_new(drawing->svg, strlen(drawing->svg), NULL);
    if (svg) {
        svg_paint(svg, cairo, (struct bbox){0, 0, drawing->width_px, drawing->height_px}, NULL);
        svg_free(svg);
    }
    cairo_destroy(cairo);
    return recording;
}

void symbol_paint_vector(struct symbol_picture *picture, cairo_t *cairo, struct point corner)
{
    if (!picture->recording) {
        picture->recording = record(&picture->drawing);
    }
    cairo_save(cairo);
    cairo_set_source_surface(cairo, picture->recording, corner.x, corner.y);
    cairo_paint(cairo);
    cairo_restore(cairo);
}
