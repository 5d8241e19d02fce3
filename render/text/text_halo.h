/*
 * text_halo.h - the halo of a text on a page: the outlines of its glyphs, stroked below it.
 */
#ifndef RENDER_TEXT_HALO_H
#define RENDER_TEXT_HALO_H

struct _PangoFont;
struct _PangoGlyphString;
struct canvas;
struct pdf_halos;
struct text_look;

/** Adds glyphs from cairo's current point on, which stays. All between that and the end is of one halo. */
void text_halo_add(struct canvas *canvas, const struct text_look *look, struct _PangoFont *font,
                   struct _PangoGlyphString *glyphs);

/** Paints what was added. */
void text_halo_end(struct canvas *canvas, const struct text_look *look);

/** Lets go of the fonts of the outlines, before these are. */
void text_halo_release_fonts(struct pdf_halos *halos);

#endif
