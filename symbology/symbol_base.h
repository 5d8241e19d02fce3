/*
 * symbol_base.h - the ten base shapes and the plate: outlines, places of glyph and tabs, and what each
 * accepts.
 *
 * Measures are in units of a frame 32 high whose middle is (0, 0); x grows to the right, y downward.
 */
#ifndef SYMBOLOGY_SYMBOL_BASE_H
#define SYMBOLOGY_SYMBOL_BASE_H

#include <stdbool.h>

#include "geo/point.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

#define BASE_HEIGHT 32.0
#define BASE_CORNER_MAX 16
#define BASE_TAB_COUNT 8

struct symbol_base {
    double width;                          /* of the outline */
    struct point corners[BASE_CORNER_MAX]; /* of the outline */
    int corner_count;                      /* 0: a disc */
    double corner_radius;                  /* of a box with round corners */
    double frame;                          /* thickness, as a multiple of the ordinary frame */
    struct point glyph_centre;
    double glyph_size;                 /* side of its square */
    double letters_width;              /* that letters in its place may have */
    struct point tabs[BASE_TAB_COUNT]; /* middles of tabs: n, ne, e, se, s, sw, w, nw */
    struct point anchor;               /* what stands on the place */
    unsigned statuses;                 /* bits 1 << enum symbol_status that it accepts */
    unsigned slots;                    /* bits 1 << enum text_slot that it draws itself */
    bool can_turn;
    bool has_pointer; /* a turn shows as a pointer outside the frame; else the glyph itself is turned */
    bool has_trust;
};

/** Borrowed for ever. */
const struct symbol_base *symbol_base_of(enum symbol_kind kind);

/**
 * The corner for one more mark, as its place among the tabs: one where nothing is, nor a tab beside it, else
 * one where nothing is; at the top where it can be, or at the bottom.
 * @param taken  bits of enum symbol_tab: where tabs and marks are; at most three corners among them
 */
int symbol_base_top_corner(unsigned taken, unsigned tabs);
int symbol_base_bottom_corner(unsigned taken, unsigned tabs);

#endif
