/*
 * symbol_picture.h - a composed point symbol, ready to be painted: rasterised once, then blitted.
 *
 * Pictures are kept by code, size, palette and pixel ratio in a bounded cache that belongs to one thread.
 */
#ifndef RENDER_SYMBOL_PICTURE_H
#define RENDER_SYMBOL_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "symbology/symbol.h"

struct canvas_kit; /* render/canvas/canvas_internal.h */
struct fault;
struct image;
struct point_mark;
struct symbol_cache;
struct symbol_picture;

#define SYMBOL_CACHE_BYTES_MAX ((size_t)16 << 20)

struct symbol_cache *symbol_cache_new(void);
void symbol_cache_free(struct symbol_cache *cache);

/**
 * @return borrowed; stays valid until symbol_cache_trim(). A symbol that cannot be composed comes back as its
 *         letters in a plain box with a "?": never nothing. NULL only for lack of memory.
 */
struct symbol_picture *symbol_cache_get(struct symbol_cache *cache, const struct symbol_entry *entry,
                                        const struct symbol_code *code, enum symbol_detail detail,
                                        enum palette palette, double scale, struct fault *fault);

/** The swatch of a line or area entry, kept in the same way. */
struct symbol_picture *symbol_cache_get_swatch(struct symbol_cache *cache, const struct symbol_entry *entry,
                                               const struct symbol_code *code, enum palette palette,
                                               double width_px, double height_px, struct fault *fault);

/** A glyph along a line, turned clockwise about its middle, which stands on the place. Marks and look:
 * LINE_MARK_GLYPH. */
struct symbol_picture *symbol_cache_get_mark(struct symbol_cache *cache, const struct line_marks *marks,
                                             const struct line_look *look, double turn_deg);

/** A plain mark of a layer's points. */
struct symbol_picture *symbol_cache_get_point_mark(struct symbol_cache *cache, const struct point_mark *mark);

/** What canvases that are lent the cache keep from one to the next. Borrowed. */
struct canvas_kit *symbol_cache_canvas_kit(struct symbol_cache *cache);

/** Lets go of the least used when there are too many. To be called between pictures. */
void symbol_cache_trim(struct symbol_cache *cache);

/** What is kept takes so much, and after symbol_cache_trim() no more than SYMBOL_CACHE_BYTES_MAX. */
size_t symbol_cache_bytes(const struct symbol_cache *cache);

/** How many have been let go so far: while it is the same, all pictures are still there. */
uint64_t symbol_cache_dropped(const struct symbol_cache *cache);

/** Where there is paint, px relative to the place. */
struct bbox symbol_picture_ink(const struct symbol_picture *picture);

/** The point of the document, px, that stands on the place. */
struct point symbol_picture_anchor(const struct symbol_picture *picture);
const char *symbol_picture_svg(const struct symbol_picture *picture);

/**
 * Rasterised at a pixel ratio (1, 2 or 3), made at the first call. The anchor, rounded up to whole px, times
 * the ratio is the dot that stands on the place. Borrowed. NULL on fault.
 */
const struct image *symbol_picture_image(struct symbol_picture *picture, int pixel_ratio,
                                         struct fault *fault);

/**
 * Any SVG of at most 1 MiB as a picture of the width asked for (single symbols over HTTP, sheets, logos).
 * Owned, image_free().
 */
struct image *svg_render(const char *svg, size_t length, int width_px, struct fault *fault);

#endif
