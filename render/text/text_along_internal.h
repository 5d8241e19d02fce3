/*
 * text_along_internal.h - what the files about texts along lines share.
 */
#ifndef RENDER_TEXT_ALONG_INTERNAL_H
#define RENDER_TEXT_ALONG_INTERNAL_H

#include "render/text/text_along.h"
#include "render/text/text_letters.h"

struct _PangoFont;
struct _PangoGlyphString;
struct _PangoLayout;
struct _PangoLayoutLine;
struct along_curve;
struct along_stand;
struct canvas;
struct image;
struct letter_stand;
struct path;

#define TEXT_LETTER_UNITS 64.0   /* to a px */
#define TEXT_LETTER_TURNS 4096.0 /* to a full turn */

/** Letters that are set on places of a curve, one after the other, until they have one. */
struct along_setting {
    const struct along_curve *curve;    /* borrowed */
    const struct text_letters *letters; /* borrowed */
    double em_px;
    double middle_px; /* of the letters, above the baseline */
    double halo_px;
    struct letter_stand *stands;     /* owned; one for each letter */
    struct bbox *boxes;              /* with the stands */
    const struct along_stand *stand; /* the place that is tried */
    struct text_along_room room;     /* what the letters take there */
};

/** @param letters  one at least */
void along_setting_init(struct along_setting *setting, const struct along_curve *curve,
                        const struct text_letters *letters, const struct text_look *look);
void along_setting_finish(struct along_setting *setting);

/** Sets the letters on a place; false where they would run into each other. */
bool along_setting_try(struct along_setting *setting, const struct along_stand *stand);

/** A text of letters that were set. One reference. */
struct text_along *text_along_new(const struct along_setting *setting, const char *text,
                                  const struct text_look *look);

/** A text as Pango has it, and the same letters as groups: for pages. */
struct along_glyphs {
    struct _PangoLayout *layout;
    struct _PangoLayoutLine *line; /* of the layout */
    struct text_letters letters;
    double middle_px; /* of the letters, above the baseline */
};

void along_glyphs_init(struct along_glyphs *glyphs, struct text_engine *engine,
                       const struct text_along *text);
void along_glyphs_finish(struct along_glyphs *glyphs);

/** Visits the glyphs of a group, font by font from left to right: an accent may come from another one. */
void along_glyphs_visit(const struct along_glyphs *glyphs, const struct text_group *group,
                        void (*visit)(struct _PangoFont *font, struct _PangoGlyphString *part, void *context),
                        void *context);

/** Adds a box from each word to the next, px from the place, so that a line below the text cannot be read as
 * a hyphen. */
void along_glyphs_add_blanks(const struct text_letters *letters, const struct text_along *text,
                             struct path *path);

/** The text as a picture at a pixel ratio, kept by the engine; as text_picture(), with its place as anchor.
 */
const struct image *text_along_picture(struct text_engine *engine, const struct text_along *text,
                                       int pixel_ratio, int *anchor_x, int *anchor_y);

/** Paints a text on a page as glyphs, its halo as a stroke below it. */
void text_along_paint_glyphs(struct canvas *canvas, const struct text_along *text);

#endif
