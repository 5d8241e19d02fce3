/*
 * text_glyphs.h - single glyphs as dots and as outlines, made once for each font and kept by the engine.
 * Internal to text*.c.
 */
#ifndef RENDER_TEXT_GLYPHS_H
#define RENDER_TEXT_GLYPHS_H

#include <stdint.h>

#include "render/canvas/path.h"
#include "render/text/text_mask.h"

struct _PangoFont;
struct text_engine;
struct text_glyphs;

/** A glyph with its origin at a whole dot. */
struct text_glyph_mask {
    struct text_mask mask; /* bytes are owned; none: it has no ink */
    int x;                 /* dots: its north-west corner, right of the origin and below it */
    int y;
};

/** What the engine keeps of glyphs (bounded). Owned, text_glyphs_free(). */
struct text_glyphs *text_glyphs_new(void);
void text_glyphs_free(struct text_glyphs *glyphs);

/** Lets go of what is too much. */
void text_glyphs_trim(struct text_glyphs *glyphs);

/** Dots of a glyph, as Pango numbers them, at a pixel ratio. Borrowed until they are trimmed. */
const struct text_glyph_mask *text_glyph_mask(struct text_engine *engine, struct _PangoFont *font,
                                              uint32_t glyph, int pixel_ratio);

/**
 * Rings of a glyph, upright with its origin at (0, 0), in dots at a pixel ratio. All together they turn
 * right; those of holes turn left. Borrowed until they are trimmed.
 */
const struct path *text_glyph_outline(struct text_engine *engine, struct _PangoFont *font, uint32_t glyph,
                                      int pixel_ratio);

#endif
