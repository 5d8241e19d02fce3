/*
 * fact_rows.h - the elements that are rows of a label and a value: status, activity, author, datum, grid.
 */
#ifndef RENDER_BRIEFING_FACT_ROWS_H
#define RENDER_BRIEFING_FACT_ROWS_H

#include "render/briefing/element.h"
#include "render/print/passage.h"

struct content_input;

/** What one of them says, in the language of the order; without rows when there is nothing to say.
 * passage_finish(). */
struct passage fact_rows(const struct content_input *input, enum element element);

#endif
