/*
 * sources.h - whose work a map shows: credit, licence and currency of every layer in sight, and the plots.
 */
#ifndef RENDER_BRIEFING_SOURCES_H
#define RENDER_BRIEFING_SOURCES_H

#include "render/print/passage.h"

struct content_input;

/** Known once the map is painted: a layer that failed is not credited. passage_finish(). */
struct passage sources_passage(const struct content_input *input, const char *activities);

#endif
