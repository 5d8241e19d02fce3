/*
 * palette.h - the colours of one symbol, by palette and status.
 */
#ifndef SYMBOLOGY_PALETTE_H
#define SYMBOLOGY_PALETTE_H

#include "symbology/colour.h"
#include "symbology/symbol.h"

struct symbol_entry;

struct symbol_inks {
    struct colour fill;  /* of the base shape */
    struct colour glyph; /* on the fill: black or white, whichever stands out */
    struct colour frame;
    struct colour tab;
    struct colour halo; /* around everything; alpha 0: none */
    double halo_px;
    struct colour text;    /* beside the frame */
    struct colour victims; /* casualties */
};

struct symbol_inks symbol_inks_of(const struct symbol_entry *entry, enum symbol_status status,
                                  enum palette palette);

/** A colour of a line or area as the palette has it. */
struct colour palette_colour(enum palette palette, struct colour colour);

/** Black or white: what is read best on a fill. White only where it has a contrast of 4 or more. */
struct colour palette_ink_on(struct colour fill);

#endif
