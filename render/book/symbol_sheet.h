/*
 * symbol_sheet.h - all symbols of a set on A4 pages, as PDF.
 */
#ifndef RENDER_BRIEFING_SYMBOL_SHEET_H
#define RENDER_BRIEFING_SYMBOL_SHEET_H

#include <stddef.h>

#include "symbology/language.h"
#include "symbology/symbol.h"

struct fault;
struct renderer;
struct symbol_set;

/** @return owned PDF bytes; NULL on fault */
char *symbol_sheet_make(struct renderer *renderer, const struct symbol_set *set, enum language language,
                        enum palette palette, size_t *length, struct fault *fault);

#endif
