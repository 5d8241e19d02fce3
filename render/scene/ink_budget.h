/*
 * ink_budget.h - how much of lines and areas one district paints.
 *
 * A few lines of 100,000 points across everything would hold up the pictures of all others for seconds. So
 * the length of all lines and outlines within a district has a limit; the most important get theirs first,
 * and what does not fit is left out. One that does not fit is painted all the same: whatever is allowed can
 * be seen alone. Decided by district, as all else, so pictures and tiles agree.
 */
#ifndef RENDER_INK_BUDGET_H
#define RENDER_INK_BUDGET_H

#include <stdbool.h>

#include "geo/bbox.h"

struct scene_list;

/** px of lines and outlines in one district, which is 5,000 times across it. */
#define INK_BUDGET_PX 10e6

/** Marks the lines and areas of a district that are beyond the budget. Is there one? */
bool ink_budget_apply(struct scene_list *list, struct bbox district);

#endif
