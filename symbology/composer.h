/*
 * composer.h - one point symbol while it is being composed: what the files that draw its parts share.
 */
#ifndef SYMBOLOGY_COMPOSER_H
#define SYMBOLOGY_COMPOSER_H

#include "symbology/palette.h"
#include "symbology/sketch.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"

struct composer {
    const struct symbol_entry *entry;
    const struct symbol_code *code;
    const struct symbol_base *base;
    struct symbol_inks inks;
    enum palette palette;
    enum symbol_detail detail; /* FULL, SMALL or DOT */
    enum symbol_status status; /* PRESENT when the base does not accept the code's */
    double unit_px;            /* px per unit of the base */
    double frame_px;
    unsigned corners; /* bits of enum symbol_tab that are taken */
    struct sketch sketch;
};

/** The base shape with its tabs, halo and frame. */
void composer_draw_base(struct composer *composer);

/** The middle of the lower side of the tab in the south, units. */
struct point composer_tab_foot(const struct composer *composer);

/** The glyph, the letters, or the numbers of a plate, which are two bars where they would be too small to
 * read. In a dot these bars only. */
void composer_draw_inside(struct composer *composer);

/** Where a thing that keeps its glyph upright is heading. Nothing without a rotation; north is 360. */
void composer_draw_pointer(struct composer *composer);

/** What status and trust add: strike, corner bar, "?", tick. */
void composer_draw_marks(struct composer *composer);

/** Casualties, count and hazard plate beside the frame. */
void composer_draw_texts(struct composer *composer);

/** The text of a slot when the base draws that slot, else NULL. */
const char *composer_text(const struct composer *composer, enum text_slot slot);

/** From units of the base to px. */
struct point composer_point(const struct composer *composer, struct point point);

/** Two numbers on an orange plate: Kemler over UN. text is "33/1203", or NULL for an empty plate. */
void composer_draw_plate(struct composer *composer, const char *text, struct bbox box, struct colour ink);

#endif
