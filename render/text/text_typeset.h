/*
 * text_typeset.h - a text as glyphs, each where it stands. Internal to text*.c.
 */
#ifndef RENDER_TEXT_TYPESET_H
#define RENDER_TEXT_TYPESET_H

#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/canvas/path.h"

struct _PangoFont;
struct _PangoLayout;
struct text_box;
struct text_engine;
struct text_look;

struct text_typeset_glyph {
    struct _PangoFont *font; /* borrowed */
    uint32_t glyph;          /* as Pango numbers them */
    struct point origin;
};

/** All places are px from the north-west corner of the text box. */
struct text_typeset {
    struct text_typeset_glyph *glyphs; /* owned */
    size_t count;
    size_t capacity;
    struct path blanks;          /* a box for each blank between words */
    struct bbox ink;             /* of the letters; empty without ink */
    struct _PangoLayout *layout; /* holds the fonts; NULL when the engine does */
};

/** text_typeset_finish(), before the engine is asked for anything else. */
void text_typeset_init(struct text_typeset *typeset, struct text_engine *engine, const char *text,
                       const struct text_look *look, struct text_box box);
void text_typeset_finish(struct text_typeset *typeset);

/** Adds one more. */
void text_typeset_add(struct text_typeset *typeset, struct text_typeset_glyph glyph);

#endif
