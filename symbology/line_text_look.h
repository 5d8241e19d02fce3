/*
 * line_text_look.h - the colours of text along a line or edge, by status and palette.
 */
#ifndef SYMBOLOGY_LINE_TEXT_LOOK_H
#define SYMBOLOGY_LINE_TEXT_LOOK_H

#include "symbology/symbol.h"

/** How the field text of an entry is set for a code; scale as in symbol_compose(). */
struct text_look line_text_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                enum palette palette, double scale);

#endif
