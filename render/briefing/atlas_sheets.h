/*
 * atlas_sheets.h - which sheets of an atlas there is nothing to be seen on.
 */
#ifndef RENDER_BRIEFING_ATLAS_SHEETS_H
#define RENDER_BRIEFING_ATLAS_SHEETS_H

#include <stdbool.h>
#include <stddef.h>

struct press;
struct sheet_split; /* render/grid/sheet_split.h */

/**
 * A sheet is empty when no feature of a plot touches it and all its layers together leave one colour. One on
 * which a layer failed is not: its page says so.
 * Tells its progress sheet by sheet, as the part of the press.
 * @return owned, one for each sheet; NULL on fault, such as cancelled (DEADLINE)
 */
bool *atlas_sheets_find_empty(const struct press *press, const struct sheet_split *split);

/** "A7, B7": the names of those that are left out. Owned, "" when there are none. */
char *atlas_sheets_names(const struct sheet_split *split, const bool *is_empty);

#endif
