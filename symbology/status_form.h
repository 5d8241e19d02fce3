/*
 * status_form.h - how a status shows in lines and areas. One rule for all of them, which does not need
 * colour:
 *
 *     planned   hollow: long open dashes, hollow marks and ends, a faint fill
 *     ended     thin and grey, with strikes across the line; a flat fill becomes wide grey hatching
 *     unknown   dotted, with a "?" now and then; a fill becomes dots
 *     closed, damaged, destroyed, full    as present, with the bar of point symbols along the line
 */
#ifndef SYMBOLOGY_STATUS_FORM_H
#define SYMBOLOGY_STATUS_FORM_H

#include "symbology/symbol.h"

/** Gives a line, or an edge, the form of a status. Colours are those of the palette already. */
void status_form_line(struct line_look *look, enum symbol_status status, enum palette palette);

/** The same for a fill. */
void status_form_fill(struct fill *fill, enum symbol_status status);

/**
 * The colour of a part of a line or area by status, then by palette: grey of what has ended, but white stays
 * white. It shows through as much as the colour did; one that is not painted stays unpainted.
 */
struct colour status_form_colour(struct colour colour, enum symbol_status status, enum palette palette);

/** The fill of the bar that says closed, damaged, destroyed or full, of points too. */
struct colour status_bar_colour(enum symbol_status status, enum palette palette);

#endif
