/*
 * text_along_internal.h - what the files about texts along lines share.
 */
#ifndef RENDER_TEXT_ALONG_INTERNAL_H
#define RENDER_TEXT_ALONG_INTERNAL_H

#include "render/text_along.h"

struct _cairo;
struct along_curve;
struct image;
struct text_letters;

#define TEXT_LETTER_UNITS 64.0   /* to a px */
#define TEXT_LETTER_TURNS 4096.0 /* to a full turn */

/** The letters of a text set along a curve; NULL where they would run into each other. One reference. */
struct text_along *text_along_new(const struct along_curve *curve, const struct text_letters *letters,
                                  const char *text, const struct text_look *look);

/** The text as a picture at a pixel ratio, kept by the engine; as text_picture(), with its place as anchor.
 */
const struct image *text_along_picture(struct text_engine *engine, const struct text_along *text,
                                       int pixel_ratio, int *anchor_x, int *anchor_y);

/** Paints a text as glyphs, its halo as one stroke below it. The cairo unit is px of the zoom's pixel space.
 */
void text_along_paint_glyphs(struct text_engine *engine, struct _cairo *cairo, const struct text_along *text);

#endif
