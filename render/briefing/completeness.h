/*
 * completeness.h - the block that says what the map does and does not show (law 7).
 *
 * What there is nothing to tell of is named too: the reader sees that it was looked at.
 */
#ifndef RENDER_BRIEFING_COMPLETENESS_H
#define RENDER_BRIEFING_COMPLETENESS_H

#include "render/print/passage.h"

struct briefing_order;
struct facts;
struct report;

/** Owners, failed layers, labels without a place, small and unknown symbols, layers beyond their scale. */
struct passage completeness_passage(const struct briefing_order *order, const struct facts *facts,
                                    const struct report *report);

/**
 * The same where there is little room: how many, and names only of what is serious.
 * @param more  the words that say where it stands in full; WORD_COUNT: nowhere
 */
struct passage completeness_summary(const struct briefing_order *order, const struct facts *facts,
                                    const struct report *report, enum word more);

#endif
