/*
 * text_internal.h - what the files about text share, and how a canvas sets text as glyphs.
 */
#ifndef RENDER_TEXT_INTERNAL_H
#define RENDER_TEXT_INTERNAL_H

#include "geo/base/buffer.h"
#include "render/text/text.h"
#include "render/text/text_mask.h"
#include "render/text/text_masks.h"

struct _PangoContext;
struct _PangoFontMap;
struct _PangoLayout;
struct alphabet;
struct canvas;
struct lru_cache;
struct path;
struct text_glyphs;

/** A label: its picture (NULL: no ink) and where its place lies in it. */
struct text_label {
    struct image *image;
    int anchor_x;
    int anchor_y;
};

struct text_engine {
    struct _PangoFontMap *font_map;
    struct _PangoContext *context;
    struct lru_cache *sizes;     /* struct text_size by text, fonts and box */
    struct lru_cache *pictures;  /* struct text_label by the same, colours and ratio */
    struct text_label latest;    /* the one made last, in the memory of masks; image NULL: none to be kept */
    struct lru_cache *letters;   /* struct text_letters by text and fonts */
    struct lru_cache *alphabets; /* by font: text_alphabet.h */
    struct alphabet *alphabet;   /* the one asked for last, which is never let go; NULL: none yet */
    struct text_glyphs *glyphs;  /* by font and pixel ratio */
    struct text_masks masks;     /* of the text that is painted */
    struct text_fill fill;       /* memory for what is filled */
    struct lru_cache *missing;   /* struct text_missing by text */
    struct buffer key;           /* of the text asked for last; kept for its memory */
    char family[64];
};

/** Slanted letters lean out of their box, but no further than this; what leans further is cut. */
#define TEXT_OVERHANG_EM 0.15

/** What rounding to dots and soft edges add, at most, at pixel ratio 1. */
#define TEXT_OVERHANG_DOTS 2.5

/** The size of a look, kept within reason. */
double text_size_px(const struct text_look *look);

/** A text as it is drawn: see TEXT_LINE_MAX. Owned by the caller. */
char *text_clean(const char *text, struct text_box box);

/** A shaped text. Owned, g_object_unref(). */
struct _PangoLayout *text_layout_new(struct text_engine *engine, const char *text,
                                     const struct text_look *look, struct text_box box);

/** Where letters have ink, at most overhang_px out of the text box, px from its corner; empty without ink. */
struct bbox text_layout_ink(struct _PangoLayout *layout, double overhang_px);

/** Half the height of what hides a line between two words, em above and below the middle of the letters. */
#define TEXT_BLANK_EM 0.24

/** Adds the box of one blank to the path. */
void text_add_blank(struct path *path, const struct text_look *look, double left_px, double right_px,
                    double baseline_px);

/** Adds a box for each blank between words to the path, in the layout's own space. */
void text_layout_add_blanks(struct _PangoLayout *layout, const struct text_look *look, struct path *path);

/** The north-west corner of the text box in the layout's own space, px. */
struct point text_layout_corner(struct _PangoLayout *layout);

/** Paints a text on a page as glyphs, its halo as a stroke below it, with the box's corner at a place. */
void text_paint_glyphs(struct canvas *canvas, const char *text, const struct text_look *look,
                       struct text_box box, struct point place);

/** Where the engine keeps its labels. Owned, lru_cache_free(). */
struct lru_cache *text_pictures_new(void);

/** The label of the engine's key; NULL when it is not kept. Borrowed until the next one is. */
const struct text_label *text_pictures_find(struct text_engine *engine);

/** Where the engine keeps what the fonts lack. Owned, lru_cache_free(). */
struct lru_cache *text_missing_cache_new(void);

/** Starts the key of a picture: all that decides its shape, and its colours. */
void text_picture_key(struct text_engine *engine, const char *text, const struct text_look *look,
                      struct text_box box, int pixel_ratio);

/** Starts the key of a text: all that decides its shape. */
void text_key(struct text_engine *engine, const char *text, const struct text_look *look,
              struct text_box box);

#endif
